public import Basics

/// A view of the store at one moment; it is only good inside the closure of `Store.read`.
///
/// A helper that takes a `ReadTransaction` can be handed a `WriteTransaction` too.
public class ReadTransaction {
    let connection: any Connection
    let statements: StatementMonitor
    /// The instant the transaction began; every row it writes carries the same time.
    public let now: Instant

    init(connection: any Connection, statements: StatementMonitor, now: Instant) {
        self.connection = connection
        self.statements = statements
        self.now = now
    }

    /// The engine below, for the rare statement that only one of them knows.
    public var engine: StoreEngine { connection.kind }

    /// Runs before each statement; a write transaction brings its held-back rows in first.
    func prepareForStatement() throws {}

    /// Runs where a statement failed; a write transaction may not go on after that.
    func statementFailed(_ error: any Error) {}

    /// All rows of a statement as records.
    ///
    /// A property finds its column by name (`fiscalYear`, `fiscal_year`). A record with one value, such as
    /// `Int` or `LocalDate`, is the first column.
    public func rows<Record: Decodable>(_ sql: SQL, as type: Record.Type) throws -> [Record] {
        var result: [Record] = []
        try measured(sql) {
            try connection.fetch(sql) { cells in
                result.append(try cells.decode(type))
                return true
            }
        }
        return result
    }

    /// The first row of a statement as a record, or nothing.
    public func first<Record: Decodable>(_ sql: SQL, as type: Record.Type) throws -> Record? {
        var result: Record?
        try measured(sql) {
            try connection.fetch(sql) { cells in
                result = try cells.decode(type)
                return false
            }
        }
        return result
    }

    /// The first column of the first row, or nothing where there is no row or it is NULL.
    public func value<Value: SQLDecodable>(_ sql: SQL, as type: Value.Type) throws -> Value? {
        var result: Value?
        try measured(sql) {
            try connection.fetch(sql) { cells in
                result = cells.isNull(0) ? nil : try Value(sqlValue: cells.value(0))
                return false
            }
        }
        return result
    }

    /// Hands each row to a closure as it comes, so that a million rows take no more memory than one.
    public func forEach(_ sql: SQL, _ body: (borrowing Row) throws -> Void) throws {
        try measured(sql) {
            try connection.stream(sql) { cells in
                try body(Row(cells: cells))
                return true
            }
        }
    }

    func measured<T>(_ sql: SQL, _ body: () throws -> T) throws -> T {
        try prepareForStatement()
        guard sql.values.count <= SQL.maximumValueCount else {
            throw StoreError(
                .unsupportedValue,
                context: "\(sql.values.count) values in a statement"
            )
        }
        let start = ContinuousClock.now
        do {
            let result = try body()
            statements.note(sql.text, took: ContinuousClock.now - start)
            return result
        } catch {
            statementFailed(error)
            throw error
        }
    }
}
