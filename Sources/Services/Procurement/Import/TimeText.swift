import Basics

/// Reads order times: `1분기`, `2/4`, `3월`, `2023.3`, `'23.3월`, `상반기`, `전년도 발주완료`.
enum OrderTimeText {
    /// An order time and what was odd about its writing.
    struct Reading: Sendable, Hashable {
        /// The order time.
        var time: OrderTime
        /// Whether the text named only a half year, so that the later quarter was taken.
        var isCoarse = false
    }

    /// Reads a text; nothing where it tells no time.
    ///
    /// A bare number is a month, or a quarter where the column's header says quarter. An order in a
    /// year before the plan's counts as ordered in the previous year, whatever its month.
    static func read(_ text: String, planYear: Int, bareNumberIsQuarter: Bool = false) -> Reading? {
        // Most cells are one of sixteen texts.
        if let plain = plainTexts[text] {
            return Reading(
                time: OrderTime(timing: plain.timing, year: planYear, month: plain.month)
            )
        }
        let form = MatchingText.halfWidth(text).lowercased().filter { !$0.isWhitespace }
        let previousWords = ["전년", "기발주", "발주완료", "작년", "계약완료"]
        let tokens = NumberToken.tokens(in: form)
        let calendar = calendarDate(tokens)
        if previousWords.contains(where: { form.contains($0) }) {
            let year = min(calendar?.year ?? planYear - 1, planYear - 1)
            let month = calendar?.month
            return Reading(
                time: OrderTime(timing: .orderedInPreviousYear, year: year, month: month)
            )
        }
        var year = calendar?.year ?? planYear
        if let quarter = quarter(tokens, form: form, bare: bareNumberIsQuarter) {
            year = tokens.first { $0.isYear }?.year ?? planYear
            return reading(OrderTiming(month: quarter * 3), year, nil, planYear)
        }
        if form.contains("분기") { return nil }
        if form.contains("상반기") {
            guard var coarse = reading(.secondQuarter, year, nil, planYear) else { return nil }
            coarse.isCoarse = true
            return coarse
        }
        if form.contains("하반기") { return reading(.thirdQuarterOrLater, year, nil, planYear) }
        guard let month = calendar?.month else { return nil }
        return reading(OrderTiming(month: month), year, month, planYear)
    }

    private static let plainTexts: [String: (timing: OrderTiming, month: Int?)] = {
        var texts: [String: (timing: OrderTiming, month: Int?)] = [:]
        for month in 1...12 { texts["\(month)월"] = (OrderTiming(month: month), month) }
        for quarter in 1...4 { texts["\(quarter)분기"] = (OrderTiming(month: quarter * 3), nil) }
        return texts
    }()

    private static func reading(
        _ timing: OrderTiming,
        _ year: Int,
        _ month: Int?,
        _ planYear: Int
    ) -> Reading? {
        let timing = year < planYear ? .orderedInPreviousYear : timing
        return Reading(time: OrderTime(timing: timing, year: year, month: month))
    }

    /// The quarter of `1분기`, `1/4`, `1/4분기`, `1q`, `q1`, or of a bare number under such a header.
    private static func quarter(_ tokens: [NumberToken], form: String, bare: Bool) -> Int? {
        for (index, token) in tokens.enumerated()
        where (1...4).contains(token.value) && token.prefix != "/" {
            let next = index + 1 < tokens.count ? tokens[index + 1] : nil
            let isFraction = token.suffix == "/" && next?.value == 4 && next?.suffix != "월"
            let isQuarter =
                token.suffix.hasPrefix("분기") || token.suffix.hasPrefix("사분기")
                || token.suffix.hasPrefix("q") || token.prefix.hasSuffix("q")
            if isFraction || isQuarter { return token.value }
        }
        guard bare, tokens.count == 1, form == String(tokens[0].value) else { return nil }
        return (1...4).contains(tokens[0].value) ? tokens[0].value : nil
    }

    private static func calendarDate(_ tokens: [NumberToken]) -> (year: Int?, month: Int?)? {
        guard let first = tokens.first else { return nil }
        if tokens.count == 1, first.digitCount == 5,
            let date = DateText.spreadsheetDate(first.value)
        {
            return (date.year, date.month)
        }
        if tokens.count == 1, first.digitCount == 6 || first.digitCount == 8 {
            let packed = first.digitCount == 8 ? first.value / 100 : first.value
            guard (1900...2200).contains(packed / 100), (1...12).contains(packed % 100) else {
                return nil
            }
            return (packed / 100, packed % 100)
        }
        guard first.isYear || (tokens.count > 1 && first.mayBeShortYear) else {
            return (1...12).contains(first.value) ? (nil, first.value) : nil
        }
        guard tokens.count > 1 else { return (first.year, nil) }
        return (first.year, (1...12).contains(tokens[1].value) ? tokens[1].value : nil)
    }
}

/// A run of digits in a text with what stands around it.
private struct NumberToken {
    var value: Int
    var digitCount: Int
    var prefix: String
    var suffix: String

