import Basics

/// The shape of a value in the API: JSON Schema 2020-12, as OpenAPI 3.1 uses it.
///
/// One description serves twice: the document tells it to callers, and parameters are held against
/// it before a handler sees them.
public struct Schema: Sendable, Hashable {
    indirect enum Shape: Sendable, Hashable {
        case string(format: String?, maximumLength: Int?, values: [String]?)
        case integer(range: ClosedRange<Int>?)
        case number
        case boolean
        case array(Schema, maximumCount: Int?)
        case object([Property])
        case any
    }

    struct Property: Sendable, Hashable {
        var name: String
        var schema: Schema
        var isRequired: Bool
    }

    let shape: Shape
    var note: String?

    /// Text.
    public static func string(maximumLength: Int? = nil) -> Schema {
        Schema(shape: .string(format: nil, maximumLength: maximumLength, values: nil))
    }

    /// One of some words.
    public static func oneOf(_ values: [String]) -> Schema {
        Schema(shape: .string(format: nil, maximumLength: nil, values: values))
    }

    /// A date, `2023-01-25`.
    public static let date = Schema(
        shape: .string(format: "date", maximumLength: 10, values: nil)
    )

    /// An instant, RFC 3339.
    public static let dateTime = Schema(
        shape: .string(format: "date-time", maximumLength: 35, values: nil)
    )

    /// A link.
    public static let uriReference = Schema(
        shape: .string(format: "uri-reference", maximumLength: nil, values: nil)
    )

    /// A whole number.
    public static func integer(_ range: ClosedRange<Int>? = nil) -> Schema {
        Schema(shape: .integer(range: range))
    }

    /// A number.
    public static let number = Schema(shape: .number)

    /// True or false.
    public static let boolean = Schema(shape: .boolean)

    /// Any value.
    public static let any = Schema(shape: .any)

    /// A list.
    public static func array(of element: Schema, maximumCount: Int? = nil) -> Schema {
        Schema(shape: .array(element, maximumCount: maximumCount))
    }

    /// An object with the properties it always has and those it may have.
    public static func object(
        _ required: KeyValuePairs<String, Schema>,
        optional: KeyValuePairs<String, Schema> = [:]
    ) -> Schema {
        Schema(
            shape: .object(
                required.map { Property(name: $0.key, schema: $0.value, isRequired: true) }
                    + optional.map { Property(name: $0.key, schema: $0.value, isRequired: false) }
            )
        )
    }

    /// The schema with a note on what the value means: unit, source.
    public func described(_ note: String) -> Schema {
        var copy = self
        copy.note = note
        return copy
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [:]
        if let note { members["description"] = .string(note) }
        switch shape {
        case .string(let format, let maximumLength, let values):
            members["type"] = "string"
            if let format { members["format"] = .string(format) }
            if let maximumLength { members["maxLength"] = .integer(maximumLength) }
            if let values { members["enum"] = .array(values.map(JSONValue.string)) }
        case .integer(let range):
            members["type"] = "integer"
            if let range {
                members["minimum"] = .integer(range.lowerBound)
                members["maximum"] = .integer(range.upperBound)
            }
        case .number: members["type"] = "number"
        case .boolean: members["type"] = "boolean"
        case .any: break
        case .array(let element, let maximumCount):
            members["type"] = "array"
            members["items"] = element.json
            if let maximumCount { members["maxItems"] = .integer(maximumCount) }
        case .object(let properties):
            members["type"] = "object"
            members["properties"] = .object(
                Dictionary(uniqueKeysWithValues: properties.map { ($0.name, $0.schema.json) })
            )
            let required = properties.filter(\.isRequired).map { JSONValue.string($0.name) }
            if !required.isEmpty { members["required"] = .array(required) }
        }
        return .object(members)
    }

    /// What is wrong with the text of a parameter, or nothing.
    func fault(in text: String) -> Bilingual? {
        switch shape {
        case .string(let format, let maximumLength, let values):
            if let values, !values.contains(text) {
                let list = values.joined(separator: ", ")
                return Bilingual("다음 가운데 하나여야 합니다: \(list)", "Must be one of: \(list)")
            }
            if let maximumLength, text.unicodeScalars.count > maximumLength {
                return Bilingual(
                    "\(maximumLength)자까지 쓸 수 있습니다.",
                    "At most \(maximumLength) characters."
                )
            }
            if format == "date", LocalDate(iso: text) == nil {
                return Bilingual("날짜는 2023-01-25처럼 씁니다.", "A date is written 2023-01-25.")
            }
        case .integer(let range):
            guard let number = Int(text) else {
                return Bilingual("정수여야 합니다.", "Must be a whole number.")
            }
            if let range, !range.contains(number) {
                return Bilingual(
                    "\(range.lowerBound)부터 \(range.upperBound)까지의 수여야 합니다.",
                    "Must be between \(range.lowerBound) and \(range.upperBound)."
                )
            }
        case .number:
            guard let number = Double(text), number.isFinite else {
                return Bilingual("수여야 합니다.", "Must be a number.")
            }
        case .boolean:
            guard text == "true" || text == "false" else {
                return Bilingual("true 또는 false여야 합니다.", "Must be true or false.")
            }
        case .array(let element, _): return element.fault(in: text)
        case .object, .any: return nil
        }
        return nil
    }
}
