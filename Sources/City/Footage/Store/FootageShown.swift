import Basics
import Identity
import Sightings
import Store

/// Which sightings a case was shown, under the names it knows them by.
enum FootageShown {
    /// How long the pictures of a list need no record of their own, in seconds: the list has one.
    static let freshSeconds = 600

    private struct Row: Codable {
        var token: String
        var sighting: String
    }

    static func save(
        _ rows: [(token: String, sighting: SightingID)],
        of caseID: String,
        in tx: WriteTransaction
    ) throws {
        for row in rows {
            try tx.run(
                """
                INSERT INTO footage_shown (case_id, token, sighting, shown_at)
                VALUES (\(caseID), \(row.token), \(row.sighting.description), \(tx.now))
                ON CONFLICT (case_id, token) DO UPDATE SET shown_at = excluded.shown_at
                """
            )
        }
    }

    static func sightings(
        of caseID: String,
        in db: ReadTransaction
    ) throws -> [String: SightingID] {
        let rows = try db.rows(
            "SELECT token, sighting FROM footage_shown WHERE case_id = \(caseID)",
            as: Row.self
        )
        let pairs = rows.compactMap { row in SightingID(row.sighting).map { (row.token, $0) } }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
    }

    static func sighting(
        _ token: String,
        of caseID: String,
        in db: ReadTransaction
    ) throws -> SightingID? {
        let text = try db.value(
            """
            SELECT sighting FROM footage_shown WHERE case_id = \(caseID) AND token = \(token)
            """,
            as: String.self
        )
        return text.flatMap { SightingID($0) }
    }

    static func isFresh(
        _ token: String,
        of caseID: String,
        in db: ReadTransaction
    ) throws -> Bool {
        let shownAt = try db.value(
            """
            SELECT shown_at FROM footage_shown WHERE case_id = \(caseID) AND token = \(token)
            """,
            as: Instant.self
        )
        return shownAt.map { db.now < $0.adding(seconds: freshSeconds) } ?? false
    }

    static func unmask(
        _ token: String,
        of caseID: String,
        for actor: Actor,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO footage_unmask (case_id, token, account_id, ends_at)
            VALUES (\(caseID), \(token), \(actor.auditName),
                \(tx.now.adding(seconds: FootageGate.unmaskSeconds)))
            ON CONFLICT (case_id, token, account_id) DO UPDATE SET ends_at = excluded.ends_at
            """
        )
    }

    static func checkUnmasked(
        _ token: String,
        of caseID: String,
        for actor: Actor,
        in db: ReadTransaction
    ) throws {
        let endsAt = try db.value(
            """
            SELECT ends_at FROM footage_unmask WHERE case_id = \(caseID) AND token = \(token)
                AND account_id = \(actor.auditName)
            """,
            as: Instant.self
        )
        guard let endsAt, try FootageClock.effective(in: db) < endsAt else {
            throw FootageError(
                .noWarrant,
                Bilingual("가림을 풀려면 까닭을 적어 주세요.", "Say why, to look unmasked."),
                context: "\(token) of \(caseID)"
            )
        }
    }

    /// Forgets what a case was shown: its names mean nothing any more.
    static func forget(case caseID: String, in tx: WriteTransaction) throws -> Int {
        try tx.run("DELETE FROM footage_unmask WHERE case_id = \(caseID)")
        return try tx.run("DELETE FROM footage_shown WHERE case_id = \(caseID)")
    }
}
