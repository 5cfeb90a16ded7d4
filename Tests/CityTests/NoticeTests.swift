import Basics
import CityTesting
import Foundation
import Hosting
import Store
import Testing

@testable import City

private let city = CityComposition(modules: [CityRecords.self], services: [])

@Suite struct `Notices to people` {
    @Test func `the same event tells a person once`() async throws {
        try await CityClient.with(city) { client in
            let store = client.city.platform.store
            let notice = Notice(
                id: "event/1",
                accountID: "a",
                title: Bilingual("제목", "Title"),
                body: Bilingual("본문", "Body"),
                link: "/x",
                createdAt: Instant(millisecondsSinceEpoch: 0)
            )
            for _ in 0..<3 { try await store.write { try Notices.send(notice, in: $0) } }
            let count = try await store.read { try Notices.unreadCount(of: "a", in: $0) }
            #expect(count == 1)
            try await store.write { try Notices.markRead(of: "a", in: $0) }
            let left = try await store.read { try Notices.unreadCount(of: "a", in: $0) }
            #expect(left == 0)
        }
    }

    @Test func `a private feed opens with its secret only`() async throws {
        try await CityClient.with(city) { client in
            let person = try await client.signedIn(as: "resident@sample.example")
            let added = try await person.submit(
                "/notices/channels",
                from: "/notices",
                ["kind": "feed", "address": ""]
            )
            #expect(added.status == 303)
            let page = try await person.get("/notices").body
            let start = try #require(page.range(of: "/notices/feed/"))
            let secret = page[start.upperBound...].prefix { $0 != "\"" }
            let feed = try await client.get("/notices/feed/\(secret)")
            let guessed = try await client.get("/notices/feed/x\(secret)")
            #expect(feed.body.contains("<feed"))
            #expect(guessed.status == 404)
        }
    }

    @Test(arguments: [
        ("mail", "nobody"), ("mail", "a@b c"), ("webHook", "http://example.com/"),
        ("webHook", "javascript:1"), ("pigeon", "loft"),
    ])
    func `a wrong channel is refused with the reason`(kind: String, address: String) async throws {
        try await CityClient.with(city) { client in
            let person = try await client.signedIn(as: "resident@sample.example")
            let answer = try await person.submit(
                "/notices/channels",
                from: "/notices",
                ["kind": kind, "address": address]
            )
            #expect(answer.status == 400)
        }
    }
}

@Suite struct `Organizations of the city` {
    @Test func `the sample city has its 25 districts with their codes`() async throws {
        try await CityClient.with(city) { client in
            let all = try await client.city.platform.store.read { try Organizations.all(in: $0) }
            #expect(all.count { $0.kind == .district } == 25)
            #expect(all.first { $0.id == "11350" }?.name == "노원구")
            #expect(Set(District.all.map { [$0.tile.column, $0.tile.row] }).count == 25)
        }
    }
}
