import Basics
import Packaging

/// A column of a sheet to be written.
public struct XLSXColumn: Sendable, Hashable {
    /// How the numbers and dates of a column are shown; texts are always shown as they are.
    public enum Format: Int, Sendable, Hashable, CaseIterable {
        /// As the spreadsheet likes; dates as 2023-01-25.
        case general
        /// Won with a comma between thousands, `#,##0`.
        case won
        /// A date with the time of day, 2023-01-25 09:00.
        case dateAndTime
    }

    /// The text of the header.
    public var title: String
    /// The width in characters of the default font.
    public var width: Int
    /// How numbers and dates are shown.
    public var format: Format

    /// Creates a column.
    public init(_ title: String, width: Int = 16, format: Format = .general) {
        self.title = title
        self.width = width
        self.format = format
    }
}

/// A streaming writer of XLSX workbooks (ECMA-376) in constant memory.
///
/// Texts are written in their cells (inline strings), since a table of shared strings would have to
/// be kept in memory. An inline string is always a text, so nothing in it can run as a formula and
/// nothing needs to be neutralised. A sheet that reaches 1,048,576 rows goes on in a next one with
/// the same header.
///
///     var writer = XLSXWriter { file.append(contentsOf: $0) }
///     try writer.beginSheet("발주계획", columns: [XLSXColumn("사업명"), XLSXColumn("예산", format: .won)])
///     try writer.write([.text("챗봇 구축"), .won(Won(120_000_000))])
///     try writer.finish()
public struct XLSXWriter {
    /// How a workbook is written.
    public struct Options: Sendable, Hashable {
        /// zlib's level, from 1 (fast) to 9 (small).
        public var compressionLevel = 3
        /// The most rows of a sheet with its header; the rest goes to a next sheet.
        public var maximumRowCount = TabularLimits.maximumSheetRowCount

        /// Creates the options with their default values.
        public init() {}
    }

    private struct Sheet {
        let name: String
        var rowCount = 0
        var filter: String?
    }

    private static let maximumSheetCount = 255
    private static let blockBytes = 65_536

    private let options: Options
    private var zip: ZipWriter
    private var markup = SheetMarkup()
    private var sheets: [Sheet] = []
    private var columns: [XLSXColumn] = []
    private var baseName = ""

    /// Creates a writer that hands blocks of bytes to a sink.
    public init(options: Options = Options(), sink: @escaping ([UInt8]) throws -> Void) {
        self.options = options
        zip = ZipWriter(level: options.compressionLevel, sink: sink)
    }

    /// Begins a sheet with a bold header row that stays in view and filters.
    ///
    /// The name is made one that Excel accepts: 31 characters, none of `[]:*?/\`, not used twice.
    /// Without columns the sheet has no header.
    public mutating func beginSheet(_ name: String, columns: [XLSXColumn] = []) throws {
        try endSheet()
        guard columns.count <= TabularLimits.maximumSheetColumnCount else {
            throw TabularError.tooManyColumns(limit: TabularLimits.maximumSheetColumnCount, row: 1)
        }
        guard sheets.count < XLSXWriter.maximumSheetCount else {
            throw TabularError(
                .notWritable,
                Bilingual(
                    "시트가 너무 많습니다(한도 \(XLSXWriter.maximumSheetCount)개).",
                    "There are too many sheets (limit \(XLSXWriter.maximumSheetCount))."
                )
            )
        }
        if sheets.isEmpty { try writePart("_rels/.rels", WorkbookParts.packageRelationships) }
        self.columns = columns
        baseName = name
        let used = Set(sheets.map { $0.name.lowercased() })
        sheets.append(Sheet(name: SheetName.accepted(name, besides: used)))
        try zip.begin("xl/worksheets/sheet\(sheets.count).xml")
        markup.begin(columns: columns)
        if !columns.isEmpty {
            sheets[sheets.count - 1].rowCount = 1
            try markup.row(1, columns.map { .text($0.title) }, style: { _ in .header })
        }
    }

    /// Writes one row; begins a first sheet without a header where none was begun.
    ///
    /// - Throws: `TabularError` `cellTooLarge` past 32,767 characters, `tooManyColumns`.
    public mutating func write(_ cells: [Cell]) throws {
        if sheets.isEmpty { try beginSheet("Sheet1") }
        let limit = min(options.maximumRowCount, TabularLimits.maximumSheetRowCount)
        if sheets[sheets.count - 1].rowCount >= limit {
            try beginSheet(baseName, columns: columns)
        }
        sheets[sheets.count - 1].rowCount += 1
        let number = sheets[sheets.count - 1].rowCount
        guard cells.count <= TabularLimits.maximumSheetColumnCount else {
            throw TabularError.tooManyColumns(
                limit: TabularLimits.maximumSheetColumnCount,
                row: number
            )
        }
        try markup.row(number, cells) { [columns] index in
            columns.indices.contains(index) ? CellStyle(columns[index].format) : .general
        }
        if markup.bytes.count >= XLSXWriter.blockBytes { try flush() }
    }

    /// Writes what belongs to the workbook as a whole; call it once after the last row.
    public mutating func finish() throws {
        if sheets.isEmpty { try beginSheet("Sheet1") }
        try endSheet()
        let names = sheets.map(\.name)
        try writePart(
            "xl/workbook.xml",
            WorkbookParts.workbook(names, filters: sheets.map(\.filter))
        )
        try writePart(
            "xl/_rels/workbook.xml.rels",
            WorkbookParts.workbookRelationships(names.count)
        )
        try writePart("xl/styles.xml", WorkbookParts.styles)
        try writePart("[Content_Types].xml", WorkbookParts.contentTypes(names.count))
        try zip.finish()
    }

    private mutating func endSheet() throws {
        guard let last = sheets.indices.last else { return }
        if !columns.isEmpty {
            sheets[last].filter = "$A$1:$\(letters(columns.count))$\(sheets[last].rowCount)"
        }
        markup.end(filter: sheets[last].filter)
        try flush()
        try TabularError.explaining { try zip.end() }
    }

    private mutating func flush() throws {
        try zip.write(markup.bytes)
        markup.bytes.removeAll(keepingCapacity: true)
    }

    private mutating func writePart(_ name: String, _ content: String) throws {
        try zip.begin(name)
        try zip.write(Array(content.utf8))
        try TabularError.explaining { try zip.end() }
    }

    private func letters(_ column: Int) -> String {
        String(decoding: CellReference.letters(ofColumn: column), as: UTF8.self)
    }
}

/// The names that Excel accepts for sheets.
enum SheetName {
    static let maximumUnitCount = 31

    static func accepted(_ name: String, besides used: Set<String>) -> String {
        let allowed = name.unicodeScalars.map { scalar in
            scalar.value < 0x20 || "[]:*?/\\'".unicodeScalars.contains(scalar)
                ? " " : Character(scalar)
        }
        var base = String(allowed).split(separator: " ").joined(separator: " ")
        if base.isEmpty { base = "Sheet" }
        var candidate = cut(base, to: maximumUnitCount)
        var number = 2
        while used.contains(candidate.lowercased()) {
            let suffix = " (\(number))"
            candidate = cut(base, to: maximumUnitCount - suffix.count) + suffix
            number += 1
        }
        return candidate
    }

    private static func cut(_ name: String, to count: Int) -> String {
        var name = name
        while name.utf16.count > count { name.removeLast() }
        return name
    }
}
