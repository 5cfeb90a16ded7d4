import Basics
import Identity
import Store

/// Forgets what has served its time: sessions and keys that are over, jobs that are done, events that every
/// handler has seen, answers kept for repeated requests.
///
/// One job for all of it, leased and retried like every other, so that of several processes on one
/// store a single one does the work. What a person has to look at (dead jobs, deliveries set aside,
/// the audit) is never forgotten here. The counters of sign-in attempts live in memory, in tables of
/// limited size that drop their oldest keys themselves (`RateLimiter`).
struct Housekeeping: Job {
    static let name = "hosting.housekeeping"

    /// How often it runs: sessions that are over take room and nothing else, so hourly is enough.
    static let recurrence = Recurrence.every(seconds: 3600)
    /// Done jobs are shown on the operations page for a week.
    static let finishedJobSeconds = 7 * 86_400
    /// Settled events are kept for a month: a handler added within it still sees them.
    static let settledEventSeconds = 30 * 86_400
    /// An answer to a POST is repeated for two days.
    static let answerSeconds = 2 * 86_400

    /// Makes it repeat on a store; what is scheduled already keeps its next run.
    static func schedule(in store: Store) async throws {
        try await store.write { try $0.schedule(name, Housekeeping(), recurrence) }
    }

    static func handler(_ platform: Platform, eventHandlers: [EventHandler]) -> JobHandler {
        JobHandler(Housekeeping.self) { _ in
            let now = platform.time.now()
            try await platform.identity.sessions.purge(now: now)
            try await platform.identity.keys.purge(now: now)
            try await platform.store.write { tx in
                try tx.forgetFinishedJobs(before: now.adding(seconds: -finishedJobSeconds))
                try tx.forgetSettledEvents(
                    before: now.adding(seconds: -settledEventSeconds),
                    handlers: eventHandlers
                )
                try tx.forgetAnswers(before: now.adding(seconds: -answerSeconds))
            }
        }
    }
}
