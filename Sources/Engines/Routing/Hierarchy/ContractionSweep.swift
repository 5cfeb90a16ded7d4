/// Distances from one start to many places at once (Delling et al., "PHAST", 2011; restricted to what the
/// places need: RPHAST): one climb from the start, one sweep down.
public struct ContractionSweep: Sendable {
    private let topology: ContractionTopology
    /// Ranks that the wanted nodes can be reached over, the highest first; all where all are wanted.
    private let ranks: [UInt32]
    private let targets: [UInt32]
    private var distances: [UInt32]

    /// Prepares for some nodes, or for all.
    public init(_ topology: ContractionTopology, targets: [Int]? = nil) {
        self.topology = topology
        distances = Array(repeating: ContractionMetric.unreachable, count: topology.rank.count)
        guard let targets else {
            self.targets = Array(topology.rank)
            ranks = (0..<UInt32(topology.rank.count)).reversed()
            return
        }
        self.targets = targets.map { topology.rank[$0] }
        var isNeeded: Set<UInt32> = []
        for target in self.targets {
            var rank = target
            while rank != ContractionTopology.none, isNeeded.insert(rank).inserted {
                rank = topology.parent[Int(rank)]
            }
        }
        ranks = isNeeded.sorted(by: >)
    }

    /// The distances from a node to the wanted nodes, in their order.
    public mutating func distances(from source: Int, _ metric: ContractionMetric) -> [UInt32] {
        distances(from: [.init(rank: topology.rank[source], cost: 0)], metric)
    }

    /// The distances from the two ends of a segment, each with what it costs to get there.
    mutating func distances(from seeds: [ContractionQuery.Seed], _ metric: ContractionMetric)
        -> [UInt32]
    {
        for seed in seeds { distances[Int(seed.rank)] = min(distances[Int(seed.rank)], seed.cost) }
        let lowest = seeds.map(\.rank).min() ?? ContractionTopology.none
        var rank = lowest
        while rank != ContractionTopology.none {
            let here = distances[Int(rank)]
            for arc in topology.upArcs(of: rank) {
                let head = Int(topology.upHead[arc])
                distances[head] = min(distances[head], here &+ metric.up[arc])
            }
            rank = topology.parent[Int(rank)]
        }
        ContractionSweep.sweep(ranks, topology, metric, &distances)
        let found = targets.map { distances[Int($0)] }
        for rank in ranks { distances[Int(rank)] = ContractionMetric.unreachable }
        rank = lowest
        while rank != ContractionTopology.none {
            distances[Int(rank)] = ContractionMetric.unreachable
            rank = topology.parent[Int(rank)]
        }
        return found
    }

    private static func sweep(
        _ ranks: [UInt32],
        _ topology: ContractionTopology,
        _ metric: ContractionMetric,
        _ distances: inout [UInt32]
    ) {
        let first = topology.upFirst.values.span
        let head = topology.upHead.values.span
        let down = metric.down.span
        var distance = distances.mutableSpan
        for rank in ranks {
            var best = distance[unchecked: Int(rank)]
            for arc in Int(first[unchecked: Int(rank)])..<Int(first[unchecked: Int(rank) + 1]) {
                let over = distance[unchecked: Int(head[unchecked: arc])]
                best = min(best, over &+ down[unchecked: arc])
            }
            distance[unchecked: Int(rank)] = best
        }
    }
}

extension ContractionTopology {
    /// The arcs from a rank to higher ones.
    func upArcs(of rank: UInt32) -> Range<Int> {
        Int(upFirst[Int(rank)])..<Int(upFirst[Int(rank) + 1])
    }
}
