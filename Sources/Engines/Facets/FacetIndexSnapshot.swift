/// An index as bytes, so that a server that starts need not build it again.
///
/// Layout, little-endian: the magic `HKFACETS`, a version (UInt32), a checksum of what follows
/// (UInt64), the schema, the labels and combinations of each dimension, the numbers, the bits of the
/// rows not removed, then the columns; every array stands behind its element count (UInt64).
extension FacetIndex {
    private static let magic: [UInt8] = Array("HKFACETS".utf8)
    private static let version: UInt32 = 1
    private static let headerByteCount = 8 + 4 + 8

    /// The index as bytes: `init(snapshot:)` reads them.
    public var snapshot: [UInt8] {
        var writer = SnapshotWriter()
        writer.write(schema)
        for vocabulary in vocabularies {
            writer.write(vocabulary.labels)
            writer.write(vocabulary.masks)
        }
        writer.writeRaw([UInt64(rowCount)])
        for column in numbers { writer.write(column) }
        writer.write(live.bitset)
        for column in columns { writer.write(column.cells) }
        var header = SnapshotWriter()
        header.writeRaw(Self.magic)
        header.writeRaw([Self.version])
        header.writeRaw([SnapshotChecksum.of(writer.bytes[...])])
        return header.bytes + writer.bytes
    }

    /// Reads an index from bytes; fails where they are of another kind or version, or damaged.
    public init(snapshot bytes: [UInt8]) throws(FacetsError) {
        var reader = SnapshotReader(bytes: bytes)
        guard bytes.count >= Self.headerByteCount, bytes.starts(with: Self.magic) else {
            throw .unreadableSnapshot("not a snapshot of a facet index")
        }
        reader.offset = Self.magic.count
        guard let version = reader.readRaw(UInt32.self), version == Self.version else {
            throw .unreadableSnapshot("another version than \(Self.version)")
        }
        guard let checksum = reader.readRaw(UInt64.self),
            checksum == SnapshotChecksum.of(bytes[Self.headerByteCount...])
        else { throw .unreadableSnapshot("the checksum differs") }
        guard let schema = try reader.readSchema(),
            let vocabularies = try reader.readVocabularies(schema),
            let index = reader.readRows(schema, vocabularies), reader.isAtEnd
        else { throw .unreadableSnapshot("the parts do not fit together") }
        self = index
    }
}

extension SnapshotWriter {
    fileprivate mutating func write(_ schema: FacetSchema) {
        write(schema.numbers)
        write(schema.dimensions.map(\.name))
        for dimension in schema.dimensions {
            switch dimension.kind {
            case .single: writeRaw([UInt8(0)])
            case .multiple: writeRaw([UInt8(1)])
            case .bands(let number, let cuts, let labels):
                writeRaw([UInt8(2)])
                write([number])
                write(cuts)
                write(labels)
            }
        }
    }
}

extension SnapshotReader {
    fileprivate mutating func readSchema() throws(FacetsError) -> FacetSchema? {
        guard let numbers = readTexts(), let names = readTexts() else { return nil }
        var dimensions: [FacetSchema.Dimension] = []
        for name in names {
            switch readRaw(UInt8.self) {
            case 0: dimensions.append(.single(name))
            case 1: dimensions.append(.multiple(name))
            case 2:
                guard let number = readTexts()?.first, let cuts = read(Int64.self),
                    let labels = readTexts()
                else { return nil }
                dimensions.append(.bands(name, of: number, cuts: cuts, labels: labels))
            default: return nil
            }
        }
        return try FacetSchema(dimensions: dimensions, numbers: numbers)
    }

    fileprivate mutating func readVocabularies(
        _ schema: FacetSchema
    ) throws(FacetsError) -> [Vocabulary]? {
        var vocabularies: [Vocabulary] = []
        for dimension in schema.dimensions {
            var vocabulary = Vocabulary(dimension.kind)
            guard let labels = readTexts(), let masks = read(UInt64.self) else { return nil }
            for label in labels { _ = try vocabulary.intern(label) }
            for mask in masks {
                guard labels.count == 64 || mask >> UInt64(labels.count) == 0 else { return nil }
                _ = try vocabulary.digit(ofMask: mask)
            }
            guard vocabulary.labels == labels, vocabulary.masks == masks else { return nil }
            vocabularies.append(vocabulary)
        }
        return vocabularies
    }

    fileprivate mutating func readRows(
        _ schema: FacetSchema,
        _ vocabularies: [Vocabulary]
    ) -> FacetIndex? {
        guard let rowCount = readRaw(UInt64.self).flatMap({ Int(exactly: $0) }),
            rowCount <= FacetIndex.maximumRowCount
        else { return nil }
        var numbers: [[Int64]] = []
        for _ in schema.numbers {
            guard let column = read(Int64.self), column.count == rowCount, fits(column) else {
                return nil
            }
            numbers.append(column)
        }
        guard let live = read(UInt64.self), live.count == (rowCount + 63) / 64,
            rowCount & 63 == 0 || (live.last ?? 0) >> UInt64(rowCount & 63) == 0
        else { return nil }
        let digitCounts = vocabularies.map(\.digitCount)
        var columns: [CombinationColumn] = []
        for dimensions in CombinationColumn.plan(digitCounts: digitCounts) {
            let cellCount = dimensions.reduce(1) { $0 * max(1, digitCounts[$1]) }
            guard let cells = read(UInt16.self), cells.count == rowCount,
                cells.allSatisfy({ Int($0) < cellCount })
            else { return nil }
            columns.append(
                CombinationColumn(
                    dimensions: dimensions,
                    cells: cells,
                    digitCounts: digitCounts,
                    numbers: numbers,
                    live: live
                )
            )
        }
        return FacetIndex(
            schema: schema,
            vocabularies: vocabularies,
            columns: columns,
            numbers: numbers,
            live: RowSet(bitset: live),
            rowCount: rowCount
        )
    }

    /// Whether the magnitudes of a number add up within 64 bits, as the builder makes sure.
    private func fits(_ column: [Int64]) -> Bool {
        var sum: UInt64 = 0
        for number in column {
            let (next, overflow) = sum.addingReportingOverflow(number.magnitude)
            guard !overflow, next <= UInt64(Int64.max) else { return false }
            sum = next
        }
        return true
    }
}
