public import Basics
public import Logging
internal import Synchronization

/// The one place where a city's records are kept.
///
/// ```swift
/// let store = try await Store.open(
///     .sqlite(path: "data/city.sqlite"), migrations: sets, time: time, logger: logger)
/// let names = try await store.read { db in
///     try db.rows("SELECT name FROM place WHERE district = \(district)", as: String.self)
/// }
/// try await store.write { tx in
///     try tx.run("INSERT INTO place (name, district) VALUES (\(name), \(district))")
///     try tx.publish(PlaceAdded(name: name))
/// }
/// ```
///
/// The closures are synchronous and run on the store's own threads, so nothing can suspend inside a
/// transaction and no thread of the cooperative pool waits for a disk.
public final class Store: Sendable {
    /// Where a store is kept.
    public enum Location: Sendable, Hashable {
        /// One file of SQLite, owned by this process.
        case sqlite(path: String)
        /// A database of PostgreSQL 15 or later, by its connection URI.
        case postgres(url: String)
    }

    /// Where the store is kept.
    public let location: Location
    /// Files by their content, beside the database.
    public let blobs: BlobStore
    let engine: any Engine
    let time: TimeSource
    let logger: Logger
    let migrator: Migrator
    let statements = StatementMonitor()
    let eventWaiters = WakeUps()
    let jobWaiters = WakeUps()

    /// Opens a store and brings its schema up to the program's.
    ///
    /// - Parameters:
    ///   - location: The engine and the place.
    ///   - blobFolder: Where blobs are kept; beside the file on SQLite, `blobs` in the working folder
    ///     on PostgreSQL.
    ///   - migrations: One set a component; the platform's own is added.
    ///   - time: Where the time comes from.
    ///   - logger: Where warnings go.
    /// - Returns: The open store.
    /// - Throws: `StoreError`: `.locked` where another process owns the file, `.newerSchema` and
    ///   `.changedMigration` before anything was touched, `.unreachable`, `.readOnly`, `.corrupt`.
    public static func open(
        _ location: Location,
        blobFolder: String? = nil,
        migrations: [MigrationSet],
        time: TimeSource,
        logger: Logger
    ) async throws -> Store {
        let store = try await connect(
            location,
            blobFolder: blobFolder,
            migrations: migrations,
            time: time,
            logger: logger
        )
        do {
            try await store.migrate(upTo: nil)
        } catch {
            try? await store.close()
            throw error
        }
        if let warning = store.sqliteVersionWarning { logger.warning("\(warning.english)") }
        return store
    }

    /// Opens a store without touching its schema.
    static func connect(
        _ location: Location,
        blobFolder: String?,
        migrations: [MigrationSet],
        time: TimeSource,
        logger: Logger
    ) async throws -> Store {
        let migrator = try Migrator([PlatformSchema.migrations] + migrations)
        let engine: any Engine
        let folder: String
        switch location {
        case .sqlite(let path):
            engine = try await Blocking.run { try SQLiteEngine(path: path) }
            folder = blobFolder ?? Files.folder(of: path) + "/blobs"
            // Uploads that a crash cut off; only the owner of the file may know that they are dead.
            let incoming = folder + "/incoming"
            try await Blocking.run { try Files.removeTree(incoming) }
        case .postgres(let url):
            engine = try await PostgresEngine.connect(url: url)
            folder = blobFolder ?? "blobs"
        }
        return Store(
            location: location,
            engine: engine,
            blobs: BlobStore(folder: folder),
            migrator: migrator,
            time: time,
            logger: logger
        )
    }

    private init(
        location: Location,
        engine: any Engine,
        blobs: BlobStore,
        migrator: Migrator,
        time: TimeSource,
        logger: Logger
    ) {
        self.location = location
        self.engine = engine
        self.blobs = blobs
        self.migrator = migrator
        self.time = time
        self.logger = logger
    }

