import Basics
import Packaging
import RoutingTesting
import SharedDataTesting
import Testing

@testable import Routing

/// A street grid with holes, one-way streets, double streets and loops, by seed.
struct GridTown {
    let graph: DirectedGraph
    var weights: [UInt32]
    let x: [Float]
    let y: [Float]

    init(side: Int, seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var arcs: [[(head: Int, weight: UInt32)]] = Array(repeating: [], count: side * side)
        func weight() -> UInt32 {
            switch Int.random(in: 0..<20, using: &random) {
            case 0: 0
            case 1: ContractionMetric.unreachable
            default: UInt32.random(in: 1...1_000, using: &random)
            }
        }
        for node in 0..<side * side {
            var others: [Int] = []
            if (node + 1) % side != 0 { others.append(node + 1) }
            if node + side < side * side { others.append(node + side) }
            for other in others where Int.random(in: 0..<8, using: &random) > 0 {
                for _ in 0...Int.random(in: 0..<5, using: &random) / 4 {
                    arcs[node].append((other, weight()))
                }
                if Int.random(in: 0..<6, using: &random) > 0 {
                    arcs[other].append((node, weight()))
                }
            }
            if Int.random(in: 0..<30, using: &random) == 0 { arcs[node].append((node, weight())) }
        }
        var first: [UInt32] = [0]
        for list in arcs { first.append(first[first.count - 1] + UInt32(list.count)) }
        graph = try DirectedGraph(
            firstOut: first,
            head: arcs.joined().map { UInt32($0.head) }
        )
        weights = arcs.joined().map(\.weight)
        x = (0..<side * side).map { Float($0 % side) }
        y = (0..<side * side).map { Float($0 / side) }
    }

    func order() throws -> [UInt32] {
        try NestedDissection.order(graph, x: x, y: y)
    }
}

@Suite struct `Contraction hierarchies` {
    /// What the arcs sum to, or nothing where they do not join the nodes.
    static func sum(_ arcs: [UInt32], _ town: GridTown, from source: Int, to target: Int) -> UInt32?
    {
        var node = source
        var sum: UInt32 = 0
        for arc in arcs {
            guard town.graph.arcs(of: node).contains(Int(arc)) else { return nil }
            node = Int(town.graph.head[Int(arc)])
            sum += town.weights[Int(arc)]
        }
        return node == target ? sum : nil
    }

    @Test(arguments: [1, 2, 3, 7, 12, 16] as [Int])
    func `every distance and every path equals Dijkstra's`(_ side: Int) throws {
        let town = try GridTown(side: side, seed: UInt64(side))
        var random = SeededRandom(seed: 9)
        let nodes = 0..<side * side
        let shuffled = nodes.map(UInt32.init).shuffled(using: &random)
        for order in [try town.order(), shuffled] {
            #expect(order.sorted() == nodes.map(UInt32.init))
            let topology = try ContractionTopology(town.graph, order: order)
            let metric = try ContractionMetric(topology, weights: town.weights)
            var query = ContractionQuery(topology)
            for source in [0, nodes.count / 2, nodes.count - 1] {
                let oracle = Dijkstra(graph: town.graph, weights: town.weights)
                    .distances(from: source)
                let found = nodes.map { query.distance(from: source, to: $0, metric) }
                #expect(found == oracle)
                let sums = nodes.map { target in
                    query.path(from: source, to: target, metric).map {
                        Self.sum($0.arcs, town, from: source, to: target)
                    } ?? ContractionMetric.unreachable
                }
                #expect(sums == oracle)
            }
        }
    }

    @Test func `a partial update leaves what a whole customisation would`() throws {
        var town = try GridTown(side: 14, seed: 5)
        let topology = try ContractionTopology(town.graph, order: try town.order())
        var metric = try ContractionMetric(topology, weights: town.weights)
        var random = SeededRandom(seed: 6)
        for _ in 0..<100 {
            let changes = (0...Int.random(in: 0..<3, using: &random)).map { _ in
                let arc = Int.random(in: 0..<town.graph.arcCount, using: &random)
                let isClosure = Bool.random(using: &random)
                let weight =
                    isClosure ? ContractionMetric.unreachable : .random(in: 0...900, using: &random)
                return (arc: arc, weight: weight)
            }
            for change in changes { town.weights[change.arc] = change.weight }
            metric.update(changes, in: topology)
            let whole = try ContractionMetric(topology, weights: town.weights)
            #expect(metric.up == whole.up)
            #expect(metric.down == whole.down)
        }
    }

    @Test func `an order that is none and arrays that do not fit are refused`() throws {
        let town = try GridTown(side: 3, seed: 1)
        for order in [[], [0, 1], Array(repeating: UInt32(0), count: 9), Array(1...9)] as [[UInt32]]
        {
            #expect(
                errorCode { _ = try ContractionTopology(town.graph, order: order) } == .badOrder
            )
        }
        #expect(errorCode { _ = try DirectedGraph(firstOut: [0, 2], head: [0]) } == .badGraph)
        #expect(errorCode { _ = try DirectedGraph(firstOut: [0, 1], head: [1]) } == .badGraph)
        #expect(errorCode { _ = try DirectedGraph(firstOut: [], head: []) } == .badGraph)
        let topology = try ContractionTopology(town.graph, order: try town.order())
        #expect(errorCode { _ = try ContractionMetric(topology, weights: [1]) } == .badGraph)
    }

    @Test(
        .enabled(if: SharedData.isPresent, SharedData.absence),
        arguments: ["travel_time", "geo_distance"]
    )
    func `Luxembourg's reference answers are met`(_ metricName: String) throws {
        func vector(_ name: String) throws -> [UInt32] {
            let bytes = try SharedData.bytes("routingkit-luxembourg/luxembourg_\(name)")
            let all = try bytes.bytes(at: 0, count: bytes.size)
            return all.withUnsafeBytes { Array($0.bindMemory(to: UInt32.self)) }
        }
        let graph = try DirectedGraph(
            firstOut: try vector("first_out"),
            head: try vector("head")
        )
        let topology = try ContractionTopology(graph, order: try vector("cch_order"))
        let metric = try ContractionMetric(topology, weights: try vector(metricName))
        let sources = try vector("source_node")
        let targets = try vector("target_node")
        let answers = try vector("query_reference_\(metricName)_length")
        var query = ContractionQuery(topology)
        // The benchmark asks all 100,000; a debug build takes a sample.
        for at in stride(from: 0, to: answers.count, by: 97) {
            let (source, target) = (Int(sources[at]), Int(targets[at]))
            #expect(query.distance(from: source, to: target, metric) == answers[at])
        }
    }
}
