import Basics
import CityTesting
import Footage
import HTTPTypes
import Identity
import Store
import Testing
import Web

@testable import Hosting
@testable import MissingPersons

/// Whoever tries to get at footage or at a case by its addresses.
@Suite struct `Every address of the searches` {
    /// The addresses of the table with the names of a case put in.
    private static func paths(
        _ client: CityClient,
        _ id: String,
        _ token: String
    ) -> [(Route, String)] {
        client.city.routes.routes
            .filter { $0.path.hasPrefix("/missing-persons") && $0.path.contains("{id}") }
            .map { route in
                let path = route.path.replacing("{id}", with: id)
                    .replacing("{token}", with: token).replacing("{number}", with: "1")
                return (route, path)
            }
    }

    private static func expectShut(
        _ client: CityClient,
        _ asker: CityClient,
        _ id: String,
        _ token: String,
        except open: Set<String> = [],
        _ who: String
    ) async throws {
        for (route, path) in paths(client, id, token) where !open.contains(route.path) {
            let views =
                route.path.hasSuffix("/sightings/{token}/picture")
                ? ["", "?view=person", "?view=masked", "?view=whole"] : [""]
            for view in views {
                // A form comes with the token of the asker's own session: that is not what refuses it.
                let answer =
                    route.method == .post
                    ? try await asker.submit(path, from: "/", [:])
                    : try await asker.get(path + view)
                let location = answer.headers[.location] ?? ""
                let isShut = answer.status >= 400 || location.hasPrefix("/sign-in")
                #expect(isShut, "\(who): \(route.method) \(path)\(view) \(answer.status)")
                #expect(answer.headers[.contentType]?.hasPrefix("image/") != true)
            }
        }
    }

    @Test func `is shut to everybody but the one who searches and the one who approves`()
        async throws
    {
        try await SearchHouse.with { (client: CityClient) async throws in
            let search = try #require(try await SearchHouse.search(.open, client))
            let searcher = try await client.signedIn(as: "searcher@sample.example")
            let page = try await searcher.get("/missing-persons/\(search.id)/search")
            let token = try #require(SearchHouse.tokens(page.body).first)
            try await Self.expectShut(client, client, search.id, token, "a visitor")
            for login in ["resident", "assets", "admin", "footage"] {
                let asker = try await client.signedIn(as: "\(login)@sample.example")
                try await Self.expectShut(client, asker, search.id, token, login)
            }
            // The one who approves reads the case and its photo, and looks at no footage.
            let approver = try await client.signedIn(as: "searchapprover@sample.example")
            let readable: Set<String> = [
                "/missing-persons/{id}", "/missing-persons/{id}/photos/{number}",
                "/missing-persons/{id}/photos/{number}/picture",
            ]
            try await Self.expectShut(
                client,
                approver,
                search.id,
                token,
                except: readable,
                "the approver"
            )
        }
    }

    @Test func `is shut to another searcher, and says the same of a case that is not there`()
        async throws
    {
        try await SearchHouse.with { (client: CityClient) async throws in
            let search = try #require(try await SearchHouse.search(.open, client))
            _ = try await SampleAccounts.add(
                SamplePerson(
                    staff: "othersearcher",
                    Bilingual("다른 담당자", "Another"),
                    organization: "11000",
                    roles: [.missingPersonSearcher]
                ).account,
                password: CityClient.password,
                to: client.city.platform.identity.accounts
            )
            let searcher = try await client.signedIn(as: "searcher@sample.example")
            let page = try await searcher.get("/missing-persons/\(search.id)/search")
            let token = try #require(SearchHouse.tokens(page.body).first)
            let other = try await client.signedIn(as: "othersearcher@sample.example")
            try await Self.expectShut(client, other, search.id, token, "another searcher")
            let there = try await other.get("/missing-persons/\(search.id)")
            let nowhere = try await other.get("/missing-persons/aaaaaaaaaaaaaaaaaaaa")
            #expect(there.status == 404)
            #expect(nowhere.status == 404)
        }
    }

    @Test func `shows no footage of a case that waits, ran out or is closed`() async throws {
        let clock = MovingClock(Instant(millisecondsSinceEpoch: 1_674_572_400_000))
        try await SearchHouse.with(time: clock.source) { (client: CityClient) async throws in
            let search = try #require(try await SearchHouse.search(.open, client))
            var searcher = try await client.signedIn(as: "searcher@sample.example")
            let page = try await searcher.get("/missing-persons/\(search.id)/search")
            let token = try #require(SearchHouse.tokens(page.body).first)
            let footage = ["search", "sightings/\(token)", "sightings/\(token)/picture"]
            for state in [SearchCase.State.waiting, .closed] {
                let other = try #require(try await SearchHouse.search(state, client))
                for part in footage {
                    let answer = try await searcher.get("/missing-persons/\(other.id)/\(part)")
                    #expect(answer.status >= 400, "\(state): \(part)")
                }
            }
            clock.advance(seconds: 72 * 3_600)
            searcher = try await client.signedIn(as: "searcher@sample.example")
            for part in footage.dropFirst() {
                let answer = try await searcher.get("/missing-persons/\(search.id)/\(part)")
                #expect(answer.status >= 400, "expired: \(part)")
            }
            let late = try await searcher.get(
                "/missing-persons/\(search.id)/search?asked=1&upper=6"
            )
            #expect(SearchHouse.tokens(late.body).isEmpty)
        }
    }

    @Test func `says no vector anywhere`() async throws {
        try await SearchHouse.with { (client: CityClient) async throws in
            let search = try #require(try await SearchHouse.search(.open, client))
            let searcher = try await client.signedIn(as: "searcher@sample.example")
            for (route, path) in Self.paths(client, search.id, "0") where route.method == .get {
                let body = try await searcher.get(path).body
                #expect(!body.contains("vector"), "\(path)")
            }
        }
    }

    @Test func `writes each look into the audit of the case, which its page shows`() async throws {
        try await SearchHouse.with { (client: CityClient) async throws in
            let search = try #require(try await SearchHouse.search(.open, client))
            let searcher = try await client.signedIn(as: "searcher@sample.example")
            let path = "/missing-persons/\(search.id)"
            let token = try #require(
                SearchHouse.tokens(try await searcher.get("\(path)/search").body).first
            )
            _ = try await searcher.get("\(path)/sightings/\(token)/picture?view=masked")
            _ = try await searcher.submit(
                "\(path)/sightings/\(token)/unmask",
                from: "\(path)/sightings/\(token)",
                ["reason": "옷 확인"]
            )
            _ = try await searcher.get("\(path)/sightings/\(token)/picture?view=whole")
            let page = try await searcher.get(path).body
            for title in [
                AuditAction.searchFootage, .viewFootage, .unmaskFootage, .issueWarrant,
                .decideSearch,
            ].map(\.title.korean) { #expect(page.contains(title), "\(title)") }
            #expect(page.contains(search.number))
            #expect(try await client.city.platform.store.verifyAudit().isIntact)
        }
    }
}
