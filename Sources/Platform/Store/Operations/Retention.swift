public import Basics

extension WriteTransaction {
    /// Forgets jobs that were done before an instant; dead ones stay for a person to look at.
    ///
    /// - Returns: How many.
    @discardableResult
    public func forgetFinishedJobs(before instant: Instant) throws -> Int {
        try run("DELETE FROM job WHERE state = 'done' AND finished_at < \(instant)")
    }

    /// Forgets events published before an instant that every handler has settled; those a handler set
    /// aside stay for a person to look at.
    ///
    /// - Parameters:
    ///   - instant: Younger events stay.
    ///   - handlers: All handlers of the program; an event without one is not waited for.
    /// - Returns: How many.
    /// - Throws: `StoreError`.
    @discardableResult
    public func forgetSettledEvents(
        before instant: Instant,
        handlers: [EventHandler]
    ) throws -> Int {
        let unsettled = handlers.map { handler -> SQL in
            """
            AND NOT (name = \(handler.eventName) AND id > COALESCE((SELECT settled_through
                FROM event_cursor WHERE handler = \(handler.name)), 0))
            """
        }
        return try run(
            """
            DELETE FROM event_outbox WHERE published_at < \(instant)
                AND NOT EXISTS (SELECT 1 FROM event_delivery d
                    WHERE d.event_id = event_outbox.id AND d.state = 'dead')
            \(unsettled.joined(separator: "\n"))
            """
        )
    }
}
