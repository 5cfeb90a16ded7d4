import Routing

/// Writes small PBF files, so that each fault can be made by hand.
struct PBFWriter {
    struct Node {
        var id: Int64
        var latitude: Int64
        var longitude: Int64
        var tags: [(String, String)] = []
    }
    struct Way {
        var id: Int64
        var nodes: [Int64]
        var tags: [(String, String)] = []
    }

    var features = ["OsmSchema-V0.6", "DenseNodes"]
    var isDense = true
    private var strings = [""]

    static func varint(_ value: UInt64) -> [UInt8] {
        var value = value
        var bytes: [UInt8] = []
        while value >= 0x80 {
            bytes.append(UInt8(value & 0x7f) | 0x80)
            value >>= 7
        }
        return bytes + [UInt8(value)]
    }

    static func zigzag(_ value: Int64) -> [UInt8] {
        varint(UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    static func field(_ number: UInt64, _ bytes: [UInt8]) -> [UInt8] {
        varint(number << 3 | 2) + varint(UInt64(bytes.count)) + bytes
    }

    static func field(_ number: UInt64, varint bytes: [UInt8]) -> [UInt8] {
        varint(number << 3) + bytes
    }

    static func deltas(_ values: [Int64]) -> [UInt8] {
        zip(values, [0] + values).flatMap { zigzag($0 &- $1) }
    }

    static func length(_ count: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) }
    }

    static func blob(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let blob = field(1, data)
        let header = field(1, Array(type.utf8)) + field(3, varint: varint(UInt64(blob.count)))
        return length(UInt32(header.count)) + header + blob
    }

    mutating func file(_ nodes: [Node], _ ways: [Way]) -> [UInt8] {
        let header = features.flatMap { PBFWriter.field(4, Array($0.utf8)) }
        let groups =
            PBFWriter.field(2, isDense ? dense(nodes) : nodes.flatMap { node($0) })
            + PBFWriter.field(2, ways.flatMap { way($0) })
        let table = strings.flatMap { PBFWriter.field(1, Array($0.utf8)) }
        return PBFWriter.blob("OSMHeader", header)
            + PBFWriter.blob("OSMData", PBFWriter.field(1, table) + groups)
    }

    private mutating func index(_ text: String) -> [UInt8] {
        if let at = strings.firstIndex(of: text) { return PBFWriter.varint(UInt64(at)) }
        strings.append(text)
        return PBFWriter.varint(UInt64(strings.count - 1))
    }

    private mutating func dense(_ nodes: [Node]) -> [UInt8] {
        var tags: [UInt8] = []
        for node in nodes {
            for (key, value) in node.tags { tags += index(key) + index(value) }
            tags.append(0)
        }
        return PBFWriter.field(
            2,
            PBFWriter.field(1, PBFWriter.deltas(nodes.map(\.id)))
                + PBFWriter.field(8, PBFWriter.deltas(nodes.map(\.latitude)))
                + PBFWriter.field(9, PBFWriter.deltas(nodes.map(\.longitude)))
                + PBFWriter.field(10, tags)
        )
    }

    private mutating func pairs(_ tags: [(String, String)]) -> [UInt8] {
        let keys = tags.flatMap { index($0.0) }
        let values = tags.flatMap { index($0.1) }
        return PBFWriter.field(2, keys) + PBFWriter.field(3, values)
    }

    private mutating func node(_ node: Node) -> [UInt8] {
        PBFWriter.field(
            1,
            PBFWriter.field(1, varint: PBFWriter.zigzag(node.id)) + pairs(node.tags)
                + PBFWriter.field(8, varint: PBFWriter.zigzag(node.latitude))
                + PBFWriter.field(9, varint: PBFWriter.zigzag(node.longitude))
        )
    }

    private mutating func way(_ way: Way) -> [UInt8] {
        PBFWriter.field(
            3,
            PBFWriter.field(1, varint: PBFWriter.varint(UInt64(bitPattern: way.id)))
                + pairs(way.tags)
                + PBFWriter.field(8, PBFWriter.deltas(way.nodes))
        )
    }
}

/// Keeps everything that a file says.
struct EverythingVisitor: OSMVisitor {
    var wanted: OSMElements = [.nodes, .ways]
    var nodes: [OSMNode] = []
    var ways: [OSMWay] = []

    mutating func node(_ node: OSMNode) { nodes.append(node) }
    mutating func way(_ way: OSMWay) { ways.append(way) }
}