    /// Brings the schema up, each component up to a number where one is given.
    func migrate(upTo limits: [String: Int]?) async throws {
        let migrator = migrator
        let isMissing = try await write { tx in
            try tx.run(SchemaDialect.translated(Migrator.table, for: tx.engine))
            return try !migrator.missing(Migrator.applied(tx), upTo: limits).isEmpty
        }
        guard isMissing else { return }
        try await writeAlone { tx in
            for (component, migration) in try migrator.missing(Migrator.applied(tx), upTo: limits) {
                try migrator.apply(migration, of: component, tx)
            }
        }
    }

    /// Writes while nobody else does; see `Engine.writeAlone`.
    func writeAlone<T: Sendable>(
        _ body: @escaping @Sendable (WriteTransaction) throws -> T
    ) async throws -> T {
        let (statements, time) = (statements, time)
        return try await engine.writeAlone { connection in
            let tx = WriteTransaction(
                connection: connection,
                statements: statements,
                now: time.now()
            )
            let result = try body(tx)
            try tx.finish()
            return result
        }
    }

    /// Reads one unchanging state of the store.
    public func read<T: Sendable>(
        _ body: @escaping @Sendable (ReadTransaction) throws -> T
    ) async throws -> T {
        let (statements, time) = (statements, time)
        return try await engine.read { connection in
            try body(
                ReadTransaction(connection: connection, statements: statements, now: time.now())
            )
        }
    }

    /// Changes the store: all of it is durable when this returns, or nothing happened.
    ///
    /// The body may run more than once; see `WriteTransaction`.
    @discardableResult
    public func write<T: Sendable>(
        _ body: @escaping @Sendable (WriteTransaction) throws -> T
    ) async throws -> T {
        let (statements, time) = (statements, time)
        let (result, events, jobs) = try await engine.write { connection in
            let tx = WriteTransaction(
                connection: connection,
                statements: statements,
                now: time.now()
            )
            let result = try body(tx)
            try tx.finish()
            return (result, tx.wakesEvents, tx.wakesJobs)
        }
        if events { eventWaiters.wake() }
        if jobs { jobWaiters.wake() }
        return result
    }

    /// Ends the store; what was acknowledged is in the file.
    public func close() async throws {
        eventWaiters.finish()
        jobWaiters.finish()
        try await engine.close()
    }

    /// A warning where the SQLite library has the WAL-reset bug (before 3.51.3), or nothing.
    ///
    /// The store works around it: https://sqlite.org/wal.html#walresetbug.
    public var sqliteVersionWarning: Bilingual? {
        guard engine.kind == .sqlite, SQLiteEngine.libraryVersionNumber < 3_051_003 else {
            return nil
        }
        let version = SQLiteEngine.libraryVersion
        return Bilingual(
            "SQLite \(version)에는 WAL 결함이 있습니다. 실행 중인 저장소 파일을 다른 프로그램으로 열지 마세요 (3.51.3에서 고쳐짐)",
            "SQLite \(version) has the WAL-reset bug: never open the file of a running store with another program (fixed in 3.51.3)"
        )
    }
}

/// Signals without content: one waiting signal is enough, however often it was given.
final class WakeUps: Sendable {
    private struct State {
        var waiters: [Int: AsyncStream<Void>.Continuation] = [:]
        var next = 0
        var isFinished = false
    }

    private let state = Mutex(State())

    func stream() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(
            bufferingPolicy: .bufferingNewest(1)
        )
        let key: Int? = state.withLock { state in
            guard !state.isFinished else { return nil }
            state.next += 1
            state.waiters[state.next] = continuation
            return state.next
        }
        guard let key else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { state in _ = state.waiters.removeValue(forKey: key) }
        }
        return stream
    }

    func wake() {
        for waiter in state.withLock({ Array($0.waiters.values) }) { waiter.yield() }
    }

    func finish() {
        let waiters = state.withLock { state in
            state.isFinished = true
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.finish() }
    }
}
