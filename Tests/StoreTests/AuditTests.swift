import Basics
import Crypto
import Glibc
import Testing

@testable import Store

private let purpose = Purpose(
    code: "childcare.application",
    Bilingual("출산 지원 신청 심사", "Application review")
)
private let staff = AuditActor(kind: .staff, id: "17")

private func resident(_ number: Int) -> AuditSubject {
    AuditSubject(kind: "resident", id: "\(number)")
}

/// RFC 6962 §2.1 word for word, as an oracle for the accumulator.
private func merkleTreeHash(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
    guard let first = leaves.first else { return Array(SHA256.hash(data: [UInt8]())) }
    if leaves.count == 1 { return Array(SHA256.hash(data: [0] + first)) }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let middle = leaves.startIndex + split
    let (left, right) = (merkleTreeHash(leaves[..<middle]), merkleTreeHash(leaves[middle...]))
    return Array(SHA256.hash(data: [1] + left + right))
}

@Test func `the growing Merkle tree has the root of RFC 6962`() throws {
    var tree = MerkleAccumulator()
    var leaves: [[UInt8]] = []
    #expect(tree.root == merkleTreeHash([]))
    for number in 0..<200 {
        let leaf = Array(SHA256.hash(data: Array("\(number)".utf8)))
        leaves.append(leaf)
        tree.append(leaf)
        #expect(tree.root == merkleTreeHash(leaves[...]))
        #expect(MerkleAccumulator(bytes: tree.bytes) == tree)
    }
    #expect(MerkleAccumulator(bytes: [1, 2, 3]) == nil)
}

/// Writes lines over three days.
private func fill(_ store: Store, _ clock: TestClock) async throws {
    for day in 0..<3 {
        for number in 0..<7 {
            try await store.write { tx in
                try tx.record(
                    .read,
                    on: resident(number % 3),
                    by: staff,
                    purpose: purpose,
                    details: ["화면": "상세", "day": "\(day)"]
                )
            }
        }
        clock.advance(seconds: 86_400)
    }
}

@Test(arguments: TestEngine.available)
func `a whole chain verifies, day by day`(engine: TestEngine) async throws {
    let clock = TestClock()
    try await withStore(engine, clock: clock) { store in
        #expect(try await store.verifyAudit().isIntact)
        try await fill(store, clock)
        let result = try await store.verifyAudit()
        #expect(result.isIntact)
        #expect(result.verifiedCount == 21)
        #expect(result.verifiedDayCount == 2)
    }
}

@Test(arguments: TestEngine.available)
func `writers at once still make one chain`(engine: TestEngine) async throws {
    try await withStore(engine) { store in
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<60 {
                group.addTask {
                    _ = try await store.write { tx in
                        try tx.record(.update, on: resident(number), by: staff, purpose: purpose)
                    }
                }
            }
            try await group.waitForAll()
        }
        let result = try await store.verifyAudit()
        #expect(result.isIntact && result.verifiedCount == 60)
    }
}

@Test(arguments: TestEngine.available)
func `the program itself can neither change nor remove a line`(engine: TestEngine) async throws {
    let clock = TestClock()
    try await withStore(engine, clock: clock) { store in
        try await fill(store, clock)
        for statement: SQL in [
            "UPDATE audit_record SET actor_id = '18' WHERE sequence = 3",
            "DELETE FROM audit_record WHERE sequence = 3",
        ] {
            await #expect(throws: StoreError.self) {
                try await store.write { try $0.run(statement) }
            }
        }
        #expect(try await store.verifyAudit().isIntact)
    }
}

/// What someone with the file in their hands might do, and the first place where it shows.
private let forgeries: [(String, Int64?)] = [
    ("UPDATE audit_record SET actor_id = '18' WHERE sequence = 5", 5),
    ("UPDATE audit_record SET at = at + 1 WHERE sequence = 1", 1),
    ("UPDATE audit_record SET subject_kind = 'residen', subject_id = 't1' WHERE sequence = 9", 9),
    ("DELETE FROM audit_record WHERE sequence = 8", 8),
    ("DELETE FROM audit_record WHERE sequence > 19", 20),
    ("UPDATE audit_day SET root = X'00'", nil),
    ("DELETE FROM audit_day", nil),
]

@Test(arguments: forgeries)
func `a forged line shows where it is`(statement: String, sequence: Int64?) async throws {
    let clock = TestClock()
    try await withStore(.sqlite, clock: clock) { store in
        try await fill(store, clock)
        try await store.write { tx in
            try tx.run("DROP TRIGGER audit_record_no_update")
            try tx.run("DROP TRIGGER audit_record_no_delete")
            try tx.run(SQL(trusted: statement))
        }
        let result = try await store.verifyAudit()
        #expect(!result.isIntact)
        #expect(result.firstBrokenSequence == sequence)
        if sequence == nil { #expect(result.firstBrokenDay == TestClock.start.date) }
    }
}

@Test(arguments: TestEngine.available)
func `a resident sees page by page who looked at their data`(engine: TestEngine) async throws {
    let clock = TestClock()
    try await withStore(engine, clock: clock) { store in
        try await fill(store, clock)
        let first = try await store.read { try $0.auditRecords(on: resident(0), limit: 5) }
        #expect(first.count == 5)
        let last = try #require(first.last)
        let rest = try await store.read {
            try $0.auditRecords(on: resident(0), before: last.sequence, limit: 5)
        }
        #expect(rest.count == 4)
        #expect((first + rest).map(\.sequence) == [21, 18, 15, 14, 11, 8, 7, 4, 1])
        #expect(last.purpose == purpose && last.actor == staff && last.action == .read)
        #expect(last.details == #"{"day":"1","화면":"상세"}"#)
        let byActor = try await store.read { try $0.auditRecords(by: staff, limit: 1000) }
        #expect(byActor.count == 21)
    }
}

@Test func `a clock that is set back does not turn the chain back`() async throws {
    let clock = TestClock()
    try await withStore(.sqlite, clock: clock) { store in
        try await fill(store, clock)
        clock.advance(seconds: -5 * 86_400)
        try await store.write { tx in
            try tx.record(.read, on: resident(1), by: staff, purpose: purpose)
        }
        #expect(try await store.verifyAudit().isIntact)
    }
}

/// The checker in another language, where this machine has Python.
private let verifier = ["/usr/bin/python3", repositoryRoot + "/Scripts/verify-audit"]
private let repositoryRoot = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    .dropLast(3).joined(separator: "/")

/// Runs a program and answers its exit code.
private func exitCode(_ arguments: [String]) -> Int32 {
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    guard posix_spawn(&process, arguments[0], nil, nil, &words, environ) == 0 else { return -1 }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return status >> 8 & 0xff
}

@Test(
    .enabled(
        if: verifier.allSatisfy { Files.size($0) != nil },
        "Scripts/verify-audit or /usr/bin/python3 is missing"
    )
)
func `a verifier in another language agrees`() async throws {
    let place = try TestPlace(.sqlite)
    defer { place.remove() }
    let clock = TestClock()
    let store = try await place.open(clock: clock)
    try await fill(store, clock)
    try await store.close()
    #expect(exitCode(verifier + [place.path]) == 0)
    let forged = try await place.open(clock: clock)
    try await forged.write { tx in
        try tx.run("DROP TRIGGER audit_record_no_update")
        try tx.run("UPDATE audit_record SET details = '{}' WHERE sequence = 4")
    }
    try await forged.close()
    #expect(exitCode(verifier + [place.path]) == 1)
}
