/// How the text of a public value is brought into its one form, after RFC 3797 §4.1.
///
/// Numbers lose separators and leading zeros and are followed by a period; text keeps its ASCII
/// letters, as capitals, and its digits. Each value ends with a slash: `9319./2.5.8.10.12./`.
public enum InputForm: String, Sendable, Hashable, Codable, CaseIterable {
    /// One number, whole or with a decimal fraction as published: `2,731.90` is `2731.90.`
    case number
    /// Whole numbers whose order means nothing, as of a lottery: sorted.
    case set
    /// Whole numbers in the order published.
    case sequence
    /// A text.
    case text

    /// The most bytes of a value as published.
    public static let maximumByteCount = 1000

    /// The form of a value with its slash; throws where the text has no value of this form.
    public func canonical(_ published: String) throws -> String {
        guard published.utf8.count <= InputForm.maximumByteCount,
            let form = self.form(of: published), !form.isEmpty
        else { throw DrawingError.badInput(published) }
        return form + "/"
    }

    private func form(of text: String) -> String? {
        switch self {
        case .number: InputForm.number(text)
        case .set: InputForm.integers(text)?.sorted().map { "\($0)." }.joined()
        case .sequence: InputForm.integers(text)?.map { "\($0)." }.joined()
        case .text: InputForm.letters(text)
        }
    }

    private static func number(_ text: String) -> String? {
        let digits = text.filter { $0 != "," && $0 != " " }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) })
        else { return nil }
        let whole = String(parts[0].drop { $0 == "0" })
        return ([whole.isEmpty ? "0" : whole] + parts.dropFirst().map(String.init))
            .joined(separator: ".") + "."
    }

    private static func integers(_ text: String) -> [UInt64]? {
        let words = text.split { $0 == "," || $0 == " " }
        let numbers = words.filter { $0.utf8.count <= 19 && $0.utf8.allSatisfy(isDigit) }
            .compactMap { UInt64($0) }
        return numbers.count == words.count ? numbers : nil
    }

    private static func letters(_ text: String) -> String {
        let kept = text.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte
            default: isDigit(byte) ? byte : nil
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
