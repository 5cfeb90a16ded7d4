import CZlib

/// Unpacks one raw DEFLATE stream (RFC 1951) and refuses what unpacks to more than is allowed.
struct Inflater: ByteSource {
    private static let inputBytes = 65_536
    /// A part this small is harmless at any ratio.
    private static let ratioGraceBytes = 4_194_304

    private var packed: SequentialSource
    private let stream = InflateStream()
    private var input = [UInt8](repeating: 0, count: Inflater.inputBytes)
    private var inputRange = 0..<0
    private var packedCount = 0
    private var unpackedCount = 0
    private var checksum: UInt = 0
    private var isAtEnd = false
    private let entry: ZipArchive.Entry
    private let limits: ZipLimits

    init(_ packed: SequentialSource, entry: ZipArchive.Entry, limits: ZipLimits) {
        self.packed = packed
        self.entry = entry
        self.limits = limits
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while !isAtEnd, !buffer.isEmpty {
            if inputRange.isEmpty {
                let count = try input.withUnsafeMutableBytes { try packed.read(into: $0) }
                inputRange = 0..<count
                packedCount += count
            }
            let isStarved = inputRange.isEmpty
            let (taken, given, status) = input.withUnsafeBytes {
                stream.inflate(UnsafeRawBufferPointer(rebasing: $0[inputRange]), into: buffer)
            }
            inputRange = inputRange.lowerBound + taken..<inputRange.upperBound
            unpackedCount += given
            checksum = crc32_z(checksum, buffer.baseAddress, given)
            try checkSize()
            switch status {
            case Z_STREAM_END:
                isAtEnd = true
                guard checksum == UInt(entry.checksum), unpackedCount == entry.size else {
                    throw PackagingError.damagedArchive("checksum or size of \(entry.name)")
                }
            case Z_OK, Z_BUF_ERROR:
                if given == 0, isStarved {
                    throw PackagingError.damagedArchive("\(entry.name) ends")
                }
            default:
                throw PackagingError.damagedArchive("inflate \(entry.name): \(status)")
            }
            if given > 0 { return given }
        }
        return 0
    }

    /// The header of an archive may lie about sizes: what counts is what comes out.
    private func checkSize() throws {
        if unpackedCount > entry.size {
            throw PackagingError.damagedArchive("\(entry.name) exceeds its stated size")
        }
        let isBomb =
            unpackedCount > limits.maximumUncompressedBytes
            || unpackedCount > Inflater.ratioGraceBytes
                && unpackedCount / limits.maximumCompressionRatio > packedCount
        if isBomb { throw PackagingError.compressionBomb(entry.name) }
    }
}

/// The state of zlib's inflate, freed with its owner.
private final class InflateStream {
    private var stream = z_stream()

    init() {
        // −15: a raw stream with a window of 32 KiB.
        inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    }

    deinit {
        inflateEnd(&stream)
    }

    func inflate(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer)
        -> (taken: Int, given: Int, status: Int32)
    {
        let space = min(output.count, Int(UInt32.max))
        // zlib's prototype lacks const; it does not write to its input.
        stream.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        )
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(space)
        let status = CZlib.inflate(&stream, Z_NO_FLUSH)
        return (input.count - Int(stream.avail_in), space - Int(stream.avail_out), status)
    }
}
