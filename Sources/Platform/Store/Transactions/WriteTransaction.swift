internal import Basics

/// The right to change the store; all of it is kept, or nothing.
///
/// The closure of `Store.write` may run more than once (where PostgreSQL finds that another
/// transaction interfered, or where a commit that SQLite shared among several writers was refused),
/// so it should do nothing to the world outside the store.
///
/// A statement that fails undoes the whole transaction, on both engines; wrap it in
/// `nested` where the failure is expected.
public final class WriteTransaction: ReadTransaction {
    private var openInserters: [Inserter] = []
    private var failure: (any Error)?
    private var depth = 0
    /// Who must be woken once this transaction is durable.
    var wakesEvents = false
    var wakesJobs = false

    override func prepareForStatement() throws {
        if let failure {
            throw StoreError(
                .aborted,
                context: "a statement after one that failed: \(failure)"
            )
        }
        if !openInserters.isEmpty { try flushInserters() }
    }

    override func statementFailed(_ error: any Error) {
        failure = failure ?? error
    }

    /// Runs a statement and tells the number of rows it changed.
    @discardableResult
    public func run(_ sql: SQL) throws -> Int {
        try measured(sql) { try connection.run(sql) }
    }

    /// Prepares to insert many rows into a table.
    ///
    /// - Parameters:
    ///   - table: A name of the program, not of a person.
    ///   - columns: Names of the program, in the order of the values.
    /// - Returns: What takes the rows.
    /// - Throws: `StoreError` with code `.statement` where the table has no such column.
    public func insert(into table: String, columns: [String]) throws -> Inserter {
        try prepareForStatement()
        do {
            let sink = try connection.makeInserter(into: table, columns: columns)
            let inserter = Inserter(
                sink: sink,
                columnCount: columns.count,
                transaction: self
            )
            openInserters.append(inserter)
            return inserter
        } catch {
            statementFailed(error)
            throw error
        }
    }

    /// Runs statements that may fail without undoing the rest of the transaction (a savepoint).
    @discardableResult
    public func nested<T>(_ body: () throws -> T) throws -> T {
        try prepareForStatement()
        depth += 1
        defer { depth -= 1 }
        let name = SQL(trusted: "nested_\(depth)")
        _ = try connection.run("SAVEPOINT \(name)")
        let outerInserters = openInserters
        let (events, jobs) = (wakesEvents, wakesJobs)
        do {
            let result = try body()
            try prepareForStatement()
            _ = try connection.run("RELEASE SAVEPOINT \(name)")
            return result
        } catch {
            for inserter in openInserters { inserter.sink.discard() }
            openInserters = outerInserters
            (wakesEvents, wakesJobs) = (events, jobs)
            _ = try connection.run("ROLLBACK TO SAVEPOINT \(name)")
            _ = try connection.run("RELEASE SAVEPOINT \(name)")
            failure = nil
            throw error
        }
    }

    /// Brings everything in before the commit, and refuses the commit where a statement failed.
    func finish() throws {
        try prepareForStatement()
        openInserters = []
    }

    private func flushInserters() throws {
        do {
            for inserter in openInserters { try inserter.sink.flush() }
        } catch {
            statementFailed(error)
            throw error
        }
    }
}

/// A fast way in for many rows of one table.
///
/// SQLite runs one prepared statement; PostgreSQL is sent binary `COPY` in pieces. The rows are there
/// for the next statement of the same transaction.
public final class Inserter {
    let sink: any RowSink
    private let columnCount: Int
    private unowned let transaction: WriteTransaction
    private var reused = RowValues()

    init(sink: any RowSink, columnCount: Int, transaction: WriteTransaction) {
        self.sink = sink
        self.columnCount = columnCount
        self.transaction = transaction
    }

    /// Adds a row, its values in the order of the columns.
    public func append<each Value: SQLBindable>(_ value: repeat each Value) throws {
        var row = RowValues()
        swap(&row, &reused)
        row.removeAll()
        for value in repeat each value { row.append(value.sqlValue) }
        try append(row)
        swap(&row, &reused)
    }

    /// Adds a row, its values in the order of the columns.
    public func append(_ values: [SQLValue]) throws {
        var row = RowValues()
        for value in values { row.append(value) }
        try append(row)
    }

    /// Adds a row, its values in the order of the columns; the fastest way for a great many.
    public func append(_ row: RowValues) throws {
        do {
            guard row.count == columnCount else {
                throw StoreError(
                    .statement,
                    context: "a row of \(row.count) values for \(columnCount) columns"
                )
            }
            try sink.append(row)
        } catch {
            transaction.statementFailed(error)
            throw error
        }
    }
}
