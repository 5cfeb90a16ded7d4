import Basics

extension PlanReport {
    /// One year of the series.
    struct YearRow: Sendable, Codable, Hashable {
        /// The plan year.
        var year: Int
        /// The number of projects, where known.
        var count: Int?
        /// The budget; published ones are rounded to 억원.
        var budget: Won
        /// The mean budget, where the number is known.
        var meanBudget: Won?
        /// The earlier year it is compared with, which need not be the year before.
        var comparedWith: Int?
        /// The change of the number since then, in per cent.
        var countChangePercent: Double?
        /// The change of the budget since then, in per cent.
        var budgetChangePercent: Double?
        /// Where the figure comes from; nothing where it was computed from the projects.
        var source: String?
    }

    /// What became of a part of the programme between two years.
    struct PartChange: Sendable, Codable, Hashable {
        /// The part, in today's words.
        var label: Bilingual
        /// The name in the earlier year.
        var historicName: String
        /// The earlier year.
        var fromYear: Int
        /// The number of projects then.
        var countBefore: Int
        /// The number now.
        var countAfter: Int
        /// The budget then.
        var budgetBefore: Won
        /// The budget now.
        var budgetAfter: Won
        /// The change of the budget in per cent; nothing where there was none.
        var budgetChangePercent: Double?
        /// Whether the old figure covers the same projects as today's.
        var isComparable: Bool
        /// Whether the part fell while the total rose, or rose while it fell.
        var opposesTotal: Bool
        /// The filters that yield today's projects; several types stand for any of them.
        var queries: [[QueryTerm]]
    }
}

/// Sets a year's figures beside the published ones of earlier years.
struct SeriesComparison {
    /// The year of the report.
    let year: Int
    /// The published figures of all years.
    let series: [PublishedSeries.Entry]

    /// The earlier years' totals and the year's own, each compared with the one before it in the
    /// series; a gap of years is told by `comparedWith`.
    func rows(count: Int, budget: Won) -> [PlanReport.YearRow] {
        var rows: [PlanReport.YearRow] = []
        let earlier = series.filter { $0.dimension == .total && $0.year < year }
            .sorted { $0.year < $1.year }
        for entry in earlier {
            guard let budget = entry.budget else { continue }
            append(
                PlanReport.YearRow(
                    year: entry.year,
                    count: entry.count,
                    budget: budget,
                    source: entry.source
                ),
                to: &rows
            )
        }
        append(PlanReport.YearRow(year: year, count: count, budget: budget), to: &rows)
        return rows
    }

    private func append(_ row: PlanReport.YearRow, to rows: inout [PlanReport.YearRow]) {
        var row = row
        if let count = row.count, count > 0 {
            row.meanBudget = Won(row.budget.amount / Int64(count))
        }
        if let last = rows.last {
            row.comparedWith = last.year
            row.budgetChangePercent = percent(from: last.budget.amount, to: row.budget.amount)
            if let before = last.count, let now = row.count {
                row.countChangePercent = percent(from: Int64(before), to: Int64(now))
            }
        }
        rows.append(row)
    }

    /// The agency kinds since the last earlier year that published them.
    func agencyKindChanges(
        _ figures: [PlanReport.Figure],
        total: PlanReport.Figure
    ) -> [PlanReport.PartChange] {
        changes(of: .agencyKind, total: total) { entry in
            guard let kind = AgencyKind(korean: entry.name) else { return nil }
            return (figures.filter { $0.name == kind.rawValue }, true)
        }
    }

    /// The types since the last earlier year that published them, by the crosswalk of that year.
    func typeChanges(
        _ figures: [PlanReport.Figure],
        total: PlanReport.Figure
    ) -> [PlanReport.PartChange] {
        changes(of: .type, total: total) { entry in
            let crosswalk = TypeCrosswalk.edition(forYear: entry.year)
            guard let line = crosswalk.entry(named: entry.name) else { return nil }
            let today = figures.filter { figure in
                line.types.contains { $0.rawValue == figure.name }
            }
            return (today, line.coverage != .narrower)
        }
    }

    private func changes(
        of dimension: PublishedSeries.Entry.Dimension,
        total: PlanReport.Figure,
        today: (PublishedSeries.Entry) -> (figures: [PlanReport.Figure], isComparable: Bool)?
    ) -> [PlanReport.PartChange] {
        let earlier = series.filter { $0.dimension == dimension && $0.year < year }
        guard let base = earlier.map(\.year).max() else { return [] }
        let totalBefore = series.first { $0.dimension == .total && $0.year == base }?.budget
        let totalRose = totalBefore.map { total.budget > $0 }
        return earlier.filter { $0.year == base }.compactMap { entry in
            guard let (figures, isComparable) = today(entry), !figures.isEmpty,
                let countBefore = entry.count, let before = entry.budget
            else { return nil }
            let after = figures.reduce(.zero) { $0 + $1.budget }
            let opposes = isComparable && before != after && totalRose == (after < before)
            return PlanReport.PartChange(
                label: Bilingual(
                    figures.map(\.label.korean).joined(separator: " + "),
                    figures.map(\.label.english).joined(separator: " + ")
                ),
                historicName: entry.name,
                fromYear: base,
                countBefore: countBefore,
                countAfter: figures.reduce(0) { $0 + $1.count },
                budgetBefore: before,
                budgetAfter: after,
                budgetChangePercent: percent(from: before.amount, to: after.amount),
                isComparable: isComparable,
                opposesTotal: opposes,
                queries: figures.map(\.query)
            )
        }
    }

    private func percent(from before: Int64, to after: Int64) -> Double? {
        before == 0 ? nil : (Double(after) / Double(before) - 1) * 100
    }
}
