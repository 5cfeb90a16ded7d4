public import Basics

/// An amount of money (OCDS 1.1.5, Value).
public struct Value: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The ISO 4217 code of the currency.
    public var currency: String? {
        get { json[text: "currency"] }
        set { json[text: "currency"] = newValue }
    }
}

/// A stretch of time (OCDS 1.1.5, Period).
public struct Period: OCDSObject {
    /// The whole object.
    public var json: JSONObject

    /// Sees an object as this type; nothing is checked.
    public init(json: JSONObject) { self.json = json }

    /// The beginning, RFC 3339.
    public var startDate: String? {
        get { json[text: "startDate"] }
        set { json[text: "startDate"] = newValue }
    }

    /// The end, RFC 3339.
    public var endDate: String? {
        get { json[text: "endDate"] }
        set { json[text: "endDate"] = newValue }
    }
}

extension Value {
    /// An amount of won.
    public init(_ won: Won) {
        self.init()
        amountText = String(won.amount)
        currency = "KRW"
    }

    /// The amount as it was written, so that no digit is lost.
    public var amountText: String? {
        get {
            if case .number(let text) = json["amount"] { text } else { nil }
        }
        set { json["amount"] = newValue.map { .number(text: $0) } }
    }

    /// The amount in won, where the currency is KRW and the amount a whole number of Int64's range.
    public var won: Won? {
        guard currency == "KRW", let amountText else { return nil }
        return Value.wholeNumber(amountText).map(Won.init)
    }

    /// The whole number a JSON number stands for: `1500`, `1500.00` and `1.5e3` are the same one.
    static func wholeNumber(_ text: String) -> Int64? {
        let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard let exponent = parts.count > 1 ? Int(parts[1]) : 0, abs(exponent) <= 18 else {
            return nil
        }
        var digits = String(mantissa[0])
        var decimals = mantissa.count > 1 ? Array(mantissa[1]) : []
        if exponent >= 0 {
            for position in 0..<exponent {
                digits.append(position < decimals.count ? decimals[position] : "0")
            }
            decimals.removeFirst(min(exponent, decimals.count))
        } else {
            for _ in 0..<(-exponent) {
                guard let last = digits.popLast(), last == "0" else { return nil }
            }
        }
        guard decimals.allSatisfy({ $0 == "0" }) else { return nil }
        return Int64(digits)
    }
}

extension Period {
    /// A period from the first instant of one day to the last second of another, in Korea.
    public init(from start: LocalDate, through end: LocalDate) {
        self.init()
        startDate = Instant(start).rfc3339
        endDate = Instant(end, hour: 23, minute: 59, second: 59).rfc3339
    }
}
