import Basics
import Routing
import RoutingTesting

/// A synthetic graph of nine Luxembourgs, three by three, neighbours joined by 25 links a border.
struct TiledLuxembourg {
    static let side = 3
    static let linkCount = 25
    static let linkWeight: UInt32 = 60_000
    /// Between the bounding boxes of two copies, in degrees.
    static let gap: Float = 0.01
    /// How far from its place along the border the end of a link may lie, in degrees.
    static let reach: Float = 0.02

    let graph: DirectedGraph
    let weights: [UInt32]
    let x: [Float]
    let y: [Float]

    init(_ one: Luxembourg) throws {
        let single = try one.weights("travel_time")
        let count = one.graph.nodeCount
        var arcs: [[(head: UInt32, weight: UInt32)]] = []
        var (x, y): ([Float], [Float]) = ([], [])
        let (width, height) = (one.x.span + Self.gap, one.y.span + Self.gap)
        for copy in 0..<Self.side * Self.side {
            x += one.x.map { $0 + width * Float(copy % Self.side) }
            y += one.y.map { $0 + height * Float(copy / Self.side) }
            for node in 0..<count {
                arcs.append(
                    one.graph.arcs(of: node).map {
                        (one.graph.head[$0] + UInt32(copy * count), single[$0])
                    }
                )
            }
        }
        let eastward = Self.links(along: one.y, across: one.x)
        let northward = Self.links(along: one.x, across: one.y)
        for copy in 0..<Self.side * Self.side {
            var joined: [(Int, [(last: Int, first: Int)])] = []
            if copy % Self.side + 1 < Self.side { joined.append((copy + 1, eastward)) }
            if copy / Self.side + 1 < Self.side { joined.append((copy + Self.side, northward)) }
            for (other, links) in joined {
                for link in links {
                    let (a, b) = (copy * count + link.last, other * count + link.first)
                    arcs[a].append((UInt32(b), Self.linkWeight))
                    arcs[b].append((UInt32(a), Self.linkWeight))
                }
            }
        }
        var first: [UInt32] = [0]
        for list in arcs { first.append(first[first.count - 1] + UInt32(list.count)) }
        graph = try DirectedGraph(firstOut: first, head: arcs.joined().map(\.head))
        weights = arcs.joined().map(\.weight)
        (self.x, self.y) = (x, y)
    }

    /// For each place along a border, the node nearest to the far edge and the one nearest to the near
    /// edge.
    private static func links(along: [Float], across: [Float]) -> [(last: Int, first: Int)] {
        (0..<linkCount).compactMap { link in
            let quantile = 0.05 + 0.9 * Float(link) / Float(linkCount - 1)
            let place = (along.min() ?? 0) + quantile * along.span
            let near = along.indices.filter { abs(along[$0] - place) <= reach }
            guard let last = near.max(by: { across[$0] < across[$1] }),
                let first = near.min(by: { across[$0] < across[$1] })
            else { return nil }
            return (last, first)
        }
    }
}

extension [Float] {
    fileprivate var span: Float { (self.max() ?? 0) - (self.min() ?? 0) }
}

/// The large graph: order, customisation, distances, paths, and one closure in eight metrics.
func measureTiled(_ folder: String) throws {
    let tiled = try TiledLuxembourg(Luxembourg(folder))
    report("nodes", count: tiled.graph.nodeCount)
    report("arcs", count: tiled.graph.arcCount)
    let (order, ordering) = try timed {
        try NestedDissection.order(tiled.graph, x: tiled.x, y: tiled.y)
    }
    report("own order", [ordering])
    let (topology, building) = try timed { try ContractionTopology(tiled.graph, order: order) }
    report("contraction", [building])
    report("arcs of the hierarchy", count: topology.arcCount)
    var metrics: [ContractionMetric] = []
    var customisations: [Double] = []
    for number in 0..<8 {
        // Eight people: the same ways, other weights.
        let weights = tiled.weights.map { $0 + $0 / 7 * UInt32(number) }
        let (metric, time) = try timed { try ContractionMetric(topology, weights: weights) }
        metrics.append(metric)
        customisations.append(time)
    }
    report("customisation", customisations)
    try measureSearches(tiled, topology, metrics[0])
    var random = SeededRandom(seed: 2)
    var closures: [Double] = []
    for _ in 0..<500 {
        let arc = Int.random(in: 0..<tiled.graph.arcCount, using: &random)
        for isClosure in [true, false] {
            let (_, time) = timed {
                for number in metrics.indices {
                    let open = tiled.weights[arc] + tiled.weights[arc] / 7 * UInt32(number)
                    let weight = isClosure ? ContractionMetric.unreachable : open
                    metrics[number].update([(arc: arc, weight: weight)], in: topology)
                }
            }
            closures.append(time)
        }
    }
    report("one closure or opening in eight metrics", closures)
    report("peak memory in bytes", count: peakMemoryByteCount())
}

private func measureSearches(
    _ tiled: TiledLuxembourg,
    _ topology: ContractionTopology,
    _ metric: ContractionMetric
) throws {
    var query = ContractionQuery(topology)
    var random = SeededRandom(seed: 1)
    let pairs = (0..<100_000).map { _ in
        (
            Int.random(in: 0..<tiled.graph.nodeCount, using: &random),
            Int.random(in: 0..<tiled.graph.nodeCount, using: &random)
        )
    }
    var found: [UInt32] = []
    let times = pairs.map { pair in
        let (distance, time) = timed { query.distance(from: pair.0, to: pair.1, metric) }
        found.append(distance)
        return time
    }
    report("distance", times)
    let paths = pairs.prefix(5_000).map { pair in
        timed { query.path(from: pair.0, to: pair.1, metric) }.1
    }
    report("path", paths)
    let oracle = Dijkstra(graph: tiled.graph, weights: tiled.weights)
    let agreements = (0..<20).filter {
        oracle.distances(from: pairs[$0].0)[pairs[$0].1] == found[$0]
    }
    report("answers equal to Dijkstra's", count: agreements.count, of: 20)
}
