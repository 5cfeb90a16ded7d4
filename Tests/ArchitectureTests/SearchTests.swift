import Basics
import CityTesting
import Foundation
import HTTPTypes
import Testing

@testable import Hosting
@testable import haechi

private struct Found: Decodable {
    struct Group: Decodable {
        struct Result: Decodable {
            var title: String
            var text: String
            var marked: [String]
            var url: String
        }

        var id: String
        var count: Int
        var url: String?
        var results: [Result]
    }

    struct Alternative: Decodable {
        var typed: String
        var searched: [String]
    }

    var count: Int
    var alternatives: [Alternative]
    var groups: [Group]

    func count(of id: String) -> Int { groups.first { $0.id == id }?.count ?? 0 }
}

extension CityClient {
    fileprivate func search(_ words: String, _ more: String = "") async throws -> Found {
        let encoded = words.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let answer = try await get("/api/search?q=\(encoded)\(more)")
        #expect(answer.status == 200)
        return try JSONDecoder().decode(Found.self, from: Data(answer.body.utf8))
    }

    fileprivate func page(_ words: String, _ more: String = "") async throws -> String {
        let encoded = words.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return try await get("/search?q=\(encoded)\(more)").body
    }
}

@Suite struct `The search of the whole city` {
    /// A day on which the sample handbook is in force.
    private static let today = Instant(LocalDate(daysSinceEpoch: 20_600), hour: 9)

    @Test func `everybody finds only what they may see`() async throws {
        try await CityClient.with(haechi.city, now: Self.today) { client in
            let owner = try await client.signedIn(as: "staff@sample.example")
            let kept = try await owner.upload(
                "/assistant/documents",
                from: "/assistant/documents/new",
                ["audience": "owner"],
                file: ("plan.md", "# 달빛나루 계획\n\n## 인력\n\n달빛나루 사업은 세 명이 맡습니다.\n")
            )
            #expect(kept.status == 303)
            let staff = ["staff", "agent", "knowledge", "city.plan", "district.plan", "admin"]
            for login in ["", "company", "resident"] + staff {
                let person =
                    login.isEmpty
                    ? client : try await client.signedIn(as: "\(login)@sample.example")
                let isStaff = staff.contains(login)
                let known = try await person.search("연가")
                #expect((known.count(of: "knowledge") > 0) == isStaff, "연가 for \(login)")
                let own = try await person.search("달빛나루")
                #expect((own.count(of: "knowledge") > 0) == (login == "staff"), "own of \(login)")
                // Neither a count nor a correction tells of a document that is another's.
                let near = try await person.search("달빛너루")
                #expect(near.alternatives.isEmpty == (login != "staff"), "hint for \(login)")
                #expect(try await person.page("달빛나루").contains("세 명") == (login == "staff"))
                #expect(try await person.search("챗봇").count(of: "projects") > 0)
                #expect(try await person.search("노원").count(of: "places") > 0)
            }
        }
    }

    @Test(arguments: [
        ("챗봇을", "projects", "챗봇"), ("지능형CCTV노원", "projects", "CCTV"), ("쳇봇", "projects", "챗봇"),
        ("노원구청", "places", "노원구청"), ("도서관에서", "places", "도서관"), ("노원구", "organizations", "노원구"),
    ])
    func `words are found as people type them, and marked`(
        words: String,
        group: String,
        marked: String
    ) async throws {
        try await CityClient.with(haechi.city) { client in
            let found = try await client.search(words)
            let results = found.groups.first { $0.id == group }?.results ?? []
            #expect(!results.isEmpty && results.count <= 5)
            #expect(results.contains { $0.marked.contains(marked) })
            for result in results { #expect(try await client.get(result.url).status == 200) }
        }
    }

    @Test func `the page groups by service, counts, and leads on`() async throws {
        try await CityClient.with(haechi.city) { client in
            #expect(try await client.get("/").body.contains("action=\"/search\""))
            let page = try await client.page("유지관리")
            #expect(page.contains("<mark>유지관리</mark>"))
            #expect(page.contains("/procurement/projects?q=%EC%9C%A0"))
            #expect(page.contains("/search?q=%EC%9C%A0%EC%A7%80%EA%B4%80%EB%A6%AC&amp;in=projects"))
            let total = try await client.search("유지관리").count(of: "projects")
            let first = try await client.search("유지관리", "&in=projects").groups
            let second = try await client.search("유지관리", "&in=projects&page=2").groups
            #expect(first.count == 1 && first[0].results.count == 20 && first[0].count == total)
            #expect(Set(first[0].results.map(\.url)).isDisjoint(with: second[0].results.map(\.url)))
            #expect(try await client.page("유지관리", "&in=projects&page=2").contains("aria-current"))
        }
    }

    @Test(arguments: [
        ("", "여기에서 찾습니다"), ("없는낱말입니다요", "찾은 것이 없습니다"), ("!!!", "찾은 것이 없습니다"),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        (String(repeating: "가", count: 900), "앞의 200자로 찾았습니다"),
        ("쳇봇", "이렇게도 찾았습니다"), ("\u{1F642}\u{0}", "찾은 것이 없습니다"),
    ])
    func `odd words get a page that says what happened`(words: String, text: String) async throws {
        try await CityClient.with(haechi.city) { client in
            let page = try await client.page(words)
            #expect(page.contains(text), "\(words.prefix(20))")
            #expect(!page.contains("<script>alert"))
        }
    }

    @Test(arguments: [
        "", "?q=a&in=nothing", "?q=\(String(repeating: "a", count: 201))", "?q=a&page=0",
    ])
    func `the endpoint refuses what it does not know`(query: String) async throws {
        try await CityClient.with(haechi.city) { client in
            let answer = try await client.get("/api/search" + query)
            #expect(answer.status == 400)
        }
    }

    @Test func `the keeper's synonyms count in every search at once`() async throws {
        try await CityClient.with(haechi.city) { client in
            let words = "달나라말"
            #expect(try await client.search(words).count == 0)
            let keeper = try await client.signedIn(as: "knowledge@sample.example")
            let saved = try await keeper.submit(
                "/search/synonyms",
                from: "/search/synonyms",
                ["text": "달나라말, 챗봇\n"]
            )
            #expect(saved.status == 303)
            let found = try await client.search(words)
            #expect(found.count(of: "projects") > 0)
            #expect(found.alternatives.first?.searched == ["챗봇"])
            let listing = try await client.get(
                "/procurement/projects?q=%EB%8B%AC%EB%82%98%EB%9D%BC%EB%A7%90"
            )
            #expect(listing.body.contains("챗봇"))
            let refused = try await keeper.submit(
                "/search/synonyms",
                from: "/search/synonyms",
                ["text": "하나뿐\n"]
            )
            #expect(refused.status == 422 && refused.body.contains("하나뿐"))
            let staff = try await client.signedIn(as: "staff@sample.example")
            #expect(try await staff.get("/search/synonyms").status == 403)
        }
    }
}
