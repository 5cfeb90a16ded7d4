import Basics
import CityTesting
import Foundation
import Identity
import Sightings
import Store
import Testing
import Vision

@testable import Footage

@Suite struct `The gate of the footage` {
    /// Every question that the gate answers, asked with a warrant, a case and an actor.
    private static func questions(
        _ house: OpenHouse,
        _ token: String
    ) throws -> [(String, @Sendable (String, String, Actor) async throws -> Void)] {
        let gate = try FootageGate(house.platform)
        let red = try house.red()
        return [
            ("search", { _ = try await gate.search(red, warrant: $0, of: $1, by: $2) }),
            ("match", { _ = try await gate.match(token, warrant: $0, of: $1, by: $2) }),
            (
                "person",
                { _ = try await gate.picture(token, .person, warrant: $0, of: $1, by: $2) }
            ),
            (
                "masked",
                { _ = try await gate.picture(token, .masked, warrant: $0, of: $1, by: $2) }
            ),
            ("whole", { _ = try await gate.picture(token, .whole, warrant: $0, of: $1, by: $2) }),
            (
                "unmask",
                { try await gate.unmask(token, reason: "까닭", warrant: $0, of: $1, by: $2) }
            ),
            ("give", { _ = try await gate.give([token], to: "경찰", warrant: $0, of: $1, by: $2) }),
            ("watch", { try await gate.watch(red, warrant: $0, of: $1, by: $2) }),
            ("endWatch", { try await gate.endWatch(warrant: $0, of: $1, by: $2) }),
        ]
    }

