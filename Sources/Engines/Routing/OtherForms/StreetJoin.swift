extension OSMFile {
    /// How far an entrance may lie from the nearest node of a way.
    static let maximumEntranceGapMetres = 60.0

    /// A map with elements of another form added: entrances are joined with the nearest place on a way
    /// of the map, where one is within 60 metres.
    ///
    /// - Throws: What reading the map throws.
    public init(_ map: OSMFile, adding list: OSMElementList) throws {
        var ways = WalkableNodes()
        try map.read(into: &ways)
        var nearest = NearestNodes(ways.ids, list)
        try map.read(into: &nearest)
        var joined = list
        for (entrance, found) in nearest.found {
            guard found.metres <= OSMFile.maximumEntranceGapMetres else { continue }
            joined.addWay([entrance, found.node], ["highway": "footway"])
        }
        self.init(joined, beside: map)
    }
}

/// The nodes of the ways of a map that people walk on, at ground level.
private struct WalkableNodes: OSMVisitor {
    let wanted = OSMElements.ways
    var ids: Set<Int64> = []

    mutating func node(_ node: OSMNode) {}

    mutating func way(_ way: OSMWay) {
        guard WayClassifier.classify(way.tags) != nil, (way.tags["level"] ?? "0") == "0" else {
            return
        }
        ids.formUnion(way.nodes)
    }
}

/// For each entrance the nearest of some nodes.
private struct NearestNodes: OSMVisitor {
    let wanted = OSMElements.nodes
    private let ids: Set<Int64>
    private let entrances: [(id: Int64, position: GeoPoint)]
    private var nearest: [(node: Int64, metres: Double)?]

    init(_ ids: Set<Int64>, _ list: OSMElementList) {
        self.ids = ids
        let wanted = Set(list.entrances)
        entrances = list.nodes.filter { wanted.contains($0.id) }.map { ($0.id, $0.position) }
        nearest = Array(repeating: nil, count: entrances.count)
    }

    mutating func way(_ way: OSMWay) {}

    mutating func node(_ node: OSMNode) {
        guard ids.contains(node.id) else { return }
        for (index, entrance) in entrances.enumerated() {
            let metres = entrance.position.metres(to: node.position)
            if metres < nearest[index]?.metres ?? .infinity { nearest[index] = (node.id, metres) }
        }
    }

    /// The entrances with the node that was nearest.
    var found: [(entrance: Int64, (node: Int64, metres: Double))] {
        zip(entrances, nearest).compactMap { entrance, found in found.map { (entrance.id, $0) } }
    }
}
