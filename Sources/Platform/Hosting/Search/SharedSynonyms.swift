public import Korean
public import Store
import Synchronization

/// The words that mean the same in every search of the city, as people in charge list them.
///
/// The store is the truth; a change counts at once here and soon in every other process.
public final class SharedSynonyms: Sendable {
    /// The longest table, in bytes of UTF-8.
    public static let maximumByteCount = 1 << 20

    private struct State {
        var table = SynonymTable()
        /// How often the table was saved before it stood here; nothing for none.
        var version: Int64?
    }

    private let state = Mutex(State())

    init() {}

    /// The table in force.
    public var table: SynonymTable { state.withLock { $0.table } }

    /// Brings the table up to the store, where it was saved since.
    func refresh(from store: Store) async throws {
        let known = state.withLock { $0.version }
        let fresh = try await store.read { db -> State? in
            let version = try db.value(
                "SELECT version FROM hosting_synonyms WHERE id = 1",
                as: Int64.self
            )
            guard version != known else { return nil }
            return State(table: try Self.table(of: Self.text(in: db)), version: version)
        }
        guard let fresh else { return }
        // Of two that read at once the one that saw less must not come last.
        state.withLock { if fresh.version ?? 0 > $0.version ?? 0 { $0 = fresh } }
    }

    /// The text read last and its table: whatever is saved is read again at once, and the cities of
    /// one process mostly say the same.
    private static let lastRead = Mutex<(text: String, table: SynonymTable)?>(nil)

    private static func table(of text: String) throws -> SynonymTable {
        if let last = lastRead.withLock({ $0 }), last.text == text { return last.table }
        let table = try SynonymTable(text: text)
        lastRead.withLock { $0 = (text, table) }
        return table
    }

    /// The table as it was typed; empty where nobody has written one.
    static func text(in db: ReadTransaction) throws -> String {
        try db.value("SELECT text FROM hosting_synonyms WHERE id = 1", as: String.self) ?? ""
    }

    /// Keeps the table of the city.
    ///
    /// - Throws: `KoreanError` of code `invalidSynonyms` where the text is no table.
    public static func save(
        _ text: String,
        by accountID: String,
        in tx: WriteTransaction
    ) throws {
        _ = try table(of: text)
        try tx.run(
            """
            INSERT INTO hosting_synonyms (id, version, text, updated_by, updated_at)
            VALUES (1, 1, \(text), \(accountID), \(tx.now))
            ON CONFLICT (id) DO UPDATE SET version = hosting_synonyms.version + 1,
                text = excluded.text, updated_by = excluded.updated_by, updated_at = excluded.updated_at
            """
        )
    }
}
