import Basics
import Store

/// An edition as the store keeps it: all but its projects.
struct EditionRecord: Codable, Sendable, Hashable {
    var id: Int64
    var agencyID: String
    var agencyName: String
    var agencyNameEnglish: String
    var agencyKind: AgencyKind
    var planYear: Int
    var kind: PlanEdition.Kind
    var number: Int
    var publishedAt: Instant
    var publishedBy: String
    var sourceFile: String
    var sourceDigest: String
    var projectCount: Int
    var budget: Won
    var isCurrent: Bool

    var agency: PlanAgency {
        PlanAgency(
            id: agencyID,
            name: agencyName,
            nameEnglish: agencyNameEnglish,
            kind: agencyKind
        )
    }

    var title: Bilingual {
        Bilingual(
            "\(planYear)년 \(agencyName) \(kind.label.korean) \(number)차",
            "\(agencyNameEnglish) \(planYear): \(kind.label.english.lowercased()), no. \(number)"
        )
    }
}

/// A plan to publish.
struct EditionDraft: Sendable {
    var agency: PlanAgency
    var planYear: Int
    var kind: PlanEdition.Kind
    var projects: [PlannedProject]
    var sourceFile: String
    var sourceDigest: String
    var publishedBy: String
}

/// Something was published: what followers, searches and the catalogue react to.
struct EditionPublished: Event {
    static let name = "procurement.edition-published"
    var editionID: Int64
    var previousEditionID: Int64?
}

/// The editions in the store.
///
/// An edition is never changed once published.
enum Editions {
    /// The most projects an agency may plan in a year.
    static let maximumProjectCount = 1_048_576
    /// Editions on one page of the list.
    static let pageSize = 50

    /// Publishes a plan: the newest edition of its agency and year becomes the current one.
    static func publish(_ draft: EditionDraft, in tx: WriteTransaction) throws -> EditionRecord {
        let agency = draft.agency
        let previous = try current(agencyID: agency.id, planYear: draft.planYear, in: tx)
        try tx.run(
            """
            UPDATE procurement_edition SET is_current = 0
            WHERE agency_id = \(agency.id) AND plan_year = \(draft.planYear) AND is_current = 1
            """
        )
        let budget = draft.projects.reduce(Won.zero) { $0 + $1.budget }
        let id = try tx.value(
            """
            INSERT INTO procurement_edition (agency_id, agency_name, agency_name_english,
                agency_kind, plan_year, kind, number, published_at, published_by, source_file,
                source_digest, project_count, budget, is_current)
            VALUES (\(agency.id), \(agency.name), \(agency.nameEnglish), \(agency.kind),
                \(draft.planYear), \(draft.kind), \((previous?.number ?? 0) + 1), \(tx.now),
                \(draft.publishedBy), \(draft.sourceFile), \(draft.sourceDigest),
                \(draft.projects.count), \(budget), 1)
            RETURNING id
            """,
            as: Int64.self
        )
        guard let id, let record = try find(id, in: tx) else {
            throw Problems.editionVanished
        }
        try ProjectInserter.insert(draft.projects, editionID: id, in: tx)
        try tx.publish(EditionPublished(editionID: id, previousEditionID: previous?.id))
        return record
    }

    static func find(_ id: Int64, in db: ReadTransaction) throws -> EditionRecord? {
        try db.first(
            "SELECT * FROM procurement_edition WHERE id = \(id)",
            as: EditionRecord.self
        )
    }

    static func current(
        agencyID: String,
        planYear: Int,
        in db: ReadTransaction
    ) throws -> EditionRecord? {
        try db.first(
            """
            SELECT * FROM procurement_edition
            WHERE agency_id = \(agencyID) AND plan_year = \(planYear) AND is_current = 1
            """,
            as: EditionRecord.self
        )
    }

    /// The edition before another, of the same agency and year.
    static func previous(
        of edition: EditionRecord,
        in db: ReadTransaction
    ) throws -> EditionRecord? {
        try db.first(
            """
            SELECT * FROM procurement_edition
            WHERE agency_id = \(edition.agencyID) AND plan_year = \(edition.planYear)
                AND number < \(edition.number)
            ORDER BY number DESC LIMIT 1
            """,
            as: EditionRecord.self
        )
    }

    /// A page of all editions, the newest first.
    static func page(_ page: Int, in db: ReadTransaction) throws -> (
        editions: [EditionRecord], total: Int
    ) {
        let total = try db.value("SELECT count(*) FROM procurement_edition", as: Int.self) ?? 0
        let editions = try db.rows(
            """
            SELECT * FROM procurement_edition ORDER BY published_at DESC, id DESC
            LIMIT \(pageSize) OFFSET \((page - 1) * pageSize)
            """,
            as: EditionRecord.self
        )
        return (editions, total)
    }

    /// The projects of an edition, by key.
    static func projects(of editionID: Int64, in db: ReadTransaction) throws -> [PlannedProject] {
        try db.rows(
            "\(ProjectRow.select(where: "p.edition_id = \(editionID)")) ORDER BY p.project_key",
            as: ProjectRow.self
        ).map(\.project)
    }
}

extension Editions {
    /// The identifier of the newest edition; 0 where there is none.
    static func newestID(in db: ReadTransaction) throws -> Int64 {
        try db.value("SELECT coalesce(max(id), 0) FROM procurement_edition", as: Int64.self) ?? 0
    }

    /// Every current edition.
    static func allCurrent(in db: ReadTransaction) throws -> [EditionRecord] {
        try db.rows(
            """
            SELECT * FROM procurement_edition WHERE is_current = 1 ORDER BY plan_year, agency_id
            """,
            as: EditionRecord.self
        )
    }
}
