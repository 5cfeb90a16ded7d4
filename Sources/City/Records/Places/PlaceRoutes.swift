import Basics
import HTTPTypes
import Hosting
import Korean
import Store
import Web

/// The places of the city as pages and as endpoints.
struct PlaceRoutes {
    let store: Store
    let search: CitySearches

    func add(to table: inout RouteTable) {
        addPages(to: &table)
        addEndpoints(to: &table)
    }

    /// The query of an address, with the places that its words find.
    private func read(_ items: QueryItems) async throws -> (PlaceQuery, SubstringSearch?) {
        var query = PlaceQuery(items)
        let found = try await search.find(query.words, of: search.places)
        if let found, found.records.count <= CitySearches.maximumNarrowedCount {
            query.found = found.records.map(\.id)
        }
        return (query, found?.search)
    }

    private func addPages(to table: inout RouteTable) {
        table.page("/places") { incoming in
            let (query, searched) = try await read(incoming.query)
            let number = incoming.query.pageNumber()
            let found = try await store.read { try Places.page(number, of: query, in: $0) }
            return PlaceListPage(query: query, found: found, search: searched)
                .page(in: incoming.page)
        }
        table.page("/places/{id}") { incoming in
            let id = try incoming.pathParameter("id")
            let page = try await store.read { db -> PlaceDetailPage? in
                guard let place = try Places.find(id, in: db) else { return nil }
                return PlaceDetailPage(
                    place: place,
                    organization: try Organizations.find(place.organizationID, in: db),
                    neighbors: try Places.neighbors(of: place, in: db)
                )
            }
            guard let page else { throw Problem.notFound }
            return page.page(in: incoming.page)
        }
    }

    private func addEndpoints(to table: inout RouteTable) {
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/places",
                operationID: "searchPlaces",
                summary: "Search the places of the city by name, kind and district.",
                tag: "city",
                parameters: [
                    .query("q", .string(maximumLength: PlaceQuery.maximumWordsCharacterCount)),
                    .query("kind", .array(of: .string(maximumLength: 64), maximumCount: 20)),
                    .query("district", .array(of: .string(maximumLength: 10), maximumCount: 25)),
                    .query("page", .integer(1...QueryItems.maximumPageNumber)),
                ],
                response: .object([
                    "page": .integer(), "pageSize": .integer(), "total": .integer(),
                    "places": .array(of: Self.schema),
                ])
            )
        ) { (_: NoInput, incoming) in
            let (query, _) = try await read(incoming.query)
            let number = incoming.query.pageNumber()
            let found = try await store.read { try Places.page(number, of: query, in: $0) }
            return PlaceList(
                page: found.number,
                pageSize: Places.pageSize,
                total: found.total,
                places: found.places
            )
        }
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/places/{id}",
                operationID: "readPlace",
                summary: "One place of the city.",
                tag: "city",
                parameters: [.path("id", .string(maximumLength: 100))],
                response: Self.schema
            )
        ) { (_: NoInput, incoming) in
            let id = try incoming.pathParameter("id")
            guard let place = try await store.read({ try Places.find(id, in: $0) }) else {
                throw Problem.notFound
            }
            return place
        }
    }

    private static let schema: Schema = .object([
        "id": .string(), "kind": .string(), "name": .string(), "nameEnglish": .string(),
        "organizationID": .string(), "district": .string(), "address": .string(),
        "longitude": .number.described("Degrees east, WGS 84."),
        "latitude": .number.described("Degrees north, WGS 84."),
        "source": .oneOf(PlaceSource.allCases.map(\.rawValue)),
    ])

    private struct NoInput: Decodable, Sendable {}

    private struct PlaceList: Encodable, Sendable {
        var page: Int
        var pageSize: Int
        var total: Int
        var places: [Place]
    }
}
