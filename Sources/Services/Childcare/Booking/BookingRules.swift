import Basics

/// When and for whom a facility takes bookings.
struct BookingRules: Sendable, Hashable, Codable {
    /// A session that comes back every week.
    struct Slot: Sendable, Hashable, Codable {
        /// The ISO 8601 day of the week, Monday 1 to Sunday 7.
        var weekday: Int
        /// The start, in minutes after midnight.
        var startMinute: Int
        /// The end, in minutes after midnight.
        var endMinute: Int
    }

    /// The week.
    var slots: [Slot]
    /// The places of a session.
    var capacity: Int
    /// The most who wait for a session.
    var maximumWaitingCount: Int
    /// The youngest who may come, in full years (만 나이) on the day of the session.
    var minimumAge: Int
    /// The oldest who may come, in full years.
    var maximumAge: Int
    /// How many days ahead sessions can be booked.
    var daysAhead: Int
    /// The last day on which a booking may be cancelled, in days before the session.
    var cancellationDaysBefore: Int
    /// The last minute of that day in which it may be.
    var cancellationMinute: Int
    /// So many sessions missed without a word within `noShowDays` stop further bookings.
    var noShowLimit: Int
    /// The days in which missed sessions are counted.
    var noShowDays: Int
    /// For how many days after the last missed session no booking is taken.
    var blockDays: Int

    /// The last moment in which a booking may be cancelled.
    func cancellationEnds(before session: BookingSession) -> Instant {
        Instant(
            session.date.adding(days: -cancellationDaysBefore),
            hour: cancellationMinute / 60,
            minute: cancellationMinute % 60
        )
    }

    /// The day until which somebody may not book, from the days of the sessions they missed.
    func blockEnds(missed: [LocalDate]) -> LocalDate? {
        guard noShowLimit > 0 else { return nil }
        let days = missed.sorted()
        guard days.count >= noShowLimit, let last = days.last else { return nil }
        let first = days[days.count - noShowLimit]
        guard last.daysSinceEpoch - first.daysSinceEpoch < noShowDays else { return nil }
        return last.adding(days: blockDays)
    }
}

/// A place that takes bookings.
struct BookingFacility: Sendable, Hashable, Codable {
    /// The identifier: that of the place.
    var id: String
    /// Whose it is.
    var organizationID: String
    /// The Korean name.
    var name: String
    /// The English name.
    var nameEnglish: String
    /// When and for whom.
    var rules: BookingRules

    /// The name in both languages.
    var title: Bilingual { Bilingual(name, nameEnglish) }
}
