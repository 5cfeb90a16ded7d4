import Basics
import Hosting
import Identity
import Store

/// Opens the sessions of the days ahead every night, and deletes bookings whose time is over.
struct BookingUpkeep: Job {
    static let name = "childcare.booking-upkeep"
    /// Just after midnight, so that the next day ahead can be booked when it begins.
    static let recurrence = Recurrence.daily(hour: 0, minute: 1)

    /// Does the night's work.
    static func run(on store: Store) async throws {
        try await store.write { tx in
            let keeping = BookingKeeping(by: .anonymous)
            for facility in try Bookings.facilities(in: tx) {
                try keeping.openSessions(of: facility, in: tx)
            }
            let day = tx.now.date.adding(days: -Bookings.keptDayCount)
            try Bookings.forget(before: day, in: tx)
        }
    }
}
