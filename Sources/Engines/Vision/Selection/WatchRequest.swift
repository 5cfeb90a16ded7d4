#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Something that asks for an operator's eyes: an event of a camera.
public struct WatchRequest: Sendable, Hashable {
    /// The event.
    public var event: Int64
    /// The camera, by its place among the cameras of the wall.
    public var camera: Int
    /// How much it counts when it is raised: what happened, how long, where, when and to whom, as one
    /// product.
    public var weight: Double
    /// When it was raised, in milliseconds.
    public var raisedMilliseconds: Int64

    /// Creates a request; a weight that is no positive number counts as the least there is.
    public init(event: Int64, camera: Int, weight: Double, raisedMilliseconds: Int64) {
        self.event = event
        self.camera = camera
        self.weight = weight.isFinite ? max(weight, Self.leastWeight) : Self.leastWeight
        self.raisedMilliseconds = raisedMilliseconds
    }

    private static let leastWeight = 1e-6

    /// What requests are ordered by, the largest first.
    ///
    /// A request that waits counts double after every ``WallScheduler/doublingSeconds``. That makes its
    /// rank `log2(weight) + waited / doubling`, and the difference of two ranks never changes: a heap
    /// keeps the order without looking at the clock.
    var rank: Double {
        log2(weight) - Double(raisedMilliseconds) / (WallScheduler.doublingSeconds * 1000)
    }
}

/// Requests by rank, the first on top; what was withdrawn is skipped when it comes up.
struct WatchHeap: Sendable {
    struct Entry: Sendable {
        var rank: Double
        var camera: Int
        /// Which request of the camera this is, so that one that was replaced is known.
        var turn: Int
    }

    private var entries: [Entry] = []

    var count: Int { entries.count }
    var first: Entry? { entries.first }

    mutating func push(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0, entries[child].rank > entries[(child - 1) / 2].rank {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() {
        guard let last = entries.popLast(), !entries.isEmpty else { return }
        entries[0] = last
        var parent = 0
        while true {
            var top = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < entries.count && entries[child].rank > entries[top].rank {
                top = child
            }
            guard top != parent else { return }
            entries.swapAt(parent, top)
            parent = top
        }
    }

    /// Forgets what no longer stands.
    mutating func keep(where stands: (Entry) -> Bool) {
        let kept = entries.filter(stands)
        entries = []
        for entry in kept { push(entry) }
    }
}
