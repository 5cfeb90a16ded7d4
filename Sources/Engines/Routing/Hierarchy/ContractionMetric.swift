/// The weights of a contraction hierarchy for one profile: customised once in milliseconds, and updated
/// in part when arcs close or open.
public struct ContractionMetric: Sendable {
    /// The weight of an arc that cannot be used, and the distance of what cannot be reached.
    public static let unreachable: UInt32 = 0x7fff_ffff

    /// The weights of the graph's arcs.
    public private(set) var input: [UInt32]
    /// For each arc of the hierarchy the distance from its lower to its higher end.
    private(set) var up: [UInt32]
    /// And back.
    private(set) var down: [UInt32]

    /// Customises a hierarchy: a weight for each arc of its graph; what exceeds `unreachable` counts
    /// as it.
    ///
    /// - Throws: `RoutingError` `badGraph` where the count of weights is not that of the arcs.
    public init(_ topology: ContractionTopology, weights: [UInt32]) throws(RoutingError) {
        guard weights.count == topology.graph.arcCount else {
            throw .badGraph("\(weights.count) weights for \(topology.graph.arcCount) arcs")
        }
        input = weights.map { min($0, ContractionMetric.unreachable) }
        up = Array(repeating: ContractionMetric.unreachable, count: topology.arcCount)
        down = up
        takeInput(topology)
        ContractionMetric.takeTriangles(topology, &up, &down)
    }

    private mutating func takeInput(_ topology: ContractionTopology) {
        for (arc, place) in topology.place.enumerated() where place != ContractionTopology.none {
            let at = Int(place >> 1)
            if place & 1 == 0 {
                up[at] = min(up[at], input[arc])
            } else {
                down[at] = min(down[at], input[arc])
            }
        }
    }

    /// Lets every arc (y, z) take the ways over lower nodes x: from below, so that each arc is final
    /// before it is used.
    private static func takeTriangles(
        _ topology: ContractionTopology,
        _ ups: inout [UInt32],
        _ downs: inout [UInt32]
    ) {
        let upFirst = topology.upFirst.values.span
        let upHead = topology.upHead.values.span
        let downFirst = topology.downFirst.values.span
        let downArc = topology.downArc.values.span
        let downTail = topology.downTail.values.span
        var up = ups.mutableSpan
        var down = downs.mutableSpan
        // Every z above y that a lower x knows is a neighbour of y: stale entries are never read.
        var slots = [UInt32](repeating: 0, count: topology.parent.count)
        var slot = slots.mutableSpan
        for y in 0..<topology.parent.count {
            let lower = Int(downFirst[unchecked: y])..<Int(downFirst[unchecked: y + 1])
            if lower.isEmpty { continue }
            for arc in Int(upFirst[unchecked: y])..<Int(upFirst[unchecked: y + 1]) {
                slot[unchecked: Int(upHead[unchecked: arc])] = UInt32(truncatingIfNeeded: arc)
            }
            for at in lower {
                let x = Int(downTail[unchecked: at])
                let side = Int(downArc[unchecked: at])
                let fromX = up[unchecked: side]
                let toX = down[unchecked: side]
                for other in side + 1..<Int(upFirst[unchecked: x + 1]) {
                    let arc = Int(slot[unchecked: Int(upHead[unchecked: other])])
                    let there = toX &+ up[unchecked: other]
                    let back = down[unchecked: other] &+ fromX
                    if there < up[unchecked: arc] { up[unchecked: arc] = there }
                    if back < down[unchecked: arc] { down[unchecked: arc] = back }
                }
            }
        }
    }

    /// Changes the weights of some arcs of the graph and whatever depends on them: closures (to
    /// `unreachable`) as well as openings.
    ///
    /// - Complexity: by the arcs that change, not by the size of the graph.
    public mutating func update(
        _ changes: some Sequence<(arc: Int, weight: UInt32)>,
        in topology: ContractionTopology
    ) {
        var queue = ArcQueue()
        for change in changes {
            input[change.arc] = min(change.weight, ContractionMetric.unreachable)
            let place = topology.place[change.arc]
            if place != ContractionTopology.none { queue.insert(place >> 1) }
        }
        // Arcs are numbered by their lower ends: a triangle's lower arcs come before the third.
        while let arc = queue.removeFirst() {
            let before = (up: up[Int(arc)], down: down[Int(arc)])
            recompute(Int(arc), topology)
            if before != (up[Int(arc)], down[Int(arc)]) {
                enqueueDependents(of: Int(arc), before: before, topology, &queue)
            }
        }
    }