    /// Holds every question against one wrong way to ask, and sees that nothing was written down.
    private static func expectRefusal(
        _ house: OpenHouse,
        _ token: String,
        _ warrant: String,
        _ caseID: String,
        _ actor: Actor,
        _ why: String
    ) async throws {
        let before = try await house.store.read { try $0.auditRecords(limit: 500).count }
        for (name, ask) in try questions(house, token) {
            await #expect(throws: FootageError.self, "\(name) \(why)") {
                try await ask(warrant, caseID, actor)
            }
        }
        let after = try await house.store.read { try $0.auditRecords(limit: 500).count }
        #expect(before == after, "\(why)")
    }

    @Test func `opens for the holder of a warrant alone, and for nothing wider or later`()
        async throws
    {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                _ = try await house.keep(1)
                let warrant = try await house.opened("casea")
                let other = try await house.opened("caseb", holder: "another")
                let gate = try FootageGate(house.platform)
                let me = OpenHouse.actor("searcher")
                let found = try await gate.search(
                    try house.red(),
                    warrant: warrant.id,
                    of: "casea",
                    by: me
                )
                let token = try #require(found.matches.first?.token)
                let wrong: [(String, String, Actor, String)] = [
                    ("", "casea", me, "without a warrant"),
                    (warrant.id, "", me, "without a case"),
                    (warrant.id, "caseb", me, "of another case"),
                    (other.id, "caseb", me, "of another person"),
                    (other.id, "casea", me, "of another person's case"),
                    (warrant.id, "casea", OpenHouse.actor("another"), "by another person"),
                    (warrant.id, "casea", .anonymous, "by nobody"),
                    (warrant.id, "casea", OpenHouse.actor("searcher", []), "without the role"),
                    (
                        warrant.id, "casea", OpenHouse.actor("searcher", in: "11350"),
                        "in another organization"
                    ),
                    (warrant.id, "../casea", me, "by a path"),
                ]
                for (id, caseID, actor, why) in wrong {
                    try await Self.expectRefusal(house, token, id, caseID, actor, why)
                }
                built.clock.advance(seconds: 12 * 3_600)
                try await Self.expectRefusal(house, token, warrant.id, "casea", me, "expired")
                built.clock.advance(seconds: -12 * 3_600)
                _ = try await gate.match(token, warrant: warrant.id, of: "casea", by: me)
                try await house.store.write { tx in
                    _ = try FootageWarrants.revoke(
                        case: "casea",
                        by: me,
                        purpose: OpenHouse.purpose,
                        in: tx
                    )
                }
                try await Self.expectRefusal(house, token, warrant.id, "casea", me, "revoked")
            }
        }
    }

    @Test func `stays shut where a backup brought a closed case back`() async throws {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                _ = try await house.keep(1)
                let warrant = try await house.opened("casea")
                let gate = try FootageGate(house.platform)
                let cases = try FootageCases(house.platform)
                let me = OpenHouse.actor("searcher")
                let found = try await gate.search(
                    try house.red(),
                    warrant: warrant.id,
                    of: "casea",
                    by: me
                )
                let sealed = try cases.seal([1, 2, 3], of: "casea", as: "photo")
                try await house.store.write { tx in
                    _ = try cases.close("casea", by: me, purpose: OpenHouse.purpose, in: tx)
                }
                try cases.shred("casea")
                // The rows as a backup from before would bring them back.
                try await house.store.write { tx in
                    try tx.run("UPDATE footage_warrant SET revoked_at = NULL")
                    try tx.run("DELETE FROM footage_closed_case")
                }
                let token = try #require(found.matches.first?.token)
                try await Self.expectRefusal(house, token, warrant.id, "casea", me, "restored")
                #expect(throws: FootageError.self) {
                    try cases.unseal(sealed, of: "casea", as: "photo")
                }
            }
        }
    }

    @Test func `knows a sighting by another name in each case`() async throws {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                _ = try await house.keep(1)
                let first = try await house.opened("casea")
                let second = try await house.opened("caseb")
                let gate = try FootageGate(house.platform)
                let me = OpenHouse.actor("searcher")
                let red = try house.red()
                let here = try await gate.search(red, warrant: first.id, of: "casea", by: me)
                let there = try await gate.search(red, warrant: second.id, of: "caseb", by: me)
                #expect(here.matches.count == there.matches.count)
                #expect(
                    Set(here.matches.map(\.token)).isDisjoint(with: there.matches.map(\.token))
                )
                let foreign = try #require(there.matches.first?.token)
                await #expect(throws: FootageError.self) {
                    _ = try await gate.match(foreign, warrant: first.id, of: "casea", by: me)
                }
                // A sighting that no question of the case has shown has no name in it yet.
                _ = try await house.keep(2)
                let unknown = String(repeating: "0", count: 32)
                await #expect(throws: FootageError.self) {
                    let query = FootageQuery(like: [unknown])
                    _ = try await gate.search(query, warrant: first.id, of: "casea", by: me)
                }
            }
        }
    }

    @Test func `reaches no further than the cameras and the time of the warrant`() async throws {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                for camera: UInt32 in [1, 2, 3] { _ = try await house.keep(camera) }
                _ = try await house.keep(1, minutesAgo: 7 * 60)
                let warrant = try await house.opened("casea")
                let gate = try FootageGate(house.platform)
                let me = OpenHouse.actor("searcher")
                let all = try await gate.search(
                    try house.red(),
                    warrant: warrant.id,
                    of: "casea",
                    by: me
                )
                #expect(Set(all.matches.map(\.camera)) == [1, 2])
                #expect(all.matches.allSatisfy { $0.at >= warrant.startsAt })
                await #expect(throws: FootageError.self) {
                    var query = try house.red()
                    query.cameras = [3]
                    _ = try await gate.search(query, warrant: warrant.id, of: "casea", by: me)
                }
            }
        }
    }

    @Test func `masks everybody else, and the person too where nobody gave a reason`()
        async throws
    {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                _ = try await house.keep(1)
                let warrant = try await house.opened("casea")
                let gate = try FootageGate(house.platform)
                let me = OpenHouse.actor("searcher")
                let found = try await gate.search(
                    try house.red(),
                    warrant: warrant.id,
                    of: "casea",
                    by: me
                )
                let token = try #require(found.matches.first?.token)
                func picture(_ view: FootageView) async throws -> Picture {
                    try Picture(
                        jpeg: try await gate.picture(
                            token,
                            view,
                            warrant: warrant.id,
                            of: "casea",
                            by: me
                        )
                    )
                }
                let masked = try await picture(.masked)
                #expect(Self.contrast(masked, .red) > 40)
                #expect(Self.contrast(masked, .blue) < 25)
                await #expect(throws: FootageError.self) { _ = try await picture(.whole) }
                await #expect(throws: FootageError.self) {
                    try await gate.unmask(
                        token,
                        reason: "  ",
                        warrant: warrant.id,
                        of: "casea",
                        by: me
                    )
                }
                try await gate.unmask(
                    token,
                    reason: "옷 확인",
                    warrant: warrant.id,
                    of: "casea",
                    by: me
                )
                #expect(Self.contrast(try await picture(.whole), .blue) > 40)
                built.clock.advance(seconds: FootageGate.unmaskSeconds)
                await #expect(throws: FootageError.self) { _ = try await picture(.whole) }
            }
        }
    }

    /// The greatest difference between neighbouring pixels inside somebody's box.
    private static func contrast(_ picture: Picture, _ colour: ColourName) -> Int {
        guard let box = TestPeople.boxes[colour] else { return 0 }
        var most = 0
        for y in Int(box.y) + 12..<Int(box.y + box.height) - 12 {
            for x in Int(box.x) + 6..<Int(box.x + box.width) - 6 {
                let (a, b) = (picture[x, y], picture[x + 2, y])
                most = max(most, abs(Int(a.red) - Int(b.red)), abs(Int(a.blue) - Int(b.blue)))
            }
        }
        return most
    }

    @Test func `writes each look into the audit and the ledger, with the case's number`()
        async throws
    {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                _ = try await house.keep(1)
                let warrant = try await house.opened("casea")
                let gate = try FootageGate(house.platform)
                let me = OpenHouse.actor("searcher")
                let found = try await gate.search(
                    try house.red(),
                    warrant: warrant.id,
                    of: "casea",
                    by: me
                )
                let token = try #require(found.matches.first?.token)
                _ = try await gate.picture(token, .person, warrant: warrant.id, of: "casea", by: me)
                _ = try await gate.picture(token, .masked, warrant: warrant.id, of: "casea", by: me)
                _ = try await gate.give(
                    [token],
                    to: "경찰",
                    warrant: warrant.id,
                    of: "casea",
                    by: me
                )
                let records = try await house.store.read {
                    try $0.auditRecords(on: AuditSubject(kind: "test", id: "casea"))
                }
                #expect(
                    records.map(\.action).reversed() == [
                        .issueWarrant, .searchFootage, .viewFootage, .giveFootage,
                    ]
                )
                #expect(records.allSatisfy { $0.details.contains("시험-casea") })
                let ledger = try await house.store.read {
                    try FootageLedger.page(1, kind: nil, in: $0).lines
                }
                #expect(ledger.map(\.kind) == [.provision, .use, .use])
                #expect(ledger.first?.recipient == "경찰")
            }
        }
    }
}

