import Basics

/// A year's programme in figures, each with the query that yields it.
///
/// Every share names its denominator: "34%" in the announcement of 2023 is of the budget, while
/// the same 274 projects are 19% of the count.
struct PlanReport: Sendable, Codable, Hashable {
    /// A number of projects, the sum of their budgets, and how to find them.
    struct Figure: Sendable, Codable, Hashable {
        /// The stable name: an enumeration's raw value or an identifier.
        var name: String
        /// The name for people.
        var label: Bilingual
        /// The number of projects.
        var count: Int
        /// The sum of the budgets.
        var budget: Won
        /// The share of all projects of the year, 0 to 1.
        var countShare: Double
        /// The share of the budget of the year, 0 to 1.
        var budgetShare: Double
        /// The mean budget; nothing where there is no project.
        var meanBudget: Won?
        /// The filters that yield these projects.
        var query: [QueryTerm]
    }

    /// A single project among the largest.
    struct LargestProject: Sendable, Codable, Hashable {
        /// The Korean title.
        var title: String
        /// The English title, where there is one.
        var titleEnglish: String?
        /// The agency; in Korean only where it is not one of Seoul's.
        var agency: Bilingual
        /// The budget.
        var budget: Won
        /// The filters that yield this project.
        var query: [QueryTerm]
    }

    /// The jobs the budget is said to bring.
    struct Jobs: Sendable, Codable, Hashable {
        /// The number of jobs.
        var count: Int
        /// The budget it was computed from.
        var budget: Won
        /// The coefficient, with its source and scope.
        var coefficient: JobsCoefficient
    }

    /// The plan year.
    var year: Int
    /// All projects of the year.
    var total: Figure
    /// By agency kind.
    var agencyKinds: [Figure]
    /// By type.
    var types: [Figure]
    /// By order time, "ordered in the previous year" its own bucket.
    var timings: [Figure]
    /// Projects with any new technology, each counted once.
    var newTechnology: Figure
    /// By technology; a project with several is in each, so these do not sum to `newTechnology`.
    var technologies: [Figure]
    /// By budget band.
    var budgetBands: [Figure]
    /// By district, in the order of their codes.
    var districts: [Figure]
    /// The largest projects, largest first.
    var largest: [LargestProject]
    /// The jobs the budget is said to bring.
    var jobs: Jobs
    /// Year on year.
    var years: [YearRow]
    /// What became of each agency kind since the last year with such figures.
    var agencyKindChanges: [PartChange]
    /// What became of each type since then, old names brought to today's.
    var typeChanges: [PartChange]

    /// The number of largest projects, where the caller does not choose.
    static let usualLargestCount = 10
    /// The greatest number of largest projects.
    static let maximumLargestCount = 100
}

// Computing.
extension PlanReport {
    /// Computes the report of one year; projects of other years and cancelled ones do not count.
    ///
    /// Every agency in `districts` has a row, also one without a project.
    init(
        year: Int,
        projects all: [PlannedProject],
        districts: [PlanAgency] = SeoulAgencies.districts,
        series: [PublishedSeries.Entry] = PublishedSeries.entries,
        coefficient: JobsCoefficient = .announced,
        largestCount: Int = PlanReport.usualLargestCount
    ) {
        let counter = FigureCounter(year: year, projects: all.filter { $0.planYear == year })
        let projects = counter.projects
        self.year = year
        total = counter.total
        agencyKinds = counter.figures(.agencyKind) { $0.agencyKind }
        types = counter.figures(.type) { $0.type }
        timings = counter.figures(.timing) { $0.order.timing }
        newTechnology = counter.figure(
            "newTechnology",
            Bilingual("신기술 적용", "New technology"),
            QueryTerm(.newTechnology, "true")
        ) { $0.usesNewTechnology }
        technologies = Technology.allCases.map { technology in
            counter.figure(
                technology.rawValue,
                technology.label,
                QueryTerm(.technology, technology.rawValue)
            ) { $0.technologies.contains(technology) }
        }
        budgetBands = counter.figures(.budgetBand) { $0.budgetBand }
        self.districts = districts.map { district in
            counter.figure(district.id, district.label, QueryTerm(.agency, district.id)) {
                $0.agencyID == district.id
            }
        }
        let count = max(0, min(largestCount, PlanReport.maximumLargestCount))
        largest = PlanReport.largest(count, of: projects, year: year)
        jobs = Jobs(
            count: coefficient.jobs(of: total.budget),
            budget: total.budget,
            coefficient: coefficient
        )
        let history = SeriesComparison(year: year, series: series)
        years = history.rows(count: total.count, budget: total.budget)
        agencyKindChanges = history.agencyKindChanges(agencyKinds, total: total)
        typeChanges = history.typeChanges(types, total: total)
    }

