internal import GRDB
internal import GRDBSQLite
internal import Glibc
internal import Synchronization

/// The embedded engine: a `DatabasePool` in WAL mode with one writer, owned by one process.
///
/// What this class guards, because SQLite 3.40.1 has the WAL-reset bug and power fails:
/// - one process owns the file (`FileLock`);
/// - writes and checkpoints happen on the writer only (readers have automatic checkpoints off);
/// - `synchronous = FULL`, set again after GRDB's pool has lowered it, and asserted;
/// - no memory mapping.
final class SQLiteEngine: Engine {
    /// Readers that may run beside the writer.
    static let readerCount = 4
    /// Seconds a statement waits for a lock before it gives up.
    static let busyTimeoutSeconds = 5.0
    /// The pages that the writer holds in memory, in KiB: with fewer, a large import would write
    /// the pages of an index over and over.
    static let writerCacheKibibytes = 16_384
    /// Frames in the write-ahead log after which the writer folds it into the file.
    static let checkpointPageCount = 2000

    let kind = StoreEngine.sqlite
    let path: String
    private let pool: DatabasePool
    private let lock: FileLock
    private let queue = WriteQueue()

    var version: String { SQLiteEngine.libraryVersion }
    static var libraryVersion: String { String(cString: sqlite3_libversion()) }
    static var libraryVersionNumber: Int32 { sqlite3_libversion_number() }

    init(path: String) throws {
        self.path = path
        let folder = Files.folder(of: path)
        try Files.makeFolder(folder)
        lock = try FileLock(path: path + ".lock")
        do {
            pool = try DatabasePool(path: path, configuration: SQLiteEngine.configuration())
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try database.execute(
                    sql: "PRAGMA wal_autocheckpoint = \(SQLiteEngine.checkpointPageCount)"
                )
                try database.execute(
                    sql: "PRAGMA cache_size = -\(SQLiteEngine.writerCacheKibibytes)"
                )
                let level = try Int.fetchOne(database, sql: "PRAGMA synchronous")
                guard level == 2 else {
                    throw StoreError(
                        .inputOutput,
                        context: "synchronous is \(level ?? -1), not FULL"
                    )
                }
            }
        } catch {
            throw StoreError.grdb(error, statement: "opening \(path)")
        }
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "haechi.store"
        configuration.maximumReaderCount = readerCount
        configuration.busyMode = .timeout(busyTimeoutSeconds)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            let isReader = database.configuration.readonly
            try database.execute(sql: "PRAGMA busy_timeout = \(Int(busyTimeoutSeconds * 1000))")
            try database.execute(sql: "PRAGMA mmap_size = 0")
            try database.execute(sql: "PRAGMA case_sensitive_like = ON")
            try database.execute(sql: "PRAGMA journal_size_limit = 67108864")
            if isReader { try database.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
        }
        return configuration
    }

    /// The value of a setting on the writer, for tests.
    func writerSetting(_ name: String) async throws -> Int? {
        try await pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA \(name)") }
    }

    func read<T: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            pool.asyncRead { result in
                continuation.resume(
                    with: Result {
                        let database: Database
                        do {
                            database = try result.get()
                        } catch {
                            throw StoreError.grdb(error)
                        }
                        return try body(SQLiteConnection(database))
                    }
                )
            }
        }
    }

    func write<T: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let job = PendingWrite(body) { continuation.resume(with: $0) }
            switch queue.add(job) {
            case .mustDrain:
                pool.asyncWriteWithoutTransaction { [queue] in queue.drain($0) }
            case .isDraining: break
            case .isFull: job.finish(StoreError(.busy, context: "too many writes are waiting"))
            }
        }
    }

    func writeAlone<T: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        do {
            return try await pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA foreign_keys = OFF")
                defer { try? database.execute(sql: "PRAGMA foreign_keys = ON") }
                var loaded: T?
                try database.inTransaction(.immediate) {
                    loaded = try body(SQLiteConnection(database))
                    let broken = try Int.fetchOne(
                        database,
                        sql: "SELECT COUNT(*) FROM pragma_foreign_key_check"
                    )
                    guard broken == 0 else {
                        throw StoreError(
                            .constraint("FOREIGN KEY"),
                            context: "\(broken ?? 0) rows refer to missing rows"
                        )
                    }
                    return .commit
                }
                guard let loaded else { throw StoreError(.aborted, context: "writeAlone") }
                return loaded
            }
        } catch {
            throw StoreError.grdb(error)
        }
    }

    func size() throws -> StoreSize {
        StoreSize(
            databaseBytes: Files.size(path) ?? 0,
            logBytes: Files.size(path + "-wal") ?? 0
        )
    }

    func integrityFaults() async throws -> [String] {
        try await read { connection in
            var faults: [String] = []
            try connection.fetch("PRAGMA integrity_check(20)") { cells in
                let line = try cells.text(0)
                if line != "ok" { faults.append(line) }
                return true
            }
            try connection.fetch(
                "SELECT \"table\", COALESCE(rowid, 0), parent FROM pragma_foreign_key_check LIMIT 20"
            ) { cells in
                faults.append(
                    "\(try cells.text(0)) row \(try cells.integer(1)) has no \(try cells.text(2))"
                )
                return true
            }
            return faults
        }
    }

    /// Folds the log into the file on the writer, then closes readers before the writer.
    func close() async throws {
        do {
            try await pool.writeWithoutTransaction { database in
                _ = try? database.checkpoint(.truncate)
            }
            try pool.close()
            lock.release()
        } catch {
            throw StoreError.grdb(error, statement: "closing")
        }
    }
}
