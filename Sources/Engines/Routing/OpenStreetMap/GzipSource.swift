import CZlib
import Packaging

/// Unpacks gzip (RFC 1952) as a stream, all its members.
struct GzipSource: ByteSource {
    /// A country's map unpacks to less; a file that does not is refused.
    static let maximumUnpackedByteCount = 1 << 38

    private var packed: SequentialSource
    private let stream = GzipStream()
    private var input = [UInt8](repeating: 0, count: 65_536)
    private var inputRange = 0..<0
    private var unpackedCount = 0

    init(_ packed: SequentialSource) {
        self.packed = packed
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while !buffer.isEmpty {
            if inputRange.isEmpty {
                let count = try input.withUnsafeMutableBytes { try packed.read(into: $0) }
                if count == 0 {
                    guard stream.isBetweenMembers else {
                        throw RoutingError.damagedMap("gzip ends")
                    }
                    return 0
                }
                inputRange = 0..<count
            }
            let range = inputRange
            let stream = stream
            let (taken, given) = try input.withUnsafeMutableBytes {
                try stream.inflate(
                    UnsafeMutableRawBufferPointer(rebasing: $0[range]),
                    into: buffer
                )
            }
            inputRange = inputRange.lowerBound + taken..<inputRange.upperBound
            unpackedCount += given
            guard unpackedCount <= GzipSource.maximumUnpackedByteCount else {
                throw RoutingError.partTooLarge("gzip")
            }
            if given > 0 { return given }
        }
        return 0
    }
}

/// The state of zlib's inflate, freed with its owner.
private final class GzipStream {
    private var stream = z_stream()
    private(set) var isBetweenMembers = false

    init() {
        // 31: a gzip header and a window of 32 KiB.
        inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    }

    deinit {
        inflateEnd(&stream)
    }

    func inflate(
        _ input: UnsafeMutableRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) throws(RoutingError) -> (taken: Int, given: Int) {
        if isBetweenMembers { inflateReset(&stream) }
        let space = min(output.count, Int(UInt32.max))
        stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(space)
        let status = CZlib.inflate(&stream, Z_NO_FLUSH)
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
            throw .damagedMap("gzip \(status)")
        }
        isBetweenMembers = status == Z_STREAM_END
        return (input.count - Int(stream.avail_in), space - Int(stream.avail_out))
    }
}
