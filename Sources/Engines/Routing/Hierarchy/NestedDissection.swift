/// Orders the nodes of a road network for contraction by nested dissection: small separators found by
/// inertial flow come last.
///
/// Schild, Sommer, "On Balanced Separators in Road Networks" (SEA 2015): along each of four directions
/// the first and the last quarter of the nodes are terminals of a maximum flow, and the smallest
/// of the four minimum cuts divides the part.
public struct NestedDissection {
    /// The share of nodes that are sources, and of those that are sinks.
    static let terminalShare = 0.25
    /// Parts this small are ordered by minimum degree, on sets of 64 bits.
    static let maximumSmallPart = 64

    private var order: [UInt32] = []
    /// Positions in any plane: only their order along a direction counts.
    private let x: [Float]
    private let y: [Float]

    /// The order of a graph whose nodes have places.
    ///
    /// - Throws: `RoutingError` `badGraph` where the counts differ.
    public static func order(_ graph: DirectedGraph, x: [Float], y: [Float]) throws(RoutingError)
        -> [UInt32]
    {
        guard x.count == graph.nodeCount, y.count == graph.nodeCount else {
            throw .badGraph("\(x.count) places for \(graph.nodeCount) nodes")
        }
        let whole = NeighbourGraph(graph, rank: Array(0..<UInt32(graph.nodeCount)))
        var dissection = NestedDissection(x: x, y: y)
        dissection.order.reserveCapacity(graph.nodeCount)
        // The last is placed first, so that recursion needs no memory of what follows it.
        dissection.divide(Part(graph: whole, nodes: Array(0..<UInt32(graph.nodeCount))))
        return dissection.order.reversed()
    }

    private init(x: [Float], y: [Float]) {
        self.x = x
        self.y = y
    }

    /// A part of the graph: its own graph and the node each of its nodes is.
    private struct Part {
        var graph: NeighbourGraph
        var nodes: [UInt32]
    }

    private mutating func divide(_ whole: Part) {
        var stack = NestedDissection.components(of: whole, without: [])
        while let part = stack.popLast() {
            if part.nodes.count <= NestedDissection.maximumSmallPart {
                let last = SmallPartOrder(part.graph).order.reversed()
                order += last.map { part.nodes[$0] }
                continue
            }
            let separator = separator(of: part)
            order += separator.map { part.nodes[Int($0)] }
            stack += NestedDissection.components(of: part, without: separator)
        }
    }

    /// The smallest separator of the four directions, never empty.
    private func separator(of part: Part) -> [Int32] {
        var flow = InertialFlow(part.graph)
        let directions: [(Float, Float)] = [(1, 0), (0, 1), (1, 1), (1, -1)]
        var best: InertialFlow.Cut?
        for (eastward, northward) in directions {
            // The place along the direction and the node in one number: numbers sort fast.
            var keys = part.nodes.enumerated().map { local, node in
                let along = x[Int(node)] * eastward + y[Int(node)] * northward
                return UInt64(along.sortable) << 32 | UInt64(local)
            }
            keys.sort()
            let share = Double(keys.count) * NestedDissection.terminalShare
            let cut = flow.cut(
                sources: keys.prefix(Int(share)).map { Int32($0 & 0xffff_ffff) },
                sinks: keys.suffix(Int(share)).map { Int32($0 & 0xffff_ffff) },
                limit: best?.separator.count ?? .max
            )
            if let cut, cut.isBetter(than: best) { best = cut }
        }
        // A cut of a connected part has edges, so its separator has nodes.
        return best?.separator ?? [0]
    }

    /// The connected parts that remain without some nodes.
    private static func components(of part: Part, without separator: [Int32]) -> [Part] {
        let graph = part.graph
        var local = [Int32](repeating: -1, count: graph.nodeCount)
        for node in separator { local[Int(node)] = -2 }
        var parts: [Part] = []
        for start in 0..<graph.nodeCount where local[start] == -1 {
            var members = [Int32(start)]
            local[start] = 0
            var at = 0
            while at < members.count {
                for other in graph.neighbours(of: Int(members[at])) where local[Int(other)] == -1 {
                    local[Int(other)] = 0
                    members.append(other)
                }
                at += 1
            }
            members.sort()
            for (number, node) in members.enumerated() { local[Int(node)] = Int32(number) }
            var first: [Int32] = [0]
            var neighbours: [Int32] = []
            for node in members {
                for other in graph.neighbours(of: Int(node)) where local[Int(other)] >= 0 {
                    neighbours.append(local[Int(other)])
                }
                first.append(Int32(neighbours.count))
            }
            parts.append(
                Part(
                    graph: NeighbourGraph(first: first, neighbours: neighbours),
                    nodes: members.map { part.nodes[Int($0)] }
                )
            )
        }
        return parts
    }
}

/// Orders a graph of at most 64 nodes by minimum degree: the node with the fewest neighbours goes
/// first, and its neighbours become neighbours of each other.
struct SmallPartOrder {
    private(set) var order: [Int] = []

    init(_ graph: NeighbourGraph) {
        var neighbours = (0..<graph.nodeCount).map { node in
            graph.neighbours(of: node).reduce(into: UInt64(0)) { $0 |= 1 << UInt64($1) }
        }
        var left = Set(0..<graph.nodeCount)
        while let node = left.min(by: {
            (neighbours[$0].nonzeroBitCount, $0) < (neighbours[$1].nonzeroBitCount, $1)
        }) {
            left.remove(node)
            order.append(node)
            let around = neighbours[node]
            for other in left where around >> UInt64(other) & 1 == 1 {
                neighbours[other] |= around
                neighbours[other] &= ~(1 << UInt64(node) | 1 << UInt64(other))
            }
        }
    }
}

extension Float {
    /// A number that sorts as the value does (IEEE 754).
    fileprivate var sortable: UInt32 {
        bitPattern >> 31 == 0 ? bitPattern | 1 << 31 : ~bitPattern
    }
}
