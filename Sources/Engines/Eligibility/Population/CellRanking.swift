/// The thresholds of one column, sorted once: a value falls into a cell between them, and every atom of the
/// column is a few ranges of cells.
///
/// The cells of a block are kept bit by bit, so that an atom is a handful of operations on words, 64 people
/// each: P. O'Neil and D. Quass, "Improved Query Performance with Variant Indexes" (SIGMOD 1997), bit-sliced index.
struct CellRanking {
    /// Cells are counted in a byte, and 0 is what is not known.
    static let maximumCutCount = 250

    /// The values above one, where there is one, and up to another.
    typealias Interval = (above: Int64?, upTo: Int64)

    /// An atom as ranges of cells, both ends counted, and as intervals of values.
    struct Part {
        var atom: Int
        var ranges: [ClosedRange<Int>]
        var intervals: [Interval]
    }

    /// Cells of values that lie no further apart are looked up, not searched for.
    private static let maximumTableCount: Int64 = 1 << 16

    let column: Int
    /// Ascending; the first cell ends with the first cut.
    let cuts: [Int64]
    let parts: [Part]
    let planeCount: Int
    /// Whether so few intervals are asked for that a column is compared where it lies.
    var isCompared: Bool {
        parts.reduce(0) { $0 + $1.intervals.count } <= StoredLanes.maximumRangeCount
    }

    /// The atoms of a column in as many rankings as their thresholds need; atoms over sets have none.
    static func rankings(_ column: Int, _ atoms: [(place: Int, atom: Atom)]) -> [CellRanking] {
        var result: [CellRanking] = []
        var cuts: Set<Int64> = []
        var group: [(place: Int, atom: Atom)] = []
        for entry in atoms {
            let more = cuts.union(Self.cuts(entry.atom))
            if more.count > maximumCutCount {
                result.append(CellRanking(column, cuts.sorted(), group))
                (cuts, group) = (Set(Self.cuts(entry.atom)), [entry])
            } else {
                cuts = more
                group.append(entry)
            }
        }
        if !group.isEmpty { result.append(CellRanking(column, cuts.sorted(), group)) }
        return result
    }

    private init(_ column: Int, _ cuts: [Int64], _ atoms: [(place: Int, atom: Atom)]) {
        self.column = column
        self.cuts = cuts
        parts = atoms.map { entry in
            let intervals = Self.intervals(entry.atom)
            return Part(
                atom: entry.place,
                ranges: intervals.map { interval in
                    // The cell of a value is one more than the cuts below it.
                    let first = interval.above.map { Self.countBelow($0 + 1, cuts) + 1 } ?? 1
                    return first...(Self.countBelow(interval.upTo, cuts) + 1)
                },
                intervals: intervals
            )
        }
        planeCount = Int.bitWidth - (cuts.count + 1).leadingZeroBitCount
    }

    /// The values an atom holds for: above one, up to another.
    private static func intervals(_ atom: Atom) -> [Interval] {
        switch atom.test {
        case .atMost: return [(nil, atom.constant)]
        case .equals: return [(atom.constant - 1, atom.constant)]
        case .isOneOf:
            return (0..<63).filter { atom.constant & (1 << $0) != 0 }.map {
                (Int64($0) - 1, Int64($0))
            }
        case .hasAny, .hasAll: return []
        }
    }

    private static func cuts(_ atom: Atom) -> [Int64] {
        intervals(atom).flatMap { [$0.above, $0.upTo].compactMap { $0 } }
    }

    private static func countBelow(_ value: Int64, _ cuts: [Int64]) -> Int {
        var (low, high) = (0, cuts.count)
        while low < high {
            let middle = (low + high) / 2
            if cuts[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func cell(of value: Int64) -> UInt8 {
        value == FactCode.unknown ? 0 : UInt8(Self.countBelow(value, cuts) + 1)
    }

    /// The cells of the values from the first cut to one beyond the last; nil where they lie too far apart.
    func table() -> (first: Int64, cells: [UInt8])? {
        guard let first = cuts.first, let last = cuts.last,
            case (let span, false) = last.subtractingReportingOverflow(first),
            span < Self.maximumTableCount
        else { return nil }
        return (first, (0...(span + 1)).map { cell(of: first + $0) })
    }

    /// The cell of everything a narrow column can store.
    func table(_ layout: ValueLayout) -> [UInt8] {
        (0..<(1 << (layout.width * 8))).map { cell(of: layout.value(of: UInt64($0))) }
    }
}

/// Sets of people of a block, a bit each.
enum BitBlock {
    /// How many people a block has.
    static let residentCount = 16_384
    static let wordCount = residentCount / 64

    typealias Words = UnsafeMutablePointer<UInt64>

    /// The bits of bytes: plane `p` has bit `p` of each.
    static func planes(_ bytes: UnsafePointer<UInt8>, _ count: Int, into planes: Words) {
        bytes.withMemoryRebound(to: UInt64.self, capacity: residentCount / 8) { eights in
            for plane in 0..<count {
                let words = planes + plane * wordCount
                for word in 0..<wordCount {
                    var bits: UInt64 = 0
                    for part in 0..<8 {
                        let ones =
                            (eights[word * 8 + part] &>> UInt64(plane)) & 0x0101_0101_0101_0101
                        // One bit from each of eight bytes, side by side in the topmost byte.
                        bits |= ((ones &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(part * 8)
                    }
                    words[word] = bits
                }
            }
        }
    }

    /// Those whose cell is at least a number.
    static func atLeast(_ cell: Int, _ planes: Words, _ planeCount: Int, into result: Words) {
        guard cell < 1 << planeCount else { return result.update(repeating: 0, count: wordCount) }
        var plane = cell.trailingZeroBitCount
        guard plane < planeCount else { return result.update(repeating: ~0, count: wordCount) }
        result.update(from: planes + plane * wordCount, count: wordCount)
        plane += 1
        while plane < planeCount {
            let words = planes + plane * wordCount
            if cell & (1 << plane) != 0 {
                for word in 0..<wordCount { result[word] &= words[word] }
            } else {
                for word in 0..<wordCount { result[word] |= words[word] }
            }
            plane += 1
        }
    }
}
