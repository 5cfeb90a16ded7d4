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
        try check(value)
        return value.utf8
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

    private static func check(_ value: JSONValue) throws {
        switch value {
        case .boolean, .integer, .string: break
        case .array(let elements): try elements.forEach(check)
        case .object(let members): try members.values.forEach(check)
        case .null, .number: throw DrawingError.unreadable("a fraction or null")
        }
    }
}
