/// The database engines a store can stand on.
public enum StoreEngine: String, Sendable, Hashable {
    /// The embedded engine: one file, one process.
    case sqlite
    /// PostgreSQL 15 or later.
    case postgres
}

/// One engine: it hands out connections inside transactions, on threads of its own.
protocol Engine: AnyObject, Sendable {
    var kind: StoreEngine { get }
    /// The engine's own version, for the operations page.
    var version: String { get }

    /// Runs a body inside a read transaction that sees one unchanging state.
    func read<T: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T

    /// Runs a body inside a serializable write transaction; it may run again where others interfere.
    func write<T: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T

    /// Runs a body in a write transaction beside which there is no other: migrations, a restore.
    ///
    /// SQLite compares the foreign keys at its end instead of on the way, so that tables can be rebuilt.
    func writeAlone<T: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T

    /// The bytes the database takes on its disk.
    func size() async throws -> StoreSize

    /// What the engine's own checks find wrong; empty where all is well.
    func integrityFaults() async throws -> [String]

    func close() async throws
}

/// A connection inside a transaction, used on one thread at a time.
protocol Connection: AnyObject {
    var kind: StoreEngine { get }
    /// Runs a statement to its end and tells the number of rows it changed.
    func run(_ sql: SQL) throws -> Int
    /// Hands every row to the body until it returns false. The whole result may be in memory.
    func fetch(_ sql: SQL, _ body: (Cells) throws -> Bool) throws
    /// Hands every row to the body; a result of any length takes the same memory.
    func stream(_ sql: SQL, _ body: (Cells) throws -> Bool) throws
    func makeInserter(into table: String, columns: [String]) throws -> any RowSink
    /// The tables of the store with their columns, in an order in which no table refers to a later.
    func tables() throws -> [TableShape]
    /// After rows were loaded with their keys: the next key follows the largest.
    func restartKeys(of table: TableShape) throws
}

/// Where an `Inserter` puts its rows.
protocol RowSink: AnyObject {
    func append(_ row: RowValues) throws
    /// Sends what is still held back.
    func flush() throws
    /// Forgets what is still held back.
    func discard()
}

/// A table as a backup sees it.
struct TableShape: Sendable, Hashable {
    var name: String
    var columns: [String]
    var references: [String]
}

extension TableShape {
    /// Orders tables so that each comes after those it refers to.
    static func ordered(_ tables: [TableShape]) throws -> [TableShape] {
        var placed: Set<String> = []
        var result: [TableShape] = []
        var rest = tables.sorted { $0.name < $1.name }
        while !rest.isEmpty {
            let ready = rest.filter { table in
                table.references.allSatisfy { $0 == table.name || placed.contains($0) }
            }
            guard !ready.isEmpty else {
                throw StoreError(
                    .statement,
                    context: "tables refer to each other in a circle: \(rest.map(\.name))"
                )
            }
            result += ready
            placed.formUnion(ready.map(\.name))
            rest.removeAll { placed.contains($0.name) }
        }
        return result
    }
}
