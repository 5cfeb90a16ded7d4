/// Plans ways over a network: one hierarchy for all profiles, a metric for each.
public struct RoutePlanner: Sendable {
    /// A start or an end farther from every way is refused.
    public static let maximumSnapMetres = 1_000.0

    /// The network.
    public let network: WalkingNetwork
    /// The network as a graph.
    public let walking: WalkingGraph
    /// The hierarchy.
    public let topology: ContractionTopology
    let index: SegmentIndex
    let landmarks: LandmarkIndex
    let components: Column<UInt32>
    private let mainComponent: UInt32

    /// Prepares a network; a graph file spares that the next time.
    ///
    /// - Throws: `RoutingError` `networkTooLarge`.
    public init(_ network: WalkingNetwork) throws(RoutingError) {
        self.network = network
        walking = try WalkingGraph(network)
        topology = try ContractionTopology(walking.graph, order: walking.order(network))
        index = SegmentIndex(network)
        landmarks = LandmarkIndex(network)
        components = network.components()
        mainComponent = RoutePlanner.largest(components)
    }

    /// The planner of a graph file.
    init(_ table: GraphTable) throws(RoutingError) {
        network = try WalkingNetwork(table)
        walking = try WalkingGraph(table, network)
        topology = try ContractionTopology(table, walking.graph)
        index = try SegmentIndex(table, network)
        landmarks = LandmarkIndex(network)
        components = try table.numbers(.components)
        guard components.count == network.nodeCount,
            components.values.allSatisfy({ [count = components.count] in $0 < UInt32(count) })
        else { throw .badGraphFile("components") }
        mainComponent = RoutePlanner.largest(components)
    }

    /// The number that stands most often in a list of numbers below its length; the smallest of several.
    private static func largest(_ components: Column<UInt32>) -> UInt32 {
        var sizes = [Int](repeating: 0, count: components.count)
        for component in components.values { sizes[Int(component)] += 1 }
        let largest = sizes.indices.max { (sizes[$0], $1) < (sizes[$1], $0) }
        return UInt32(largest ?? 0)
    }

    /// The metric of a profile; `isConfirmedOnly` avoids what is unknown or unconfirmed too.
    ///
    /// - Throws: `RoutingError` `badProfile`.
    public func metric(_ profile: Profile, isConfirmedOnly: Bool = false) throws(RoutingError)
        -> ProfileMetric
    {
        let costs = try SegmentCosts(network, profile, isConfirmedOnly: isConfirmedOnly)
        return ProfileMetric(
            costs: costs,
            metric: try ContractionMetric(topology, weights: costs.weights(walking, network))
        )
    }

    /// The nearest place on a way.
    ///
    /// - Throws: `RoutingError` `tooFarFromNetwork`.
    public func snap(_ point: GeoPoint) throws(RoutingError) -> Snap {
        try snap(point) { _ in true }
    }

    /// The nearest place on a way within a distance that leads in a direction; nothing where there is
    /// none.
    ///
    /// - Parameters:
    ///   - point: The place.
    ///   - metres: How far it may be from the way.
    ///   - heading: Degrees clockwise from north, and how much the way may differ to either side.
    ///   - besides: Segments that do not count.
    /// - Returns: The place, or nothing.
    public func snap(
        _ point: GeoPoint,
        within metres: Double,
        heading: (degrees: Double, tolerance: Double)? = nil,
        besides: Set<Int> = []
    ) -> Snap? {
        let limit = min(metres, Self.maximumSnapMetres)
        return index.nearest(to: point, within: limit, in: network) { segment in
            guard !besides.contains(segment) else { return false }
            guard let heading else { return true }
            return leads(segment, heading, near: point)
        }
    }

    /// The place on a segment that is nearest to a point; nothing where it is too far.
    public func snap(_ point: GeoPoint, onto segment: Int) -> Snap? {
        let snap = Snap(point, LocalFrame(at: point), segment, network.shape(of: segment))
        return snap.metresAway <= Self.maximumSnapMetres ? snap : nil
    }

