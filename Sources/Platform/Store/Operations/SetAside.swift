// What a person does with work that was set aside after its last attempt.

extension WriteTransaction {
    /// Gives a dead job its attempts back.
    ///
    /// - Returns: False where there is no such dead job, or the same work waits already.
    @discardableResult
    public func retryDeadJob(_ id: Int64) throws -> Bool {
        wakesJobs = true
        return try run(
            """
            UPDATE job SET state = 'waiting', attempts = 0, run_at = \(now), finished_at = NULL
            WHERE id = \(id) AND state = 'dead' AND NOT EXISTS (
                SELECT 1 FROM job twin WHERE twin.name = job.name
                    AND twin.unique_key = job.unique_key AND twin.state IN ('waiting', 'leased'))
            """
        ) == 1
    }

    /// Forgets a dead job.
    ///
    /// - Returns: False where there is no such dead job.
    @discardableResult
    public func discardDeadJob(_ id: Int64) throws -> Bool {
        try run("DELETE FROM job WHERE id = \(id) AND state = 'dead'") == 1
    }

    /// Hands an event that was set aside to its handler again, with all attempts.
    ///
    /// Later events were delivered meanwhile: the handler sees this one after them.
    ///
    /// - Returns: False where the handler has no such dead delivery.
    @discardableResult
    public func retryDeadDelivery(of eventID: Int64, to handler: String) throws -> Bool {
        let changed = try run(
            """
            UPDATE event_delivery SET state = 'failed', attempts = 0, next_attempt_at = \(now)
            WHERE event_id = \(eventID) AND handler = \(handler) AND state = 'dead'
            """
        )
        guard changed == 1 else { return false }
        // The cursor has passed the event; what lies between is marked as delivered.
        try run(
            """
            UPDATE event_cursor SET settled_through = \(eventID - 1)
            WHERE handler = \(handler) AND settled_through >= \(eventID)
            """
        )
        wakesEvents = true
        return true
    }

    /// Gives up an event that was set aside: it counts as settled, its last error stays beside it.
    ///
    /// - Returns: False where the handler has no such dead delivery.
    @discardableResult
    public func discardDeadDelivery(of eventID: Int64, to handler: String) throws -> Bool {
        try run(
            """
            UPDATE event_delivery SET state = 'delivered'
            WHERE event_id = \(eventID) AND handler = \(handler) AND state = 'dead'
            """
        ) == 1
    }
}
