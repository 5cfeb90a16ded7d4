extension SegmentRows {
    /// The first rows put in order of hour, camera and time, in memory of their own.
    func ordered(count: Int) throws -> SegmentRows {
        let cameras = column(.camera, of: UInt32.self)
        let times = column(.time, of: UInt32.self)
        var keys = (0..<count).map { row in
            // Hour, camera and time of the hour in 64 bits: 5, 32 and 22 of them. Equal keys stay in
            // order of arrival, so that the same rows always make the same file.
            let hour = UInt64(times[row] / Self.millisecondsPerHour)
            let rest = UInt64(times[row] % Self.millisecondsPerHour)
            return (key: hour << 54 | UInt64(cameras[row]) << 22 | rest, row: UInt32(row))
        }
        keys.sort { ($0.key, $0.row) < ($1.key, $1.row) }
        var runs: [SegmentRun] = []
        for (place, entry) in keys.enumerated() {
            let hour = UInt32(entry.key >> 54)
            let camera = cameras[Int(entry.row)]
            if let last = runs.last, last.hour == hour, last.camera == camera { continue }
            runs.append(SegmentRun(hour: hour, camera: camera, firstRow: UInt32(place)))
        }
        return try copied(in: keys.map(\.row), runs)
    }

    static let millisecondsPerHour: UInt32 = 3_600_000

    private func copied(in order: [UInt32], _ runs: [SegmentRun]) throws -> SegmentRows {
        let layout = SegmentLayout(
            capacity: order.count,
            dimension: self.layout.dimension,
            isSealed: true
        )
        let runStride = MemoryLayout<SegmentRun>.stride
        let memory = try MemoryRegion(byteCount: layout.byteCount + runs.count * runStride)
        let ordered = SegmentRows(
            layout: layout,
            memory: memory,
            start: 0,
            runs: SegmentRuns(runs, rowCount: order.count)
        )
        for column in layout.columns {
            let stride = column.stride(dimension: layout.dimension)
            let (from, to) = (bytes(column), ordered.bytes(column))
            for (place, row) in order.enumerated() {
                (to + place * stride).copyMemory(from: from + Int(row) * stride, byteCount: stride)
            }
        }
        runs.withUnsafeBytes { list in
            guard let base = list.baseAddress else { return }
            memory.pointer(layout.byteCount).copyMemory(from: base, byteCount: list.count)
        }
        return ordered
    }
}
