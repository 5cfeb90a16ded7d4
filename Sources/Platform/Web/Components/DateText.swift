public import Basics

/// How a date is written out.
public enum DateStyle: Sendable, Hashable {
    /// `2023. 1. 25.` / `25 Jan 2023`, for tables.
    case short
    /// `2023년 1월 25일(수)` / `Wednesday, 25 January 2023`, for sentences.
    case long
}

/// A date, readable by people and by machines.
public func dateText(_ date: LocalDate, style: DateStyle = .short, in context: PageContext) -> HTML
{
    """
    <time datetime="\(date.iso)">\(written(date, style, context.language))</time>
    """
}

/// A point in time, in Korea's time, to the minute.
public func dateText(_ instant: Instant, in context: PageContext) -> HTML {
    let time = instant.minuteText.suffix(5)
    return """
        <time datetime="\(instant.rfc3339)">\
        \(written(instant.date, .short, context.language)) \(time)</time>
        """
}

private func written(_ date: LocalDate, _ style: DateStyle, _ language: Language) -> String {
    let (year, month, day) = date.components
    switch (language, style) {
    case (.korean, .short): return "\(year). \(month). \(day)."
    case (.korean, .long):
        return "\(year)년 \(month)월 \(day)일(\(DateWords.koreanWeekdays[date.weekday - 1]))"
    case (.english, .short): return "\(day) \(DateWords.months[month - 1].prefix(3)) \(year)"
    case (.english, .long):
        return "\(DateWords.weekdays[date.weekday - 1]), \(day) "
            + "\(DateWords.months[month - 1]) \(year)"
    }
}

enum DateWords {
    static let koreanWeekdays = ["월", "화", "수", "목", "금", "토", "일"]
    static let weekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    static let examples = [
        ComponentExample("date", Bilingual("날짜", "Dates")) { context in
            let day = context.now.date
            return """
                <p>\(dateText(day, in: context)) · \(dateText(day, style: .long, in: context)) · \
                \(dateText(context.now, in: context))</p>
                """
        }
    ]
}
