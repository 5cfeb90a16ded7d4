import Basics
import CityTesting
import Foundation
import HTTPTypes
import Store
import Testing
import Web

@testable import Hosting
@testable import Identity

private let administratorLogin = "admin@sample.example"
private let officerLogin = "district.plan@sample.example"

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
