import Basics

/// The central directory of a ZIP archive (PKWARE APPNOTE 6.3) as far as office documents use it: stored
/// and deflated parts, ZIP64 fields, no encryption, one volume.
public struct ZipArchive: Sendable {
    /// One file of the archive.
    struct Entry: Sendable {
        let name: String
        let isDeflated: Bool
        let checksum: UInt32
        let packedSize: Int
        let size: Int
        let headerOffset: Int
    }

    private static let maximumEntryCount = 20_000
    private static let maximumDirectoryBytes = 8_388_608
    private static let endRecordBytes = 22
    private static let maximumCommentBytes = 65_535

    private let bytes: any RandomAccessBytes
    private let limits: ZipLimits
    private var entries: [String: Entry] = [:]

    /// Opens an archive by its central directory; nothing is unpacked yet.
    ///
    /// - Throws: `PackagingError` `damagedArchive`, `compressionBomb` or `encrypted`.
    public init(_ bytes: any RandomAccessBytes, limits: ZipLimits = ZipLimits()) throws {
        self.bytes = bytes
        self.limits = limits
        let (offset, count, size) = try ZipArchive.directory(of: bytes)
        guard count <= ZipArchive.maximumEntryCount, size <= ZipArchive.maximumDirectoryBytes else {
            throw PackagingError.compressionBomb("\(count) entries, \(size) bytes of directory")
        }
        let directory = LittleEndianBytes(try bytes.bytes(at: offset, count: size))
        var at = 0
        for _ in 0..<count {
            let entry = try ZipArchive.entry(directory, &at)
            try check(entry)
            // The names of parts do not depend on case (ISO/IEC 29500-2).
            entries[ZipArchive.key(entry.name)] = entry
        }
    }

    /// The names of the parts, sorted.
    public var names: [String] { entries.values.map(\.name).sorted() }

    /// Whether the archive holds a part.
    public func contains(_ name: String) -> Bool { entries[ZipArchive.key(name)] != nil }

    /// The stream of a small part that describes others: relationships, styles.
    public func metadata(_ name: String) throws -> (any ByteSource)? {
        if let entry = entries[ZipArchive.key(name)], entry.size > limits.maximumMetadataBytes {
            throw PackagingError.compressionBomb("\(entry.name) states \(entry.size) bytes")
        }
        return try part(name)
    }

    /// The stream of a part's content, unpacked and checked as it is read; nothing where it is
    /// absent.
    public func part(_ name: String) throws -> (any ByteSource)? {
        guard let entry = entries[ZipArchive.key(name)] else { return nil }
        let header = LittleEndianBytes(try bytes.bytes(at: entry.headerOffset, count: 30))
        guard header.count == 30, header.u32(0) == 0x0403_4B50 else {
            throw PackagingError.damagedArchive("local header of \(entry.name)")
        }
        let start = entry.headerOffset + 30 + header.u16(26) + header.u16(28)
        guard start + entry.packedSize <= bytes.size else {
            throw PackagingError.damagedArchive("\(entry.name) reaches past the end")
        }
        let packed = SequentialSource(bytes, range: start..<start + entry.packedSize)
        if entry.isDeflated { return Inflater(packed, entry: entry, limits: limits) }
        guard entry.packedSize == entry.size else {
            throw PackagingError.damagedArchive("stored size of \(entry.name)")
        }
        return packed
    }

    private static func key(_ name: String) -> String {
        let name = name.lowercased()
        return name.hasPrefix("/") ? String(name.dropFirst()) : name
    }

    private func check(_ entry: Entry) throws {
        if entry.size > limits.maximumUncompressedBytes {
            throw PackagingError.compressionBomb("\(entry.name) states \(entry.size) bytes")
        }
        guard entry.headerOffset + 30 + entry.packedSize <= bytes.size else {
            throw PackagingError.damagedArchive("\(entry.name) reaches past the end")
        }
    }

