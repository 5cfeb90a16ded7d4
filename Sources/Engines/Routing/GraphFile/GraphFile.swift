import Basics
import CZlib
public import Packaging

/// A network with its contraction hierarchy as one file that is mapped into memory: a start takes no map
/// and copies no list.
///
/// docs/wayfinding.md has the format. Every number is checked before anything follows it; a damaged file is
/// refused.
public enum GraphFile {
    /// A larger file is refused.
    public static let maximumByteCount = 4 << 30
    static let magic = Array("HAECHIWG".utf8)
    static let version: UInt32 = 2
    static let headerByteCount = 32
    private static let partByteCount = 1 << 20

    /// Whether a file is one, by how it begins.
    ///
    /// - Throws: What the bytes throw.
    public static func isGraph(_ file: some RandomAccessBytes) throws -> Bool {
        try file.bytes(at: 0, count: magic.count) == magic
    }

    /// Writes the file of a planner in parts.
    ///
    /// - Returns: The count of its bytes.
    /// - Throws: What writing throws.
    @discardableResult
    public static func write(
        _ planner: RoutePlanner,
        to sink: ([UInt8]) throws -> Void
    ) rethrows -> Int {
        let sections = planner.sections
        var table = GraphWriter()
        var end = headerByteCount + sections.count * GraphTable.entryByteCount
        var offsets: [Int] = []
        for (section, bytes) in sections {
            end = aligned(end)
            offsets.append(end)
            table.append(section.rawValue)
            table.append(UInt32(section.strideByteCount))
            table.append(UInt64(end))
            table.append(UInt64(bytes.count / section.strideByteCount))
            end += bytes.count
        }
        var pieces: [Column<UInt8>] = [Column(table.bytes)]
        var written = headerByteCount + table.bytes.count
        for ((_, bytes), offset) in zip(sections, offsets) {
            pieces.append(Column([UInt8](repeating: 0, count: offset - written)))
            pieces.append(bytes)
            written = offset + bytes.count
        }
        var header = GraphWriter(bytes: magic)
        header.append(version)
        header.append(UInt32(sections.count))
        header.append(UInt64(end))
        header.append(pieces.reduce(0) { checksum(UnsafeRawBufferPointer($1.values), after: $0) })
        header.append(UInt32(0))
        try sink(header.bytes)
        for piece in pieces {
            for start in stride(from: 0, to: piece.count, by: partByteCount) {
                try sink(Array(piece[start..<min(start + partByteCount, piece.count)]))
            }
        }
        return end
    }

    /// The planner of a file, which stays mapped as long as the planner is used.
    ///
    /// - Throws: `RoutingError` `badGraphFile`, or `PackagingError` where it cannot be opened.
    public static func planner(_ file: FileBytes) throws -> RoutePlanner {
        guard file.size <= maximumByteCount else { throw RoutingError.partTooLarge("graph file") }
        guard file.size >= headerByteCount else { throw RoutingError.badGraphFile("cut off") }
        return try planner(file.mapped())
    }

    /// The planner of a file in memory.
    static func planner(_ memory: FlatMemory) throws(RoutingError) -> RoutePlanner {
        try RoutePlanner(GraphTable(memory))
    }

    static func aligned(_ offset: Int) -> Int {
        (offset + FlatMemory.alignment - 1) / FlatMemory.alignment * FlatMemory.alignment
    }

    /// CRC-32 (RFC 1952) of bytes that follow others.
    static func checksum(_ bytes: UnsafeRawBufferPointer, after other: UInt32 = 0) -> UInt32 {
        // zlib answers a missing pointer with the checksum of nothing at all.
        guard let base = bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count > 0
        else { return other }
        return UInt32(crc32_z(UInt(other), base, bytes.count))
    }
}

/// Appends numbers and lists to bytes.
struct GraphWriter {
    var bytes: [UInt8] = []

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// What is known about the network: attributes, texts and landmarks, each list with its count before
    /// it.
    mutating func append(_ network: WalkingNetwork) {
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
            append(landmark.position.latitudeE7)
            append(landmark.position.longitudeE7)
            append(landmark.name)
        }
        append(UInt64(network.missingNodeCount))
    }
}
