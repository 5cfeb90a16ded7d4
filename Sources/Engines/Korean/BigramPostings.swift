/// Which rows of a segment hold two adjacent units, for every pair that occurs.
///
/// A pair's key is `first << 16 | second`; the last unit of a row pairs with 0, so that the rows of
/// one unit are the union of the pairs that begin with it. A pair of few rows keeps their numbers, a
/// pair of many a bitmap: both after S. Chambi, D. Lemire et al., "Better bitmap performance with
/// Roaring bitmaps" (Software: Practice and Experience 46, 2016).
struct BigramPostings: Sendable {
    /// The rows of one segment: a row number fits 16 bits.
    static let maximumRowCount = 1 << 16
    /// The words of a bitmap of one segment.
    static let wordCount = maximumRowCount / 64
    /// From this many rows on, a bitmap is smaller than a list.
    static let leastBitmapRowCount = wordCount * 4

    /// The keys, ascending.
    let keys: [UInt32]
    /// The number of rows of each key.
    let counts: [UInt32]
    /// Where the rows of each key begin: in `lists`, or in `bitmaps` for a key of many rows.
    let places: [UInt32]
    let lists: [UInt16]
    let bitmaps: [UInt64]

    static let empty = BigramPostings(keys: [], counts: [], places: [], lists: [], bitmaps: [])

    /// The position of a key, or nothing where the pair does not occur.
    func position(of key: UInt32) -> Int? {
        let position = lowerBound(of: key)
        return position < keys.count && keys[position] == key ? position : nil
    }

    /// The positions of the keys that begin with a unit.
    func positions(beginningWith unit: UInt16) -> Range<Int> {
        let key = UInt32(unit) << 16
        let start = lowerBound(of: key)
        let end = unit == .max ? keys.count : lowerBound(of: key + 0x1_0000)
        return start..<end
    }

    private func lowerBound(of key: UInt32) -> Int {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Adds the rows of a key to a bitmap.
    func unite(_ position: Int, into bitmap: UnsafeMutableBufferPointer<UInt64>) {
        let place = Int(places[position])
        let count = Int(counts[position])
        if count >= Self.leastBitmapRowCount {
            bitmaps.withUnsafeBufferPointer { bitmaps in
                for word in 0..<Self.wordCount { bitmap[word] |= bitmaps[place + word] }
            }
        } else {
            lists.withUnsafeBufferPointer { lists in
                for row in lists[place..<(place + count)] {
                    bitmap[Int(row >> 6)] |= 1 << UInt64(row & 63)
                }
            }
        }
    }

    /// Keeps those rows of a bitmap that a key has; `scratch` is a second bitmap.
    func intersect(
        _ position: Int,
        with bitmap: UnsafeMutableBufferPointer<UInt64>,
        scratch: UnsafeMutableBufferPointer<UInt64>
    ) {
        if counts[position] >= UInt32(Self.leastBitmapRowCount) {
            let place = Int(places[position])
            bitmaps.withUnsafeBufferPointer { bitmaps in
                for word in 0..<Self.wordCount { bitmap[word] &= bitmaps[place + word] }
            }
        } else {
            scratch.update(repeating: 0)
            unite(position, into: scratch)
            for word in 0..<Self.wordCount { bitmap[word] &= scratch[word] }
        }
    }

    /// Whether every part lies inside the others, for rows below a count; for snapshots.
    func isConsistent(rowCount: Int) -> Bool {
        guard counts.count == keys.count, places.count == keys.count,
            zip(keys, keys.dropFirst()).allSatisfy({ $0 < $1 }),
            lists.allSatisfy({ Int($0) < rowCount })
        else { return false }
        return keys.indices.allSatisfy { position in
            let place = Int(places[position])
            let count = Int(counts[position])
            return count >= Self.leastBitmapRowCount
                ? place + Self.wordCount <= bitmaps.count : place + count <= lists.count
        }
    }
}

extension BigramPostings {
    /// Builds the postings of the first rows of a segment: numbers every pair, counts its rows,
    /// then puts each row at its place (a counting sort; two passes, no comparison of postings).
    init(of rows: FoldedRows) {
        var numbering = PairNumbering()
        let occurrences = numbering.number(rows)
        let order = numbering.order()
        var places = [UInt32](repeating: 0, count: order.count)
        var listCount = 0
        var bitmapCount = 0
        for number in order {
            let count = Int(numbering.counts[number])
            if count >= Self.leastBitmapRowCount {
                places[number] = UInt32(bitmapCount * Self.wordCount)
                bitmapCount += 1
            } else {
                places[number] = UInt32(listCount)
                listCount += count
            }
        }
        let (lists, bitmaps) = Self.place(
            occurrences,
            of: rows,
            counts: numbering.counts,
            places: places,
            listCount: listCount,
            bitmapCount: bitmapCount
        )
        self.init(
            keys: order.map { numbering.keys[$0] },
            counts: order.map { numbering.counts[$0] },
            places: order.map { places[$0] },
            lists: lists,
            bitmaps: bitmaps
        )
    }

