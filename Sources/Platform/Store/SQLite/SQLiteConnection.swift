internal import GRDB
internal import GRDBSQLite
internal import Glibc

/// A connection to the SQLite file, used inside one transaction on GRDB's thread for it.
///
/// GRDB owns connections, threads and the statement cache; the rows are read here straight from
/// SQLite, because the generic path of the driver costs several times as much per row.
final class SQLiteConnection: Connection {
    /// Statements with more values than this are not worth keeping prepared.
    private static let maximumCachedValueCount = 64

    let database: Database
    var kind: StoreEngine { .sqlite }

    init(_ database: Database) {
        self.database = database
    }

    func run(_ sql: SQL) throws -> Int {
        try withStatement(sql) { statement, handle in
            let before = sqlite3_total_changes64(handle)
            while try step(statement, handle, sql.text) {}
            // The total also moves for rows that went with others (ON DELETE CASCADE); the count of
            // the statement itself is only new where the total moved.
            return sqlite3_total_changes64(handle) == before ? 0 : Int(sqlite3_changes64(handle))
        }
    }

    func fetch(_ sql: SQL, _ body: (Cells) throws -> Bool) throws {
        try stream(sql, body)
    }

    func stream(_ sql: SQL, _ body: (Cells) throws -> Bool) throws {
        try withStatement(sql) { statement, handle in
            let names = (0..<sqlite3_column_count(statement)).map { index in
                sqlite3_column_name(statement, index).map { String(cString: $0) } ?? ""
            }
            let cells = Cells(source: .sqlite(statement), columns: Columns(names: names))
            while try step(statement, handle, sql.text) {
                guard try body(cells) else { break }
            }
        }
    }

    func makeInserter(into table: String, columns: [String]) throws -> any RowSink {
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        let text =
            "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(places))"
        let statement = try translated(text) { try database.makeStatement(sql: text) }
        return SQLiteInserter(statement: statement, database: database, text: text)
    }

    private func withStatement<T>(
        _ sql: SQL,
        _ body: (OpaquePointer, OpaquePointer) throws -> T
    ) throws -> T {
        guard let handle = database.sqliteConnection else { throw StoreError(.closed, context: "") }
        let prepared = try statement(sql)
        let raw = prepared.sqliteStatement
        defer {
            sqlite3_reset(raw)
            sqlite3_clear_bindings(raw)
        }
        guard sqlite3_bind_parameter_count(raw) == sql.values.count else {
            throw StoreError(.statement, context: "a ? without a value in: \(sql.text)")
        }
        for (index, value) in sql.values.enumerated() {
            let code = try sqliteBind(raw, Int32(index + 1), value)
            guard code == SQLITE_OK else {
                throw StoreError.sqlite(code, connection: handle, statement: sql.text)
            }
        }
        return try body(raw, handle)
    }

    private func statement(_ sql: SQL) throws -> Statement {
        try translated(sql.text) {
            guard sql.values.count <= SQLiteConnection.maximumCachedValueCount else {
                return try database.makeStatement(sql: sql.text)
            }
            let cached = try database.cachedStatement(sql: sql.text)
            // The same text inside its own loop needs a statement of its own.
            return sqlite3_stmt_busy(cached.sqliteStatement) == 0
                ? cached : try database.makeStatement(sql: sql.text)
        }
    }

    private func translated<T>(_ text: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch {
            throw StoreError.grdb(error, statement: text)
        }
    }
}

/// Steps a statement; true where it stands on a row.
private func step(
    _ statement: OpaquePointer,
    _ connection: OpaquePointer,
    _ text: String
) throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
        // The extended code tells a full disk from a broken one.
        let extended = sqlite3_extended_errcode(connection)
        throw StoreError.sqlite(
            extended & 0xff == code & 0xff ? extended : code,
            connection: connection,
            statement: text
        )
    }
}

