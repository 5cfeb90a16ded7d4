import Basics
import Store
import Hosting

/// Erases the pictures of events and old events when their time is over.
struct PurgeEvents: Job {
    static let name = "cameras.purge"
    /// Once a day, at night.
    static let recurrence = Recurrence.daily(hour: 3, minute: 20)
    /// How long an event is kept after it was raised, in days; what was seen is long gone then.
    static let keptEventDays = 3 * 365

    static func handler(_ desk: CamerasDesk) -> JobHandler {
        JobHandler(PurgeEvents.self) { _ in
            try await desk.store.write { try purge(in: $0) }
        }
    }

    /// Erases what is over.
    static func purge(in tx: WriteTransaction) throws {
        _ = try Clips.purge(before: tx.now.adding(seconds: -Clips.keptDays * 86_400), in: tx)
        let before = tx.now.adding(seconds: -keptEventDays * 86_400)
        try tx.run(
            """
            DELETE FROM cameras_event_step WHERE event_id IN
                (SELECT id FROM cameras_event WHERE raised_at < \(before))
            """
        )
        try tx.run("DELETE FROM cameras_event WHERE raised_at < \(before)")
    }
}
