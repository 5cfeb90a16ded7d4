import Basics
import Tabular

/// An uploaded plan read whole: the sheet it stands on, its header, its rows, what is wrong with them.
struct PlanFile: Sendable {
    /// Rows looked through for the header; above it stand titles and the unit of money.
    static let maximumPreambleRowCount = 20

    /// The plan, row by row, with its defects.
    var plan: PlanImport
    /// The sheets of the workbook; one for CSV.
    var sheetNames: [String]
    /// What the reader noticed about the file itself.
    var warnings: [Bilingual]

    /// Reads a CSV or XLSX file.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - fileName: Its name, for messages; its content decides the format.
    ///   - sheet: Which sheet, from 0.
    ///   - options: The year, the agency, the unit where a person chose one.
    ///   - corrections: Cells an officer typed anew.
    /// - Returns: The plan as far as it could be read.
    /// - Throws: `TabularError` where the file is no table.
    static func read(
        _ bytes: [UInt8],
        fileName: String,
        sheet: Int = 0,
        options: PlanImportOptions,
        corrections: [CellCorrection] = []
    ) throws -> PlanFile {
        var tabular = TabularOptions()
        tabular.fillsMergedCells = true
        var reader = try TabularReader.open(bytes, fileName: fileName, options: tabular)
        if sheet != 0 { try reader.select(sheet: sheet) }
        let preamble = try reader.rows(upTo: maximumPreambleRowCount)
        let header = headerIndex(in: preamble)
        var options = options
        options.headerRowNumber = header < preamble.count ? preamble[header].number : 1
        if options.moneyUnit == nil { options.moneyUnit = unit(above: header, in: preamble) }
        var importer = PlanImporter(
            header: header < preamble.count ? preamble[header].cells.map(\.text) : [],
            options: options
        )
        for row in preamble.dropFirst(header + 1) { importer.add(ImportRow(row)) }
        var row = TabularRow()
        while try reader.next(&row) { importer.add(ImportRow(row)) }
        var plan = importer.finish()
        for correction in corrections {
            // A correction of a cell that the file no longer has (another sheet was chosen) waits.
            _ = try? plan.correct(
                row: correction.row,
                column: correction.column,
                value: correction.value
            )
        }
        return PlanFile(
            plan: plan,
            sheetNames: reader.sheets.map(\.name),
            warnings: reader.warnings
        )
    }

    /// The row that names the most columns; the first where none names any.
    private static func headerIndex(in rows: [TabularRow]) -> Int {
        let scores = rows.map { ColumnMapping(header: $0.cells.map(\.text)).columns.count }
        return scores.indices.max { (scores[$0], $1) < (scores[$1], $0) } ?? 0
    }

    /// "(단위: 천원)" in the titles above the header, where the header itself names no unit.
    private static func unit(above header: Int, in rows: [TabularRow]) -> MoneyUnit? {
        guard header < rows.count,
            ColumnMapping(header: rows[header].cells.map(\.text)).units[.amount] == nil
        else { return nil }
        for row in rows.prefix(header) {
            for cell in row.cells where cell.text.contains("단위") {
                if let unit = MoneyUnit(inHeader: cell.text) { return unit }
            }
        }
        return nil
    }
}

extension ImportRow {
    /// A row of a table, its cells as text.
    init(_ row: TabularRow) {
        self.init(number: row.number, cells: row.cells.map(\.text))
    }
}