    private mutating func recompute(_ arc: Int, _ topology: ContractionTopology) {
        var best = (up: ContractionMetric.unreachable, down: ContractionMetric.unreachable)
        for at in topology.inputRange(arc, isDown: false) {
            best.up = min(best.up, input[Int(topology.inputArcs[at])])
        }
        for at in topology.inputRange(arc, isDown: true) {
            best.down = min(best.down, input[Int(topology.inputArcs[at])])
        }
        topology.forEachLowerTriangle(arc) { low, high in
            best.up = min(best.up, down[low] &+ up[high])
            best.down = min(best.down, down[high] &+ up[low])
            return true
        }
        up[arc] = best.up
        down[arc] = best.down
    }

    /// Arcs that were as short as the way over the changed one, or have become longer than it.
    private func enqueueDependents(
        of arc: Int,
        before: (up: UInt32, down: UInt32),
        _ topology: ContractionTopology,
        _ queue: inout ArcQueue
    ) {
        let tail = Int(topology.upTail[arc])
        let head = topology.upHead[arc]
        for other in Int(topology.upFirst[tail])..<Int(topology.upFirst[tail + 1])
        where other != arc {
            let end = topology.upHead[other]
            guard let third = topology.arc(from: min(head, end), to: max(head, end)) else {
                continue
            }
            // From head to end over tail, and back; `up` of the third arc leads to its higher end.
            let isHeadLow = head < end
            let there = isHeadLow ? up[third] : down[third]
            let back = isHeadLow ? down[third] : up[third]
            let wasThere = before.down &+ up[other]
            let wasBack = down[other] &+ before.up
            let isThere = down[arc] &+ up[other]
            let isBack = down[other] &+ up[arc]
            if isThere < there || isBack < back || wasThere == there && wasThere != isThere
                || wasBack == back && wasBack != isBack
            {
                queue.insert(UInt32(third))
            }
        }
    }
}

extension ContractionTopology {
    /// The places in `inputArcs` of the graph's arcs of an arc and a direction.
    func inputRange(_ arc: Int, isDown: Bool) -> Range<Int> {
        let key = 2 * arc + (isDown ? 1 : 0)
        return Int(inputFirst[key])..<Int(inputFirst[key + 1])
    }

    /// Hands out the arcs from each common lower neighbour to the lower and to the higher end of an
    /// arc, until the closure says false.
    func forEachLowerTriangle(_ arc: Int, _ body: (_ low: Int, _ high: Int) -> Bool) {
        let tails = downTail.values.span
        let arcs = downArc.values.span
        let (x, y) = (Int(upTail[arc]), Int(upHead[arc]))
        var (i, j) = (Int(downFirst[x]), Int(downFirst[y]))
        let (iEnd, jEnd) = (Int(downFirst[x + 1]), Int(downFirst[y + 1]))
        while i < iEnd, j < jEnd {
            let (a, b) = (tails[unchecked: i], tails[unchecked: j])
            if a == b {
                if !body(Int(arcs[unchecked: i]), Int(arcs[unchecked: j])) { return }
                i += 1
                j += 1
            } else if a < b {
                i += 1
            } else {
                j += 1
            }
        }
    }
}

/// Numbers of arcs, the smallest first, each once.
private struct ArcQueue {
    private var heap: [UInt32] = []

    mutating func insert(_ arc: UInt32) {
        heap.append(arc)
        var at = heap.count - 1
        while at > 0, heap[(at - 1) / 2] > heap[at] {
            heap.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    mutating func removeFirst() -> UInt32? {
        guard let first = heap.first else { return nil }
        while heap.first == first { removeOne() }
        return first
    }

    private mutating func removeOne() {
        let last = heap.removeLast()
        guard !heap.isEmpty else { return }
        heap[0] = last
        var at = 0
        while 2 * at + 1 < heap.count {
            var child = 2 * at + 1
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            if heap[at] <= heap[child] { break }
            heap.swapAt(at, child)
            at = child
        }
    }
}
