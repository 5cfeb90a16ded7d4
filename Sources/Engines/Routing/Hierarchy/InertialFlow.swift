/// Minimum cuts of an undirected graph with capacity 1 on every edge (Dinic, 1970).
struct InertialFlow {
    /// A cut, as the nodes whose removal divides the graph.
    struct Cut {
        var separator: [Int32]
        /// The nodes of the smaller side.
        var smallerSide: Int

        /// Smaller separators are better, and of equal ones the one in the middle.
        func isBetter(than other: Cut?) -> Bool {
            guard let other else { return true }
            return (separator.count, -smallerSide) < (other.separator.count, -other.smallerSide)
        }
    }

    private let graph: NeighbourGraph
    /// For each arc the one back.
    private let reverse: [Int32]
    /// 1, 0 or −1 of the edge's capacity in the direction of the arc.
    private var flow: [Int8]
    private var level: [Int32]
    private var cursor: [Int32]
    private var queue: [Int32] = []
    private var isSink: [Bool]
    private var path: [Int32] = []

    init(_ graph: NeighbourGraph) {
        self.graph = graph
        var back = [Int32](repeating: 0, count: graph.neighbours.count)
        // Neighbours ascend, so the arcs that end at a node come in the order of its own.
        var next = graph.first
        for node in 0..<graph.nodeCount {
            for arc in Int(graph.first[node])..<Int(graph.first[node + 1]) {
                let other = Int(graph.neighbours[arc])
                back[arc] = next[other]
                next[other] += 1
            }
        }
        reverse = back
        flow = Array(repeating: 0, count: graph.neighbours.count)
        level = Array(repeating: -1, count: graph.nodeCount)
        cursor = graph.first
        isSink = Array(repeating: false, count: graph.nodeCount)
    }

    /// The smaller separator at the two ends of a minimum cut, or nothing where the flow exceeds a
    /// limit.
    mutating func cut(sources: [Int32], sinks: [Int32], limit: Int) -> Cut? {
        for arc in flow.indices { flow[arc] = 0 }
        for node in isSink.indices { isSink[node] = false }
        for sink in sinks { isSink[Int(sink)] = true }
        var value = 0
        while findLevels(from: sources) {
            cursor = graph.first
            value += InertialFlow.augment(
                from: sources,
                graph,
                reverse,
                level,
                isSink,
                &flow,
                &cursor,
                &path
            )
            // A separator has at most one node an edge, often fewer.
            if value / 2 > limit { return nil }
        }
        return separator()
    }

    /// Numbers the nodes by their distance from the sources in what is left; whether a sink is reached.
    private mutating func findLevels(from sources: [Int32]) -> Bool {
        InertialFlow.findLevels(
            from: sources,
            graph,
            flow,
            isSink,
            &level,
            &queue
        )
    }

    private static func findLevels(
        from sources: [Int32],
        _ graph: NeighbourGraph,
        _ flows: [Int8],
        _ sinks: [Bool],
        _ levels: inout [Int32],
        _ queue: inout [Int32]
    ) -> Bool {
        let first = graph.first.span
        let neighbours = graph.neighbours.span
        let flow = flows.span
        let isSink = sinks.span
        var level = levels.mutableSpan
        for node in 0..<level.count { level[unchecked: node] = -1 }
        queue.removeAll(keepingCapacity: true)
        queue += sources
        for source in sources { level[unchecked: Int(source)] = 0 }
        var isReached = false
        var at = 0
        while at < queue.count {
            let node = Int(queue[at])
            at += 1
            if isSink[unchecked: node] {
                isReached = true
                continue
            }
            // What lies beyond the nearest sink is on no shortest augmenting path.
            if isReached { continue }
            for arc in Int(first[unchecked: node])..<Int(first[unchecked: node + 1]) {
                let other = Int(neighbours[unchecked: arc])
                if level[unchecked: other] < 0, flow[unchecked: arc] < 1 {
                    level[unchecked: other] = level[unchecked: node] + 1
                    queue.append(Int32(truncatingIfNeeded: other))
                }
            }
        }
        return isReached
    }

    /// Sends what fits from the sources to sinks along ascending levels, one unit a path.
    private static func augment(
        from sources: [Int32],
        _ graph: NeighbourGraph,
        _ reverses: [Int32],
        _ levels: [Int32],
        _ sinks: [Bool],
        _ flows: inout [Int8],
        _ cursors: inout [Int32],
        _ path: inout [Int32]
    ) -> Int {
        let first = graph.first.span
        let neighbours = graph.neighbours.span
        let reverse = reverses.span
        let level = levels.span
        let isSink = sinks.span
        var flow = flows.mutableSpan
        var cursor = cursors.mutableSpan
        var value = 0
        for source in sources {
            path.removeAll(keepingCapacity: true)
            var node = Int(source)
            while true {
                if isSink[unchecked: node] {
                    value += 1
                    for arc in path {
                        let back = Int(reverse[unchecked: Int(arc)])
                        flow[unchecked: Int(arc)] += 1
                        flow[unchecked: back] -= 1
                    }
                    // The next unit begins at the source again.
                    path.removeAll(keepingCapacity: true)
                    node = Int(source)
                    continue
                }
                let next = level[unchecked: node] + 1
                let end = first[unchecked: node + 1]
                var at = cursor[unchecked: node]
                while at < end {
                    let other = Int(neighbours[unchecked: Int(at)])
                    if level[unchecked: other] == next, flow[unchecked: Int(at)] < 1 { break }
                    at += 1
                }
                cursor[unchecked: node] = at
                if at < end {
                    path.append(at)
                    node = Int(neighbours[unchecked: Int(at)])
                } else if let last = path.popLast() {
                    node = Int(neighbours[unchecked: Int(reverse[unchecked: Int(last)])])
                    cursor[unchecked: node] += 1
                } else {
                    break
                }
            }
        }
        return value
    }

    /// What the last search reached is one side of the cut; the separator is the smaller of the two
    /// rows of nodes along it.
    private func separator() -> Cut {
        var near: Set<Int32> = []
        var far: Set<Int32> = []
        var sideCount = 0
        for node in 0..<graph.nodeCount where level[node] >= 0 {
            sideCount += 1
            for other in graph.neighbours(of: node) where level[Int(other)] < 0 {
                near.insert(Int32(node))
                far.insert(other)
            }
        }
        return Cut(
            separator: (near.count <= far.count ? near : far).sorted(),
            smallerSide: min(sideCount, graph.nodeCount - sideCount)
        )
    }
}
