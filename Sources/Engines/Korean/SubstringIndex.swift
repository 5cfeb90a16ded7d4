import Basics

/// Finds any substring in a million short texts: one syllable, a part of a word, several words.
///
/// The index keeps, for every two adjacent letters, the rows that hold them, and the folded texts,
/// which decide where letters might lie apart. It is an immutable value: `appending`, `removing` and
/// `replacing` return a new index that shares what did not change, so that queries may run on one
/// while the next is made. Row numbers are the order of insertion and never change.
public struct SubstringIndex: Sendable {
    /// The most rows, removed ones included.
    public static let maximumRowCount = 1 << 24
    /// The longest text, in bytes of UTF-8.
    public static let maximumTextByteCount = 16_384

    let segments: [SubstringSegment]
    /// Bit i: row i has not been removed; whole segments, bits past the last row 0.
    let live: [UInt64]

    /// The number of rows, removed ones included: the row numbers are below it.
    public let rowCount: Int
    /// The number of rows removed; when it grows past a fourth, a rebuilt index is smaller.
    public let removedRowCount: Int

    /// Creates an index without rows.
    public init() {
        self.init(segments: [], live: [])
    }

    /// Builds an index of texts; row numbers are their positions.
    public init(_ texts: some Sequence<String>) throws(KoreanError) {
        var builder = Builder()
        for text in texts { try builder.append(text) }
        self = builder.finish()
    }

    init(segments: [SubstringSegment], live: [UInt64]) {
        self.segments = segments
        self.live = live
        rowCount = segments.reduce(0) { $0 + $1.rows.rowCount }
        removedRowCount = rowCount - live.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// The rows that match a query; every row not removed for the empty query.
    public func matches(_ query: SubstringQuery) -> SubstringMatches {
        var bitset = live
        var scratch = [UInt64](repeating: 0, count: BigramPostings.wordCount)
        bitset.withUnsafeMutableBufferPointer { bitset in
            scratch.withUnsafeMutableBufferPointer { scratch in
                for (number, segment) in segments.enumerated() {
                    let start = number * BigramPostings.wordCount
                    segment.keepMatches(
                        query.terms,
                        in: .init(rebasing: bitset[start..<(start + BigramPostings.wordCount)]),
                        scratch: scratch
                    )
                }
            }
        }
        return SubstringMatches(bitset: bitset)
    }

    /// An index with more texts; their row numbers follow those of this one.
    public func appending(_ texts: some Sequence<String>) throws(KoreanError) -> SubstringIndex {
        try replacing(removed: [], added: texts)
    }

    /// An index without some rows; to remove a row twice changes nothing.
    public func removing(_ rows: some Sequence<UInt32>) throws(KoreanError) -> SubstringIndex {
        try replacing(removed: rows, added: EmptyCollection())
    }

    /// An index without some rows and with more texts: what a new edition of a list needs.
    public func replacing(
        removed: some Sequence<UInt32>,
        added: some Sequence<String>
    ) throws(KoreanError) -> SubstringIndex {
        var live = live
        for row in removed {
            guard row < rowCount else {
                throw KoreanError(
                    .unknownRow,
                    Bilingual("검색 색인에 없는 항목입니다.", "The search index has no such row."),
                    context: "row \(row) of \(rowCount)"
                )
            }
            live[Int(row >> 6)] &= ~(1 << UInt64(row & 63))
        }
        var builder = Builder(SubstringIndex(segments: segments, live: live))
        for text in added { try builder.append(text) }
        return builder.finish()
    }
}

extension SubstringIndex {
    /// Collects texts for an index.
    public struct Builder {
        private var segments: [SubstringSegment]
        private var live: [UInt64]
        /// The segment that the open rows continue.
        private var continued: SubstringSegment?
        private var open: FoldedRows
        private var openedRowCount: Int

        /// Begins an index without rows.
        public init() {
            self.init(SubstringIndex())
        }

