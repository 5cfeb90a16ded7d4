import Basics
import Store

/// A correction an officer typed for one cell of an uploaded plan.
struct CellCorrection: Codable, Sendable, Hashable {
    /// The row of the file, from 1.
    var row: Int
    /// The column of the file, from 1.
    var column: Int
    /// What the cell should hold; empty where it should hold nothing.
    var value: String
    /// The sheet of the workbook, from 0.
    var sheet = 0
}

/// A plan on its way: uploaded, looked at, perhaps corrected, not yet published.
///
/// The file itself is kept as a blob, so nothing is lost between the dry run and the publication, and
/// an edition can always show what it was made from.
struct PlanUpload: Codable, Sendable, Hashable {
    /// The largest file, in bytes.
    static let maximumByteCount = 64 << 20
    /// The most corrections typed by hand; beyond it, mending the file is less work.
    static let maximumCorrectionCount = 500

    var id: String
    var accountID: String
    var agencyID: String
    var planYear: Int
    var kind: PlanEdition.Kind
    var fileName: String
    var digest: String
    /// The unit of money chosen by the officer; nil where the file says it.
    var unit: String?
    /// Which sheet of a workbook, from 0; 0 is the first that is not hidden.
    var sheet: Int
    var corrections: JSONColumn<[CellCorrection]>
    var createdAt: Instant
    /// The edition made from it, once published.
    var editionID: Int64?
}

/// The uploads in the store.
enum Uploads {
    /// Uploads shown to an officer.
    static let listedCount = 20

    /// Keeps an upload, or what the officer changed about it.
    static func save(_ upload: PlanUpload, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO procurement_upload (id, account_id, agency_id, plan_year, kind, file_name,
                digest, unit, sheet, corrections, created_at, edition_id)
            VALUES (\(upload.id), \(upload.accountID), \(upload.agencyID), \(upload.planYear),
                \(upload.kind), \(upload.fileName), \(upload.digest), \(upload.unit),
                \(upload.sheet), \(upload.corrections), \(upload.createdAt), \(upload.editionID))
            ON CONFLICT (id) DO UPDATE SET unit = excluded.unit, sheet = excluded.sheet,
                kind = excluded.kind, plan_year = excluded.plan_year,
                corrections = excluded.corrections, edition_id = excluded.edition_id
            """
        )
    }

    /// An upload of the officer who made it; nobody else's.
    static func find(
        _ id: String,
        of accountID: String,
        in db: ReadTransaction
    ) throws -> PlanUpload? {
        try db.first(
            """
            SELECT * FROM procurement_upload WHERE id = \(id) AND account_id = \(accountID)
            """,
            as: PlanUpload.self
        )
    }

    /// The uploads of an officer, the newest first.
    static func recent(of accountID: String, in db: ReadTransaction) throws -> [PlanUpload] {
        try db.rows(
            """
            SELECT * FROM procurement_upload WHERE account_id = \(accountID)
            ORDER BY created_at DESC, id LIMIT \(listedCount)
            """,
            as: PlanUpload.self
        )
    }
}
