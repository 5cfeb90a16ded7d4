/// Up to 65,536 consecutive rows of a substring index; immutable, shared by the indexes that hold it.
final class SubstringSegment: Sendable {
    /// The most rows after the last index build that are searched by reading them.
    static let maximumUnindexedRowCount = 4_096

    let rows: FoldedRows
    /// The postings of the first `indexedRowCount` rows.
    let postings: BigramPostings
    let indexedRowCount: Int

    init(rows: FoldedRows, postings: BigramPostings, indexedRowCount: Int) {
        self.rows = rows
        self.postings = postings
        self.indexedRowCount = indexedRowCount
    }

    /// Builds a segment with the postings of every row.
    convenience init(indexing rows: FoldedRows) {
        self.init(
            rows: rows.trimmed(),
            postings: BigramPostings(of: rows),
            indexedRowCount: rows.rowCount
        )
    }

    /// A segment of more rows that begin with those of this one; small growth leaves the postings
    /// as they are.
    func extended(to rows: FoldedRows) -> SubstringSegment {
        let isFull = rows.rowCount == BigramPostings.maximumRowCount
        guard rows.rowCount - indexedRowCount <= Self.maximumUnindexedRowCount, !isFull else {
            return SubstringSegment(indexing: rows)
        }
        return SubstringSegment(rows: rows, postings: postings, indexedRowCount: indexedRowCount)
    }

    /// Keeps those rows of a bitmap, at first the rows not removed, that match every term.
    func keepMatches(
        _ terms: [SubstringQuery.Term],
        in bitmap: UnsafeMutableBufferPointer<UInt64>,
        scratch: UnsafeMutableBufferPointer<UInt64>
    ) {
        guard !terms.isEmpty else { return }
        let unindexed = takeUnindexed(from: bitmap)
        keepIndexedMatches(terms, in: bitmap, scratch: scratch)
        guard !unindexed.isEmpty else { return }
        scratch.update(repeating: 0)
        for row in unindexed { scratch[row >> 6] |= 1 << UInt64(row & 63) }
        for term in terms { rows.keepMatches(term, in: scratch) }
        for word in 0..<BigramPostings.wordCount { bitmap[word] |= scratch[word] }
    }

    /// Clears the bits of the rows that the postings do not cover, and names those that were set.
    private func takeUnindexed(from bitmap: UnsafeMutableBufferPointer<UInt64>) -> [Int] {
        var unindexed: [Int] = []
        for row in indexedRowCount..<rows.rowCount {
            let bit: UInt64 = 1 << UInt64(row & 63)
            if bitmap[row >> 6] & bit != 0 { unindexed.append(row) }
            bitmap[row >> 6] &= ~bit
        }
        return unindexed
    }

    private func keepIndexedMatches(
        _ terms: [SubstringQuery.Term],
        in bitmap: UnsafeMutableBufferPointer<UInt64>,
        scratch: UnsafeMutableBufferPointer<UInt64>
    ) {
        var positions: [Int] = []
        for units in terms.lazy.map(\.units) where units.count > 1 {
            for (first, second) in zip(units, units.dropFirst()) {
                guard let position = postings.position(of: UInt32(first) << 16 | UInt32(second))
                else { return bitmap.update(repeating: 0) }
                positions.append(position)
            }
        }
        for position in positions { postings.intersect(position, with: bitmap, scratch: scratch) }
        for units in terms.lazy.map(\.units) where units.count == 1 {
            scratch.update(repeating: 0)
            for position in postings.positions(beginningWith: units[0]) {
                postings.unite(position, into: scratch)
            }
            for word in 0..<BigramPostings.wordCount { bitmap[word] &= scratch[word] }
        }
        // Pairs that all occur may lie apart: the text decides.
        for term in terms where !term.isDecidedByBigrams { rows.keepMatches(term, in: bitmap) }
    }
}
