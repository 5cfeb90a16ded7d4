/// A piece of foreground that hangs together, in cells.
struct MotionRegion: Sendable, Hashable {
    var columns: Range<Int>
    var rows: Range<Int>
    /// Foreground cells.
    var cellCount: Int
    /// How much of it has stood still for some seconds.
    var stillShare: Double
    /// For how long the still part has stood, in seconds.
    var stillSeconds: Double
}

/// Finds the pieces of a foreground mask.
struct MotionRegions: Sendable {
    /// Regions a frame may have; more is rain, snow or a lens with an insect.
    static let maximumCount = 200
    /// From how many seconds on a cell stands still.
    static let stillSeconds: Float = 1.5

    private let width: Int
    private let height: Int

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The mask without single cells and with small holes filled, and its regions, the largest first.
    func find(
        in mask: inout ForegroundMask,
        still: [Float],
        ignored: [Bool],
        minimumCellCount: Int
    ) -> [MotionRegion] {
        clean(&mask, ignored: ignored)
        let joined = joined(mask.cells)
        var labels = [Int32](repeating: 0, count: joined.count)
        var regions: [MotionRegion] = []
        var next: Int32 = 1
        var stack: [Int] = []
        for start in joined.indices where joined[start] && labels[start] == 0 {
            labels[start] = next
            stack.append(start)
            let region = grow(from: &stack, joined, &labels, next, mask.cells, still)
            next += 1
            if let region, region.cellCount >= minimumCellCount { regions.append(region) }
        }
        return Array(regions.sorted { $0.cellCount > $1.cellCount }.prefix(Self.maximumCount))
    }

    private func grow(
        from stack: inout [Int],
        _ joined: [Bool],
        _ labels: inout [Int32],
        _ label: Int32,
        _ cells: [Bool],
        _ still: [Float]
    ) -> MotionRegion? {
        var left = width
        var right = 0
        var top = height
        var bottom = 0
        var count = 0
        var stillCount = 0
        var stillSum = 0.0
        while let at = stack.popLast() {
            let x = at % width
            let y = at / width
            if cells[at] {
                left = min(left, x)
                right = max(right, x)
                top = min(top, y)
                bottom = max(bottom, y)
                count += 1
                if still[at] >= Self.stillSeconds {
                    stillCount += 1
                    stillSum += Double(still[at])
                }
            }
            for (dx, dy) in Self.neighbours {
                let column = x + dx
                let row = y + dy
                guard column >= 0, column < width, row >= 0, row < height else { continue }
                let neighbour = row * width + column
                if joined[neighbour], labels[neighbour] == 0 {
                    labels[neighbour] = label
                    stack.append(neighbour)
                }
            }
        }
        guard count > 0 else { return nil }
        return MotionRegion(
            columns: left..<right + 1,
            rows: top..<bottom + 1,
            cellCount: count,
            stillShare: Double(stillCount) / Double(count),
            stillSeconds: stillCount > 0 ? stillSum / Double(stillCount) : 0
        )
    }

    private static let neighbours = [
        (-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1),
    ]

    /// A cell is foreground where at least four of the nine around it are.
    private func clean(_ mask: inout ForegroundMask, ignored: [Bool]) {
        let cells = mask.cells
        guard width > 2, height > 2 else { return }
        for y in 0..<height {
            for x in 0..<width {
                let at = y * width + x
                var count = 0
                for row in max(0, y - 1)...min(height - 1, y + 1) {
                    for column in max(0, x - 1)...min(width - 1, x + 1)
                    where cells[row * width + column] { count += 1 }
                }
                mask.cells[at] = count >= 4 && !ignored[at]
            }
        }
    }

    /// Cells bridged downwards, so that a light belt does not cut a person in two.
    private func joined(_ cells: [Bool]) -> [Bool] {
        var joined = cells
        let reach = max(2, height / 60)
        for x in 0..<width {
            var last = -1000
            for y in 0..<height where cells[y * width + x] {
                if y - last > 1, y - last <= reach + 1 {
                    for between in last + 1..<y { joined[between * width + x] = true }
                }
                last = y
            }
        }
        return joined
    }
}
