import Basics

/// Reads the amounts that officers write: `1,234`, `130000000.0`, `12억 3,000만원`, `1.5억`.
enum MoneyText {
    /// An amount and what was odd about its writing.
    struct Reading: Sendable, Hashable {
        /// The amount.
        var amount: Won
        /// Whether a whole number was written with decimals, as spreadsheets do (`130000000.0`).
        var wroteDecimals = false
        /// Whether a part of a won was rounded away.
        var roundedFraction = false
        /// Whether commas stood in odd places (`12,3456`).
        var oddGrouping = false
        /// Whether the cell named its own unit, so that the column's did not apply.
        var namedUnit = false
    }

    /// Why a text is no amount.
    enum Refusal: Error, Hashable, Sendable {
        /// Nothing, or only a dash.
        case blank
        /// A word for "not decided yet".
        case undecided
        /// Not a number; with what it probably means, where that is plain.
        case unreadable(suggestion: String?)
        /// More than 9.2 quintillion won.
        case tooLarge
    }

    /// The number of decimal digits that are read; further ones are ignored.
    static let maximumFractionDigitCount = 9

    /// Reads an amount; a bare number is in `unit`.
    static func read(_ text: String, unit: MoneyUnit) throws(Refusal) -> Reading {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) || $0 == 44 }
        if isPlain { return try magnitude(text, unit: unit) }
        var form = MatchingText.halfWidth(text).lowercased().filter { !$0.isWhitespace }
        if form.isEmpty || form.allSatisfy({ "-–—".contains($0) }) { throw .blank }
        let undecided = ["미정", "추후", "미확정", "협의", "별도", "비공개", "tbd"]
        if undecided.contains(where: { form.contains($0) }) { throw .undecided }
        form = withoutRemarks(form)
        var isNegative = false
        if let first = form.first, "-−△▲".contains(first) {
            isNegative = true
            form.removeFirst()
        }
        var reading = try magnitude(form, unit: unit)
        if isNegative { reading.amount = .zero - reading.amount }
        return reading
    }

    /// Reads an amount from UTF-8; a bare number is in `unit`.
    static func read(
        _ utf8: UnsafeBufferPointer<UInt8>,
        unit: MoneyUnit
    ) throws(Refusal) -> Reading {
        // Nearly every cell is digits and commas; those need nothing else.
        guard let number = plainNumber(utf8) else {
            return try read(String(decoding: utf8, as: UTF8.self), unit: unit)
        }
        let (amount, overflow) = number.multipliedReportingOverflow(by: unit.wonPerUnit)
        if overflow { throw .tooLarge }
        return Reading(amount: Won(amount))
    }

    /// The number of up to 18 digits with a comma before every third or none; nothing where the
    /// text is anything else.
    private static func plainNumber(_ utf8: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard let first = utf8.first, first != 44, utf8.count <= 18 else { return nil }
        var number: Int64 = 0
        var digitsSinceComma = 0
        var hasComma = false
        for byte in utf8 {
            if byte == 44 {
                if hasComma && digitsSinceComma != 3 { return nil }
                hasComma = true
                digitsSinceComma = 0
            } else {
                guard (48...57).contains(byte) else { return nil }
                number = number * 10 + Int64(byte - 48)
                digitsSinceComma += 1
            }
        }
        return hasComma && digitsSinceComma != 3 ? nil : number
    }

    private static func withoutRemarks(_ text: String) -> String {
        var form = text
        if let open = form.firstIndex(of: "("), form.last == ")" {
            let inside = form[open...]
            if inside.contains("포함") || inside.contains("vat") || inside.contains("별도") {
                form = String(form[..<open])
            }
        }
        for prefix in ["금", "약", "₩", "￦", "\\", "krw"] where form.hasPrefix(prefix) {
            form.removeFirst(prefix.count)
        }
        for suffix in ["원정", "원", "krw"] where form.hasSuffix(suffix) {
            form.removeLast(suffix.count)
            if suffix != "krw" { form += "원" }
            break
        }
        return form
    }

    /// Sums parts such as `12억` and `3,000만원`; units must fall from part to part.
    private static func magnitude(_ text: String, unit: MoneyUnit) throws(Refusal) -> Reading {
        var reading = Reading(amount: .zero)
        var rest = Substring(text)
        var lastFactor = Int64.max
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || ".,e+".contains($0)) }
            guard let number = DecimalNumber(digits) else {
                throw .unreadable(suggestion: suggestion(for: text))
            }
            rest = rest.dropFirst(digits.count)
            var factor = unit.wonPerUnit
            if let (word, value) = unitWords.first(where: { rest.hasPrefix($0.0) }) {
                factor = value
                rest = rest.dropFirst(word.count)
                reading.namedUnit = true
            } else if !rest.isEmpty || lastFactor != .max {
                throw .unreadable(suggestion: suggestion(for: text))
            }
            guard factor < lastFactor else { throw .unreadable(suggestion: nil) }
            lastFactor = factor
            guard let part = number.times(factor) else { throw .tooLarge }
            let (sum, overflow) = reading.amount.amount.addingReportingOverflow(part.value)
            if overflow { throw .tooLarge }
            reading.amount = Won(sum)
            reading.roundedFraction = reading.roundedFraction || !part.isExact
            reading.wroteDecimals =
                reading.wroteDecimals || (number.hasPoint && number.isWhole && factor == 1)
            reading.oddGrouping = reading.oddGrouping || number.oddGrouping
            if rest == "원" { rest = "" }
        }
        return reading
    }

    /// What a text with letter O for zero, or with points between thousands, probably means.
    private static func suggestion(for text: String) -> String? {
        let zeros = String(text.map { $0 == "o" || $0 == "ㅇ" ? "0" : $0 })
        if zeros != text, DecimalNumber(Substring(zeros)) != nil { return zeros }
        let groups = text.split(separator: ".", omittingEmptySubsequences: false)
        let areThousands = groups.count > 2 && groups.dropFirst().allSatisfy { $0.count == 3 }
        let commas = groups.joined(separator: ",")
        return areThousands && DecimalNumber(Substring(commas)) != nil ? commas : nil
    }

    private static let unitWords: [(String, Int64)] = [
        ("조", 1_000_000_000_000), ("천억", 100_000_000_000), ("억", 100_000_000),
        ("천만", 10_000_000), ("백만", 1_000_000), ("만", 10_000), ("천원", 1000), ("천", 1000),
        ("원", 1),
    ]
}