@Suite struct `A warrant` {
    @Test(
        arguments: [
            ([1], 12, 6, true), ([1], 24, 0, true), ([1], 25, 0, false), ([1], 12, 24, false),
            (nil, 1, 1, false),
        ] as [([UInt32]?, Int, Int, Bool)]
    )
    func `beyond a day or for the whole city needs a second person`(
        _ cameras: [UInt32]?,
        _ hours: Int,
        _ backHours: Int,
        _ isEnough: Bool
    ) async throws {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                try FootageCases(house.platform).open("casea")
                let request = house.request(
                    "casea",
                    cameras: cameras,
                    hours: hours,
                    footage: house.now.adding(
                        seconds: -backHours * 3_600
                    )...house.now.adding(seconds: min(hours, 23 - min(backHours, 22)) * 3_600)
                )
                func issue(_ actor: Actor) async -> Bool {
                    (try? await house.store.write {
                        try FootageWarrants.issue(request, by: actor, in: $0)
                    }) != nil
                }
                #expect(await issue(OpenHouse.actor("searcher")) == isEnough)
                // Nobody is a second person to themself, whatever roles they hold.
                let both = [OpenHouse.role, OpenHouse.approverRole]
                #expect(await issue(OpenHouse.actor("searcher", both)) == isEnough)
                #expect(await issue(OpenHouse.actor("approver", [OpenHouse.approverRole])))
                #expect(await !issue(OpenHouse.actor("stranger")))
            }
        }
    }

    @Test func `given after another reaches as far as both together`() async throws {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                try FootageCases(house.platform).open("casea")
                func issue(hoursAgo: ClosedRange<Int>, by actor: Actor) async -> Bool {
                    let from = house.now.adding(seconds: -hoursAgo.upperBound * 3_600)
                    let to = house.now.adding(seconds: -hoursAgo.lowerBound * 3_600)
                    let request = house.request("casea", footage: from...to)
                    return
                        (try? await house.store.write {
                            try FootageWarrants.issue(request, by: actor, in: $0)
                        }) != nil
                }
                let searcher = OpenHouse.actor("searcher")
                #expect(await issue(hoursAgo: 0...12, by: searcher))
                #expect(await issue(hoursAgo: 12...24, by: searcher))
                #expect(await !issue(hoursAgo: 24...36, by: searcher))
                let approver = OpenHouse.actor("approver", [OpenHouse.approverRole])
                #expect(await issue(hoursAgo: 24...36, by: approver))
            }
        }
    }

    @Test func `lives a week at most`() async throws {
        try await FootageHouse.with { (built: FootageHouse) async throws in
            try await built.open { (house: OpenHouse) async throws in
                let request = house.request("casea", hours: 7 * 24 + 1)
                await #expect(throws: FootageError.self) {
                    try await house.store.write {
                        let approver = OpenHouse.actor("approver", [OpenHouse.approverRole])
                        _ = try FootageWarrants.issue(request, by: approver, in: $0)
                    }
                }
            }
        }
    }
}
