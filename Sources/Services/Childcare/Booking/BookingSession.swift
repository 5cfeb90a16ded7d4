import Basics

/// One session of a facility, with places to book.
struct BookingSession: Sendable, Hashable, Codable {
    /// The identifier: facility, date and start, so that a session is never opened twice.
    var id: String
    /// The facility.
    var facilityID: String
    /// The day.
    var date: LocalDate
    /// The start, in minutes after midnight.
    var startMinute: Int
    /// The end, in minutes after midnight.
    var endMinute: Int
    /// The places.
    var capacity: Int
    /// Why it does not take place; nil where it does.
    var closedFor: String?

    /// Creates a session of a slot.
    init(_ slot: BookingRules.Slot, on date: LocalDate, of facility: BookingFacility) {
        id = "\(facility.id)-\(date.iso)-\(slot.startMinute)"
        facilityID = facility.id
        self.date = date
        startMinute = slot.startMinute
        endMinute = slot.endMinute
        capacity = facility.rules.capacity
    }

    /// When it begins.
    var begins: Instant { Instant(date, hour: startMinute / 60, minute: startMinute % 60) }
    /// When it ends.
    var ends: Instant { Instant(date, hour: endMinute / 60, minute: endMinute % 60) }
    /// The time of day, `10:00–12:00`.
    var time: String { "\(Self.clock(startMinute))–\(Self.clock(endMinute))" }

    /// A minute of the day as a clock shows it.
    static func clock(_ minute: Int) -> String {
        let rest = minute % 60
        return "\(minute / 60):\(rest < 10 ? "0" : "")\(rest)"
    }
}

/// A session with how full it is.
struct SessionCount: Sendable, Hashable, Codable {
    /// The session.
    var id: String
    /// The places that are taken.
    var taken: Int
    /// Those who wait.
    var waiting: Int
}
