import Basics
import Store
import Testing

@testable import Identity

private let reading = KeyPurpose(rawValue: "reading")
private let titles = [
    KeyPurposeTitle(reading, Bilingual("읽기", "Reading"), access: .signedIn),
    KeyPurposeTitle(
        KeyPurpose(rawValue: "staff"),
        Bilingual("직원", "Staff"),
        access: .kind([.staff])
    ),
]

extension House {
    fileprivate func key(
        _ name: String = "노트북",
        _ purposes: [KeyPurpose] = [reading],
        days: Int = 30,
        by actor: Actor
    ) async throws -> NewAccessKey {
        try await identity.keys.make(
            named: name,
            for: purposes,
            days: days,
            among: titles,
            by: actor
        )
    }
}

@Suite struct `Personal access keys` {
    @Test func `a key stands for its person until it expires`() async throws {
        let house = try await House()
        let id = try await house.signUp()
        let made = try await house.key(by: house.signIn().actor)
        let holder = try #require(
            try await house.identity.keys.holder(of: made.secret, now: house.clock.now)
        )
        #expect(holder.actor.id == id)
        #expect(holder.actor.account?.sessionID == "")
        #expect(holder.purposes == [reading])
        house.clock.advance(seconds: 30 * 86_400)
        try await house.identity.keys.purge(now: house.clock.now)
        #expect(try await house.identity.keys.list(of: holder.actor).count == 1)
        #expect(
            try await house.identity.keys.holder(of: made.secret, now: house.clock.now) == nil
        )
        house.clock.advance(seconds: AccessKeys.keptSeconds)
        try await house.identity.keys.purge(now: house.clock.now)
        #expect(try await house.identity.keys.list(of: holder.actor).isEmpty)
    }

    @Test func `the store keeps no key, and the list tells its use`() async throws {
        let house = try await House()
        _ = try await house.signUp()
        let actor = try await house.signIn().actor
        let made = try await house.key(by: actor)
        let kept = try await house.store.read {
            try $0.value("SELECT hex(key_hash) FROM identity_access_key", as: String.self)
        }
        #expect(kept?.count == 64)
        #expect(try await house.identity.keys.list(of: actor).map(\.lastUsedAt) == [nil])
        _ = try await house.identity.keys.holder(of: made.secret, now: house.clock.now)
        #expect(
            try await house.identity.keys.list(of: actor).map(\.lastUsedAt) == [house.clock.now]
        )
    }

    @Test func `a revoked key opens nothing, and nobody revokes another's`() async throws {
        let house = try await House()
        _ = try await house.signUp()
        _ = try await house.signUp("kim@city.example")
        let actor = try await house.signIn().actor
        let other = try await house.signIn("kim@city.example").actor
        let made = try await house.key(by: actor)
        let keys = house.identity.keys
        await #expect(throws: AccessError.self) {
            try await keys.revoke(made.summary.id, by: other)
        }
        #expect(try await keys.list(of: other).isEmpty)
        try await keys.revoke(made.summary.id, by: actor)
        #expect(try await keys.holder(of: made.secret, now: house.clock.now) == nil)
        let actions = try await house.accounts.trail(of: actor).map(\.action)
        #expect(actions.contains(.createKey) && actions.contains(.revokeKey))
    }

    @Test(arguments: [
        "", "haechi_", "haechi_AAAA", "Bearer x", String(repeating: "가", count: 50),
        "haechi_" + String(repeating: "A", count: 43),
        "haechi_" + String(repeating: "_", count: 43),
    ])
    func `what is no key opens nothing`(_ text: String) async throws {
        let house = try await House()
        #expect(try await house.identity.keys.holder(of: text, now: house.clock.now) == nil)
    }

    @Test func `a key of a suspended account opens nothing`() async throws {
        let house = try await House()
        let id = try await house.signUp()
        let made = try await house.key(by: house.signIn().actor)
        _ = try await house.store.write {
            try $0.run("UPDATE identity_account SET state = 'suspended' WHERE id = \(id)")
        }
        #expect(
            try await house.identity.keys.holder(of: made.secret, now: house.clock.now) == nil
        )
    }

    @Test func `names, purposes, times and numbers of keys have limits`() async throws {
        let house = try await House()
        _ = try await house.signUp()
        let actor = try await house.signIn().actor
        let long = String(repeating: "가", count: AccessKeys.maximumNameLength + 1)
        let staff = KeyPurpose(rawValue: "staff")
        for (name, purposes, days) in [
            ("", [reading], 30), (" \n ", [reading], 30), (long, [reading], 30), ("이름", [], 30),
            ("이름", [staff], 30), ("이름", [KeyPurpose(rawValue: "made up")], 30),
            ("이름", [reading], 31), ("이름", [reading], 0),
        ] {
            await #expect(throws: IdentityError.self, "\(name) \(days)") {
                try await house.key(name, purposes, days: days, by: actor)
            }
        }
        for _ in 0..<AccessKeys.maximumCountPerAccount { _ = try await house.key(by: actor) }
        let error = await #expect(throws: IdentityError.self) { try await house.key(by: actor) }
        #expect(error?.code == .tooManyKeys)
    }

    @Test func `a key makes and revokes no keys`() async throws {
        let house = try await House()
        _ = try await house.signUp()
        let made = try await house.key(by: house.signIn().actor)
        let holder = try #require(
            try await house.identity.keys.holder(of: made.secret, now: house.clock.now)
        )
        await #expect(throws: AccessError.self) { try await house.key(by: holder.actor) }
        await #expect(throws: AccessError.self) {
            try await house.identity.keys.revoke(made.summary.id, by: holder.actor)
        }
    }
}
