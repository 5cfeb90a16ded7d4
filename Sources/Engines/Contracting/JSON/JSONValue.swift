/// A JSON value (RFC 8259) that keeps what most readers lose: the order of members, members given
/// twice, and the text of numbers.
public enum JSONValue: Sendable, Hashable {
    /// The literal `null`.
    case null
    /// The literal `true` or `false`.
    case bool(Bool)
    /// A number as it was written, so that `0.10` and 20-digit amounts come back unchanged.
    case number(text: String)
    /// A string, unescaped.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object.
    case object(JSONObject)

    /// A whole number.
    public static func integer(_ number: some BinaryInteger) -> JSONValue {
        .number(text: String(number))
    }

    /// The string, where the value is one.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The object, where the value is one.
    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The elements, where the value is an array.
    public var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// What the value is, for a message to a person.
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

/// A JSON object: its members in the order they were written.
public struct JSONObject: Sendable, Hashable {
    /// One name and its value.
    public struct Member: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value.
        public var value: JSONValue

        /// Creates a member.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The members in order.
    public var members: [Member]

    /// Creates an object from its members in order.
    public init(_ members: [Member] = []) {
        self.members = members
    }

    /// The value of a name; of a name given twice the last one counts, as in most readers.
    ///
    /// Setting replaces in place, appends a new name, and removes where the new value is nil.
    public subscript(name: String) -> JSONValue? {
        get {
            // Backwards, so that the last of two members of one name wins.
            for member in members.reversed() where member.name == name { return member.value }
            return nil
        }
        set {
            let index = members.lastIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (_, nil): members.removeAll { $0.name == name }
            }
        }
    }

    /// The string of a name.
    public subscript(text name: String) -> String? {
        get { self[name]?.text }
        set { self[name] = newValue.map(JSONValue.string) }
    }

    /// The identifier of a name: OCDS lets one be a string or a whole number.
    public subscript(identifier name: String) -> String? {
        get {
            switch self[name] {
            case .string(let text), .number(let text): text
            default: nil
            }
        }
        set { self[name] = newValue.map(JSONValue.string) }
    }

    /// The texts of an array of strings; empty where there is none.
    public subscript(texts name: String) -> [String] {
        get { self[name]?.array?.compactMap(\.text) ?? [] }
        set { self[name] = newValue.isEmpty ? nil : .array(newValue.map(JSONValue.string)) }
    }

    /// The object of a name, seen as a type of OCDS.
    public subscript<Kind: OCDSObject>(object name: String) -> Kind? {
        get { self[name]?.object.map(Kind.init(json:)) }
        set { self[name] = newValue.map { .object($0.json) } }
    }

    /// The objects of an array, seen as a type of OCDS; what is not an object is passed over.
    public subscript<Kind: OCDSObject>(objects name: String) -> [Kind] {
        get { self[name]?.array?.compactMap { $0.object.map(Kind.init(json:)) } ?? [] }
        set { self[name] = newValue.isEmpty ? nil : .array(newValue.map { .object($0.json) }) }
    }
}
