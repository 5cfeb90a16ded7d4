import Routing

extension LivePlanner {
    /// The nearest place on a way for a place of a request; a hint of an earlier answer saves the search.
    ///
    /// - Throws: `OSRMError` `NoSegment`.
    func snap(_ place: OSRMQuery.Place) throws(OSRMError) -> Snap {
        if let hint = place.hint, let known = OSRMHint.snap(hint, place.position, planner) {
            return known
        }
        guard
            let snap = planner.snap(
                place.position,
                within: place.radiusMetres ?? RoutePlanner.maximumSnapMetres,
                heading: place.heading
            )
        else {
            throw OSRMError("NoSegment", "Could not find a matching segment for a coordinate.")
        }
        return snap
    }
}

extension LivePlanner {
    /// The places on ways for all places of a request, on one part of the network.
    ///
    /// - Throws: `OSRMError` `NoSegment`.
    func snaps(_ places: [OSRMQuery.Place]) throws(OSRMError) -> [Snap] {
        var snaps: [Snap] = []
        for place in places { snaps.append(try snap(place)) }
        return planner.connected(snaps, for: places.map(\.position))
    }
}

/// A hint: the segment of an answer, which is looked at first when the client asks again.
enum OSRMHint {
    /// A place farther from the segment of its hint has moved on, in metres.
    static let nearMetres = 20.0

    /// The segment and the size of the network, so that a hint of another map is not believed.
    static func text(_ snap: Snap, _ network: WalkingNetwork) -> String {
        "\(String(snap.segment, radix: 36))-\(String(network.segments.count, radix: 36))"
    }

    /// The place on the segment of a hint, if it is one of this map and still near.
    static func snap(_ hint: String, _ point: GeoPoint, _ planner: RoutePlanner) -> Snap? {
        let parts = hint.split(separator: "-").map { Int($0, radix: 36) }
        guard parts.count == 2, let segment = parts[0], let count = parts[1],
            count == planner.network.segments.count, (0..<count).contains(segment)
        else { return nil }
        return planner.snap(point, onto: segment).flatMap { $0.metresAway <= nearMetres ? $0 : nil }
    }
}
