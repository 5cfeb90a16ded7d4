import Basics
import City
import CityTesting
import Foundation
import HTTPTypes
import Hosting
import Store
import Web

@testable import Programmes

/// A portal of some programmes, as a service would open one.
struct HousingPortal: CityModule {
    static let migrations = MigrationSet(component: "housing", migrations: [])
    static let collection = ProgrammeCollection(
        id: "housing",
        title: Bilingual("주거", "Housing"),
        base: "/housing",
        tags: ["housing"]
    )
    let platform: Platform

    init(on platform: Platform) async throws {
        self.platform = platform
    }

    var routes: RouteTable {
        var table = RouteTable()
        CheckRoutes(collection: Self.collection, platform: platform).add(to: &table)
        CheckRoutes(collection: .pregnancy, platform: platform).add(to: &table)
        CheckRoutes(collection: .digital, platform: platform).add(to: &table)
        return table
    }
}

extension ProgrammeCollection {
    static let pregnancy = ProgrammeCollection(
        id: "pregnancy",
        title: Bilingual("임신", "Pregnancy"),
        base: "/pregnancy",
        tags: ["pregnancy"]
    )
    static let digital = ProgrammeCollection(
        id: "digital",
        title: Bilingual("디지털", "Digital"),
        base: "/digital",
        tags: ["digital"]
    )
}

let portal = CityComposition(
    modules: [CityRecords.self, CityProgrammes.self, HousingPortal.self],
    services: []
)

extension Instant {
    /// Noon of a day in Korea.
    static func noon(_ iso: String) -> Instant {
        Instant(LocalDate(iso: iso) ?? LocalDate(daysSinceEpoch: 0), hour: 12, minute: 0)
    }
}

/// A visitor who answers by their own list, and leaves for later what is not on it.
struct Walker {
    /// The visitor, with the cookie once they answered.
    private(set) var client: CityClient
    let base: String
    /// The questions in the order in which they came.
    private(set) var asked: [String] = []

    init(_ client: CityClient, base: String) {
        self.client = client
        self.base = base
    }

    /// Sends one page of answers; the cookie is taken along.
    mutating func answer(
        _ step: String,
        asked: [String],
        _ fields: [(String, String)],
        action: String = "answer"
    ) async throws -> CityClient.Answer {
        let all =
            asked.map { ("asked", $0) } + fields + [("step", step), ("action", action)]
        let body = all.map { "\(Link.encoded($0.0))=\(Link.encoded($0.1))" }
            .joined(separator: "&")
        let answer = try await client.ask(
            .post,
            "\(base)/check",
            headers: [.contentType: "application/x-www-form-urlencoded"],
            body: Array(body.utf8)
        )
        keepCookie(of: answer)
        return answer
    }

    /// Sends the answer to one fact.
    mutating func answer(_ fact: String, _ value: String) async throws -> CityClient.Answer {
        try await answer(fact, asked: [fact], [("fact.\(fact)", value)])
    }

    mutating func keepCookie(of answer: CityClient.Answer) {
        guard let cookie = answer.headers[.setCookie] else { return }
        let parts = cookie.split(separator: ";")[0]
            .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        client = client.with(cookie: String(parts[0]), String(parts[1]))
    }

    /// Walks until nothing is left to ask; gives up after a number of pages no portal asks for.
    mutating func walk(_ known: [String: String]) async throws {
        for _ in 0..<Self.maximumPageCount {
            let page = try await client.get("\(base)/check").body
            let facts = Self.hiddenAll("asked", in: page)
            guard !facts.isEmpty, let step = Self.hiddenAll("step", in: page).first else { return }
            asked.append(step)
            let isKnown = step == "received" || facts.allSatisfy { known[$0] != nil }
            let fields = facts.compactMap { fact in known[fact].map { ("fact.\(fact)", $0) } }
            _ = try await answer(
                step,
                asked: facts,
                isKnown ? fields : [],
                action: isKnown ? "answer" : "later"
            )
        }
    }

    static let maximumPageCount = 100

    /// The values of every hidden field of a name.
    static func hiddenAll(_ name: String, in page: String) -> [String] {
        page.components(separatedBy: "name=\"\(name)\" value=\"").dropFirst().map { rest in
            String(rest.prefix { $0 != "\"" })
        }
    }
}

extension String {
    /// The text of a page without its tags.
    var withoutTags: String {
        replacingOccurrences(of: "<[^>]*>", with: "", options: .regularExpression)
    }
}
