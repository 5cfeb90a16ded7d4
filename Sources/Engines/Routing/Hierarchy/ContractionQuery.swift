/// Finds shortest paths in a contraction hierarchy by its elimination tree.
///
/// Its memory is used again
/// from one search to the next, so each thread has its own.
public struct ContractionQuery: Sendable {
    /// A place where a search begins or ends: a rank and the cost from or to it.
    struct Seed: Hashable {
        var rank: UInt32
        var cost: UInt32
    }

    /// A found path.
    public struct Path: Sendable, Hashable {
        /// The sum of its weights.
        public var distance: UInt32
        /// Its arcs of the graph in order.
        public var arcs: [UInt32]
    }

    let topology: ContractionTopology
    private var forward: [UInt32]
    private var backward: [UInt32]
    private var forwardArc: [UInt32]
    private var backwardArc: [UInt32]

    /// Creates a searcher of a hierarchy.
    public init(_ topology: ContractionTopology) {
        self.topology = topology
        let count = topology.parent.count
        forward = Array(repeating: ContractionMetric.unreachable, count: count)
        backward = forward
        forwardArc = Array(repeating: ContractionTopology.none, count: count)
        backwardArc = forwardArc
    }

    /// The distance between two nodes; `ContractionMetric.unreachable` where there is no path.
    public mutating func distance(
        from source: Int,
        to target: Int,
        _ metric: ContractionMetric
    ) -> UInt32 {
        ContractionQuery.distance(
            from: topology.rank[source],
            to: topology.rank[target],
            topology,
            metric,
            &forward,
            &backward
        )
    }

    private static func distance(
        from source: UInt32,
        to target: UInt32,
        _ topology: ContractionTopology,
        _ metric: ContractionMetric,
        _ forwards: inout [UInt32],
        _ backwards: inout [UInt32]
    ) -> UInt32 {
        let parent = topology.parent.values.span
        let first = topology.upFirst.values.span
        let head = topology.upHead.values.span
        let up = metric.up.span
        let down = metric.down.span
        var forward = forwards.mutableSpan
        var backward = backwards.mutableSpan
        var x = source
        var y = target
        forward[unchecked: Int(x)] = 0
        backward[unchecked: Int(y)] = 0
        while x != y {
            if x < y {
                relax(x, &forward, first, head, up)
                x = parent[unchecked: Int(x)]
            } else {
                relax(y, &backward, first, head, down)
                y = parent[unchecked: Int(y)]
            }
        }
        var best = ContractionMetric.unreachable
        while x != ContractionTopology.none {
            let there = forward[unchecked: Int(x)]
            let back = backward[unchecked: Int(x)]
            if there < best, back < best {
                best = min(best, there &+ back)
                relaxBoth(x, &forward, &backward, first, head, up, down)
            } else if there < best {
                relax(x, &forward, first, head, up)
            } else if back < best {
                relax(x, &backward, first, head, down)
            }
            forward[unchecked: Int(x)] = ContractionMetric.unreachable
            backward[unchecked: Int(x)] = ContractionMetric.unreachable
            x = parent[unchecked: Int(x)]
        }
        return best
    }

    /// Carries the distance of a rank to its upper neighbours and forgets it.
    @inline(__always)
    private static func relax(
        _ rank: UInt32,
        _ distance: inout MutableSpan<UInt32>,
        _ first: borrowing Span<UInt32>,
        _ head: borrowing Span<UInt32>,
        _ weight: borrowing Span<UInt32>
    ) {
        let here = distance[unchecked: Int(rank)]
        guard here < ContractionMetric.unreachable else { return }
        distance[unchecked: Int(rank)] = ContractionMetric.unreachable
        for arc in Int(first[unchecked: Int(rank)])..<Int(first[unchecked: Int(rank) + 1]) {
            let other = Int(head[unchecked: arc])
            let through = here &+ weight[unchecked: arc]
            distance[unchecked: other] = min(distance[unchecked: other], through)
        }
    }

