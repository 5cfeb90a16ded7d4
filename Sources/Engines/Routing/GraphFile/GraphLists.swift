extension WalkingNetwork {
    /// The network of a file, with every number within its list.
    init(_ table: GraphTable) throws(RoutingError) {
        self.init()
        nodePositions = try table.column(.nodePositions, of: GeoPoint.self)
        nodeAttributes = try table.numbers(.nodeAttributes)
        segments = try table.column(.segments, of: Segment.self)
        shapePoints = try table.column(.shapePoints, of: GeoPoint.self)
        let knowledge = try table.column(.knowledge, of: UInt8.self)
        var reader = GraphReader(UnsafeRawBufferPointer(knowledge.values))
        try reader.readKnowledge(into: &self)
        guard isConsistent else { throw .badGraphFile("network") }
    }

    /// Whether every number names something that is there, and every segment has a shape.
    private var isConsistent: Bool {
        let (nodes, sets) = (UInt32(clamping: nodeCount), UInt32(clamping: attributeSets.count))
        let names = UInt32(clamping: texts.count)
        var next = UInt32(clamping: shapePoints.count)
        guard shapePoints.count <= WalkingNetwork.maximumShapePointCount,
            nodeAttributes.count == nodeCount, nodeAttributes.values.allSatisfy({ $0 < sets }),
            landmarks.allSatisfy({ $0.name < names }), segments.first?.firstShapePoint == 0,
            nodePositions.values.allSatisfy(\.isOnEarth),
            shapePoints.values.allSatisfy(\.isOnEarth)
        else { return false }
        for segment in segments.values.reversed() {
            guard segment.tail < nodes, segment.head < nodes, segment.tail != segment.head,
                segment.attributes < sets, segment.name < names,
                next >= 2, segment.firstShapePoint <= next - 2
            else { return false }
            next = segment.firstShapePoint
        }
        return true
    }
}

extension WalkingGraph {
    /// The graph of a file: the one that belongs to a network.
    init(_ table: GraphTable, _ network: WalkingNetwork) throws(RoutingError) {
        graph = try DirectedGraph(
            firstOut: table.numbers(.firstOut),
            head: table.numbers(.head)
        )
        places = try table.numbers(.segmentDirections)
        arcs = try table.numbers(.arcs)
        guard belongs(to: network) else { throw .badGraphFile("graph") }
    }

    /// Whether each direction of each segment has its arc, and each arc its direction.
    private func belongs(to network: WalkingNetwork) -> Bool {
        let count = 2 * network.segments.count
        guard graph.nodeCount == network.nodeCount, graph.arcCount == count,
            places.count == count, arcs.count == count
        else { return false }
        for (number, segment) in network.segments.values.enumerated() {
            let ends = [(segment.tail, segment.head), (segment.head, segment.tail)]
            for (direction, (from, to)) in ends.enumerated() {
                let arc = Int(arcs.values[2 * number + direction])
                guard arc < count, places.values[arc] == UInt32(2 * number + direction),
                    graph.head.values[arc] == to, graph.arcs(of: Int(from)).contains(arc)
                else { return false }
            }
        }
        return true
    }
}

extension ContractionTopology {
    /// The hierarchy of a file over a graph.
    ///
    /// What is checked is all that a search relies on to stay within the lists and to end: arcs lead up, the
    /// tree too, and every list that is another one's reverse is it.
    init(_ table: GraphTable, _ graph: DirectedGraph) throws(RoutingError) {
        self.graph = graph
        rank = try table.numbers(.rank)
        parent = try table.numbers(.parent)
        upFirst = try table.numbers(.upFirst)
        upHead = try table.numbers(.upHead)
        upTail = try table.numbers(.upTail)
        downFirst = try table.numbers(.downFirst)
        downArc = try table.numbers(.downArc)
        downTail = try table.numbers(.downTail)
        place = try table.numbers(.arcPlaces)
        inputFirst = try table.numbers(.inputFirst)
        inputArcs = try table.numbers(.inputArcs)
        guard hasRightCounts, ranksAreOrder, leadsUp, isReversed, holdsGraph else {
            throw .badGraphFile("hierarchy")
        }
    }

    private var hasRightCounts: Bool {
        let nodes = graph.nodeCount
        return rank.count == nodes && parent.count == nodes
            && arcCount <= DirectedGraph.maximumArcCount
            && upTail.count == arcCount && downArc.count == arcCount && downTail.count == arcCount
            && upFirst.isOffsets(of: arcCount, count: nodes)
            && downFirst.isOffsets(of: arcCount, count: nodes)
            && place.count == graph.arcCount
            && inputFirst.isOffsets(of: inputArcs.count, count: 2 * arcCount)
    }

    private var ranksAreOrder: Bool {
        var isTaken = [Bool](repeating: false, count: rank.count)
        for number in rank.values {
            guard number < UInt32(rank.count), !isTaken[Int(number)] else { return false }
            isTaken[Int(number)] = true
        }
        return true
    }

    private var leadsUp: Bool {
        for node in 0..<parent.count {
            var before = UInt32(node)
            let range = Int(upFirst.values[node])..<Int(upFirst.values[node + 1])
            for arc in range {
                guard upTail.values[arc] == UInt32(node), upHead.values[arc] > before,
                    upHead.values[arc] < UInt32(parent.count)
                else { return false }
                before = upHead.values[arc]
            }
            let first = range.isEmpty ? ContractionTopology.none : upHead.values[range.lowerBound]
            guard parent.values[node] == first else { return false }
        }
        return true
    }

    private var isReversed: Bool {
        for node in 0..<parent.count {
            var before: UInt32?
            for at in Int(downFirst.values[node])..<Int(downFirst.values[node + 1]) {
                let arc = Int(downArc.values[at])
                guard arc < arcCount, upHead.values[arc] == UInt32(node),
                    downTail.values[at] == upTail.values[arc], before ?? 0 <= downTail.values[at],
                    before != downTail.values[at]
                else { return false }
                before = downTail.values[at]
            }
        }
        return true
    }

    /// Whether each arc of the graph lies over its own arc here, and is among that one's.
    private var holdsGraph: Bool {
        guard inputArcs.count == graph.arcCount else { return false }
        for node in 0..<graph.nodeCount {
            for arc in graph.arcs(of: node) {
                let (from, to) = (rank.values[node], rank.values[Int(graph.head.values[arc])])
                let at = Int(place.values[arc] >> 1)
                guard at < arcCount, place.values[arc] & 1 == (from < to ? 0 : 1),
                    upTail.values[at] == min(from, to), upHead.values[at] == max(from, to)
                else { return false }
            }
        }
        for key in 0..<2 * arcCount {
            for at in Int(inputFirst.values[key])..<Int(inputFirst.values[key + 1]) {
                let arc = Int(inputArcs.values[at])
                guard arc < place.count, place.values[arc] == UInt32(key) else { return false }
            }
        }
        return true
    }
}

extension Column<UInt32> {
    /// Whether they are the beginnings of so many lists in one of a length, and its end.
    fileprivate func isOffsets(of length: Int, count: Int) -> Bool {
        guard self.count == count + 1, first == 0, values[count] == UInt32(clamping: length) else {
            return false
        }
        return zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }
    }
}
