/// Elements of a map in memory, as a reader of another form makes them.
///
/// What another form says is put into OpenStreetMap's tags, so that everything behind the readers knows
/// one language.
public struct OSMElementList: Sendable {
    /// The first id that readers of other forms give: OpenStreetMap's own will not come so far.
    static let firstID: Int64 = 1 << 60

    var nodes: [OSMNode] = []
    var ways: [OSMWay] = []
    /// Nodes where the elements meet the streets of a map: the entrances of a station.
    var entrances: [Int64] = []

    private var numbers: [String: Int64] = [:]
    private var nextID = OSMElementList.firstID

    init() {}

    /// Lists elements that have ids of their own.
    public init(nodes: [OSMNode], ways: [OSMWay]) {
        self.nodes = nodes
        self.ways = ways
    }

    /// The id of a node by its name in the other form, given once.
    mutating func id(_ name: String) -> Int64 {
        if let known = numbers[name] { return known }
        let id = freshID()
        numbers[name] = id
        return id
    }

    /// Whether a node of a name has been named before.
    func hasNode(_ name: String) -> Bool { numbers[name] != nil }

    /// An id for an element without a name.
    mutating func freshID() -> Int64 {
        nextID += 1
        return nextID
    }

    mutating func addNode(_ id: Int64, _ position: GeoPoint, _ tags: [String: String] = [:]) {
        nodes.append(OSMNode(id: id, position: position, tags: OSMTags(tags)))
    }

    mutating func addWay(_ nodes: [Int64], _ tags: [String: String]) {
        ways.append(OSMWay(id: freshID(), nodes: nodes, tags: OSMTags(tags)))
    }

    func read(into visitor: inout some OSMVisitor) throws {
        if visitor.wanted.contains(.nodes) { for node in nodes { try visitor.node(node) } }
        if visitor.wanted.contains(.ways) { for way in ways { try visitor.way(way) } }
    }
}

extension OSMTags {
    /// Creates from a dictionary; the keys come in order.
    init(_ tags: [String: String]) {
        self.init(tags.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) })
    }
}
