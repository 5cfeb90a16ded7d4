#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Reads the measures that mappers write into tags.
enum TagMeasures {
    /// No way for people is steeper than 1:1; a higher figure is a slip.
    static let maximumInclinePermille = 1_000.0
    /// A wider way is a square, and its exact width helps nobody.
    static let maximumWidthMetres = 1_000.0

    /// What `incline` says.
    enum Incline: Hashable {
        case permille(Int)
        case slope(Slope)
    }

    /// `incline`: "up", "down", "steep", "8%", "8", "10°", "1:12", each with its sign; nothing where it
    /// cannot be read.
    static func incline(_ text: String) -> Incline? {
        let text = trimmed(text)
        switch text {
        case "up": return .slope(.up)
        case "down": return .slope(.down)
        case "steep": return .slope(.steep)
        default: break
        }
        guard let (value, unit) = number(text) else { return nil }
        let permille: Double
        switch unit {
        case "", "%": permille = value * 10
        case "‰": permille = value
        case "°", "deg":
            guard abs(value) < 90 else { return nil }
            permille = tan(value * .pi / 180) * 1_000
        default:
            guard unit.first == ":", let (run, rest) = number(trimmed(String(unit.dropFirst()))),
                rest.isEmpty, run > 0
            else { return nil }
            permille = value / run * 1_000
        }
        guard abs(permille) <= maximumInclinePermille else { return nil }
        return .permille(Int(permille.rounded()))
    }

    /// A length in metres: "1.2", "1,2 m", "120 cm", "3'6\""; of several the smallest.
    static func metres(_ text: String) -> Double? {
        let parts = text.split(separator: ";").map { trimmed(String($0)) }
        let lengths = parts.compactMap(oneLength)
        guard !parts.isEmpty, lengths.count == parts.count else { return nil }
        return lengths.min()
    }

    private static func oneLength(_ text: String) -> Double? {
        guard let (value, unit) = number(text), value >= 0 else { return nil }
        let metres: Double
        switch unit {
        case "", "m": metres = value
        case "cm": metres = value / 100
        case "mm": metres = value / 1_000
        case "ft", "'": metres = value * 0.3048
        case "in", "\"": metres = value * 0.0254
        default:
            guard unit.first == "'", let (inches, rest) = number(String(unit.dropFirst())),
                rest == "\""
            else { return nil }
            metres = value * 0.3048 + inches * 0.0254
        }
        return metres <= maximumWidthMetres ? metres : nil
    }

    /// `level`: "0", "-1", "0;1", "-2-0" in tenths of a storey, the lowest and the highest.
    static func levelTenths(_ text: String) -> ClosedRange<Int>? {
        var tenths: [Int] = []
        for part in text.split(separator: ";") {
            let part = trimmed(String(part))
            guard let (first, rest) = number(part), abs(first) <= 200 else { return nil }
            tenths.append(Int((first * 10).rounded()))
            if rest.isEmpty { continue }
            guard rest.first == "-", let (last, end) = number(String(rest.dropFirst())),
                end.isEmpty, abs(last) <= 200
            else { return nil }
            tenths.append(Int((last * 10).rounded()))
        }
        guard let low = tenths.min(), let high = tenths.max() else { return nil }
        return low...high
    }

    /// The number at the beginning of a text and what follows it.
    private static func number(_ text: String) -> (value: Double, rest: String)? {
        let end =
            text.indices.dropFirst(text.first == "-" || text.first == "+" ? 1 : 0)
            .first { !(text[$0].isASCII && text[$0].isNumber || ".,".contains(text[$0])) }
            ?? text.endIndex
        let digits = text[..<end].map { $0 == "," ? "." : String($0) }.joined()
        guard let value = Double(digits), value.isFinite else { return nil }
        return (value, trimmed(String(text[end...])))
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
