import Basics

/// A choice of sites while it is being made: who is served how often, and what each site would add.
struct CoverageState {
    let problem: CoverageProblem
    /// The sites of each point, all in one list.
    private let servers: [Int32]
    private let serverStarts: [Int]
    /// How many chosen sites serve each point.
    private(set) var timesServed: [Int32]
    /// What the points weigh that a site serves and no chosen one does.
    private(set) var gains: [Double]
    private(set) var isChosen: [Bool]
    private(set) var servedWeight = 0.0
    private(set) var cost: Int64 = 0
    /// New sites in each district, by the number of the district.
    private(set) var newSiteCounts: [Int]
    let districtOfSite: [Int]

    /// Nothing but the fixed sites.
    init(_ problem: CoverageProblem, districts: [String]) {
        self.problem = problem
        let numbers = Dictionary(uniqueKeysWithValues: districts.enumerated().map { ($1, $0) })
        districtOfSite = problem.sites.map { numbers[$0.district] ?? 0 }
        newSiteCounts = [Int](repeating: 0, count: max(1, districts.count))
        timesServed = [Int32](repeating: 0, count: problem.points.count)
        isChosen = [Bool](repeating: false, count: problem.sites.count)
        (servers, serverStarts) = Self.transposed(problem)
        gains = problem.sites.indices.map { site in
            problem.served[problem.range(of: site)]
                .reduce(0) { $0 + problem.points[Int($1)].weight }
        }
        for site in problem.sites.indices where problem.sites[site].isFixed { choose(site) }
    }

    private static func transposed(_ problem: CoverageProblem) -> ([Int32], [Int]) {
        var starts = [Int](repeating: 0, count: problem.points.count + 1)
        for point in problem.served { starts[Int(point) + 1] += 1 }
        for point in problem.points.indices { starts[point + 1] += starts[point] }
        var next = starts
        var servers = [Int32](repeating: 0, count: problem.served.count)
        for site in problem.sites.indices {
            for point in problem.served[problem.range(of: site)] {
                servers[next[Int(point)]] = Int32(site)
                next[Int(point)] += 1
            }
        }
        return (servers, starts)
    }

    /// Puts one there.
    mutating func choose(_ site: Int) {
        isChosen[site] = true
        if !problem.sites[site].isFixed {
            cost += problem.sites[site].cost.amount
            newSiteCounts[districtOfSite[site]] += 1
        }
        for at in problem.range(of: site) {
            let point = Int(problem.served[at])
            timesServed[point] += 1
            if timesServed[point] == 1 { servedWeight += change(point, by: -1) }
        }
    }

    /// Takes one away again.
    mutating func drop(_ site: Int) {
        isChosen[site] = false
        cost -= problem.sites[site].cost.amount
        newSiteCounts[districtOfSite[site]] -= 1
        for at in problem.range(of: site) {
            let point = Int(problem.served[at])
            timesServed[point] -= 1
            if timesServed[point] == 0 { servedWeight -= change(point, by: 1) }
        }
    }

    /// Tells every site of a point that it can win its weight, or no longer can.
    private mutating func change(_ point: Int, by sign: Double) -> Double {
        let weight = problem.points[point].weight
        let difference = weight * sign
        for at in serverStarts[point]..<serverStarts[point + 1] {
            gains[Int(servers[at])] += difference
        }
        return weight
    }

    /// Whether a point is served.
    func isServed(_ point: Int) -> Bool { timesServed[point] > 0 }

    /// What would be lost if a chosen site went away.
    func loss(of site: Int) -> Double {
        problem.served[problem.range(of: site)].reduce(0) { sum, point in
            timesServed[Int(point)] == 1 ? sum + problem.points[Int(point)].weight : sum
        }
    }
}
