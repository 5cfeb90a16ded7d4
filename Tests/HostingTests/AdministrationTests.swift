import Basics
import CityTesting
import Foundation
import HTTPTypes
import Store
import Testing
import Web

@testable import Hosting
@testable import Identity

/// A room with two organizations and the people of the sample.
struct SampleRoom: CityModule {
    static let migrations = MigrationSet(component: "sample-room", migrations: [])

    init(on platform: Platform) async throws {}

    func organizations() async throws -> [OrganizationChoice] {
        [
            OrganizationChoice(id: "11000", title: Bilingual("서울특별시", "Seoul")),
            OrganizationChoice(id: "11350", title: Bilingual("노원구", "Nowon-gu")),
        ]
    }

    static func makeSample(on platform: Platform) async throws {
        _ = try await SampleAccounts.make(
            in: platform.identity.accounts,
            city: "11000",
            district: "11350",
            passwords: .init(
                administrator: SampleSignIn.password,
                everybodyElse: SampleSignIn.password
            )
        )
    }
}

/// A city with people and no service.
let house = CityComposition(modules: [SampleRoom.self], services: [])

private let administratorLogin = "admin@sample.example"
private let officerLogin = "district.plan@sample.example"

extension CityClient {
    /// The id of the account with a sign-in name.
    func accountID(_ login: String) async throws -> String {
        try #require(
            try await city.platform.store.read { db in
                try db.value(
                    "SELECT id FROM identity_account WHERE login_name = \(login)",
                    as: String.self
                )
            }
        )
    }

    /// The actions of the audit trail of an account, the latest first.
    func trail(of id: String) async throws -> [AuditRecord] {
        try await city.platform.store.read { try $0.auditRecords(on: .account(id)) }
    }
}

@Suite struct `An administrator's pages` {
    /// Visitor, resident, company, officer, administrator.
    static let people: [String?] = [
        nil, "resident@sample.example", "company@sample.example", officerLogin, administratorLogin,
    ]

    @Test(
        arguments: [
            ("/admin/accounts", [401, 403, 403, 403, 200]),
            ("/admin/accounts/new", [401, 403, 403, 403, 200]),
            ("/admin/accounts/{officer}", [401, 403, 403, 403, 200]),
            ("/admin/accounts/nobody", [401, 403, 403, 403, 404]),
            ("/operations", [401, 403, 403, 403, 200]),
        ]
    )
    func `open to administrators alone`(path: String, statuses: [Int]) async throws {
        try await CityClient.with(house) { client in
            let path = path.replacing("{officer}", with: try await client.accountID(officerLogin))
            for (login, status) in zip(Self.people, statuses) {
                var person = client
                if let login { person = try await client.signedIn(as: login) }
                #expect(try await person.get(path).status == status, "\(login ?? "visitor")")
            }
        }
    }

    @Test(
        arguments: [
            "/admin/accounts", "/admin/accounts/{officer}/grants",
            "/admin/accounts/{officer}/grants/take", "/admin/accounts/{officer}/suspend",
            "/admin/accounts/{officer}/resume", "/admin/accounts/{officer}/sessions/end",
            "/admin/accounts/{officer}/second-factor/reset",
            "/admin/accounts/{officer}/password/reset",
        ]
    )
    func `take forms from administrators alone`(path: String) async throws {
        try await CityClient.with(house) { client in
            let id = try await client.accountID(officerLogin)
            let path = path.replacing("{officer}", with: id)
            for (login, status) in zip(Self.people, [401, 403, 403, 403]) {
                var person = client
                if let login { person = try await client.signedIn(as: login) }
                #expect(try await person.submit(path, from: "/account", [:]).status == status)
            }
            // Without the token of a page of this session, an administrator is turned away too.
            let administrator = try await client.signedIn(as: administratorLogin)
            #expect(try await administrator.post(path, [:]).status == 403)
            let changes = try await client.trail(of: id).filter { $0.actor.kind != .system }
            #expect(changes.map(\.action) == [.signIn])
        }
    }

