import Basics
import Testing

@testable import Store

private struct Refused: Error {}

private func expectCount(
    _ expected: Int,
    _ store: Store,
    _ table: String = "place",
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let count = try await store.read { db in
        try db.value("SELECT COUNT(*) FROM \(SQL(trusted: table))", as: Int.self)
    }
    #expect(count == expected, sourceLocation: sourceLocation)
}

@Test(arguments: TestEngine.available)
func `a body that throws leaves nothing behind`(engine: TestEngine) async throws {
    try await withStore(engine) { store in
        await #expect(throws: Refused.self) {
            try await store.write { tx in
                try tx.run("INSERT INTO place (the_name) VALUES ('a')")
                throw Refused()
            }
        }
        try await expectCount(0, store)
    }
}

@Test(arguments: TestEngine.available)
func `a statement that failed undoes the transaction even where its error was swallowed`(
    engine: TestEngine
) async throws {
    try await withStore(engine) { store in
        await expect(.aborted) {
            try await store.write { tx in
                try tx.run("INSERT INTO place (the_name) VALUES ('a')")
                _ = try? tx.run("INSERT INTO place (the_name) VALUES ('a')")
            }
        }
        try await expectCount(0, store)
    }
}

@Test(arguments: TestEngine.available)
func `a nested failure undoes only itself`(engine: TestEngine) async throws {
    try await withStore(engine) { store in
        try await store.write { tx in
            let inserter = try tx.insert(into: "counter", columns: ["id", "n"])
            try inserter.append(1, 1)
            #expect(throws: StoreError.self) {
                try tx.nested {
                    try inserter.append(2, 2)
                    try tx.run("INSERT INTO place (the_name) VALUES ('a')")
                    try tx.run("INSERT INTO place (the_name) VALUES ('a')")
                }
            }
            try inserter.append(3, 3)
            try tx.nested { try tx.run("INSERT INTO place (the_name) VALUES ('b')") }
        }
        let names = try await store.read {
            try $0.rows("SELECT the_name FROM place", as: String.self)
        }
        #expect(names == ["b"])
        let ids = try await store.read {
            try $0.rows("SELECT id FROM counter ORDER BY id", as: Int.self)
        }
        #expect(ids == [1, 3])
    }
}

@Test(arguments: TestEngine.available)
func `a rule of the schema names itself`(engine: TestEngine) async throws {
    try await withStore(engine) { store in
        do {
            try await store.write { tx in
                try tx.run("INSERT INTO place (the_name) VALUES ('a'), ('a')")
            }
            Issue.record("two places with one name")
        } catch let error as StoreError {
            guard case .constraint(let name) = error.code else { throw error }
            #expect(name.contains("the_name"))
            #expect(!error.message.korean.isEmpty)
        }
    }
}

// Many writers read a number and write it back plus one:
//
//     writer A            writer B
//     reads 5
//                         reads 5        ← must not both commit
//     writes 6
//                         writes 6
@Test(arguments: TestEngine.available)
func `writers that read before they write lose no update`(engine: TestEngine) async throws {
    try await withStore(engine) { store in
        try await store.write { try $0.run("INSERT INTO counter (id, n) VALUES (1, 0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<120 {
                group.addTask {
                    try await store.write { tx in
                        let n =
                            try tx.value("SELECT n FROM counter WHERE id = 1", as: Int.self) ?? 0
                        try tx.run("UPDATE counter SET n = \(n + 1) WHERE id = 1")
                    }
                }
            }
            try await group.waitForAll()
        }
        let n = try await store.read { try $0.value("SELECT n FROM counter", as: Int.self) }
        #expect(n == 120)
    }
}

