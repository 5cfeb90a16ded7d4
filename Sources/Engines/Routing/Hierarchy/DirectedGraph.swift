/// A directed graph as adjacency array: the arcs of node `v` are `firstOut[v]..<firstOut[v + 1]`.
public struct DirectedGraph: Sendable {
    /// Weights and distances stay below 2³¹ (`ContractionMetric.unreachable`), numbers of arcs too.
    public static let maximumArcCount = 1 << 30

    /// For each node its first arc, and the count of arcs at the end.
    public let firstOut: Column<UInt32>
    /// For each arc the node it leads to.
    public let head: Column<UInt32>

    /// Creates a graph from its two arrays.
    ///
    /// - Throws: `RoutingError` `badGraph`, or `networkTooLarge`.
    public init(firstOut: [UInt32], head: [UInt32]) throws(RoutingError) {
        try self.init(firstOut: Column(firstOut), head: Column(head))
    }

    init(firstOut: Column<UInt32>, head: Column<UInt32>) throws(RoutingError) {
        guard head.count <= DirectedGraph.maximumArcCount else {
            throw .networkTooLarge("\(head.count) arcs")
        }
        guard firstOut.first == 0, firstOut.last == UInt32(head.count),
            zip(firstOut.values, firstOut.values.dropFirst()).allSatisfy({ $0 <= $1 })
        else { throw .badGraph("firstOut") }
        guard head.values.allSatisfy({ $0 < UInt32(firstOut.count - 1) }) else {
            throw .badGraph("head")
        }
        self.firstOut = firstOut
        self.head = head
    }

    /// The count of nodes.
    public var nodeCount: Int { firstOut.count - 1 }
    /// The count of arcs.
    public var arcCount: Int { head.count }

    /// The arcs of a node.
    public func arcs(of node: Int) -> Range<Int> {
        Int(firstOut[node])..<Int(firstOut[node + 1])
    }

    /// For each arc the node it comes from.
    public func tails() -> [UInt32] {
        var tails: [UInt32] = []
        tails.reserveCapacity(arcCount)
        for node in 0..<nodeCount {
            for _ in arcs(of: node) { tails.append(UInt32(node)) }
        }
        return tails
    }
}

/// An undirected graph without loops and double edges; the neighbours of a node ascend.
struct NeighbourGraph {
    let first: [Int32]
    let neighbours: [Int32]

    var nodeCount: Int { first.count - 1 }

    /// Forgets the directions of a graph; node `v` gets the number `rank[v]`.
    init(_ graph: DirectedGraph, rank: [UInt32]) {
        var degree = [Int32](repeating: 0, count: graph.nodeCount + 1)
        let tails = graph.tails()
        for (tail, head) in zip(tails, graph.head) where tail != head {
            degree[Int(rank[Int(tail)]) + 1] += 1
            degree[Int(rank[Int(head)]) + 1] += 1
        }
        for node in 0..<graph.nodeCount { degree[node + 1] += degree[node] }
        var cursor = degree
        var list = [Int32](repeating: 0, count: Int(degree[graph.nodeCount]))
        for (tail, head) in zip(tails, graph.head) where tail != head {
            let (a, b) = (Int32(rank[Int(tail)]), Int32(rank[Int(head)]))
            list[Int(cursor[Int(a)])] = b
            list[Int(cursor[Int(b)])] = a
            cursor[Int(a)] += 1
            cursor[Int(b)] += 1
        }
        var first: [Int32] = [0]
        var unique: [Int32] = []
        for node in 0..<graph.nodeCount {
            let start = unique.count
            for other in list[Int(degree[node])..<Int(degree[node + 1])].sorted()
            where unique.count == start || unique[unique.count - 1] != other {
                unique.append(other)
            }
            first.append(Int32(unique.count))
        }
        self.first = first
        neighbours = unique
    }

    init(first: [Int32], neighbours: [Int32]) {
        self.first = first
        self.neighbours = neighbours
    }

    func neighbours(of node: Int) -> ArraySlice<Int32> {
        neighbours[Int(first[node])..<Int(first[node + 1])]
    }
}
