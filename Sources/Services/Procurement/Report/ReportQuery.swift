import Basics

/// The name of a filter that a report's figure is made with; the portal's search uses the same.
enum ReportFilter: String, Sendable, Codable, Hashable, CaseIterable {
    case year, agencyKind, agency, type, timing, technology, newTechnology, budgetBand, status, key
}

/// One filter of a query: its name and its value.
struct QueryTerm: Sendable, Codable, Hashable {
    /// What is filtered.
    var name: ReportFilter
    /// The value: an enumeration's raw value, an identifier, a year, `true` or `false`.
    var value: String

    /// Creates a filter.
    init(_ name: ReportFilter, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension PlannedProject {
    /// Whether every filter of a query holds; this is what a figure's query means.
    ///
    /// Several values of one filter are alternatives, as in the portal's search.
    func matches(_ query: [QueryTerm]) -> Bool {
        Dictionary(grouping: query, by: \.name).values.allSatisfy { terms in
            terms.contains { admits($0) }
        }
    }

    private func admits(_ term: QueryTerm) -> Bool {
        switch term.name {
        case .year: String(planYear) == term.value
        case .agencyKind: agencyKind.rawValue == term.value
        case .agency: agencyID == term.value
        case .type: type.rawValue == term.value
        case .timing: order.timing.rawValue == term.value
        case .technology: technologies.contains { $0.rawValue == term.value }
        case .newTechnology: String(usesNewTechnology) == term.value
        case .budgetBand: budgetBand.rawValue == term.value
        case .status: status.rawValue == term.value
        case .key: key == term.value
        }
    }
}
