import Basics
import CVectorScan

/// The rows of a segment in memory: the columns, and the runs where the rows are in order.
final class SegmentRows: Sendable {
    let layout: SegmentLayout
    let memory: MemoryRegion
    /// Where the columns begin in the memory.
    private let start: Int
    /// The runs of rows of one hour and camera; empty where rows lie in order of arrival.
    let runs: SegmentRuns?

    init(layout: SegmentLayout, memory: MemoryRegion, start: Int, runs: SegmentRuns?) {
        self.layout = layout
        self.memory = memory
        self.start = start
        self.runs = runs
    }

    func bytes(_ column: SegmentColumn, row: Int = 0) -> UnsafeMutableRawPointer {
        memory.pointer(start + layout.offset(column, row: row))
    }

    /// A column as values of its type.
    func column<Value: BitwiseCopyable>(
        _ column: SegmentColumn,
        of _: Value.Type
    ) -> UnsafeMutablePointer<Value> {
        bytes(column).assumingMemoryBound(to: Value.self)
    }

    func camera(of row: Int) -> UInt32 {
        runs?.camera(of: row) ?? column(.camera, of: UInt32.self)[row]
    }

    /// Writes a sighting into a row that nobody reads yet.
    func write(_ sighting: Sighting, turned: [Float], millisecondsOfDay: UInt32, row: Int) {
        column(.camera, of: UInt32.self)[row] = sighting.camera
        column(.time, of: UInt32.self)[row] = millisecondsOfDay
        column(.arrival, of: UInt32.self)[row] = UInt32(row)
        column(.upper, of: UInt8.self)[row] = sighting.upper
        column(.lower, of: UInt8.self)[row] = sighting.lower
        column(.quality, of: UInt8.self)[row] = sighting.quality
        let box = bytes(.box, row: row).assumingMemoryBound(to: UInt16.self)
        box[0] = sighting.box.x
        box[1] = sighting.box.y
        box[2] = sighting.box.width
        box[3] = sighting.box.height
        vector_encode(
            turned,
            layout.dimension,
            bytes(.high, row: row).assumingMemoryBound(to: UInt8.self),
            bytes(.low, row: row).assumingMemoryBound(to: UInt8.self),
            bytes(.least, row: row).assumingMemoryBound(to: UInt64.self),
            column(.scale, of: Float.self) + row,
            column(.error, of: UInt8.self) + row
        )
        writeSigns(row..<row + 1)
    }

    /// Takes the plane of signs out of the bytes of rows.
    func writeSigns(_ range: Range<Int>) {
        vector_signs(
            bytes(.high, row: range.lowerBound).assumingMemoryBound(to: UInt8.self),
            range.count * layout.dimension / 64,
            bytes(.signs, row: range.lowerBound).assumingMemoryBound(to: UInt64.self)
        )
    }

    /// The row of a sighting by its place in order of arrival.
    func row(arrival: UInt32, in snapshot: SegmentSnapshot) -> Int? {
        switch snapshot {
        case .open(_, let count):
            return arrival < UInt32(count) ? Int(arrival) : nil
        case .sealed:
            let arrivals = column(.arrival, of: UInt32.self)
            return (0..<layout.capacity).first { arrivals[$0] == arrival }
        }
    }

    func box(of row: Int) -> SightingBox {
        let box = bytes(.box, row: row).assumingMemoryBound(to: UInt16.self)
        return SightingBox(x: box[0], y: box[1], width: box[2], height: box[3])
    }

    /// The stored vector of a row, turned as it is stored.
    func vector(of row: Int) -> [Float] {
        let scale = column(.scale, of: Float.self)[row]
        var values = [Float](repeating: 0, count: layout.dimension)
        vector_decode(
            bytes(.high, row: row).assumingMemoryBound(to: UInt8.self),
            bytes(.low, row: row).assumingMemoryBound(to: UInt8.self),
            bytes(.least, row: row).assumingMemoryBound(to: UInt64.self),
            layout.dimension,
            &values
        )
        return values.map { $0 * scale }
    }

    /// The likeness of a row to a unit vector, with every bit that is stored.
    func likeness(of row: Int, to values: [Float]) -> Float {
        let sum = vector_dot_whole(
            bytes(.high, row: row).assumingMemoryBound(to: UInt8.self),
            bytes(.low, row: row).assumingMemoryBound(to: UInt8.self),
            bytes(.least, row: row).assumingMemoryBound(to: UInt64.self),
            values,
            layout.dimension
        )
        return sum * column(.scale, of: Float.self)[row]
    }
}

/// Rows of one hour and camera, which follow one another in order of time.
struct SegmentRun: Hashable {
    var hour: UInt32
    var camera: UInt32
    var firstRow: UInt32

    /// The order of rows: by hour, then camera.
    var key: UInt64 { UInt64(hour) << 32 | UInt64(camera) }
}

/// The runs of a sealed segment, in order.
struct SegmentRuns: Sendable {
    let runs: [SegmentRun]
    let rowCount: Int

    /// Nothing where the runs are not in order or do not fit the rows.
    init?(_ runs: [SegmentRun], rowCount: Int) {
        guard runs.isEmpty == (rowCount == 0), runs.first.map({ $0.firstRow == 0 }) ?? true else {
            return nil
        }
        for (before, run) in zip(runs, runs.dropFirst()) {
            guard before.key < run.key, before.firstRow < run.firstRow else { return nil }
        }
        guard runs.allSatisfy({ $0.hour < 24 && $0.firstRow < rowCount }) else { return nil }
        self.runs = runs
        self.rowCount = rowCount
    }

    func rows(of run: Int) -> Range<Int> {
        let end = run + 1 < runs.count ? Int(runs[run + 1].firstRow) : rowCount
        return Int(runs[run].firstRow)..<end
    }

    func camera(of row: Int) -> UInt32 {
        let after = partition { $0.firstRow > UInt32(row) }
        return runs[max(after - 1, 0)].camera
    }

    /// The first run that a condition holds for, which holds for all after it.
    ///
    /// It gallops from the start before it halves: what is looked for is mostly near.
    func partition(from start: Int = 0, where holds: (SegmentRun) -> Bool) -> Int {
        var (low, high, leap) = (start, start, 1)
        while high < runs.count, !holds(runs[high]) {
            low = high + 1
            high += leap
            leap *= 2
        }
        high = min(high, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if holds(runs[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
