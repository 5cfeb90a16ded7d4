/// A trace laid onto the network: one or more pieces, between which no way on foot explains the fixes.
public struct MatchedTrace: Sendable, Hashable {
    /// A part of a segment that was walked.
    public struct Passage: Sendable, Hashable {
        /// The segment.
        public var segment: Int
        /// Whether it was walked from its tail to its head.
        public var isForward: Bool
        /// From and to which fraction of its length, in the segment's own direction.
        public var fractions: ClosedRange<Double>
    }

    /// A stretch of the trace that the network explains.
    public struct Piece: Sendable, Hashable {
        /// The numbers of the fixes that carry it, ascending.
        public var fixes: [Int]
        /// Where each of them was.
        public var places: [Snap]
        /// What was walked between each two of them.
        public var legs: [[Passage]]
        /// How much more probable it is than the best other place for its last fix: 0.5 for a tie, 1
        /// for no doubt.
        public var confidence: Double
    }

    /// The pieces, in order.
    public var pieces: [Piece]
    /// For each fix its place; nil where nothing walkable is near or nothing leads on.
    public var places: [Snap?]
}

extension RoutePlanner {
    /// What was walked between two fixes of a piece, as a route of a profile: with its times, and with
    /// what on it is against the profile.
    public func route(
        along leg: [MatchedTrace.Passage],
        from start: Snap,
        to end: Snap,
        _ metric: ProfileMetric
    ) -> Route {
        let parts = leg.map {
            RouteBuilder.Part(
                segment: $0.segment,
                isForward: $0.isForward,
                fractions: $0.fractions
            )
        }
        let cost = leg.reduce(0.0) { sum, passage in
            let share = passage.fractions.upperBound - passage.fractions.lowerBound
            let arc = walking.arcs[2 * passage.segment + (passage.isForward ? 0 : 1)]
            return sum + Double(metric.metric.input[Int(arc)]) * share
        }
        return RouteBuilder(network, metric).route(
            parts,
            start,
            end,
            cost: UInt32(min(cost, Double(ContractionMetric.unreachable)))
        )
    }

    /// The shape of what was walked on a piece.
    public func shape(of piece: MatchedTrace.Piece) -> [GeoPoint] {
        var shape: [GeoPoint] = []
        for passage in piece.legs.joined() {
            let part = network.shape(of: passage.segment, passage.fractions)
            for point in passage.isForward ? part : part.reversed() where point != shape.last {
                shape.append(point)
            }
        }
        return shape.isEmpty ? piece.places.prefix(1).map(\.position) : shape
    }
}