    private static func largest(
        _ count: Int,
        of projects: [PlannedProject],
        year: Int
    ) -> [LargestProject] {
        let sorted = projects.sorted {
            ($1.budget.amount, $0.agencyID, $0.key) < ($0.budget.amount, $1.agencyID, $1.key)
        }
        let names = Dictionary(
            SeoulAgencies.all.map { ($0.id, $0.label) },
            uniquingKeysWith: { first, _ in first }
        )
        return sorted.prefix(count).map {
            LargestProject(
                title: $0.title,
                titleEnglish: $0.titleEnglish,
                agency: names[$0.agencyID] ?? Bilingual(same: $0.agencyName),
                budget: $0.budget,
                query: [
                    QueryTerm(.year, String(year)), QueryTerm(.agency, $0.agencyID),
                    QueryTerm(.key, $0.key),
                ]
            )
        }
    }
}

/// Counts and sums the projects of a year.
private struct FigureCounter {
    let year: Int
    let projects: [PlannedProject]
    let budget: Won
    /// What every figure's query says: the year, and where a project was cancelled, that it was not.
    private let terms: [QueryTerm]

    init(year: Int, projects: [PlannedProject]) {
        self.year = year
        self.projects = projects.filter { $0.status != .cancelled }
        budget = self.projects.reduce(.zero) { $0 + $1.budget }
        let statuses = ProjectStatus.allCases.filter { $0 != .cancelled }
        terms =
            [QueryTerm(.year, String(year))]
            + (self.projects.count == projects.count
                ? [] : statuses.map { QueryTerm(.status, $0.rawValue) })
    }

    var total: PlanReport.Figure {
        figure(
            name: "total",
            label: Bilingual("전체", "Total"),
            query: [],
            count: projects.count,
            sum: budget
        )
    }

    func figure(
        _ name: String,
        _ label: Bilingual,
        _ term: QueryTerm,
        where isCounted: (PlannedProject) -> Bool
    ) -> PlanReport.Figure {
        var (count, sum) = (0, Won.zero)
        for project in projects where isCounted(project) {
            count += 1
            sum += project.budget
        }
        return figure(name: name, label: label, query: [term], count: count, sum: sum)
    }

    /// One figure for each term of a list.
    func figures<Term: PlanTerm>(
        _ filter: ReportFilter,
        by term: (PlannedProject) -> Term
    ) -> [PlanReport.Figure] {
        var sums: [Term: (count: Int, budget: Won)] = [:]
        for project in projects {
            let key = term(project)
            let known = sums[key] ?? (0, .zero)
            sums[key] = (known.count + 1, known.budget + project.budget)
        }
        return Term.allCases.map {
            figure(
                name: $0.rawValue,
                label: $0.label,
                query: [QueryTerm(filter, $0.rawValue)],
                count: sums[$0]?.count ?? 0,
                sum: sums[$0]?.budget ?? .zero
            )
        }
    }

    private func figure(
        name: String,
        label: Bilingual,
        query: [QueryTerm],
        count: Int,
        sum: Won
    ) -> PlanReport.Figure {
        PlanReport.Figure(
            name: name,
            label: label,
            count: count,
            budget: sum,
            countShare: projects.isEmpty ? 0 : Double(count) / Double(projects.count),
            budgetShare: budget == .zero ? 0 : Double(sum.amount) / Double(budget.amount),
            meanBudget: count == 0 ? nil : Won(sum.amount / Int64(count)),
            query: terms + query
        )
    }
}
