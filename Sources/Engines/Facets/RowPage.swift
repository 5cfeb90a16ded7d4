/// The order of the rows of a list.
public enum RowOrder: Sendable, Hashable {
    /// The order in which the rows were added.
    case insertion(descending: Bool)
    /// By one of the schema's numbers; rows of equal number in the order of insertion.
    case number(String, descending: Bool)
    /// The order of a list of rows, such as a text search's ranking; rows not listed are left out.
    case ranked([UInt32])
}

extension FacetIndex {
    /// A page of some rows in an order: `limit` of them after the first `offset`.
    public func page(
        of rows: RowSet,
        by order: RowOrder,
        offset: Int = 0,
        limit: Int
    ) throws(FacetsError) -> [UInt32] {
        guard offset >= 0, limit >= 0, limit <= Self.maximumPageRowCount else {
            throw FacetsError(
                .invalidPage,
                "한 쪽에는 \(Self.maximumPageRowCount)건까지 볼 수 있습니다.",
                "A page shows at most \(Self.maximumPageRowCount) rows.",
                context: "offset \(offset), limit \(limit)"
            )
        }
        // Bits of rows that this index does not have must not reach its columns.
        var bitset = Array(rows.bitset.prefix(live.bitset.count))
        for word in bitset.indices { bitset[word] &= live.bitset[word] }
        let rows = RowSet(bitset: bitset)
        guard offset < rows.count else { return [] }
        let end = min(rows.count, offset + limit)
        switch order {
        case .insertion(let descending):
            return descending
                ? rows.rows(ranked: (rows.count - end)..<(rows.count - offset)).reversed()
                : rows.rows(ranked: offset..<end)
        case .number(let name, let descending):
            let keys = try numbers[schema.number(name)]
            var top = TopRows(count: end)
            FacetScan.forEachRow(of: rows.bitset) { row in
                // The complement turns the order round without an overflow.
                top.insert(.init(key: descending ? ~keys[row] : keys[row], row: UInt32(row)))
            }
            return top.rows(offset..<end)
        case .ranked(let ranking):
            return Array(ranking.lazy.filter { rows.contains($0) }.dropFirst(offset).prefix(limit))
        }
    }
}

extension RowSet {
    /// The rows at some places of the ascending order.
    fileprivate func rows(ranked range: Range<Int>) -> [UInt32] {
        var rows: [UInt32] = []
        var rank = 0
        for (word, bits) in bitset.enumerated() {
            let count = bits.nonzeroBitCount
            defer { rank += count }
            if rank + count <= range.lowerBound { continue }
            if rank >= range.upperBound { break }
            var rest = bits
            var place = rank
            while rest != 0 {
                if range.contains(place) {
                    rows.append(UInt32(word << 6 + rest.trailingZeroBitCount))
                }
                rest &= rest - 1
                place += 1
            }
        }
        return rows
    }
}

/// The first rows of an order, out of many, without sorting all: keeps up to twice as many and
/// drops the worse half by selection when full.
private struct TopRows {
    struct Entry: Comparable {
        let key: Int64
        let row: UInt32

        static func < (left: Entry, right: Entry) -> Bool {
            left.key != right.key ? left.key < right.key : left.row < right.row
        }
    }

    /// Below this size, selecting would run too often to pay.
    private static let leastCapacity = 1_024

    private let count: Int
    private let capacity: Int
    private var entries: [Entry] = []
    /// An entry that is worse than this one is not among the first.
    private var bound: Entry?

    init(count: Int) {
        self.count = count
        capacity = max(Self.leastCapacity, count * 2)
    }

    @inline(__always)
    mutating func insert(_ entry: Entry) {
        if let bound, bound < entry { return }
        entries.append(entry)
        if entries.count == capacity { shrink() }
    }

    private mutating func shrink() {
        guard count > 0 else { return entries.removeAll(keepingCapacity: true) }
        select(count - 1, in: entries.startIndex..<entries.endIndex)
        bound = entries[count - 1]
        entries.removeLast(entries.count - count)
    }

    /// The rows at some places of the order.
    mutating func rows(_ range: Range<Int>) -> [UInt32] {
        guard !range.isEmpty else { return [] }
        if entries.count > range.upperBound {
            select(range.upperBound - 1, in: entries.startIndex..<entries.endIndex)
        }
        select(range.lowerBound, in: entries.startIndex..<range.upperBound)
        return entries[range].sorted().map(\.row)
    }

    /// Brings the entry of a rank to its place, smaller ones before it.
    ///
    /// After C. A. R. Hoare, "Algorithm 65: Find" (Communications of the ACM 4, 1961).
    private mutating func select(_ rank: Int, in range: Range<Int>) {
        var left = range.lowerBound
        var right = range.upperBound - 1
        while left < right {
            let pivot = median(entries[left], entries[(left + right) / 2], entries[right])
            var low = left
            var high = right
            while low <= high {
                while entries[low] < pivot { low += 1 }
                while pivot < entries[high] { high -= 1 }
                if low <= high {
                    entries.swapAt(low, high)
                    low += 1
                    high -= 1
                }
            }
            if high < rank { left = low }
            if rank < low { right = high }
        }
    }

    private func median(_ first: Entry, _ second: Entry, _ third: Entry) -> Entry {
        max(min(first, second), min(max(first, second), third))
    }
}
