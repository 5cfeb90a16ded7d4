public import Basics
public import Store

/// A line of the ledger that the law asks for: who looked at footage, to whom it was given, what was
/// erased (개인영상정보 관리대장).
///
/// It is written in the same transaction as the audit record, whose chain proves it.
public struct LedgerLine: Sendable, Hashable, Codable {
    /// What was done.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable, SQLBindable {
        /// It was used inside the city (이용).
        case use
        /// Somebody it shows looked at it (열람).
        case access
        /// It was given to somebody else (제공).
        case provision
        /// It was erased (파기).
        case erasure

        /// In words.
        public var title: Bilingual {
            switch self {
            case .use: Bilingual("이용", "Use")
            case .access: Bilingual("열람", "Access")
            case .provision: Bilingual("제공", "Provision")
            case .erasure: Bilingual("파기", "Erasure")
            }
        }
    }

    /// The place in the ledger.
    public var number: Int64
    /// What was done.
    public var kind: Kind
    /// When.
    public var at: Instant
    /// The case it belongs to, or empty.
    public var caseNumber: String
    /// Who did it; `system` for the program itself.
    public var actorID: String
    /// Their name.
    public var actorName: String
    /// Who got it, or empty.
    public var recipient: String
    /// Why.
    public var purpose: JSONColumn<Bilingual>
    /// The law it rests on.
    public var basis: JSONColumn<Bilingual>
    /// What it was: a search, a masked picture, a packet.
    public var form: JSONColumn<Bilingual>
    /// How many pictures or days.
    public var itemCount: Int
}

/// The ledger in the store.
enum FootageLedger {
    /// Lines on one page.
    static let pageSize = 50
    /// The most lines that one file holds; a longer ledger is taken by year.
    static let maximumExportCount = 50_000

    struct Entry {
        var kind: LedgerLine.Kind
        var caseNumber = ""
        var actorID: String
        var actorName: String
        var recipient = ""
        var purpose: Bilingual
        var basis: Bilingual
        var form: Bilingual
        var itemCount: Int
    }

    static func add(_ entry: Entry, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO footage_ledger (number, kind, at, case_number, actor_id, actor_name,
                recipient, purpose, basis, form, item_count)
            SELECT COALESCE(MAX(number), 0) + 1, \(entry.kind), CAST(\(tx.now) AS BIGINT),
                \(entry.caseNumber), \(entry.actorID), \(entry.actorName), \(entry.recipient),
                \(JSONColumn(entry.purpose)), \(JSONColumn(entry.basis)),
                \(JSONColumn(entry.form)), CAST(\(entry.itemCount) AS BIGINT)
            FROM footage_ledger
            """
        )
    }

    static func page(
        _ page: Int,
        size: Int = pageSize,
        kind: LedgerLine.Kind?,
        in db: ReadTransaction
    ) throws -> (lines: [LedgerLine], total: Int) {
        let condition: SQL = kind.map { "kind = \($0)" } ?? "number > 0"
        let lines = try db.rows(
            """
            SELECT * FROM footage_ledger WHERE \(condition)
            ORDER BY number DESC LIMIT \(size) OFFSET \((max(page, 1) - 1) * size)
            """,
            as: LedgerLine.self
        )
        let total = try db.value(
            "SELECT COUNT(*) FROM footage_ledger WHERE \(condition)",
            as: Int.self
        )
        return (lines, total ?? 0)
    }
}
