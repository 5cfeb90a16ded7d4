internal import Crypto

/// Writes the rows of one table; see `BackupManifest` for the form.
struct RowFileWriter: ~Copyable {
    private let file: FileHandle
    private var hash = SHA256()
    private var buffer: [UInt8] = []
    private static let bufferSize = 1 << 18

    init(path: String) throws {
        file = try FileHandle.creating(path)
        buffer.reserveCapacity(RowFileWriter.bufferSize + 4096)
    }

    mutating func append(_ value: SQLValue) throws {
        switch value {
        case .null: buffer.append(0)
        case .integer(let number): append(1, number)
        case .real(let number): append(2, number.bitPattern)
        case .text(let text):
            append(3, UInt32(text.utf8.count))
            buffer += text.utf8
        case .blob(let bytes):
            append(4, UInt32(bytes.count))
            buffer += bytes
        }
        if buffer.count >= RowFileWriter.bufferSize { try flush() }
    }

    private mutating func append(_ kind: UInt8, _ number: some FixedWidthInteger) {
        buffer.append(kind)
        withUnsafeBytes(of: number.bigEndian) { buffer += $0 }
    }

    private mutating func flush() throws {
        try file.write(buffer)
        hash.update(data: buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Makes the file durable; answers its SHA-256 in hexadecimal.
    consuming func finish() throws -> String {
        try flush()
        try file.sync()
        return Hex.encode(hash.finalize())
    }
}

/// Reads the rows of one table.
struct RowFileReader: ~Copyable {
    private let file: FileHandle
    private var buffer: [UInt8] = []
    private var position = 0
    private var offset = 0

    init(path: String) throws {
        file = try FileHandle.reading(path)
    }

    /// Whether all values were read.
    mutating func isAtEnd() throws -> Bool {
        try fill(1)
        return position == buffer.count
    }

    mutating func next() throws -> SQLValue {
        switch try take(1)[0] {
        case 0: return .null
        case 1: return .integer(Int64(bitPattern: try number(8)))
        case 2: return .real(Double(bitPattern: try number(8)))
        case 3: return .text(String(decoding: try take(Int(try number(4))), as: UTF8.self))
        case 4: return .blob(Array(try take(Int(try number(4)))))
        default: throw StoreError(.badArchive, context: "\(file.path) near byte \(offset)")
        }
    }

    private mutating func number(_ count: Int) throws -> UInt64 {
        try take(count).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func take(_ count: Int) throws -> [UInt8] {
        try fill(count)
        guard buffer.count - position >= count else {
            throw StoreError(.badArchive, context: "\(file.path) ends early")
        }
        defer { position += count }
        return Array(buffer[position..<position + count])
    }

    private mutating func fill(_ count: Int) throws {
        guard buffer.count - position < count else { return }
        buffer.removeSubrange(..<position)
        position = 0
        let wanted = max(count - buffer.count, BlobStore.chunkSize)
        let more = try file.read(at: offset, maximumCount: wanted)
        offset += more.count
        buffer += more
    }
}
