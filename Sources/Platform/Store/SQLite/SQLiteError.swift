internal import GRDB
internal import GRDBSQLite

extension StoreError {
    /// Reads the last error of a connection.
    static func sqlite(
        _ code: Int32,
        connection: OpaquePointer?,
        statement: String = ""
    ) -> StoreError {
        let text =
            connection.flatMap(sqlite3_errmsg).map { String(cString: $0) }
            ?? String(cString: sqlite3_errstr(code))
        return sqlite(code, text: text, statement: statement)
    }

    /// Reads an error that GRDB raised.
    static func grdb(_ error: any Error, statement: String = "") -> StoreError {
        if let error = error as? StoreError { return error }
        guard let error = error as? DatabaseError else {
            return StoreError(.inputOutput, context: "\(error)")
        }
        return sqlite(
            error.extendedResultCode.rawValue,
            text: error.message ?? "",
            statement: statement
        )
    }

    static func sqlite(_ code: Int32, text: String, statement: String) -> StoreError {
        let context = "SQLite \(code): \(text)" + (statement.isEmpty ? "" : " in: \(statement)")
        let kind: Code =
            switch code & 0xff {
            case SQLITE_BUSY: .busy
            case SQLITE_LOCKED: .locked
            case SQLITE_FULL: .diskFull
            case SQLITE_READONLY, SQLITE_PERM: .readOnly
            case SQLITE_CANTOPEN: .readOnly
            case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
            case SQLITE_IOERR: .inputOutput
            case SQLITE_CONSTRAINT: .constraint(constraintName(text))
            case SQLITE_TOOBIG: .limit
            case SQLITE_INTERRUPT, SQLITE_ABORT: .aborted
            default: .statement
            }
        return StoreError(kind, context: context)
    }

    /// `UNIQUE constraint failed: account.email` names `account.email`.
    private static func constraintName(_ text: String) -> String {
        guard let colon = text.firstIndex(of: ":") else { return text }
        return String(text[text.index(after: colon)...].drop { $0 == " " })
    }
}
