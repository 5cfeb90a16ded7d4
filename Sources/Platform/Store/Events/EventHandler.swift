public import Basics

/// What a handler is told about an event besides its content.
public struct EventContext: Sendable, Hashable {
    /// The number of the event; the same on every attempt.
    public let id: Int64
    /// When it was published.
    public let publishedAt: Instant
    /// How often this handler has tried it, from 1.
    public let attempt: Int
}

/// Code that runs once in effect for every event of a name.
///
/// Its writes and the mark that it ran commit together, so a crash in between repeats both or neither.
/// What reaches outside the store belongs in a job that the handler enqueues.
public struct EventHandler: Sendable {
    /// A name that must never change, because it tells what the handler has seen: `city.caseCounter`.
    public let name: String
    /// The name of the events it takes.
    public let eventName: String
    let handle: @Sendable (String, EventContext, WriteTransaction) throws -> Void

    /// Attempts after which an event is set aside, so that those behind it can go on.
    public static let maximumAttempts = 10

    /// Creates a handler of one kind of event.
    ///
    /// A new handler begins with the oldest event that is kept.
    public init<E: Event>(
        _ name: String,
        on event: E.Type,
        _ handle: @escaping @Sendable (E, EventContext, WriteTransaction) throws -> Void
    ) {
        self.name = name
        eventName = event.name
        self.handle = { payload, context, tx in
            try handle(try JSONText.decode(E.self, from: payload), context, tx)
        }
    }
}