    @inline(__always)
    private static func relaxBoth(
        _ rank: UInt32,
        _ forward: inout MutableSpan<UInt32>,
        _ backward: inout MutableSpan<UInt32>,
        _ first: borrowing Span<UInt32>,
        _ head: borrowing Span<UInt32>,
        _ up: borrowing Span<UInt32>,
        _ down: borrowing Span<UInt32>
    ) {
        let there = forward[unchecked: Int(rank)]
        let back = backward[unchecked: Int(rank)]
        for arc in Int(first[unchecked: Int(rank)])..<Int(first[unchecked: Int(rank) + 1]) {
            let other = Int(head[unchecked: arc])
            let on = there &+ up[unchecked: arc]
            let off = back &+ down[unchecked: arc]
            forward[unchecked: other] = min(forward[unchecked: other], on)
            backward[unchecked: other] = min(backward[unchecked: other], off)
        }
    }

    /// The shortest path between two nodes, or nothing where there is none.
    public mutating func path(from source: Int, to target: Int, _ metric: ContractionMetric)
        -> Path?
    {
        let found = path(
            from: [Seed(rank: topology.rank[source], cost: 0)],
            to: [Seed(rank: topology.rank[target], cost: 0)],
            metric
        )
        return found.map { Path(distance: $0.distance, arcs: $0.arcs) }
    }
}

extension ContractionQuery {
    /// A path between sets of seeds.
    ///
    /// The seeds of a set are neighbours, so they lie on one way to the root. The path begins and ends at the ranks that were best.
    struct SeededPath {
        var distance: UInt32
        var source: UInt32
        var target: UInt32
        var arcs: [UInt32]
    }

    /// The shortest path between seeds.
    mutating func path(from sources: [Seed], to targets: [Seed], _ metric: ContractionMetric)
        -> SeededPath?
    {
        let meetings = search(from: sources, to: targets, metric)
        defer { forget(sources, targets) }
        guard let best = meetings.min(by: { ($0.distance, $0.rank) < ($1.distance, $1.rank) }),
            best.distance < ContractionMetric.unreachable
        else { return nil }
        return unpacked(over: best.rank, best.distance, metric)
    }

    /// The best path and others that go over other nodes, by ascending distance.
    ///
    /// A node where both searches meet is the top of a candidate; a longer candidate counts up to
    /// `stretch` times the best distance. Abraham et al., "Alternative Routes in Road Networks"
    /// (2013) call these single-via paths.
    mutating func paths(
        from sources: [Seed],
        to targets: [Seed],
        _ metric: ContractionMetric,
        stretch: Double,
        maximumCount: Int
    ) -> [SeededPath] {
        let meetings = search(from: sources, to: targets, metric)
        defer { forget(sources, targets) }
        let sorted = meetings.sorted { ($0.distance, $0.rank) < ($1.distance, $1.rank) }
        guard let best = sorted.first, best.distance < ContractionMetric.unreachable else {
            return []
        }
        let limit = UInt32(
            min(Double(best.distance) * stretch, Double(ContractionMetric.unreachable - 1))
        )
        return sorted.prefix(maximumCount).filter { $0.distance <= limit }
            .map { unpacked(over: $0.rank, $0.distance, metric) }
    }

    /// Searches up from both ends and gives the ranks where the searches met.
    private mutating func search(
        from sources: [Seed],
        to targets: [Seed],
        _ metric: ContractionMetric
    )
        -> [(rank: UInt32, distance: UInt32)]
    {
        for seed in sources {
            forward[Int(seed.rank)] = min(forward[Int(seed.rank)], seed.cost)
            forwardArc[Int(seed.rank)] = ContractionTopology.none
        }
        for seed in targets {
            backward[Int(seed.rank)] = min(backward[Int(seed.rank)], seed.cost)
            backwardArc[Int(seed.rank)] = ContractionTopology.none
        }
        guard var x = sources.map(\.rank).min(), var y = targets.map(\.rank).min() else {
            return []
        }
        while x != y {
            if x < y {
                ContractionQuery.climb(x, topology, metric.up, &forward, &forwardArc)
                x = topology.parent[Int(x)]
            } else {
                ContractionQuery.climb(y, topology, metric.down, &backward, &backwardArc)
                y = topology.parent[Int(y)]
            }
        }
        var meetings: [(rank: UInt32, distance: UInt32)] = []
        while x != ContractionTopology.none {
            let (there, back) = (forward[Int(x)], backward[Int(x)])
            if there < ContractionMetric.unreachable, back < ContractionMetric.unreachable {
                meetings.append((x, min(there &+ back, ContractionMetric.unreachable)))
            }
            ContractionQuery.climb(x, topology, metric.up, &forward, &forwardArc)
            ContractionQuery.climb(x, topology, metric.down, &backward, &backwardArc)
            x = topology.parent[Int(x)]
        }
        return meetings
    }

