/// Finds the shortest ways on foot from one place to several near ones, by their metres alone: where
/// somebody has been is no question of what suits them.
struct LengthSearch {
    /// A search that has seen so many nodes gives up; within a few hundred metres no town has more.
    static let maximumNodeCount = 2_000

    private struct Reached {
        var metres: Double
        /// Twice the number of the segment it was reached by, plus one against its direction.
        var by: UInt32
        var isSettled = false
    }

    private let planner: RoutePlanner
    private let start: Snap
    private let maximumMetres: Double
    private var reached: [UInt32: Reached] = [:]
    private var queue = MetresHeap()
    private var settledCount = 0

    init(_ planner: RoutePlanner, from start: Snap, within metres: Double) {
        self.planner = planner
        self.start = start
        maximumMetres = metres
        let segment = planner.network.segments[start.segment]
        let length = segment.metres
        let place = UInt32(2 * start.segment)
        if segment.isForward { reach(segment.head, (1 - start.fraction) * length, place) }
        if segment.isBackward { reach(segment.tail, start.fraction * length, place + 1) }
    }

    private mutating func reach(_ node: UInt32, _ metres: Double, _ by: UInt32) {
        guard metres <= maximumMetres, metres < reached[node]?.metres ?? .infinity else { return }
        reached[node] = Reached(metres: metres, by: by)
        queue.push(metres, node)
    }

    /// Settles nodes until every one within the bound is.
    mutating func run() {
        while settledCount < LengthSearch.maximumNodeCount, let (metres, node) = queue.pop() {
            guard let found = reached[node], !found.isSettled, found.metres == metres else {
                continue
            }
            reached[node]?.isSettled = true
            settledCount += 1
            for arc in planner.walking.graph.arcs(of: Int(node)) {
                let place = planner.walking.places[arc]
                let segment = planner.network.segments[Int(place >> 1)]
                guard place & 1 == 0 ? segment.isForward : segment.isBackward else { continue }
                reach(planner.walking.graph.head[arc], metres + segment.metres, place)
            }
        }
    }

    /// The metres to a place, nil where none of the ways within the bound leads there.
    func metres(to end: Snap) -> Double? { approach(end)?.metres }

    /// How the last segment is entered: directly from the start, or by which node.
    private func approach(_ end: Snap) -> (metres: Double, isForward: Bool, isDirect: Bool)? {
        let segment = planner.network.segments[end.segment]
        var best: (metres: Double, isForward: Bool, isDirect: Bool)?
        func offer(_ metres: Double?, isForward: Bool, isDirect: Bool = false) {
            guard let metres, metres <= maximumMetres, metres < best?.metres ?? .infinity else {
                return
            }
            best = (metres, isForward, isDirect)
        }
        if end.segment == start.segment {
            let isForward = end.fraction >= start.fraction
            if isForward ? segment.isForward : segment.isBackward {
                let metres = abs(end.fraction - start.fraction) * segment.metres
                offer(metres, isForward: isForward, isDirect: true)
            }
        }
        if segment.isForward, let tail = reached[segment.tail] {
            offer(tail.metres + end.fraction * segment.metres, isForward: true)
        }
        if segment.isBackward, let head = reached[segment.head] {
            offer(head.metres + (1 - end.fraction) * segment.metres, isForward: false)
        }
        return best
    }

    /// The way to a place.
    func passages(to end: Snap) -> [MatchedTrace.Passage] {
        guard let approach = approach(end) else { return [] }
        if approach.isDirect {
            let low = min(start.fraction, end.fraction)
            let high = max(start.fraction, end.fraction)
            guard low < high else { return [] }
            return [
                .init(segment: end.segment, isForward: approach.isForward, fractions: low...high)
            ]
        }
        let last = planner.network.segments[end.segment]
        var passages = [
            MatchedTrace.Passage(
                segment: end.segment,
                isForward: approach.isForward,
                fractions: approach.isForward ? 0...end.fraction : end.fraction...1
            )
        ]
        var node = approach.isForward ? last.tail : last.head
        while let found = reached[node] {
            let (number, isForward) = (Int(found.by >> 1), found.by & 1 == 0)
            let segment = planner.network.segments[number]
            // A segment that leads round to the start's own is walked whole; the start's only in part.
            let before = isForward ? segment.tail : segment.head
            let isFirst =
                number == start.segment
                && found.metres
                    <= (isForward ? 1 - start.fraction : start.fraction) * segment.metres
            passages.append(
                .init(
                    segment: number,
                    isForward: isForward,
                    fractions: !isFirst
                        ? 0...1 : isForward ? start.fraction...1 : 0...start.fraction
                )
            )
            if isFirst { break }
            node = before
        }
        return passages.reversed().filter { $0.fractions.lowerBound < $0.fractions.upperBound }
    }
}

extension WalkingNetwork.Segment {
    /// Its length in metres.
    var metres: Double { Double(lengthMillimetres) / 1_000 }
}

/// The nearest first.
private struct MetresHeap {
    private var items: [(metres: Double, node: UInt32)] = []

    mutating func push(_ metres: Double, _ node: UInt32) {
        items.append((metres, node))
        var at = items.count - 1
        while at > 0, items[at].metres < items[(at - 1) / 2].metres {
            items.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    mutating func pop() -> (metres: Double, node: UInt32)? {
        guard let first = items.first else { return nil }
        items.swapAt(0, items.count - 1)
        items.removeLast()
        var at = 0
        while true {
            var least = at
            for child in [2 * at + 1, 2 * at + 2]
            where child < items.count && items[child].metres < items[least].metres {
                least = child
            }
            guard least != at else { return first }
            items.swapAt(at, least)
            at = least
        }
    }
}
