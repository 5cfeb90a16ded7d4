import Basics

extension RowReader {
    /// Reads the agency by directory, by the column's name, or by the officer's choice.
    mutating func readAgency() -> PlanAgency? {
        let place = place(.agency)
        if place.isEmpty {
            if let agency = options.agency { return agency }
            report(.missingAgency, .agency)
            return nil
        }
        let found = meaning(at: place, \.agencies) { reader, name in
            RowWords.Agency(
                known: reader.options.directory.agency(named: name),
                name: name,
                derivedID: "N" + MatchingText.stableKey(of: name)
            )
        }
        if let known = found.known {
            if options.isOnePlan, let agency = options.agency, known.id != agency.id {
                report(.otherAgency, .agency, suggestion: agency.name)
            }
            return known
        }
        if !options.directory.agencies.isEmpty { report(.unknownAgency, .agency) }
        if options.isOnePlan, let agency = options.agency { return agency }
        let kind = meaning(at: self.place(.agencyKind), \.agencyKinds) { AgencyKind(korean: $1) }
        return PlanAgency(
            id: found.derivedID,
            name: found.name,
            nameEnglish: found.name,
            kind: kind ?? options.fallbackAgencyKind
        )
    }

    /// Reads the department; a plan without one is questioned, a notice has none.
    mutating func readDepartment() -> String {
        let place = place(.department)
        if place.isEmpty {
            if mapping.has(.department) { report(.missingDepartment, .department) }
            return ""
        }
        return meaning(at: place, \.departments) { $1 }
    }

    /// Reads the type, by the year's own names first; without one the title suggests it.
    ///
    /// A column called 구분 may hold 신규 and 계속 instead, which then come back as continuity.
    mutating func readType(
        title: String,
        year: Int?
    ) -> (type: ProjectType?, continuity: Continuity?) {
        let place = place(.type)
        if place.isEmpty { return (suggestType(title: title), nil) }
        let word = meaning(at: place, in: year ?? 0, \.types) { reader, text in
            if let year, let types = TypeCrosswalk.types(named: text, inYear: year),
                types.count == 1
            {
                return .type(types[0])
            }
            if !reader.mapping.has(.continuity), let continuity = Continuity(korean: text),
                continuity != .maintenance
            {
                return .continuity(continuity)
            }
            return ProjectType(korean: text).map { .type($0) } ?? .unknown
        }
        switch word {
        case .type(let type): return (type, nil)
        case .continuity(let continuity): return (suggestType(title: title), continuity)
        case .unknown:
            let suggestion = ProjectType.suggested(byTitle: title)?.label.korean
            report(.unknownType, .type, suggestion: suggestion)
            return (nil, nil)
        }
    }

    private mutating func suggestType(title: String) -> ProjectType {
        let column: PlanColumn = mapping.has(.type) ? .type : .title
        if let suggested = ProjectType.suggested(byTitle: title) {
            report(.suggestedType, column, suggestion: suggested.label.korean)
            return suggested
        }
        report(.missingType, column)
        return .educationAndOther
    }

    /// Reads a word of a closed list; an unknown one is left out with a warning.
    @inline(__always)
    mutating func readWord<Term: PlanTerm>(
        _ column: PlanColumn,
        _ memory: WritableKeyPath<RowWords, WordMemory<Term?>>
    ) -> Term? {
        let place = place(column)
        guard !place.isEmpty else { return nil }
        let term = meaning(at: place, memory) { Term(korean: $1) }
        if term == nil { report(.unknownWord, column) }
        return term
    }

    /// Reads the list of technologies.
    mutating func readTechnologies() -> Set<Technology> {
        let place = place(.technologies)
        guard !place.isEmpty else { return [] }
        let list = meaning(at: place, \.technologies) { _, text in
            let (technologies, unknown) = Technology.list(korean: text)
            return (technologies, !unknown.isEmpty)
        }
        if list.hasUnknown { report(.unknownTechnology, .technologies) }
        return list.known
    }

    /// Reads a yes or no.
    mutating func readYesNo(_ column: PlanColumn) -> Bool? {
        let place = place(column)
        guard !place.isEmpty else { return nil }
        let answer: RowWords.YesNo = meaning(at: place, \.answers) { _, text in
            switch MatchingText.form(of: text) {
            case "": text.contains("○") || text.contains("●") ? .yes : .nothing
            case "y", "yes", "o", "ㅇ", "예", "대상", "해당", "적용", "제한", "true", "1", "여": .yes
            case "n", "no", "x", "아니요", "아니오", "비대상", "미대상", "해당없음", "미적용", "false", "0", "부":
                .no
            default: .unknown
            }
        }
        switch answer {
        case .yes: return true
        case .no: return false
        case .nothing: return nil
        case .unknown:
            report(.unknownWord, column)
            return nil
        }
    }
}
