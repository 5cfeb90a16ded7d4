import Basics
import Store

/// When a place is open in a week.
struct OpeningHours: Sendable, Hashable, Codable {
    /// The hours of one day of the week.
    struct Day: Sendable, Hashable, Codable {
        /// The ISO 8601 day of the week, Monday 1 to Sunday 7.
        var weekday: Int
        /// When it opens, in minutes after midnight.
        var fromMinute: Int
        /// When it closes, in minutes after midnight.
        var toMinute: Int
    }

    /// The days on which it is open; another day it is closed.
    var days: [Day]

    /// The hours of a date.
    func day(of date: LocalDate) -> Day? { days.first { $0.weekday == date.weekday } }

    /// Whether it is open at a moment, closed days of its own left aside.
    func isOpen(at now: Instant) -> Bool {
        guard let day = day(of: now.date) else { return false }
        let minute = now.timeOfDay.hour * 60 + now.timeOfDay.minute
        return (day.fromMinute..<day.toMinute).contains(minute)
    }
}

/// Opening hours in the store.
enum OpeningTable {
    private struct Row: Codable {
        var placeID: String
        var hours: JSONColumn<OpeningHours>
    }

    /// The hours of every place that told them, by place.
    static func all(in db: ReadTransaction) throws -> [String: OpeningHours] {
        let rows = try db.rows("SELECT place_id, hours FROM childcare_opening", as: Row.self)
        return Dictionary(rows.map { ($0.placeID, $0.hours.value) }) { first, _ in first }
    }

    /// Adds the hours of a place or corrects them.
    static func save(_ hours: OpeningHours, of placeID: String, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO childcare_opening (place_id, hours) VALUES (\(placeID), \(JSONColumn(hours)))
            ON CONFLICT (place_id) DO UPDATE SET hours = excluded.hours
            """
        )
    }
}