/// `SQLITE_TRANSIENT`: SQLite copies what it is handed.
private var transient: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// Binds one value; answers SQLite's result code.
private func sqliteBind(
    _ statement: OpaquePointer,
    _ index: Int32,
    _ value: SQLValue
) throws -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let number): return sqlite3_bind_int64(statement, index, number)
    case .real(let number): return sqlite3_bind_double(statement, index, number)
    case .text(var text):
        return try text.withUTF8 { bytes in
            if containsNUL(bytes) { throw StoreError.textWithNUL }
            guard let start = bytes.baseAddress else {
                return sqlite3_bind_text(statement, index, "", 0, transient)
            }
            return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_bind_text(statement, index, $0, Int32(bytes.count), transient)
            }
        }
    case .blob(let bytes):
        return bytes.withUnsafeBytes { buffer in
            buffer.isEmpty
                ? sqlite3_bind_zeroblob(statement, index, 0)
                : sqlite3_bind_blob64(
                    statement,
                    index,
                    buffer.baseAddress,
                    UInt64(buffer.count),
                    transient
                )
        }
    }
}

/// One prepared `INSERT`, bound and stepped for each row.
///
/// SQLite reads the texts where they lie, and a column that stays NULL is not bound again.
private final class SQLiteInserter: RowSink {
    private let statement: Statement
    private let raw: OpaquePointer
    private let database: Database
    private let text: String
    private var isNull: [Bool]

    init(statement: Statement, database: Database, text: String) {
        self.statement = statement
        self.database = database
        self.text = text
        raw = statement.sqliteStatement
        isNull = [Bool](repeating: true, count: Int(sqlite3_bind_parameter_count(raw)))
    }

    func append(_ row: RowValues) throws {
        guard let handle = database.sqliteConnection else { throw StoreError(.closed, context: "") }
        defer { sqlite3_reset(raw) }
        try row.texts.withUnsafeBufferPointer { texts in
            guard let start = texts.baseAddress else { return }
            if containsNUL(texts) { throw StoreError.textWithNUL }
            let code = try start.withMemoryRebound(to: CChar.self, capacity: texts.count) {
                try bind(row, texts: $0)
            }
            guard code == SQLITE_OK else {
                throw StoreError.sqlite(code, connection: handle, statement: text)
            }
            _ = try step(raw, handle, text)
        }
    }

    /// Binds every value; answers SQLite's result code.
    private func bind(_ row: RowValues, texts: UnsafePointer<CChar>) throws -> Int32 {
        let raw = raw
        return try isNull.withUnsafeMutableBufferPointer { isNull in
            guard row.count == isNull.count else { return SQLITE_RANGE }
            for (index, value) in row.values.enumerated() {
                let parameter = Int32(truncatingIfNeeded: index + 1)
                let wasNull = isNull[index]
                isNull[index] = false
                let code: Int32
                switch value {
                case .null:
                    code = wasNull ? SQLITE_OK : sqlite3_bind_null(raw, parameter)
                    isNull[index] = true
                case .integer(let number): code = sqlite3_bind_int64(raw, parameter, number)
                case .real(let number): code = sqlite3_bind_double(raw, parameter, number)
                case .text(let place):
                    // Without a destructor the text is SQLITE_STATIC: it stays until the next row.
                    code = sqlite3_bind_text(
                        raw,
                        parameter,
                        texts + place.lowerBound,
                        Int32(place.count),
                        nil
                    )
                case .blob: code = try sqliteBind(raw, parameter, row.sqlValue(at: index))
                }
                guard code == SQLITE_OK else { return code }
            }
            return SQLITE_OK
        }
    }

    /// Every row went in at once.
    func flush() {}
    func discard() {}
}

/// PostgreSQL keeps no NUL in a text, so neither engine takes one.
private func containsNUL(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = utf8.baseAddress else { return false }
    return memchr(start, 0, utf8.count) != nil
}

extension StoreError {
    fileprivate static let textWithNUL = StoreError(
        .unsupportedValue,
        context: "a text with a NUL character"
    )
}

extension SQLiteConnection {
    func tables() throws -> [TableShape] {
        var names: [String] = []
        try fetch(
            """
            SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
            """
        ) { cells in
            names.append(try cells.text(0))
            return true
        }
        return try TableShape.ordered(
            names.map { name in
                var shape = TableShape(name: name, columns: [], references: [])
                try fetch("SELECT name FROM pragma_table_info(\(name)) ORDER BY cid") { cells in
                    shape.columns.append(try cells.text(0))
                    return true
                }
                try fetch("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(\(name))") {
                    cells in
                    shape.references.append(try cells.text(0))
                    return true
                }
                return shape
            }
        )
    }

    /// SQLite counts on from the largest key by itself.
    func restartKeys(of table: TableShape) {}
}
