/// Rows gathered in the binary form of `COPY` and sent in pieces (PostgreSQL, COPY, "Binary Format").
final class PostgresCopy: RowSink {
    /// Bytes gathered before they are sent.
    static let pieceSize = 1 << 20

    private static let header =
        Array("PGCOPY\n\u{ff}\r\n\0".unicodeScalars.map { UInt8($0.value) })
        + [UInt8](repeating: 0, count: 8)
    private static let trailer: [UInt8] = [0xff, 0xff]

    private unowned let connection: PostgresConnection
    private let command: String
    private let typeOIDs: [UInt32]
    private var rows: [UInt8] = []

    init(connection: PostgresConnection, command: String, typeOIDs: [UInt32]) {
        self.connection = connection
        self.command = command
        self.typeOIDs = typeOIDs
    }

    func append(_ row: RowValues) throws {
        let start = rows.count
        rows += PostgresValue.bigEndian(Int16(typeOIDs.count))
        do {
            for index in 0..<min(row.count, typeOIDs.count) {
                try append(row.sqlValue(at: index), as: typeOIDs[index])
            }
        } catch {
            rows.removeLast(rows.count - start)
            throw error
        }
        if rows.count >= PostgresCopy.pieceSize { try flush() }
    }

    private func append(_ value: SQLValue, as typeOID: UInt32) throws {
        guard let bytes = try PostgresValue.encode(value, as: typeOID) else {
            rows += [0xff, 0xff, 0xff, 0xff]
            return
        }
        rows += PostgresValue.bigEndian(Int32(bytes.count))
        rows += bytes
    }

    func flush() throws {
        guard !rows.isEmpty else { return }
        let piece = PostgresCopy.header + rows + PostgresCopy.trailer
        rows.removeAll(keepingCapacity: true)
        try connection.copy(command, piece)
    }

    func discard() {
        rows = []
    }
}
