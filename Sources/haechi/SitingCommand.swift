import ArgumentParser
import Basics
import Hosting
import Programs
import Siting

/// `haechi siting`: where cameras and access points should go, and which to replace, on files.
struct SitingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "siting",
        abstract: "Where to put cameras and access points.",
        subcommands: [Plan.self]
    )

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Choose sites within a budget; prints the proven gap to the best choice.",
            discussion: """
                SITES has the columns id, longitude, latitude and may have cost, district, fixed \
                (yes where one stands), bearing, angle and range. DEMAND has longitude and latitude \
                and may have weight and district.
                """
        )

        @Argument(help: "A CSV or XLSX file of sites.")
        var sites: String

        @Argument(help: "A CSV or XLSX file of the points to be served.")
        var demand: String

        @Option(help: "What there is to spend, in the unit of the column cost.")
        var budget: Int64

        @Option(help: "How far a site serves, in metres, where the column range says nothing.")
        var range = 100.0

        @Option(help: "New sites that every district with a candidate gets at least.")
        var floor = 0

        @Flag(help: "Have CBC prove the best plan (Debian's coinor-cbc; for smaller problems).")
        var exact = false

        @Option(help: "Seconds that CBC may take.")
        var seconds = 300

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let sites = try NamedTable(sites, columns: ["longitude", "latitude"]).rows
            let demand = try NamedTable(demand, columns: ["longitude", "latitude"]).rows
            let middle = demand.first ?? sites.first
            let projection = LocalProjection(
                aroundLongitude: try middle?.number("longitude") ?? 0,
                latitude: try middle?.number("latitude") ?? 0
            )
            let problem = try CoverageProblem(
                sites: sites.map { row in
                    (
                        CandidateSite(
                            id: row.text("id"),
                            cost: Won(try row.whole("cost", otherwise: 1)),
                            district: row.text("district"),
                            isFixed: row.isYes("fixed")
                        ),
                        try FieldOfView(
                            position: try row.point(projection),
                            bearingDegrees: try row.number("bearing", otherwise: 0),
                            angleDegrees: try row.number("angle", otherwise: 360),
                            rangeMeters: try row.number("range", otherwise: range)
                        )
                    )
                },
                points: demand.map { row in
                    (
                        DemandPoint(
                            weight: try row.number("weight", otherwise: 1),
                            district: row.text("district")
                        ), try row.point(projection)
                    )
                }
            )
            let districts = Set(problem.sites.filter { !$0.isFixed }.map(\.district))
            let floors = Dictionary(uniqueKeysWithValues: districts.map { ($0, floor) })
            let plan =
                exact
                ? try await proven(problem, floors)
                : try CoverageSolver(budget: Won(budget), minimumNewSites: floors).plan(problem)
            try write(plan, problem)
        }

        /// The plan that CBC proves to be the best.
        private func proven(
            _ problem: CoverageProblem,
            _ floors: [String: Int]
        ) async throws -> CoveragePlan {
            guard (1...86_400).contains(seconds) else {
                throw CommandOutcome.refused(
                    Bilingual("시간은 1–86,400초입니다.", "Seconds are 1 to 86,400.")
                )
            }
            let exact = try ExactCoverage(problem, budget: Won(budget), minimumNewSites: floors)
            var limits = ProgramLimits()
            limits.maximumProcessorSeconds = seconds + 10
            limits.maximumDuration = .seconds(2 * seconds + 30)
            limits.maximumMemoryByteCount = 8 << 30
            let result = try await Program("cbc", limits: limits).run(
                ExactCoverage.arguments(seconds: seconds),
                input: Array(exact.mps.utf8)
            )
            return try exact.plan(answer: String(decoding: result.output, as: UTF8.self))
        }

        private func write(_ plan: CoveragePlan, _ problem: CoverageProblem) throws {
            switch format {
            case .json: try CommandOutput.json(Report(plan, problem))
            case .text:
                for choice in plan.choices {
                    Terminal.write("\(problem.sites[choice.site].id)\t\(choice.gain)\n")
                }
                let share = (plan.gap * 10_000).rounded(.up) / 100
                let summary = Bilingual(
                    "새로 \(plan.choices.count)곳, 비용 \(plan.cost.amount), "
                        + "수요 \(plan.servedWeight); 최선과의 차이 \(share)% 이하",
                    "\(plan.choices.count) new sites, cost \(plan.cost.amount), "
                        + "demand \(plan.servedWeight); at most \(share)% below the best"
                )
                Terminal.write(summary[common.language] + "\n")
            }
        }
    }
}

extension SitingCommand.Plan {
    /// A plan as JSON.
    private struct Report: Encodable {
        struct Choice: Encodable {
            var id: String
            var gain: Double
        }

        struct District: Encodable {
            var name: String
            var weight: Double
            var servedBefore: Double
            var servedAfter: Double
            var newSiteCount: Int
        }

        var choices: [Choice]
        var cost: Int64
        var servedWeight: Double
        var upperBound: Double
        var gap: Double
        var districts: [District]

        init(_ plan: CoveragePlan, _ problem: CoverageProblem) {
            choices = plan.choices.map { Choice(id: problem.sites[$0.site].id, gain: $0.gain) }
            cost = plan.cost.amount
            servedWeight = plan.servedWeight
            upperBound = plan.upperBound
            gap = plan.gap
            districts = plan.districts.map {
                District(
                    name: $0.district,
                    weight: $0.weight,
                    servedBefore: $0.servedBefore,
                    servedAfter: $0.servedAfter,
                    newSiteCount: $0.newSiteCount
                )
            }
        }
    }
}

extension NamedTable.Row {
    fileprivate func point(_ projection: LocalProjection) throws -> PlanePoint {
        let place = try self.place
        return projection.point(longitude: place.longitude, latitude: place.latitude)
    }
}
