import Basics
import Contracting
import Tabular

/// An uploaded plan read whole: the sheet it stands on, its header, its rows, what is wrong with them.
struct PlanFile: Sendable {
    /// The plan, row by row, with its defects.
    var plan: PlanImport
    /// The sheets of the workbook; one for CSV, none for an OCDS package.
    var sheets: [TabularSheet]
    /// Which of the sheets was read, from 0.
    var sheetIndex: Int
    /// What the reader noticed about the file itself.
    var warnings: [Bilingual]

    /// Reads a CSV or XLSX file, or an OCDS package.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - fileName: Its name, for messages; its content decides the format.
    ///   - sheet: Which sheet, from 0; the first that is not hidden where nothing is said.
    ///   - options: The year, the agency, the unit where a person chose one.
    ///   - corrections: Cells an officer typed anew.
    /// - Returns: The plan as far as it could be read.
    /// - Throws: `TabularError` where the file is no table, `ContractingError` where it is JSON but
    ///   no contracting data.
    static func read(
        _ bytes: [UInt8],
        fileName: String,
        sheet: Int? = nil,
        options: PlanImportOptions,
        corrections: [CellCorrection] = []
    ) throws -> PlanFile {
        if ReleaseTable.looksLikeContractingData(bytes) {
            return try read(ReleaseTable(bytes), options: options, corrections: corrections)
        }
        var tabular = TabularOptions()
        tabular.fillsMergedCells = true
        tabular.limits.maximumUncompressedBytes = maximumUncompressedByteCount
        var reader = try TabularReader.open(bytes, fileName: fileName, options: tabular)
        if let sheet { try reader.select(sheet: sheet) }
        let head = PlanHeader(try reader.rows(upTo: HeaderFinder.maximumRowCount))
        var options = options
        options.headerRowNumber = head.rowNumber
        options.moneyUnit = options.moneyUnit ?? head.unit
        let mender = CellMender(corrections, sheet: reader.sheetIndex)
        var importer = PlanImporter(header: head.titles, options: options)
        for row in head.data { importer.add(mender.mended(ImportRow(row))) }
        var row = TabularRow()
        while try reader.next(&row) { importer.add(mender.mended(ImportRow(row))) }
        return PlanFile(
            plan: importer.finish(),
            sheets: reader.sheets,
            sheetIndex: reader.sheetIndex,
            warnings: reader.warnings
        )
    }

    /// The most bytes that one part of a workbook may unpack to: 512 MiB.
    static let maximumUncompressedByteCount = 512 << 20

    private static func read(
        _ table: ReleaseTable,
        options: PlanImportOptions,
        corrections: [CellCorrection]
    ) throws -> PlanFile {
        var options = options
        // Amounts in other currencies come as zero won, each with a warning.
        options.allowsZeroAmount = true
        options.moneyUnit = .won
        let mender = CellMender(corrections, sheet: 0)
        var importer = PlanImporter(header: ReleaseTable.header, options: options)
        for row in table.rows { importer.add(mender.mended(row)) }
        return PlanFile(
            plan: importer.finish(),
            sheets: [],
            sheetIndex: 0,
            warnings: table.warnings
        )
    }
}

/// The top of a plan's table: titles above, a header of one row or two, the first rows of data.
struct PlanHeader: Sendable {
    /// The number of the header's first row.
    let rowNumber: Int
    /// The title of each column.
    let titles: [String]
    /// "(단위: 천원)" above the header, where the header itself names no unit.
    let unit: MoneyUnit?
    /// The rows below the header.
    let data: [TabularRow]

    /// Finds the header in the first rows of a table: what names columns in so many words, else the
    /// row whose words come closest, else the first.
    init(_ rows: [TabularRow]) {
        let finder = HeaderFinder(knownCount: PlanColumn.allCases.count) {
            ColumnMapping.column(ofHeader: $0).map { "\($0)" }
        }
        guard let found = finder.find(in: rows) else {
            let scores = rows.map { ColumnMapping(header: $0.cells.map(\.text)).columns.count }
            let index = scores.indices.max { (scores[$0], $1) < (scores[$1], $0) } ?? 0
            rowNumber = rows.isEmpty ? 1 : rows[index].number
            titles = rows.isEmpty ? [] : rows[index].cells.map(\.text)
            unit = nil
            data = Array(rows.dropFirst(index + 1))
            return
        }
        rowNumber = found.rowNumbers.lowerBound
        let lower = rows[found.rowsBeforeData - 1]
        let titles =
            found.rowNumbers.count == 1
            ? found.titles
            : found.titles.enumerated().map { PlanHeader.title($1, lower: lower[$0].text) }
        self.titles = titles
        unit =
            ColumnMapping(header: titles).units[.amount] == nil
            ? found.preamble.lazy.filter { $0.contains("단위") }
                .compactMap { MoneyUnit(inHeader: $0) }.first : nil
        data = Array(rows.dropFirst(found.rowsBeforeData))
    }

    /// The title of a column under a header of two rows: its lower half where that names a column
    /// of its own ("사업비(천원)" over "시비"), with the unit of the whole.
    private static func title(_ whole: String, lower: String) -> String {
        guard whole != lower, let below = ColumnMapping.column(ofHeader: lower) else {
            return whole
        }
        guard below.isMoney, MoneyUnit(inHeader: lower) == nil,
            let unit = ColumnMapping(header: [whole]).units.values.first
        else { return lower }
        return "\(lower)(\(unit.label.korean))"
    }
}

/// Puts the cells that an officer typed anew in the place of the file's.
struct CellMender: Sendable {
    private let cells: [Int: [CellCorrection]]

    /// Takes the corrections of one sheet; those of others wait.
    init(_ corrections: [CellCorrection], sheet: Int) {
        cells = Dictionary(grouping: corrections.filter { $0.sheet == sheet }, by: \.row)
    }

    /// The row with its corrections.
    func mended(_ row: ImportRow) -> ImportRow {
        guard let corrections = cells[row.number] else { return row }
        var row = row
        for correction in corrections where correction.column > 0 {
            while row.cells.count < correction.column { row.cells.append("") }
            row.cells[correction.column - 1] = correction.value
        }
        return row
    }
}

extension ImportRow {
    /// A row of a table, its cells as text.
    init(_ row: TabularRow) {
        self.init(number: row.number, cells: row.cells.map(\.text))
    }
}
