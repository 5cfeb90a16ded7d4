import Basics

extension RowReader {
    /// Reads the agency by directory, by the column's name, or by the officer's choice.
    mutating func readAgency() -> PlanAgency? {
        let name = cell(.agency)
        if name.isEmpty {
            if let agency = options.agency { return agency }
            report(.missingAgency, .agency)
            return nil
        }
        if let known = options.directory.agency(named: name) {
            if options.isOnePlan, let agency = options.agency, known.id != agency.id {
                report(.otherAgency, .agency, suggestion: agency.name)
            }
            return known
        }
        if !options.directory.agencies.isEmpty { report(.unknownAgency, .agency) }
        if options.isOnePlan, let agency = options.agency { return agency }
        let kind = AgencyKind(korean: cell(.agencyKind)) ?? options.fallbackAgencyKind
        return PlanAgency(
            id: "N" + MatchingText.stableKey(of: name),
            name: name,
            nameEnglish: name,
            kind: kind
        )
    }

    /// Reads the department; a plan without one is questioned, a notice has none.
    mutating func readDepartment() -> String {
        let department = cell(.department)
        if department.isEmpty && mapping.columns[.department] != nil {
            report(.missingDepartment, .department)
        }
        return department
    }

    /// Reads the type, by the year's own names first; without one the title suggests it.
    ///
    /// A column called 구분 may hold 신규 and 계속 instead, which then come back as continuity.
    mutating func readType(
        title: String,
        year: Int?
    ) -> (type: ProjectType?, continuity: Continuity?) {
        let text = cell(.type)
        if !text.isEmpty {
            if let year, let types = TypeCrosswalk.types(named: text, inYear: year),
                types.count == 1
            {
                return (types.first, nil)
            }
            if mapping.columns[.continuity] == nil, let continuity = Continuity(korean: text),
                continuity != .maintenance
            {
                return (suggestType(title: title), continuity)
            }
            if let type = ProjectType(korean: text) { return (type, nil) }
            let suggestion = ProjectType.suggested(byTitle: title)?.label.korean
            report(.unknownType, .type, suggestion: suggestion)
            return (nil, nil)
        }
        return (suggestType(title: title), nil)
    }

    private mutating func suggestType(title: String) -> ProjectType {
        let column: PlanColumn = mapping.columns[.type] == nil ? .title : .type
        if let suggested = ProjectType.suggested(byTitle: title) {
            report(.suggestedType, column, suggestion: suggested.label.korean)
            return suggested
        }
        report(.missingType, column)
        return .educationAndOther
    }

    /// Reads a word of a closed list; an unknown one is left out with a warning.
    mutating func readWord<Term: PlanTerm>(_ column: PlanColumn) -> Term? {
        let text = cell(column)
        guard !text.isEmpty else { return nil }
        if let term = Term(korean: text) { return term }
        report(.unknownWord, column)
        return nil
    }

    /// Reads the list of technologies.
    mutating func readTechnologies() -> Set<Technology> {
        let (technologies, unknown) = Technology.list(korean: cell(.technologies))
        if !unknown.isEmpty { report(.unknownTechnology, .technologies) }
        return technologies
    }

    /// Reads a yes or no.
    mutating func readYesNo(_ column: PlanColumn) -> Bool? {
        switch MatchingText.form(of: cell(column)) {
        case "": cell(column).contains("○") || cell(column).contains("●") ? true : nil
        case "y", "yes", "o", "ㅇ", "예", "대상", "해당", "적용", "제한", "true", "1", "여": true
        case "n", "no", "x", "아니요", "아니오", "비대상", "미대상", "해당없음", "미적용", "false", "0", "부":
            false
        default: reportUnknown(column)
        }
    }

    private mutating func reportUnknown(_ column: PlanColumn) -> Bool? {
        report(.unknownWord, column)
        return nil
    }
}
