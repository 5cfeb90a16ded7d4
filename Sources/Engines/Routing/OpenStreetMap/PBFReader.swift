import CZlib
import Packaging

/// Reads OpenStreetMap PBF (https://wiki.openstreetmap.org/wiki/PBF_Format): one block in memory at a
/// time, whatever the size of the file.
struct PBFReader {
    /// The format's own limit on a blob's header.
    static let maximumBlobHeaderByteCount = 64 << 10
    /// The format's own limit on a blob, packed and unpacked.
    static let maximumBlobByteCount = 32 << 20
    /// OpenStreetMap itself allows 2,000 nodes a way.
    static let maximumWayNodeCount = 65_536
    /// OpenStreetMap itself allows 32,000 members a relation.
    static let maximumMemberCount = 65_536
    private static let knownFeatures: Set<String> = ["OsmSchema-V0.6", "DenseNodes"]

    private let file: any RandomAccessBytes

    init(_ file: any RandomAccessBytes) {
        self.file = file
    }

    /// Hands every wanted element to the visitor.
    func read(into visitor: inout some OSMVisitor) throws {
        var offset = 0
        var isFirst = true
        while offset < file.size {
            let blob = try blobHeader(at: &offset)
            if isFirst, blob.type != "OSMHeader" { throw RoutingError.damagedMap("no OSMHeader") }
            isFirst = false
            let packed = try part(at: &offset, count: blob.byteCount)
            switch blob.type {
            case "OSMHeader": try checkFeatures(try unpack(packed))
            case "OSMData": try PBFBlock(try unpack(packed)).read(into: &visitor)
            default: continue
            }
        }
        if isFirst { throw RoutingError.damagedMap("empty") }
    }

    private func part(at offset: inout Int, count: Int) throws -> [UInt8] {
        let bytes = try file.bytes(at: offset, count: count)
        guard bytes.count == count else { throw RoutingError.damagedMap("cut off at \(offset)") }
        offset += count
        return bytes
    }

    private func blobHeader(at offset: inout Int) throws -> (type: String, byteCount: Int) {
        let length = try part(at: &offset, count: 4).reduce(0) { $0 << 8 | Int($1) }
        guard length <= PBFReader.maximumBlobHeaderByteCount else {
            throw RoutingError.partTooLarge("blob header of \(length) bytes")
        }
        var reader = ProtobufReader(try part(at: &offset, count: length))
        var type = ""
        var byteCount: UInt64?
        while let field = try reader.next() {
            switch (field.number, field.wire) {
            case (1, .bytes): type = try reader.string()
            case (3, .varint): byteCount = try reader.varint()
            default: try reader.skip(field)
            }
        }
        guard let byteCount else { throw RoutingError.damagedMap("blob without size") }
        guard byteCount <= UInt64(PBFReader.maximumBlobByteCount) else {
            throw RoutingError.partTooLarge("blob of \(byteCount) bytes")
        }
        return (type, Int(byteCount))
    }

    private func unpack(_ blob: [UInt8]) throws(RoutingError) -> [UInt8] {
        var reader = ProtobufReader(blob)
        var size: UInt64 = 0
        var packed: Range<Int>?
        while let field = try reader.next() {
            switch (field.number, field.wire) {
            case (1, .bytes): return Array(blob[try reader.bytesRange()])
            case (2, .varint): size = try reader.varint()
            case (3, .bytes): packed = try reader.bytesRange()
            case (4...7, .bytes): throw .unsupportedFeature("compression \(field.number)")
            default: try reader.skip(field)
            }
        }
        guard let packed else { throw .damagedMap("blob without data") }
        guard size <= UInt64(PBFReader.maximumBlobByteCount) else {
            throw .partTooLarge("block of \(size) bytes")
        }
        return try PBFReader.inflate(blob, packed, size: Int(size))
    }

    /// Unpacks a zlib stream (RFC 1950) of a stated size.
    static func inflate(_ bytes: [UInt8], _ range: Range<Int>, size: Int)
        throws(RoutingError) -> [UInt8]
    {
        var status: Int32 = Z_OK
        let unpacked = [UInt8](unsafeUninitializedCapacity: size) { output, count in
            var length = uLongf(size)
            status = bytes.withUnsafeBufferPointer { input in
                let packed = UnsafeBufferPointer(rebasing: input[range])
                return uncompress(
                    output.baseAddress,
                    &length,
                    packed.baseAddress,
                    uLong(range.count)
                )
            }
            count = status == Z_OK ? Int(length) : 0
        }
        guard status == Z_OK, unpacked.count == size else {
            throw .damagedMap("zlib \(status), \(unpacked.count) of \(size) bytes")
        }
        return unpacked
    }

    private func checkFeatures(_ bytes: [UInt8]) throws(RoutingError) {
        var reader = ProtobufReader(bytes)
        while let field = try reader.next() {
            guard field.number == 4, field.wire == .bytes else {
                try reader.skip(field)
                continue
            }
            let feature = try reader.string()
            guard PBFReader.knownFeatures.contains(feature) else {
                throw .unsupportedFeature(feature)
            }
        }
    }
}
