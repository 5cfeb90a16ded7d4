import Basics
import Hosting
import Korean
import Store
import Synchronization

/// The records of one table in memory, as every search box of the city's own pages finds them.
///
/// The store is the truth: each change of a record raises a number beside the table in the same
/// transaction, and whoever searches reads it first, so that no process finds what is gone.
final class RecordIndex<Record: Sendable>: Sendable {
    /// Records that answered, the best first.
    struct Found: Sendable {
        var records: [Record]
        var search: SubstringSearch
    }

    private struct State: Sendable {
        var version: Int64 = -1
        var records: [Record] = []
        var words = SubstringIndex()
    }

    private let table: RecordTable
    private let read: @Sendable (ReadTransaction) throws -> [Record]
    private let text: @Sendable (Record) -> String
    private let state = Mutex(State())

    /// Describes the records of a table, and the words each is found by.
    init(
        _ table: RecordTable,
        read: @escaping @Sendable (ReadTransaction) throws -> [Record],
        text: @escaping @Sendable (Record) -> String
    ) {
        self.table = table
        self.read = read
        self.text = text
    }

    /// Finds the records that answer words.
    ///
    /// - Throws: `KoreanError` where the words are beyond the limits of a search.
    func find(_ words: TextQuery, in store: Store) async throws -> Found {
        let search = try SubstringSearch(words)
        let state = try await current(in: store)
        let finding = state.words.find(search)
        let rows = finding.matches.rowNumbers
        let ranked = state.words.ranked(rows, by: finding.search) ?? rows
        return Found(records: ranked.map { state.records[Int($0)] }, search: finding.search)
    }

    private func current(in store: Store) async throws -> State {
        let known = state.withLock { $0 }
        let fresh = try await store.read { [self] db -> State? in
            let version = try table.version(in: db)
            guard version != known.version else { return nil }
            let records = try read(db)
            return State(
                version: version,
                records: records,
                words: try SubstringIndex(records.lazy.map(text))
            )
        }
        guard let fresh else { return known }
        // Of two that read at once the one that saw less must not come last.
        return state.withLock {
            if fresh.version > $0.version { $0 = fresh }
            return fresh
        }
    }
}

/// A table whose records are found in memory.
enum RecordTable: String, Sendable {
    case places, people, organizations

    /// How often its records have changed.
    func version(in db: ReadTransaction) throws -> Int64 {
        try db.value(
            "SELECT version FROM city_record_version WHERE name = \(rawValue)",
            as: Int64.self
        ) ?? 0
    }

    /// Tells every process that a record has changed.
    func markChanged(in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO city_record_version (name, version) VALUES (\(rawValue), 1)
            ON CONFLICT (name) DO UPDATE SET version = city_record_version.version + 1
            """
        )
    }
}
