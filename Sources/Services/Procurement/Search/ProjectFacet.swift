import Basics

/// What projects can be narrowed by; the raw value is the name in the address of a listing.
enum ProjectFacet: String, CaseIterable, Sendable {
    case year, agencyKind, agency, type, timing, technology, newTechnology, budgetBand, status

    var title: Bilingual {
        switch self {
        case .year: Bilingual("연도", "Year")
        case .agencyKind: Bilingual("기관 구분", "Kind of agency")
        case .agency: Bilingual("기관", "Agency")
        case .type: Bilingual("사업유형", "Type")
        case .timing: Bilingual("발주시기", "Order time")
        case .technology: Bilingual("신기술", "New technology")
        case .newTechnology: Bilingual("신기술 적용", "Uses new technology")
        case .budgetBand: Bilingual("사업비 규모", "Budget band")
        case .status: Bilingual("상태", "Status")
        }
    }

    /// The values of a project under this facet.
    func values(of project: PlannedProject) -> [String] {
        switch self {
        case .year: [String(project.planYear)]
        case .agencyKind: [project.agencyKind.rawValue]
        case .agency: [project.agencyID]
        case .type: [project.type.rawValue]
        case .timing: [project.order.timing.rawValue]
        case .technology: project.technologies.map(\.rawValue)
        case .newTechnology: [String(project.usesNewTechnology)]
        case .budgetBand: [project.budgetBand.rawValue]
        case .status: [project.status.rawValue]
        }
    }

    /// The values in their own order, where the facet has a fixed list; agencies and years have not.
    var fixedValues: [(value: String, label: Bilingual)]? {
        func all<Term: PlanTerm>(_ type: Term.Type) -> [(value: String, label: Bilingual)] {
            type.allCases.map { ($0.rawValue, $0.label) }
        }
        return switch self {
        case .year, .agency: nil
        case .agencyKind: all(AgencyKind.self)
        case .type: all(ProjectType.self)
        case .timing: all(OrderTiming.self)
        case .technology: all(Technology.self)
        case .newTechnology:
            [("true", Bilingual("적용", "Yes")), ("false", Bilingual("미적용", "No"))]
        case .budgetBand: all(BudgetBand.self)
        case .status: all(ProjectStatus.self)
        }
    }
}

/// How a listing is ordered.
enum ProjectOrder: String, CaseIterable, Sendable {
    /// What answers the words best first; without words, the largest budget.
    case relevance
    /// The largest budget first.
    case budget
    /// The smallest budget first.
    case budgetAscending
    /// By order time, earliest first.
    case order

    var title: Bilingual {
        switch self {
        case .relevance: Bilingual("관련 높은 순", "Best match")
        case .budget: Bilingual("사업비 큰 순", "Largest budget")
        case .budgetAscending: Bilingual("사업비 작은 순", "Smallest budget")
        case .order: Bilingual("발주 빠른 순", "Earliest order")
        }
    }
}
