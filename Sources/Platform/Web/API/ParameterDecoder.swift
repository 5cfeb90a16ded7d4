/// Decodes the parameters of a request into a value: names become keys, repeated names arrays.
struct ParameterDecoder: Decoder {
    let values: [String: [String]]
    let codingPath: [any CodingKey] = []
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Keyed(values: values))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw mismatch("a list at the top")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw mismatch("a single value at the top")
    }

    private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let values: [String: [String]]
        let codingPath: [any CodingKey] = []
        var allKeys: [Key] { values.keys.compactMap(Key.init(stringValue:)) }

        func contains(_ key: Key) -> Bool { values[key.stringValue] != nil }
        func decodeNil(forKey key: Key) -> Bool { !contains(key) }

        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            guard let list = values[key.stringValue] else {
                throw DecodingError.keyNotFound(
                    key,
                    .init(codingPath: [key], debugDescription: "missing")
                )
            }
            return try Value(from: ListDecoder(list: list, codingPath: [key]))
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type,
            forKey key: Key
        ) throws -> KeyedDecodingContainer<Nested> { throw mismatch("an object") }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            try ListDecoder(list: values[key.stringValue] ?? [], codingPath: [key])
                .unkeyedContainer()
        }
        func superDecoder() throws -> any Decoder { throw mismatch("a superclass") }
        func superDecoder(forKey key: Key) throws -> any Decoder { throw mismatch("a superclass") }
    }

    /// The values of one parameter: its first as a single value, all of them as a list.
    private struct ListDecoder: Decoder, SingleValueDecodingContainer {
        let list: [String]
        let codingPath: [any CodingKey]
        var userInfo: [CodingUserInfoKey: Any] { [:] }

        func container<Key: CodingKey>(
            keyedBy type: Key.Type
        ) throws -> KeyedDecodingContainer<Key> { throw mismatch("an object") }
        func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
            Unkeyed(list: list, codingPath: codingPath)
        }
        func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

        func decodeNil() -> Bool { false }
        func decode(_ type: Bool.Type) throws -> Bool { try convert(Bool.init) }
        func decode(_ type: String.Type) throws -> String { try convert { $0 } }
        func decode(_ type: Double.Type) throws -> Double { try convert(Double.init) }
        func decode(_ type: Int.Type) throws -> Int { try convert(Int.init) }
        func decode(_ type: Int64.Type) throws -> Int64 { try convert(Int64.init) }
        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            try Value(from: self)
        }

        private func convert<Value>(_ read: (String) -> Value?) throws -> Value {
            guard let text = list.first, let value = read(text) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: codingPath, debugDescription: "not a \(Value.self)")
                )
            }
            return value
        }
    }

    private struct Unkeyed: UnkeyedDecodingContainer {
        let list: [String]
        let codingPath: [any CodingKey]
        var currentIndex = 0
        var count: Int? { list.count }
        var isAtEnd: Bool { currentIndex >= list.count }

        mutating func decodeNil() -> Bool { false }
        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            guard !isAtEnd else { throw mismatch("more values") }
            defer { currentIndex += 1 }
            return try Value(
                from: ListDecoder(list: [list[currentIndex]], codingPath: codingPath)
            )
        }
        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) throws -> KeyedDecodingContainer<Nested> { throw mismatch("an object") }
        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
            throw mismatch("a nested list")
        }
        mutating func superDecoder() throws -> any Decoder { throw mismatch("a superclass") }
    }
}

private func mismatch(_ what: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: [], debugDescription: "parameters cannot hold \(what)"))
}
