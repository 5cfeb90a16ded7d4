public import Basics

/// A job that this process may work on until its lease ends.
public struct ClaimedJob: Codable, Sendable, Hashable {
    /// The number of the job.
    public let id: Int64
    /// The job's name.
    public let name: String
    /// The job as JSON.
    public let payload: String
    /// This attempt, from 1; it also tells whose lease it is.
    public let attempts: Int
    /// When the lease ends and another process may take the job.
    public let leaseUntil: Instant

    /// The job as its own type.
    public func decode<J: Job>(as type: J.Type) throws -> J {
        try JSONText.decode(type, from: payload)
    }
}

extension Store {
    /// How long a claimed job is left alone.
    public static let leaseSeconds = 300
    /// Jobs one call may claim.
    public static let maximumClaimCount = 100

    /// A signal after every transaction that asked for work; the runner waits on it, and on
    /// `nextJobDue`.
    public var jobWakeUps: AsyncStream<Void> { jobWaiters.stream() }

    /// Takes jobs that are due, the longest waiting first, and leases them to the caller.
    ///
    /// Schedules that are due become jobs first. A lease that ended is taken up again, as another
    /// attempt; a job out of attempts is set aside as dead.
    ///
    /// - Parameters:
    ///   - limit: At most this many.
    ///   - names: Only jobs of these names; all where it is missing.
    ///   - now: The present; the store's own time where it is missing.
    ///   - leaseSeconds: How long the jobs are left alone.
    /// - Returns: The jobs, in the order in which they were asked for.
    /// - Throws: `StoreError`.
    public func claimJobs(
        limit: Int = Store.maximumClaimCount,
        names: [String]? = nil,
        now: Instant? = nil,
        leaseSeconds: Int = Store.leaseSeconds
    ) async throws -> [ClaimedJob] {
        let now = now ?? time.now()
        let limit = min(limit, Store.maximumClaimCount)
        let isWorkDue = try await read { try JobRows.isDue(now, $0) }
        guard isWorkDue else { return [] }
        return try await write { tx in
            try JobRows.enqueueSchedules(now, tx)
            try JobRows.buryExhausted(now, tx)
            return try JobRows.claim(
                limit,
                names,
                now,
                leaseUntil: now.adding(seconds: leaseSeconds),
                tx
            )
        }
    }

    /// Marks a job done.
    ///
    /// - Returns: False where the lease had ended and another process has the job.
    @discardableResult
    public func complete(_ job: ClaimedJob) async throws -> Bool {
        try await write { try $0.complete(job) }
    }

    /// Notes that a job failed: it waits for its next attempt, or is set aside.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - error: What went wrong.
    ///   - isFinal: Whether it is set aside with attempts left, because none can help.
    /// - Returns: False where the lease had ended and another process has the job.
    /// - Throws: `StoreError`.
    @discardableResult
    public func fail(
        _ job: ClaimedJob,
        error: String,
        isFinal: Bool = false
    ) async throws -> Bool {
        try await write { tx in
            let next = tx.now.adding(seconds: Backoff.seconds(afterAttempt: job.attempts))
            let limit: SQL = isFinal ? "0" : "maximum_attempts"
            let changed = try tx.run(
                """
                UPDATE job SET lease_until = NULL, run_at = \(next),
                    last_error = \(String(error.prefix(Backoff.maximumErrorLength))),
                    state = CASE WHEN attempts >= \(limit) THEN 'dead' ELSE 'waiting' END,
                    finished_at = CASE WHEN attempts >= \(limit) THEN \(tx.now) END
                WHERE id = \(job.id) AND state = 'leased' AND attempts = \(job.attempts)
                """
            )
            return changed == 1
        }
    }

    /// Gives a dead job its attempts back.
    @discardableResult
    public func retryDeadJob(_ id: Int64) async throws -> Bool {
        try await write { try $0.retryDeadJob(id) }
    }

    /// When the next job or schedule is due, or nothing where none waits.
    public func nextJobDue() async throws -> Instant? {
        try await read { db in
            try db.value(
                """
                SELECT MIN(due) FROM (
                    SELECT MIN(run_at) AS due FROM job WHERE state = 'waiting'
                    UNION ALL SELECT MIN(lease_until) FROM job WHERE state = 'leased'
                    UNION ALL SELECT MIN(next_run_at) FROM job_schedule
                ) AS dues
                """,
                as: Instant.self
            )
        }
    }
}

extension WriteTransaction {
    /// Marks a job done in the same transaction as what it wrote, so that both happen once.
    ///
    /// - Returns: False where the lease had ended and another process has the job.
    @discardableResult
    public func complete(_ job: ClaimedJob) throws -> Bool {
        try run(
            """
            UPDATE job SET state = 'done', lease_until = NULL, finished_at = \(now), last_error = NULL
            WHERE id = \(job.id) AND state = 'leased' AND attempts = \(job.attempts)
            """
        ) == 1
    }
}

/// The statements behind a claim.
private enum JobRows {
    struct Schedule: Codable {
        var name: String
        var jobName: String
        var payload: String
        var maximumAttempts: Int
        var recurrence: JSONColumn<Recurrence>
        var nextRunAt: Instant
    }

    static func isDue(_ now: Instant, _ db: ReadTransaction) throws -> Bool {
        let found = try db.value(
            """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM job WHERE state = 'waiting' AND run_at <= \(now))
                OR EXISTS (SELECT 1 FROM job WHERE state = 'leased' AND lease_until <= \(now))
                OR EXISTS (SELECT 1 FROM job_schedule WHERE next_run_at <= \(now))
            """,
            as: Int.self
        )
        return found != nil
    }

    static func enqueueSchedules(_ now: Instant, _ tx: WriteTransaction) throws {
        let due = try tx.rows(
            "SELECT * FROM job_schedule WHERE next_run_at <= \(now) ORDER BY name",
            as: Schedule.self
        )
        for schedule in due {
            _ = try tx.enqueue(
                name: schedule.jobName,
                payload: schedule.payload,
                maximumAttempts: schedule.maximumAttempts,
                at: schedule.nextRunAt,
                uniqueKey: "schedule \(schedule.name)"
            )
            let next = schedule.recurrence.value.next(after: now, previous: schedule.nextRunAt)
            try tx.run(
                "UPDATE job_schedule SET next_run_at = \(next) WHERE name = \(schedule.name)"
            )
        }
    }

    static func buryExhausted(_ now: Instant, _ tx: WriteTransaction) throws {
        try tx.run(
            """
            UPDATE job SET state = 'dead', lease_until = NULL, finished_at = \(now),
                last_error = COALESCE(last_error, 'the lease ended')
            WHERE state = 'leased' AND lease_until <= \(now) AND attempts >= maximum_attempts
            """
        )
    }

    static func claim(
        _ limit: Int,
        _ names: [String]?,
        _ now: Instant,
        leaseUntil: Instant,
        _ tx: WriteTransaction
    ) throws -> [ClaimedJob] {
        let named: SQL = names.map { "AND name IN \(list: $0)" } ?? ""
        let jobs = try tx.rows(
            """
            UPDATE job SET state = 'leased', attempts = attempts + 1, lease_until = \(leaseUntil)
            WHERE id IN (
                SELECT id FROM job
                WHERE ((state = 'waiting' AND run_at <= \(now))
                    OR (state = 'leased' AND lease_until <= \(now))) \(named)
                ORDER BY run_at, id LIMIT \(limit))
            RETURNING id, name, payload, attempts, lease_until
            """,
            as: ClaimedJob.self
        )
        return jobs.sorted { $0.id < $1.id }
    }
}
