import Basics
import Hosting
public import Korean
public import Store
import Synchronization

/// The records of one table in memory, as every search box of the city's own pages finds them.
///
/// The store is the truth: each change of a record raises a number beside the table in the same
/// transaction, and whoever searches reads it first, so that no process finds what is gone.
public final class RecordIndex<Record: Sendable>: Sendable {
    /// Records that answered, the best first.
    public struct Found: Sendable {
        /// The records.
        public var records: [Record]
        /// What was searched.
        public var search: SubstringSearch
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
    public init(
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
    public func find(_ words: TextQuery, in store: Store) async throws -> Found {
        let search = try SubstringSearch(words)
        let state = try await current(in: store)
        let finding = state.words.find(search)
        let rows = finding.matches.rowNumbers
        let ranked = state.words.ranked(rows, by: finding.search) ?? rows
        return Found(records: ranked.map { state.records[Int($0)] }, search: finding.search)
    }

    /// Every record as the store has it now.
    ///
    /// - Throws: Where the store cannot be read.
    public func all(in store: Store) async throws -> [Record] {
        try await current(in: store).records
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
public struct RecordTable: Sendable, Hashable {
    /// Its name in the store.
    let name: String

    /// Names a table of a room of the house.
    public init(name: String) {
        self.name = name
    }

    static let places = RecordTable(name: "places")
    static let people = RecordTable(name: "people")
    static let organizations = RecordTable(name: "organizations")

    /// How often its records have changed.
    func version(in db: ReadTransaction) throws -> Int64 {
        try db.value(
            "SELECT version FROM city_record_version WHERE name = \(name)",
            as: Int64.self
        ) ?? 0
    }

    /// Tells every process that a record has changed.
    public func markChanged(in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO city_record_version (name, version) VALUES (\(name), 1)
            ON CONFLICT (name) DO UPDATE SET version = city_record_version.version + 1
            """
        )
    }
}
