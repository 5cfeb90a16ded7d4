import Basics

/// One published state of an agency's plan.
struct PlanEdition: Sendable, Codable, Hashable {
    /// Why the edition was published.
    enum Kind: String, PlanTerm {
        /// The first plan of the year (당초).
        case original
        /// A revision (수정).
        case revised
        /// A plan after a supplementary budget (추경).
        case supplementary

        /// The name shown to people.
        var label: Bilingual {
            switch self {
            case .original: Bilingual("당초", "Original")
            case .revised: Bilingual("수정", "Revised")
            case .supplementary: Bilingual("추경", "Supplementary budget")
            }
        }

        /// Other spellings.
        var synonyms: [String] {
            switch self {
            case .original: ["최초", "본예산", "당초계획"]
            case .revised: ["변경", "수정계획", "변경계획"]
            case .supplementary: ["추가경정", "추경예산", "1차 추경", "2차 추경"]
            }
        }

        /// Only whole words count.
        static let reader = TermReader<Kind>(matchesInside: false)
    }

    /// The reason for the edition.
    var kind: Kind
    /// The year of the plan.
    var planYear: Int
    /// The agency whose plan it is.
    var agency: PlanAgency
    /// The edition's number in its agency and year, from 1.
    var number: Int
    /// The day it was published.
    var publishedOn: LocalDate
    /// Every project of the agency in this edition.
    var projects: [PlannedProject]

    /// The name shown to people: `2023년 노원구 수정(2차)`.
    var label: Bilingual {
        Bilingual(
            "\(planYear)년 \(agency.name) \(kind.label.korean)(\(number)차)",
            "\(agency.nameEnglish) \(planYear), \(kind.label.english.lowercased()) (no. \(number))"
        )
    }

    /// The projects in force: those of the newest edition of every agency and year.
    ///
    /// The order is by agency identifier, then as in the edition.
    static func current(of editions: [PlanEdition]) -> [PlannedProject] {
        var newest: [String: PlanEdition] = [:]
        for edition in editions {
            let owner = "\(edition.agency.id)/\(edition.planYear)"
            if let known = newest[owner], known.number >= edition.number { continue }
            newest[owner] = edition
        }
        return newest.sorted { $0.key < $1.key }.flatMap { $0.value.projects }
    }
}
