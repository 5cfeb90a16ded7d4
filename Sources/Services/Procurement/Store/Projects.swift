import Basics
import Store

/// The projects in the store.
enum Projects {
    /// The most projects read by their row numbers at once.
    static let maximumBatchCount = 1000

    /// The projects with these row numbers, in the order asked for.
    static func rows(_ ids: [Int64], in db: ReadTransaction) throws -> [PlannedProject] {
        var found: [Int64: PlannedProject] = [:]
        for start in stride(from: 0, to: ids.count, by: maximumBatchCount) {
            let batch = ids[start..<min(start + maximumBatchCount, ids.count)]
            let rows = try db.rows(
                ProjectRow.select(where: "p.id IN \(list: batch)"),
                as: ProjectRow.self
            )
            for row in rows { found[row.id] = row.project }
        }
        return ids.compactMap { found[$0] }
    }

    /// One project in the current plan of its agency, or nothing.
    static func current(_ reference: String, in db: ReadTransaction) throws -> PlannedProject? {
        guard let parts = ReferenceParts(reference) else { return nil }
        return try db.first(
            ProjectRow.select(
                where: """
                    e.agency_id = \(parts.agencyID) AND e.plan_year = \(parts.planYear)
                    AND e.is_current = 1 AND p.project_key = \(parts.key)
                    """
            ),
            as: ProjectRow.self
        )?.project
    }

    /// A project through all editions that had it, the newest first.
    static func history(
        _ reference: String,
        in db: ReadTransaction
    ) throws -> [(edition: EditionRecord, project: PlannedProject)] {
        guard let parts = ReferenceParts(reference) else { return [] }
        let editions = try db.rows(
            """
            SELECT e.* FROM procurement_edition e
            JOIN procurement_project p ON p.edition_id = e.id AND p.project_key = \(parts.key)
            WHERE e.agency_id = \(parts.agencyID) AND e.plan_year = \(parts.planYear)
            ORDER BY e.number DESC LIMIT 100
            """,
            as: EditionRecord.self
        )
        return try editions.compactMap { edition in
            let row = try db.first(
                ProjectRow.select(
                    where: "p.edition_id = \(edition.id) AND p.project_key = \(parts.key)"
                ),
                as: ProjectRow.self
            )
            return row.map { (edition, $0.project) }
        }
    }

    static func years(in db: ReadTransaction) throws -> [Int] {
        try db.rows(
            """
            SELECT DISTINCT plan_year FROM procurement_edition WHERE is_current = 1
            ORDER BY plan_year DESC
            """,
            as: Int.self
        )
    }
}

/// The parts of a project's reference, `2023/KR-11350/0042`: the year, the agency and the key.
struct ReferenceParts: Hashable, Sendable {
    var planYear: Int
    var agencyID: String
    var key: String

    init?(_ reference: String) {
        let parts = reference.split(
            separator: "/",
            maxSplits: 2,
            omittingEmptySubsequences: false
        )
        guard parts.count == 3, reference.utf8.count <= 400, let year = Int(parts[0]),
            !parts[1].isEmpty, !parts[2].isEmpty
        else { return nil }
        planYear = year
        agencyID = String(parts[1])
        key = String(parts[2])
    }
}

extension Projects {
    /// Every current project of a year.
    static func current(ofYear year: Int, in db: ReadTransaction) throws -> [PlannedProject] {
        try db.rows(
            "\(ProjectRow.select(where: "e.is_current = 1 AND e.plan_year = \(year)")) ORDER BY p.id",
            as: ProjectRow.self
        ).map(\.project)
    }
}
