internal import Basics

extension Cells {
    func decode<Record: Decodable>(_ type: Record.Type) throws -> Record {
        do {
            return try decodeColumn(type, 0, whole: true)
        } catch let error as DecodingError {
            throw StoreError(.decoding, context: "\(type): \(error)")
        }
    }

    /// Decodes the types that columns hold without going through `Codable`, and all others with it.
    @inline(__always)
    fileprivate func decodeColumn<T: Decodable>(
        _ type: T.Type,
        _ column: Int,
        whole: Bool = false
    ) throws -> T {
        if let result = try known(type, column) { return result }
        return whole
            ? try T(from: RowDecoder(cells: self))
            : try T(from: CellDecoder(cells: self, column: column))
    }

    private func known<T>(_ type: T.Type, _ column: Int) throws -> T? {
        if T.self == String.self { return try text(column) as? T }
        if T.self == Int.self { return Int(try integer(column)) as? T }
        if T.self == Int64.self { return try integer(column) as? T }
        if T.self == Double.self { return try real(column) as? T }
        if T.self == Bool.self { return try Bool(sqlValue: value(column)) as? T }
        if T.self == [UInt8].self { return try [UInt8](sqlValue: value(column)) as? T }
        if T.self == Instant.self { return try Instant(sqlValue: value(column)) as? T }
        if T.self == Won.self { return try Won(sqlValue: value(column)) as? T }
        if T.self == LocalDate.self { return try LocalDate(sqlValue: value(column)) as? T }
        return nil
    }
}

/// Reads a record out of a row: a property is a column.
struct RowDecoder: Decoder {
    let cells: Cells
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RowContainer<Key>(cells: cells))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw notAColumn("a list", codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        CellDecoder(cells: cells, column: 0)
    }
}

private func notAColumn(_ what: String, _ path: [any CodingKey]) -> DecodingError {
    .dataCorrupted(
        .init(
            codingPath: path,
            debugDescription: "a column holds one value, not \(what); wrap it in JSONColumn"
        )
    )
}

private struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let cells: Cells
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { cells.columns.names.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { cells.columns.index(ofProperty: key.stringValue) != nil }

    private func column(_ key: Key) throws -> Int {
        guard let column = cells.columns.index(ofProperty: key.stringValue) else {
            throw DecodingError.keyNotFound(
                key,
                .init(
                    codingPath: [key],
                    debugDescription: "no such column among \(cells.columns.names)"
                )
            )
        }
        return column
    }

    func decodeNil(forKey key: Key) throws -> Bool { cells.isNull(try column(key)) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try located(key) { try cells.text($0) }
    }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
        try located(key) { Int(try cells.integer($0)) }
    }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
        try located(key) { try cells.integer($0) }
    }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        try located(key) { try cells.real($0) }
    }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try located(key) { try cells.decodeColumn(type, $0) }
    }

    /// Adds the property's name to what went wrong with its column.
    private func located<T>(_ key: Key, _ body: (Int) throws -> T) throws -> T {
        let column = try column(key)
        do {
            return try body(column)
        } catch let error as StoreError {
            throw StoreError(
                error.code,
                error.message,
                context: "\(key.stringValue): \(error.context)"
            )
        }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw notAColumn("a record", [key])
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw notAColumn("a list", [key])
    }
    func superDecoder() throws -> any Decoder { RowDecoder(cells: cells) }
    func superDecoder(forKey key: Key) throws -> any Decoder {
        CellDecoder(cells: cells, column: try column(key))
    }
}

private struct CellDecoder: Decoder, SingleValueDecodingContainer {
    let cells: Cells
    let column: Int
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw notAColumn("a record", codingPath)
    }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw notAColumn("a list", codingPath)
    }
    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { cells.isNull(column) }
    func decode(_ type: Bool.Type) throws -> Bool { try Bool(sqlValue: cells.value(column)) }
    func decode(_ type: String.Type) throws -> String { try cells.text(column) }
    func decode(_ type: Double.Type) throws -> Double { try cells.real(column) }
    func decode(_ type: Float.Type) throws -> Float { Float(try cells.real(column)) }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try cells.decodeColumn(type, column) }

    private func integer<T: FixedWidthInteger>() throws -> T {
        let number = try cells.integer(column)
        guard let value = T(exactly: number) else {
            throw StoreError.decoding(.integer(number), as: T.self)
        }
        return value
    }
}