    /// Finds the central directory by the end record, which a comment of any length may follow.
    private static func directory(of bytes: any RandomAccessBytes) throws
        -> (offset: Int, count: Int, size: Int)
    {
        let start = max(0, bytes.size - endRecordBytes - maximumCommentBytes)
        let tail = LittleEndianBytes(try bytes.bytes(at: start, count: bytes.size - start))
        var at = tail.count - endRecordBytes
        while at >= 0, tail.u32(at) != 0x0605_4B50 { at -= 1 }
        guard at >= 0 else { throw PackagingError.damagedArchive("no end of central directory") }
        var (count, size, offset) = (tail.u16(at + 10), tail.u32(at + 12), tail.u32(at + 16))
        if at >= 20, tail.u32(at - 20) == 0x0706_4B50 {
            let record = LittleEndianBytes(
                try bytes.bytes(at: try bounded(tail.u64(at - 20 + 8)), count: 56)
            )
            guard record.count == 56, record.u32(0) == 0x0606_4B50 else {
                throw PackagingError.damagedArchive("ZIP64 end of central directory")
            }
            count = try bounded(record.u64(32))
            size = try bounded(record.u64(40))
            offset = try bounded(record.u64(48))
        }
        guard offset <= bytes.size, size <= bytes.size - offset else {
            throw PackagingError.damagedArchive("central directory out of bounds")
        }
        return (offset, count, size)
    }

    private static func entry(_ directory: LittleEndianBytes, _ at: inout Int) throws -> Entry {
        guard at + 46 <= directory.count, directory.u32(at) == 0x0201_4B50 else {
            throw PackagingError.damagedArchive("central directory entry at \(at)")
        }
        let nameStart = at + 46
        let extraStart = nameStart + directory.u16(at + 28)
        let extraEnd = extraStart + directory.u16(at + 30)
        guard extraEnd <= directory.count else {
            throw PackagingError.damagedArchive("central directory entry at \(at)")
        }
        let name = String(decoding: directory[nameStart..<extraStart], as: UTF8.self)
        let method = directory.u16(at + 10)
        if directory.u16(at + 8) & 1 != 0 {
            throw PackagingError(
                .encrypted,
                Bilingual(
                    "암호가 걸린 압축 파일입니다. 암호를 푼 뒤 다시 올려 주십시오.",
                    "The archive is under a password; remove it and try again."
                ),
                context: name
            )
        }
        guard method == 0 || method == 8 else {
            throw PackagingError.damagedArchive("compression method \(method) of \(name)")
        }
        var sizes = [directory.u32(at + 24), directory.u32(at + 20), directory.u32(at + 42)]
        try resolveZip64(&sizes, directory, extraStart..<extraEnd)
        let entry = Entry(
            name: name,
            isDeflated: method == 8,
            checksum: UInt32(directory.u32(at + 16)),
            packedSize: sizes[1],
            size: sizes[0],
            headerOffset: sizes[2]
        )
        at = extraEnd + directory.u16(at + 32)
        return entry
    }

    /// Replaces the sizes that are FFFFFFFF by those of the ZIP64 extra field, in its order.
    private static func resolveZip64(
        _ sizes: inout [Int],
        _ directory: LittleEndianBytes,
        _ extra: Range<Int>
    ) throws {
        var at = extra.lowerBound
        while at + 4 <= extra.upperBound {
            let end = at + 4 + directory.u16(at + 2)
            guard end <= extra.upperBound else { return }
            if directory.u16(at) == 1 {
                var field = at + 4
                for index in sizes.indices where sizes[index] == 0xFFFF_FFFF && field + 8 <= end {
                    sizes[index] = try bounded(directory.u64(field))
                    field += 8
                }
            }
            at = end
        }
    }

    /// A 64-bit size as an `Int` that sums of sizes cannot overflow.
    private static func bounded(_ value: UInt64) throws -> Int {
        guard value < 1 << 48 else {
            throw PackagingError.compressionBomb("a ZIP64 size of \(value) bytes")
        }
        return Int(value)
    }
}

/// Little-endian integers at places of a byte array.
public struct LittleEndianBytes {
    private let bytes: [UInt8]

    /// Creates from an array.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The count of bytes.
    public var count: Int { bytes.count }

    /// The bytes of a range.
    public subscript(range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

    /// The 16-bit integer at an offset.
    public func u16(_ at: Int) -> Int { Int(bytes[at]) | Int(bytes[at + 1]) << 8 }

    /// The 32-bit integer at an offset.
    public func u32(_ at: Int) -> Int { u16(at) | u16(at + 2) << 16 }

    /// The 64-bit integer at an offset.
    public func u64(_ at: Int) -> UInt64 { UInt64(u32(at)) | UInt64(u32(at + 4)) << 32 }
}
