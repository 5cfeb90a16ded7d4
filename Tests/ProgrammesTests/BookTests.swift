import Basics
import CityTesting
import Hosting
import HTTPTypes
import Identity
import Store
import Testing

@testable import Programmes

@Suite struct `The book of answers` {
    @Test func `a visitor sees only their own, for a day`() async throws {
        let clock = MovingClock(.noon("2026-05-10"))
        try await CityClient.with(portal, time: clock.source) { client in
            var walker = Walker(client, base: "/housing")
            let first = try await walker.answer("tenancy", "privateRent")
            let cookie = try #require(first.headers[.setCookie])
            #expect(cookie.contains("HttpOnly"))
            #expect(cookie.contains("SameSite=Lax"))
            let mine = try await walker.client.get("/housing/check/answers").body
            #expect(mine.contains("민간 전월세"))
            let others = try await client.get("/housing/check/answers").body
            #expect(!others.contains("민간 전월세"))
            let guessed = try await client.with(cookie: "haechi-answers", "guess")
                .get("/housing/check/answers").body
            #expect(!guessed.contains("민간 전월세"))
            clock.advance(seconds: AnswerBook.visitHourCount * 3600)
            let late = try await walker.client.get("/housing/check/answers").body
            #expect(!late.contains("민간 전월세"))
        }
    }

    @Test func `keeps no visitor's name in the open`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/housing")
            let answer = try await walker.answer("tenancy", "privateRent")
            let cookie = try #require(answer.headers[.setCookie])
            let secret = try #require(
                cookie.split(separator: ";").first?.split(separator: "=").last
            )
            let owner = try await client.city.platform.store.read { db in
                try db.value("SELECT owner FROM programmes_answers", as: String.self)
            }
            #expect(try #require(owner).contains(secret) == false)
        }
    }

    @Test func `is emptied when its owner says so`() async throws {
        try await CityClient.with(portal, now: .noon("2026-05-10")) { client in
            var walker = Walker(client, base: "/housing")
            _ = try await walker.answer("tenancy", "privateRent")
            let forgotten = try await walker.client.post(
                "/housing/check/answers",
                ["action": "forget"]
            )
            #expect(forgotten.headers[.setCookie]?.contains("Max-Age=0") == true)
            let page = try await walker.client.get("/housing/check/answers").body
            #expect(!page.contains("민간 전월세"))
        }
    }

    @Test func `follows its owner into their account, stays by consent, and goes with it`()
        async throws
    {
        let clock = MovingClock(.noon("2026-05-10"))
        try await CityClient.with(portal, time: clock.source) { client in
            var walker = Walker(client, base: "/housing")
            _ = try await walker.answer("tenancy", "privateRent")
            let person = try await walker.client.signedIn(as: "resident@sample.example")
            let answers = "/housing/check/answers"
            let before = try await person.get(answers).body
            #expect(before.contains("로그인하기 전에 답한 것이 1개 있습니다"))
            #expect(!before.contains("민간 전월세"))
            func act(_ action: String) async throws {
                let answer = try await person.submit(answers, from: answers, ["action": action])
                #expect(answer.status == 303)
            }
            try await act("adopt")
            let adopted = try await person.get(answers).body
            #expect(adopted.contains("민간 전월세"))
            #expect(!adopted.contains("로그인하기 전에 답한 것이"))
            try await act("notify")
            let account = try await Self.account(client)
            let store = client.city.platform.store
            #expect(
                try await store.read { try Consents.isGiven(.notices, by: account, in: $0) }
                    == false,
                "notices need a profile"
            )
            try await act("keep")
            try await act("notify")
            // Longer than a visit, shorter than a session may idle.
            let kept = try await store.read { db in
                try db.value("SELECT expires_at FROM programmes_answers", as: Instant.self)
            }
            let days = Int64(AnswerBook.profileDayCount) * 86_400_000
            #expect(
                kept?.millisecondsSinceEpoch
                    == Instant.noon("2026-05-10").millisecondsSinceEpoch + days
            )
            try await act("withdraw")
            let gone = try await person.get(answers).body
            #expect(!gone.contains("민간 전월세"))
            let actions = try await store.read { db in
                try db.auditRecords().map(\.action)
            }
            #expect(actions.filter { $0 == .giveConsent }.count == 2)
            #expect(actions.filter { $0 == .withdrawConsent }.count == 2)
        }
    }

    static func account(_ client: CityClient) async throws -> String {
        let id = try await client.city.platform.store.read { db in
            try db.value(
                "SELECT id FROM identity_account WHERE login_name = 'resident@sample.example'",
                as: String.self
            )
        }
        return try #require(id)
    }
}

