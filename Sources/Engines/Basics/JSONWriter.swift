extension JSONValue {
    /// The value as JSON text (RFC 8259) with sorted keys: many times faster than an encoder, for
    /// answers that have to come within a millisecond.
    ///
    /// Numbers that JSON cannot write, infinite ones and those that are none, become `null`.
    public var utf8: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4_096)
        write(to: &bytes)
        return bytes
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .boolean(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .number(let value): JSONValue.write(value, to: &bytes)
        case .string(let value): bytes.append(jsonString: value)
        case .array(let values):
            bytes.append(0x5B)
            for (place, value) in values.enumerated() {
                if place > 0 { bytes.append(0x2C) }
                value.write(to: &bytes)
            }
            bytes.append(0x5D)
        case .object(let members):
            bytes.append(0x7B)
            for (place, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if place > 0 { bytes.append(0x2C) }
                bytes.append(jsonString: member.key)
                bytes.append(0x3A)
                member.value.write(to: &bytes)
            }
            bytes.append(0x7D)
        }
    }

    private static func write(_ value: Double, to bytes: inout [UInt8]) {
        guard value.isFinite else { return bytes += "null".utf8 }
        if value == value.rounded(), abs(value) < 1e15 {
            bytes += String(Int64(value)).utf8
        } else {
            bytes += String(value).utf8
        }
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
