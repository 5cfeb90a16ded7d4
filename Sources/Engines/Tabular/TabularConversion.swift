public import Basics

/// Converts tables between CSV and XLSX as streams.
public enum TabularConversion {
    /// What a table is written as.
    public enum Output: Sendable, Hashable {
        /// CSV in UTF-8.
        case csv(CSVWriter.Options)
        /// An Excel workbook.
        case xlsx(XLSXWriter.Options)

        /// The format that a file's name asks for: `.xlsx` a workbook, `.tsv` tabs, else CSV.
        public init(fileName: String) {
            let name = fileName.lowercased()
            var options = CSVWriter.Options()
            if name.hasSuffix(".tsv") { options.delimiter = UInt8(ascii: "\t") }
            self = name.hasSuffix(".xlsx") ? .xlsx(XLSXWriter.Options()) : .csv(options)
        }
    }

    /// What a conversion did.
    public struct Summary: Sendable, Hashable {
        /// How many rows were written, the header included.
        public var rowCount = 0
        /// What a person should know although the table could be converted.
        public var warnings: [Bilingual] = []
    }

    /// Reads the sheet in view of a table and writes it to a sink in blocks of bytes.
    ///
    /// The first row becomes the header of a workbook. A text of a CSV file that is the canonical
    /// form of a number of up to 15 digits becomes that number, which reads back as the same text;
    /// `007` and `1,000` stay texts.
    ///
    /// - Throws: `TabularError`, or what the sink throws.
    public static func convert(
        _ input: TabularReader,
        to output: Output,
        sink: @escaping ([UInt8]) throws -> Void
    ) throws -> Summary {
        var input = input
        var summary = Summary()
        switch output {
        case .csv(let options): try writeCSV(&input, options, sink, &summary)
        case .xlsx(let options): try writeXLSX(&input, options, sink, &summary)
        }
        summary.warnings = input.warnings
        return summary
    }

    private static func writeCSV(
        _ input: inout TabularReader,
        _ options: CSVWriter.Options,
        _ sink: @escaping ([UInt8]) throws -> Void,
        _ summary: inout Summary
    ) throws {
        var writer = CSVWriter(options: options, sink: sink)
        var row = TabularRow()
        while try input.next(&row) {
            try writer.write(row.cells)
            summary.rowCount += 1
        }
        try writer.finish()
    }

    private static func writeXLSX(
        _ input: inout TabularReader,
        _ options: XLSXWriter.Options,
        _ sink: @escaping ([UInt8]) throws -> Void,
        _ summary: inout Summary
    ) throws {
        var writer = XLSXWriter(options: options, sink: sink)
        var row = TabularRow()
        let name = input.sheets[input.sheetIndex].name
        guard try input.next(&row) else { return try writer.finish() }
        let first = row.cells
        let head = try input.rows(upTo: sampleRowCount)
        let columns = first.enumerated().map { index, cell in
            XLSXColumn(cell.text, width: width(of: index, in: head, title: cell.text))
        }
        try writer.beginSheet(TabularFileType.lastComponent(of: name), columns: columns)
        summary.rowCount = 1 + head.count
        for row in head { try writer.write(row.cells.map(numbered)) }
        while try input.next(&row) {
            for index in row.cells.indices { row.cells[index] = numbered(row.cells[index]) }
            try writer.write(row.cells)
            summary.rowCount += 1
        }
        try writer.finish()
    }

    private static let sampleRowCount = 100
    private static let columnWidths = 8...60

    /// A width that shows the texts of the first rows; a Hangul syllable is two digits wide.
    private static func width(of index: Int, in rows: [TabularRow], title: String) -> Int {
        let texts = rows.map { $0[index].text } + [title]
        let widest =
            texts.map { text in text.unicodeScalars.reduce(2) { $0 + ($1.value < 0x1100 ? 1 : 2) } }
            .max() ?? 0
        return min(max(widest, columnWidths.lowerBound), columnWidths.upperBound)
    }

    /// A text that is a number in canonical form, as that number.
    private static func numbered(_ cell: Cell) -> Cell {
        guard case .text(let text) = cell, let first = text.utf8.first, text.utf8.count <= 17,
            (48...57).contains(first) || first == UInt8(ascii: "-"), let value = Double(text),
            NumberText.general(value) == text
        else { return cell }
        return .number(value, text: text)
    }
}
