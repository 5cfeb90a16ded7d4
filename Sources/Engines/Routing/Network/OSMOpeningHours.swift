public import Basics

/// When a way or a lift is open, from OpenStreetMap's `opening_hours`
/// (https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification), the part of it that is written
/// most: `24/7`; rules of months, weekdays, public holidays and times, separated by `;`; `off`.
///
/// A text with anything else (weeks, dates, sunset, comments, fallbacks) is not read at all: half of what
/// it says could be the wrong half. Whoever asks then gets no answer, which is not "open".
public struct OSMOpeningHours: Sendable, Hashable {
    /// One rule; of several that fit a day the last one counts.
    private struct Rule: Hashable {
        /// Months 1 to 12; empty: all.
        var months: Set<Int> = []
        /// ISO weekdays, Monday 1; empty together with `holidays` false: all days.
        var weekdays: Set<Int> = []
        /// Whether the rule is for public holidays.
        var holidays = false
        /// Minutes of the day, an end past 1,440 on the next day; empty: closed.
        var minutes: [Range<Int>] = []

        func fits(_ date: LocalDate, isHoliday: Bool) -> Bool {
            guard months.isEmpty || months.contains(date.month) else { return false }
            if weekdays.isEmpty && !holidays { return true }
            return weekdays.contains(date.weekday) || holidays && isHoliday
        }
    }

    private static let weekdayNames = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let maximumLength = 255

    private var rules: [Rule] = []

    /// Reads a text; nothing where a part of it is not understood.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.maximumLength else { return nil }
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            let words = part.split(separator: " ").map(String.init)
            guard !words.isEmpty, let rule = Self.rule(words) else { return nil }
            rules.append(rule)
        }
        guard !rules.isEmpty else { return nil }
    }

    /// Whether it is open at a minute of a day.
    ///
    /// - Parameters:
    ///   - date: The day, in the place's time.
    ///   - minute: Minutes since midnight, 0 to 1,439.
    ///   - isHoliday: Whether a day is a public holiday.
    /// - Returns: Whether it is open.
    public func isOpen(
        _ date: LocalDate,
        minute: Int,
        isHoliday: (LocalDate) -> Bool = { _ in false }
    ) -> Bool {
        if minutes(date, isHoliday(date)).contains(where: { $0.contains(minute) }) { return true }
        // What began yesterday and goes on past midnight.
        let before = date.adding(days: -1)
        return minutes(before, isHoliday(before)).contains { $0.contains(minute + 1_440) }
    }

    private func minutes(_ date: LocalDate, _ isHoliday: Bool) -> [Range<Int>] {
        // A rule for holidays beats one that only names the weekday, wherever it stands: that is what
        // people mean by it.
        let fitting = rules.filter { $0.fits(date, isHoliday: isHoliday) }
        let forHolidays = isHoliday ? fitting.last(where: \.holidays) : nil
        return (forHolidays ?? fitting.last)?.minutes ?? []
    }

    // MARK: - Reading

    private static func rule(_ words: [String]) -> Rule? {
        var rule = Rule()
        var words = words[...]
        if words.elementsEqual(["24/7"]) {
            rule.minutes = [0..<1_440]
            return rule
        }
        if let first = words.first, let months = numbers(first, monthNames) {
            rule.months = months
            words = words.dropFirst()
        }
        if let first = words.first, let days = days(first) {
            (rule.weekdays, rule.holidays) = days
            words = words.dropFirst()
        }
        switch words.joined(separator: " ") {
        case "off", "closed": return rule
        case "", "open":
            // "Mo-Fr" alone means the whole day; nothing at all means nothing.
            guard rule != Rule() || words.first == "open" else { return nil }
            rule.minutes = [0..<1_440]
        case let times:
            guard let minutes = minutes(times) else { return nil }
            rule.minutes = minutes
        }
        return rule
    }

    /// `Mo-Fr`, `Sa,Su`, `PH`, `Mo-Fr,PH`.
    private static func days(_ text: String) -> (weekdays: Set<Int>, holidays: Bool)? {
        var weekdays: Set<Int> = []
        var holidays = false
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            if part == "PH" {
                holidays = true
            } else if let found = numbers(String(part), weekdayNames) {
                weekdays.formUnion(found)
            } else {
                return nil
            }
        }
        return (weekdays, holidays)
    }

    /// Names, lists and spans of names, by their numbers from 1; a span may go round the end.
    private static func numbers(_ text: String, _ names: [String]) -> Set<Int>? {
        var found: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map {
                names.firstIndex(of: String($0))
            }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1]
            else { return nil }
            var at = first
            found.insert(at + 1)
            while at != last {
                at = (at + 1) % names.count
                found.insert(at + 1)
            }
        }
        return found
    }

    /// `09:00-18:00`, several with commas.
    private static func minutes(_ text: String) -> [Range<Int>]? {
        var found: [Range<Int>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map {
                minute($0.filter { $0 != " " })
            }
            guard ends.count == 2, let start = ends[0], var end = ends[1], start < 1_440 else {
                return nil
            }
            if end <= start { end += 1_440 }
            guard end <= start + 1_440 else { return nil }
            found.append(start..<end)
        }
        return found
    }

    /// `09:00`; the standard lets an evening end at up to 48:00.
    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            let hour = Int(parts[0]), let minute = Int(parts[1]), (0...48).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }
}
