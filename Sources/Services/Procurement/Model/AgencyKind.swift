import Basics

/// The three kinds of ordering agency of the city's programme.
enum AgencyKind: String, PlanTerm {
    /// The city's own bureaus and offices.
    case city
    /// The autonomous districts (자치구).
    case district
    /// Institutions the city invests in or funds (투자·출연기관).
    case invested

    /// The name shown to people.
    var label: Bilingual {
        switch self {
        case .city: Bilingual("서울시", "City")
        case .district: Bilingual("자치구", "Districts")
        case .invested: Bilingual("투자·출연기관", "Invested and funded agencies")
        }
    }

    /// Other spellings in plans and announcements.
    var synonyms: [String] {
        switch self {
        case .city: ["시", "본청", "서울특별시", "시청", "시 본청", "사업소", "실국본부"]
        case .district: ["구", "구청", "자치구청", "기초자치단체", "district"]
        case .invested: ["투자출연기관", "투출기관", "출연기관", "투자기관", "공사공단", "산하기관"]
        }
    }

    /// Only whole words count: `구` is inside too many other words.
    static let reader = TermReader<AgencyKind>(matchesInside: false)
}

/// An agency that orders projects.
struct PlanAgency: Sendable, Codable, Hashable {
    /// The agency's identifier; Seoul's districts use the administrative standard code (`11110`).
    var id: String
    /// The Korean name.
    var name: String
    /// The English name.
    var nameEnglish: String
    /// The kind of agency.
    var kind: AgencyKind

    /// The name in both languages.
    var label: Bilingual { Bilingual(name, nameEnglish) }
}

/// The agencies an importer knows, found by the names that officers write.
struct AgencyDirectory: Sendable {
    /// The agencies, in the order given.
    let agencies: [PlanAgency]
    private let byForm: [String: PlanAgency]

    /// Creates a directory; where two agencies share a name the first is found.
    init(_ agencies: [PlanAgency]) {
        self.agencies = agencies
        var forms: [String: PlanAgency] = [:]
        for agency in agencies {
            for spelling in AgencyDirectory.spellings(of: agency) {
                let form = MatchingText.form(of: spelling)
                if forms[form] == nil { forms[form] = agency }
            }
        }
        byForm = forms
    }

    /// The agency of a name: `노원구`, `서울특별시 노원구청` and `노원구청` are one.
    func agency(named text: String) -> PlanAgency? {
        let form = MatchingText.form(of: text)
        if let found = byForm[form] { return found }
        for prefix in ["서울특별시", "서울시", "재단법인", "재"] where form.hasPrefix(prefix) {
            if let found = byForm[String(form.dropFirst(prefix.count))] { return found }
        }
        return nil
    }

    private static func spellings(of agency: PlanAgency) -> [String] {
        switch agency.kind {
        case .city: [agency.name, agency.id, "서울시", "서울시청", "서울특별시청", "서울특별시본청"]
        case .district: [agency.name, agency.id, agency.name + "청"]
        case .invested: [agency.name, agency.id]
        }
    }
}
