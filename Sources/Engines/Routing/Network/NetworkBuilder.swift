extension WalkingNetwork {
    /// Builds the network of a map: its ways are read first, then only the nodes that they need.
    ///
    /// - Throws: `RoutingError` `nothingWalkable`, `networkTooLarge`, or what reading throws.
    public init(_ map: OSMFile) throws {
        var ways = WayCollector()
        try map.read(into: &ways)
        guard ways.references.count <= WalkingNetwork.maximumShapePointCount else {
            throw RoutingError.networkTooLarge("\(ways.references.count) references")
        }
        var nodes = NodeCollector(ways)
        try map.read(into: &nodes)
        self = NetworkSplitter(ways, nodes).network()
        guard !segments.isEmpty else { throw RoutingError.nothingWalkable }
    }
}

/// Numbers values in the order of their first use.
struct Interner<Value: Hashable> {
    private(set) var values: [Value]
    private var numbers: [Value: UInt32] = [:]

    init(first: Value) {
        self.init([first])
    }

    /// Goes on from values that have their numbers.
    init(_ values: [Value]) {
        self.values = values
        for (number, value) in values.enumerated() { numbers[value] = UInt32(number) }
    }

    mutating func number(_ value: Value) -> UInt32 {
        if let number = numbers[value] { return number }
        let number = UInt32(values.count)
        values.append(value)
        numbers[value] = number
        return number
    }
}

/// The first reading: ways that people walk on.
private struct WayCollector: OSMVisitor {
    struct Way {
        var id: Int64
        var firstReference: Int
        var attributes: UInt32
        var name: UInt32
        var isForward: Bool
        var isBackward: Bool
    }

    let wanted = OSMElements.ways
    var ways: [Way] = []
    var references: [Int64] = []
    var attributes = Interner(first: Attributes())
    var texts = Interner(first: "")

    mutating func node(_ node: OSMNode) {}

    mutating func way(_ way: OSMWay) {
        guard way.nodes.count > 1, let walkable = WayClassifier.classify(way.tags) else { return }
        var known = walkable.attributes
        if let hours = way.tags["opening_hours"] {
            known.tag(.openingHours, Int(texts.number(hours)))
        }
        ways.append(
            Way(
                id: way.id,
                firstReference: references.count,
                attributes: attributes.number(known),
                name: texts.number(way.tags["name:ko"] ?? way.tags["name"] ?? ""),
                isForward: walkable.isForward,
                isBackward: walkable.isBackward
            )
        )
        references += way.nodes
    }
}

/// The second reading: the nodes of those ways, and landmarks.
private struct NodeCollector: OSMVisitor {
    private static let landmarkKeys = [
        "amenity", "shop", "railway", "tourism", "leisure", "office",
    ]

    let wanted = OSMElements.nodes
    private let known: SortedIDs
    var ids: [Int64] { known.ids }
    var positions: [GeoPoint?]
    var nodeAttributes: [UInt32]
    var attributes: Interner<Attributes>
    var texts: Interner<String>
    var landmarks: [WalkingNetwork.Landmark] = []
    /// In most files ids ascend, so the next one is where the last was.
    private var next = 0

    init(_ ways: WayCollector) {
        known = SortedIDs(ways.references)
        positions = Array(repeating: nil, count: known.count)
        nodeAttributes = Array(repeating: 0, count: known.count)
        attributes = ways.attributes
        texts = ways.texts
    }

    func index(of id: Int64) -> Int? { known.index(of: id) }

    mutating func way(_ way: OSMWay) {}

    mutating func node(_ node: OSMNode) {
        if !node.tags.isEmpty { noteLandmark(node) }
        if next > 0, ids[next - 1] >= node.id { next = 0 }
        // A few steps forward, then a search: nodes of other ways lie between.
        var steps = 0
        while next < ids.count, ids[next] < node.id, steps < 8 {
            next += 1
            steps += 1
        }
        var found = next < ids.count && ids[next] == node.id ? next : nil
        if found == nil, next < ids.count, ids[next] < node.id { found = index(of: node.id) }
        guard let found else { return }
        next = found + 1
        positions[found] = node.position
        if node.tags.isEmpty { return }
        var known = NodeClassifier.classify(node.tags)
        if NodeCollector.closes(node.tags, known), let hours = node.tags["opening_hours"] {
            known.tag(.openingHours, Int(texts.number(hours)))
        }
        nodeAttributes[found] = attributes.number(known)
    }

