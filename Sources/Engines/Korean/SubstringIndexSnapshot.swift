/// An index as bytes, so that a server that starts need not build it again.
///
/// Layout, little-endian: the magic `HKSUBSTR`, a version (UInt32), a checksum of what follows
/// (UInt64), the number of segments, the bits of the rows not removed, then for each segment its
/// parts, every array behind its element count (UInt64).
extension SubstringIndex {
    private static let magic: [UInt8] = Array("HKSUBSTR".utf8)
    private static let version: UInt32 = 1
    private static let headerByteCount = 8 + 4 + 8

    /// The index as bytes: `init(snapshot:)` reads them.
    public var snapshot: [UInt8] {
        var writer = SnapshotWriter()
        writer.write([UInt64(segments.count)])
        writer.write(live)
        for segment in segments {
            writer.write([UInt64(segment.indexedRowCount)])
            writer.write(segment.rows.units)
            writer.write(segment.rows.ends)
            writer.write(segment.rows.spaces)
            writer.write(segment.postings.keys)
            writer.write(segment.postings.counts)
            writer.write(segment.postings.places)
            writer.write(segment.postings.lists)
            writer.write(segment.postings.bitmaps)
        }
        var header = SnapshotWriter()
        header.writeRaw(Self.magic)
        header.writeRaw([Self.version])
        header.writeRaw([SnapshotChecksum.of(writer.bytes[...])])
        return header.bytes + writer.bytes
    }

    /// Reads an index from bytes; fails where they are of another kind or version, or damaged.
    public init(snapshot bytes: [UInt8]) throws(KoreanError) {
        var reader = SnapshotReader(bytes: bytes)
        guard bytes.count >= Self.headerByteCount, bytes.starts(with: Self.magic) else {
            throw .unreadableSnapshot("not a snapshot of a substring index")
        }
        reader.offset = Self.magic.count
        guard let version = reader.readRaw(UInt32.self), version == Self.version else {
            throw .unreadableSnapshot("another version than \(Self.version)")
        }
        guard let checksum = reader.readRaw(UInt64.self),
            checksum == SnapshotChecksum.of(bytes[Self.headerByteCount...])
        else { throw .unreadableSnapshot("the checksum differs") }
        guard let count = reader.read(UInt64.self)?.first,
            count <= UInt64(Self.maximumRowCount >> 16),
            let live = reader.read(UInt64.self),
            live.count == Int(count) * BigramPostings.wordCount
        else { throw .unreadableSnapshot("the header is cut off") }
        var segments: [SubstringSegment] = []
        for number in 0..<Int(count) {
            let isLast = number + 1 == Int(count)
            guard let segment = reader.readSegment(isLast: isLast) else {
                throw .unreadableSnapshot("segment \(number) is damaged")
            }
            segments.append(segment)
        }
        let rowCount = segments.reduce(0) { $0 + $1.rows.rowCount }
        guard reader.isAtEnd, Self.liveRowsEnd(live) <= rowCount else {
            throw .unreadableSnapshot("the parts do not fit together")
        }
        self.init(segments: segments, live: live)
    }

    private static func liveRowsEnd(_ live: [UInt64]) -> Int {
        guard let word = live.lastIndex(where: { $0 != 0 }) else { return 0 }
        return (word + 1) * 64 - live[word].leadingZeroBitCount
    }
}

extension SnapshotReader {
    fileprivate mutating func readSegment(isLast: Bool) -> SubstringSegment? {
        guard let indexedRowCount = read(UInt64.self)?.first.flatMap({ Int(exactly: $0) }),
            let units = read(UInt16.self), let ends = read(UInt32.self),
            let spaces = read(UInt64.self),
            let rows = FoldedRows(units: units, ends: ends, spaces: spaces),
            rows.rowCount <= BigramPostings.maximumRowCount,
            isLast || rows.rowCount == BigramPostings.maximumRowCount,
            indexedRowCount <= rows.rowCount, let keys = read(UInt32.self),
            let counts = read(UInt32.self), let places = read(UInt32.self),
            let lists = read(UInt16.self), let bitmaps = read(UInt64.self)
        else { return nil }
        let postings = BigramPostings(
            keys: keys,
            counts: counts,
            places: places,
            lists: lists,
            bitmaps: bitmaps
        )
        guard postings.isConsistent(rowCount: indexedRowCount) else { return nil }
        return SubstringSegment(rows: rows, postings: postings, indexedRowCount: indexedRowCount)
    }
}
