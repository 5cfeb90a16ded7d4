/// The network as a directed graph: each segment gives one arc in each direction, also where it may
/// be walked in one only, so that a metric can open and close it.
public struct WalkingGraph: Sendable {
    /// The graph.
    public let graph: DirectedGraph
    /// For each arc twice the number of its segment, plus one where it runs against it.
    let places: Column<UInt32>
    /// For each segment and direction its arc.
    let arcs: Column<UInt32>

    /// Creates the graph of a network.
    ///
    /// - Throws: `RoutingError` `networkTooLarge`.
    public init(_ network: WalkingNetwork) throws(RoutingError) {
        var first = [UInt32](repeating: 0, count: network.nodeCount + 1)
        for segment in network.segments {
            first[Int(segment.tail) + 1] += 1
            first[Int(segment.head) + 1] += 1
        }
        for node in 0..<network.nodeCount { first[node + 1] += first[node] }
        var cursor = first
        let count = 2 * network.segments.count
        var head = [UInt32](repeating: 0, count: count)
        var places = [UInt32](repeating: 0, count: count)
        var arcs = [UInt32](repeating: 0, count: count)
        for (number, segment) in network.segments.enumerated() {
            let ends = [(segment.tail, segment.head), (segment.head, segment.tail)]
            for (direction, (from, to)) in ends.enumerated() {
                let arc = cursor[Int(from)]
                cursor[Int(from)] += 1
                head[Int(arc)] = to
                places[Int(arc)] = UInt32(2 * number + direction)
                arcs[2 * number + direction] = arc
            }
        }
        graph = try DirectedGraph(firstOut: first, head: head)
        self.places = Column(places)
        self.arcs = Column(arcs)
    }

    /// An order for the hierarchy, from the places of the nodes.
    func order(_ network: WalkingNetwork) throws(RoutingError) -> [UInt32] {
        guard let middle = network.nodePositions.first else { throw .nothingWalkable }
        let frame = LocalFrame(at: middle)
        let metres = network.nodePositions.map(frame.metres)
        return try NestedDissection.order(
            graph,
            x: metres.map { Float($0.east) },
            y: metres.map { Float($0.north) }
        )
    }
}