    @Test func `find an account by name, by kind, page by page, and mask the people`() async throws
    {
        try await CityClient.with(house) { client in
            let administrator = try await client.signedIn(as: administratorLogin)
            try await client.city.platform.store.write { tx in
                for number in 101...155 {
                    _ = try Accounts.insert(
                        NewAccount(
                            kind: .resident,
                            loginName: "person\(number)@people.example",
                            displayName: "견본 \(number)번"
                        ),
                        hash: nil,
                        mustChange: false,
                        by: .house,
                        in: tx
                    )
                }
            }
            let first = try await administrator.get("/admin/accounts").body
            #expect(first.contains("60개") && first.contains("page=2"))
            let second = try await administrator.get("/admin/accounts?page=2").body
            #expect(second.contains("re***@sample.example"))
            #expect(!second.contains("resident@sample.example"))
            let far = try await administrator.get("/admin/accounts?page=999").body
            #expect(far.contains("re***@sample.example"))
            let found = try await administrator.get("/admin/accounts?q=PERSON142").body
            #expect(found.contains("<strong>1개</strong>"))
            let named = try await administrator.get("/admin/accounts?q=142%EB%B2%88").body
            #expect(named.contains("<strong>1개</strong>"))
            let staff = try await administrator.get("/admin/accounts?kind=staff").body
            #expect(staff.contains("<strong>3개</strong>"))
            let nothing = try await administrator.get("/admin/accounts?q=%25").body
            #expect(nothing.contains("찾은 계정이 없습니다"))
        }
    }

    @Test func `make an account whose password is shown once and replaced at the first sign-in`()
        async throws
    {
        try await CityClient.with(house) { client in
            let administrator = try await client.signedIn(as: administratorLogin)
            let made = try await administrator.submit(
                "/admin/accounts",
                from: "/admin/accounts/new",
                [
                    "kind": "staff", "name": "견본 새 직원", "login": "New.Person@sample.example",
                    "organization": "11350",
                ]
            )
            #expect(made.status == 200)
            let codes = made.body.matches(of: /<code>([^<]+)<\/code>/).map { String($0.1) }
            #expect(codes.first == "new.person@sample.example")
            let password = try #require(codes.last)
            let signedIn = try await client.post(
                "/sign-in",
                ["login": "new.person@sample.example", "password": password]
            )
            #expect(signedIn.headers[.location] == "/account/password")
            let id = try await client.accountID("new.person@sample.example")
            let page = try await administrator.get("/admin/accounts/\(id)").body
            #expect(page.contains("노원구") && !page.contains(password))
        }
    }