    /// Whether it is certainly a year: four digits, an apostrophe before, or 년 after.
    var isYear: Bool {
        (1900...2200).contains(value)
            || (digitCount == 2 && (prefix.hasSuffix("'") || suffix.hasPrefix("년")))
    }
    /// Whether it could be a year in two digits: not a month, and a point or dash follows.
    var mayBeShortYear: Bool {
        digitCount == 2 && value > 12 && (suffix == "." || suffix == "-" || suffix == "/")
    }
    var year: Int { value < 100 ? 2000 + value : value }

    static func tokens(in text: String) -> [NumberToken] {
        var tokens: [NumberToken] = []
        var between = ""
        var digits = ""
        func close() {
            guard let value = Int(digits) else { return }
            tokens.append(
                NumberToken(value: value, digitCount: digits.count, prefix: between, suffix: "")
            )
            digits = ""
            between = ""
        }
        for character in text {
            if character.isASCII && character.isNumber && digits.count < 10 {
                if digits.isEmpty, !tokens.isEmpty { tokens[tokens.count - 1].suffix = between }
                digits.append(character)
            } else {
                if !digits.isEmpty { close() }
                between.append(character)
            }
        }
        if !digits.isEmpty {
            close()
        } else if !tokens.isEmpty {
            tokens[tokens.count - 1].suffix = between
        }
        return tokens
    }
}

/// Reads dates and times of day in the forms that plans and notices use.
enum DateText {
    /// Reads a date, with or without a time of day; one without is its midnight in Korea.
    ///
    /// The forms are `2024-05-20 17:23:27`, `2024.5.20.`, `2024년 5월 20일 오후 3:00`,
    /// `20240520`, `'24.5.20` and a spreadsheet's day count.
    static func read(_ text: String) -> Instant? {
        let form = MatchingText.halfWidth(text)
        let numbers = form.split { !($0.isASCII && $0.isNumber) }
        let values = numbers.compactMap { Int($0) }
        guard let first = numbers.first, values.count == numbers.count else { return nil }
        if first.count == 5, values.dropFirst().allSatisfy({ $0 == 0 }) {
            return spreadsheetDate(values[0]).map { Instant($0) }
        }
        var time: [Int]
        let day: LocalDate?
        switch first.count {
        case 8, 12, 14:
            day = LocalDate(
                year: digits(first, 0..<4),
                month: digits(first, 4..<6),
                day: digits(first, 6..<8)
            )
            time = stride(from: 8, to: first.count, by: 2).map { digits(first, $0..<$0 + 2) }
            time += values.dropFirst()
        case 2 where values.count >= 3, 4 where values.count >= 3:
            let year = first.count == 2 ? 2000 + values[0] : values[0]
            day = LocalDate(year: year, month: values[1], day: values[2])
            time = Array(values.dropFirst(3))
        default: return nil
        }
        if let hour = time.first, hour < 12, form.contains("오후") || form.contains("PM") {
            time[0] += 12
        }
        return day.flatMap { instant($0, time: time) }
    }

    /// The date of a spreadsheet's day count in the 1900 system (ECMA-376, 18.17.4.1), for the
    /// years 2009 to 2064; other numbers are more likely something else.
    static func spreadsheetDate(_ count: Int) -> LocalDate? {
        guard (40_000..<60_200).contains(count) else { return nil }
        return LocalDate(daysSinceEpoch: count - 25_569)
    }

    private static func digits(_ text: Substring, _ range: Range<Int>) -> Int {
        text.dropFirst(range.lowerBound).prefix(range.count).reduce(0) {
            $0 * 10 + ($1.wholeNumberValue ?? 0)
        }
    }

    private static func instant(_ date: LocalDate, time: [Int]) -> Instant? {
        // A fraction of a second, or a zone, may follow; the city's files write neither.
        let hour = time.first ?? 0
        let minute = time.count > 1 ? time[1] : 0
        let second = time.count > 2 ? time[2] : 0
        guard hour <= 24, minute < 60, second < 60, hour < 24 || (minute == 0 && second == 0)
        else { return nil }
        return Instant(date, hour: hour, minute: minute, second: second)
    }
}

/// Reads project periods: `2023.3.1 ~ 2023.12.31`, `2023-03-01~2023-12-31`.
enum PeriodText {
    /// Reads the two dates of a period; nothing for durations such as `10개월`.
    static func read(_ text: String) -> (start: LocalDate, end: LocalDate)? {
        let sides = MatchingText.halfWidth(text).split { "~∼〜～".contains($0) }
        guard sides.count == 2, let start = DateText.read(String(sides[0]))?.date else {
            return nil
        }
        if let end = DateText.read(String(sides[1]))?.date { return (start, end) }
        // `2023.3.1 ~ 12.31`: the year is written once.
        let end = DateText.read("\(start.year).\(MatchingText.trimmed(sides[1]))")?.date
        return end.map { (start, $0) }
    }
}
