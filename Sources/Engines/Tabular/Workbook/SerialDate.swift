import Basics

/// The date serials of workbooks (ECMA-376, 18.17.4.1): days with the time of day as a fraction.
struct SerialDate {
    /// Whether day 0 is 1904-01-01, as early Excel for Macintosh counted.
    let isFrom1904: Bool

    private static let lastSerial = 2_958_465.0

    /// The cell of a serial under a date format.
    ///
    /// Serials below 1 are times of day. Serial 60 is 1900-02-29, a day that never was but that
    /// every spreadsheet keeps for the sake of Lotus 1-2-3; it stays a text.
    func cell(_ serial: Double, original: String) -> Cell {
        guard serial >= 0, serial <= SerialDate.lastSerial else {
            return .number(serial, text: original)
        }
        var day = Int(serial)
        var second = Int(((serial - Double(day)) * 86_400).rounded())
        if second == 86_400 { (day, second) = (day + 1, 0) }
        if day == 0, second > 0 { return .text(NumberText.timeOfDay(second)) }
        if isFrom1904 {
            // 24,107 days from 1904-01-01 to 1970-01-01.
            return .date(LocalDate(daysSinceEpoch: day - 24_107), secondOfDay: second)
        }
        switch day {
        case 0: return .text(NumberText.timeOfDay(second))
        case 60: return .text("1900-02-29")
        // 25,569 days from 1899-12-30; before the day that never was the count is one ahead.
        default:
            return .date(
                LocalDate(daysSinceEpoch: day - 25_569 + (day < 60 ? 1 : 0)),
                secondOfDay: second
            )
        }
    }

    /// The serial of a date.
    static func serial(of date: LocalDate, secondOfDay: Int) -> Double? {
        let day = date.daysSinceEpoch + 25_569
        guard day >= 1, day <= Int(lastSerial) else { return nil }
        return Double(day < 61 ? day - 1 : day) + Double(secondOfDay) / 86_400
    }
}

/// Which number formats show a date.
enum NumberFormat {
    /// Whether a built-in format (ECMA-376, 18.8.30, with the East Asian ones) shows a date.
    static func isDate(builtIn identifier: Int) -> Bool {
        switch identifier {
        case 14...22, 27...36, 45...47, 50...58: true
        default: false
        }
    }

    /// Whether a format code shows a date or a time of day, judged by its first section.
    ///
    /// Quoted text, escaped characters, colours and locales in brackets do not count; an elapsed
    /// time such as `[h]:mm` is a number of days, not a date.
    static func isDate(code: String) -> Bool {
        var rest = Array(code.lowercased())[...]
        var letters = ""
        while let character = rest.popFirst(), character != ";" {
            switch character {
            case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
            case "\\", "_", "*": rest = rest.dropFirst()
            case "[":
                let inside = rest.prefix { $0 != "]" }
                if !inside.isEmpty, inside.allSatisfy({ "hms".contains($0) }) { return false }
                rest = rest.dropFirst(inside.count + 1)
            default: letters.append(character)
            }
        }
        if letters.contains("general") || letters.contains("표준") { return false }
        if letters.contains("0") || letters.contains("#") {
            // "ss.000" has zeros too, but only after its seconds.
            guard let second = letters.firstIndex(of: "s"),
                let zero = letters.firstIndex(where: { "0#".contains($0) }), second < zero
            else { return false }
        }
        return letters.contains { "ymdhs".contains($0) }
    }
}
