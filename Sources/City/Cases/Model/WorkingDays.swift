public import Basics

/// The days on which offices work, and how long they have (민원 처리에 관한 법률 제19조).
///
/// Saturdays, Sundays and public holidays do not count. The holidays of a fixed date and their
/// substitutes (관공서의 공휴일에 관한 규정 제2조, 제3조) follow from the calendar; those of the moon's
/// calendar and those set for one occasion are handed in.
public struct WorkingDays: Sendable, Hashable {
    /// The most days a period may have.
    public static let maximumDayCount = 400
    /// The hours between which an office takes applications as of the same day.
    static let openingHours = 9..<18

    private let added: Set<LocalDate>

    /// Creates a calendar.
    ///
    /// - Parameter added: Holidays beside those of a fixed date.
    public init(added: Set<LocalDate> = []) {
        self.added = added
    }

    /// Whether offices work on a day.
    public func isWorkingDay(_ day: LocalDate) -> Bool {
        day.weekday < 6 && !added.contains(day) && !Self.isFixedHoliday(day)
            && !isSubstitute(day)
    }

    /// The last day for something that came in at an instant.
    ///
    /// Up to five days are counted by the hour, so that the day it came in is not one of them; of six
    /// and more it is the first.
    public func deadline(receivedAt instant: Instant, days: Int) -> LocalDate {
        let hour = instant.timeOfDay.hour
        let isInTime = isWorkingDay(instant.date) && hour < Self.openingHours.upperBound
        var day = isInTime ? instant.date : next(after: instant.date)
        let isDuringTheDay = isInTime && hour >= Self.openingHours.lowerBound
        var left = min(max(days, 1), Self.maximumDayCount) - 1
        if days <= 5, isDuringTheDay { left += 1 }
        while left > 0 {
            day = next(after: day)
            left -= 1
        }
        return day
    }

    /// A day some working days later.
    public func day(_ day: LocalDate, plus count: Int) -> LocalDate {
        (0..<min(max(count, 0), Self.maximumDayCount)).reduce(day) { day, _ in next(after: day) }
    }

    /// How many working days lie after a day, up to another.
    public func count(after first: LocalDate, through last: LocalDate) -> Int {
        guard first < last else { return 0 }
        let days = min(last.daysSinceEpoch - first.daysSinceEpoch, 2 * Self.maximumDayCount)
        return (1...days).count { isWorkingDay(first.adding(days: $0)) }
    }

    private func next(after day: LocalDate) -> LocalDate {
        var day = day.adding(days: 1)
        while !isWorkingDay(day) { day = day.adding(days: 1) }
        return day
    }

    /// Whether a holiday that fell on a weekend is made up for on this day.
    private func isSubstitute(_ day: LocalDate) -> Bool {
        guard day.weekday < 6 else { return false }
        // A holiday of the weekend before goes to the first free weekday after it.
        for back in 1...4 {
            let before = day.adding(days: -back)
            if Self.hasSubstitute(before), before.weekday >= 6 {
                let between = (1..<back).map { before.adding(days: $0) }
                return between.allSatisfy {
                    $0.weekday >= 6 || added.contains($0) || Self.isFixedHoliday($0)
                }
            }
        }
        return false
    }

    private static func isFixedHoliday(_ day: LocalDate) -> Bool {
        let (_, month, dayOfMonth) = day.components
        return fixed.contains { $0.month == month && $0.day == dayOfMonth }
    }

    private static func hasSubstitute(_ day: LocalDate) -> Bool {
        let (_, month, dayOfMonth) = day.components
        return fixed.contains { $0.month == month && $0.day == dayOfMonth && $0.isMadeUpFor }
    }

    private static let fixed: [(month: Int, day: Int, isMadeUpFor: Bool)] = [
        (1, 1, false), (3, 1, true), (5, 5, true), (6, 6, false), (8, 15, true), (10, 3, true),
        (10, 9, true), (12, 25, true),
    ]
}
