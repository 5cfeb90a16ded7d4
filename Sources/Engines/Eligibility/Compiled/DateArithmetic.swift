import Basics

/// Lengths of time as the law counts them, over dates as days since 1970-01-01.
enum DateArithmetic {
    private static let range = FactCode.earliestDate...FactCode.latestDate

    static func components(_ code: Int64) -> (year: Int, month: Int, day: Int) {
        LocalDate(daysSinceEpoch: Int(code)).components
    }

    /// Whole months from one date to another; a month is full on the same day of a later month, or on
    /// the first of the next where that month has no such day (민법 제160조).
    static func months(from start: Int64, to end: Int64) -> Int64 {
        let (first, last) = (components(start), components(end))
        let months = (last.year - first.year) * 12 + last.month - first.month
        return Int64(months - (last.day < first.day ? 1 : 0))
    }

    /// Whole years.
    ///
    /// Who is born on 29 February is a year older on 1 March of other years.
    static func years(from start: Int64, to end: Int64) -> Int64 {
        let (first, last) = (components(start), components(end))
        let isBefore = (last.month, last.day) < (first.month, first.day)
        return Int64(last.year - first.year - (isBefore ? 1 : 0))
    }

    /// The first day of the year after a date's.
    static func newYear(after code: Int64) -> Int64 {
        let date = LocalDate(year: components(code).year + 1, month: 1, day: 1)
        return date.map { Int64($0.daysSinceEpoch) } ?? FactCode.latestDate
    }

    static func calendarMonths(from start: Int64, to end: Int64) -> Int64 {
        let (first, last) = (components(start), components(end))
        return Int64((last.year - first.year) * 12 + last.month - first.month)
    }

    /// The same day some months later; a day that month does not have becomes its last.
    static func adding(months: Int64, to start: Int64) -> Int64 {
        guard months.magnitude < 200_000 else { return FactCode.unknown }
        let (year, month, day) = components(start)
        let index = year * 12 + month - 1 + Int(months)
        guard index >= 12 else { return FactCode.unknown }
        let (newYear, newMonth) = (index / 12, index % 12 + 1)
        let newDay = min(day, LocalDate.days(inMonth: newMonth, of: newYear))
        guard let date = LocalDate(year: newYear, month: newMonth, day: newDay) else {
            return FactCode.unknown
        }
        return Int64(date.daysSinceEpoch)
    }

    static func startOfMonth(_ code: Int64) -> Int64 { code - Int64(components(code).day) + 1 }

    static func endOfMonth(_ code: Int64) -> Int64 {
        let (year, month, day) = components(code)
        return code + Int64(LocalDate.days(inMonth: month, of: year) - day)
    }

    /// Whether a number is a date that the calendar reaches.
    static func isDate(_ code: Int64) -> Bool { range.contains(code) }
}
