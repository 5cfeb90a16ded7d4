public import Basics

/// The bytes a store takes on its disk.
public struct StoreSize: Sendable, Hashable {
    /// The database itself.
    public var databaseBytes: Int
    /// What is not yet folded into the database file (SQLite's write-ahead log).
    public var logBytes: Int
}

/// What the operations page shows about the store.
public struct StoreStatistics: Sendable, Hashable {
    /// Something that failed lately and why.
    public struct Failure: Codable, Sendable, Hashable {
        /// The number of the job or event.
        public let id: Int64
        /// The name of the job, or of the handler.
        public let name: String
        /// Attempts so far.
        public let attempts: Int
        /// `waiting`, `failed` or `dead`.
        public let state: String
        /// The last error.
        public let lastError: String
    }

    /// The engine.
    public var engine: StoreEngine
    /// The engine's version.
    public var engineVersion: String
    /// The bytes on disk.
    public var size: StoreSize
    /// The schema.
    public var migrations: [AppliedMigration]
    /// Jobs by state: `waiting`, `leased`, `done`, `dead`.
    public var jobCounts: [String: Int]
    /// When the job that waits longest was due.
    public var oldestDueJob: Instant?
    /// Jobs that failed last, those set aside first, at most `maximumFailureCount`.
    public var jobFailures: [Failure]
    /// Events that are kept.
    public var eventCount: Int
    /// Deliveries that were set aside, or failed and are tried again, at most `maximumFailureCount`.
    public var eventFailures: [Failure]
    /// Lines of the audit.
    public var auditRecordCount: Int64
    /// The slowest statements since the program started.
    public var slowStatements: [SlowStatement]

    /// Failures that are listed.
    public static let maximumFailureCount = 20
}

extension Store {
    /// The slowest statements since the program started, the slowest first.
    public var slowStatements: [SlowStatement] { statements.slowest }

    /// The state of the store for the operations page.
    public func statistics() async throws -> StoreStatistics {
        var result = try await read { [engine, statements] db in
            try db.statistics(engine, slow: statements.slowest)
        }
        result.size = try await engine.size()
        return result
    }
}

extension ReadTransaction {
    fileprivate func statistics(
        _ engine: any Engine,
        slow: [SlowStatement]
    ) throws -> StoreStatistics {
        struct Count: Codable {
            var state: String
            var count: Int
        }
        let counts = try rows(
            "SELECT state, COUNT(*) AS count FROM job GROUP BY state",
            as: Count.self
        )
        return StoreStatistics(
            engine: engine.kind,
            engineVersion: engine.version,
            size: StoreSize(databaseBytes: 0, logBytes: 0),
            migrations: try Migrator.applied(self),
            jobCounts: Dictionary(
                counts.map { ($0.state, $0.count) },
                uniquingKeysWith: { first, _ in first }
            ),
            oldestDueJob: try value(
                "SELECT MIN(run_at) FROM job WHERE state = 'waiting' AND run_at <= \(now)",
                as: Instant.self
            ),
            jobFailures: try rows(
                """
                SELECT id, name, attempts, state, last_error FROM job WHERE last_error IS NOT NULL
                ORDER BY CASE state WHEN 'dead' THEN 0 ELSE 1 END, id DESC
                LIMIT \(StoreStatistics.maximumFailureCount)
                """,
                as: StoreStatistics.Failure.self
            ),
            eventCount: try value("SELECT COUNT(*) FROM event_outbox", as: Int.self) ?? 0,
            eventFailures: try rows(
                """
                SELECT event_id AS id, handler AS name, attempts, state, last_error
                FROM event_delivery WHERE state IN ('failed', 'dead') AND last_error IS NOT NULL
                ORDER BY state, event_id DESC
                LIMIT \(StoreStatistics.maximumFailureCount)
                """,
                as: StoreStatistics.Failure.self
            ),
            auditRecordCount: try value("SELECT sequence FROM audit_head", as: Int64.self) ?? 0,
            slowStatements: slow
        )
    }
}
