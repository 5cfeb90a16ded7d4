/// What each segment of a network costs a profile in each direction, and why.
public struct SegmentCosts: Sendable {
    /// One segment, however bad, stays below 14 hours, so that a way of many still has a sum.
    static let maximumCentiseconds = 5_000_000.0

    /// What walking a whole segment in one direction comes to.
    public struct Passage: Sendable, Hashable {
        /// The seconds it takes.
        public var seconds: Double
        /// With the preferences and the penalties of the profile, in hundredths of a second.
        public var centiseconds: UInt32
        /// What is against the profile on the segment itself.
        public var violations: [Violation]
        /// What is against the profile at the node where the segment ends.
        public var endViolations: [Violation]
        /// Whether something that the profile requires is unknown or unconfirmed.
        public var isUnknown: Bool
    }

    /// The profile.
    public let profile: Profile
    /// Whether the unknown is avoided like a violation.
    public let isConfirmedOnly: Bool
    private let ways: [Assessment]
    private let places: [Assessment]
    /// What each of them adds up to: times the time, and seconds once.
    private let wayCosts: [(factor: Double, seconds: Double)]
    private let placeSeconds: [Double]
    /// For each set of attributes, whether who walks there crosses streets at crossings.
    private let isAcross: [Bool]

    init(_ network: WalkingNetwork, _ profile: Profile, isConfirmedOnly: Bool)
        throws(RoutingError)
    {
        self.profile = try profile.checked()
        self.isConfirmedOnly = isConfirmedOnly
        let assessor = Assessor(profile: profile)
        let ways = network.attributeSets.flatMap { set in
            [true, false].map { isForward -> Assessment in
                var result = assessor.way(set, isForward: isForward)
                if isConfirmedOnly, result.isUnknown {
                    result.violate(profile, Violation(.unconfirmed, isConfirmed: false))
                }
                return result
            }
        }
        let places = network.attributeSets.flatMap { set in
            [true, false].map { assessor.place(set, isAcross: $0) }
        }
        self.ways = ways
        self.places = places
        wayCosts = ways.map { ($0.factor * $0.penaltyFactor, $0.seconds + $0.penaltySeconds) }
        placeSeconds = places.map { $0.seconds + $0.penaltySeconds }
        isAcross = network.attributeSets.map(WalkingNetwork.isAcross)
    }

    /// Walking a segment from its tail to its head, or back.
    public func passage(_ segment: Int, isForward: Bool, in network: WalkingNetwork) -> Passage {
        let places = places(of: network.segments[segment], isForward: isForward, in: network)
        let (way, end) = (ways[places.way], self.places[places.end])
        return Passage(
            seconds: seconds(network.segments[segment], way) + end.seconds,
            centiseconds: centiseconds(segment, isForward: isForward, in: network),
            violations: way.violations,
            endViolations: end.violations,
            isUnknown: way.isUnknown || end.isUnknown
        )
    }

    /// Its cost alone; `ContractionMetric.unreachable` where it may not be walked that way.
    func centiseconds(_ number: Int, isForward: Bool, in network: WalkingNetwork) -> UInt32 {
        let segment = network.segments[number]
        guard isForward ? segment.isForward : segment.isBackward else {
            return ContractionMetric.unreachable
        }
        let (way, end) = places(of: segment, isForward: isForward, in: network)
        let seconds =
            Double(segment.lengthMillimetres) / 1_000 / profile.metresPerSecond
            * wayCosts[way].factor + wayCosts[way].seconds + placeSeconds[end]
        return UInt32(min(max(0, (seconds * 100).rounded(.up)), SegmentCosts.maximumCentiseconds))
    }

    private func seconds(_ segment: WalkingNetwork.Segment, _ way: Assessment) -> Double {
        // Preferences make a way longer on paper only; slopes and rough ground really slow down, but no
        // profile gets faster than its speed.
        Double(segment.lengthMillimetres) / 1_000 / profile.metresPerSecond + way.seconds
    }

    /// Which assessments count for a segment and for the node where it ends.
    private func places(
        of segment: WalkingNetwork.Segment,
        isForward: Bool,
        in network: WalkingNetwork
    ) -> (way: Int, end: Int) {
        let set = Int(segment.attributes)
        let end = Int(network.nodeAttributes[Int(isForward ? segment.head : segment.tail)])
        return (2 * set + (isForward ? 0 : 1), 2 * end + (isAcross[set] ? 0 : 1))
    }

    /// The weights of all arcs of the network's graph.
    func weights(_ graph: WalkingGraph, _ network: WalkingNetwork) -> [UInt32] {
        graph.places.map {
            centiseconds(Int($0 >> 1), isForward: $0 & 1 == 0, in: network)
        }
    }
}

extension WalkingNetwork {
    /// Whether who walks a segment crosses the street at a crossing of its ends: on ways of walkers
    /// yes, along the street itself no.
    func isAcross(_ segment: Segment) -> Bool {
        WalkingNetwork.isAcross(attributeSets[Int(segment.attributes)])
    }

    static func isAcross(_ attributes: Attributes) -> Bool {
        switch attributes[.kind]?.value {
        case .street, .busyStreet, .livingStreet, .sidewalk, .cycleway: false
        default: true
        }
    }
}
