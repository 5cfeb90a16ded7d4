/// The part of a customizable contraction hierarchy that no metric changes: the order of the nodes, the
/// elimination tree and the arcs of the chordal supergraph.
///
/// Dibbelt, Strasser, Wagner, "Customizable Contraction Hierarchies" (arXiv 1402.0402). Nodes are
/// named by their rank here; every arc goes from its lower to its higher end, and the metric has a
/// weight for each of its two directions. Ranks follow a postorder of the elimination tree, so the
/// way to the root runs through memory that lies together.
public struct ContractionTopology: Sendable {
    static let none = UInt32.max

    /// The graph whose arcs are weighted.
    public let graph: DirectedGraph
    /// For each node its rank.
    public let rank: Column<UInt32>
    /// For each rank its parent in the elimination tree; `UInt32.max` for a root.
    let parent: Column<UInt32>
    let upFirst: Column<UInt32>
    let upHead: Column<UInt32>
    let upTail: Column<UInt32>
    let downFirst: Column<UInt32>
    /// For each rank, the arcs that end at it, by ascending tail.
    let downArc: Column<UInt32>
    let downTail: Column<UInt32>
    /// For each arc of the graph, twice the number of its arc here, plus one where it leads down.
    let place: Column<UInt32>
    /// The arcs of the graph of each arc here and each of its directions.
    let inputFirst: Column<UInt32>
    let inputArcs: Column<UInt32>

    /// The count of arcs of the chordal supergraph.
    public var arcCount: Int { upHead.count }

    /// Contracts a graph in an order: `order[i]` is the node contracted as the `i`-th.
    ///
    /// - Throws: `RoutingError` `badOrder`, or `networkTooLarge`.
    public init(_ graph: DirectedGraph, order: [UInt32]) throws(RoutingError) {
        let given = try ContractionTopology.inverse(order, count: graph.nodeCount)
        let fill = EliminationFill(NeighbourGraph(graph, rank: given))
        guard fill.head.count <= DirectedGraph.maximumArcCount else {
            throw .networkTooLarge("\(fill.head.count) arcs of the hierarchy")
        }
        let postorder = fill.postorder()
        let ordered = fill.renumbered(postorder)
        let rank = given.map { postorder[Int($0)] }
        let tails = ordered.tails()
        let down = ordered.downward()
        let places = ordered.places(of: graph, rank: rank)
        let input = ContractionTopology.grouped(places, count: 2 * ordered.head.count)
        self.graph = graph
        self.rank = Column(rank)
        upFirst = Column(ordered.first)
        upHead = Column(ordered.head)
        parent = Column(ordered.parents)
        upTail = Column(tails)
        downFirst = Column(down.first)
        downArc = Column(down.arcs)
        downTail = Column(down.arcs.map { tails[Int($0)] })
        place = Column(places)
        inputFirst = Column(input.0)
        inputArcs = Column(input.1)
    }

    /// The rank of each node; every node must stand in the order once.
    private static func inverse(_ order: [UInt32], count: Int) throws(RoutingError) -> [UInt32] {
        guard order.count == count else { throw .badOrder("\(order.count) of \(count) nodes") }
        var rank = [UInt32](repeating: none, count: count)
        for (position, node) in order.enumerated() {
            guard node < UInt32(count), rank[Int(node)] == none else { throw .badOrder("\(node)") }
            rank[Int(node)] = UInt32(position)
        }
        return rank
    }

    private static func grouped(_ place: [UInt32], count: Int) -> ([UInt32], [UInt32]) {
        var first = [UInt32](repeating: 0, count: count + 1)
        for at in place where at != none { first[Int(at) + 1] += 1 }
        for at in 0..<count { first[at + 1] += first[at] }
        var cursor = first
        var arcs = [UInt32](repeating: 0, count: Int(first[count]))
        for (arc, at) in place.enumerated() where at != none {
            arcs[Int(cursor[Int(at)])] = UInt32(arc)
            cursor[Int(at)] += 1
        }
        return (first, arcs)
    }

    /// The arc between two ranks.
    func arc(from low: UInt32, to high: UInt32) -> Int? {
        var range = Int(upFirst[Int(low)])..<Int(upFirst[Int(low) + 1])
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if upHead[middle] == high { return middle }
            range =
                upHead[middle] < high
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}

/// The chordal supergraph that contraction in the order of the numbers leaves.
struct EliminationFill {
    private(set) var first: [UInt32] = [0]
    private(set) var head: [UInt32] = []

    var nodeCount: Int { first.count - 1 }

