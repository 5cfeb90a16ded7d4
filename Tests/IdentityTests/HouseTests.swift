import Basics
import Store
import Testing

@testable import Identity

@Suite struct `Sessions in the store` {
    @Test func `a cookie opens its session and nothing made up does`() async throws {
        let house = try await House()
        let id = try await house.signUp()
        let ticket = try await house.signIn()
        #expect(try await house.actor(ticket).id == id)
        var forged: [String?] = [
            nil, "", "x", ticket.cookie + "A", String(ticket.cookie.dropLast()),
        ]
        for index in [0, 20, 41] {
            var characters = Array(ticket.cookie)
            characters[index] = characters[index] == "A" ? "B" : "A"
            forged.append(String(characters))
        }
        for cookie in forged {
            #expect(
                try await house.sessions.actor(forCookie: cookie, now: house.clock.now)
                    == .anonymous
            )
        }
        let isKept = try await house.store.read { db in
            try db.value(
                "SELECT COUNT(*) FROM identity_session WHERE id = \(ticket.cookie)",
                as: Int.self
            )
        }
        #expect(isKept == 0)
    }

    @Test func `a resident's session ends after two idle hours, or a day`() async throws {
        let house = try await House()
        _ = try await house.signUp()
        let idle = try await house.signIn()
        house.clock.advance(seconds: 7199)
        #expect(try await house.actor(idle) != .anonymous)
        house.clock.advance(seconds: 7199)
        #expect(try await house.actor(idle) != .anonymous)
        house.clock.advance(seconds: 7200)
        #expect(try await house.actor(idle) == .anonymous)

        let busy = try await house.signIn()
        for _ in 0..<23 {
            house.clock.advance(seconds: 3600)
            #expect(try await house.actor(busy) != .anonymous)
        }
        house.clock.advance(seconds: 3600)
        #expect(try await house.actor(busy) == .anonymous)
    }

    @Test func `a staff member's session ends after half an idle hour, or twelve hours`()
        async throws
    {
        let house = try await House()
        _ = try await house.sample()
        let idle = try await house.signIn("city.plan@sample.example")
        house.clock.advance(seconds: 1800)
        #expect(try await house.actor(idle) == .anonymous)
        let busy = try await house.signIn("city.plan@sample.example")
        for _ in 0..<47 {
            house.clock.advance(seconds: 900)
            #expect(try await house.actor(busy) != .anonymous)
        }
        house.clock.advance(seconds: 900)
        #expect(try await house.actor(busy) == .anonymous)
    }

    @Test func `signing out, here and everywhere, shows at once in spite of the cache`()
        async throws
    {
        let house = try await House()
        _ = try await house.signUp()
        let tickets = [
            try await house.signIn(), try await house.signIn(), try await house.signIn(),
        ]
        for ticket in tickets { #expect(try await house.actor(ticket) != .anonymous) }
        #expect(
            try await house.sessions.list(of: tickets[0].actor, now: house.clock.now).count == 3
        )
        try await house.sessions.end(tickets[0].actor)
        #expect(try await house.actor(tickets[0]) == .anonymous)
        #expect(try await house.actor(tickets[1]) != .anonymous)
        try await house.sessions.endAll(of: tickets[1].actor)
        #expect(try await house.actor(tickets[1]) == .anonymous)
        #expect(try await house.actor(tickets[2]) == .anonymous)
    }

    @Test func `nobody ends somebody else's session`() async throws {
        let house = try await House()
        _ = try await house.signUp()
        _ = try await house.signUp("kim@city.example")
        let (hong, kim) = (try await house.signIn(), try await house.signIn("kim@city.example"))
        let error = await #expect(throws: AccessError.self) {
            try await house.sessions.end(
                try #require(hong.actor.account).sessionID,
                by: kim.actor
            )
        }
        #expect(error?.code == .notFound)
        #expect(try await house.actor(hong) != .anonymous)
    }

    @Test func `rotation gives a new cookie, ends the old one, and raises the assurance`()
        async throws
    {
        let house = try await House()
        _ = try await house.signUp()
        let old = try await house.signIn()
        let new = try await house.sessions.rotate(
            try await house.actor(old),
            assurance: .passwordAndOneTimeCode,
            origin: house.origin
        )
        #expect(new.cookie != old.cookie)
        #expect(try await house.actor(old) == .anonymous)
        #expect(
            try await house.actor(new).account?.assurance == .passwordAndOneTimeCode
        )
        await #expect(throws: AccessError.self) {
            try await house.sessions.rotate(old.actor, origin: house.origin)
        }
    }

    @Test func `a change by another program shows after the cache's few seconds`() async throws {
        let house = try await House()
        _ = try await house.signUp()
        let ticket = try await house.signIn()
        #expect(try await house.actor(ticket) != .anonymous)
        _ = try await house.store.write { tx in try tx.run("DELETE FROM identity_session") }
        #expect(try await house.actor(ticket) != .anonymous)
        house.clock.advance(seconds: Sessions.maximumStalenessSeconds)
        #expect(try await house.actor(ticket) == .anonymous)
    }

    @Test func `a form's token is its session's own and looks new each time`() async throws {
        let house = try await House()
        _ = try await house.signUp()
        let (one, two) = (try await house.signIn().actor, try await house.signIn().actor)
        let token = try #require(house.sessions.formToken(for: one))
        #expect(house.sessions.isFormToken(token, of: one))
        #expect(house.sessions.formToken(for: one) != token)
        #expect(!house.sessions.isFormToken(token, of: two))
        #expect(!house.sessions.isFormToken(nil, of: one))
        #expect(!house.sessions.isFormToken(String(token.dropLast()) + "_", of: one))
        #expect(!house.sessions.isFormToken(token, of: .anonymous))
        #expect(house.sessions.formToken(for: .anonymous) == nil)
    }

    @Test func `a request's one query finds every row by an index`() async throws {
        struct Step: Codable { let detail: String }
        let house = try await House()
        let plan = try await house.store.read { db in
            try db.rows(
                "EXPLAIN QUERY PLAN \(Sessions.query(tokenHash: [1, 2, 3]))",
                as: Step.self
            ).map(\.detail)
        }
        #expect(!plan.isEmpty)
        #expect(plan.allSatisfy { !$0.contains("SCAN") }, "\(plan)")
    }

    @Test func `sessions that are over are purged`() async throws {
        let house = try await House()
        _ = try await house.signUp()
        _ = try await house.signIn()
        house.clock.advance(seconds: 24 * 3600)
        try await house.sessions.purge(now: house.clock.now)
        let count = try await house.store.read { db in
            try db.value("SELECT COUNT(*) FROM identity_session", as: Int.self)
        }
        #expect(count == 0)
    }
}

