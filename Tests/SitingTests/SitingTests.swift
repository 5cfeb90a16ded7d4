import Basics
import Programs
import Testing

@testable import Siting

/// A small problem at random: each site serves some points.
private func randomProblem(
    sites: Int,
    points: Int,
    _ random: inout SeededRandom,
    costs: ClosedRange<Int64> = 1...1
) throws -> CoverageProblem {
    let serves = (0..<sites).map { _ in
        (0..<points).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
    }
    return try CoverageProblem(
        sites: (0..<sites).map {
            CandidateSite(
                id: "\($0)",
                cost: Won(Int64.random(in: costs, using: &random)),
                district: $0.isMultiple(of: 2) ? "가" : "나"
            )
        },
        points: (0..<points).map { _ in
            DemandPoint(weight: Double(Int.random(in: 1...9, using: &random)), district: "가")
        }
    ) { serves[$0] }
}

/// The best that any choice within the budget serves.
private func best(
    _ problem: CoverageProblem,
    _ budget: Int64,
    _ floors: [String: Int] = [:]
) -> Double {
    var best = 0.0
    for choice in 0..<(1 << problem.sites.count) {
        let sites = problem.sites.indices.filter { choice >> $0 & 1 == 1 }
        let isFair = floors.allSatisfy { district, floor in
            sites.count { problem.sites[$0].district == district } >= floor
        }
        guard isFair else { continue }
        guard sites.reduce(0, { $0 + problem.sites[$1].cost.amount }) <= budget else { continue }
        let served = Set(sites.flatMap { problem.served[problem.range(of: $0)] })
        best = max(best, served.reduce(0) { $0 + problem.points[Int($1)].weight })
    }
    return best
}

@Suite struct `Choosing sites` {
    @Test(arguments: [Int64(1)...1, 1...4])
    func `finds the best of small problems, and its bound holds`(_ costs: ClosedRange<Int64>) throws
    {
        var random = SeededRandom(seed: 99)
        var worst = 1.0
        for _ in 0..<20 {
            let problem = try randomProblem(sites: 8, points: 20, &random, costs: costs)
            let plan = try CoverageSolver(budget: Won(4)).plan(problem)
            let optimum = best(problem, 4)
            #expect(plan.servedWeight <= optimum + 1e-9)
            #expect(plan.upperBound >= optimum - 1e-9, "the bound is no bound")
            #expect(plan.cost.amount <= 4)
            worst = min(worst, plan.servedWeight / optimum)
        }
        #expect(worst > 0.97, "the plan falls short of the best: \(worst)")
    }

    /// What CBC prints of a choice.
    private static func answer(_ sites: [Int], result: String = "Optimal solution found") -> String
    {
        let lines = sites.enumerated().map {
            "      \($0) x\($1)                     1            0"
        }
        return (["Welcome", "Result - \(result)", "      9 y0    1    -3"] + lines)
            .joined(separator: "\n")
    }

    @Test func `takes a solver's word only for what it counts again`() throws {
        var random = SeededRandom(seed: 5)
        let problem = try randomProblem(sites: 6, points: 12, &random, costs: 2...3)
        let exact = try ExactCoverage(problem, budget: Won(5), minimumNewSites: ["가": 1])
        let plan = try exact.plan(answer: Self.answer([0]))
        #expect(plan.choices.map(\.site) == [0] && plan.gap == 0)
        for wrong in [
            Self.answer([0], result: "Stopped on time limit"), Self.answer([1]),
            Self.answer([0, 1, 2, 3]), Self.answer([0, 0]), Self.answer([77]), "", "Result",
        ] {
            let error = #expect(throws: SitingError.self) { try exact.plan(answer: wrong) }
            #expect(error?.code == .notProven)
        }
    }

    @Test(.enabled("coinor-cbc is not installed") { await Program("cbc").isInstalled })
    func `is proven by CBC to be as good as the best of small problems`() async throws {
        var random = SeededRandom(seed: 98)
        for round in 0..<6 {
            let problem = try randomProblem(sites: 8, points: 20, &random, costs: 1...4)
            let floors = round.isMultiple(of: 2) ? [:] : ["가": 1, "나": 1]
            let exact = try ExactCoverage(problem, budget: Won(5), minimumNewSites: floors)
            let result = try await Program("cbc").run(
                ExactCoverage.arguments(seconds: 20),
                input: Array(exact.mps.utf8)
            )
            let plan = try exact.plan(answer: String(decoding: result.output, as: UTF8.self))
            let optimum = best(problem, 5, floors)
            #expect(abs(plan.servedWeight - optimum) < 1e-6, "\(plan.servedWeight) of \(optimum)")
        }
    }

