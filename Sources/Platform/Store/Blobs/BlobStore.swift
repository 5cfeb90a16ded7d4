internal import Crypto
internal import FoundationEssentials
internal import Synchronization

/// The name of a blob: the SHA-256 of its bytes, in lower-case hexadecimal.
public struct BlobID: RawRepresentable, Sendable, Hashable, Codable, SQLBindable, SQLDecodable {
    /// 64 hexadecimal digits.
    public let rawValue: String

    /// Creates a name, or nothing where the text is not 64 lower-case hexadecimal digits.
    public init?(rawValue: String) {
        let isDigest =
            rawValue.utf8.count == 64
            && rawValue.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        guard isDigest else { return nil }
        self.rawValue = rawValue
    }

    init(digest: some Sequence<UInt8>) {
        rawValue = Hex.encode(digest)
    }
}

/// A blob that was put away.
public struct StoredBlob: Sendable, Hashable {
    /// Its name.
    public let id: BlobID
    /// Its length in bytes.
    public let size: Int
}

/// Files by their content, in a folder beside the database: `blobs/ab/cdef…`.
///
/// A file appears under its name only when all its bytes are on the disk (written beside, `fsync`,
/// rename, `fsync` of the folder), so a row that names a blob never names half of one: put the blob
/// first, then write the row. Equal contents are kept once.
public struct BlobStore: Sendable {
    /// The folder.
    public let folder: String
    /// Largest blob, in bytes.
    public static let maximumBlobSize = 4 << 30
    /// Bytes that are read at once.
    public static let chunkSize = 1 << 18

    init(folder: String) {
        self.folder = folder
    }

    /// Keeps bytes.
    public func put(_ bytes: [UInt8]) async throws -> StoredBlob {
        let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
        continuation.yield(bytes)
        continuation.finish()
        return try await put(stream)
    }

    /// Keeps a stream of pieces, such as an upload, without holding it in memory.
    ///
    /// - Parameters:
    ///   - chunks: The pieces, in order.
    ///   - maximumSize: The largest size taken.
    /// - Returns: The blob's name and size.
    /// - Throws: `StoreError` with code `.limit` where the stream is longer; `.diskFull`.
    public func put<Chunks: AsyncSequence>(
        _ chunks: Chunks,
        maximumSize: Int = BlobStore.maximumBlobSize
    ) async throws -> StoredBlob where Chunks.Element == [UInt8] {
        let writer = try await Blocking.run { [folder] in try BlobWriter(folder: folder) }
        do {
            var size = 0
            for try await chunk in chunks {
                size += chunk.count
                guard size <= min(maximumSize, BlobStore.maximumBlobSize) else {
                    throw StoreError(.limit, context: "a blob of more than \(maximumSize) bytes")
                }
                try await Blocking.run { try writer.write(chunk) }
            }
            return try await Blocking.run { try writer.finish() }
        } catch {
            writer.abandon()
            throw error
        }
    }

    /// All bytes of a blob that is small enough for memory.
    ///
    /// - Throws: `StoreError` with code `.notFound`, or `.limit` where it is larger than asked for.
    public func get(_ id: BlobID, maximumSize: Int = 64 << 20) async throws -> [UInt8] {
        let reader = try await open(id)
        guard reader.size <= maximumSize else {
            throw StoreError(.limit, context: "blob \(id.rawValue) has \(reader.size) bytes")
        }
        return try await reader.read(0..<reader.size)
    }

    /// Opens a blob for reading parts of it.
    ///
    /// - Throws: `StoreError` with code `.notFound`.
    public func open(_ id: BlobID) async throws -> BlobReader {
        let path = path(of: id)
        return try await Blocking.run {
            guard let size = Files.size(path) else {
                throw StoreError(.notFound, context: "blob \(id.rawValue)")
            }
            return BlobReader(id: id, size: size, file: try FileHandle.reading(path))
        }
    }