@Suite struct `Signing in` {
    @Test func `a wrong password and an unknown account get the same answer`() async throws {
        let house = try await House()
        _ = try await house.signUp()
        let errors = [
            await #expect(throws: IdentityError.self) {
                try await house.signIn("hong@city.example", "wrong password")
            },
            await #expect(throws: IdentityError.self) {
                try await house.signIn("nobody@city.example", "wrong password")
            },
        ]
        #expect(Set(errors.map { $0?.message }).count == 1)
        #expect(errors.allSatisfy { $0?.code == .wrongCredentials })
        _ = try await house.signIn(" HONG@city.example ")
    }

    @Test func `guessing is slowed down, for an account that exists and one that does not`()
        async throws
    {
        let house = try await House()
        _ = try await house.signUp()
        for name in ["hong@city.example", "nobody@city.example"] {
            for _ in 0..<10 {
                let error = await #expect(throws: IdentityError.self) {
                    try await house.signIn(name, "wrong password")
                }
                #expect(error?.code == .wrongCredentials)
            }
            let error = await #expect(throws: IdentityError.self) { try await house.signIn(name) }
            #expect(error?.code == .tooManyAttempts)
        }
        house.clock.advance(seconds: 30)
        _ = try await house.signIn()
    }

    @Test func `the second factor is asked for, counts once, and has a spare key`() async throws {
        let house = try await House()
        _ = try await house.signUp()
        let ticket = try await house.signIn()
        let setUp = try await house.identity.secondFactor.setUp(
            for: ticket.actor,
            issuer: "해치"
        )
        let generator = try await Self.generator(of: ticket.actor, in: house)
        #expect(setUp.secretText == Encodings.base32(generator.secret))
        func code() -> String { generator.code(step: OneTimeCode.step(at: house.clock.now)) }
        await #expect(throws: IdentityError.self) {
            try await house.identity.secondFactor.confirm("000000", by: ticket.actor)
        }
        let spare = try await house.identity.secondFactor.confirm(code(), by: ticket.actor)
        #expect(spare.count == RecoveryCode.count)

        func challenge() async throws -> String {
            let step = try await house.identity.signIn.password(
                House.password,
                loginName: "hong@city.example",
                origin: house.origin
            )
            guard case .secondFactor(let challenge) = step else {
                throw IdentityError.expired("no second factor")
            }
            return challenge
        }
        let first = try await challenge()
        let signIn = house.identity.signIn
        await #expect(throws: IdentityError.self, "the code confirmed with is used up") {
            try await signIn.oneTimeCode(code(), challenge: first, origin: house.origin)
        }
        house.clock.advance(seconds: 30)
        let sure = try await signIn.oneTimeCode(code(), challenge: first, origin: house.origin)
        #expect(sure.actor.account?.assurance == .passwordAndOneTimeCode)
        for used in [code(), "123456"] {
            await #expect(throws: IdentityError.self) {
                try await signIn.oneTimeCode(used, challenge: first, origin: house.origin)
            }
        }
        _ = try await signIn.oneTimeCode(
            spare[0].lowercased(),
            challenge: first,
            origin: house.origin
        )
        await #expect(throws: IdentityError.self) {
            try await signIn.oneTimeCode(spare[0], challenge: first, origin: house.origin)
        }
        house.clock.advance(seconds: SignIn.challengeSeconds)
        let error = await #expect(throws: IdentityError.self) {
            try await signIn.oneTimeCode(code(), challenge: first, origin: house.origin)
        }
        #expect(error?.code == .expired)
        await #expect(throws: AccessError.self, "a password alone does not remove it") {
            try await house.identity.secondFactor.remove(by: ticket.actor)
        }
        try await house.identity.secondFactor.remove(by: sure.actor)
        _ = try await house.signIn()
    }

    private static func generator(of actor: Actor, in house: House) async throws -> OneTimeCode {
        let id = try #require(actor.id)
        let sealed = try await house.store.read { db in
            try db.value(
                "SELECT sealed_secret FROM identity_one_time_code WHERE account_id = \(id)",
                as: [UInt8].self
            )
        }
        return OneTimeCode(
            secret: try house.secretBox.open(
                try #require(sealed),
                for: "one-time code secret of \(id)"
            )
        )
    }

    @Test func `a challenge is void once the password was reset`() async throws {
        let house = try await House()
        let id = try await house.signUp()
        let ticket = try await house.signIn()
        _ = try await house.identity.secondFactor.setUp(for: ticket.actor, issuer: "해치")
        let generator = try await Self.generator(of: ticket.actor, in: house)
        func code() -> String { generator.code(step: OneTimeCode.step(at: house.clock.now)) }
        _ = try await house.identity.secondFactor.confirm(code(), by: ticket.actor)
        let step = try await house.identity.signIn.password(
            House.password,
            loginName: "hong@city.example",
            origin: house.origin
        )
        guard case .secondFactor(let challenge) = step else {
            Issue.record("\(step)")
            return
        }
        _ = try await house.accounts.resetPassword(
            of: id,
            by: People.actor(.staff, [Grant(.administrator)])
        )
        house.clock.advance(seconds: 30)
        let error = await #expect(throws: IdentityError.self) {
            try await house.identity.signIn.oneTimeCode(
                code(),
                challenge: challenge,
                origin: house.origin
            )
        }
        #expect(error?.code == .expired)
    }

    @Test func `a challenge cannot be made up or changed`() async throws {
        let house = try await House()
        let foreign = Encodings.base64URL(
            try SecretBox.ephemeral().seal(
                Array("99999999999999 someone 0123456789abcdef".utf8),
                for: "sign-in challenge"
            )
        )
        for challenge in ["", "x", foreign] {
            let error = await #expect(throws: IdentityError.self) {
                try await house.identity.signIn.oneTimeCode(
                    "123456",
                    challenge: challenge,
                    origin: house.origin
                )
            }
            #expect(error?.code == .expired)
        }
    }

    @Test func `changing the password ends the other sessions`() async throws {
        let house = try await House()
        _ = try await house.signUp()
        let (one, two) = (try await house.signIn(), try await house.signIn())
        await #expect(throws: IdentityError.self) {
            try await house.accounts.changePassword(
                of: one.actor,
                from: "wrong password",
                to: "해질녘 북한산 능선",
                origin: house.origin
            )
        }
        let new = try await house.accounts.changePassword(
            of: one.actor,
            from: House.password,
            to: "해질녘 북한산 능선",
            origin: house.origin
        )
        #expect(try await house.actor(one) == .anonymous)
        #expect(try await house.actor(two) == .anonymous)
        #expect(try await house.actor(new) != .anonymous)
        _ = try await house.signIn("hong@city.example", "해질녘 북한산 능선")
    }
}

