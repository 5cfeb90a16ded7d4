import Glibc

/// Sightings in order of time, with what each and each step between two is worth, in nats.
struct RouteLattice {
    private let count: Int
    private let worth: [Double]
    private let isForced: [Bool]
    /// The steps that lead to each sighting.
    private var arrivals: [[(from: Int, nats: Double)]]
    /// Confirmed sightings that no step leads to from the confirmed one before.
    private(set) var breaks: [Int] = []

    init(
        observations: [RouteObservation],
        transition: (RouteObservation, RouteObservation) -> Double?,
        evidence: (RouteObservation) -> Double
    ) {
        count = observations.count
        worth = observations.map(evidence)
        isForced = observations.map(\.candidate.isConfirmed)
        arrivals = []
        var lastForced: Int?
        for (to, observation) in observations.enumerated() {
            // A way passes every confirmed sighting, so no step jumps over one.
            let earliest = lastForced ?? 0
            var steps: [(from: Int, nats: Double)] = []
            for from in earliest..<to {
                guard let nats = transition(observations[from], observation) else { continue }
                steps.append((from, nats))
            }
            arrivals.append(steps)
            guard isForced[to] else { continue }
            if let lastForced, !reaches(to, from: lastForced) { breakOff(before: to) }
            lastForced = to
        }
    }

    /// Whether steps lead from one sighting to a later one.
    private func reaches(_ to: Int, from: Int) -> Bool {
        var isReached = [Bool](repeating: false, count: to - from + 1)
        isReached[0] = true
        for index in from...to where index > from {
            isReached[index - from] = arrivals[index].contains { step in
                step.from >= from && isReached[step.from - from]
            }
        }
        return isReached[to - from]
    }

    /// A confirmed sighting that cannot be reached begins anew: it follows each earlier one, at the
    /// price of the unlikeliest step.
    private mutating func breakOff(before index: Int) {
        breaks.append(index)
        let earliest = (0..<index).last { isForced[$0] } ?? 0
        arrivals[index] = (earliest..<index).map { ($0, Self.breakNats) }
    }

    private static let breakNats = -20.0

    /// Where a way may begin: up to the first confirmed sighting.
    private func begins(_ index: Int) -> Bool { !isForced[..<index].contains(true) }

    /// Where a way may end: from the last confirmed sighting.
    private func ends(_ index: Int) -> Bool { !isForced[(index + 1)...].contains(true) }

    /// The chain that is worth most; empty where none is worth anything.
    func bestChain() -> [Int] {
        var best = [Double](repeating: -.infinity, count: count)
        var previous = [Int?](repeating: nil, count: count)
        for index in 0..<count {
            if begins(index) { best[index] = 0 }
            for step in arrivals[index] where best[step.from] + step.nats > best[index] {
                best[index] = best[step.from] + step.nats
                previous[index] = step.from
            }
            best[index] += worth[index]
        }
        let end = (0..<count).filter { ends($0) }.max { best[$0] < best[$1] }
        guard var end, best[end] > 0 || isForced.contains(true) else { return [] }
        var chain = [end]
        while let before = previous[end] {
            chain.append(before)
            end = before
        }
        return chain.reversed()
    }

    /// The probability of each sighting to lie on the way, over all ways (the sum-product form,
    /// forward and backward); the empty way is one of them.
    func probabilities() -> [Double] {
        var forward = [Double](repeating: -.infinity, count: count)
        var backward = [Double](repeating: -.infinity, count: count)
        for index in 0..<count {
            var ways = arrivals[index].map { forward[$0.from] + $0.nats }
            if begins(index) { ways.append(0) }
            forward[index] = logSum(ways) + worth[index]
        }
        var departures = [[(to: Int, nats: Double)]](repeating: [], count: count)
        for (to, steps) in arrivals.enumerated() {
            for step in steps { departures[step.from].append((to, step.nats)) }
        }
        for index in (0..<count).reversed() {
            var ways = departures[index].map { backward[$0.to] + $0.nats + worth[$0.to] }
            if ends(index) { ways.append(0) }
            backward[index] = logSum(ways)
        }
        var all = (0..<count).filter { ends($0) }.map { forward[$0] }
        if !isForced.contains(true) { all.append(0) }
        let total = logSum(all)
        return (0..<count).map { min(1, exp(forward[$0] + backward[$0] - total)) }
    }

    private func logSum(_ values: [Double]) -> Double {
        guard let most = values.max(), most > -.infinity else { return -.infinity }
        return most + log(values.reduce(0) { $0 + exp($1 - most) })
    }
}
