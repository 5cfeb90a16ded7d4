import Basics

/// A list in a graph file, by its number there.
enum GraphSection: UInt32, CaseIterable {
    case knowledge = 1
    case nodePositions, nodeAttributes, segments, shapePoints
    case firstOut, head, segmentDirections, arcs
    case rank, parent, upFirst, upHead, upTail, downFirst, downArc, downTail
    case arcPlaces, inputFirst, inputArcs
    case cells, components

    /// The bytes from one element to the next.
    var strideByteCount: Int {
        switch self {
        case .knowledge: 1
        case .nodePositions, .shapePoints, .cells: 8
        case .segments: 40
        default: 4
        }
    }
}

/// The sections of a graph file: where each lies, once all of that is known to lie in the file.
struct GraphTable {
    static let entryByteCount = 24

    private let memory: FlatMemory
    private var places: [GraphSection: (offset: Int, count: Int)] = [:]

    /// Reads the header and the table.
    init(_ memory: FlatMemory) throws(RoutingError) {
        self.memory = memory
        let bytes = memory.bytes
        var reader = GraphReader(bytes)
        for byte in GraphFile.magic where try reader.number(UInt8.self) != byte {
            throw .badGraphFile("magic")
        }
        let version = try reader.number(UInt32.self)
        guard version == GraphFile.version else { throw .badGraphFile("version \(version)") }
        let count = try reader.number(UInt32.self)
        guard count == UInt32(GraphSection.allCases.count) else {
            throw .badGraphFile("\(count) sections")
        }
        guard try reader.number(UInt64.self) == UInt64(bytes.count) else {
            throw .badGraphFile("size")
        }
        let checksum = try reader.number(UInt32.self)
        let reserved = try reader.number(UInt32.self)
        let rest = UnsafeRawBufferPointer(rebasing: bytes[GraphFile.headerByteCount...])
        guard reserved == 0, checksum == GraphFile.checksum(rest) else {
            throw .badGraphFile("checksum")
        }
        // Sections follow each other in the order of their numbers, so none lies over another.
        var end = GraphFile.headerByteCount + Int(count) * Self.entryByteCount
        for section in GraphSection.allCases {
            let place = try Self.place(of: section, after: end, in: bytes.count, &reader)
            places[section] = place
            end = place.offset + place.count * section.strideByteCount
        }
        guard end == bytes.count else { throw .badGraphFile("bytes after the end") }
    }

    private static func place(
        of section: GraphSection,
        after end: Int,
        in byteCount: Int,
        _ reader: inout GraphReader
    ) throws(RoutingError) -> (offset: Int, count: Int) {
        let number = try reader.number(UInt32.self)
        let stride = try reader.number(UInt32.self)
        let offset = try reader.number(UInt64.self)
        let count = try reader.number(UInt64.self)
        let start = GraphFile.aligned(end)
        guard number == section.rawValue, stride == UInt32(section.strideByteCount),
            start <= byteCount, offset == UInt64(start),
            count <= UInt64((byteCount - start) / section.strideByteCount)
        else { throw .badGraphFile("section \(section)") }
        return (start, Int(count))
    }

    /// The list of a section.
    func column<Element>(_ section: GraphSection, of type: Element.Type) throws(RoutingError)
        -> Column<Element>
    {
        guard let place = places[section], MemoryLayout<Element>.stride == section.strideByteCount,
            MemoryLayout<Element>.size == section.strideByteCount
        else { throw .badGraphFile("section \(section)") }
        return Column(memory, at: place.offset, count: place.count)
    }

    /// A list of numbers.
    func numbers(_ section: GraphSection) throws(RoutingError) -> Column<UInt32> {
        try column(section, of: UInt32.self)
    }
}

extension RoutePlanner {
    /// The lists of the file, in its order.
    var sections: [(section: GraphSection, bytes: Column<UInt8>)] {
        var knowledge = GraphWriter()
        knowledge.append(network)
        return GraphSection.allCases.map { ($0, bytes(of: $0, knowledge.bytes)) }
    }

    private func bytes(of section: GraphSection, _ knowledge: [UInt8]) -> Column<UInt8> {
        switch section {
        case .knowledge: Column(knowledge)
        case .nodePositions: network.nodePositions.bytes
        case .nodeAttributes: network.nodeAttributes.bytes
        case .segments: network.segments.bytes
        case .shapePoints: network.shapePoints.bytes
        case .firstOut: walking.graph.firstOut.bytes
        case .head: walking.graph.head.bytes
        case .segmentDirections: walking.places.bytes
        case .arcs: walking.arcs.bytes
        case .rank: topology.rank.bytes
        case .parent: topology.parent.bytes
        case .upFirst: topology.upFirst.bytes
        case .upHead: topology.upHead.bytes
        case .upTail: topology.upTail.bytes
        case .downFirst: topology.downFirst.bytes
        case .downArc: topology.downArc.bytes
        case .downTail: topology.downTail.bytes
        case .arcPlaces: topology.place.bytes
        case .inputFirst: topology.inputFirst.bytes
        case .inputArcs: topology.inputArcs.bytes
        case .cells: index.entries.bytes
        case .components: components.bytes
        }
    }
}
