internal import CPostgres
internal import Dispatch

/// A connection to PostgreSQL, used on its own dispatch queue only.
///
/// `@unchecked Sendable`: libpq connections are not thread-safe, and every access, from the first to
/// the last, happens on `queue`.
final class PostgresConnection: Connection, @unchecked Sendable {
    /// Statements kept prepared before all are let go.
    static let maximumPreparedCount = 256
    /// Statements with more values than this are not worth keeping prepared.
    private static let maximumCachedValueCount = 64
    /// Rows fetched at once from a streaming statement.
    private static let fetchCount = 2000

    let queue: DispatchQueue
    private let url: String
    private var handle: OpaquePointer?
    private var prepared: [PreparedKey: Prepared] = [:]
    private var nextName = 0
    private var openCursorCount = 0
    /// Whether a statement of the present transaction met another transaction, so that all of it
    /// should run again.
    private(set) var mustRetry = false
    /// Whether a row was already there: perhaps one of a transaction that ran beside this, which a
    /// transaction alone would have seen before it tried.
    private(set) var metKnownRow = false

    var kind: StoreEngine { .postgres }

    private struct PreparedKey: Hashable {
        var text: String
        var types: [UInt32]
    }

    private struct Prepared {
        var name: String
        var columns: Columns?
    }

    init(url: String, number: Int) {
        self.url = url
        queue = DispatchQueue(label: "haechi.store.postgres.\(number)")
    }

    deinit {
        PQfinish(handle)
    }

    // MARK: The connection

    var isBroken: Bool { handle == nil || PQstatus(handle) != CONNECTION_OK }

    func disconnect() {
        PQfinish(handle)
        handle = nil
        prepared = [:]
    }

