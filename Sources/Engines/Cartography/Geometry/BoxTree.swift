/// Finds the boxes that meet a box: a static R-tree, packed along the Hilbert curve of the middles.
///
/// (I. Kamel, C. Faloutsos, "On Packing R-trees", CIKM 1993).
struct BoxTree: Sendable {
    private static let fanout = 16

    /// The boxes of every level, the leaves first.
    private var boxes: [WorldBox] = []
    /// Where each level begins among the boxes, and at the end where the last one ends.
    private var levels: [Int] = [0]
    /// What each leaf is.
    private var items: [UInt32] = []

    init(_ leaves: [WorldBox]) {
        guard let first = leaves.first else { return }
        let all = leaves.reduce(first) { $0.union($1) }
        let keys = leaves.map { BoxTree.hilbert($0.middle, in: all) }
        items = (0..<UInt32(leaves.count)).sorted {
            (keys[Int($0)], $0) < (keys[Int($1)], $1)
        }
        boxes = items.map { leaves[Int($0)] }
        levels = [0, boxes.count]
        while levels[levels.count - 1] - levels[levels.count - 2] > 1 {
            let level = levels[levels.count - 2]..<levels[levels.count - 1]
            for start in stride(from: level.lowerBound, to: level.upperBound, by: BoxTree.fanout) {
                let end = min(start + BoxTree.fanout, level.upperBound)
                boxes.append(
                    boxes[start + 1..<max(end, start + 1)].reduce(boxes[start]) { $0.union($1) }
                )
            }
            levels.append(boxes.count)
        }
    }

    /// The items whose boxes meet a box, ascending.
    func items(meeting box: WorldBox) -> [Int] {
        guard levels.count > 1 else { return [] }
        var found: [Int] = []
        var open: [(level: Int, at: Int)] = [(levels.count - 2, levels[levels.count - 2])]
        while let (level, at) = open.popLast() {
            guard boxes[at].meets(box) else { continue }
            if level == 0 {
                found.append(Int(items[at]))
            } else {
                let first = levels[level - 1] + (at - levels[level]) * BoxTree.fanout
                for child in first..<min(first + BoxTree.fanout, levels[level]) {
                    open.append((level - 1, child))
                }
            }
        }
        found.sort()
        return found
    }

    /// How far along a Hilbert curve of 2¹⁶ × 2¹⁶ cells a point of a box lies.
    private static func hilbert(_ point: WorldPoint, in box: WorldBox) -> UInt32 {
        func cell(_ value: UInt32, _ low: UInt32, _ high: UInt32) -> UInt32 {
            guard high > low else { return 0 }
            return UInt32(UInt64(value - low) * 65_535 / UInt64(high - low))
        }
        var x = cell(point.x, box.west, box.east)
        var y = cell(point.y, box.north, box.south)
        var distance: UInt32 = 0
        var side: UInt32 = 1 << 15
        while side > 0 {
            let isRight: UInt32 = x & side > 0 ? 1 : 0
            let isLow: UInt32 = y & side > 0 ? 1 : 0
            distance &+= side &* side &* ((3 &* isRight) ^ isLow)
            if isLow == 0 {
                if isRight == 1 {
                    x = 65_535 - x
                    y = 65_535 - y
                }
                swap(&x, &y)
            }
            side >>= 1
        }
        return distance
    }
}
