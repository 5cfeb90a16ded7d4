import Basics
public import Packaging

/// How a CSV file is read.
public struct CSVOptions: Sendable, Hashable {
    /// The delimiter as an ASCII byte; nothing lets the reader find it.
    public var delimiter: UInt8?
    /// The encoding; nothing lets the reader find it.
    public var encoding: TextEncoding?
    /// Whether lines without any character are passed over (they still count as rows).
    public var skipsBlankRows = true
    /// The limits of the file.
    public var limits = TabularLimits()

    /// Creates the options with their default values.
    public init() {}
}

/// A streaming reader of CSV files (RFC 4180), in constant memory.
///
/// Encoding and delimiter are found from the content; LF, CRLF and CR end a row. Faults of quoting
/// are read leniently and listed in `faults`.
///
///     var reader = try CSVReader(SequentialSource(bytes))
///     var row = CSVRow()
///     while try reader.next(&row) { print(row.number, row[0].string, row[1].int64 ?? 0) }
public struct CSVReader {
    private static let blockBytes = 262_144

    /// The delimiter in use.
    public let delimiter: UInt8
    /// Where the file departs from RFC 4180, up to `maximumFaultCount`.
    public private(set) var faults: [CSVFault] = []
    /// How many departures there were in all.
    public private(set) var faultCount = 0
    private var source: UTF8Source
    private let options: CSVOptions
    private var scanner: CSVScanner
    /// Bytes not yet handed out lie in `position..<limit`.
    private var block: [UInt8]
    private var position = 0
    private var limit = 0
    private var isAtEnd = false
    private var rowNumber = 0
    private var line = 1

    /// Starts reading: decides on the encoding and the delimiter.
    ///
    /// - Throws: `TabularError` `emptyFile`, `unknownEncoding` or what the source throws.
    public init(_ source: any ByteSource, options: CSVOptions = CSVOptions()) throws {
        var decoded = UTF8Source(source, encoding: options.encoding)
        var block = [UInt8](repeating: 0, count: CSVReader.blockBytes)
        let count = try TabularError.explaining {
            try block.withUnsafeMutableBytes { try decoded.read(into: $0) }
        }
        guard count > 0 else { throw TabularError.emptyFile }
        let columns = options.limits.maximumColumnCount
        delimiter =
            options.delimiter
            ?? block.withUnsafeBufferPointer {
                DelimiterSniffer.delimiter(
                    of: UnsafeBufferPointer(rebasing: $0[..<count]),
                    isWhole: count < UTF8Source.blockBytes,
                    maximumColumnCount: columns
                )
            }
        scanner = CSVScanner(delimiter: delimiter, maximumFieldCount: columns)
        limit = count
        self.source = decoded
        self.block = block
        self.options = options
    }

    /// The encoding found so far; text of ASCII alone counts as UTF-8.
    public var encoding: TextEncoding { source.encoding }

    /// Reads the next row into `row`; false at the end of the file.
    ///
    /// - Throws: `TabularError` where a limit is passed or the text leaves its encoding.
    public mutating func next(_ row: inout CSVRow) throws -> Bool {
        while try nextOfAny(&row) {
            if options.skipsBlankRows, row.bytes.isEmpty { continue }
            return true
        }
        return false
    }

    private mutating func nextOfAny(_ row: inout CSVRow) throws -> Bool {
        while true {
            if position == limit {
                guard try refill() else { return false }
            }
            let outcome = scan(&row)
            switch outcome {
            case .row(let next, let lineBreaks):
                rowNumber += 1
                row.number = rowNumber
                row.line = line
                block.withUnsafeBufferPointer {
                    row.take(UnsafeBufferPointer(rebasing: $0[position..<next]))
                }
                if row.bounds.count == 1, row.bounds[0].end == 0 {
                    // Only a line break; an empty quoted field ("") is a row with content.
                    row.bytes.removeAll(keepingCapacity: true)
                }
                position = next
                if !scanner.faults.isEmpty { report() }
                line += lineBreaks
                try checkLimits(of: row)
                return true
            case .cutOff(let fieldStart):
                try checkUnfinished(fieldStart: fieldStart, column: row.bounds.count + 1)
                _ = try refill()
            case .tooManyFields:
                throw TabularError.tooManyColumns(
                    limit: options.limits.maximumColumnCount,
                    row: rowNumber + 1,
                    line: line
                )
            }
        }
    }

    private mutating func scan(_ row: inout CSVRow) -> CSVScanner.Outcome {
        let start = position
        let end = limit
        let isFinal = isAtEnd
        return block.withUnsafeBufferPointer {
            scanner.scan(
                UnsafeBufferPointer(rebasing: $0[..<end]),
                from: start,
                isFinal: isFinal,
                into: &row.bounds
            )
        }
    }

    /// Moves the unread bytes to the front of the block and reads more; false at the end.
    private mutating func refill() throws -> Bool {
        if isAtEnd { return false }
        let unread = limit - position
        if unread > block.count / 2 {
            block.append(contentsOf: repeatElement(0, count: block.count))
        }
        let count = try block.withUnsafeMutableBytes { bytes in
            if position > 0, unread > 0 {
                bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<limit]))
            }
            let space = UnsafeMutableRawBufferPointer(rebasing: bytes[unread...])
            return try TabularError.explaining { try source.read(into: space) }
        }
        position = 0
        limit = unread + count
        isAtEnd = count == 0
        return limit > 0
    }

    private mutating func report() {
        for fault in scanner.faults where faults.count < options.limits.maximumFaultCount {
            faults.append(
                CSVFault(kind: fault.kind, row: rowNumber, column: fault.column, line: line)
            )
        }
        faultCount += scanner.faults.count
    }

    private func checkLimits(of row: CSVRow) throws {
        if rowNumber > options.limits.maximumRowCount {
            throw TabularError.tooManyRows(
                limit: options.limits.maximumRowCount,
                row: rowNumber,
                line: row.line
            )
        }
        guard row.bytes.count > options.limits.maximumCellBytes else { return }
        for (index, bound) in row.bounds.enumerated()
        where Int(bound.end - bound.start) > options.limits.maximumCellBytes {
            throw cellTooLarge(column: index + 1, line: row.line)
        }
    }

    /// Refuses a field or a row that has outgrown its limit before its end is seen.
    private func checkUnfinished(fieldStart: Int, column: Int) throws {
        if limit - fieldStart > 2 * options.limits.maximumCellBytes + 2 {
            throw cellTooLarge(column: column, line: line)
        }
        if limit - position > options.limits.maximumRowBytes {
            throw TabularError(
                .rowTooLarge,
                Bilingual(
                    "\((rowNumber + 1).grouped)행이 너무 깁니다"
                        + "(한도 \(options.limits.maximumRowBytes.megabytes)MB).",
                    "Row \((rowNumber + 1).grouped) is too long "
                        + "(limit \(options.limits.maximumRowBytes.megabytes) MB)."
                ),
                row: rowNumber + 1,
                line: line
            )
        }
    }

    private func cellTooLarge(column: Int, line: Int) -> TabularError {
        .cellTooLarge(
            "\(options.limits.maximumCellBytes.grouped)B",
            row: max(rowNumber, 1),
            column: column,
            line: line
        )
    }
}
