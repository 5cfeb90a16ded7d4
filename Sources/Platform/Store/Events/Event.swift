/// Something that happened, told to whoever handles it: services meet in these.
public protocol Event: Codable, Sendable {
    /// The name that is stored; it must never change: `procurement.noticePublished`.
    static var name: String { get }
}

extension WriteTransaction {
    /// Announces an event; it is kept in the same transaction as the change it tells of.
    ///
    /// - Returns: The event's number, by which handlers are idempotent.
    @discardableResult
    public func publish(_ event: some Event) throws -> Int64 {
        let payload = try JSONText.encode(event)
        let id = try value(
            """
            INSERT INTO event_outbox (name, payload, published_at)
            VALUES (\(type(of: event).name), \(payload), \(now)) RETURNING id
            """,
            as: Int64.self
        )
        guard let id else { throw StoreError(.statement, context: "an event without a number") }
        wakesEvents = true
        return id
    }
}
