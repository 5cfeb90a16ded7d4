/// How far one gets within a time (an isochrone), as the pieces of ways that are reached.
public struct Reach: Sendable, Hashable {
    /// A piece of a segment.
    public struct Piece: Sendable, Hashable {
        /// The segment.
        public var segment: Int
        /// Its shape.
        public var shape: [GeoPoint]
    }

    /// Where it begins.
    public let start: Snap
    /// The pieces.
    public let pieces: [Piece]
}

extension RoutePlanner {
    /// No isochrone of walkers is longer.
    public static let maximumReachSeconds = 7_200.0

    /// The pieces of ways within a cost of a place, in seconds with the profile's penalties: what can only
    /// be reached over a violation lies farther away than its metres.
    ///
    /// - Throws: `RoutingError` `tooFarFromNetwork`.
    public func reach(from place: GeoPoint, seconds: Double, _ metric: ProfileMetric)
        throws(RoutingError) -> Reach
    {
        let start = try snap(place)
        let limit = min(max(seconds, 0), RoutePlanner.maximumReachSeconds) * 100
        let ends = RouteEnds(start, start, self, metric)
        var sweep = ContractionSweep(topology)
        let distances = sweep.distances(from: ends.sources, metric.metric)
        var pieces: [Reach.Piece] = []
        for (number, segment) in network.segments.enumerated() where number != start.segment {
            func share(_ isForward: Bool) -> Double {
                let from = Double(distances[Int(isForward ? segment.tail : segment.head)])
                let arc = walking.arcs[2 * number + (isForward ? 0 : 1)]
                let cost = metric.metric.input[Int(arc)]
                guard from <= limit, cost < ContractionMetric.unreachable else { return 0 }
                return cost == 0 ? 1 : min(1, (limit - from) / Double(cost))
            }
            let (ahead, behind) = (share(true), share(false))
            if ahead + behind >= 1 {
                pieces.append(.init(segment: number, shape: Array(network.shape(of: number))))
                continue
            }
            if ahead > 0 {
                pieces.append(.init(segment: number, shape: network.shape(of: number, 0...ahead)))
            }
            if behind > 0 {
                pieces.append(
                    .init(segment: number, shape: network.shape(of: number, 1 - behind...1))
                )
            }
        }
        return Reach(start: start, pieces: pieces + startPieces(start, limit, metric))
    }

    /// What is reached of the first segment itself.
    private func startPieces(_ start: Snap, _ limit: Double, _ metric: ProfileMetric) -> [Reach
        .Piece]
    {
        [true, false].compactMap { isForward in
            let arc = walking.arcs[2 * start.segment + (isForward ? 0 : 1)]
            let cost = metric.metric.input[Int(arc)]
            guard cost < ContractionMetric.unreachable else { return nil }
            let share = cost == 0 ? 1 : limit / Double(cost)
            let range =
                isForward
                ? start.fraction...min(1, start.fraction + share)
                : max(0, start.fraction - share)...start.fraction
            return .init(segment: start.segment, shape: network.shape(of: start.segment, range))
        }
    }
}
