/// The ways around a route in metres east and north of a place: what a phone needs to know where on
/// the network it is while there is no connection.
///
/// Its JSON is what `positioning.js` reads.
public struct LocalNetwork: Sendable, Hashable, Codable {
    /// The surroundings of a longer route are cut off: a phone keeps them in memory.
    public static let maximumSegmentCount = 6_000
    /// Ways so near a route are around it.
    public static let reachMetres = 80.0

    /// A segment.
    public struct Segment: Sendable, Hashable, Codable {
        /// The node at its beginning.
        public var tail: Int
        /// The node at its end.
        public var head: Int
        /// Whether it may be walked from its tail to its head.
        public var isForward: Bool
        /// Whether it may be walked from its head to its tail.
        public var isBackward: Bool
        /// East and north of each point in turn, in centimetres.
        public var centimetres: [Int]
    }

    /// A part of the route.
    public struct Passage: Sendable, Hashable, Codable {
        /// The segment.
        public var segment: Int
        /// Whether it is walked from its tail to its head.
        public var isForward: Bool
        /// Metres along it in the direction of walking where the part begins.
        public var fromMetres: Double
        /// Metres along it in the direction of walking where the part ends.
        public var toMetres: Double
    }

    /// The latitude of the place.
    public let latitude: Double
    /// The longitude of the place.
    public let longitude: Double
    /// The segments.
    public let segments: [Segment]
    /// The route, empty where there is none.
    public internal(set) var route: [Passage]

    /// Takes what lies around a route out of a planner's network.
    public init(around route: Route, of planner: RoutePlanner) {
        let origin = route.start.position
        let frame = LocalFrame(at: origin)
        var numbers: [Int: Int] = [:]
        var nodes: [UInt32: Int] = [:]
        var segments: [Segment] = []
        func add(_ number: Int) {
            guard numbers[number] == nil, segments.count < LocalNetwork.maximumSegmentCount else {
                return
            }
            numbers[number] = segments.count
            segments.append(LocalNetwork.segment(number, planner.network, frame, &nodes))
        }
        // The route itself comes first, so that it is whole before anything is cut off.
        for step in route.steps { add(step.segment) }
        for number in planner.index.around(
            route.shape,
            within: LocalNetwork.reachMetres,
            in: planner.network
        ) { add(number) }
        self.segments = segments
        self.route = route.steps.enumerated().compactMap { at, step in
            guard let number = numbers[step.segment] else { return nil }
            let length = segments[number].metres
            // Only the first and the last step can be parts: the first ends, the last begins at a node.
            let isFirstPart = at == 0 && (route.steps.count > 1 || step.reachesEnd)
            let from =
                isFirstPart
                ? length - step.metres
                : at == 0
                    ? (step.isForward ? route.start.fraction : 1 - route.start.fraction) * length
                    : 0
            return Passage(
                segment: number,
                isForward: step.isForward,
                fromMetres: max(from, 0),
                toMetres: min(max(from, 0) + step.metres, length)
            )
        }
        latitude = origin.latitude
        longitude = origin.longitude
    }

    /// A place in metres, as the points of the segments are.
    public func metres(to point: GeoPoint) -> (east: Double, north: Double) {
        guard let origin = try? GeoPoint(latitude: latitude, longitude: longitude) else {
            return (0, 0)
        }
        return LocalFrame(at: origin).metres(to: point)
    }

    private static func segment(
        _ number: Int,
        _ network: WalkingNetwork,
        _ frame: LocalFrame,
        _ nodes: inout [UInt32: Int]
    ) -> Segment {
        let segment = network.segments[number]
        func local(_ node: UInt32) -> Int {
            if let known = nodes[node] { return known }
            nodes[node] = nodes.count
            return nodes.count - 1
        }
        return Segment(
            tail: local(segment.tail),
            head: local(segment.head),
            isForward: segment.isForward,
            isBackward: segment.isBackward,
            centimetres: network.shape(of: number).flatMap { point in
                let (east, north) = frame.metres(to: point)
                return [Int((east * 100).rounded()), Int((north * 100).rounded())]
            }
        )
    }

    /// The length of one degree of latitude in metres.
    static let metresPerDegree = GeoPoint.earthRadiusMetres * .pi / 180
}

extension LocalNetwork.Segment {
    /// The points in metres.
    var points: [(east: Double, north: Double)] {
        stride(from: 0, to: centimetres.count - 1, by: 2).map {
            (Double(centimetres[$0]) / 100, Double(centimetres[$0 + 1]) / 100)
        }
    }

    /// The length in metres.
    var metres: Double {
        let points = points
        return zip(points, points.dropFirst()).reduce(0) { sum, pair in
            let (east, north) = (pair.1.east - pair.0.east, pair.1.north - pair.0.north)
            return sum + (east * east + north * north).squareRoot()
        }
    }
}
