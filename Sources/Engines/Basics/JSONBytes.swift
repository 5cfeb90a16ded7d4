/// A number that JSON cannot say: infinite, or none.
public struct NumberNotInJSON: Error {}

extension JSONValue {
    /// The value as JSON text in UTF-8, members sorted by name.
    ///
    /// - Throws: ``NumberNotInJSON``.
    public func bytes() throws(NumberNotInJSON) -> [UInt8] {
        var output: [UInt8] = []
        try write(to: &output)
        return output
    }

    private func write(to output: inout [UInt8]) throws(NumberNotInJSON) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .boolean(let flag): output.append(contentsOf: (flag ? "true" : "false").utf8)
        case .integer(let number): output.append(contentsOf: String(number).utf8)
        case .number(let number): try Self.write(number, to: &output)
        case .string(let text): output.append(jsonString: text)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                try element.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                output.append(jsonString: member.key)
                output.append(UInt8(ascii: ":"))
                try member.value.write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// Whole numbers up to here are written without a fraction.
    private static let largestWhole = 1e15

    private static func write(
        _ number: Double,
        to output: inout [UInt8]
    ) throws(NumberNotInJSON) {
        guard number.isFinite else { throw NumberNotInJSON() }
        let isWhole = number.magnitude < largestWhole && number == number.rounded()
        output.append(contentsOf: (isWhole ? String(Int(number)) : String(number)).utf8)
    }
}

extension [UInt8] {
    /// Adds a text as a JSON string in UTF-8, escaped as RFC 8785 §3.2.2.2 has it.
    public mutating func append(jsonString text: String) {
        append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case 0x08: append(contentsOf: #"\b"#.utf8)
            case 0x09: append(contentsOf: #"\t"#.utf8)
            case 0x0A: append(contentsOf: #"\n"#.utf8)
            case 0x0C: append(contentsOf: #"\f"#.utf8)
            case 0x0D: append(contentsOf: #"\r"#.utf8)
            case 0..<0x20:
                append(contentsOf: (byte < 0x10 ? #"\u000"# : #"\u00"#).utf8)
                append(contentsOf: String(byte, radix: 16).utf8)
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }
}
