internal import CPostgres
internal import GRDBSQLite

/// The columns of the current row, in the engine's own buffer.
///
/// Unlike `Row` it can be copied, because `Decoder` needs that; it never leaves this module.
struct Cells {
    enum Source {
        /// A stepped `sqlite3_stmt`.
        case sqlite(OpaquePointer)
        /// A row of a `PGresult` in binary format.
        case postgres(OpaquePointer, row: Int32)
    }

    let source: Source
    let columns: Columns

    func isNull(_ column: Int) -> Bool {
        switch source {
        case .sqlite(let statement): sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL
        case .postgres(let result, let row): PQgetisnull(result, row, Int32(column)) == 1
        }
    }

    func integer(_ column: Int) throws -> Int64 {
        switch source {
        case .sqlite(let statement):
            guard sqlite3_column_type(statement, Int32(column)) == SQLITE_INTEGER else { break }
            return sqlite3_column_int64(statement, Int32(column))
        case .postgres: break
        }
        return try Int64(sqlValue: value(column))
    }

    func real(_ column: Int) throws -> Double {
        switch source {
        case .sqlite(let statement):
            guard sqlite3_column_type(statement, Int32(column)) == SQLITE_FLOAT else { break }
            return sqlite3_column_double(statement, Int32(column))
        case .postgres: break
        }
        return try Double(sqlValue: value(column))
    }

    func text(_ column: Int) throws -> String {
        switch source {
        case .sqlite(let statement):
            guard sqlite3_column_type(statement, Int32(column)) == SQLITE_TEXT else { break }
            return sqliteText(statement, Int32(column))
        case .postgres: break
        }
        return try String(sqlValue: value(column))
    }

    func withUTF8<Result>(
        _ column: Int,
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        guard case .sqlite(let statement) = source else {
            guard !isNull(column) else {
                return try body(UnsafeRawBufferPointer(start: nil, count: 0))
            }
            var text = try text(column)
            return try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
        }
        let start = sqlite3_column_text(statement, Int32(column))
        let count = start == nil ? 0 : Int(sqlite3_column_bytes(statement, Int32(column)))
        return try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    func value(_ column: Int) throws -> SQLValue {
        switch source {
        case .sqlite(let statement):
            return sqliteValue(statement, Int32(column))
        case .postgres(let result, let row):
            guard PQgetisnull(result, row, Int32(column)) == 0,
                let start = PQgetvalue(result, row, Int32(column))
            else { return .null }
            let bytes = UnsafeRawBufferPointer(
                start: start,
                count: Int(PQgetlength(result, row, Int32(column)))
            )
            return try PostgresValue.decode(bytes, typeOID: columns.typeOIDs[column])
        }
    }

    private func sqliteText(_ statement: OpaquePointer, _ column: Int32) -> String {
        guard let start = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    private func sqliteValue(_ statement: OpaquePointer, _ column: Int32) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT: return .text(sqliteText(statement, column))
        case SQLITE_BLOB:
            let count = Int(sqlite3_column_bytes(statement, column))
            let bytes = UnsafeRawBufferPointer(
                start: sqlite3_column_blob(statement, column),
                count: count
            )
            return .blob([UInt8](bytes))
        default: return .null
        }
    }
}
