import Basics
import CZlib

/// Writes a ZIP archive as a stream: each part is deflated as it comes, its sizes follow it in a
/// data descriptor.
public struct ZipWriter {
    private static let maximumSize = Int(UInt32.max) - 1
    private static let blockBytes = 65_536

    private struct Entry {
        let name: [UInt8]
        let headerOffset: Int
        var checksum: UInt = 0
        var packedSize = 0
        var size = 0
    }

    private let sink: ([UInt8]) throws -> Void
    private let level: Int32
    private var offset = 0
    private var entries: [Entry] = []
    private var deflater: DeflateStream?
    private var packed: [UInt8]

    /// Creates a writer with zlib's level, from 1 (fast) to 9 (small).
    public init(level: Int, sink: @escaping ([UInt8]) throws -> Void) {
        self.level = Int32(max(1, min(9, level)))
        self.sink = sink
        packed = [UInt8](repeating: 0, count: ZipWriter.blockBytes)
    }

    /// Begins a part; parts follow one another.
    public mutating func begin(_ name: String) throws {
        let entry = Entry(name: Array(name.utf8), headerOffset: offset)
        // Bit 3: sizes follow the data. The date is fixed, so that equal parts give equal files.
        var header = LittleEndianWriter()
        header.u32(0x0403_4B50)
        header.u16(20, 0x0808, 8, 0, ZipWriter.fixedDate)
        header.u32(0, 0, 0)
        header.u16(entry.name.count, 0)
        try put(header.bytes + entry.name)
        entries.append(entry)
        deflater = DeflateStream(level: level)
    }

    /// Adds content to the part.
    public mutating func write(_ bytes: [UInt8]) throws {
        guard let last = entries.indices.last, !bytes.isEmpty else { return }
        entries[last].size += bytes.count
        entries[last].checksum = bytes.withUnsafeBytes {
            crc32_z(entries[last].checksum, $0.baseAddress, $0.count)
        }
        try deflate(bytes, isLast: false)
    }

    /// Ends the part.
    public mutating func end() throws {
        guard let last = entries.indices.last else { return }
        try deflate([], isLast: true)
        deflater = nil
        let entry = entries[last]
        guard entry.size <= ZipWriter.maximumSize, offset <= ZipWriter.maximumSize else {
            throw PackagingError(
                .notWritable,
                Bilingual(
                    "압축 파일이 4GB를 넘습니다.",
                    "The archive exceeds 4 GB."
                )
            )
        }
        var descriptor = LittleEndianWriter()
        descriptor.u32(0x0807_4B50, Int(entry.checksum), entry.packedSize, entry.size)
        try put(descriptor.bytes)
    }

    /// Writes the central directory.
    public mutating func finish() throws {
        let start = offset
        for entry in entries {
            var header = LittleEndianWriter()
            header.u32(0x0201_4B50)
            header.u16(20, 20, 0x0808, 8, 0, ZipWriter.fixedDate)
            header.u32(Int(entry.checksum), entry.packedSize, entry.size)
            header.u16(entry.name.count, 0, 0, 0, 0)
            header.u32(0, entry.headerOffset)
            try put(header.bytes + entry.name)
        }
        var end = LittleEndianWriter()
        end.u32(0x0605_4B50)
        end.u16(0, 0, entries.count, entries.count)
        end.u32(offset - start, start)
        end.u16(0)
        try put(end.bytes)
    }

    /// 1980-01-01, the first date that MS-DOS knows.
    private static let fixedDate = 0x0021

    private mutating func put(_ bytes: [UInt8]) throws {
        offset += bytes.count
        try sink(bytes)
    }

    private mutating func deflate(_ bytes: [UInt8], isLast: Bool) throws {
        guard let deflater, let last = entries.indices.last else { return }
        var rest = 0
        while true {
            let (taken, given, isDone) = bytes.withUnsafeBytes { input in
                packed.withUnsafeMutableBytes { output in
                    deflater.deflate(
                        UnsafeRawBufferPointer(rebasing: input[rest...]),
                        into: output,
                        isLast: isLast
                    )
                }
            }
            rest += taken
            if given > 0 {
                entries[last].packedSize += given
                try put(Array(packed[..<given]))
            }
            // Less than a full block of output means that zlib has nothing more to give.
            if isDone || (!isLast && given < packed.count) { return }
        }
    }
}

/// The state of zlib's deflate, freed with its owner.
private final class DeflateStream {
    private var stream = z_stream()

    init(level: Int32) {
        deflateInit2_(
            &stream,
            level,
            Z_DEFLATED,
            -15,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
    }

    deinit {
        deflateEnd(&stream)
    }

    func deflate(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        isLast: Bool
    ) -> (taken: Int, given: Int, isDone: Bool) {
        // zlib's prototype lacks const; it does not write to its input.
        stream.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        )
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(output.count)
        let status = CZlib.deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
        return (
            input.count - Int(stream.avail_in), output.count - Int(stream.avail_out),
            status == Z_STREAM_END
        )
    }
}

/// Collects little-endian integers.
private struct LittleEndianWriter {
    private(set) var bytes: [UInt8] = []

    mutating func u16(_ values: Int...) {
        for value in values {
            bytes.append(UInt8(truncatingIfNeeded: value))
            bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        }
    }

    mutating func u32(_ values: Int...) {
        for value in values { u16(value, value >> 16) }
    }
}