    /// Whether nobody passes a node outside of its opening hours: a lift, a gate, an entrance; a kiosk
    /// beside the way has hours too.
    private static func closes(_ tags: OSMTags, _ known: Attributes) -> Bool {
        known[.kind] != nil || known[.barrier] != nil || tags["entrance"] != nil
            || tags["railway"] == "subway_entrance"
    }

    private mutating func noteLandmark(_ node: OSMNode) {
        guard let name = node.tags["name:ko"] ?? node.tags["name"],
            NodeCollector.landmarkKeys.contains(where: { node.tags[$0] != nil })
        else { return }
        landmarks.append(.init(position: node.position, name: texts.number(name)))
    }
}

/// Cuts the ways at their junctions, at places with something to know, and where nodes are missing.
private struct NetworkSplitter {
    private let ways: WayCollector
    private let nodes: NodeCollector
    /// For each reference its node, or −1 where the file did not have it.
    private let indexes: [Int32]
    private var isJunction: [Bool]
    private var numbers: [Int32]
    private var nodePositions: [GeoPoint] = []
    private var nodeAttributes: [UInt32] = []
    private var segments: [WalkingNetwork.Segment] = []
    private var shapePoints: [GeoPoint] = []

    init(_ ways: WayCollector, _ nodes: NodeCollector) {
        self.ways = ways
        self.nodes = nodes
        let indexes = ways.references.map { id in
            nodes.index(of: id).flatMap { nodes.positions[$0] == nil ? nil : Int32($0) } ?? -1
        }
        self.indexes = indexes
        isJunction = nodes.nodeAttributes.map { $0 != 0 }
        numbers = Array(repeating: -1, count: nodes.ids.count)
        var isUsed = [Bool](repeating: false, count: nodes.ids.count)
        for index in indexes where index >= 0 {
            if isUsed[Int(index)] { isJunction[Int(index)] = true }
            isUsed[Int(index)] = true
        }
    }

    consuming func network() -> WalkingNetwork {
        for (number, way) in ways.ways.enumerated() {
            let end =
                number + 1 < ways.ways.count
                ? ways.ways[number + 1].firstReference : ways.references.count
            // Runs of nodes that the file has.
            for run in indexes[way.firstReference..<end].split(separator: -1) where run.count > 1 {
                split(way, Array(run))
            }
        }
        var result = WalkingNetwork()
        result.nodePositions = Column(nodePositions)
        result.nodeAttributes = Column(nodeAttributes)
        result.segments = Column(segments)
        result.shapePoints = Column(shapePoints)
        result.attributeSets = nodes.attributes.values
        result.texts = nodes.texts.values
        result.landmarks = nodes.landmarks
        result.missingNodeCount = nodes.positions.count { $0 == nil }
        return result
    }

    private mutating func split(_ way: WayCollector.Way, _ run: [Int32]) {
        var first = 0
        for at in 1..<run.count where at == run.count - 1 || isJunction[Int(run[at])] {
            if run[first] == run[at], at - first > 1 {
                // A ring without junctions: a segment needs two ends.
                let middle = (first + at) / 2
                append(way, run[first...middle])
                append(way, run[middle...at])
            } else if run[first] != run[at] {
                append(way, run[first...at])
            }
            first = at
        }
    }

    private mutating func number(_ index: Int32) -> UInt32 {
        if numbers[Int(index)] < 0, let position = nodes.positions[Int(index)] {
            numbers[Int(index)] = Int32(nodePositions.count)
            nodePositions.append(position)
            nodeAttributes.append(nodes.nodeAttributes[Int(index)])
        }
        return UInt32(numbers[Int(index)])
    }

    private mutating func append(_ way: WayCollector.Way, _ run: ArraySlice<Int32>) {
        guard let first = run.first, let last = run.last else { return }
        let firstShapePoint = shapePoints.count
        var metres = 0.0
        for index in run {
            guard let position = nodes.positions[Int(index)] else { continue }
            if shapePoints.count > firstShapePoint, let before = shapePoints.last {
                metres += before.metres(to: position)
            }
            shapePoints.append(position)
        }
        segments.append(
            .init(
                way: way.id,
                tail: number(first),
                head: number(last),
                lengthMillimetres: UInt32(min(metres * 1_000, 4e9).rounded()),
                attributes: way.attributes,
                name: way.name,
                firstShapePoint: UInt32(firstShapePoint),
                isForward: way.isForward,
                isBackward: way.isBackward
            )
        )
    }
}
