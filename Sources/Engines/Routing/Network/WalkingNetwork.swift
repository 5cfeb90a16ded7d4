/// A network to walk on: nodes, and segments between them that may be walked in one or both
/// directions, with everything known about each.
///
/// Barriers of nodes (kerbs, crossings, gates, lifts) stay on nodes; a node of the map becomes a node
/// of the network where ways meet or end, or where something is known about it.
public struct WalkingNetwork: Sendable {
    /// More would not fit the 32-bit numbers of nodes, segments and shape points.
    public static let maximumShapePointCount = 1 << 30

    /// A segment between two nodes.
    public struct Segment: Sendable, Hashable, BitwiseCopyable {
        /// The way of OpenStreetMap it is of.
        public var way: Int64
        /// The node at its beginning.
        public var tail: UInt32
        /// The node at its end.
        public var head: UInt32
        /// Its length in millimetres.
        public var lengthMillimetres: UInt32
        /// What is known about it: a number of `attributeSets`.
        public var attributes: UInt32
        /// Its name: a number of `texts`, 0 for none.
        public var name: UInt32
        /// Where its shape begins among the `shapePoints`; it ends where the next one's begins.
        public var firstShapePoint: UInt32
        // Bit 0: forward, bit 1: backward. As wide as it is, it leaves no gap in a file of segments.
        private var directions: UInt64

        /// Whether it may be walked from its tail to its head.
        public var isForward: Bool { directions & 1 != 0 }
        /// Whether it may be walked from its head to its tail.
        public var isBackward: Bool { directions & 2 != 0 }

        init(
            way: Int64,
            tail: UInt32,
            head: UInt32,
            lengthMillimetres: UInt32,
            attributes: UInt32,
            name: UInt32,
            firstShapePoint: UInt32,
            isForward: Bool,
            isBackward: Bool
        ) {
            self.way = way
            self.tail = tail
            self.head = head
            self.lengthMillimetres = lengthMillimetres
            self.attributes = attributes
            self.name = name
            self.firstShapePoint = firstShapePoint
            directions = (isForward ? 1 : 0) | (isBackward ? 2 : 0)
        }
    }

    /// Something to find one's way by.
    public struct Landmark: Sendable, Hashable {
        /// Where it is.
        public var position: GeoPoint
        /// Its name: a number of `texts`.
        public var name: UInt32
    }

    /// Where each node is.
    public internal(set) var nodePositions = Column<GeoPoint>()
    /// What is known about each node: numbers of `attributeSets`.
    public internal(set) var nodeAttributes = Column<UInt32>()
    /// The segments.
    public internal(set) var segments = Column<Segment>()
    /// The shapes of the segments one after the other, each from its tail to its head.
    public internal(set) var shapePoints = Column<GeoPoint>()
    /// The different sets of attributes; the first knows nothing.
    public internal(set) var attributeSets: [Attributes] = [Attributes()]
    /// Names and opening hours; the first is empty.
    public internal(set) var texts: [String] = [""]
    /// Named places beside the ways.
    public internal(set) var landmarks: [Landmark] = []
    /// Nodes that ways named and the file did not have: the ways were cut there.
    public internal(set) var missingNodeCount = 0

    init() {}

    /// The count of nodes.
    public var nodeCount: Int { nodePositions.count }

    /// The shape of a segment from its tail to its head.
    public func shape(of segment: Int) -> Slice<Column<GeoPoint>> {
        let first = Int(segments[segment].firstShapePoint)
        let end =
            segment + 1 < segments.count
            ? Int(segments[segment + 1].firstShapePoint) : shapePoints.count
        return shapePoints[first..<end]
    }

    /// What is known about a segment.
    public func attributes(of segment: Int) -> Attributes {
        attributeSets[Int(segments[segment].attributes)]
    }

    /// What is known about a node.
    public func attributes(ofNode node: Int) -> Attributes {
        attributeSets[Int(nodeAttributes[node])]
    }

    /// The name of a segment.
    public func name(of segment: Int) -> String {
        texts[Int(segments[segment].name)]
    }

    /// For each node, the number of the part of the network it is in; parts do not meet.
    func components() -> Column<UInt32> {
        var parent = Array(0..<UInt32(nodeCount))
        func root(_ node: UInt32) -> UInt32 {
            var node = node
            while parent[Int(node)] != node {
                parent[Int(node)] = parent[Int(parent[Int(node)])]
                node = parent[Int(node)]
            }
            return node
        }
        for segment in segments {
            let (a, b) = (root(segment.tail), root(segment.head))
            if a != b { parent[Int(max(a, b))] = min(a, b) }
        }
        return Column((0..<UInt32(nodeCount)).map(root))
    }
}