@Test(arguments: TestEngine.available)
func `writers that share a commit fail each for themselves`(engine: TestEngine) async throws {
    try await withStore(engine) { store in
        let failures = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<90 {
                group.addTask {
                    do {
                        try await store.write { tx in
                            try tx.run("INSERT INTO place (the_name) VALUES (\("p\(number)"))")
                            if number % 3 == 0 { throw Refused() }
                            // Only the commit finds this out.
                            if number % 3 == 1 {
                                try tx.run("INSERT INTO visit (place_id, note) VALUES (99999, '')")
                            }
                        }
                        return false
                    } catch {
                        return true
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 60)
        try await expectCount(30, store)
        try await expectCount(0, store, "visit")
    }
}

@Test(arguments: TestEngine.available)
func `a reader sees one state while others write`(engine: TestEngine) async throws {
    try await withStore(engine) { store in
        try await store.write { try $0.run("INSERT INTO counter (id, n) VALUES (1, 0), (2, 0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for n in 1...40 {
                    try await store.write { try $0.run("UPDATE counter SET n = \(n)") }
                }
            }
            for _ in 0..<40 {
                group.addTask {
                    let pair = try await store.read { db in
                        (
                            try db.value("SELECT n FROM counter WHERE id = 1", as: Int.self),
                            try db.value("SELECT n FROM counter WHERE id = 2", as: Int.self)
                        )
                    }
                    #expect(pair.0 == pair.1)
                }
            }
            try await group.waitForAll()
        }
    }
}

@Test(arguments: TestEngine.available)
func `rows stream while the body runs statements of its own`(engine: TestEngine) async throws {
    try await withStore(engine) { store in
        let (sum, inner) = try await store.write { tx in
            let inserter = try tx.insert(into: "counter", columns: ["id", "n"])
            for id in 1...5000 { try inserter.append(id, id * 2) }
            var (sum, inner) = (0, 0)
            let text: SQL = "SELECT id, n FROM counter ORDER BY id"
            try tx.forEach(text) { row in
                sum += try row.int(1)
                guard try row.int(0) <= 3 else { return }
                try tx.forEach(text) { _ in inner += 1 }
            }
            return (sum, inner)
        }
        #expect(sum == 5000 * 5001)
        #expect(inner == 15_000)
    }
}

@Test(arguments: TestEngine.available)
func `many rows go in and every kind of value with them`(engine: TestEngine) async throws {
    try await withStore(engine) { store in
        try await store.write { tx in
            let inserter = try tx.insert(
                into: "place",
                columns: ["the_name", "is_open", "photo", "height", "opened_on", "budget"]
            )
            for number in 0..<3000 {
                try inserter.append(
                    "이름 \(number)",
                    number % 2 == 0,
                    [UInt8](repeating: 1, count: number % 50),
                    Double(number) / 4,
                    number % 3 == 0 ? nil : LocalDate(daysSinceEpoch: number),
                    Won(Int64(number))
                )
            }
            try inserter.append([.text("끝"), .integer(1), .null, .integer(3), .null, .null])
        }
        let (rows, height) = try await store.read { db in
            (
                try db.value("SELECT COUNT(*) FROM place WHERE opened_on IS NULL", as: Int.self),
                try db.value("SELECT height FROM place WHERE the_name = '끝'", as: Double.self)
            )
        }
        #expect(rows == 1001)
        #expect(height == 3)
        await expect(.statement) {
            try await store.write { tx in
                try tx.insert(into: "counter", columns: ["id", "n"]).append(1)
            }
        }
    }
}

@Test(arguments: TestEngine.available)
func `the same key gives the same answer and does nothing twice`(engine: TestEngine) async throws {
    struct Receipt: Codable, Equatable { var number: Int }
    try await withStore(engine) { store in
        @Sendable func post(_ request: String) async throws -> (Receipt, Bool) {
            try await store.write { tx in
                let answer = try tx.once(
                    scope: "account 1",
                    key: "k",
                    request: Array(request.utf8)
                ) {
                    try tx.run("INSERT INTO place (the_name) VALUES (\(request))")
                    return Receipt(number: 17)
                }
                return (answer.value, answer.isRepeated)
            }
        }
        let answers = try await withThrowingTaskGroup(of: (Receipt, Bool).self) { group in
            for _ in 0..<20 { group.addTask { try await post("a") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.0 == Receipt(number: 17) })
        #expect(answers.filter { !$0.1 }.count == 1)
        try await expectCount(1, store)
        await expect(.keyReused) { _ = try await post("b") }
        await expect(.limit) {
            _ = try await store.write { try $0.once(scope: "s", key: "") { 1 }.value }
        }
    }
}
