/// The kernel of the CSV reader: finds the fields of one row in a block of bytes.
///
/// It only looks; nothing is copied or unescaped, so a row that the block cuts off is scanned again
/// when more bytes are there.
struct CSVScanner {
    /// How a scan ended.
    enum Outcome {
        /// The row is complete; the next one starts at this index.
        case row(next: Int, lineBreaks: Int)
        /// The block ends within the row; the unfinished field starts at this index.
        case cutOff(fieldStart: Int)
        /// The row has more fields than the limit.
        case tooManyFields
    }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    let delimiter: UInt8
    let maximumFieldCount: Int
    /// Faults of the row scanned last: kind and column from 1.
    var faults: [(kind: CSVFault.Kind, column: Int)] = []
    private let stops: [Bool]

    init(delimiter: UInt8, maximumFieldCount: Int) {
        self.delimiter = delimiter
        self.maximumFieldCount = maximumFieldCount
        var stops = [Bool](repeating: false, count: 256)
        for stop in [delimiter, Self.quote, Self.lineFeed, Self.carriageReturn] {
            stops[Int(stop)] = true
        }
        self.stops = stops
    }

    /// Scans the row that starts at an index; `isFinal` says that no byte follows the block.
    mutating func scan(
        _ block: UnsafeBufferPointer<UInt8>,
        from start: Int,
        isFinal: Bool,
        into bounds: inout [CSVRow.Bounds]
    ) -> Outcome {
        bounds.removeAll(keepingCapacity: true)
        if !faults.isEmpty { faults.removeAll() }
        let end = block.count
        var at = start
        var lineBreaks = 0
        while true {
            let fieldStart = at
            var bound = CSVRow.Bounds(
                start: UInt32(truncatingIfNeeded: at - start),
                end: 0,
                isEscaped: false
            )
            if at < end, block[at] == Self.quote {
                guard
                    let next = scanQuoted(
                        block,
                        from: at,
                        isFinal: isFinal,
                        rowStart: start,
                        bound: &bound,
                        column: bounds.count + 1,
                        lineBreaks: &lineBreaks
                    )
                else { return .cutOff(fieldStart: fieldStart) }
                at = next
            } else {
                at = scanPlain(block, from: at, column: bounds.count + 1)
                bound.end = UInt32(truncatingIfNeeded: at - start)
            }
            guard at < end || isFinal else { return .cutOff(fieldStart: fieldStart) }
            if bounds.count == maximumFieldCount { return .tooManyFields }
            if at == end {
                bounds.append(bound)
                return .row(next: at, lineBreaks: lineBreaks)
            }
            let stop = block[at]
            at += 1
            if stop == delimiter {
                bounds.append(bound)
                continue
            }
            if stop == Self.carriageReturn {
                // Whether a line feed belongs to it is only known with the next byte.
                guard at < end || isFinal else { return .cutOff(fieldStart: fieldStart) }
                if at < end, block[at] == Self.lineFeed { at += 1 }
            }
            bounds.append(bound)
            return .row(next: at, lineBreaks: lineBreaks + 1)
        }
    }

    /// The index of the delimiter or line break after an unquoted field.
    @inline(__always)
    private mutating func scanPlain(
        _ block: UnsafeBufferPointer<UInt8>,
        from start: Int,
        column: Int
    ) -> Int {
        var at = start
        let end = block.count
        stops.withUnsafeBufferPointer { stops in
            while at < end, !stops[Int(block[at])] { at += 1 }
        }
        guard at < end, block[at] == Self.quote else { return at }
        faults.append((.strayQuote, column))
        while at < end, block[at] == Self.quote || !stops[Int(block[at])] { at += 1 }
        return at
    }

    /// The index after a quoted field, or nothing where the block cuts it off.
    private mutating func scanQuoted(
        _ block: UnsafeBufferPointer<UInt8>,
        from start: Int,
        isFinal: Bool,
        rowStart: Int,
        bound: inout CSVRow.Bounds,
        column: Int,
        lineBreaks: inout Int
    ) -> Int? {
        let end = block.count
        var at = start + 1
        bound.start = UInt32(truncatingIfNeeded: at - rowStart)
        while true {
            guard at < end else {
                guard isFinal else { return nil }
                faults.append((.unterminatedQuote, column))
                bound.end = UInt32(truncatingIfNeeded: at - rowStart)
                return at
            }
            let byte = block[at]
            at += 1
            switch byte {
            case Self.lineFeed:
                if block[at - 2] != Self.carriageReturn { lineBreaks += 1 }
            case Self.carriageReturn:
                lineBreaks += 1
            case Self.quote:
                guard at < end || isFinal else { return nil }
                if at < end, block[at] == Self.quote {
                    bound.isEscaped = true
                    at += 1
                    continue
                }
                bound.end = UInt32(truncatingIfNeeded: at - 1 - rowStart)
                if at == end || (stops[Int(block[at])] && block[at] != Self.quote) { return at }
                faults.append((.textAfterQuote, column))
                bound.isEscaped = true
                while at < end, block[at] == Self.quote || !stops[Int(block[at])] { at += 1 }
                bound.end = UInt32(truncatingIfNeeded: at - rowStart)
                return at
            default:
                break
            }
        }
    }
}