    @Test func `keeps fixed sites and counts only what is new`() throws {
        let problem = try CoverageProblem(
            sites: [
                CandidateSite(id: "old", cost: Won(5), isFixed: true),
                CandidateSite(id: "same", cost: Won(1)), CandidateSite(id: "new", cost: Won(1)),
            ],
            points: [DemandPoint(weight: 10), DemandPoint(weight: 1)]
        ) { [[0], [0], [1]][$0] }
        let plan = try CoverageSolver(budget: Won(1)).plan(problem)
        #expect(plan.choices.map { problem.sites[$0.site].id } == ["new"])
        #expect(plan.servedWeight == 11 && plan.gap < 1e-6 && plan.cost == Won(1))
        #expect(plan.districts.first?.servedBefore == 10)
    }

    @Test func `every district gets its floor, or the error says why not`() throws {
        var random = SeededRandom(seed: 3)
        let problem = try randomProblem(sites: 30, points: 60, &random)
        let plan = try CoverageSolver(budget: Won(8), minimumNewSites: ["나": 5]).plan(problem)
        #expect(plan.districts.first { $0.district == "나" }?.newSiteCount ?? 0 >= 5)
        #expect {
            try CoverageSolver(budget: Won(2), minimumNewSites: ["나": 5]).plan(problem)
        } throws: {
            ($0 as? SitingError)?.code == .budgetTooSmall
        }
        #expect {
            try CoverageSolver(budget: Won(99), minimumNewSites: ["나": 16]).plan(problem)
        } throws: {
            ($0 as? SitingError)?.code == .tooFewCandidates
        }
    }

    @Test func `a thousand candidates are planned within a hundredth of the best`() throws {
        var random = SeededRandom(seed: 20_231)
        func place() -> PlanePoint {
            PlanePoint(
                eastMeters: Double.random(in: -2_000...2_000, using: &random),
                northMeters: Double.random(in: -2_000...2_000, using: &random)
            )
        }
        let sites = try (0..<600).map { number in
            (
                site: CandidateSite(id: "\(number)", cost: Won(1)),
                view: try FieldOfView(position: place(), rangeMeters: 120)
            )
        }
        let points = (0..<3_000).map { _ in
            (
                point: DemandPoint(weight: Double.random(in: 1...5, using: &random)),
                position: place()
            )
        }
        let problem = try CoverageProblem(sites: sites, points: points)
        var solver = CoverageSolver(budget: Won(40))
        solver.roundCount = 100
        let plan = try solver.plan(problem)
        #expect(plan.gap < 0.01, "\(plan.gap)")
        #expect(plan.choices.count == 40)
        let gains = plan.choices.map(\.gain)
        #expect(gains == gains.sorted(by: >))
    }

    @Test func `weights that are no numbers are refused`() {
        for weight in [-1, .nan, .infinity] {
            #expect(throws: SitingError.self) {
                try CoverageProblem(sites: [], points: [DemandPoint(weight: weight)]) { _ in [] }
            }
        }
    }
}

@Suite struct `What a camera sees` {
    private let middle = PlanePoint(eastMeters: 0, northMeters: 0)

    private func point(_ east: Double, _ north: Double) -> PlanePoint {
        PlanePoint(eastMeters: east, northMeters: north)
    }

    @Test func `is a sector around its bearing, also across north`() throws {
        let view = try FieldOfView(
            position: middle,
            bearingDegrees: 350,
            angleDegrees: 60,
            rangeMeters: 100
        )
        #expect(view.reaches(point(0, 50)) && view.reaches(point(-30, 50)))
        #expect(!view.reaches(point(50, 0)) && !view.reaches(point(0, 101)))
        #expect(view.reaches(point(17, 50)), "18.8 degrees is within 350 + 30")
        #expect(!view.reaches(point(20, 50)), "21.8 degrees is not")
    }

