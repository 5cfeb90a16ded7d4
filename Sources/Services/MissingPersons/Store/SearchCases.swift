import Basics
import Identity
import Store
import Web

/// The searches in the store.
enum SearchCases {
    /// Cases on one page.
    static let pageSize = 50
    private static let columns: SQL = """
        id, number, organization_id, kind, report_number, requester, basis, state, cameras, starts_at,
        expires_at, requested_by, decided_by, decision_note, outcome, person, erasure, is_sample,
        created_at, decided_at, closed_at, version
        """

    /// The one way to read a case: whoever asked for it, or who may approve in its organization; for
    /// everybody else there is none.
    ///
    /// The look is written to the audit.
    static func record(
        _ id: String,
        for actor: Actor,
        in tx: WriteTransaction
    ) throws -> SearchCase {
        guard let search = try find(id, in: tx), mayRead(search, actor) else {
            throw AccessError(.notFound, context: "\(actor.auditName): search \(id)")
        }
        try tx.record(
            .read,
            on: search.subject,
            by: actor.auditActor,
            purpose: .missingPerson,
            details: ["caseNumber": search.number]
        )
        return search
    }

    /// Whether somebody may know that the case is there.
    static func mayRead(_ search: SearchCase, _ actor: Actor) -> Bool {
        let isOwn =
            search.requestedBy == actor.id
            && actor.may(.missingPersonSearcher, in: search.organizationID)
        return isOwn || actor.may(.missingPersonApprover, in: search.organizationID)
    }

    static func find(_ id: String, in db: ReadTransaction) throws -> SearchCase? {
        try db.first("SELECT \(columns) FROM missing_case WHERE id = \(id)", as: SearchCase.self)
    }

    /// The cases somebody may know of, those that wait first, then the newest.
    static func page(
        _ page: Int,
        for actor: Actor,
        in db: ReadTransaction
    ) throws -> (cases: [SearchCase], total: Int) {
        let condition: SQL
        switch actor.organizations(for: .missingPersonApprover) {
        case nil: condition = "version > 0"
        case let organizations?:
            condition =
                organizations.isEmpty
                ? "requested_by = \(actor.auditName)"
                : """
                (requested_by = \(actor.auditName)
                    OR organization_id IN \(list: organizations.sorted()))
                """
        }
        let cases = try db.rows(
            """
            SELECT \(columns) FROM missing_case WHERE \(condition)
            ORDER BY CASE state WHEN 'waiting' THEN 0 WHEN 'open' THEN 1 ELSE 2 END,
                created_at DESC, id
            LIMIT \(pageSize) OFFSET \((max(page, 1) - 1) * pageSize)
            """,
            as: SearchCase.self
        )
        let total = try db.value(
            "SELECT COUNT(*) FROM missing_case WHERE \(condition)",
            as: Int.self
        )
        return (cases, total ?? 0)
    }

    /// The next number of a year: `실종-2026-0001`.
    static func nextNumber(year: Int, in db: ReadTransaction) throws -> String {
        let head = "실종-\(year)-"
        let last = try db.value(
            """
            SELECT MAX(number) FROM missing_case
            WHERE substr(number, 1, CAST(\(head.unicodeScalars.count) AS INTEGER)) = \(head)
            """,
            as: String?.self
        )
        let count = (last ?? nil).flatMap { Int($0.dropFirst(head.count)) } ?? 0
        let digits = String(count + 1)
        return head + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Saves a case; one that somebody else changed in between is refused.
    static func save(_ search: SearchCase, in tx: WriteTransaction) throws {
        let changed = try tx.run(
            """
            INSERT INTO missing_case (\(columns))
            VALUES (\(search.id), \(search.number), \(search.organizationID), \(search.kind),
                \(search.reportNumber), \(search.requester), \(search.basis), \(search.state),
                \(search.cameras), \(search.startsAt), \(search.expiresAt), \(search.requestedBy),
                \(search.decidedBy), \(search.decisionNote), \(search.outcome), \(search.person),
                \(search.erasure), \(search.isSample), \(search.createdAt), \(search.decidedAt),
                \(search.closedAt), \(search.version + 1))
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, cameras = excluded.cameras,
                starts_at = excluded.starts_at, expires_at = excluded.expires_at,
                decided_by = excluded.decided_by, decision_note = excluded.decision_note,
                outcome = excluded.outcome, person = excluded.person, erasure = excluded.erasure,
                decided_at = excluded.decided_at, closed_at = excluded.closed_at,
                version = excluded.version
            WHERE missing_case.version = \(search.version)
            """
        )
        guard changed > 0 else {
            throw MissingError(
                .impossibleState,
                Bilingual("그사이 다른 사람이 고쳤습니다. 다시 열어 주세요.", "Somebody changed it. Open it again."),
                context: search.id
            )
        }
    }
}
