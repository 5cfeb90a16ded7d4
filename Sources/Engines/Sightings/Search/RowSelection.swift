import Basics

/// The rows of a segment that the filters leave.
struct RowSelection {
    var snapshot: SegmentSnapshot
    var day: LocalDate
    /// Rows that follow one another, in order.
    var ranges: [Range<Int>]

    var count: Int { ranges.reduce(0) { $0 + $1.count } }
}

/// The filters of a query, on the rows of a day.
struct RowFilter {
    private let cameras: [UInt32]?
    private let cameraSet: Set<UInt32>?
    /// Milliseconds of the day.
    private let times: ClosedRange<UInt32>
    private let upper: ColourSet?
    private let lower: ColourSet?
    private let minimumQuality: UInt8

    /// Nothing where the times lie outside of the day.
    init?(_ query: SightingQuery, on day: LocalDate) {
        cameras = query.cameras?.sorted()
        cameraSet = query.cameras
        upper = ColourSet(query.upper)
        lower = ColourSet(query.lower)
        minimumQuality = query.minimumQuality
        let start = Instant(day).millisecondsSinceEpoch
        let lastOfDay = start + 86_399_999
        let asked = query.times ?? start...lastOfDay
        guard asked.lowerBound <= lastOfDay, asked.upperBound >= start else { return nil }
        times =
            UInt32(
                max(asked.lowerBound, start) - start
            )...UInt32(
                min(asked.upperBound, lastOfDay) - start
            )
    }

    /// The rows that pass, of a segment of which readers see `count` rows.
    func ranges(in rows: SegmentRows, count: Int) -> [Range<Int>] {
        let placed = rows.runs.map { ranges(in: $0, rows) } ?? rangesInOrderOfArrival(rows, count)
        guard upper != nil || lower != nil || minimumQuality > 0 else { return placed }
        return placed.flatMap { range in
            Self.ranges(range) { looks(rows, $0) }
        }
    }

    private func looks(_ rows: SegmentRows, _ row: Int) -> Bool {
        (upper?.contains(rows.column(.upper, of: UInt8.self)[row]) ?? true)
            && (lower?.contains(rows.column(.lower, of: UInt8.self)[row]) ?? true)
            && rows.column(.quality, of: UInt8.self)[row] >= minimumQuality
    }

    private func rangesInOrderOfArrival(_ rows: SegmentRows, _ count: Int) -> [Range<Int>] {
        let moments = rows.column(.time, of: UInt32.self)
        let numbers = rows.column(.camera, of: UInt32.self)
        return Self.ranges(0..<count) { row in
            times.contains(moments[row]) && (cameraSet?.contains(numbers[row]) ?? true)
        }
    }

    /// In a sealed segment the hours and the cameras are found by halving, and so are the ends of
    /// an hour that is asked for in part.
    private func ranges(in runs: SegmentRuns, _ rows: SegmentRows) -> [Range<Int>] {
        let hours =
            times.lowerBound / SegmentRows.millisecondsPerHour...times.upperBound
            / SegmentRows.millisecondsPerHour
        var found: [Range<Int>] = []
        var run = 0
        for hour in hours {
            run = runs.partition(from: run) { $0.hour >= hour }
            let end = runs.partition(from: run) { $0.hour > hour }
            let isWhole = hour > hours.lowerBound && hour < hours.upperBound
            if let cameras {
                var next = run
                for camera in cameras {
                    let key = UInt64(hour) << 32 | UInt64(camera)
                    next = runs.partition(from: next) { $0.key >= key }
                    guard next < end else { break }
                    guard runs.runs[next].camera == camera else { continue }
                    append(cut(runs.rows(of: next), rows, isWhole), to: &found)
                }
            } else {
                for run in run..<end { append(cut(runs.rows(of: run), rows, isWhole), to: &found) }
            }
            run = end
        }
        return found
    }

    /// The part of a run that lies in the times.
    private func cut(_ range: Range<Int>, _ rows: SegmentRows, _ isWhole: Bool) -> Range<Int> {
        guard !isWhole else { return range }
        let moments = rows.column(.time, of: UInt32.self)
        func first(_ holds: (UInt32) -> Bool) -> Int {
            var (low, high) = (range.lowerBound, range.upperBound)
            while low < high {
                let middle = (low + high) / 2
                if holds(moments[middle]) { high = middle } else { low = middle + 1 }
            }
            return low
        }
        let start = first { $0 >= times.lowerBound }
        return start..<max(start, first { $0 > times.upperBound })
    }

    /// Adds a range, as one with the range before where it goes on from there.
    private func append(_ range: Range<Int>, to ranges: inout [Range<Int>]) {
        guard !range.isEmpty else { return }
        if let last = ranges.last, last.upperBound == range.lowerBound {
            ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
        } else {
            ranges.append(range)
        }
    }

    /// The parts of a range whose rows pass a test.
    static func ranges(_ range: Range<Int>, where passes: (Int) -> Bool) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start: Int?
        for row in range {
            if passes(row) {
                if start == nil { start = row }
            } else if let first = start {
                found.append(first..<row)
                start = nil
            }
        }
        if let start { found.append(start..<range.upperBound) }
        return found
    }
}

/// A set of colour codes, a bit a code.
struct ColourSet {
    private var words: SIMD4<UInt64> = .zero

    /// Nothing where every colour will do.
    init?(_ codes: Set<UInt8>) {
        guard !codes.isEmpty else { return nil }
        for code in codes { words[Int(code >> 6)] |= 1 << UInt64(code & 63) }
    }

    func contains(_ code: UInt8) -> Bool {
        words[Int(code >> 6)] >> UInt64(code & 63) & 1 == 1
    }
}
