import CZlib
public import Packaging

/// A network with the order of its contraction as one file, so that a start takes no map.
///
/// Little-endian: eight bytes of magic, the version, the CRC-32 of all that follows it (RFC 1952),
/// and then each list with the count of its elements before it. Every number is checked when it is
/// read; a damaged file is refused, never followed.
public enum GraphFile {
    /// A larger file is refused.
    public static let maximumByteCount = 4 << 30
    static let magic = Array("HAECHIWG".utf8)
    static let version: UInt32 = 1
    static let headerByteCount = 16

    /// Whether a file is one, by how it begins.
    ///
    /// - Throws: What the bytes throw.
    public static func isGraph(_ file: some RandomAccessBytes) throws -> Bool {
        try file.bytes(at: 0, count: magic.count) == magic
    }

    /// The file of a planner.
    public static func bytes(_ planner: RoutePlanner) -> [UInt8] {
        var writer = GraphWriter()
        writer.append(planner.network)
        writer.append(planner.order)
        var header = GraphWriter()
        header.bytes = magic
        header.append(version)
        header.append(checksum(writer.bytes[...]))
        return header.bytes + writer.bytes
    }

    /// The planner of a file.
    ///
    /// - Throws: `RoutingError` `badGraphFile`, or what the bytes throw.
    public static func planner(_ file: some RandomAccessBytes) throws -> RoutePlanner {
        guard file.size <= maximumByteCount else { throw RoutingError.partTooLarge("graph file") }
        let bytes = try file.bytes(at: 0, count: file.size)
        guard bytes.count >= headerByteCount, bytes.starts(with: magic) else {
            throw RoutingError.badGraphFile("magic")
        }
        var header = GraphReader(bytes, from: magic.count)
        let found = try header.number(UInt32.self)
        guard found == version else { throw RoutingError.badGraphFile("version \(found)") }
        guard try header.number(UInt32.self) == checksum(bytes[headerByteCount...]) else {
            throw RoutingError.badGraphFile("checksum")
        }
        return try planner(&header)
    }

    /// The planner of what follows the header.
    static func planner(_ reader: inout GraphReader) throws(RoutingError) -> RoutePlanner {
        let network = try reader.network()
        let order = try reader.list(UInt32.self)
        guard reader.isAtEnd else { throw .badGraphFile("bytes after the end") }
        return try RoutePlanner(network, order: order)
    }

    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(crc32_z(0, $0.baseAddress, $0.count)) }
    }
}

/// Appends numbers and lists to bytes.
struct GraphWriter {
    var bytes: [UInt8] = []

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ list: [UInt32]) {
        append(UInt64(list.count))
        for number in list { append(number) }
    }

    mutating func append(_ points: [GeoPoint]) {
        append(UInt64(points.count))
        for point in points { append(point) }
    }

    mutating func append(_ point: GeoPoint) {
        append(point.latitudeE7)
        append(point.longitudeE7)
    }

    mutating func append(_ network: WalkingNetwork) {
        append(network.nodePositions)
        append(network.nodeAttributes)
        append(UInt64(network.segments.count))
        for segment in network.segments {
            for number in [
                segment.tail, segment.head, segment.lengthMillimetres, segment.attributes,
                segment.name, segment.firstShapePoint,
            ] {
                append(number)
            }
            append(UInt8((segment.isForward ? 1 : 0) | (segment.isBackward ? 2 : 0)))
            append(segment.way)
        }
        append(network.shapePoints)
        append(UInt64(network.attributeSets.count))
        for set in network.attributeSets {
            append(UInt64(set.entries.count))
            for entry in set.entries {
                append(entry.key)
                append(entry.provenance.rawValue)
                append(UInt8(entry.isConfirmed ? 1 : 0))
                append(entry.code)
            }
        }
        append(UInt64(network.texts.count))
        for text in network.texts {
            append(UInt64(text.utf8.count))
            bytes += text.utf8
        }
        append(UInt64(network.landmarks.count))
        for landmark in network.landmarks {
            append(landmark.position)
            append(landmark.name)
        }
        append(UInt64(network.missingNodeCount))
    }
}