    private static func place(
        _ occurrences: [UInt32],
        of rows: FoldedRows,
        counts: [UInt32],
        places: [UInt32],
        listCount: Int,
        bitmapCount: Int
    ) -> (lists: [UInt16], bitmaps: [UInt64]) {
        var lists = [UInt16](repeating: 0, count: listCount)
        var bitmaps = [UInt64](repeating: 0, count: bitmapCount * wordCount)
        var cursors = places
        lists.withUnsafeMutableBufferPointer { lists in
            bitmaps.withUnsafeMutableBufferPointer { bitmaps in
                cursors.withUnsafeMutableBufferPointer { cursors in
                    for row in 0..<rows.rowCount {
                        for index in Int(rows.ends[row])..<Int(rows.ends[row + 1]) {
                            let number = Int(occurrences[index])
                            guard number != PairNumbering.repeated else { continue }
                            if counts[number] >= UInt32(leastBitmapRowCount) {
                                let word = Int(cursors[number]) + row >> 6
                                bitmaps[word] |= 1 << UInt64(row & 63)
                            } else {
                                lists[Int(cursors[number])] = UInt16(row)
                                cursors[number] += 1
                            }
                        }
                    }
                }
            }
        }
        return (lists, bitmaps)
    }
}

/// Numbers the pairs of a segment in the order they are met: an open-addressing hash table.
private struct PairNumbering {
    /// Stands for a pair that its row has already.
    static let repeated = Int(UInt32.max)

    private(set) var keys: [UInt32] = []
    private(set) var counts: [UInt32] = []
    private var lastRows: [UInt32] = []
    private var slots = [UInt32](repeating: 0, count: 1 << 12)
    private var shift: UInt32 = 32 - 12

    /// The number of the pair at every unit, `repeated` from its second time in a row on.
    mutating func number(_ rows: FoldedRows) -> [UInt32] {
        [UInt32](unsafeUninitializedCapacity: rows.units.count) { numbers, count in
            rows.units.withUnsafeBufferPointer { units in
                for row in 0..<rows.rowCount {
                    let end = Int(rows.ends[row + 1])
                    for index in Int(rows.ends[row])..<end {
                        let second = index + 1 < end ? units[index + 1] : 0
                        let number = number(of: UInt32(units[index]) << 16 | UInt32(second))
                        if lastRows[number] == UInt32(row) {
                            numbers[index] = .max
                        } else {
                            lastRows[number] = UInt32(row)
                            counts[number] += 1
                            numbers[index] = UInt32(number)
                        }
                    }
                }
            }
            count = rows.units.count
        }
    }

    /// The numbers by ascending key.
    func order() -> [Int] {
        keys.indices.map { UInt64(keys[$0]) << 32 | UInt64($0) }.sorted().map {
            Int($0 & 0xFFFF_FFFF)
        }
    }

    private mutating func number(of key: UInt32) -> Int {
        let mask = slots.count - 1
        var slot = Int((key &* 0x9E37_79B1) >> shift)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if keys[number] == key { return number }
            slot = (slot + 1) & mask
        }
        keys.append(key)
        counts.append(0)
        lastRows.append(.max)
        slots[slot] = UInt32(keys.count)
        if keys.count * 2 > slots.count { grow() }
        return keys.count - 1
    }

    private mutating func grow() {
        shift -= 1
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (number, key) in keys.enumerated() {
            var slot = Int((key &* 0x9E37_79B1) >> shift)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number + 1)
        }
    }
}
