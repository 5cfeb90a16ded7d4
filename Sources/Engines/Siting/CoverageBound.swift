import Basics

/// A proof of how much any choice within the budget can serve at most.
///
/// Every point may be served without a site at a price, which is paid to the sites that serve it
/// (Lagrangian relaxation of the covering constraints). For any prices the relaxed problem falls apart
/// into a knapsack and gives a bound; a subgradient method looks for the prices that give the lowest
/// (Galvão and ReVelle, "A Lagrangean heuristic for the maximal covering location problem", 1996).
struct CoverageBound {
    /// Rounds of the search for prices.
    static let roundCount = 400
    /// Rounds without a lower bound after which steps are halved.
    private static let patience = 8

    let problem: CoverageProblem
    let budget: Int64
    /// Weights of the points that no fixed site serves; the others are served anyway.
    private let weights: [Double]
    private let servedAnyway: Double
    private let candidates: [Int]

    init(_ problem: CoverageProblem, budget: Int64, fixed: CoverageState) {
        self.problem = problem
        self.budget = budget
        weights = problem.points.indices.map {
            fixed.isServed($0) ? 0 : problem.points[$0].weight
        }
        servedAnyway = fixed.servedWeight
        candidates = problem.sites.indices.filter {
            !problem.sites[$0].isFixed && problem.sites[$0].cost.amount <= budget
        }
    }

    /// The lowest bound that was found.
    ///
    /// - Parameter choice: A choice that is known; the prices begin where it would leave them.
    /// - Returns: No choice serves more.
    func lowest(from choice: CoverageState) -> Double {
        let known = choice.servedWeight
        var prices = weights.indices.map { weights[$0] / Double(max(1, choice.timesServed[$0])) }
        var best = Double.infinity
        var scale = 1.0
        var sinceBest = 0
        var slope = [Double](repeating: 0, count: weights.count)
        for _ in 0..<Self.roundCount {
            let bound = evaluate(prices, &slope)
            if bound < best - 1e-9 * abs(bound) {
                best = bound
                sinceBest = 0
            } else {
                sinceBest += 1
                if sinceBest == Self.patience {
                    scale /= 2
                    sinceBest = 0
                }
            }
            let square = slope.reduce(0) { $0 + $1 * $1 }
            guard square > 0, best > known * (1 + 1e-7), scale > 1e-4 else { break }
            let step = scale * (bound - known) / square
            for point in prices.indices where slope[point] != 0 {
                prices[point] = min(max(prices[point] - step * slope[point], 0), weights[point])
            }
        }
        return best
    }

    /// The bound that prices give, and how it changes with each of them.
    private func evaluate(_ prices: [Double], _ slope: inout [Double]) -> Double {
        var bound = servedAnyway
        for point in weights.indices {
            let left = weights[point] - prices[point]
            bound += left
            slope[point] = weights[point] > 0 ? -1 : 0
        }
        var worth = [(ratio: Double, value: Double, site: Int)]()
        worth.reserveCapacity(candidates.count)
        for site in candidates {
            var value = 0.0
            for at in problem.range(of: site) { value += prices[Int(problem.served[at])] }
            guard value > 0 else { continue }
            let cost = Double(max(problem.sites[site].cost.amount, 1))
            worth.append((value / cost, value, site))
        }
        worth.sort { ($0.ratio, $1.site) > ($1.ratio, $0.site) }
        var money = budget
        for item in worth {
            let cost = problem.sites[item.site].cost.amount
            guard money > 0 || cost == 0 else { break }
            let share = cost <= money ? 1 : Double(money) / Double(cost)
            bound += item.value * share
            money -= min(cost, money)
            for at in problem.range(of: item.site) {
                let point = Int(problem.served[at])
                if weights[point] > 0 { slope[point] += share }
            }
        }
        // At its full price a point may be served or not, whichever asks for the smaller change.
        for point in weights.indices where prices[point] >= weights[point] && slope[point] < 0 {
            slope[point] = 0
        }
        return bound
    }
}
