import Basics
import City
import CityTesting
import Foundation
import Hosting
import Testing
import Web

@testable import Procurement

private let city = CityComposition(modules: [CityRecords.self], services: [Procurement.self])

@Suite struct `Searching the listing` {
    private static let encoded = [
        "챗봇": "%EC%B1%97%EB%B4%87", "챗봇을": "%EC%B1%97%EB%B4%87%EC%9D%84",
        "쳇봇": "%EC%B3%87%EB%B4%87",
    ]

    private static func listing(_ words: String, _ more: String = "", _ client: CityClient)
        async throws -> String
    {
        let words = encoded[words] ?? words
        return try await client.get("/procurement/projects?q=\(words)\(more)").body
    }

    /// The projects of a listing, in its order.
    private static func projects(_ page: String) -> [String] {
        page.components(separatedBy: "<a href=\"/procurement/projects/").dropFirst().map {
            String($0.prefix { $0 != "\"" })
        }
    }

    @Test func `a particle or a wrong letter changes nothing but the line that tells of it`()
        async throws
    {
        try await CityClient.with(city) { client in
            let plain = try await Self.listing("챗봇", "", client)
            #expect(!plain.contains("class=\"also\""))
            #expect(plain.contains("<mark>챗봇</mark>"))
            for words in ["챗봇을", "쳇봇"] {
                let page = try await Self.listing(words, "", client)
                #expect(Self.projects(page) == Self.projects(plain))
                #expect(page.contains("\(words) → <strong>챗봇</strong>"))
            }
        }
    }

    @Test func `words order by relevance, and another order stays a choice`() async throws {
        try await CityClient.with(city) { client in
            let ranked = try await Self.listing("챗봇", "", client)
            let budget = try await Self.listing("챗봇", "&sort=budget", client)
            #expect(ranked.contains("관련 높은 순"))
            #expect(Self.projects(ranked) != Self.projects(budget))
            let more = try await Self.listing("챗봇", "&page=2", client)
            let whole = Set(Self.projects(ranked) + Self.projects(more))
            #expect(whole.isSuperset(of: Self.projects(budget)))
            let all = try await client.get("/procurement/projects").body
            #expect(!all.contains("관련 높은 순"))
            let none = try await client.get("/procurement/projects?sort=relevance").body
            #expect(Self.projects(none) == Self.projects(all))
        }
    }

    @Test func `a query keeps its order in its address only where it is not the usual one`() {
        var query = ProjectQuery(QueryItems([("q", "챗봇")]))
        #expect(query.order == .relevance)
        #expect(query.pairs.map(\.name) == ["q"])
        query.chosenOrder = .budget
        #expect(query.pairs.map(\.value) == ["챗봇", "budget"])
        #expect(ProjectQuery(QueryItems(query.pairs)) == query)
    }
}
