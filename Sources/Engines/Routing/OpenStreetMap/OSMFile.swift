public import Packaging

/// An OpenStreetMap file in memory or on disk: PBF, XML, or XML packed by gzip, told apart by content.
///
/// The rows of Seoul's walking network are taken as well.
///
/// It can be read several times, so that a network is built in small memory: first the ways, then
/// only the nodes that they need.
public struct OSMFile: Sendable {
    private enum Content: Sendable {
        case pbf(any RandomAccessBytes)
        case xml(any RandomAccessBytes)
        case gzip(any RandomAccessBytes)
        case elements(OSMElementList)
        indirect case both(Content, OSMElementList)
    }

    private let content: Content

    /// Opens a file by its bytes.
    ///
    /// - Throws: `RoutingError` `unknownFormat`, or what the bytes throw.
    public init(_ bytes: any RandomAccessBytes) throws {
        let start = try bytes.bytes(at: 0, count: 64)
        if start.starts(with: [0x1f, 0x8b]) {
            content = .gzip(bytes)
        } else if start.first(where: { $0 > 0x20 && $0 < 0x7f }) == UInt8(ascii: "<") {
            content = .xml(bytes)
        } else if start.starts(with: [0, 0]) || start.count > 4 && start[4] == 0x0a {
            // Four bytes of length (at most 64 KiB), then the first field of a blob's header.
            content = .pbf(bytes)
        } else if try SeoulNetwork.isTable(bytes) {
            content = .elements(try SeoulNetwork.elements(of: bytes))
        } else {
            throw RoutingError.unknownFormat("begins with \(start.prefix(8))")
        }
    }

    /// Takes elements in memory for a file.
    public init(_ elements: OSMElementList) {
        content = .elements(elements)
    }

    /// Adds elements to a map, as they are.
    init(_ elements: OSMElementList, beside map: OSMFile) {
        content = .both(map.content, elements)
    }

    /// Hands every wanted element to the visitor, in the order of the file.
    ///
    /// - Throws: `RoutingError`, or what the bytes throw where they cannot be read.
    public func read(into visitor: inout some OSMVisitor) throws {
        try read(content, into: &visitor)
    }

    private func read(_ content: Content, into visitor: inout some OSMVisitor) throws {
        switch content {
        case .pbf(let bytes): try PBFReader(bytes).read(into: &visitor)
        case .xml(let bytes): try readXML(SequentialSource(bytes), into: &visitor)
        case .gzip(let bytes): try readXML(GzipSource(SequentialSource(bytes)), into: &visitor)
        case .elements(let list): try list.read(into: &visitor)
        case .both(let map, let list):
            try read(map, into: &visitor)
            try list.read(into: &visitor)
        }
    }

    private func readXML(_ source: any ByteSource, into visitor: inout some OSMVisitor) throws {
        do {
            try OSMXMLReader.read(source, into: &visitor)
        } catch let error as PackagingError where error.code != .unreadable {
            throw RoutingError.damagedMap(error.context)
        }
    }
}
