import Basics
import CityMap
import HTTPTypes
import Routing
import Web

/// The OSRM HTTP API v5 (https://project-osrm.org/docs/v5.24.0/api/): route, nearest, table, match.
struct OSRMEndpoints {
    let desk: WayDesk

    private struct Input: Decodable, Sendable {
        var profile: String
        var coordinates: String
    }

    private typealias Service =
        @Sendable (OSRMQuery, WayDesk) throws(OSRMError) -> [String: JSONValue]

    func add(to table: inout RouteTable) {
        add("route", "Ways through places, with steps, voice and banners.", Self.route, to: &table)
        add("nearest", "The nearest places on ways.", Self.nearest, to: &table)
        add("table", "Times and lengths between places.", Self.table, to: &table)
        add("match", "The way that a noisy trace walked.", Self.match, to: &table)
    }

    private func add(
        _ name: String,
        _ summary: String,
        _ service: @escaping Service,
        to table: inout RouteTable
    ) {
        let desk = desk
        let title = name.prefix(1).uppercased() + name.dropFirst()
        table.endpoint(
            EndpointDescription(
                .get,
                "/osrm/\(name)/v1/{profile}/{coordinates}",
                operationID: "osrm\(title)",
                summary: summary,
                tag: "wayfinding",
                parameters: [
                    .path("profile", .string(maximumLength: 40)),
                    .path(
                        "coordinates",
                        .string(maximumLength: AddressLimit.maximumCharacterCount)
                    ),
                ],
                response: .object(["code": .string()]),
                problemForm: Self.problemForm
            ),
            answering: { (input: Input, incoming) in
                Self.answer { () throws(OSRMError) in
                    let query = try OSRMQuery(
                        profile: input.profile,
                        coordinates: input.coordinates,
                        incoming.query,
                        language: incoming.language
                    )
                    return try service(query, desk)
                }
            }
        )
    }

    private static let problemForm = ProblemForm(
        schema: .object(["code": .string(), "message": .string()])
    ) { problem, _, _ in
        ["code": "InvalidUrl", "message": .string(problem.message.english)]
    }

    private static func answer(
        _ work: () throws(OSRMError) -> [String: JSONValue]
    ) -> Outgoing {
        let value: JSONValue
        var status = HTTPResponse.Status.ok
        do {
            value = .object(try work().merging(["code": "Ok"]) { own, _ in own })
        } catch {
            status = .badRequest
            value = ["code": .string(error.code), "message": .string(error.message)]
        }
        return Outgoing(status, contentType: "application/json", body: .bytes(value.utf8))
    }

    private static func route(_ query: OSRMQuery, _ desk: WayDesk) throws(OSRMError)
        -> [String: JSONValue]
    {
        guard query.places.count >= 2 else {
            throw OSRMError("InvalidOptions", "A route has two coordinates or more.")
        }
        let snaps = try desk.live.snaps(query.places)
        let writer = OSRMWriter(query: query, network: desk.map.network)
        let routes: [[FoundRoute]]
        if snaps.count == 2 {
            let found = try ways(snaps[0], snaps[1], query, desk, count: query.alternativeCount)
            routes = found.map { [$0] }
        } else {
            var legs: [FoundRoute] = []
            for (from, to) in zip(snaps, snaps.dropFirst()) {
                legs += try ways(from, to, query, desk, count: 1)
            }
            routes = [legs]
        }
        return [
            "routes": .array(routes.map(writer.route)),
            "waypoints": .array(snaps.map { .object(writer.waypoint($0)) }),
        ]
    }

    private static func ways(
        _ from: Snap,
        _ to: Snap,
        _ query: OSRMQuery,
        _ desk: WayDesk,
        count: Int
    ) throws(OSRMError) -> [FoundRoute] {
        do {
            return try desk.live.routes(from: from, to: to, query.profile, count: count)
        } catch {
            throw OSRMError("NoRoute", "Impossible route between points.")
        }
    }

    private static func nearest(_ query: OSRMQuery, _ desk: WayDesk) throws(OSRMError)
        -> [String: JSONValue]
    {
        guard query.places.count == 1 else {
            throw OSRMError("InvalidOptions", "nearest takes one coordinate.")
        }
        let place = query.places[0]
        guard let count = Int(query.query["number"] ?? "1"),
            (1...OSRMQuery.maximumCoordinateCount).contains(count)
        else {
            throw OSRMError("InvalidQuery", "number is 1 to \(OSRMQuery.maximumCoordinateCount).")
        }
        var found = [try desk.live.snap(place)]
        while found.count < count,
            let next = desk.map.planner.snap(
                place.position,
                within: place.radiusMetres ?? RoutePlanner.maximumSnapMetres,
                heading: place.heading,
                besides: Set(found.map(\.segment))
            )
        { found.append(next) }
        let writer = OSRMWriter(query: query, network: desk.map.network)
        let network = desk.map.network
        return [
            "waypoints": .array(
                found.map { snap in
                    let ends = network.segments[snap.segment]
                    let nodes = [Int(ends.tail), Int(ends.head)].map(JSONValue.integer)
                    return .object(writer.waypoint(snap).merging(["nodes": .array(nodes)]) { $1 })
                }
            )
        ]
    }

    private static func table(_ query: OSRMQuery, _ desk: WayDesk) throws(OSRMError)
        -> [String: JSONValue]
    {
        guard query.places.count >= 2 else {
            throw OSRMError("InvalidOptions", "A table has two coordinates or more.")
        }
        let (sources, targets) = (try query.indices("sources"), try query.indices("destinations"))
        guard sources.count * targets.count <= OSRMQuery.maximumTableCellCount else {
            throw OSRMError("TooBig", "At most \(OSRMQuery.maximumTableCellCount) cells.")
        }
        let wanted = Set((query.query["annotations"] ?? "duration").split(separator: ","))
        guard wanted.isSubset(of: ["duration", "distance"]) else {
            throw OSRMError("InvalidQuery", "annotations of a table are duration and distance.")
        }
        let snaps = try desk.live.snaps(query.places)
        let cells = sources.map { source in
            targets.map { target in
                try? desk.live.routes(from: snaps[source], to: snaps[target], query.profile).first
            }
        }
        func rows(_ value: (Routing.Route) -> Double) -> JSONValue {
            .array(
                cells.map { row in
                    .array(row.map { $0.map { .number(value($0.route).hundredths) } ?? .null })
                }
            )
        }
        let writer = OSRMWriter(query: query, network: desk.map.network)
        var members: [String: JSONValue] = [
            "sources": .array(sources.map { .object(writer.waypoint(snaps[$0])) }),
            "destinations": .array(targets.map { .object(writer.waypoint(snaps[$0])) }),
        ]
        if wanted.contains("duration") { members["durations"] = rows(\.seconds) }
        if wanted.contains("distance") { members["distances"] = rows(\.metres) }
        return members
    }
}
