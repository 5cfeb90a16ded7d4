/// A streaming writer of CSV files (RFC 4180): CRLF, quotation marks where they are needed.
///
/// A text that a spreadsheet would run as a formula, one that starts with `=`, `+`, `-`, `@`, a tab
/// or a carriage return, gets an apostrophe in front (OWASP, "CSV Injection"); so does the text
/// "-1,000". Numbers and dates stay what they are. `neutralizesFormulas = false` writes texts
/// unchanged, for files that programs read.
public struct CSVWriter {
    /// How a CSV file is written.
    public struct Options: Sendable, Hashable {
        /// Whether the file starts with a byte order mark, without which Korean Excel takes UTF-8
        /// for CP949.
        public var writesByteOrderMark = false
        /// Whether texts that look like formulas are neutralised.
        public var neutralizesFormulas = true
        /// The delimiter as an ASCII byte.
        public var delimiter = UInt8(ascii: ",")

        /// Creates the options with their default values.
        public init() {}
    }

    private static let blockBytes = 65_536

    private let options: Options
    private let sink: ([UInt8]) throws -> Void
    private var block: [UInt8] = []

    /// Creates a writer that hands blocks of bytes to a sink.
    public init(options: Options = Options(), sink: @escaping ([UInt8]) throws -> Void) {
        self.options = options
        self.sink = sink
        block.reserveCapacity(CSVWriter.blockBytes * 2)
        if options.writesByteOrderMark { block = [0xEF, 0xBB, 0xBF] }
    }

    /// Writes one row of cells.
    public mutating func write(_ cells: [Cell]) throws {
        for (index, cell) in cells.enumerated() {
            if index > 0 { block.append(options.delimiter) }
            switch cell {
            case .empty: break
            case .text(let text): append(text, isText: true)
            case .number, .date, .boolean: append(cell.text, isText: false)
            }
        }
        try endRow(isBlank: cells.count == 1 && cells[0].text.isEmpty)
    }

    /// Writes one row of texts.
    public mutating func write(_ texts: [String]) throws {
        for (index, text) in texts.enumerated() {
            if index > 0 { block.append(options.delimiter) }
            append(text, isText: true)
        }
        try endRow(isBlank: texts == [""])
    }

    /// Hands out what is left; call it once after the last row.
    public mutating func finish() throws {
        if !block.isEmpty { try sink(block) }
        block = []
    }

    private mutating func endRow(isBlank: Bool) throws {
        // A single empty field would read back as a blank line.
        if isBlank { block.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: "\"")]) }
        block.append(contentsOf: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
        guard block.count >= CSVWriter.blockBytes else { return }
        try sink(block)
        block.removeAll(keepingCapacity: true)
    }

    private mutating func append(_ text: String, isText: Bool) {
        let quote = UInt8(ascii: "\"")
        let isFormula =
            isText && options.neutralizesFormulas && (text.utf8.first.map(startsFormula) ?? false)
        let start = block.count
        if isFormula { block.append(UInt8(ascii: "'")) }
        block.append(contentsOf: text.utf8)
        let needsQuotes = block[start...].contains {
            $0 == quote || $0 == options.delimiter || $0 == UInt8(ascii: "\n")
                || $0 == UInt8(ascii: "\r")
        }
        guard needsQuotes else { return }
        let content = block[start...].flatMap { $0 == quote ? [quote, quote] : [$0] }
        block.removeSubrange(start...)
        block.append(quote)
        block.append(contentsOf: content)
        block.append(quote)
    }

    private func startsFormula(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"),
            UInt8(ascii: "\t"), UInt8(ascii: "\r"):
            true
        default: false
        }
    }
}
