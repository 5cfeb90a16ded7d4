/// Reads protocol buffers (https://protobuf.dev/programming-guides/encoding/) from a range of bytes:
/// fields are handed out one by one, nothing is copied.
struct ProtobufReader {
    /// How a field is written.
    enum Wire: UInt64 {
        case varint = 0
        case fixed64 = 1
        case bytes = 2
        case fixed32 = 5
    }

    /// A field's number and wire type.
    struct Field {
        let number: UInt64
        let wire: Wire
    }

    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    init(_ bytes: [UInt8]) {
        self.init(bytes, 0..<bytes.count)
    }

    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position == end }
    var range: Range<Int> { position..<end }

    /// The next field, or nothing at the end.
    mutating func next() throws(RoutingError) -> Field? {
        if isAtEnd { return nil }
        let key = try varint()
        guard let wire = Wire(rawValue: key & 7), key >> 3 > 0 else {
            throw .damagedMap("field key \(key)")
        }
        return Field(number: key >> 3, wire: wire)
    }

    /// The next varint.
    @inline(__always)
    mutating func varint() throws(RoutingError) -> UInt64 {
        guard position < end else { throw .damagedMap("varint cut off") }
        let first = bytes[position]
        position += 1
        if first < 0x80 { return UInt64(first) }
        return try longVarint(first)
    }

    private mutating func longVarint(_ first: UInt8) throws(RoutingError) -> UInt64 {
        var value = UInt64(first & 0x7f)
        var shift: UInt64 = 7
        while position < end, shift < 64 {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw .damagedMap("varint")
    }

    /// The next signed varint (ZigZag).
    @inline(__always)
    mutating func zigzag() throws(RoutingError) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// The range of a field of bytes that begins here.
    mutating func bytesRange() throws(RoutingError) -> Range<Int> {
        let count = try varint()
        guard count <= UInt64(end - position) else { throw .damagedMap("field of \(count) bytes") }
        defer { position += Int(count) }
        return position..<position + Int(count)
    }

    /// A reader of the field of bytes that begins here.
    mutating func message() throws(RoutingError) -> ProtobufReader {
        ProtobufReader(bytes, try bytesRange())
    }

    /// The text of the field of bytes that begins here; what is not UTF-8 is repaired.
    mutating func string() throws(RoutingError) -> String {
        String(decoding: bytes[try bytesRange()], as: UTF8.self)
    }

    /// Passes over a field.
    mutating func skip(_ field: Field) throws(RoutingError) {
        switch field.wire {
        case .varint: _ = try varint()
        case .bytes: _ = try bytesRange()
        case .fixed64: try skip(8)
        case .fixed32: try skip(4)
        }
    }

    private mutating func skip(_ count: Int) throws(RoutingError) {
        guard end - position >= count else { throw .damagedMap("fixed field cut off") }
        position += count
    }
}
