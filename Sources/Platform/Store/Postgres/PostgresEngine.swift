internal import Dispatch
internal import Dispatch
internal import Synchronization

/// PostgreSQL: a pool of connections, each on a queue of its own.
///
/// Reads are `REPEATABLE READ READ ONLY`: one unchanging state. Writes are `SERIALIZABLE` and run again
/// where the server finds that they met another. The first attempt shares the gate (a lock on an empty
/// table); a repeated one takes it alone. `LOCK TABLE` comes before the transaction's snapshot, so the
/// repeated attempt sees what it met and meets nobody: two attempts are enough, and nobody sleeps.
final class PostgresEngine: Engine {
    static let minimumServerVersion: Int32 = 150_000
    /// Connections of one process.
    static let connectionCount = 8
    /// Tasks that may wait for a connection.
    static let maximumWaitingCount = 10_000
    /// Attempts of one write.
    static let maximumAttempts = 5

    let kind = StoreEngine.postgres
    let version: String
    private let pool: PostgresPool

    private init(pool: PostgresPool, version: String) {
        self.pool = pool
        self.version = version
    }

    static func connect(url: String) async throws -> PostgresEngine {
        let pool = PostgresPool(url: url, count: connectionCount)
        let version = try await pool.run { connection in
            try connection.ensureConnected()
            // Two programs that start at once make the gate one after the other.
            try connection.command(
                """
                BEGIN; SELECT pg_advisory_xact_lock(7234017283807667300);
                CREATE TABLE IF NOT EXISTS store_gate (id BIGINT); COMMIT
                """
            )
            return connection.serverVersion
        }
        return PostgresEngine(pool: pool, version: version)
    }

    func read<T: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await pool.run { connection in
            try connection.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            do {
                let result = try body(connection)
                try connection.commit()
                return result
            } catch {
                connection.rollback()
                throw error
            }
        }
    }

    func write<T: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await pool.run { try PostgresEngine.attempt($0, isAlone: false, body) }
    }

    func writeAlone<T: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await pool.run { try PostgresEngine.attempt($0, isAlone: true, body) }
    }

    private static func attempt<T>(
        _ connection: PostgresConnection,
        isAlone: Bool,
        _ body: (any Connection) throws -> T
    ) throws -> T {
        var attempt = 1
        while true {
            let mode = isAlone || attempt > 1 ? "EXCLUSIVE" : "ROW SHARE"
            try connection.begin(
                "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE store_gate IN \(mode) MODE"
            )
            do {
                let result = try body(connection)
                try connection.commit()
                return result
            } catch {
                let runsAgain =
                    connection.mustRetry
                    ? attempt < maximumAttempts
                    : connection.metKnownRow && attempt == 1 && !isAlone
                connection.rollback()
                guard runsAgain else { throw error }
                attempt += 1
            }
        }
    }

    func size() async throws -> StoreSize {
        try await read { connection in
            var size = StoreSize(databaseBytes: 0, logBytes: 0)
            try connection.fetch("SELECT pg_database_size(current_database())") { cells in
                size.databaseBytes = Int(try cells.integer(0))
                return true
            }
            return size
        }
    }

    func integrityFaults() async throws -> [String] {
        try await read { connection in
            var faults: [String] = []
            try connection.fetch(
                """
                SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                WHERE NOT i.indisvalid ORDER BY 1
                """
            ) { cells in
                faults.append("index \(try cells.text(0)) is not valid")
                return true
            }
            return faults
        }
    }

    func close() async throws {
        pool.close()
    }
}

/// Hands out connections, first come first served.
private final class PostgresPool: Sendable {
    private struct State {
        var idle: [PostgresConnection]
        var waiting: [CheckedContinuation<PostgresConnection, any Error>] = []
        var isClosed = false
    }

    private let state: Mutex<State>

    init(url: String, count: Int) {
        let idle = (1...count).map { PostgresConnection(url: url, number: $0) }
        state = Mutex(State(idle: idle))
    }

    /// Runs a body on a connection's own queue.
    func run<T: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) throws -> T
    ) async throws -> T {
        let connection = try await acquire()
        defer { release(connection) }
        return try await withCheckedThrowingContinuation { continuation in
            connection.queue.async {
                continuation.resume(with: Result { try body(connection) })
            }
        }
    }

    private func acquire() async throws -> PostgresConnection {
        try await withCheckedThrowingContinuation { continuation in
            let answer: Result<PostgresConnection, any Error>? = state.withLock { state in
                if state.isClosed { return .failure(StoreError(.closed, context: "")) }
                // The connection used last is the one most likely to be open.
                if let connection = state.idle.popLast() { return .success(connection) }
                guard state.waiting.count < PostgresEngine.maximumWaitingCount else {
                    return .failure(StoreError(.busy, context: "too many wait for a connection"))
                }
                state.waiting.append(continuation)
                return nil
            }
            if let answer { continuation.resume(with: answer) }
        }
    }

    private func release(_ connection: PostgresConnection) {
        let next = state.withLock { state -> CheckedContinuation<PostgresConnection, any Error>? in
            if state.isClosed {
                connection.queue.async { connection.disconnect() }
                return nil
            }
            guard !state.waiting.isEmpty else {
                state.idle.append(connection)
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume(returning: connection)
    }

    func close() {
        let (idle, waiting) = state.withLock { state in
            state.isClosed = true
            defer { (state.idle, state.waiting) = ([], []) }
            return (state.idle, state.waiting)
        }
        for connection in idle { connection.queue.async { connection.disconnect() } }
        for continuation in waiting {
            continuation.resume(throwing: StoreError(.closed, context: ""))
        }
    }
}
