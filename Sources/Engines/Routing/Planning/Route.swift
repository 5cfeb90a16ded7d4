/// A way from one place to another for one profile, with everything on it that is against the profile.
public struct Route: Sendable, Hashable {
    /// A segment, or a part of one, walked in one direction.
    public struct Step: Sendable, Hashable {
        /// The segment.
        public var segment: Int
        /// Whether it is walked from its tail to its head.
        public var isForward: Bool
        /// Its shape in the direction of walking.
        public var shape: [GeoPoint]
        /// Its length in metres.
        public var metres: Double
        /// The seconds it takes.
        public var seconds: Double
        /// Whether it ends at the node at the end of the segment.
        public var reachesEnd: Bool
    }

    /// A violation and where on the way it is.
    public struct Obstacle: Sendable, Hashable {
        /// What it is.
        public var violation: Violation
        /// Metres from the start to where it begins.
        public var metresFromStart: Double
        /// Metres along it; 0 for a place.
        public var lengthMetres: Double
        /// Where it begins.
        public var position: GeoPoint
    }

    /// The parts of the way, in order.
    public let steps: [Step]
    /// Where the way leaves the nearest way to the start.
    public let start: Snap
    /// Where it arrives.
    public let end: Snap
    /// The sum that was made smallest, in hundredths of a second with all penalties.
    public let costCentiseconds: UInt32
    /// What is against the profile, in order.
    public let obstacles: [Obstacle]
    /// Metres of which everything required is known and confirmed, and nothing is against the profile.
    public let confirmedMetres: Double
    /// Metres of which something required is unknown or unconfirmed.
    public let unknownMetres: Double
    /// Metres with a violation.
    public let violatingMetres: Double

    /// The length in metres.
    public var metres: Double { steps.reduce(0) { $0 + $1.metres } }
    /// The time in seconds.
    public var seconds: Double { steps.reduce(0) { $0 + $1.seconds } }
    /// The shape of the whole way.
    public var shape: [GeoPoint] {
        var shape: [GeoPoint] = []
        for step in steps {
            for point in step.shape where point != shape.last { shape.append(point) }
        }
        return shape.isEmpty ? [start.position] : shape
    }
}

/// Puts a route together from its segments.
struct RouteBuilder {
    /// A part of a segment.
    struct Part {
        var segment: Int
        var isForward: Bool
        /// The fractions of the segment, in its own direction.
        var fractions: ClosedRange<Double>
    }

    let network: WalkingNetwork
    let metric: ProfileMetric
    private var steps: [Route.Step] = []
    private var obstacles: [Route.Obstacle] = []
    private var metres = 0.0
    private var (confirmed, unknown, violating) = (0.0, 0.0, 0.0)

    init(_ network: WalkingNetwork, _ metric: ProfileMetric) {
        self.network = network
        self.metric = metric
    }

    consuming func route(_ parts: [Part], _ start: Snap, _ end: Snap, cost: UInt32) -> Route {
        for part in parts where part.fractions.lowerBound < part.fractions.upperBound {
            append(part)
        }
        return Route(
            steps: steps,
            start: start,
            end: end,
            costCentiseconds: cost,
            obstacles: obstacles,
            confirmedMetres: confirmed,
            unknownMetres: unknown,
            violatingMetres: violating
        )
    }

    private mutating func append(_ part: Part) {
        let passage = metric.costs.passage(part.segment, isForward: part.isForward, in: network)
        let share = part.fractions.upperBound - part.fractions.lowerBound
        let length = Double(network.segments[part.segment].lengthMillimetres) / 1_000 * share
        let reachesEnd =
            part.isForward ? part.fractions.upperBound == 1 : part.fractions.lowerBound == 0
        let shape = network.shape(of: part.segment, part.fractions)
        let step = Route.Step(
            segment: part.segment,
            isForward: part.isForward,
            shape: part.isForward ? shape : shape.reversed(),
            metres: length,
            seconds: passage.seconds * share,
            reachesEnd: reachesEnd
        )
        var violations = passage.violations
        if metric.closed.contains(part.segment) {
            violations.append(Violation(.closed, isConfirmed: false))
        }
        note(violations, step)
        steps.append(step)
        metres += length
        if reachesEnd, let place = step.shape.last {
            for violation in passage.endViolations {
                obstacles.append(
                    .init(
                        violation: violation,
                        metresFromStart: metres,
                        lengthMetres: 0,
                        position: place
                    )
                )
            }
        }
        if !violations.isEmpty {
            violating += length
        } else if passage.isUnknown {
            unknown += length
        } else {
            confirmed += length
        }
    }

    /// A violation that goes on from the step before is one obstacle, only longer.
    private mutating func note(_ violations: [Violation], _ step: Route.Step) {
        for violation in violations {
            let before = obstacles.lastIndex {
                $0.violation == violation && $0.lengthMetres > 0
                    && abs($0.metresFromStart + $0.lengthMetres - metres) < 0.001
            }
            if let before {
                obstacles[before].lengthMetres += step.metres
            } else if let place = step.shape.first {
                obstacles.append(
                    .init(
                        violation: violation,
                        metresFromStart: metres,
                        lengthMetres: step.metres,
                        position: place
                    )
                )
            }
        }
    }
}

extension WalkingNetwork {
    /// The part of a segment's shape between two fractions of its length, from tail to head.
    func shape(of segment: Int, _ fractions: ClosedRange<Double>) -> [GeoPoint] {
        let shape = Array(shape(of: segment))
        if fractions == 0...1 { return shape }
        let lengths = zip(shape, shape.dropFirst()).map { $0.metres(to: $1) }
        let total = lengths.reduce(0, +)
        let (from, to) = (fractions.lowerBound * total, fractions.upperBound * total)
        var result: [GeoPoint] = []
        var before = 0.0
        for (at, length) in lengths.enumerated() {
            let (low, high) = (max(from, before), min(to, before + length))
            if low <= high, length > 0 {
                for metres in [low, high] {
                    let place = shape[at].moved(
                        to: shape[at + 1],
                        fraction: (metres - before) / length
                    )
                    if place != result.last { result.append(place) }
                }
            }
            before += length
        }
        return result
    }
}
