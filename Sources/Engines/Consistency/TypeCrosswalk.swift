public import Basics

/// Which names of project types in which editions mean the same thing.
///
/// Without it a comparison of years by type is invalid: the publisher renames, merges and splits.
public struct TypeCrosswalk: Sendable, Hashable {
    /// A type under all the names it had.
    public struct Concept: Sendable, Hashable {
        /// The id of the type, stable over the years.
        public var id: String
        /// The name of the type today.
        public var title: Bilingual
        /// Every name it was published under; spaces and punctuation do not matter.
        public var names: [String]

        /// Creates a type.
        public init(id: String, title: Bilingual, names: [String]) {
            self.id = id
            self.title = title
            self.names = names
        }
    }

    /// The version of the mapping: raise it with every change, and say it beside a comparison.
    public var version: String
    /// The types.
    public var concepts: [Concept]

    /// Creates a crosswalk.
    public init(version: String, concepts: [Concept]) {
        self.version = version
        self.concepts = concepts
    }

    /// The type a published name stands for.
    public func concept(of name: String) -> Concept? {
        let spelling = TypeCrosswalk.spelling(name)
        return concepts.first { concept in
            concept.names.contains { TypeCrosswalk.spelling($0) == spelling }
        }
    }

    /// A name without what is only spelling: `S/W개발` and `SW 개발` are one name.
    static func spelling(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// The types of Seoul's informatization programmes, 2013 to 2023.
    public static let seoul = TypeCrosswalk(
        version: "2013-2023.1",
        concepts: [
            Concept(
                id: "systemBuilding",
                title: .init("시스템구축", "System building"),
                names: ["시스템구축"]
            ),
            Concept(
                id: "purchase",
                title: .init("HW 및 SW 도입", "Hardware and software purchase"),
                names: ["전산장비·솔루션 도입", "HW 및 SW 도입", "HW/SW 도입"]
            ),
            Concept(
                id: "development",
                title: .init("SW개발", "Software development"),
                names: ["S/W개발", "SW개발"]
            ),
            Concept(
                id: "network",
                title: .init("통신망 구축·정보보안", "Networks and security"),
                names: ["통신망 구축", "정보통신·정보보안", "정보통신·보안"]
            ),
            Concept(id: "database", title: .init("DB구축", "Databases"), names: ["DB구축"]),
            Concept(
                id: "maintenance",
                title: .init("운영·유지관리", "Operation and maintenance"),
                names: ["유지보수", "운영·유지관리", "유지관리"]
            ),
            Concept(id: "consulting", title: .init("컨설팅", "Consulting"), names: ["컨설팅"]),
            Concept(
                id: "other",
                title: .init("교육 등 기타", "Education and other"),
                names: ["기타(ISP·교육)", "정보화계획수립·교육", "교육 등 기타", "교육·기타"]
            ),
        ]
    )
}
