/// The values of a block as they are stored: a few thresholds are compared right there, many lanes at once.
struct StoredLanes {
    /// As many thresholds of a column cost less than sorting its values into cells.
    static let maximumRangeCount = 4

    var address: UnsafeRawPointer
    var layout: ValueLayout

    /// The set of those whose stored number lies in a range; `cells` is room for a byte a lane, 0 beyond `count`.
    func set(
        _ range: ClosedRange<UInt64>,
        _ count: Int,
        _ cells: UnsafeMutablePointer<UInt8>,
        into words: BitBlock.Words
    ) {
        switch layout.width {
        case 1: compare(UInt8.self, range, count, cells)
        case 2: compare(UInt16.self, range, count, cells)
        case 4: compare(UInt32.self, range, count, cells)
        default: compare(UInt64.self, range, count, cells)
        }
        BitBlock.planes(cells, 1, into: words)
    }

    @inline(__always)
    private func compare<Stored: FixedWidthInteger & UnsignedInteger>(
        _: Stored.Type,
        _ range: ClosedRange<UInt64>,
        _ count: Int,
        _ cells: UnsafeMutablePointer<UInt8>
    ) {
        let stored = address.assumingMemoryBound(to: Stored.self)
        // Below the range the difference wraps around and is large.
        let low = Stored(truncatingIfNeeded: range.lowerBound)
        let span = Stored(truncatingIfNeeded: range.upperBound - range.lowerBound)
        for lane in 0..<count { cells[lane] = stored[lane] &- low <= span ? 1 : 0 }
    }
}

extension ValueLayout {
    /// The largest number that can be stored.
    private var maximumCode: UInt64 { width == 8 ? .max : (1 << UInt64(width * 8)) - 1 }

    /// Everything that is known.
    var knownCodes: ClosedRange<UInt64> { 1...maximumCode }

    /// The stored numbers of the values above one and up to another.
    func codes(of interval: CellRanking.Interval) -> [ClosedRange<UInt64>] {
        var result: [ClosedRange<UInt64>] = []
        let last = absentCode == 0 ? maximumCode : absentCode - 1
        if interval.upTo >= base {
            // Both distances are of numbers in order, so that they fit unsigned.
            let high = min(UInt64(bitPattern: interval.upTo &- base), last - 1) + 1
            let low =
                interval.above.map {
                    $0 < base ? 1 : min(UInt64(bitPattern: $0 &- base), last - 1) + 2
                } ?? 1
            if low <= high { result.append(low...high) }
        }
        let isAbsentIn =
            absentValue <= interval.upTo && (interval.above.map { absentValue > $0 } ?? true)
        if absentCode != 0, isAbsentIn { result.append(absentCode...absentCode) }
        return result
    }
}