    /// Whether a segment may be walked in a direction where it is nearest to a place.
    private func leads(
        _ segment: Int,
        _ heading: (degrees: Double, tolerance: Double),
        near point: GeoPoint
    ) -> Bool {
        let shape = Array(network.shape(of: segment))
        let frame = LocalFrame(at: point)
        let pieces = zip(shape, shape.dropFirst())
        let nearest = pieces.min {
            Snap(point, frame, segment, [$0.0, $0.1]).metresAway
                < Snap(point, frame, segment, [$1.0, $1.1]).metresAway
        }
        guard let (from, to) = nearest else { return false }
        func fits(_ bearing: Double) -> Bool {
            let turn = abs(bearing - heading.degrees).truncatingRemainder(dividingBy: 360)
            return min(turn, 360 - turn) <= heading.tolerance
        }
        let ends = network.segments[segment]
        return ends.isForward && fits(from.bearing(to: to))
            || ends.isBackward && fits(to.bearing(to: from))
    }

    private func snap(_ point: GeoPoint, where isWanted: (Int) -> Bool) throws(RoutingError) -> Snap
    {
        let limit = RoutePlanner.maximumSnapMetres
        guard let snap = index.nearest(to: point, within: limit, in: network, where: isWanted)
        else {
            throw .tooFarFromNetwork(metres: Int(limit))
        }
        return snap
    }

    /// Places on ways that one can walk between: where they lie on different parts of the network, those
    /// that are not on the largest part are looked for there.
    ///
    /// - Parameters:
    ///   - snaps: The places on ways.
    ///   - points: The places asked for, one each.
    /// - Returns: The places, on one part where that is possible.
    public func connected(_ snaps: [Snap], for points: [GeoPoint]) -> [Snap] {
        let parts = Set(snaps.map { component($0.segment) })
        guard parts.count > 1 else { return snaps }
        return zip(snaps, points).map { snap, point in
            guard component(snap.segment) != mainComponent else { return snap }
            return (try? self.snap(point) { component($0) == mainComponent }) ?? snap
        }
    }

    /// Places on ways for a start and an end, in one connected part: where the nearest ones lie on
    /// different parts, the nearest on the largest part count.
    func snap(from start: GeoPoint, to end: GeoPoint) throws(RoutingError) -> (Snap, Snap) {
        let nearest = (try snap(start), try snap(end))
        if component(nearest.0.segment) == component(nearest.1.segment) { return nearest }
        let isMain: (Int) -> Bool = { component($0) == mainComponent }
        guard let first = try? snap(start, where: isMain), let last = try? snap(end, where: isMain)
        else { throw .notConnected }
        return (first, last)
    }

    private func component(_ segment: Int) -> UInt32 {
        components[Int(network.segments[segment].tail)]
    }
}

/// The weights of one profile on one network, and what is closed at the moment.
public struct ProfileMetric: Sendable {
    /// What segments cost the profile.
    public let costs: SegmentCosts
    /// The weights of the hierarchy.
    public private(set) var metric: ContractionMetric
    /// Segments closed by reports, lifts out of service.
    public private(set) var closed: Set<Int> = []

    init(costs: SegmentCosts, metric: ContractionMetric) {
        self.costs = costs
        self.metric = metric
    }

    /// Closes segments at once for this profile: ways over them become a last resort that is named.
    public mutating func close(_ segments: some Sequence<Int>, in planner: RoutePlanner) {
        let fresh = segments.filter { !closed.contains($0) }
        closed.formUnion(fresh)
        update(fresh, in: planner)
    }

    /// Opens segments again.
    public mutating func open(_ segments: some Sequence<Int>, in planner: RoutePlanner) {
        let known = segments.filter(closed.contains)
        closed.subtract(known)
        update(known, in: planner)
    }

    private mutating func update(_ segments: [Int], in planner: RoutePlanner) {
        let changes = segments.flatMap { segment in
            [true, false].map { isForward in
                let arc = planner.walking.arcs[2 * segment + (isForward ? 0 : 1)]
                let weight = costs.centiseconds(segment, isForward: isForward, in: planner.network)
                return (
                    arc: Int(arc), weight: closed.contains(segment) ? penalised(weight) : weight
                )
            }
        }
        metric.update(changes, in: planner.topology)
    }

    private func penalised(_ weight: UInt32) -> UInt32 {
        guard weight < ContractionMetric.unreachable else { return weight }
        let penalty = costs.profile.penalties[.closed] ?? .init(seconds: 7_200)
        let sum = Double(weight) * penalty.factor + penalty.seconds * 100
        return UInt32(min(sum, SegmentCosts.maximumCentiseconds))
    }
}
