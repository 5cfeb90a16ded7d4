import CVectorScan

/// Finds the rows that are most like the targets, provably: every row by its bytes with a bound on what
/// they leave out, then those that can be among the best with every bit.
///
/// With x a row, h what its upper bytes stand for, q a target and g its integers of 14 bits,
/// |q·x − g·h| ≤ |q·(x − h)| + |(q − g)·h| ≤ ‖x − h‖ + ‖q − g‖ ‖h‖ by Cauchy and Schwarz; ‖x − h‖ is
/// stored with the row. A row is left out only where its bound lies below the limit-th best lower bound.
struct BoundedScan {
    /// A row that can be among the best.
    private struct Candidate {
        var selection: Int
        var row: UInt32
        var upperBound: Float
    }

    /// A row with its score.
    struct Hit {
        var selection: Int
        var row: Int
        var score: Float
    }

    /// How many rows go through one call of the kernel; their bytes stay in the second-level cache
    /// for the next target.
    private static let chunkLength = 512
    /// More than what rounding of floats adds to a sum of 2048 products below one.
    private static let roundingSlack: Float = 4e-6

    private let targets: [SearchVector]
    private var best: BestScores
    private var candidates: [Candidate] = []
    private(set) var comparedCount = 0
    private var uppers = [Float](repeating: 0, count: chunkLength)
    private var lowers = [Float](repeating: 0, count: chunkLength)
    private var sums = [Int32](repeating: 0, count: chunkLength)

    init(_ targets: [SearchVector], limit: Int) {
        self.targets = targets
        best = BestScores(capacity: limit)
    }

    /// Looks at the rows of ranges, in order.
    mutating func scan(_ ranges: [Range<Int>], of rows: SegmentRows, selection: Int) {
        for range in ranges {
            var start = range.lowerBound
            while start < range.upperBound {
                let end = min(start + Self.chunkLength, range.upperBound)
                scan(rows, selection, count: end - start, row: { start + $0 }) { target, sums in
                    let high = rows.bytes(.high, row: start).assumingMemoryBound(to: UInt8.self)
                    vector_dot_rows(
                        high,
                        target.integers,
                        rows.layout.dimension,
                        end - start,
                        sums
                    )
                }
                start = end
            }
        }
    }

    /// Looks at single rows.
    mutating func scan(_ chosen: [UInt32], of rows: SegmentRows, selection: Int) {
        let high = rows.bytes(.high).assumingMemoryBound(to: UInt8.self)
        chosen.withUnsafeBufferPointer { chosen in
            var start = 0
            while start < chosen.count {
                let count = min(Self.chunkLength, chosen.count - start)
                let part = UnsafeBufferPointer(rebasing: chosen[start..<start + count])
                scan(rows, selection, count: count, row: { Int(part[$0]) }) { target, sums in
                    vector_dot_chosen(
                        high,
                        part.baseAddress,
                        target.integers,
                        rows.layout.dimension,
                        count,
                        sums
                    )
                }
                start += count
            }
        }
    }

    private mutating func scan(
        _ rows: SegmentRows,
        _ selection: Int,
        count: Int,
        row: (Int) -> Int,
        dot: (SearchVector, UnsafeMutablePointer<Int32>) -> Void
    ) {
        comparedCount += count
        bound(rows, count: count, row: row, dot: dot)
        var threshold = best.threshold
        for place in 0..<count where uppers[place] >= threshold {
            candidates.append(
                Candidate(
                    selection: selection,
                    row: UInt32(row(place)),
                    upperBound: uppers[place]
                )
            )
            best.insert(lowers[place])
            threshold = best.threshold
        }
        if candidates.count > Self.maximumPending { dropHopeless() }
    }

    private static let maximumPending = 1 << 16

    private mutating func dropHopeless() {
        let threshold = best.threshold
        candidates.removeAll { $0.upperBound < threshold }
    }

    /// Bounds the score of each row of a chunk: the best over the targets.
    private mutating func bound(
        _ rows: SegmentRows,
        count: Int,
        row: (Int) -> Int,
        dot: (SearchVector, UnsafeMutablePointer<Int32>) -> Void
    ) {
        let scales = rows.column(.scale, of: Float.self)
        let errors = rows.column(.error, of: UInt8.self)
        let errorStep = 16 * Float(rows.layout.dimension).squareRoot() / 255
        for (index, target) in targets.enumerated() {
            sums.withUnsafeMutableBufferPointer { sums in
                if let base = sums.baseAddress { dot(target, base) }
            }
            // A row's bytes have at most its length and what they leave out, which is below one.
            let targetError = 2 * target.error + Self.roundingSlack
            for place in 0..<count {
                let row = row(place)
                let scale = scales[row]
                let score = 32 * scale * target.step * Float(sums[place])
                let slack = scale * errorStep * Float(errors[row]) + targetError
                let upper = score + slack
                let lower = score - slack
                uppers[place] = index == 0 ? upper : max(uppers[place], upper)
                lowers[place] = index == 0 ? lower : max(lowers[place], lower)
            }
        }
    }

    /// The rows that can be among the best, with their whole scores.
    mutating func hits(_ rows: (_ selection: Int) throws -> SegmentRows?) rethrows -> [Hit] {
        dropHopeless()
        candidates.sort { ($0.selection, $0.row) < ($1.selection, $1.row) }
        var hits: [Hit] = []
        var current: (selection: Int, rows: SegmentRows?)?
        for candidate in candidates {
            if current?.selection != candidate.selection {
                current = (candidate.selection, try rows(candidate.selection))
            }
            guard let rows = current?.rows else { continue }
            let row = Int(candidate.row)
            let score = targets.reduce(-Float.infinity) {
                max($0, rows.likeness(of: row, to: $1.values))
            }
            hits.append(Hit(selection: candidate.selection, row: row, score: min(1, score)))
        }
        return hits
    }
}
