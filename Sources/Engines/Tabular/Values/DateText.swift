public import Basics

extension LocalDate {
    /// Reads a date the way Korean offices write one, with or without a time of day after it.
    ///
    /// `2023-01-05`, `2023.1.5.`, `2023/01/05 09:00:00`, `20230105`, `2023년 1월 5일`,
    /// `2023. 1. 5.(목)`, `'23.1.5.`, `2023-01-05T09:00:00Z` (the date as written). Two-digit years
    /// need their apostrophe; anything else is nothing.
    public init?(tabularText text: some StringProtocol) {
        var scan = DateScan(text)
        guard let date = scan.date() else { return nil }
        self = date
    }
}

/// Reads one date from the characters of a cell.
private struct DateScan {
    private static let maximumCharacterCount = 64

    private var scalars: ArraySlice<Unicode.Scalar>

    init(_ text: some StringProtocol) {
        let all = text.unicodeScalars.prefix(DateScan.maximumCharacterCount + 1)
        scalars =
            all.map { scalar in
                // Full-width forms differ from ASCII by a constant.
                guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
                return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
            }[...]
    }

    mutating func date() -> LocalDate? {
        guard scalars.count <= DateScan.maximumCharacterCount else { return nil }
        skipSpaces()
        let isShort = take(anyOf: "'’‘`")
        guard let first = number() else { return nil }
        if first.length == 8, !isShort { return compact(first.value) }
        guard first.length == (isShort ? 2 : 4) else { return nil }
        let year = isShort ? 2000 + first.value : first.value
        guard let separator = separator("-./년"), let month = number(), month.length <= 2 else {
            return nil
        }
        guard self.separator(separator == "년" ? "월" : String(separator)) != nil,
            let day = number(), day.length <= 2
        else { return nil }
        skipSpaces()
        if separator == "년" {
            guard take(anyOf: "일") else { return nil }
        } else if separator == "." {
            _ = take(anyOf: ".")
        }
        guard isTail() else { return nil }
        return LocalDate(year: year, month: month.value, day: day.value)
    }

    /// `20230105`, or with a time `202301050900` cut off by the caller's length check.
    private mutating func compact(_ value: Int) -> LocalDate? {
        guard isTail() else { return nil }
        return LocalDate(year: value / 10_000, month: value / 100 % 100, day: value % 100)
    }

    /// What may follow a date: a weekday in parentheses and a time of day.
    private mutating func isTail() -> Bool {
        skipSpaces()
        if take(anyOf: "(") {
            guard take(anyOf: "월화수목금토일") else { return false }
            if take(anyOf: "요") { _ = take(anyOf: "일") }
            guard take(anyOf: ")") else { return false }
            skipSpaces()
        }
        _ = take(anyOf: "T")
        for word in ["오전", "오후"] where scalars.starts(with: word.unicodeScalars) {
            scalars.removeFirst(word.unicodeScalars.count)
            skipSpaces()
        }
        guard !scalars.isEmpty else { return true }
        guard let hour = number(), hour.value < 25, take(anyOf: ":시") else { return false }
        return scalars.allSatisfy { isDigit($0) || " :.+-Z분초".unicodeScalars.contains($0) }
    }

    private mutating func number() -> (value: Int, length: Int)? {
        var value = 0
        var length = 0
        while let scalar = scalars.first, isDigit(scalar), length < 9 {
            value = value * 10 + Int(scalar.value - 48)
            length += 1
            scalars.removeFirst()
        }
        return length == 0 ? nil : (value, length)
    }

    private mutating func separator(_ allowed: String) -> Unicode.Scalar? {
        skipSpaces()
        guard let scalar = scalars.first, allowed.unicodeScalars.contains(scalar) else {
            return nil
        }
        scalars.removeFirst()
        skipSpaces()
        return scalar
    }

    private mutating func take(anyOf allowed: String) -> Bool {
        guard let scalar = scalars.first, allowed.unicodeScalars.contains(scalar) else {
            return false
        }
        scalars.removeFirst()
        return true
    }

    private mutating func skipSpaces() {
        while let scalar = scalars.first, scalar.properties.isWhitespace { scalars.removeFirst() }
    }

    private func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        (48...57).contains(scalar.value)
    }
}
