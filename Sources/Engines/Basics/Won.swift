/// An amount of South Korean won.
///
/// Every amount of the city is kept in whole won; 천원, 백만원 and 억원 are ways to write one.
public struct Won: Sendable, Hashable, Comparable, Codable, AdditiveArithmetic {
    /// The amount in won.
    public var amount: Int64

    /// Creates an amount in won.
    public init(_ amount: Int64) {
        self.amount = amount
    }

    /// Creates an amount in 억원 (hundred million won).
    public static func eok(_ count: Int64) -> Won { Won(count * 100_000_000) }

    /// No money.
    public static let zero = Won(0)

    /// The amount in 억원, not rounded.
    public var inEok: Double { Double(amount) / 100_000_000 }

    /// Adds two amounts; the result is undefined past ±9.2 quintillion won, which no budget reaches.
    public static func + (left: Won, right: Won) -> Won { Won(left.amount + right.amount) }

    /// Subtracts an amount.
    public static func - (left: Won, right: Won) -> Won { Won(left.amount - right.amount) }

    /// Compares two amounts.
    public static func < (left: Won, right: Won) -> Bool { left.amount < right.amount }

    /// Reads a whole number of won.
    public init(from decoder: any Decoder) throws {
        amount = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes a whole number of won.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(amount)
    }

    /// The amount the way people say it: `3,703억원`, `1억 8,000만원`, `950만원` / `KRW 370.3bn`.
    public func text(_ language: Language) -> String {
        language == .korean ? korean : english
    }

    private var korean: String {
        guard amount >= 0 else { return "-" + Won(-amount).korean }
        let man = (amount + 5000) / 10_000
        let (eok, rest) = man.quotientAndRemainder(dividingBy: 10_000)
        if amount < 10_000 { return "\(amount.grouped)원" }
        if eok == 0 { return "\(man.grouped)만원" }
        if eok >= 100 || rest == 0 { return "\(((man + 5000) / 10_000).grouped)억원" }
        return "\(eok.grouped)억 \(rest.grouped)만원"
    }

    private var english: String {
        guard amount >= 0 else { return "-" + Won(-amount).english }
        switch amount {
        case 1_000_000_000...: return "KRW \(tenths(amount, of: 1_000_000_000))bn"
        case 1_000_000...: return "KRW \(tenths(amount, of: 1_000_000))m"
        default: return "KRW \(amount.grouped)"
        }
    }

    private func tenths(_ amount: Int64, of unit: Int64) -> String {
        let tenths = (amount + unit / 20) / (unit / 10)
        return "\((tenths / 10).grouped).\(tenths % 10)"
    }
}

extension BinaryInteger {
    /// The number with a comma between thousands: `1,431`.
    public var grouped: String {
        let digits = String(magnitude)
        var result = self < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return result
    }
}

extension Double {
    /// The number with a fixed count of decimals, half away from zero, thousands grouped: `34.3`.
    public func decimals(_ count: Int) -> String {
        guard isFinite, magnitude < 1e15 else { return "–" }
        var scale = 1.0
        for _ in 0..<count { scale *= 10 }
        let scaled = Int64((magnitude * scale).rounded(.toNearestOrAwayFromZero))
        let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: Int64(scale))
        let sign = self < 0 && scaled > 0 ? "-" : ""
        return count == 0
            ? "\(sign)\(whole.grouped)"
            : "\(sign)\(whole.grouped).\(padded(Int(fraction), count))"
    }
}
