import Basics
import CityTesting
import HTTPTypes
import Identity
import Store
import Testing

@testable import Hosting

@Suite struct `A password that somebody else gave` {
    @Test func `opens nothing but the page that replaces it, until it is replaced`() async throws {
        try await CityClient.with(house) { client in
            let store = client.city.platform.store
            try await store.write {
                try $0.run("UPDATE identity_password SET must_change = 1")
            }
            let person = try await client.signedIn(as: "resident@sample.example")
            for path in ["/", "/account", "/operations", "/nothing"] {
                let answer = try await person.get(path)
                #expect(answer.status == 303, "\(path)")
                #expect(answer.headers[.location] == "/account/password")
            }
            let program = try await person.get("/account", headers: [.accept: "application/json"])
            #expect(program.status == 403)
            #expect(try await client.get("/").status == 200)
            let page = "/account/password"
            #expect(try await person.get(page).status == 200)
            let changed = try await person.submit(
                page,
                from: page,
                ["old": CityClient.password, "new": "a new sample password of mine"]
            )
            #expect(changed.status == 303)
            let cookie = try #require(changed.headers[.setCookie]).split(separator: ";")[0]
            let value = try #require(cookie.split(separator: "=", maxSplits: 1).last)
            let free = person.with(cookie: "haechi-session", String(value))
            #expect(try await free.get("/account").status == 200)
        }
    }
}

@Suite struct `Who looked at my data` {
    @Test func `is told in words`() async throws {
        try await CityClient.with(house) { client in
            let person = try await client.signedIn(as: "resident@sample.example")
            let page = try await person.get("/account").body
            #expect(page.contains("로그인<"))
            #expect(!page.contains("signIn<"))
        }
    }

    @Test func `every action has a title in both languages, and a word of its own`() {
        let actions = AuditAction.common + AuditAction.identity + AuditAction.hosting
        #expect(Set(actions.map(\.rawValue)).count == actions.count)
        for action in actions {
            #expect(action.title.korean != action.rawValue)
            #expect(action.title.english != action.rawValue)
        }
    }
}