    /// Whether a blob is there and still has the bytes of its name.
    public func check(_ id: BlobID) async throws -> Bool {
        let path = path(of: id)
        return try await Blocking.run { try BlobStore.digest(ofFile: path) == id }
    }

    /// Removes a blob; the caller knows that no row names it.
    public func remove(_ id: BlobID) async throws {
        let path = path(of: id)
        try await Blocking.run { Files.remove(path) }
    }

    /// The names of all blobs, sorted.
    public func all() async throws -> [BlobID] {
        try await Blocking.run { listed() }
    }

    func listed() -> [BlobID] {
        Files.names(in: folder).filter { $0.utf8.count == 2 }.flatMap { prefix in
            Files.names(in: "\(folder)/\(prefix)").compactMap { BlobID(rawValue: prefix + $0) }
        }
    }

    /// Where a blob lies, for readers that take a file; it must not be changed.
    public func path(of id: BlobID) -> String {
        "\(folder)/\(id.rawValue.prefix(2))/\(id.rawValue.dropFirst(2))"
    }

    /// Copies a blob between two folders; answers its digest, which the caller compares.
    func copy(_ id: BlobID, to other: BlobStore) throws {
        let source = try FileHandle.reading(path(of: id))
        let writer = try BlobWriter(folder: other.folder)
        var offset = 0
        while true {
            let chunk = try source.read(at: offset, maximumCount: BlobStore.chunkSize)
            if chunk.isEmpty { break }
            try writer.write(chunk)
            offset += chunk.count
        }
        let stored = try writer.finish()
        guard stored.id == id else {
            Files.remove(other.path(of: stored.id))
            throw StoreError(.corrupt, context: "blob \(id.rawValue) has other bytes than its name")
        }
    }

    static func digest(ofFile path: String) throws -> BlobID {
        let file = try FileHandle.reading(path)
        var hash = SHA256()
        var offset = 0
        while true {
            let chunk = try file.read(at: offset, maximumCount: chunkSize)
            if chunk.isEmpty { return BlobID(digest: hash.finalize()) }
            hash.update(data: chunk)
            offset += chunk.count
        }
    }
}

/// An open blob.
public struct BlobReader: Sendable {
    /// Its name.
    public let id: BlobID
    /// Its length in bytes.
    public let size: Int
    let file: FileHandle

    /// The bytes of a range, cut off at the end of the blob.
    public func read(_ range: Range<Int>) async throws -> [UInt8] {
        let range = range.clamped(to: 0..<size)
        return try await Blocking.run { [file] in
            try file.read(at: range.lowerBound, maximumCount: range.count)
        }
    }
}

/// A blob on its way into the folder.
private final class BlobWriter: Sendable {
    private struct State {
        var hash = SHA256()
        var size = 0
    }

    private let folder: String
    private let temporaryPath: String
    private let file: FileHandle
    private let state = Mutex(State())

    init(folder: String) throws {
        self.folder = folder
        try Files.makeFolder(folder + "/incoming")
        temporaryPath = "\(folder)/incoming/\(UUID().uuidString)"
        file = try FileHandle.creating(temporaryPath)
    }

    func write(_ chunk: [UInt8]) throws {
        try file.write(chunk)
        state.withLock { state in
            state.hash.update(data: chunk)
            state.size += chunk.count
        }
    }

    func finish() throws -> StoredBlob {
        try file.sync()
        let (digest, size) = state.withLock { (Array($0.hash.finalize()), $0.size) }
        let id = BlobID(digest: digest)
        let path = BlobStore(folder: folder).path(of: id)
        let shelf = Files.folder(of: path)
        let isNewShelf = !Files.isFolder(shelf)
        try Files.makeFolder(shelf)
        try Files.rename(temporaryPath, path)
        try Files.syncFolder(shelf)
        if isNewShelf { try Files.syncFolder(folder) }
        return StoredBlob(id: id, size: size)
    }

    func abandon() {
        Files.remove(temporaryPath)
    }
}
