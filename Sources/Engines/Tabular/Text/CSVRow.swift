/// One row of a CSV file: its bytes and where its fields lie in them.
///
/// A row is a value that owns its bytes. Handing the same one to `CSVReader.next(_:)` again and
/// again reuses its memory, so that reading allocates nothing.
public struct CSVRow: Sendable, RandomAccessCollection {
    /// The number of the row as a spreadsheet counts it, from 1; blank rows count.
    public internal(set) var number = 0
    /// The physical line on which the row starts, from 1.
    public internal(set) var line = 0
    /// The UTF-8 of the whole row; `range(of:)` says where a field lies in it.
    public internal(set) var bytes: [UInt8] = []
    @usableFromInline var bounds: [Bounds] = []

    /// Where a field lies in the row's bytes, without its enclosing quotation marks.
    @usableFromInline
    struct Bounds: Sendable {
        @usableFromInline var start: UInt32
        @usableFromInline var end: UInt32
        /// Whether quotation marks remain to be taken out of the content.
        var isEscaped: Bool
    }

    /// Creates a row without fields.
    public init() {}

    /// Creates a row of texts, such as one of a workbook.
    public init(number: Int, fields: some Sequence<String>) {
        self.number = number
        replace(with: fields)
    }

    mutating func replace(with fields: some Sequence<String>) {
        bytes.removeAll(keepingCapacity: true)
        bounds.removeAll(keepingCapacity: true)
        for field in fields {
            let start = UInt32(bytes.count)
            bytes.append(contentsOf: field.utf8)
            bounds.append(Bounds(start: start, end: UInt32(bytes.count), isEscaped: false))
        }
    }

    /// Where a field, from 0, lies in `bytes`; empty where the row has fewer fields.
    @inlinable
    public func range(of index: Int) -> Range<Int> {
        guard index >= 0, index < bounds.count else { return 0..<0 }
        let bound = bounds[index]
        return Int(bound.start)..<Int(bound.end)
    }

    /// 0.
    public var startIndex: Int { 0 }
    /// The count of fields.
    public var endIndex: Int { bounds.count }

    /// A field, from 0; empty where the row has fewer fields.
    public subscript(index: Int) -> CSVField {
        guard bounds.indices.contains(index) else { return CSVField(row: [], start: 0, end: 0) }
        return CSVField(
            row: bytes,
            start: Int(bounds[index].start),
            end: Int(bounds[index].end)
        )
    }

    /// The fields as texts.
    public var strings: [String] {
        bytes.withUnsafeBufferPointer { bytes in
            bounds.map { bound in
                let start = Int(bound.start)
                let end = Int(bound.end)
                return String(decoding: bytes[start..<end], as: UTF8.self)
            }
        }
    }

    /// Takes over a scanned row and takes the quotation marks out of its escaped fields.
    mutating func take(_ raw: UnsafeBufferPointer<UInt8>) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: raw)
        for index in bounds.indices where bounds[index].isEscaped { unescape(index) }
    }

    /// `""` is a quotation mark; a lone one ends the quoted part, and what follows is taken as is.
    private mutating func unescape(_ index: Int) {
        var write = Int(bounds[index].start)
        var read = write
        let end = Int(bounds[index].end)
        var isQuoted = true
        while read < end {
            let byte = bytes[read]
            read += 1
            if isQuoted, byte == UInt8(ascii: "\"") {
                guard read < end, bytes[read] == UInt8(ascii: "\"") else {
                    isQuoted = false
                    continue
                }
                read += 1
            }
            bytes[write] = byte
            write += 1
        }
        bounds[index].end = UInt32(write)
    }
}

/// One field of a CSV row, read as bytes, as text or as a number.
public struct CSVField: Sendable {
    let row: [UInt8]
    let start: Int
    let end: Int

    /// Whether the field has no byte.
    public var isEmpty: Bool { start == end }

    /// The count of bytes of UTF-8.
    public var utf8Count: Int { end - start }

    /// Hands out the field's UTF-8 without copying it.
    public func withUTF8Bytes<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try row.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[start..<end]))
        }
    }

    /// The field as text.
    public var string: String {
        withUTF8Bytes { String(decoding: $0, as: UTF8.self) }
    }

    /// The whole number that the field is in ASCII digits with an optional sign, else nothing.
    public var int64: Int64? {
        withUTF8Bytes { bytes in
            guard let first = bytes.first else { return nil }
            let isNegative = first == UInt8(ascii: "-")
            let digits = bytes.dropFirst(isNegative || first == UInt8(ascii: "+") ? 1 : 0)
            guard !digits.isEmpty else { return nil }
            var value: Int64 = 0
            for byte in digits {
                let digit = Int64(byte) - 48
                guard (0...9).contains(digit) else { return nil }
                let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
                // Negative from the start, so that the least Int64 can be read.
                let (sum, overflowSum) = tens.subtractingReportingOverflow(digit)
                guard !overflow, !overflowSum else { return nil }
                value = sum
            }
            if isNegative { return value }
            return value == .min ? nil : -value
        }
    }
}
