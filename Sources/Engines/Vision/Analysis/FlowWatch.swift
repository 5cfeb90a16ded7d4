/// Watches how people move, block by block, and tells when several move fast and without order.
///
/// Where a block of the frame before lies now is found by comparing (block matching, as in video coding).
/// It is a sign to look, not a verdict: a fight, a flight and a game of children look alike.
struct FlowWatch: Sendable {
    /// Metres a second from which somebody is fast.
    static let fastSpeed = 2.2
    /// Seconds over which order is told.
    static let windowSeconds = 2.0
    /// Seconds between two frames that are compared, at least.
    static let leastStepSeconds = 0.15
    /// Cells along the side of a block.
    static let blockSize = 6
    /// Cells a block is looked for in each direction.
    static let reach = 12
    /// Blocks a frame is searched for at most.
    static let maximumBlockCount = 120

    /// What one frame showed.
    private struct Moment: Sendable {
        var seconds: Double
        var blockCount: Int
        var fastCount: Int
        /// How much the fast blocks go one way: 0 not at all, 1 all.
        var order: Double
        var box: BoundingBox?
    }

    private var lastLuma: [UInt8] = []
    private var lastSeconds: Double?
    private var moments: [Moment] = []

    /// Judges a frame.
    mutating func judge(_ scene: FrameScene, _ ledger: inout EventLedger) {
        let passed = scene.seconds - (lastSeconds ?? -.infinity)
        // From one frame to the next at once, a cell is already a fast step.
        if passed >= 0, passed < Self.leastStepSeconds { return }
        defer {
            lastLuma = scene.grid.luma
            lastSeconds = scene.seconds
        }
        guard lastLuma.count == scene.grid.luma.count, passed > 0, passed < 0.6 else { return }
        moments.append(moment(of: scene, passed: passed))
        moments.removeAll { scene.seconds - $0.seconds > Self.windowSeconds }
        guard let first = moments.first, scene.seconds - first.seconds > 0.7 * Self.windowSeconds,
            isDisordered
        else { return }
        let boxes = moments.compactMap(\.box)
        ledger.hold(
            EventLedger.Sign(
                kind: .unusualMotion,
                subject: 0,
                since: first.seconds,
                box: boxes.dropFirst().reduce(boxes.first) { $0?.joined($1) },
                confidence: 0.7,
                evidence: moments.filter { $0.fastCount >= 3 }.map(\.seconds)
            ),
            at: scene.seconds
        )
    }

    private var isDisordered: Bool {
        let count = Double(moments.count)
        let fast = Double(moments.reduce(0) { $0 + $1.fastCount }) / count
        let blocks = Double(moments.reduce(0) { $0 + $1.blockCount }) / count
        let restless = moments.filter { $0.fastCount >= 3 && $0.order < 0.85 }.count
        return fast >= 3 && fast > 0.25 * blocks && Double(restless) > 0.4 * count
    }

    private func moment(of scene: FrameScene, passed: Double) -> Moment {
        let grid = scene.grid
        var fast: [(x: Double, y: Double)] = []
        var count = 0
        var box: BoundingBox?
        for region in scene.regions where region.stillShare < 0.8 {
            for y in stride(
                from: region.rows.lowerBound,
                to: region.rows.upperBound,
                by: Self.blockSize
            ) {
                for x in stride(
                    from: region.columns.lowerBound,
                    to: region.columns.upperBound,
                    by: Self.blockSize
                ) {
                    guard count < Self.maximumBlockCount, isFilled(x, y, scene),
                        let way = way(x, y, grid)
                    else { continue }
                    count += 1
                    let foot = (
                        x: Double(x * grid.factor), y: Double(region.rows.upperBound * grid.factor)
                    )
                    let metre = scene.scale.pixelsPerMetre(atFoot: foot)
                    let length = (way.x * way.x + way.y * way.y).squareRoot()
                    let speed = length * Double(grid.factor) / metre / passed
                    guard speed > Self.fastSpeed else { continue }
                    fast.append((way.x / length, way.y / length))
                    let place = grid.pixels(
                        columns: x..<x + Self.blockSize,
                        rows: y..<y + Self.blockSize
                    )
                    box = box?.joined(place) ?? place
                }
            }
        }
        let sum = fast.reduce((x: 0.0, y: 0.0)) { ($0.x + $1.x, $0.y + $1.y) }
        let order =
            fast.isEmpty
            ? 1 : (sum.x * sum.x + sum.y * sum.y).squareRoot() / Double(fast.count)
        return Moment(
            seconds: scene.seconds,
            blockCount: count,
            fastCount: fast.count,
            order: order,
            box: box
        )
    }

    private func isFilled(_ x: Int, _ y: Int, _ scene: FrameScene) -> Bool {
        let width = scene.grid.width
        guard x + Self.blockSize <= width, y + Self.blockSize <= scene.grid.height else {
            return false
        }
        var count = 0
        for row in y..<y + Self.blockSize {
            for column in x..<x + Self.blockSize where scene.mask.cells[row * width + column] {
                count += 1
            }
        }
        return count * 2 > Self.blockSize * Self.blockSize
    }

    /// How a block moved, in cells; nil where nothing before looks like it, or where what it is found at
    /// is found elsewhere now: one of many that look alike.
    private func way(_ x: Int, _ y: Int, _ grid: AnalysisGrid) -> (x: Double, y: Double)? {
        guard let back = match(x, y, in: grid.luma, with: lastLuma, grid) else { return nil }
        guard abs(back.x) + abs(back.y) > 2 else { return (Double(-back.x), Double(-back.y)) }
        guard let forth = match(x + back.x, y + back.y, in: lastLuma, with: grid.luma, grid),
            abs(forth.x + back.x) <= 1, abs(forth.y + back.y) <= 1
        else { return nil }
        return (Double(-back.x), Double(-back.y))
    }

    private func match(
        _ x: Int,
        _ y: Int,
        in luma: [UInt8],
        with other: [UInt8],
        _ grid: AnalysisGrid
    ) -> (x: Int, y: Int)? {
        let size = Self.blockSize
        var best = (cost: Int.max, x: 0, y: 0)
        for dy in -Self.reach / 2...Self.reach / 2 {
            for dx in -Self.reach...Self.reach {
                guard x + dx >= 0, y + dy >= 0, x + dx + size <= grid.width,
                    y + dy + size <= grid.height
                else { continue }
                // A block that did not move wins a tie.
                var cost = 2 * (abs(dx) + abs(dy))
                for row in 0..<size where cost < best.cost {
                    let now = (y + row) * grid.width + x
                    let before = (y + dy + row) * grid.width + x + dx
                    for column in 0..<size {
                        cost += abs(Int(luma[now + column]) - Int(other[before + column]))
                    }
                }
                if cost < best.cost { best = (cost, dx, dy) }
            }
        }
        guard best.cost < size * size * 14 else { return nil }
        return (best.x, best.y)
    }
}
