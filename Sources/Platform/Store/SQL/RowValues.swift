/// The values of one row, its texts end to end in one buffer.
///
/// Filled again and again it allocates nothing, and an engine takes the texts out of it as they lie.
public struct RowValues: Sendable {
    enum Value: Sendable {
        case null
        case integer(Int64)
        case real(Double)
        /// A text, by its place in `texts`.
        case text(Range<Int>)
        /// Bytes, by their place in `blobs`.
        case blob(Range<Int>)
    }

    private(set) var values: [Value] = []
    /// Never without an address.
    private(set) var texts: [UInt8] = [RowValues.beginning]
    private(set) var blobs: [UInt8] = []

    private static let beginning = UInt8(ascii: " ")

    /// Creates a row without values.
    public init() {}

    /// The number of values.
    public var count: Int { values.count }

    /// Forgets the values and keeps their memory.
    public mutating func removeAll() {
        values.removeAll(keepingCapacity: true)
        texts.removeLast(texts.count - 1)
        blobs.removeAll(keepingCapacity: true)
    }

    /// Adds NULL.
    public mutating func appendNull() { values.append(.null) }

    /// Adds a whole number.
    public mutating func append(_ number: Int64) { values.append(.integer(number)) }

    /// Adds a text.
    public mutating func append(_ text: String) {
        let start = texts.count
        var text = text
        text.withUTF8 { texts.append(contentsOf: $0) }
        values.append(.text(start..<texts.count))
    }

    /// Adds a text, or NULL.
    public mutating func append(_ text: String?) {
        if let text { append(text) } else { appendNull() }
    }

    /// Adds any value.
    public mutating func append(_ value: SQLValue) {
        switch value {
        case .null: appendNull()
        case .integer(let number): append(number)
        case .real(let number): values.append(.real(number))
        case .text(let text): append(text)
        case .blob(let bytes):
            values.append(.blob(blobs.count..<blobs.count + bytes.count))
            blobs += bytes
        }
    }

    /// A value by its index.
    func sqlValue(at index: Int) -> SQLValue {
        switch values[index] {
        case .null: .null
        case .integer(let number): .integer(number)
        case .real(let number): .real(number)
        case .text(let place): .text(String(decoding: texts[place], as: UTF8.self))
        case .blob(let place): .blob(Array(blobs[place]))
        }
    }
}
