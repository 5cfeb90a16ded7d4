public import Routing

extension MapData {
    /// Reads a map: its relations first, then its ways, then the nodes that they need.
    ///
    /// - Throws: `CartographyError` `mapTooLarge`, or what reading throws.
    public init(_ map: OSMFile) throws {
        var relations = RelationCollector()
        try map.read(into: &relations)
        var ways = WayCollector(relations)
        try map.read(into: &ways)
        guard ways.references.count <= MapData.maximumPointCount else {
            throw CartographyError.mapTooLarge("\(ways.references.count) references")
        }
        var nodes = NodeCollector(ways.references)
        try map.read(into: &nodes)
        var writer = MapDataWriter()
        for node in nodes.drawn {
            writer.append(.node, node.id, node.drawn, [.init([node.point])])
        }
        for way in ways.ways where !way.drawn.isEmpty {
            let runs = nodes.runs(ways.references[way.references])
            if way.isRing, !runs.isEmpty {
                let ring = nodes.points(ways.references[way.references])
                writer.append(.way, way.id, way.drawn, [.init(ring)], lines: runs)
            } else {
                writer.append(.way, way.id, way.drawn, runs.map { .init($0) })
            }
        }
        for relation in relations.relations {
            let rings = ways.rings(of: relation, nodes)
            writer.data.openRingCount += rings.openCount
            guard !rings.rings.isEmpty else { continue }
            writer.append(.relation, relation.id, relation.drawn, rings.rings)
        }
        self = writer.finished()
    }
}

/// The first reading: areas that are made of several ways.
private struct RelationCollector: OSMVisitor {
    struct Relation {
        var id: Int64
        var drawn: [FeatureClassifier.Drawn]
        var outer: [Int64]
        var inner: [Int64]
    }

    let wanted = OSMElements.relations
    var relations: [Relation] = []

    mutating func node(_ node: OSMNode) {}
    mutating func way(_ way: OSMWay) {}

    mutating func relation(_ relation: OSMRelation) {
        guard relation.tags["type"] == "multipolygon" else { return }
        let drawn = FeatureClassifier.classify(relation.tags, .area)
        let ways = relation.members.filter { $0.kind == .way }
        guard !drawn.isEmpty, !ways.isEmpty else { return }
        relations.append(
            Relation(
                id: relation.id,
                drawn: drawn,
                outer: ways.filter { $0.role != "inner" }.map(\.id),
                inner: ways.filter { $0.role == "inner" }.map(\.id)
            )
        )
    }
}

/// The second reading: ways that are drawn, or that relations are made of.
private struct WayCollector: OSMVisitor {
    struct Way {
        var id: Int64
        var references: Range<Int>
        var drawn: [FeatureClassifier.Drawn]
        var isRing: Bool
    }

    let wanted = OSMElements.ways
    var ways: [Way] = []
    var references: [Int64] = []
    private var members: [Int64: Int] = [:]

    init(_ relations: RelationCollector) {
        for relation in relations.relations {
            for id in relation.outer + relation.inner { members[id] = -1 }
        }
    }

    mutating func node(_ node: OSMNode) {}

    mutating func way(_ way: OSMWay) {
        guard way.nodes.count > 1 else { return }
        let isRing = way.nodes.count > 3 && way.nodes.first == way.nodes.last
        let drawn = FeatureClassifier.classify(way.tags, isRing ? .ring : .line)
        let isMember = members[way.id] != nil
        guard !drawn.isEmpty || isMember else { return }
        if isMember { members[way.id] = ways.count }
        let first = references.count
        references += way.nodes
        ways.append(
            Way(id: way.id, references: first..<references.count, drawn: drawn, isRing: isRing)
        )
    }

    /// The rings of a relation: its ways joined end to end.
    func rings(of relation: RelationCollector.Relation, _ nodes: NodeCollector) -> (
        rings: [MapDataWriter.Run], openCount: Int
    ) {
        let (outer, openOuter) = RingAssembler.rings(relation.outer.compactMap(line))
        let (inner, openInner) = RingAssembler.rings(relation.inner.compactMap(line))
        let holes = inner.map { nodes.points($0[...]) }.filter { $0.count > 3 }
        var left = holes
        var rings: [MapDataWriter.Run] = []
        for ring in outer.map({ nodes.points($0[...]) }) where ring.count > 3 {
            rings.append(.init(ring))
            // Holes follow the ring that they lie in.
            let within = left.filter { RingAssembler.contains(ring, $0[0]) }
            left.removeAll { RingAssembler.contains(ring, $0[0]) }
            rings += within.map { .init($0, isInner: true) }
        }
        return (rings, openOuter + openInner)
    }

    private func line(_ id: Int64) -> [Int64]? {
        guard let number = members[id], number >= 0 else { return nil }
        return Array(references[ways[number].references])
    }
}

/// The third reading: nodes that are drawn, or that ways need.
private struct NodeCollector: OSMVisitor {
    let wanted = OSMElements.nodes
    private let known: SortedIDs
    private var found: [WorldPoint?]
    var drawn: [(id: Int64, point: WorldPoint, drawn: [FeatureClassifier.Drawn])] = []

    init(_ references: [Int64]) {
        known = SortedIDs(references)
        found = Array(repeating: nil, count: known.count)
    }

    mutating func way(_ way: OSMWay) {}

    mutating func node(_ node: OSMNode) {
        let point = WorldPoint(node.position)
        if let index = known.index(of: node.id) { found[index] = point }
        let drawn = FeatureClassifier.classify(node.tags, .point)
        if !drawn.isEmpty { self.drawn.append((node.id, point, drawn)) }
    }

    /// The points of nodes; those that the file does not have are left out.
    func points(_ references: ArraySlice<Int64>) -> [WorldPoint] {
        references.compactMap { known.index(of: $0).flatMap { found[$0] } }
    }

    /// The points of nodes in runs: a line is cut where the file does not have one.
    func runs(_ references: ArraySlice<Int64>) -> [[WorldPoint]] {
        references.map { known.index(of: $0).flatMap { found[$0] } }.split(separator: nil)
            .map { $0.compactMap { $0 } }.filter { $0.count > 1 }
    }
}
