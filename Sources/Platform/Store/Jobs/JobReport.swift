public import Basics

/// A job as the operations page shows it.
public struct JobReport: Codable, Sendable, Hashable {
    /// The number of the job.
    public let id: Int64
    /// The job's name.
    public let name: String
    /// `waiting`, `leased`, `done` or `dead`.
    public let state: String
    /// Attempts so far.
    public let attempts: Int
    /// When it was asked for.
    public let createdAt: Instant
    /// When it was done or set aside.
    public let finishedAt: Instant?
    /// The last error.
    public let lastError: String?
}

/// Work that repeats, as the operations page shows it.
public struct ScheduleReport: Codable, Sendable, Hashable {
    /// The name of the schedule.
    public let name: String
    /// When it runs next.
    public let nextRunAt: Instant
    /// When it was last done, as far as that is remembered.
    public let lastDoneAt: Instant?
}

extension ReadTransaction {
    /// The latest jobs of a name, the latest first.
    public func jobs(named name: String, limit: Int = 20) throws -> [JobReport] {
        try rows(
            """
            SELECT id, name, state, attempts, created_at, finished_at, last_error FROM job
            WHERE name = \(name) ORDER BY id DESC LIMIT \(limit)
            """,
            as: JobReport.self
        )
    }

    /// The work that repeats, by name.
    public func schedules() throws -> [ScheduleReport] {
        try rows(
            """
            SELECT s.name, s.next_run_at, MAX(j.finished_at) AS last_done_at FROM job_schedule s
            LEFT JOIN job j ON j.name = s.job_name AND j.state = 'done'
            GROUP BY s.name, s.next_run_at ORDER BY s.name
            """,
            as: ScheduleReport.self
        )
    }
}
