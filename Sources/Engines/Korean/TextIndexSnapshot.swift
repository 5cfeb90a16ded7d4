import Basics

/// An index as bytes or a file, so that a server that starts need not build it again.
///
/// Layout, little-endian: the magic `HKTEXTIX`, a version (UInt32), 4 bytes 0, a checksum of what
/// follows (UInt64), the configuration and counts (UInt32 each), the sizes of the segments (UInt64
/// each), the segments as they lie in memory. Every part begins at a multiple of 8 bytes, so that a
/// mapped file is searched in place.
extension TextIndex {
    private static let magic: [UInt8] = Array("HKTEXTIX".utf8)
    private static let version: UInt32 = 1
    private static let headerByteCount = 24
    private static let fieldCount = 8

    /// The index as bytes: `init(snapshot:)` reads them.
    public var snapshot: [UInt8] {
        var writer = SnapshotWriter()
        writer.writeAligned([
            configuration.stems.k1.bitPattern, configuration.stems.b.bitPattern,
            configuration.bigrams.k1.bitPattern, configuration.bigrams.b.bitPattern,
            configuration.bigramWeight.bitPattern,
            UInt32(configuration.titleWeight) | UInt32(configuration.headingWeight) << 8
                | UInt32(configuration.bodyWeight) << 16,
            nextNumber, UInt32(segments.count),
        ])
        writer.writeAligned(segments.map { UInt64($0.storage.bytes.count) })
        for segment in segments { writer.writeRaw(Array(segment.storage.bytes)) }
        var header = SnapshotWriter()
        header.writeRaw(Self.magic)
        header.writeRaw([Self.version, 0])
        header.writeRaw([SnapshotChecksum.of(writer.bytes[...])])
        return header.bytes + writer.bytes
    }

    /// Writes a snapshot to a file; a reader finds the old file or the new one, never a part.
    ///
    /// - Throws: `KoreanError` of code `unwritableSnapshot`.
    public func writeSnapshot(to path: String) throws(KoreanError) {
        guard SystemFile.replace(path, with: snapshot) else {
            throw KoreanError(
                .unwritableSnapshot,
                Bilingual(
                    "검색 색인을 저장하지 못했습니다. 저장 공간과 권한을 확인해 주세요.",
                    "The search index could not be stored. Please check space and permissions."
                ),
                context: path
            )
        }
    }

    /// Reads an index from bytes, which it copies.
    ///
    /// - Throws: `KoreanError` of code `unreadableSnapshot` where the bytes are of another kind or
    ///   version, or damaged.
    public init(snapshot bytes: [UInt8]) throws(KoreanError) {
        try self.init(storage: bytes.withUnsafeBytes { PostingStorage(copying: $0) })
    }

    /// Maps a snapshot file into memory and searches it in place; several processes share its pages.
    ///
    /// The file must not be changed while it is mapped: replace it, as `writeSnapshot(to:)` does.
    ///
    /// - Throws: `KoreanError` of code `unreadableSnapshot` where the file cannot be read, or is of
    ///   another kind or version, or damaged.
    public init(mappingSnapshotAt path: String) throws(KoreanError) {
        guard let storage = PostingStorage(mapping: path) else {
            throw .unreadableSnapshot("no file at \(path)")
        }
        try self.init(storage: storage)
    }

    private init(storage: PostingStorage) throws(KoreanError) {
        let bytes = storage.bytes
        guard bytes.count >= Self.headerByteCount, bytes.starts(with: Self.magic) else {
            throw .unreadableSnapshot("not a snapshot of a text index")
        }
        guard bytes.load(fromByteOffset: 8, as: UInt64.self) == UInt64(Self.version) else {
            throw .unreadableSnapshot("another version than \(Self.version)")
        }
        let body = UnsafeRawBufferPointer(rebasing: bytes[Self.headerByteCount...])
        guard bytes.load(fromByteOffset: 16, as: UInt64.self) == SnapshotChecksum.of(body) else {
            throw .unreadableSnapshot("the checksum differs")
        }
        var reader = SegmentLayout(bytes: body)
        guard let fields = reader.part(of: UInt32.self, count: Self.fieldCount),
            let sizes = reader.part(of: UInt64.self, count: Int(fields[7]))
        else { throw .unreadableSnapshot("the header is cut off") }
        let configuration = Configuration(snapshotFields: fields)
        guard configuration.isValid, fields[6] <= UInt32(Self.maximumDocumentCount) else {
            throw .unreadableSnapshot("the configuration is out of its ranges")
        }
        var segments: [PostingSegment] = []
        var offset = Self.headerByteCount + reader.offset
        var least: UInt32 = 0
        for (place, size) in sizes.enumerated() {
            guard let count = Int(exactly: size), count & 7 == 0, count <= bytes.count - offset,
                let segment = PostingSegment(
                    storage: PostingStorage(offset..<(offset + count), of: storage)
                ), segment.isConsistent(numbers: least..<fields[6])
            else { throw .unreadableSnapshot("segment \(place) is damaged") }
            least = (segment.numbers.last ?? 0) + 1
            offset += count
            segments.append(segment)
        }
        guard offset == bytes.count else {
            throw .unreadableSnapshot("the parts do not fit together")
        }
        self.init(configuration, segments: segments, nextNumber: fields[6])
    }
}

extension TextIndex.Configuration {
    fileprivate init(snapshotFields fields: UnsafeBufferPointer<UInt32>) {
        self.init()
        stems = BM25(k1: Float(bitPattern: fields[0]), b: Float(bitPattern: fields[1]))
        bigrams = BM25(k1: Float(bitPattern: fields[2]), b: Float(bitPattern: fields[3]))
        bigramWeight = Float(bitPattern: fields[4])
        titleWeight = UInt8(truncatingIfNeeded: fields[5])
        headingWeight = UInt8(truncatingIfNeeded: fields[5] >> 8)
        bodyWeight = UInt8(truncatingIfNeeded: fields[5] >> 16)
    }
}
