public import Basics
public import Eligibility
import Korean
public import Store

/// Something about a programme that changed for one person.
public struct ProgrammeChange: Codable, Sendable, Hashable {
    /// What changed.
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable, SQLBindable, SQLDecodable {
        /// Every condition is met now, and applications are taken.
        case fits
        /// What fits can be applied for now.
        case opens
        /// What fits can be applied for a few days more.
        case closes
    }

    /// The identifier, made of what happened, so that it is told once.
    public var id: String
    /// Whose it is.
    public var accountID: String
    /// The programme.
    public var programme: String
    /// What changed.
    public var kind: Kind
    /// The last day of the window; nil where none is set.
    public var day: LocalDate?
    /// When it was found.
    public var at: Instant
}

extension ProgrammeChange {
    /// What changed, in a line.
    public func title(_ programme: Programme) -> Bilingual {
        let title = "‘\(programme.title.korean)’"
        let english = "“\(programme.title.english)”"
        switch kind {
        case .fits:
            return Bilingual(
                "이제 \(Particle.object.attach(title)) 받을 수 있습니다",
                "\(english) now fits you"
            )
        case .opens: return Bilingual("\(title) 신청이 열렸습니다", "\(english) is open")
        case .closes: return Bilingual("\(title) 신청이 곧 끝납니다", "\(english) closes soon")
        }
    }
}

/// The changes in the store.
public enum ProgrammeChanges {
    /// How long a change is shown.
    public static let keptDayCount = 90

    /// What changed for a person, the newest first.
    public static func recent(
        of accountID: String,
        limit: Int,
        in db: ReadTransaction
    ) throws -> [ProgrammeChange] {
        try db.rows(
            """
            SELECT id, account_id, programme, kind, day, at FROM programmes_change
            WHERE account_id = \(accountID) ORDER BY at DESC, id LIMIT \(limit)
            """,
            as: ProgrammeChange.self
        )
    }

    /// Keeps a change.
    ///
    /// - Returns: Whether it is new; one with the same identifier was told before.
    static func add(_ change: ProgrammeChange, in tx: WriteTransaction) throws -> Bool {
        try tx.run(
            """
            INSERT INTO programmes_change (id, account_id, programme, kind, day, at)
            VALUES (\(change.id), \(change.accountID), \(change.programme), \(change.kind),
                \(change.day), \(change.at))
            ON CONFLICT (id) DO NOTHING
            """
        ) > 0
    }

    static func forget(before instant: Instant, in tx: WriteTransaction) throws {
        try tx.run("DELETE FROM programmes_change WHERE at < \(instant)")
    }
}

/// What the programmes said to a person when they were last asked.
struct LastVerdict: Codable, Sendable, Hashable {
    var programme: String
    var verdict: String
    var isOpen: Bool

    static func all(of accountID: String, in db: ReadTransaction) throws -> [String: LastVerdict] {
        let rows = try db.rows(
            """
            SELECT programme, verdict, is_open FROM programmes_verdict
            WHERE account_id = \(accountID)
            """,
            as: LastVerdict.self
        )
        return Dictionary(rows.map { ($0.programme, $0) }, uniquingKeysWith: { $1 })
    }

    func save(of accountID: String, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO programmes_verdict (account_id, programme, verdict, is_open)
            VALUES (\(accountID), \(programme), \(verdict), \(isOpen))
            ON CONFLICT (account_id, programme) DO UPDATE SET verdict = excluded.verdict,
                is_open = excluded.is_open
            """
        )
    }
}