@Suite struct `What changed for a person` {
    private let rent: [(String, AnswerValue)] = [
        ("birthDate", .text("1999-02-10")), ("militaryServiceMonths", .number(0)),
        ("seoulResident", .bool(true)), ("householdForm", .text("single")),
        ("tenancy", .text("privateRent")), ("homeOwned", .bool(false)),
        ("insuranceHouseholdSize", .number(1)), ("insuranceIncome", .number(2_400_000)),
        ("deposit", .number(30_000_000)), ("rent", .number(550_000)),
        ("generalAssets", .number(30_000_000)), ("carValue", .number(0)),
        ("basicLivelihood", .text("none")),
    ]

    /// Keeps a renter's answers in the profile of the sample resident.
    private func keep(_ client: CityClient, notices: Bool) async throws -> String {
        let account = try await `The book of answers`.account(client)
        let actor = Actor.anonymous
        let rent = rent
        try await client.city.platform.store.write { tx in
            try Consents.give(.profile, by: actor, accountID: account, in: tx)
            if notices { try Consents.give(.notices, by: actor, accountID: account, in: tx) }
            var answers = Answers()
            for (fact, value) in rent { answers.facts[fact] = value }
            answers.receipts = []
            try AnswerBook.save(answers, of: AnswerOwner(accountID: account), in: tx)
        }
        return account
    }

    private func changes(_ client: CityClient, of account: String) async throws -> [String] {
        try await client.city.platform.store.read { db in
            try ProgrammeChanges.recent(of: account, limit: 100, in: db)
                .filter { $0.programme == "seoul-youth-rent" }.map(\.kind.rawValue)
        }
    }

    @Test func `is told once when a window opens and once before it closes`() async throws {
        let clock = MovingClock(.noon("2026-05-01"))
        try await CityClient.with(portal, time: clock.source) { client in
            let account = try await keep(client, notices: true)
            let watch = ChangeWatch(platform: client.city.platform)
            try await watch.run()
            #expect(try await changes(client, of: account) == [], "the first night remembers")
            clock.advance(seconds: 6 * 86_400)
            try await watch.run()
            try await watch.run()
            #expect(try await changes(client, of: account) == ["opens"])
            clock.advance(seconds: 6 * 86_400)
            try await watch.run()
            try await watch.run()
            #expect(try await changes(client, of: account) == ["closes", "opens"])
            let person = try await client.signedIn(as: "resident@sample.example")
            let notices = try await person.get("/notices").body
            #expect(notices.contains("‘서울시 청년월세지원’ 신청이 곧 끝납니다"))
            #expect(notices.contains("2026-05-19까지 신청할 수 있습니다."))
        }
    }

    @Test func `is told when an answer makes it fit`() async throws {
        let clock = MovingClock(.noon("2026-05-07"))
        try await CityClient.with(portal, time: clock.source) { client in
            let account = try await keep(client, notices: true)
            let owner = AnswerOwner(accountID: account)
            let store = client.city.platform.store
            func setDeposit(_ won: Int64) async throws {
                try await store.write { tx in
                    var answers = try #require(try AnswerBook.answers(of: owner, in: tx))
                    answers.facts["deposit"] = .number(won)
                    try AnswerBook.save(answers, of: owner, in: tx)
                }
            }
            try await setDeposit(85_000_000)
            let watch = ChangeWatch(platform: client.city.platform)
            try await watch.run()
            try await setDeposit(80_000_000)
            try await watch.run()
            #expect(try await changes(client, of: account) == ["fits"])
        }
    }

    @Test func `is told to nobody who did not agree`() async throws {
        let clock = MovingClock(.noon("2026-05-01"))
        try await CityClient.with(portal, time: clock.source) { client in
            let account = try await keep(client, notices: false)
            let watch = ChangeWatch(platform: client.city.platform)
            try await watch.run()
            clock.advance(seconds: 6 * 86_400)
            try await watch.run()
            #expect(try await changes(client, of: account) == [])
        }
    }
}