    @Test(
        arguments: [
            ("kind", "device"), ("name", ""), ("login", "nobody"), ("login", ""),
            ("login", "resident@sample.example"), ("organization", "99999"),
        ]
    )
    func `refuse a wrong answer beside its field and forget nothing`(
        field: String,
        value: String
    ) async throws {
        try await CityClient.with(house) { client in
            let administrator = try await client.signedIn(as: administratorLogin)
            var fields = [
                "kind": "company", "name": "견본 상사", "login": "shop@sample.example",
                "organization": "11000",
            ]
            fields[field] = value
            let answer = try await administrator.submit(
                "/admin/accounts",
                from: "/admin/accounts/new",
                [
                    "kind": fields["kind"] ?? "", "name": fields["name"] ?? "",
                    "login": fields["login"] ?? "", "organization": fields["organization"] ?? "",
                ]
            )
            #expect(answer.status == 422)
            #expect(answer.body.contains("id=\"field-\(field)-error\""))
            if field != "name" { #expect(answer.body.contains("value=\"견본 상사\"")) }
        }
    }

    @Test func `a grant counts at the very next request, and is gone with the next again`()
        async throws
    {
        try await CityClient.with(house) { client in
            let administrator = try await client.signedIn(as: administratorLogin)
            let id = try await client.accountID("resident@sample.example")
            let page = "/admin/accounts/\(id)"
            let given = try await administrator.submit(
                page + "/grants",
                from: page,
                ["role": "administrator", "organization": "", "service": ""]
            )
            #expect(given.headers[.location] == "\(page)?done=given")
            let person = try await client.signedIn(as: "resident@sample.example")
            #expect(try await person.get("/admin/accounts").status == 200)
            let taken = try await administrator.submit(
                page + "/grants/take",
                from: page,
                ["role": "administrator", "organization": "", "service": ""]
            )
            #expect(taken.status == 303)
            #expect(try await person.get("/admin/accounts").status == 401)
            let actions = try await client.trail(of: id).map(\.action.rawValue)
            #expect(actions.count { $0 == "account.changeGrants" } == 2)
            #expect(actions.contains("read"))
        }
    }

    @Test(arguments: [("mayor", "", ""), ("auditor", "99", ""), ("auditor", "", "wifi")])
    func `refuse a grant of what there is not`(
        role: String,
        organization: String,
        service: String
    ) async throws {
        try await CityClient.with(house) { client in
            let administrator = try await client.signedIn(as: administratorLogin)
            let page = "/admin/accounts/\(try await client.accountID(officerLogin))"
            let answer = try await administrator.submit(
                page + "/grants",
                from: page,
                ["role": role, "organization": organization, "service": service]
            )
            #expect(answer.status == 422)
            #expect(answer.body.contains("data-error-summary"))
        }
    }

    @Test func `nobody ends their own administration`() async throws {
        try await CityClient.with(house) { client in
            let administrator = try await client.signedIn(as: administratorLogin)
            let id = try await client.accountID(administratorLogin)
            let other = try await client.accountID(officerLogin)
            try await client.city.platform.identity.accounts.give(
                Grant(.administrator),
                to: other,
                by: try await administrator.actor()
            )
            let page = "/admin/accounts/\(id)"
            let taken = try await administrator.submit(
                page + "/grants/take",
                from: page,
                ["role": "administrator", "organization": "", "service": ""]
            )
            #expect(taken.status == 422)
            #expect(taken.body.contains("다른 관리자에게"))
            let suspended = try await administrator.submit(page + "/suspend", from: page, [:])
            #expect(suspended.status == 422)
            #expect(try await administrator.get("/admin/accounts").status == 200)
        }
    }

    @Test func `suspend, resume, end sessions, reset the password and the second factor`()
        async throws
    {
        try await CityClient.with(house) { client in
            let administrator = try await client.signedIn(as: administratorLogin)
            let officer = try await client.signedIn(as: officerLogin)
            let page = "/admin/accounts/\(try await client.accountID(officerLogin))"
            func send(_ deed: String) async throws -> CityClient.Answer {
                try await administrator.submit("\(page)/\(deed)", from: page, [:])
            }
            #expect(try await send("sessions/end").status == 303)
            #expect(try await officer.get("/account").status == 401)
            #expect(try await send("suspend").status == 303)
            let refused = try await client.post(
                "/sign-in",
                ["login": officerLogin, "password": CityClient.password]
            )
            #expect(refused.status == 422)
            #expect(try await send("resume").status == 303)
            _ = try await client.signedIn(as: officerLogin)
            #expect(try await send("second-factor/reset").status == 303)
            let reset = try await send("password/reset")
            #expect(reset.status == 200 && reset.body.contains("한 번 쓰는 비밀번호"))
            let old = try await client.post(
                "/sign-in",
                ["login": officerLogin, "password": CityClient.password]
            )
            #expect(old.status == 422)
        }
    }

    @Test func `an administrator of one district sees and changes that district alone`()
        async throws
    {
        try await CityClient.with(house) { client in
            let accounts = client.city.platform.identity.accounts
            let chief = try await client.signedIn(as: administratorLogin).actor()
            let officer = try await client.accountID(officerLogin)
            try await accounts.give(
                Grant(.administrator, organization: "11350"),
                to: officer,
                by: chief
            )
            let district = try await client.signedIn(as: officerLogin)
            let list = try await district.get("/admin/accounts").body
            #expect(list.contains("<strong>1개</strong>"))
            for login in [administratorLogin, "city.plan@sample.example"] {
                let path = "/admin/accounts/\(try await client.accountID(login))"
                #expect(try await district.get(path).status == 404)
                let answer = try await district.submit(
                    path + "/suspend",
                    from: "/admin/accounts",
                    [:]
                )
                #expect(answer.status == 404)
            }
            let page = "/admin/accounts/\(officer)"
            #expect(!(try await district.get(page).body.contains("모든 기관")))
            let greedy = try await district.submit(
                page + "/grants",
                from: page,
                ["role": "administrator", "organization": "", "service": ""]
            )
            #expect(greedy.status == 422)
        }
    }
}

extension CityClient {
    /// Who this client is signed in as.
    fileprivate func actor() async throws -> Actor {
        try await city.platform.identity.sessions.actor(
            forCookie: sessionCookie,
            now: city.platform.time.now()
        )
    }
}
