public import Basics

/// Reads amounts of money exactly; nothing passes through binary floating point.
public enum MoneyText {
    private static let maximumCharacterCount = 64

    /// Reads an amount: `130,000,000`, `130000000.0`, `3.5억`, `3억 5,000만원`, `1억5천만원`,
    /// `₩1,234천원`, `(1,000)`, `△1,000`, full-width digits.
    ///
    /// A number without a unit of its own counts in `unit`. Negative amounts are read as such; what
    /// may be negative is the caller's rule. `3억 5,000` without 만 or 원 is refused as ambiguous.
    ///
    /// - Throws: `TabularError` `notMoney`, with the reason in its message.
    public static func won(_ text: String, in unit: MoneyUnit = .won) throws -> Won {
        do {
            let scalars = text.unicodeScalars
            guard scalars.count <= maximumCharacterCount, !hasSplitNumber(scalars) else {
                throw Reason.notNumber
            }
            var scan = MoneyScan(scalars)
            return Won(try scan.amount(unit: unit))
        } catch let reason as Reason {
            throw TabularError(
                .notMoney,
                reason.message(String(text.prefix(maximumCharacterCount))),
                context: "\(text.prefix(200))"
            )
        }
    }

    /// Whether white space stands between two digits, where a digit may be missing.
    private static func hasSplitNumber(_ scalars: String.UnicodeScalarView) -> Bool {
        var last: Unicode.Scalar?
        var hasSpace = false
        for scalar in scalars {
            if scalar.properties.isWhitespace {
                hasSpace = true
                continue
            }
            let isDigit = scalar.properties.numericType == .decimal
            if isDigit, hasSpace, last?.properties.numericType == .decimal { return true }
            (last, hasSpace) = (scalar, false)
        }
        return false
    }

    enum Reason: Error {
        case empty
        case notNumber
        case misplacedComma
        case notWholeWon
        case tooLarge
        case missingUnit
        case unitOrder

        func message(_ text: String) -> Bilingual {
            switch self {
            case .empty:
                Bilingual("금액이 비어 있습니다.", "The amount is empty.")
            case .notNumber:
                Bilingual(
                    "‘\(text)’은(는) 금액으로 읽을 수 없습니다. 숫자와 단위(원, 천원, 억원 등)만 적어 주십시오.",
                    "“\(text)” is not an amount; give digits and a unit (원, 천원, 억원) only."
                )
            case .misplacedComma:
                Bilingual(
                    "‘\(text)’의 쉼표 위치가 세 자리 단위가 아닙니다.",
                    "The commas of “\(text)” do not separate thousands."
                )
            case .notWholeWon:
                Bilingual(
                    "‘\(text)’은(는) 원 단위로 떨어지지 않습니다. 단위를 확인해 주십시오.",
                    "“\(text)” is not a whole number of won; check the unit."
                )
            case .tooLarge:
                Bilingual("‘\(text)’은(는) 너무 큰 금액입니다.", "“\(text)” is too large an amount.")
            case .missingUnit:
                Bilingual(
                    "‘\(text)’의 마지막 수에 단위(만원, 원 등)가 없어 뜻이 분명하지 않습니다.",
                    "The last number of “\(text)” has no unit (만원, 원), so it is ambiguous."
                )
            case .unitOrder:
                Bilingual(
                    "‘\(text)’의 단위 순서가 맞지 않습니다. 조, 억, 만 순으로 적어 주십시오.",
                    "The units of “\(text)” are out of order; write 조, 억, 만 in this order."
                )
            }
        }
    }
}

/// A decimal number, `digits` divided by ten to the `scale`.
private struct ExactDecimal {
    var digits: Int128
    var scale: Int

    /// The number times a power of ten, where that is a whole number of won.
    func won(times multiplier: Int128) throws -> Int128 {
        var value = digits
        var overflow = false
        (value, overflow) = value.multipliedReportingOverflow(by: multiplier)
        for _ in 0..<max(0, -scale) where !overflow {
            (value, overflow) = value.multipliedReportingOverflow(by: 10)
        }
        if overflow { throw MoneyText.Reason.tooLarge }
        for _ in 0..<max(0, scale) where value != 0 {
            let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 10)
            if remainder != 0 { throw MoneyText.Reason.notWholeWon }
            value = quotient
        }
        return value
    }
}

private struct MoneyScan {
    private static let maximumDigitCount = 36
    private static let maximumExponent = 30
    private static let bigUnits: [Unicode.Scalar: Int128] = [
        "조": 1_000_000_000_000, "억": 100_000_000, "億": 100_000_000, "만": 10_000, "萬": 10_000,
    ]
    private static let smallUnits: [Unicode.Scalar: Int128] = [
        "천": 1_000, "千": 1_000, "백": 100, "百": 100, "십": 10, "十": 10,
    ]

    private var rest: ArraySlice<Unicode.Scalar>
    private var isNegative = false

    init(_ scalars: String.UnicodeScalarView) {
        rest =
            scalars.lazy
            .filter { !$0.properties.isWhitespace && $0 != "\u{200B}" && $0 != "\u{FEFF}" }
            .map { scalar in
                (0xFF01...0xFF5E).contains(scalar.value)
                    ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            }[...]
    }

    mutating func amount(unit: MoneyUnit) throws -> Int64 {
        guard !rest.isEmpty else { throw MoneyText.Reason.empty }
        takePrefixes()
        let hasWon = takeSuffixes()
        guard !rest.isEmpty else { throw MoneyText.Reason.notNumber }
        let magnitude = try sum(unit: hasWon ? .won : unit, hasWon: hasWon)
        guard let amount = Int64(exactly: isNegative ? -magnitude : magnitude) else {
            throw MoneyText.Reason.tooLarge
        }
        return amount
    }

