public import Basics

/// Chooses sites: greedily, then again and again a part anew, with a bound that proves how near it is.
public struct CoverageSolver: Sendable {
    /// What there is to spend on new sites.
    public var budget: Won
    /// New sites that a district gets at least.
    public var minimumNewSites: [String: Int]
    /// How often a part of the choice is given up and chosen anew.
    public var roundCount = 1000
    /// Where the order of what is tried begins.
    public var seed: UInt64 = 1

    /// Creates a solver.
    public init(budget: Won, minimumNewSites: [String: Int] = [:]) {
        self.budget = budget
        self.minimumNewSites = minimumNewSites
    }

    /// The plan.
    ///
    /// - Parameter problem: What is to be served.
    /// - Returns: The choice; its bound does not know of the floors of districts, so it holds with them.
    /// - Throws: `SitingError` `budgetTooSmall` or `tooFewCandidates` where the floors cannot be met.
    public func plan(_ problem: CoverageProblem) throws -> CoveragePlan {
        let districts = Set(problem.sites.map(\.district) + problem.points.map(\.district)).sorted()
        let floors = districts.map { max(0, minimumNewSites[$0] ?? 0) }
        let fixed = CoverageState(problem, districts: districts)
        try requireCandidates(problem, districts, floors)
        var state = fixed
        fill(&state, floors)
        guard zip(state.newSiteCounts, floors).allSatisfy({ $0 >= $1 }) else {
            throw SitingError(
                .budgetTooSmall,
                Bilingual(
                    "예산으로는 자치구마다 정한 최소 설치 수를 채울 수 없습니다.",
                    "The budget does not pay for the sites that every district must get."
                )
            )
        }
        improve(&state, floors)
        let bound = CoverageBound(problem, budget: budget.amount, fixed: fixed)
            .lowest(from: state)
        return CoveragePlan(state, from: fixed, bound: bound, districts: districts)
    }

    private func requireCandidates(
        _ problem: CoverageProblem,
        _ districts: [String],
        _ floors: [Int]
    ) throws {
        var counts: [String: Int] = [:]
        for site in problem.sites where !site.isFixed { counts[site.district, default: 0] += 1 }
        for (district, floor) in zip(districts, floors) where counts[district] ?? 0 < floor {
            throw SitingError(
                .tooFewCandidates,
                Bilingual(
                    "\(district): 설치 후보가 최소 설치 수 \(floor)보다 적습니다.",
                    "\(district) has fewer candidates than the \(floor) it must get."
                ),
                context: district
            )
        }
    }

    /// Adds what brings most, a won or at all, districts below their floor first, until the money is
    /// spent.
    private func fill(
        _ state: inout CoverageState,
        _ floors: [Int],
        aWon: Bool = true,
        without barred: Int = -1
    ) {
        let problem = state.problem
        while true {
            let isShort = zip(state.newSiteCounts, floors).map { $0 < $1 }
            let mustFill = isShort.contains(true)
            var best = (ratio: -1.0, site: -1)
            for site in problem.sites.indices where !state.isChosen[site] && site != barred {
                let cost = problem.sites[site].cost.amount
                guard state.cost + cost <= budget.amount,
                    mustFill ? isShort[state.districtOfSite[site]] : state.gains[site] > 1e-9
                else { continue }
                let ratio = state.gains[site] / (aWon ? Double(max(cost, 1)) : 1)
                if ratio > best.ratio { best = (ratio, site) }
            }
            guard best.site >= 0 else { return }
            state.choose(best.site)
        }
    }

    /// Gives up a few sites, mostly those whose loss is small, and fills up again; keeps what is better.
    private func improve(_ state: inout CoverageState, _ floors: [Int]) {
        var random = SeededRandom(seed: seed)
        var best = state
        for round in 0..<roundCount {
            let chosen = state.problem.sites.indices.filter {
                state.isChosen[$0] && !state.problem.sites[$0].isFixed
            }
            guard !chosen.isEmpty else { return }
            let count = Int.random(in: 1...min(max(1, chosen.count / 2), 24), using: &random)
            let dropped =
                round.isMultiple(of: 2)
                ? leastMissed(chosen, state, &random).prefix(count)
                : chosen.shuffled(using: &random).prefix(count)
            for site in dropped { state.drop(site) }
            // A dear site may be worth more than two cheap ones: now and then cost is not looked at.
            // One of those given up stays away for the round, so that another has its turn.
            fill(
                &state,
                floors,
                aWon: !round.isMultiple(of: 3),
                without: dropped.randomElement(using: &random) ?? -1
            )
            let isValid = zip(state.newSiteCounts, floors).allSatisfy { $0 >= $1 }
            if isValid, state.servedWeight > best.servedWeight + 1e-9 {
                best = state
            } else if !isValid || state.servedWeight < best.servedWeight * 0.999 {
                state = best
            }
        }
        state = best
    }

    /// Chosen sites by what they would be missed for a won, with some chance in it.
    private func leastMissed(
        _ chosen: [Int],
        _ state: CoverageState,
        _ random: inout SeededRandom
    ) -> [Int] {
        chosen.map { site in
            let cost = Double(max(state.problem.sites[site].cost.amount, 1))
            let loss = state.loss(of: site) / cost * Double.random(in: 0.5...1.5, using: &random)
            return (loss, site)
        }.sorted { $0 < $1 }.map(\.1)
    }
}

extension CoveragePlan {
    /// Puts the choice into the order in which it is worth most.
    init(_ state: CoverageState, from fixed: CoverageState, bound: Double, districts: [String]) {
        let problem = state.problem
        var left = Set(
            problem.sites.indices.filter { state.isChosen[$0] && !problem.sites[$0].isFixed }
        )
        var step = fixed
        choices = []
        while let next = left.max(by: { first, second in
            func ratio(_ site: Int) -> Double {
                step.gains[site] / Double(max(problem.sites[site].cost.amount, 1))
            }
            return (ratio(first), second) < (ratio(second), first)
        }) {
            choices.append(Choice(site: next, gain: step.gains[next]))
            step.choose(next)
            left.remove(next)
        }
        cost = Won(state.cost)
        servedWeight = state.servedWeight
        upperBound = max(bound, state.servedWeight)
        self.districts = districts.enumerated().map { number, name in
            DistrictChange(
                district: name,
                weight: 0,
                servedBefore: 0,
                servedAfter: 0,
                newSiteCount: state.newSiteCounts[number]
            )
        }
        let numbers = Dictionary(uniqueKeysWithValues: districts.enumerated().map { ($1, $0) })
        for (index, point) in problem.points.enumerated() {
            guard let number = numbers[point.district] else { continue }
            self.districts[number].weight += point.weight
            if fixed.isServed(index) { self.districts[number].servedBefore += point.weight }
            if state.isServed(index) { self.districts[number].servedAfter += point.weight }
        }
    }
}
