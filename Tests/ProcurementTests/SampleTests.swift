import Basics
import Testing

@testable import Procurement

@Suite struct `Sample city` {
    private static let seeds: [UInt64] = [2023, 1, 7, 99, 123_456_789]

    @Test(arguments: seeds)
    func `every published figure of 2023 is met exactly`(seed: UInt64) {
        let projects = SampleCity.projects(seed: seed)
        expect(projects, 1431, eok: 3703)
        expect(projects.filter { $0.agencyKind == .city }, 422, eok: 2151)
        expect(projects.filter { $0.agencyKind == .district }, 857, eok: 1113)
        expect(projects.filter { $0.agencyKind == .invested }, 152, eok: 439)
        expect(projects.filter { $0.type == .systemBuilding }, 95, eok: 550)
        expect(projects.filter { $0.type == .hardwareAndSoftware }, 193, eok: 840)
        expect(projects.filter { $0.type == .softwareDevelopment }, 84, eok: 236)
        let named: Set<ProjectType> = [.systemBuilding, .hardwareAndSoftware, .softwareDevelopment]
        expect(projects.filter { !named.contains($0.type) }, 1059, eok: 2077)
        expect(projects.filter(\.usesNewTechnology), 274, eok: 1270)
        let timings = OrderTiming.allCases.map { timing in
            projects.count { $0.order.timing == timing }
        }
        #expect(timings == [589, 637, 160, 45])
    }

    @Test(arguments: seeds)
    func `the named budgets appear`(seed: UInt64) throws {
        let projects = SampleCity.projects(seed: seed)
        let metaverse = try #require(projects.first { $0.title == "메타버스 서울 2단계 구축" })
        #expect(metaverse.budget == .eok(28))
        let cameras = projects.filter { $0.title.contains("CCTV") }
        #expect(cameras.reduce(.zero) { $0 + $1.budget } == .eok(92))
        #expect(cameras.count == 27)
        #expect(NamedProjects.systems.count == 15)
        for system in NamedProjects.systems {
            let project = projects.first { $0.title == system.title.korean }
            #expect(project?.agencyKind == .city, "\(system.title.korean)")
        }
    }

    @Test(arguments: seeds)
    func `every agency orders something, under titles and keys of its own`(seed: UInt64) {
        let projects = SampleCity.projects(seed: seed)
        #expect(Set(projects.map(\.agencyID)) == Set(SeoulAgencies.all.map(\.id)))
        #expect(Set(projects.map(\.reference)).count == 1431)
        #expect(Set(projects.map { $0.agencyID + $0.title }).count == 1431)
        for project in projects {
            #expect(!project.title.isEmpty && !project.description.isEmpty)
            #expect(project.budget.amount % 1000 == 0 && project.budget.amount >= 5_000_000)
            #expect(project.contactName?.hasPrefix("표본 담당자") == true)
            if let funding = project.funding { #expect(funding.total == project.budget) }
            if let start = project.periodStart, let end = project.periodEnd { #expect(start < end) }
            let isEarlier = project.order.timing == .orderedInPreviousYear
            #expect(project.order.year == (isEarlier ? 2022 : 2023))
            if let month = project.order.month, !isEarlier {
                #expect(OrderTiming(month: month) == project.order.timing)
            }
        }
    }

    @Test func `budgets spread like real ones`() {
        let budgets = SampleCity.projects().map(\.budget).sorted()
        let (median, mean) = (budgets[715].amount, Won.eok(3703).amount / 1431)
        #expect(median < mean * 2 / 3)
        #expect(budgets[1430] < .eok(200))
        #expect(Set(budgets.map(\.amount)).count > 1300)
    }

    @Test func `the same seed gives the same city, another seed another`() {
        #expect(SampleCity.projects(seed: 5) == SampleCity.projects(seed: 5))
        #expect(SampleCity.projects(seed: 5) != SampleCity.projects(seed: 6))
    }

    @Test func `generation takes less than a tenth of a second in a release build`() {
        let time = ContinuousClock().measure { _ = SampleCity.projects(seed: 3) }
        // A debug build is some ten times slower; the limit there only catches a runaway.
        #expect(time < (isRelease ? .milliseconds(100) : .seconds(5)), "\(time)")
    }

    private var isRelease: Bool {
        #if DEBUG
            false
        #else
            true
        #endif
    }

    private func expect(
        _ projects: [PlannedProject],
        _ count: Int,
        eok: Int64,
        location: SourceLocation = #_sourceLocation
    ) {
        #expect(projects.count == count, sourceLocation: location)
        #expect(
            projects.reduce(.zero) { $0 + $1.budget } == .eok(eok),
            sourceLocation: location
        )
    }
}

@Suite struct `Exact tables` {
    @Test func `rows and columns meet their sums whatever the prior`() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<200 {
            let (rows, columns) = (
                Int.random(in: 1...6, using: &random), Int.random(in: 1...6, using: &random)
            )
            let target = (0..<rows).map { _ in
                (0..<columns).map { _ in Int.random(in: 0...1000, using: &random) }
            }
            let rowSums = target.map { $0.reduce(0, +) }
            let columnSums = (0..<columns).map { column in target.reduce(0) { $0 + $1[column] } }
            let prior = target.map { $0.map { _ in 0.1 + random.unit() } }
            let table = ExactTable(rowSums: rowSums, columnSums: columnSums, prior: prior)
            #expect(table.cells.map { $0.reduce(0, +) } == rowSums)
            #expect((0..<columns).map { c in table.cells.reduce(0) { $0 + $1[c] } } == columnSums)
            #expect(table.cells.joined().allSatisfy { $0 >= 0 })
        }
    }

    @Test func `shares add up and keep their minimum`() {
        var random = SeededRandom(seed: 12)
        for _ in 0..<500 {
            let count = Int.random(in: 1...50, using: &random)
            let minimum = Int.random(in: 0...10, using: &random)
            let total = minimum * count + Int.random(in: 0...1_000_000, using: &random)
            let parts = exactShares(
                of: total,
                weights: (0..<count).map { _ in random.unit() + 0.01 },
                minimum: minimum
            )
            #expect(parts.reduce(0, +) == total)
            #expect(parts.allSatisfy { $0 >= minimum })
        }
    }
}