    @Test func `ends at a wall`() throws {
        let house = [point(40, -20), point(60, -20), point(60, 20), point(40, 20)]
        let obstacles = try Obstacles([house])
        #expect(!obstacles.areInSight(middle, point(100, 0)))
        #expect(!obstacles.areInSight(middle, point(50, 0)))
        #expect(obstacles.areInSight(middle, point(39, 0)))
        #expect(obstacles.areInSight(middle, point(0, 100)))
        #expect(obstacles.areInSight(middle, point(-300, 250)))
    }

    @Test func `has an outline that stops where a wall begins`() throws {
        let house = [point(40, -20), point(60, -20), point(60, 20), point(40, 20)]
        let obstacles = try Obstacles([house])
        let view = try FieldOfView(
            position: middle,
            bearingDegrees: 90,
            angleDegrees: 60,
            rangeMeters: 100
        )
        let outline = view.outline(behind: obstacles)
        #expect(outline.first == middle)
        for corner in outline.dropFirst() {
            #expect(obstacles.areInSight(middle, corner))
            #expect(view.reaches(corner) || middle.distanceMeters(to: corner) > 99.9)
        }
        let straight = outline.filter { abs($0.northMeters) < 1 && $0.eastMeters > 1 }
        #expect(straight.allSatisfy { abs($0.eastMeters - 40) < 0.1 })
        #expect(
            view.outline().dropFirst().allSatisfy {
                abs(middle.distanceMeters(to: $0) - 100) < 0.001
            }
        )
    }

    @Test func `agrees with looking at every wall`() throws {
        var random = SeededRandom(seed: 12)
        func place() -> PlanePoint {
            point(
                Double.random(in: -300...300, using: &random),
                Double.random(in: -300...300, using: &random)
            )
        }
        let outlines = (0..<40).map { _ in
            let corner = place()
            return [(0.0, 0.0), (30, 0), (30, 20), (0, 20)].map {
                point(corner.eastMeters + $0.0, corner.northMeters + $0.1)
            }
        }
        let all = try Obstacles(outlines)
        let each = try outlines.map { try Obstacles([$0]) }
        for _ in 0..<500 {
            let (from, to) = (place(), place())
            #expect(all.areInSight(from, to) == each.allSatisfy { $0.areInSight(from, to) })
        }
    }

    @Test func `a shape of two corners, a range of nothing and an angle of NaN are refused`() {
        #expect(throws: SitingError.self) { try Obstacles([[middle, point(1, 1)]]) }
        #expect(throws: SitingError.self) { try FieldOfView(position: middle, rangeMeters: 0) }
        #expect(throws: SitingError.self) {
            try FieldOfView(position: middle, angleDegrees: .nan, rangeMeters: 5)
        }
    }
}

@Suite struct `Replacing cameras` {
    private let day = LocalDate(daysSinceEpoch: 20_513)

    private func camera(_ id: String, _ district: String, _ year: Int, _ pixels: Int)
        -> AgeingCamera
    {
        AgeingCamera(
            id: id,
            district: district,
            installedOn: LocalDate(iso: "\(year)-03-01") ?? day,
            hundredthMegapixels: pixels,
            cost: Won(100)
        )
    }

    @Test func `is due after seven years or below 1.3 million pixels`() {
        let rule = ReplacementRule()
        #expect(rule.isDue(camera("a", "가", 2019, 200), on: day))
        #expect(!rule.isDue(camera("b", "가", 2020, 130), on: day))
        #expect(rule.isDue(camera("c", "가", 2025, 129), on: day))
        var tomorrow = camera("d", "가", 2019, 200)
        tomorrow.installedOn = LocalDate(daysSinceEpoch: tomorrow.installedOn.daysSinceEpoch + 1)
        #expect(!rule.isDue(tomorrow, on: day))
    }

    @Test func `the most urgent go first, and every district gets its share`() {
        let old = (0..<10).map { camera("가\($0)", "가", 2009, 40) }
        let newer = (0..<10).map { camera("나\($0)", "나", 2018, 200) }
        let urgent = ReplacementPlan(old + newer, on: day, budget: Won(1_000), equity: 0)
        #expect(urgent.districts.map(\.replacedCount) == [10, 0])
        let fair = ReplacementPlan(old + newer, on: day, budget: Won(1_000), equity: 1)
        #expect(fair.districts.map(\.replacedCount) == [5, 5])
        #expect(fair.cost == Won(1_000))
    }
}
