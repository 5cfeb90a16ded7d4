import Basics
import CityMap
import Routing
import Web

extension OSRMEndpoints {
    /// The way that a noisy trace walked, by the engine's map matching.
    static func match(_ query: OSRMQuery, _ desk: WayDesk) throws(OSRMError) -> [String: JSONValue]
    {
        guard query.places.count >= 2 else {
            throw OSRMError("InvalidOptions", "A trace has two coordinates or more.")
        }
        let fixes = try fixes(query)
        let trace: MatchedTrace
        do {
            trace = try TraceMatcher(desk.map.planner).match(fixes)
        } catch {
            throw OSRMError("NoMatch", "Could not match the trace.")
        }
        guard !trace.pieces.isEmpty else {
            throw OSRMError("NoMatch", "Could not match the trace.")
        }
        let writer = OSRMWriter(query: query, network: desk.map.network)
        var matchings: [JSONValue] = []
        for piece in trace.pieces {
            let legs = try desk.live.legs(piece, query.profile)
            guard case .object(let members) = writer.route(legs) else { continue }
            matchings.append(
                .object(members.merging(["confidence": .number(piece.confidence)]) { $1 })
            )
        }
        return ["matchings": .array(matchings), "tracepoints": tracepoints(trace, writer)]
    }

    private static func fixes(_ query: OSRMQuery) throws(OSRMError) -> [PositionFix] {
        var times: [Double?] = Array(repeating: nil, count: query.places.count)
        if let text = query.query["timestamps"] {
            let parts = text.split(separator: ";").map { Double($0) }
            guard parts.count == times.count, parts.allSatisfy({ $0 != nil }) else {
                throw OSRMError("InvalidOptions", "timestamps has one number for each coordinate.")
            }
            let values = parts.compactMap(\.self)
            guard zip(values, values.dropFirst()).allSatisfy({ $0 <= $1 }) else {
                throw OSRMError("InvalidValue", "timestamps must not go back.")
            }
            times = parts
        }
        return zip(query.places, times).map { place, time in
            PositionFix(place.position, timeSeconds: time, accuracyMetres: place.radiusMetres)
        }
    }

    /// For each fix where it was put; null where it was left out.
    private static func tracepoints(_ trace: MatchedTrace, _ writer: OSRMWriter) -> JSONValue {
        var homes: [Int: (matching: Int, waypoint: Int)] = [:]
        for (number, piece) in trace.pieces.enumerated() {
            for (waypoint, fix) in piece.fixes.enumerated() { homes[fix] = (number, waypoint) }
        }
        return .array(
            trace.places.enumerated().map { fix, place in
                guard let place, let home = homes[fix] else { return .null }
                return .object(
                    writer.waypoint(place).merging([
                        "matchings_index": .integer(home.matching),
                        "waypoint_index": .integer(home.waypoint), "alternatives_count": 0,
                    ]) { $1 }
                )
            }
        )
    }
}

extension LivePlanner {
    /// The legs of a matched piece as ways of a profile.
    func legs(_ piece: MatchedTrace.Piece, _ profile: Profile) throws(OSRMError) -> [FoundRoute] {
        do {
            return try routes(along: piece, profile)
        } catch {
            throw OSRMError("NoMatch", "Could not match the trace.")
        }
    }
}
