public import Basics

/// A problem of coverage as a mixed integer programme, for a solver that proves the best choice.
///
/// Church and ReVelle's model: as much served weight as the money pays for, a point being served only
/// where a site that serves it is chosen. Points that the same sites serve are one row. The solver is
/// a program of its own (CBC of the COIN-OR project reads `mps` and prints `answer`); what it says is
/// counted again here.
public struct ExactCoverage: Sendable {
    /// Pairs of site and point that a solver is asked to prove something about.
    public static let maximumPairCount = 2_000_000

    private let problem: CoverageProblem
    private let budget: Won
    private let districts: [String]
    private let floors: [Int]

    /// Creates the model.
    ///
    /// - Parameters:
    ///   - problem: What is to be served.
    ///   - budget: What there is to spend on new sites.
    ///   - minimumNewSites: New sites that a district gets at least.
    /// - Throws: `SitingError` `tooMany` where there are more pairs than anybody waits for.
    public init(
        _ problem: CoverageProblem,
        budget: Won,
        minimumNewSites: [String: Int] = [:]
    ) throws {
        guard problem.served.count <= Self.maximumPairCount else {
            throw SitingError.tooMany(
                Bilingual("정확한 해를 구하기에는 후보와 지점의 쌍이", "pairs for an exact solution"),
                maximum: Self.maximumPairCount
            )
        }
        self.problem = problem
        self.budget = budget
        districts = Set(problem.sites.map(\.district) + problem.points.map(\.district)).sorted()
        floors = districts.map { max(0, minimumNewSites[$0] ?? 0) }
    }

    private var candidates: [Int] { problem.sites.indices.filter { !problem.sites[$0].isFixed } }

    /// The points that only a new site serves, those with the same sites as one.
    private var groups: [(sites: [Int], weight: Double)] {
        let fixed = CoverageState(problem, districts: districts)
        var sites = [[Int]](repeating: [], count: problem.points.count)
        for site in candidates {
            for at in problem.range(of: site) { sites[Int(problem.served[at])].append(site) }
        }
        var weights: [[Int]: Double] = [:]
        for point in problem.points.indices
        where !fixed.isServed(point) && !sites[point].isEmpty && problem.points[point].weight > 0 {
            weights[sites[point], default: 0] += problem.points[point].weight
        }
        return weights.map { ($0.key, $0.value) }
            .sorted { $0.sites.lexicographicallyPrecedes($1.sites) }
    }

    /// The model in the MPS format: `x` a site is chosen, `y` a group of points is served.
    public var mps: String {
        let groups = groups
        var rowsOfSite: [Int: [Int]] = [:]
        for (row, group) in groups.enumerated() {
            for site in group.sites { rowsOfSite[site, default: []].append(row) }
        }
        let districtNumbers = Dictionary(
            uniqueKeysWithValues: districts.enumerated().map { ($1, $0) }
        )
        var text = "NAME          coverage\nROWS\n N  cost\n L  money\n"
        for row in groups.indices { text += " L  p\(row)\n" }
        for district in districts.indices { text += " G  d\(district)\n" }
        text += "COLUMNS\n    MARKER                 'MARKER'                 'INTORG'\n"
        for site in candidates {
            text += "    x\(site)  money  \(problem.sites[site].cost.amount)\n"
            if let district = districtNumbers[problem.sites[site].district] {
                text += "    x\(site)  d\(district)  1\n"
            }
            for row in rowsOfSite[site] ?? [] { text += "    x\(site)  p\(row)  -1\n" }
        }
        text += "    MARKER                 'MARKER'                 'INTEND'\n"
        for (row, group) in groups.enumerated() {
            text += "    y\(row)  cost  \(-group.weight)\n    y\(row)  p\(row)  1\n"
        }
        text += "RHS\n    RHS  money  \(budget.amount)\n"
        for (district, floor) in floors.enumerated() where floor > 0 {
            text += "    RHS  d\(district)  \(floor)\n"
        }
        text += "BOUNDS\n"
        for site in candidates { text += " UP BND  x\(site)  1\n" }
        for row in groups.indices { text += " UP BND  y\(row)  1\n" }
        return text + "ENDATA\n"
    }

    /// What CBC is to be asked: it reads the model from its standard input.
    public static func arguments(seconds: Int) -> [String] {
        [
            "-import", "/dev/stdin", "-seconds", String(seconds), "-ratio", "0", "-solve",
            "-solution", "stdout",
        ]
    }

    /// The plan that CBC's answer says, counted again.
    ///
    /// - Parameter answer: What it printed.
    /// - Returns: The plan; its bound is what it serves, since nothing better is left.
    /// - Throws: `SitingError` `notProven` where the answer is not the proven best one, or breaks the
    ///   budget or a floor.
    public func plan(answer: String) throws -> CoveragePlan {
        let lines = answer.split(whereSeparator: \.isNewline)
        guard lines.contains(where: { $0.hasPrefix("Result - Optimal solution found") }) else {
            let result = lines.first { $0.hasPrefix("Result") || $0.contains("infeasible") }
            throw Self.notProven(result.map(String.init) ?? "no result in \(lines.count) lines")
        }
        let fixed = CoverageState(problem, districts: districts)
        var state = fixed
        for line in lines {
            // A line of the solution: number, name, value, reduced cost.
            let words = line.split(separator: " ")
            guard words.count == 4, words[1].hasPrefix("x"), let value = Double(words[2]),
                let site = Int(words[1].dropFirst()), value > 0.5
            else { continue }
            guard problem.sites.indices.contains(site), !state.isChosen[site] else {
                throw Self.notProven("site \(site)")
            }
            state.choose(site)
        }
        guard state.cost <= budget.amount,
            zip(state.newSiteCounts, floors).allSatisfy({ $0 >= $1 })
        else { throw Self.notProven("cost \(state.cost), new \(state.newSiteCounts)") }
        return CoveragePlan(state, from: fixed, bound: state.servedWeight, districts: districts)
    }

    private static func notProven(_ context: String) -> SitingError {
        SitingError(
            .notProven,
            Bilingual(
                "정확한 해를 주어진 시간에 찾지 못했거나, 조건을 채울 수 없습니다. --exact 없이 해 보세요.",
                "No proven best plan was found in time, or the conditions cannot be met. "
                    + "Try without --exact."
            ),
            context: context
        )
    }
}
