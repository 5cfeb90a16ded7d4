/// Numbers as a spreadsheet shows them.
enum NumberText {
    /// A number to 15 significant digits without an exponent where it fits 21 characters, so that
    /// the binary noise of 12.299999999999999 does not pass for an amount.
    static func general(_ value: Double) -> String {
        if value == value.rounded(), value.magnitude < 1e15 { return String(Int64(value)) }
        guard value.isFinite else { return "\(value)" }
        var (digits, exponent) = decimal(value.magnitude)
        if digits.count > 15 {
            let roundsUp = digits[15] >= 5
            digits.removeLast(digits.count - 15)
            if roundsUp { increment(&digits, &exponent) }
        }
        while digits.count > 1, digits.last == 0 { digits.removeLast() }
        let sign = value < 0 ? "-" : ""
        return sign + positional(digits, exponent)
    }

    /// A number so that it reads back as the same number: whole ones without a point.
    static func exact(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : "\(value)"
    }

    /// `09:00:00`.
    static func timeOfDay(_ second: Int) -> String {
        "\((second / 3600).padded(2)):\((second / 60 % 60).padded(2)):\((second % 60).padded(2))"
    }

    /// The shortest digits that name the number, and the power of ten of the first one.
    private static func decimal(_ value: Double) -> (digits: [UInt8], exponent: Int) {
        var digits: [UInt8] = []
        var point: Int?
        var shift = 0
        var bytes = Array(value.description.utf8)[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "."): point = digits.count
            case UInt8(ascii: "e"): shift = Int(String(decoding: bytes, as: UTF8.self)) ?? 0
            default: digits.append(byte - 48)
            }
            if byte == UInt8(ascii: "e") { break }
        }
        var exponent = (point ?? digits.count) - 1 + shift
        while digits.count > 1, digits.first == 0 {
            digits.removeFirst()
            exponent -= 1
        }
        return (digits, exponent)
    }

    private static func increment(_ digits: inout [UInt8], _ exponent: inout Int) {
        for index in digits.indices.reversed() {
            if digits[index] < 9 {
                digits[index] += 1
                return
            }
            digits[index] = 0
        }
        digits.insert(1, at: 0)
        digits.removeLast()
        exponent += 1
    }

    private static func positional(_ digits: [UInt8], _ exponent: Int) -> String {
        func text(_ part: ArraySlice<UInt8>) -> String {
            String(decoding: part.map { $0 + 48 }, as: UTF8.self)
        }
        switch exponent {
        case 0..<21:
            let whole = min(digits.count, exponent + 1)
            let zeros = String(repeating: "0", count: exponent + 1 - whole)
            let fraction = digits[whole...]
            return text(digits[..<whole]) + zeros + (fraction.isEmpty ? "" : "." + text(fraction))
        case -7..<0:
            return "0." + String(repeating: "0", count: -exponent - 1) + text(digits[...])
        default:
            let fraction = digits.dropFirst()
            return text(digits[..<1]) + (fraction.isEmpty ? "" : "." + text(fraction))
                + "E\(exponent < 0 ? "-" : "+")\(abs(exponent))"
        }
    }
}
