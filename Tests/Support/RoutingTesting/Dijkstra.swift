public import Routing

/// The oracle: Dijkstra's algorithm with a plain heap.
public struct Dijkstra {
    private let graph: DirectedGraph
    private let weights: [UInt32]

    /// Creates an oracle of a graph with a weight for each arc.
    public init(graph: DirectedGraph, weights: [UInt32]) {
        self.graph = graph
        self.weights = weights
    }

    /// The distance of every node from one; `ContractionMetric.unreachable` where there is none.
    public func distances(from source: Int) -> [UInt32] {
        let none = ContractionMetric.unreachable
        var distance = [UInt32](repeating: none, count: graph.nodeCount)
        var heap: [UInt64] = []
        distance[source] = 0
        push(UInt64(source), &heap)
        while let top = pop(&heap) {
            let node = Int(top & 0xffff_ffff)
            guard UInt32(top >> 32) == distance[node] else { continue }
            for arc in graph.arcs(of: node) where weights[arc] < none {
                let length = distance[node] + weights[arc]
                let head = Int(graph.head[arc])
                if length < distance[head] {
                    distance[head] = length
                    push(UInt64(length) << 32 | UInt64(head), &heap)
                }
            }
        }
        return distance
    }

    private func push(_ entry: UInt64, _ heap: inout [UInt64]) {
        heap.append(entry)
        var at = heap.count - 1
        while at > 0, heap[(at - 1) / 2] > heap[at] {
            heap.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    private func pop(_ heap: inout [UInt64]) -> UInt64? {
        guard let top = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return top }
        heap[0] = last
        var at = 0
        while 2 * at + 1 < heap.count {
            var child = 2 * at + 1
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            if heap[at] <= heap[child] { break }
            heap.swapAt(at, child)
            at = child
        }
        return top
    }
}