    /// Connects where it is not connected.
    func ensureConnected() throws {
        guard isBroken else { return }
        disconnect()
        let keywords = ["connect_timeout", "client_encoding", "application_name", "dbname"]
        let values = ["5", "UTF8", "haechi", url]
        handle = withCStrings(keywords) { keywords in
            withCStrings(values) { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard !isBroken else {
            let text = handle.flatMap(PQerrorMessage).map { String(cString: $0) } ?? ""
            disconnect()
            throw StoreError(.unreachable, context: text)
        }
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        guard PQserverVersion(handle) >= PostgresEngine.minimumServerVersion else {
            let version = PQserverVersion(handle)
            disconnect()
            throw StoreError(.unreachable, context: "server version \(version) is before 15")
        }
        try command(
            """
            SET client_min_messages = warning; SET idle_in_transaction_session_timeout = '10min';
            SET bytea_output = hex
            """
        )
    }

    var serverVersion: String {
        handle.flatMap { PQparameterStatus($0, "server_version") }.map { String(cString: $0) } ?? ""
    }

    /// Begins a transaction; a connection that went stale while idle is opened again once.
    func begin(_ text: String) throws {
        (mustRetry, metKnownRow) = (false, false)
        openCursorCount = 0
        let wasConnected = !isBroken
        try ensureConnected()
        do {
            try command(text)
        } catch {
            guard wasConnected, isBroken else { throw error }
            try ensureConnected()
            try command(text)
        }
    }

    /// Commits; a server that rolled back instead says so in the command's tag.
    func commit() throws {
        let result = PQexec(handle, "COMMIT")
        defer { PQclear(result) }
        try check(result, "COMMIT")
        guard let tag = PQcmdStatus(result), String(cString: tag) == "COMMIT" else {
            throw StoreError(.aborted, context: "a failed transaction was committed")
        }
    }

    func rollback() {
        if !isBroken { PQclear(PQexec(handle, "ROLLBACK")) }
        if prepared.count > PostgresConnection.maximumPreparedCount || mustRetry {
            forgetPrepared()
        }
    }

    private func forgetPrepared() {
        guard !isBroken else { return }
        PQclear(PQexec(handle, "DEALLOCATE ALL"))
        prepared = [:]
    }

    /// Runs statements without values.
    func command(_ text: String) throws {
        let result = PQexec(handle, text)
        defer { PQclear(result) }
        try check(result, text)
    }

    // MARK: Statements

    func run(_ sql: SQL) throws -> Int {
        let (result, _) = try execute(sql)
        defer { PQclear(result) }
        guard let text = PQcmdTuples(result) else { return 0 }
        return Int(String(cString: text)) ?? 0
    }

    func fetch(_ sql: SQL, _ body: (Cells) throws -> Bool) throws {
        let (result, columns) = try execute(sql)
        defer { PQclear(result) }
        _ = try visit(result, columns, body)
    }

    /// Reads through a cursor, so that the body may run other statements meanwhile.
    func stream(_ sql: SQL, _ body: (Cells) throws -> Bool) throws {
        let word = sql.text.drop(while: \.isWhitespace).prefix(6).uppercased()
        guard word == "SELECT" || word.hasPrefix("WITH") else { return try fetch(sql, body) }
        openCursorCount += 1
        let cursor = "stream_\(openCursorCount)"
        var declare = SQL(trusted: "DECLARE \(cursor) NO SCROLL CURSOR FOR ")
        declare.append(sql)
        PQclear(try executeOnce(declare))
        let fetchText: SQL = SQL(
            trusted: "FETCH FORWARD \(PostgresConnection.fetchCount) FROM \(cursor)"
        )
        var columns: Columns?
        while true {
            let result = try executeOnce(fetchText)
            defer { PQclear(result) }
            let layout = columns ?? self.columns(of: result)
            columns = layout
            let goesOn = try visit(result, layout, body)
            if !goesOn || Int(PQntuples(result)) < PostgresConnection.fetchCount { break }
        }
        try command("CLOSE \(cursor)")
    }

    private func visit(
        _ result: OpaquePointer,
        _ columns: Columns,
        _ body: (Cells) throws -> Bool
    ) throws -> Bool {
        for row in 0..<PQntuples(result) {
            let cells = Cells(source: .postgres(result, row: row), columns: columns)
            guard try body(cells) else { return false }
        }
        return true
    }

    private func execute(_ sql: SQL) throws -> (OpaquePointer, Columns) {
        guard sql.values.count <= PostgresConnection.maximumCachedValueCount else {
            let result = try executeOnce(sql)
            return (result, columns(of: result))
        }
        let key = PreparedKey(text: sql.text, types: sql.values.map(PostgresValue.typeOID))
        var statement = try prepared[key] ?? prepare(key, sql)
        let values = try sql.values.map(PostgresValue.encode)
        let result = withParameters(values) { pointers, lengths, formats in
            PQexecPrepared(
                handle,
                statement.name,
                Int32(values.count),
                pointers,
                lengths,
                formats,
                1
            )
        }
        guard let result = try checked(result, sql.text) else {
            throw StoreError(.unreachable, context: "no result")
        }
        if statement.columns == nil {
            statement.columns = columns(of: result)
            prepared[key] = statement
        }
        return (result, statement.columns ?? columns(of: result))
    }

    private func prepare(_ key: PreparedKey, _ sql: SQL) throws -> Prepared {
        nextName += 1
        let name = "s\(nextName)"
        let result = key.types.withUnsafeBufferPointer {
            PQprepare(handle, name, sql.numberedText, Int32(key.types.count), $0.baseAddress)
        }
        defer { PQclear(result) }
        try check(result, sql.text)
        let statement = Prepared(name: name, columns: nil)
        prepared[key] = statement
        return statement
    }

    private func executeOnce(_ sql: SQL) throws -> OpaquePointer {
        let values = try sql.values.map(PostgresValue.encode)
        let types = sql.values.map(PostgresValue.typeOID)
        let result = withParameters(values) { pointers, lengths, formats in
            PQexecParams(
                handle,
                sql.numberedText,
                Int32(values.count),
                types,
                pointers,
                lengths,
                formats,
                1
            )
        }
        guard let result = try checked(result, sql.text) else {
            throw StoreError(.unreachable, context: "no result")
        }
        return result
    }

    private func columns(of result: OpaquePointer) -> Columns {
        let indices = 0..<PQnfields(result)
        return Columns(
            names: indices.map { PQfname(result, $0).map { String(cString: $0) } ?? "" },
            typeOIDs: indices.map { PQftype(result, $0) }
        )
    }

    /// Lets a failed result go; hands a good one on.
    private func checked(_ result: OpaquePointer?, _ text: String) throws -> OpaquePointer? {
        do {
            try check(result, text)
            return result
        } catch {
            PQclear(result)
            throw error
        }
    }

    private func check(_ result: OpaquePointer?, _ text: String) throws {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN: return
        default: break
        }
        let state = StoreError.sqlState(result)
        if state == "23505" { metKnownRow = true }
        // 0A000 is a cached plan whose table changed: prepared anew, the transaction works.
        if ["40001", "40P01", "0A000"].contains(state) { mustRetry = true }
        throw StoreError.postgres(result, connection: handle, statement: text)
    }

    // MARK: COPY

    func makeInserter(into table: String, columns: [String]) throws -> any RowSink {
        let list = columns.joined(separator: ", ")
        let result = try executeOnce(SQL(trusted: "SELECT \(list) FROM \(table) LIMIT 0"))
        defer { PQclear(result) }
        return PostgresCopy(
            connection: self,
            command: "COPY \(table) (\(list)) FROM STDIN (FORMAT binary)",
            typeOIDs: self.columns(of: result).typeOIDs
        )
    }

    func copy(_ command: String, _ bytes: [UInt8]) throws {
        try self.command(command)
        let sent = bytes.withUnsafeBytes { buffer in
            PQputCopyData(
                handle,
                buffer.bindMemory(to: CChar.self).baseAddress,
                Int32(buffer.count)
            )
        }
        _ = PQputCopyEnd(handle, sent == 1 ? nil : "the rows could not be sent")
        var failure: (any Error)?
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            do { try check(result, command) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }
}

extension SQL {
    /// The text with `$1`, `$2` … for the values.
    var numberedText: String {
        guard !placeholderOffsets.isEmpty else { return text }
        var result: [UInt8] = []
        var start = 0
        let bytes = Array(text.utf8)
        for (index, offset) in placeholderOffsets.enumerated() {
            result += bytes[start..<offset]
            result += Array("$\(index + 1)".utf8)
            start = offset + 1
        }
        result += bytes[start...]
        return String(decoding: result, as: UTF8.self)
    }
}

private func withCStrings<R>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R
) -> R {
    var bytes: [CChar] = []
    var offsets: [Int] = []
    for string in strings {
        offsets.append(bytes.count)
        bytes += string.utf8CString
    }
    return bytes.withUnsafeBufferPointer { buffer in
        var pointers = offsets.map { offset in buffer.baseAddress.map { $0 + offset } }
        pointers.append(nil)
        return pointers.withUnsafeBufferPointer { list in
            guard let base = list.baseAddress else { preconditionFailure("a list with its end") }
            return body(base)
        }
    }
}

/// Lays parameters out as libpq wants them: one buffer, a pointer to each, all binary.
private func withParameters<R>(
    _ values: [[UInt8]?],
    _ body: (
        UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
    ) -> R
) -> R {
    guard !values.isEmpty else { return body(nil, nil, nil) }
    // One byte more, so that an empty value has an address: a null pointer would be NULL.
    let bytes = values.flatMap { value -> [UInt8] in value ?? [] } + [0]
    let lengths = values.map { Int32($0?.count ?? 0) }
    let formats = [Int32](repeating: 1, count: values.count)
    return bytes.withUnsafeBytes { buffer in
        var offset = 0
        let pointers = values.map { value -> UnsafePointer<CChar>? in
            defer { offset += value?.count ?? 0 }
            guard value != nil else { return nil }
            return buffer.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self)
        }
        return body(pointers, lengths, formats)
    }
}
