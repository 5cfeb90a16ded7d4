import Basics

/// Which of today's types a type of an older programme corresponds to.
///
/// The names changed between 2013 and 2023, and some covered more or less than today's. A
/// year-on-year comparison by name alone is therefore wrong; this table says what may be compared.
struct TypeCrosswalk: Sendable {
    /// How far an old type covers the same projects as today's.
    enum Coverage: String, Sendable, Codable, Hashable {
        /// The same projects under the same or another name.
        case same
        /// Only a part of today's type.
        case narrower
        /// Today's type and another one in a single figure.
        case joint
    }

    /// One line of the table.
    struct Entry: Sendable, Codable, Hashable {
        /// The name that the programme of the year used.
        var historicName: String
        /// Today's types; more than one where the old figure cannot be divided.
        var types: [ProjectType]
        /// How far the two agree.
        var coverage: Coverage
    }

    /// The first plan year that used these names.
    let validFrom: Int
    /// The lines, in the order the programme printed them.
    let entries: [Entry]

    private let byForm: [String: Entry]

    private init(validFrom: Int, entries: [Entry]) {
        self.validFrom = validFrom
        self.entries = entries
        byForm = Dictionary(
            entries.map { (MatchingText.form(of: $0.historicName), $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The table in force for a plan year; the oldest for years before it.
    static func edition(forYear year: Int) -> TypeCrosswalk {
        editions.last { $0.validFrom <= year } ?? edition2013
    }

    /// The line of a historic name, spelling tolerated.
    func entry(named name: String) -> Entry? {
        byForm[MatchingText.form(of: name)]
    }

    /// The types that a name meant in a year; nothing where the year's programme had no such type.
    static func types(named name: String, inYear year: Int) -> [ProjectType]? {
        edition(forYear: year).entry(named: name)?.types
    }

    private static let editions = [edition2013, edition2015, edition2021, edition2023]

    private static let common: [Entry] = [
        Entry(historicName: "시스템구축", types: [.systemBuilding], coverage: .same),
        Entry(historicName: "전산장비·솔루션 도입", types: [.hardwareAndSoftware], coverage: .same),
        Entry(historicName: "S/W개발", types: [.softwareDevelopment], coverage: .same),
        Entry(historicName: "통신망 구축", types: [.networkAndSecurity], coverage: .narrower),
        Entry(historicName: "DB구축", types: [.database], coverage: .same),
        Entry(historicName: "유지보수", types: [.operationAndMaintenance], coverage: .same),
    ]

    private static let edition2013 = TypeCrosswalk(
        validFrom: 2013,
        entries: common + [
            Entry(
                historicName: "기타(ISP·교육)",
                types: [.consulting, .educationAndOther],
                coverage: .joint
            )
        ]
    )

    private static let edition2015 = TypeCrosswalk(
        validFrom: 2015,
        entries: common + [
            Entry(
                historicName: "정보화계획수립·교육",
                types: [.consulting, .educationAndOther],
                coverage: .joint
            )
        ]
    )

    private static let edition2021 = TypeCrosswalk(
        validFrom: 2021,
        entries: [
            Entry(historicName: "시스템구축", types: [.systemBuilding], coverage: .same),
            Entry(historicName: "전산장비·솔루션 도입", types: [.hardwareAndSoftware], coverage: .same),
            Entry(historicName: "SW개발", types: [.softwareDevelopment], coverage: .same),
            Entry(historicName: "정보통신·정보보안", types: [.networkAndSecurity], coverage: .same),
            Entry(historicName: "DB구축", types: [.database], coverage: .same),
            Entry(historicName: "컨설팅", types: [.consulting], coverage: .same),
            Entry(historicName: "운영·유지관리", types: [.operationAndMaintenance], coverage: .same),
            Entry(historicName: "교육 등 기타", types: [.educationAndOther], coverage: .same),
        ]
    )

    private static let edition2023 = TypeCrosswalk(
        validFrom: 2023,
        entries: ProjectType.allCases.map {
            Entry(historicName: $0.label.korean, types: [$0], coverage: .same)
        }
    )
}
