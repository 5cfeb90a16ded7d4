public import Basics
internal import FoundationEssentials

/// The one byte form of a draw's documents: JSON as RFC 8785 writes it, without fractions and `null`.
///
/// Members are sorted by name (all names are ASCII), there is no white space, text is UTF-8, and only
/// quotation mark, reverse solidus and control characters are escaped.
public enum CanonicalJSON {
    /// The largest document that is read, in bytes.
    public static let maximumByteCount = 256 << 20

    /// Writes a value.
    ///
    /// A draw's documents have no fractions and no `null`; such a value is refused.
    public static func bytes(_ value: JSONValue) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try append(value, to: &bytes)
        return bytes
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        guard bytes.count <= maximumByteCount else { throw DrawingError.tooLarge(bytes.count) }
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let error as DrawingError {
            throw error
        } catch {
            throw DrawingError.unreadable("\(error)")
        }
    }

    private static func append(_ value: JSONValue, to bytes: inout [UInt8]) throws {
        switch value {
        case .boolean(let value): bytes += Array(String(value).utf8)
        case .integer(let value): bytes += Array(String(value).utf8)
        case .string(let value): append(value, to: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                try append(element, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                try append(member.value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .null, .number: throw DrawingError.unreadable("a fraction or null")
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: bytes += Array(escaped(byte).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escaped(_ control: UInt8) -> String {
        switch control {
        case 0x08: "\\b"
        case 0x09: "\\t"
        case 0x0A: "\\n"
        case 0x0C: "\\f"
        case 0x0D: "\\r"
        default: "\\u00" + HexBytes([control]).hex
        }
    }
}
