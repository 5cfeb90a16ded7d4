import CVectorScan
import Glibc

/// The first step of the cascade: leaves the rows whose signs differ least from a target's.
///
/// The share of signs in which two vectors differ is the angle between them over π, give or take (M.
/// Charikar, STOC 2002), so a cut at a number of signs keeps a known share of the rows at each angle.
struct SignCascade {
    /// Rows kept for each match that is wanted, at least.
    private static let rowsPerMatch = 64
    /// The share of all rows that is kept, at least.
    private static let keptShare = 0.005

    private let targets: [SearchVector]
    private let signCount: Int
    private var differing: [[UInt16]] = []
    private var histogram: [Int]
    private(set) var cut = 0

    init(_ targets: [SearchVector]) {
        self.targets = targets
        signCount = targets.first?.values.count ?? 0
        histogram = [Int](repeating: 0, count: signCount + 1)
    }

    /// Counts the signs in which each row of the ranges differs from the nearest target.
    mutating func count(_ ranges: [Range<Int>], of rows: SegmentRows?) {
        var all = [UInt16](repeating: 0, count: ranges.reduce(0) { $0 + $1.count })
        if let rows {
            all.withUnsafeMutableBufferPointer { all in
                var place = 0
                for range in ranges {
                    count(range, of: rows, into: &all, at: place)
                    place += range.count
                }
                for value in all { histogram[Int(value)] += 1 }
            }
        }
        differing.append(all)
    }

    private func count(
        _ range: Range<Int>,
        of rows: SegmentRows,
        into all: inout UnsafeMutableBufferPointer<UInt16>,
        at place: Int
    ) {
        guard let base = all.baseAddress else { return }
        let signs = rows.bytes(.signs, row: range.lowerBound).assumingMemoryBound(to: UInt64.self)
        for (index, target) in targets.enumerated() {
            if index == 0 {
                vector_differing_signs(
                    signs,
                    target.signs,
                    target.signs.count,
                    range.count,
                    base + place
                )
                continue
            }
            var others = [UInt16](repeating: 0, count: range.count)
            vector_differing_signs(signs, target.signs, target.signs.count, range.count, &others)
            for (index, other) in others.enumerated() {
                all[place + index] = min(all[place + index], other)
            }
        }
    }

    /// Sets the cut so that enough rows are left.
    mutating func settle(limit: Int) {
        let total = histogram.reduce(0, +)
        let wanted = max(limit * Self.rowsPerMatch, Int(Double(total) * Self.keptShare))
        var kept = 0
        cut = signCount
        for (value, count) in histogram.enumerated() {
            kept += count
            if kept >= wanted {
                cut = value
                break
            }
        }
    }

    /// The rows within the cut, of ranges that were counted in this order.
    func kept(_ ranges: [Range<Int>], selection: Int) -> [UInt32] {
        var rows: [UInt32] = []
        var place = 0
        let differing = differing[selection]
        for range in ranges {
            for row in range {
                if Int(differing[place]) <= cut { rows.append(UInt32(row)) }
                place += 1
            }
        }
        return rows
    }

    /// The share of rows of a score that lie within the cut: the binomial law of their signs, by the
    /// normal one with the correction for whole numbers.
    func keptShare(atScore score: Float) -> Double {
        let angle = acos(Double(max(-1, min(1, score)))) / Double.pi
        let mean = Double(signCount) * angle
        let deviation = max(1e-9, mean * (1 - angle)).squareRoot()
        return 0.5 * erfc((mean - Double(cut) - 0.5) / deviation / 2.0.squareRoot())
    }
}
