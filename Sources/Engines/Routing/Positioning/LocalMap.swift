#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A local network made ready for the filter: arcs with their lengths and what follows them.
///
/// Arc `2 × segment` walks a segment from its tail, the next number walks it back.
struct LocalMap: Sendable {
    /// A place on an arc.
    struct Place: Sendable {
        var east: Double
        var north: Double
        /// The direction of walking there, clockwise from north.
        var bearing: Double
    }

    struct Arc: Sendable {
        var length: Double
        var isWalkable: Bool
        var isRoute = false
        /// The arcs that lead on from its end, without the way back.
        var next: [Int] = []
        var reverse: Int
    }

    private struct RoutePart: Sendable {
        var from: Double
        var to: Double
        var before: Double
    }

    private(set) var arcs: [Arc] = []
    private var points: [[(east: Double, north: Double)]] = []
    /// Metres from the tail to each point of a segment.
    private var lengths: [[Double]] = []
    private var routeParts: [Int: RoutePart] = [:]
    /// For each segment, cell by cell, the metres to the route.
    private var routeDistances: [[Float]] = []
    private let latitude: Double
    private let longitude: Double
    private let metresPerEast: Double
    let hasRoute: Bool

    init(_ network: LocalNetwork) {
        latitude = network.latitude
        longitude = network.longitude
        metresPerEast = LocalNetwork.metresPerDegree * cos(network.latitude * .pi / 180)
        hasRoute = !network.route.isEmpty
        for segment in network.segments {
            points.append(segment.points)
            var (sum, sums) = (0.0, [0.0])
            for (a, b) in zip(segment.points, segment.points.dropFirst()) {
                sum += LocalMap.metres(a, b)
                sums.append(sum)
            }
            lengths.append(sums)
            arcs.append(Arc(length: sum, isWalkable: segment.isForward, reverse: arcs.count + 1))
            arcs.append(Arc(length: sum, isWalkable: segment.isBackward, reverse: arcs.count - 1))
        }
        join(network)
        lead(network)
    }

    private mutating func join(_ network: LocalNetwork) {
        var leaving: [Int: [Int]] = [:]
        for (number, segment) in network.segments.enumerated() {
            if segment.isForward { leaving[segment.tail, default: []].append(2 * number) }
            if segment.isBackward { leaving[segment.head, default: []].append(2 * number + 1) }
        }
        for (number, segment) in network.segments.enumerated() {
            for (arc, end) in [(2 * number, segment.head), (2 * number + 1, segment.tail)] {
                arcs[arc].next = (leaving[end] ?? []).filter { $0 != arc ^ 1 }
            }
        }
    }

    private mutating func lead(_ network: LocalNetwork) {
        var before = 0.0
        var line: [(east: Double, north: Double)] = []
        for passage in network.route {
            let arc = 2 * passage.segment + (passage.isForward ? 0 : 1)
            arcs[arc].isRoute = true
            let part = RoutePart(from: passage.fromMetres, to: passage.toMetres, before: before)
            if routeParts[arc] == nil { routeParts[arc] = part }
            before += passage.toMetres - passage.fromMetres
            line += shape(arc, passage.fromMetres, passage.toMetres)
        }
        guard hasRoute else { return }
        routeDistances = arcs.indices.filter { $0 & 1 == 0 }.map { arc in
            stride(from: 0, through: arcs[arc].length, by: PositionFilter.cellMetres).map {
                let middle = min($0 + PositionFilter.cellMetres / 2, arcs[arc].length)
                return Float(LocalMap.distance(place(arc, middle), line))
            }
        }
    }

    private func shape(_ arc: Int, _ from: Double, _ to: Double) -> [(east: Double, north: Double)]
    {
        let number = arc >> 1
        let all = zip(lengths[number], points[number])
        let ordered = arc & 1 == 0 ? Array(all) : all.map { (arcs[arc].length - $0, $1) }.reversed()
        let (first, last) = (place(arc, from), place(arc, to))
        return [(first.east, first.north)] + ordered.filter { $0.0 > from && $0.0 < to }.map(\.1)
            + [(last.east, last.north)]
    }

    private static func distance(_ place: Place, _ line: [(east: Double, north: Double)]) -> Double
    {
        var least = Double.infinity
        for (a, b) in zip(line, line.dropFirst()) {
            let (dx, dy) = (b.east - a.east, b.north - a.north)
            let squared = dx * dx + dy * dy
            let (x, y) = (place.east - a.east, place.north - a.north)
            let along = squared > 0 ? min(max((x * dx + y * dy) / squared, 0), 1) : 0
            let (restX, restY) = (x - along * dx, y - along * dy)
            least = min(least, restX * restX + restY * restY)
        }
        return least.squareRoot()
    }

    private static func metres(
        _ a: (east: Double, north: Double),
        _ b: (east: Double, north: Double)
    ) -> Double {
        let (east, north) = (b.east - a.east, b.north - a.north)
        return (east * east + north * north).squareRoot()
    }

    /// A point in metres.
    func metres(_ point: GeoPoint) -> (east: Double, north: Double) {
        (
            (point.longitude - longitude) * metresPerEast,
            (point.latitude - latitude) * LocalNetwork.metresPerDegree
        )
    }

    /// The place so many metres along an arc.
    func place(_ arc: Int, _ offset: Double) -> Place {
        let number = arc >> 1
        let isForward = arc & 1 == 0
        let along = isForward ? offset : arcs[arc].length - offset
        let (sums, shape) = (lengths[number], points[number])
        var at = 1
        while at < sums.count - 1, sums[at] < along { at += 1 }
        let span = sums[at] - sums[at - 1]
        let fraction = span > 0 ? min(max((along - sums[at - 1]) / span, 0), 1) : 0
        let (a, b) = (shape[at - 1], shape[at])
        let (east, north) = (b.east - a.east, b.north - a.north)
        let bearing = atan2(isForward ? east : -east, isForward ? north : -north) * 180 / .pi
        return Place(
            east: a.east + fraction * east,
            north: a.north + fraction * north,
            bearing: bearing < 0 ? bearing + 360 : bearing
        )
    }

    /// Metres from the start of the route, where the place is on it.
    func routeMetres(_ arc: Int, _ offset: Double) -> Double? {
        guard let part = routeParts[arc] else { return nil }
        return part.before + min(max(offset, part.from), part.to) - part.from
    }

    /// Whether a walker there has left the route, or goes back on it.
    func isOffRoute(_ arc: Int, _ offset: Double) -> Bool {
        guard hasRoute else { return false }
        if arcs[arc ^ 1].isRoute, !arcs[arc].isRoute { return true }
        let along = arc & 1 == 0 ? offset : arcs[arc].length - offset
        let cells = routeDistances[arc >> 1]
        let cell = min(Int(along / PositionFilter.cellMetres), cells.count - 1)
        return Double(cells[cell]) > PositionFilter.routeCorridorMetres
    }
}