@Suite struct `Accounts in the store` {
    @Test func `the first administrator is made once, and has to choose a password`() async throws {
        let house = try await House()
        let first = try #require(try await house.accounts.createFirstAdministrator())
        #expect(try await house.accounts.createFirstAdministrator() == nil)
        let ticket = try await house.signIn(first.loginName, first.oneTimePassword)
        #expect(ticket.actor.account?.mustChangePassword == true)
        #expect(ticket.actor.may(.administrator, in: "KR-11350"))
        let changed = try await house.accounts.changePassword(
            of: ticket.actor,
            from: first.oneTimePassword,
            to: House.password,
            origin: house.origin
        )
        #expect(try await house.actor(changed).account?.mustChangePassword == false)
    }

    @Test func `nobody signs up as staff, with grants, or under a name that is taken`() async throws
    {
        let house = try await House()
        _ = try await house.signUp()
        let account = NewAccount(
            kind: .resident,
            loginName: "kim@city.example",
            displayName: "김서울"
        )
        var staff = account
        staff.kind = .staff
        var granted = account
        granted.grants = [Grant(.administrator)]
        for forged in [staff, granted] {
            await #expect(throws: AccessError.self) {
                try await house.accounts.signUp(
                    forged,
                    password: House.password,
                    origin: house.origin
                )
            }
        }
        var taken = account
        taken.loginName = "Hong@CITY.example"
        var nameless = account
        nameless.displayName = ""
        var broken = account
        broken.displayName = "김\r\n서울"
        for (bad, code) in [
            (taken, IdentityError.Code.unacceptableLoginName), (nameless, .unacceptableField),
            (broken, .unacceptableField),
        ] {
            let error = await #expect(throws: IdentityError.self) {
                try await house.accounts.signUp(bad, password: House.password, origin: house.origin)
            }
            #expect(error?.code == code)
        }
    }

    @Test func `a look at a person's record is allowed to few and written down with its purpose`()
        async throws
    {
        let house = try await House()
        let id = try await house.signUp()
        let sample = try await house.sample()
        let purpose = try #require(Purpose.stated("민원 처리 2026-000123"))
        let support = People.actor(.staff, [Grant(.supportOfficer)])
        let hong = try await house.signIn().actor
        func look(_ actor: Actor) async throws -> PersonRecord {
            try await house.store.write { tx in
                try house.accounts.record(of: id, by: actor, purpose: purpose, in: tx)
            }
        }
        #expect(try await look(support).telephone == "010-0000-0000")
        #expect(try await look(hong).displayName == "홍길동")
        let districtSupport = People.actor(
            .staff,
            [Grant(.supportOfficer, organization: "KR-11350")]
        )
        for actor in [People.planOfficer, People.company, districtSupport] {
            let error = await #expect(throws: AccessError.self) { try await look(actor) }
            #expect(error?.code == .notFound)
        }
        let error = await #expect(throws: AccessError.self) { try await look(.anonymous) }
        #expect(error?.code == .signInRequired)
        let looks = try await house.accounts.trail(of: hong).filter { $0.action == .read }
        #expect(looks.map(\.actor) == [hong.auditActor, support.auditActor])
        #expect(looks.allSatisfy { $0.purpose == purpose })
        #expect(Purpose.stated("  \n ") == nil)
        #expect(sample.resident != id)
    }

    @Test func `lists are masked, paged and written down`() async throws {
        let house = try await House()
        _ = try await house.sample()
        let administrator = try await house.signIn("admin@sample.example").actor
        var names: [String] = []
        for number in 1...3 {
            let page = try await house.accounts.page(number, count: 2, by: administrator)
            #expect(page.total == 5)
            names += page.accounts.map(\.maskedLoginName)
        }
        #expect(names.count == 5)
        #expect(names.first == "ad***@sample.example")
        let lines = try await house.store.read { db in
            try db.auditRecords(by: administrator.auditActor).filter { $0.action == .listAccounts }
        }
        #expect(lines.count == 3)
        await #expect(throws: AccessError.self) {
            try await house.accounts.page(by: People.planOfficer)
        }
        let district = People.actor(.staff, [Grant(.administrator, organization: "KR-11350")])
        #expect(try await house.accounts.page(by: district).accounts.count == 1)
    }

    @Test func `grants are given within reach, end the sessions, and never the last administrator`()
        async throws
    {
        let house = try await House()
        let sample = try await house.sample()
        let administrator = try await house.signIn("admin@sample.example").actor
        let officer = try await house.signIn("district.plan@sample.example")
        #expect(try await house.actor(officer).may(.planOfficer, in: "KR-11350"))
        let published = Grant(.planPublisher, organization: "KR-11350")
        try await house.accounts.setGrants(
            [published],
            of: sample.districtPlanOfficer,
            by: administrator
        )
        #expect(try await house.actor(officer) == .anonymous)
        let again = try await house.signIn("district.plan@sample.example").actor
        #expect(again.account?.grants == [published])

        let district = People.actor(.staff, [Grant(.administrator, organization: "KR-11350")])
        for grants in [[Grant(.planOfficer)], [Grant(.planOfficer, organization: "KR-11440")]] {
            let error = await #expect(throws: AccessError.self) {
                try await house.accounts.setGrants(
                    grants,
                    of: sample.districtPlanOfficer,
                    by: district
                )
            }
            #expect(error?.code == .refused)
        }
        try await house.accounts.setGrants([], of: sample.districtPlanOfficer, by: district)
        let hidden = await #expect(throws: AccessError.self) {
            try await house.accounts.setGrants([], of: sample.administrator, by: district)
        }
        #expect(hidden?.code == .notFound)
        let last = await #expect(throws: IdentityError.self) {
            try await house.accounts.setGrants([], of: sample.administrator, by: administrator)
        }
        #expect(last?.code == .lastAdministrator)
        let lastState = await #expect(throws: IdentityError.self) {
            try await house.accounts.setState(
                .suspended,
                of: sample.administrator,
                by: administrator
            )
        }
        #expect(lastState?.code == .lastAdministrator)
    }

    @Test func `a suspended account is out at once and cannot come back`() async throws {
        let house = try await House()
        let sample = try await house.sample()
        let administrator = try await house.signIn("admin@sample.example").actor
        let resident = try await house.signIn("resident@sample.example")
        #expect(try await house.actor(resident) != .anonymous)
        try await house.accounts.setState(.suspended, of: sample.resident, by: administrator)
        #expect(try await house.actor(resident) == .anonymous)
        let error = await #expect(throws: IdentityError.self) {
            try await house.signIn("resident@sample.example")
        }
        #expect(error?.code == .suspended)
        try await house.accounts.setState(.active, of: sample.resident, by: administrator)
        _ = try await house.signIn("resident@sample.example")
    }

    @Test func `a reset password works once as a way to a new one`() async throws {
        let house = try await House()
        let sample = try await house.sample()
        let administrator = try await house.signIn("admin@sample.example").actor
        let handed = try await house.accounts.resetPassword(
            of: sample.company,
            by: administrator
        )
        await #expect(throws: IdentityError.self) {
            try await house.signIn("company@sample.example")
        }
        let ticket = try await house.signIn(handed.loginName, handed.oneTimePassword)
        #expect(ticket.actor.account?.mustChangePassword == true)
    }

    @Test func `the sample people are made once and say what they are`() async throws {
        let house = try await House()
        let sample = try await house.sample()
        #expect(try await house.sample() == sample)
        let officer = try await house.signIn("district.plan@sample.example").actor
        #expect(officer.may(.planOfficer, in: "KR-11350"))
        #expect(!officer.may(.planOfficer, in: "KR-11"))
        #expect(officer.account?.displayName.hasPrefix("견본") == true)
    }

    @Test(arguments: [
        ("홍길동", "홍*동"), ("남궁민수", "남**수"), ("김수", "김*"), ("김", "김*"), ("", ""),
    ])
    func `a masked name keeps its ends`(_ name: String, _ masked: String) {
        #expect(Masking.name(name) == masked)
        #expect(Masking.loginName("\(name)a@b.example").contains("***@b.example"))
    }
}
