public import Basics
internal import Logging

/// What one pass over the outbox did.
public struct DeliveryReport: Sendable, Hashable {
    /// Events that a handler took.
    public var deliveredCount = 0
    /// Attempts that failed.
    public var failedCount = 0
    /// When the earliest failed event should be tried again, or nothing.
    public var nextAttemptAt: Instant?
    /// Whether a limit ended the pass and more is waiting.
    public var hasMore = false
}

extension Store {
    /// Events one pass hands to one handler.
    public static let maximumDeliveriesPerPass = 500

    /// A signal after every transaction that published an event; the runner waits on it, and on
    /// `DeliveryReport.nextAttemptAt`.
    public var eventWakeUps: AsyncStream<Void> { eventWaiters.stream() }

    /// Hands every waiting event to its handlers, in order of publication for each handler.
    ///
    /// Where a handler throws, its later events wait too, until the event succeeds or is set aside
    /// after `EventHandler.maximumAttempts`.
    public func deliverPending(
        handlers: [EventHandler],
        limit: Int = Store.maximumDeliveriesPerPass
    ) async throws -> DeliveryReport {
        var report = DeliveryReport()
        for handler in handlers {
            try Task.checkCancellation()
            try await deliver(to: handler, limit: limit, &report)
        }
        return report
    }

    private func deliver(
        to handler: EventHandler,
        limit: Int,
        _ report: inout DeliveryReport
    ) async throws {
        let waiting = try await read { try PendingEvent.waiting(for: handler, limit: limit, $0) }
        for (index, event) in waiting.enumerated() {
            let due = event.nextAttemptAt ?? event.publishedAt
            if due > time.now() {
                report.nextAttemptAt = min(report.nextAttemptAt ?? due, due)
                return
            }
            do {
                try await write { try event.hand(to: handler, $0) }
                report.deliveredCount += 1
            } catch {
                report.failedCount += 1
                let next = try await write { try event.markFailed(handler, "\(error)", $0) }
                logger.error(
                    "event handler failed",
                    metadata: [
                        "handler": "\(handler.name)", "event": "\(event.id)", "error": "\(error)",
                    ]
                )
                guard let next else { continue }
                report.nextAttemptAt = min(report.nextAttemptAt ?? next, next)
                return
            }
            if index + 1 == limit { report.hasMore = true }
        }
        try await write { try PendingEvent.advanceCursor(of: handler, $0) }
    }
}

/// An event that a handler has not settled.
private struct PendingEvent: Codable, Sendable {
    var id: Int64
    var payload: String
    var publishedAt: Instant
    var attempts: Int?
    var nextAttemptAt: Instant?

    /// A cursor never passes events younger than this: on PostgreSQL a transaction with a lower
    /// number may still be about to commit.
    static let cursorLagSeconds = 600

    static func waiting(
        for handler: EventHandler,
        limit: Int,
        _ db: ReadTransaction
    ) throws -> [PendingEvent] {
        try db.rows(
            """
            SELECT o.id, o.payload, o.published_at, d.attempts, d.next_attempt_at
            FROM event_outbox o
            LEFT JOIN event_delivery d ON d.event_id = o.id AND d.handler = \(handler.name)
            WHERE o.name = \(handler.eventName) AND (d.state IS NULL OR d.state = 'failed')
                AND o.id > COALESCE(
                    (SELECT settled_through FROM event_cursor WHERE handler = \(handler.name)), 0)
            ORDER BY o.id LIMIT \(limit)
            """,
            as: PendingEvent.self
        )
    }

    /// Runs the handler and marks the event delivered in one transaction; does nothing where another
    /// runner was faster.
    func hand(to handler: EventHandler, _ tx: WriteTransaction) throws {
        let attempt = (attempts ?? 0) + 1
        let marked = try tx.run(
            """
            INSERT INTO event_delivery (handler, event_id, state, attempts, next_attempt_at)
            VALUES (\(handler.name), \(id), 'delivered', \(attempt), \(tx.now))
            ON CONFLICT (handler, event_id) DO UPDATE
            SET state = 'delivered', attempts = excluded.attempts, last_error = NULL
            WHERE event_delivery.state = 'failed'
            """
        )
        guard marked == 1 else { return }
        let context = EventContext(id: id, publishedAt: publishedAt, attempt: attempt)
        try handler.handle(payload, context, tx)
    }

    /// Notes a failure; answers when to try again, or nothing where the event is set aside.
    func markFailed(
        _ handler: EventHandler,
        _ error: String,
        _ tx: WriteTransaction
    ) throws -> Instant? {
        let attempt = (attempts ?? 0) + 1
        let isDead = attempt >= EventHandler.maximumAttempts
        let next = tx.now.adding(seconds: Backoff.seconds(afterAttempt: attempt))
        try tx.run(
            """
            INSERT INTO event_delivery
                (handler, event_id, state, attempts, next_attempt_at, last_error)
            VALUES (\(handler.name), \(id), \(isDead ? "dead" : "failed"), \(attempt), \(next),
                \(String(error.prefix(Backoff.maximumErrorLength))))
            ON CONFLICT (handler, event_id) DO UPDATE
            SET state = excluded.state, attempts = excluded.attempts,
                next_attempt_at = excluded.next_attempt_at, last_error = excluded.last_error
            WHERE event_delivery.state = 'failed'
            """
        )
        return isDead ? nil : next
    }

    /// Moves the cursor over what is settled and old, so that a pass does not walk the whole outbox.
    static func advanceCursor(of handler: EventHandler, _ tx: WriteTransaction) throws {
        let before = tx.now.adding(seconds: -cursorLagSeconds)
        try tx.run(
            """
            INSERT INTO event_cursor (handler, settled_through)
            SELECT \(handler.name), MAX(o.id) FROM event_outbox o
            WHERE o.name = \(handler.eventName) AND o.published_at < \(before)
                AND o.id > COALESCE(
                    (SELECT settled_through FROM event_cursor WHERE handler = \(handler.name)), 0)
                AND o.id < COALESCE((
                    SELECT MIN(p.id) FROM event_outbox p
                    LEFT JOIN event_delivery d ON d.event_id = p.id AND d.handler = \(handler.name)
                    WHERE p.name = \(handler.eventName)
                        AND (d.state IS NULL OR d.state = 'failed')
                        AND p.id > COALESCE((SELECT settled_through FROM event_cursor
                            WHERE handler = \(handler.name)), 0)
                ), \(Int64.max))
            HAVING MAX(o.id) IS NOT NULL
            ON CONFLICT (handler) DO UPDATE SET settled_through = excluded.settled_through
            """
        )
    }
}

/// How long to wait after a failure.
enum Backoff {
    /// Longest part of an error that is kept.
    static let maximumErrorLength = 2000

    /// 5 s, 10 s, 20 s … at most an hour.
    static func seconds(afterAttempt attempt: Int) -> Int {
        min(5 << min(max(attempt - 1, 0), 10), 3600)
    }
}
