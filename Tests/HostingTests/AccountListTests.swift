import Basics
import CityTesting
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Hosting
@testable import Identity

private let administratorLogin = "admin@sample.example"

@Suite struct `The list of accounts and the form for another` {
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
}