/// A decimal number read digit by digit, so that no binary fraction comes between cell and won.
struct DecimalNumber: Sendable, Hashable {
    private let digits: Int64
    private let scale: Int64
    /// Whether it was written with a decimal point.
    let hasPoint: Bool
    /// Whether commas stood elsewhere than before every third digit.
    let oddGrouping: Bool

    /// Whether the fraction is zero.
    var isWhole: Bool { digits % scale == 0 }
    /// The whole number, where the fraction is zero.
    var whole: Int64? { isWhole ? digits / scale : nil }

    /// Reads `1,234.5` or `1.3e8`; nothing else is accepted.
    init?(_ text: Substring) {
        let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        guard let mantissa = parts.first, parts.count <= 2 else { return nil }
        let exponent = parts.count == 2 ? Int(parts[1]) : 0
        guard let exponent, (0...18).contains(exponent) else { return nil }
        let sides = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        guard let left = sides.first, sides.count <= 2, let first = left.first, first.isNumber
        else { return nil }
        let right = sides.count == 2 ? sides[1] : ""
        let groups = left.split(separator: ",", omittingEmptySubsequences: false)
        guard right.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        oddGrouping = groups.count > 1 && groups.dropFirst().contains { $0.count != 3 }
        hasPoint = sides.count == 2
        let kept = right.prefix(MoneyText.maximumFractionDigitCount)
        var digits: Int64 = 0
        for character in groups.joined() + kept {
            guard let digit = character.wholeNumberValue else { return nil }
            let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
            let (sum, further) = product.addingReportingOverflow(Int64(digit))
            if overflow || further { return nil }
            digits = sum
        }
        var scale: Int64 = 1
        for _ in kept { scale *= 10 }
        for _ in 0..<exponent {
            if scale > 1 {
                scale /= 10
            } else {
                let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
                if overflow { return nil }
                digits = product
            }
        }
        self.digits = digits
        self.scale = scale
    }

    /// The product, rounded half up to a whole; nothing where it is too large.
    func times(_ factor: Int64) -> (value: Int64, isExact: Bool)? {
        let (whole, fraction) = digits.quotientAndRemainder(dividingBy: scale)
        let (large, overflow) = whole.multipliedReportingOverflow(by: factor)
        let (small, further) = fraction.multipliedReportingOverflow(by: factor)
        if overflow || further { return nil }
        let (value, tooLarge) = large.addingReportingOverflow((small + scale / 2) / scale)
        return tooLarge ? nil : (value, small % scale == 0)
    }
}
