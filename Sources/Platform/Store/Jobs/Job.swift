public import Basics

/// Work to be done later, outside the transaction that asked for it: sending, fetching, counting.
public protocol Job: Codable, Sendable {
    /// The name that is stored; it must never change: `notices.send`.
    static var name: String { get }
    /// Attempts after which the job is set aside for a person to look at.
    static var maximumAttempts: Int { get }
}

extension Job {
    /// Ten attempts: with exponential backoff, about an hour and a half.
    public static var maximumAttempts: Int { 10 }
}

/// When a job that repeats runs.
public enum Recurrence: Codable, Sendable, Hashable {
    /// Every so many seconds.
    case every(seconds: Int)
    /// Once a day at a time of day in Korea.
    case daily(hour: Int, minute: Int)

    /// The first time after an instant.
    func next(after instant: Instant, previous: Instant) -> Instant {
        switch self {
        case .every(let seconds):
            let period = Int64(max(1, seconds)) * 1000
            let late = max(0, instant.millisecondsSinceEpoch - previous.millisecondsSinceEpoch)
            // Runs that were missed while the program was down are run once, not once each.
            return Instant(
                millisecondsSinceEpoch: previous.millisecondsSinceEpoch + (late / period + 1)
                    * period
            )
        case .daily(let hour, let minute):
            let today = Instant(instant.date, hour: hour, minute: minute)
            return today > instant
                ? today : Instant(instant.date.adding(days: 1), hour: hour, minute: minute)
        }
    }
}

extension WriteTransaction {
    /// Asks for work, from an instant on where one is given.
    ///
    /// - Parameters:
    ///   - job: The work.
    ///   - instant: The earliest time; at once where it is missing.
    ///   - uniqueKey: Where a job of the same name and key is still to be done, nothing is added.
    /// - Returns: Whether a job was added.
    /// - Throws: `StoreError`, or an `EncodingError` of the job.
    @discardableResult
    public func enqueue(
        _ job: some Job,
        at instant: Instant? = nil,
        uniqueKey: String? = nil
    ) throws -> Bool {
        let kind = type(of: job)
        return try enqueue(
            name: kind.name,
            payload: JSONText.encode(job),
            maximumAttempts: kind.maximumAttempts,
            at: instant ?? now,
            uniqueKey: uniqueKey
        )
    }

    func enqueue(
        name: String,
        payload: String,
        maximumAttempts: Int,
        at instant: Instant,
        uniqueKey: String?
    ) throws -> Bool {
        let added = try run(
            """
            INSERT INTO job
                (name, payload, state, run_at, attempts, maximum_attempts, unique_key, created_at)
            VALUES (\(name), \(payload), 'waiting', \(instant), 0, \(maximumAttempts), \(uniqueKey),
                \(now))
            ON CONFLICT DO NOTHING
            """
        )
        if added > 0 { wakesJobs = true }
        return added > 0
    }

    /// Makes a job repeat; the same name again changes how.
    ///
    /// - Parameters:
    ///   - name: The name of the schedule.
    ///   - job: The work.
    ///   - recurrence: When it repeats. A schedule that did not change keeps its next run.
    /// - Throws: `StoreError`, or an `EncodingError` of the job.
    public func schedule(_ name: String, _ job: some Job, _ recurrence: Recurrence) throws {
        let kind = type(of: job)
        let rule = JSONColumn(recurrence)
        try run(
            """
            INSERT INTO job_schedule
                (name, job_name, payload, maximum_attempts, recurrence, next_run_at)
            VALUES (\(name), \(kind.name), \(try JSONText.encode(job)), \(kind.maximumAttempts),
                \(rule), \(recurrence.next(after: now, previous: now)))
            ON CONFLICT (name) DO UPDATE SET job_name = excluded.job_name,
                payload = excluded.payload, maximum_attempts = excluded.maximum_attempts,
                next_run_at = CASE WHEN job_schedule.recurrence = excluded.recurrence
                    THEN job_schedule.next_run_at ELSE excluded.next_run_at END,
                recurrence = excluded.recurrence
            """
        )
        wakesJobs = true
    }

    /// Ends a schedule.
    public func unschedule(_ name: String) throws {
        try run("DELETE FROM job_schedule WHERE name = \(name)")
    }
}