    init(_ graph: NeighbourGraph) {
        var children = [[Int32]](repeating: [], count: graph.nodeCount)
        var mark = [Int32](repeating: -1, count: graph.nodeCount)
        for node in 0..<graph.nodeCount {
            let start = head.count
            mark[node] = Int32(node)
            for other in graph.neighbours(of: node)
            where other > node && mark[Int(other)] != Int32(node) {
                mark[Int(other)] = Int32(node)
                head.append(UInt32(other))
            }
            for child in children[node] {
                for at in Int(first[Int(child)])..<Int(first[Int(child) + 1])
                where mark[Int(head[at])] != Int32(node) {
                    mark[Int(head[at])] = Int32(node)
                    head.append(head[at])
                }
            }
            children[node] = []
            head[start...].sort()
            if start < head.count { children[Int(head[start])].append(Int32(node)) }
            first.append(UInt32(head.count))
        }
    }

    private init(first: [UInt32], head: [UInt32]) {
        self.first = first
        self.head = head
    }

    var parents: [UInt32] {
        (0..<nodeCount).map {
            first[$0] < first[$0 + 1] ? head[Int(first[$0])] : ContractionTopology.none
        }
    }

    /// A postorder of the elimination tree in which a node's largest child comes right before it.
    func postorder() -> [UInt32] {
        let parents = parents
        var size = [Int32](repeating: 1, count: nodeCount)
        for node in 0..<nodeCount where parents[node] != ContractionTopology.none {
            size[Int(parents[node])] += size[node]
        }
        var children = [[UInt32]](repeating: [], count: nodeCount)
        var roots: [UInt32] = []
        for node in 0..<nodeCount {
            if parents[node] == ContractionTopology.none {
                roots.append(UInt32(node))
            } else {
                children[Int(parents[node])].append(UInt32(node))
            }
        }
        // Numbers are given from the end: a node, then its children, the largest first.
        var numbers = [UInt32](repeating: 0, count: nodeCount)
        var next = UInt32(nodeCount)
        var stack = roots
        while let node = stack.popLast() {
            next -= 1
            numbers[Int(node)] = next
            stack += children[Int(node)].sorted {
                (size[Int($0)], $0) < (size[Int($1)], $1)
            }
        }
        return numbers
    }

    /// The same arcs between other numbers.
    ///
    /// Upper neighbours are ancestors of each other, so any
    /// topological order of the tree keeps their order.
    func renumbered(_ numbers: [UInt32]) -> EliminationFill {
        var old = [Int](repeating: 0, count: nodeCount)
        for node in 0..<nodeCount { old[Int(numbers[node])] = node }
        var first: [UInt32] = [0]
        var head: [UInt32] = []
        head.reserveCapacity(self.head.count)
        for node in old {
            for at in Int(self.first[node])..<Int(self.first[node + 1]) {
                head.append(numbers[Int(self.head[at])])
            }
            first.append(UInt32(head.count))
        }
        return EliminationFill(first: first, head: head)
    }

    func tails() -> [UInt32] {
        (0..<nodeCount).flatMap { node in
            repeatElement(UInt32(node), count: Int(first[node + 1] - first[node]))
        }
    }

    func downward() -> (first: [UInt32], arcs: [UInt32]) {
        var start = [UInt32](repeating: 0, count: nodeCount + 1)
        for node in head { start[Int(node) + 1] += 1 }
        for node in 0..<nodeCount { start[node + 1] += start[node] }
        var cursor = start
        var arcs = [UInt32](repeating: 0, count: head.count)
        for (arc, node) in head.enumerated() {
            arcs[Int(cursor[Int(node)])] = UInt32(arc)
            cursor[Int(node)] += 1
        }
        return (start, arcs)
    }

    func places(of graph: DirectedGraph, rank: [UInt32]) -> [UInt32] {
        var places = [UInt32](repeating: ContractionTopology.none, count: graph.arcCount)
        for node in 0..<graph.nodeCount {
            for arc in graph.arcs(of: node) {
                let (a, b) = (rank[node], rank[Int(graph.head[arc])])
                guard a != b else { continue }
                let (low, high) = (min(a, b), max(a, b))
                var range = Int(first[Int(low)])..<Int(first[Int(low) + 1])
                while range.count > 1 {
                    let middle = range.lowerBound + range.count / 2
                    range =
                        head[middle] <= high
                        ? middle..<range.upperBound : range.lowerBound..<middle
                }
                places[arc] = UInt32(range.lowerBound) * 2 + (a < b ? 0 : 1)
            }
        }
        return places
    }
}