    /// Takes currency signs, a sign and enclosing parentheses.
    private mutating func takePrefixes() {
        var isSigned = false
        while let first = rest.first {
            if "₩￦\\".unicodeScalars.contains(first) {
                rest.removeFirst()
            } else if rest.starts(with: "KRW".unicodeScalars) {
                rest.removeFirst(3)
            } else if "금일".unicodeScalars.contains(first) {
                rest.removeFirst()
            } else if !isSigned, "-−–△▲∆▵".unicodeScalars.contains(first) {
                rest.removeFirst()
                isSigned = true
            } else if !isSigned, first == "(", let close = rest.lastIndex(of: ")"),
                rest[(close + 1)...].allSatisfy({ $0 == "원" })
            {
                rest.remove(at: close)
                rest.removeFirst()
                isSigned = true
            } else if !isSigned, first == "+" {
                rest.removeFirst()
                return
            } else {
                break
            }
        }
        isNegative = isSigned
    }

    /// Takes 원, 원정 and KRW off the end; true where one was there.
    private mutating func takeSuffixes() -> Bool {
        for suffix in ["원정", "원", "KRW"] {
            let scalars = Array(suffix.unicodeScalars)
            if rest.suffix(scalars.count).elementsEqual(scalars) {
                rest.removeLast(scalars.count)
                return true
            }
        }
        return false
    }

    /// Adds up `3억 5천2백만 1,000`: numbers under 천·백·십 wait for their 조, 억 or 만.
    private mutating func sum(unit: MoneyUnit, hasWon: Bool) throws -> Int128 {
        var total: Int128 = 0
        var lastBig = Int128.max
        var lastSmall = Int128.max
        var waiting: [(number: ExactDecimal, small: Int128)] = []
        var hasUnit = false
        func add(times big: Int128) throws {
            for part in waiting { total += try part.number.won(times: part.small * big) }
            waiting = []
            lastSmall = .max
            guard total.magnitude < 1 << 100 else { throw MoneyText.Reason.tooLarge }
        }
        while let first = rest.first {
            if let big = Self.bigUnits[first] {
                guard !waiting.isEmpty else { throw MoneyText.Reason.notNumber }
                guard big < lastBig else { throw MoneyText.Reason.unitOrder }
                rest.removeFirst()
                try add(times: big)
                (lastBig, hasUnit) = (big, true)
                continue
            }
            guard lastSmall > 1 else { throw MoneyText.Reason.notNumber }
            let number = try number()
            var small: Int128 = 1
            if let unit = rest.first.flatMap({ Self.smallUnits[$0] }) {
                rest.removeFirst()
                (small, hasUnit) = (unit, true)
            }
            guard small < lastSmall else { throw MoneyText.Reason.unitOrder }
            lastSmall = small
            waiting.append((number, small))
        }
        if hasUnit, !hasWon, lastSmall == 1 { throw MoneyText.Reason.missingUnit }
        try add(times: hasUnit ? 1 : Int128(unit.wonCount))
        return total
    }

    /// One number: `1,234.50` or `1.3E+08`.
    private mutating func number() throws -> ExactDecimal {
        var digits: [UInt8] = []
        var groups: [Int] = [0]
        var scale: Int?
        while let scalar = rest.first {
            switch scalar {
            case "0"..."9":
                digits.append(UInt8(scalar.value - 48))
                if scale == nil { groups[groups.count - 1] += 1 } else { scale = (scale ?? 0) + 1 }
            case "," where scale == nil: groups.append(0)
            case "." where scale == nil: scale = 0
            default:
                return try finish(digits, groups: groups, scale: scale)
            }
            rest.removeFirst()
        }
        return try finish(digits, groups: groups, scale: scale)
    }

    private mutating func finish(_ digits: [UInt8], groups: [Int], scale: Int?) throws
        -> ExactDecimal
    {
        guard groups[0] > 0 else { throw MoneyText.Reason.notNumber }
        if groups.count > 1 {
            guard groups[0] <= 3, groups.dropFirst().allSatisfy({ $0 == 3 }) else {
                throw MoneyText.Reason.misplacedComma
            }
        }
        guard scale != 0 || groups.count == 1 else { throw MoneyText.Reason.notNumber }
        var digits = digits[...]
        var scale = scale ?? 0
        while scale > 0, digits.last == 0 {
            digits.removeLast()
            scale -= 1
        }
        guard digits.count <= Self.maximumDigitCount else {
            throw scale > 0 ? MoneyText.Reason.notWholeWon : MoneyText.Reason.tooLarge
        }
        let value = digits.reduce(Int128(0)) { $0 * 10 + Int128($1) }
        return ExactDecimal(digits: value, scale: scale - (try exponent()))
    }

    private mutating func exponent() throws -> Int {
        guard let mark = rest.first, mark == "E" || mark == "e" else { return 0 }
        rest.removeFirst()
        var isNegative = false
        if let sign = rest.first, sign == "+" || sign == "-" {
            isNegative = sign == "-"
            rest.removeFirst()
        }
        var value: Int?
        while let scalar = rest.first, ("0"..."9").contains(scalar) {
            value = min((value ?? 0) * 10 + Int(scalar.value - 48), 1_000)
            rest.removeFirst()
        }
        guard let value else { throw MoneyText.Reason.notNumber }
        guard value <= Self.maximumExponent else { throw MoneyText.Reason.tooLarge }
        return isNegative ? -value : value
    }
}
