public import Basics

/// The outcome of a draw.
public struct DrawResult: Sendable, Hashable, Codable {
    /// The outcome of one stratum.
    public struct Stratum: Sendable, Hashable, Codable {
        /// The id of the stratum.
        public var id: String
        /// The number of its entrants.
        public var entrants: Int
        /// The receipt numbers selected, in the order drawn.
        public var selected: [String]
        /// The waiting list (예비순번): the first is called first.
        public var waiting: [String]
        /// Its own places that nobody was left to fill.
        public var vacant: Int
        /// Places of other strata that it was given and filled.
        public var received: Int

        var json: JSONValue {
            [
                "id": .string(id), "entrants": .integer(entrants), "vacant": .integer(vacant),
                "received": .integer(received),
                "selected": .array(selected.map { .string($0) }),
                "waiting": .array(waiting.map { .string($0) }),
            ]
        }
    }

    /// The seed.
    public var seed: HexBytes
    /// The strata, in the order of the rule.
    public var strata: [Stratum]

    /// The JSON of the outcome.
    public var json: JSONValue {
        ["seed": .string(seed.hex), "strata": .array(strata.map(\.json))]
    }
}

/// The selection: every stratum's entrants in random order, then places, places left over, waiting
/// lists, each stratum after stratum.
///
/// It depends on the rule, the entrants and the seed alone.
struct DrawSelection {
    /// One stratum's entrants in the order drawn, and how far it was gone through.
    private struct Queue {
        let order: [Int32]
        var position = 0
        var selected: [Int32] = []
        var waiting: [Int32] = []
        var vacant = 0
        var received = 0
        var isExhausted = false

        var leftCount: Int { order.count - position }
    }

    private let roster: Roster
    private let rule: DrawRule
    private var queues: [Queue]
    /// Groups of which somebody is selected or waits.
    private var isGroupTaken: [Bool]

    static func result(_ rule: DrawRule, _ roster: Roster, seed: HexBytes) -> DrawResult {
        var selection = DrawSelection(rule, roster, seed: seed)
        selection.fillPlaces()
        selection.moveLeftover()
        selection.fillWaitingLists()
        return selection.result(seed: seed)
    }

    private init(_ rule: DrawRule, _ roster: Roster, seed: HexBytes) {
        self.rule = rule
        self.roster = roster
        isGroupTaken = [Bool](repeating: false, count: roster.groupCount)
        queues = zip(rule.strata, roster.members).map { stratum, members in
            var order = members
            var stream = DrawStream(seed: seed, stratum: stratum.id)
            stream.shuffle(&order)
            return Queue(order: order)
        }
    }

    /// The next entrant of a stratum whose group nobody stands for yet.
    private mutating func next(of stratum: Int) -> Int32? {
        while queues[stratum].leftCount > 0 {
            let entrant = queues[stratum].order[queues[stratum].position]
            queues[stratum].position += 1
            let group = Int(roster.groups[Int(entrant)])
            if group >= 0 {
                if isGroupTaken[group] { continue }
                isGroupTaken[group] = true
            }
            return entrant
        }
        queues[stratum].isExhausted = true
        return nil
    }

    private mutating func fillPlaces() {
        for (stratum, declared) in rule.strata.enumerated() {
            while queues[stratum].selected.count < declared.places,
                let entrant = next(of: stratum)
            {
                queues[stratum].selected.append(entrant)
            }
            queues[stratum].vacant = declared.places - queues[stratum].selected.count
        }
    }

    private mutating func moveLeftover() {
        let places = queues.reduce(0) { $0 + $1.vacant }
        switch rule.leftover.method {
        case .lapse: return
        case .inOrder: moveInOrder(places)
        case .proportional: moveProportionally(places)
        }
    }

    private mutating func moveInOrder(_ places: Int) {
        var left = places
        for id in rule.leftover.order {
            guard let stratum = rule.strata.firstIndex(where: { $0.id == id }) else { continue }
            while left > 0, receive(stratum) { left -= 1 }
        }
    }

    /// Gives the places one by one to the highest average: entrants not yet drawn when places begin
    /// to move, divided by the places given so far and one.
    private mutating func moveProportionally(_ places: Int) {
        let candidates = queues.map(\.leftCount)
        var left = places
        while left > 0 {
            var best: Int?
            for stratum in queues.indices
            where candidates[stratum] > 0 && !queues[stratum].isExhausted {
                guard let leader = best else {
                    best = stratum
                    continue
                }
                let own = candidates[stratum] * (queues[leader].received + 1)
                if own > candidates[leader] * (queues[stratum].received + 1) { best = stratum }
            }
            guard let best else { return }
            if receive(best) { left -= 1 }
        }
    }

    /// Fills one moved place; false where the stratum has nobody left.
    private mutating func receive(_ stratum: Int) -> Bool {
        guard let entrant = next(of: stratum) else { return false }
        queues[stratum].selected.append(entrant)
        queues[stratum].received += 1
        return true
    }

    private mutating func fillWaitingLists() {
        for (stratum, declared) in rule.strata.enumerated() {
            while queues[stratum].waiting.count < declared.waiting,
                let entrant = next(of: stratum)
            {
                queues[stratum].waiting.append(entrant)
            }
        }
    }

    private func result(seed: HexBytes) -> DrawResult {
        let receipt = { (entrant: Int32) in roster.entrants[Int(entrant)].receipt }
        return DrawResult(
            seed: seed,
            strata: zip(rule.strata, queues).map { declared, queue in
                .init(
                    id: declared.id,
                    entrants: queue.order.count,
                    selected: queue.selected.map(receipt),
                    waiting: queue.waiting.map(receipt),
                    vacant: queue.vacant,
                    received: queue.received
                )
            }
        )
    }
}