    private static func climb(
        _ rank: UInt32,
        _ topology: ContractionTopology,
        _ weights: [UInt32],
        _ distances: inout [UInt32],
        _ arcs: inout [UInt32]
    ) {
        let here = distances[Int(rank)]
        guard here < ContractionMetric.unreachable else { return }
        let head = topology.upHead.values.span
        let weight = weights.span
        var distance = distances.mutableSpan
        var through = arcs.mutableSpan
        for arc in Int(topology.upFirst[Int(rank)])..<Int(topology.upFirst[Int(rank) + 1]) {
            let other = Int(head[unchecked: arc])
            let length = here &+ weight[unchecked: arc]
            if length < distance[unchecked: other] {
                distance[unchecked: other] = length
                through[unchecked: other] = UInt32(truncatingIfNeeded: arc)
            }
        }
    }

    private mutating func forget(_ sources: [Seed], _ targets: [Seed]) {
        for seed in [sources.min { $0.rank < $1.rank }, targets.min { $0.rank < $1.rank }] {
            var rank = seed?.rank ?? ContractionTopology.none
            while rank != ContractionTopology.none {
                forward[Int(rank)] = ContractionMetric.unreachable
                backward[Int(rank)] = ContractionMetric.unreachable
                rank = topology.parent[Int(rank)]
            }
        }
    }

    /// The path over a rank where the searches met.
    private func unpacked(over meeting: UInt32, _ distance: UInt32, _ metric: ContractionMetric)
        -> SeededPath
    {
        var unpacking = PathUnpacking(topology: topology, metric: metric)
        var ascent: [Int] = []
        var source = meeting
        while forwardArc[Int(source)] != ContractionTopology.none {
            ascent.append(Int(forwardArc[Int(source)]))
            source = topology.upTail[Int(forwardArc[Int(source)])]
        }
        for arc in ascent.reversed() { unpacking.append(arc, isDown: false) }
        var target = meeting
        while backwardArc[Int(target)] != ContractionTopology.none {
            let arc = Int(backwardArc[Int(target)])
            unpacking.append(arc, isDown: true)
            target = topology.upTail[arc]
        }
        return SeededPath(
            distance: distance,
            source: source,
            target: target,
            arcs: unpacking.arcs
        )
    }
}

/// Replaces arcs of the hierarchy by the arcs of the graph that they stand for.
private struct PathUnpacking {
    let topology: ContractionTopology
    let metric: ContractionMetric
    private(set) var arcs: [UInt32] = []
    private var stack: [UInt32] = []

    init(topology: ContractionTopology, metric: ContractionMetric) {
        self.topology = topology
        self.metric = metric
    }

    mutating func append(_ arc: Int, isDown: Bool) {
        stack.append(UInt32(arc) * 2 + (isDown ? 1 : 0))
        while let top = stack.popLast() {
            guard let parts = parts(Int(top >> 1), isDown: top & 1 == 1) else { continue }
            stack.append(parts.second)
            stack.append(parts.first)
        }
    }

    /// The two arcs that an arc stands for, each with its direction, or nothing where it is an arc of
    /// the graph, which is appended then.
    private mutating func parts(_ arc: Int, isDown: Bool) -> (first: UInt32, second: UInt32)? {
        let weight = isDown ? metric.down[arc] : metric.up[arc]
        for at in topology.inputRange(arc, isDown: isDown)
        where metric.input[Int(topology.inputArcs[at])] == weight {
            arcs.append(topology.inputArcs[at])
            return nil
        }
        let up = metric.up.span
        let down = metric.down.span
        var found: (first: UInt32, second: UInt32)?
        topology.forEachLowerTriangle(arc) { low, high in
            // Down from one end to the common lower neighbour, and up to the other.
            let (first, second) = isDown ? (high, low) : (low, high)
            guard down[unchecked: first] &+ up[unchecked: second] == weight else { return true }
            found = (UInt32(first) * 2 + 1, UInt32(second) * 2)
            return false
        }
        return found
    }
}