        /// Continues an index.
        public init(_ index: SubstringIndex) {
            segments = index.segments
            live = index.live
            open = FoldedRows()
            openedRowCount = 0
            if let last = segments.last, last.rows.rowCount < BigramPostings.maximumRowCount {
                continued = last
            }
        }

        /// The number of rows so far, which is the next row's number.
        public var rowCount: Int {
            let closed = segments.count - (continued == nil ? 0 : 1)
            let open = openedRowCount == 0 ? continued?.rows.rowCount ?? 0 : open.rowCount
            return closed * BigramPostings.maximumRowCount + open
        }

        /// Adds a text as the next row.
        public mutating func append(_ text: String) throws(KoreanError) {
            try checkLimits(byteCount: text.utf8.count)
            var text = text
            text.withUTF8 { add($0) }
        }

        /// Adds the bytes of a text, UTF-8, as the next row; a byte that is not UTF-8 reads U+FFFD.
        public mutating func append(utf8 bytes: UnsafeBufferPointer<UInt8>) throws(KoreanError) {
            try checkLimits(byteCount: bytes.count)
            add(bytes)
        }

        private func checkLimits(byteCount: Int) throws(KoreanError) {
            guard byteCount <= maximumTextByteCount else {
                throw KoreanError(
                    .textTooLong,
                    Bilingual(
                        "검색할 글이 너무 깁니다. \(maximumTextByteCount.grouped)바이트 이하만 찾을 수 있습니다.",
                        "The text is too long to be searched: at most \(maximumTextByteCount.grouped) bytes."
                    ),
                    context: "\(byteCount) bytes at row \(rowCount)"
                )
            }
            guard rowCount < maximumRowCount else {
                throw KoreanError(
                    .tooManyRows,
                    Bilingual(
                        "검색 색인에는 \(maximumRowCount.grouped)건까지 담을 수 있습니다.",
                        "A search index holds at most \(maximumRowCount.grouped) rows."
                    ),
                    context: "row \(rowCount)"
                )
            }
        }

        private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
            if openedRowCount == 0, let continued { open = continued.rows }
            open.appendRow(bytes)
            openedRowCount += 1
            if open.rowCount == BigramPostings.maximumRowCount { closeSegment() }
        }

        /// The index of every text so far.
        public consuming func finish() -> SubstringIndex {
            if openedRowCount > 0 { closeSegment() }
            return SubstringIndex(segments: segments, live: live)
        }

        private mutating func closeSegment() {
            let base = continued?.rows.rowCount ?? 0
            if let continued {
                segments[segments.count - 1] = continued.extended(to: open)
            } else {
                segments.append(SubstringSegment(indexing: open))
                live.append(contentsOf: repeatElement(0, count: BigramPostings.wordCount))
            }
            let start = (segments.count - 1) * BigramPostings.maximumRowCount
            for row in (start + base)..<(start + open.rowCount) {
                live[row >> 6] |= 1 << UInt64(row & 63)
            }
            let unitCount = open.units.count
            open = FoldedRows()
            open.reserve(rowCount: BigramPostings.maximumRowCount, unitCount: unitCount * 9 / 8)
            openedRowCount = 0
            continued = nil
        }
    }
}

/// The rows that match a query.
public struct SubstringMatches: Sendable, Hashable {
    /// Bit i (word i / 64, bit i mod 64): row i matches; bits past the last row are 0.
    public let bitset: [UInt64]
    /// The number of matching rows.
    public let count: Int

    init(bitset: [UInt64]) {
        self.bitset = bitset
        count = bitset.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// The numbers of the matching rows, ascending.
    public var rowNumbers: [UInt32] {
        var rows: [UInt32] = []
        rows.reserveCapacity(count)
        for (word, bits) in bitset.enumerated() {
            var rest = bits
            while rest != 0 {
                rows.append(UInt32(word << 6 + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
        return rows
    }

    /// Whether a row matches.
    public func contains(_ row: UInt32) -> Bool {
        let word = Int(row >> 6)
        return word < bitset.count && bitset[word] >> UInt64(row & 63) & 1 == 1
    }
}
