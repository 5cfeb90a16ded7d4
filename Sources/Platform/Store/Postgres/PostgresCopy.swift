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
    private var row: [UInt8] = []

    init(connection: PostgresConnection, command: String, typeOIDs: [UInt32]) {
        self.connection = connection
        self.command = command
        self.typeOIDs = typeOIDs
    }

    func bind(_ value: SQLValue, at index: Int) throws {
        guard index < typeOIDs.count else { return }
        guard let bytes = try PostgresValue.encode(value, as: typeOIDs[index]) else {
            row += [0xff, 0xff, 0xff, 0xff]
            return
        }
        row += PostgresValue.bigEndian(Int32(bytes.count))
        row += bytes
    }

    func endRow() throws {
        rows += PostgresValue.bigEndian(Int16(typeOIDs.count))
        rows += row
        row.removeAll(keepingCapacity: true)
        if rows.count >= PostgresCopy.pieceSize { try flush() }
    }

    func flush() throws {
        guard !rows.isEmpty else { return }
        let piece = PostgresCopy.header + rows + PostgresCopy.trailer
        rows.removeAll(keepingCapacity: true)
        try connection.copy(command, piece)
    }

    func discard() {
        rows = []
        row = []
    }
}
