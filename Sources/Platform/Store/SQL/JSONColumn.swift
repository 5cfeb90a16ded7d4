internal import FoundationEssentials

/// A value kept as JSON inside one `TEXT` column: a list, a `Bilingual`, a form's answers.
///
/// Keys are sorted, so equal values are equal texts.
public struct JSONColumn<Value: Codable>: Codable, SQLBindable, SQLDecodable {
    /// The value.
    public var value: Value

    /// Wraps a value for a column.
    public init(_ value: Value) {
        self.value = value
    }

    /// The JSON text; a value that JSON cannot say (a NaN) is NULL, which a `NOT NULL` column refuses.
    public var sqlValue: SQLValue {
        (try? JSONText.encode(value)).map { .text($0) } ?? .null
    }

    /// Reads the JSON text of a column.
    public init(sqlValue: SQLValue) throws {
        value = try JSONText.decode(Value.self, from: String(sqlValue: sqlValue))
    }

    /// Reads the JSON text of a column.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        value = try JSONText.decode(Value.self, from: text)
    }

    /// Writes the JSON text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(try JSONText.encode(value))
    }
}

extension JSONColumn: Sendable where Value: Sendable {}
extension JSONColumn: Equatable where Value: Equatable {}
extension JSONColumn: Hashable where Value: Hashable {}

/// JSON as this module writes it: sorted keys, UTF-8, slashes as they are.
enum JSONText {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
