import Basics

/// The cell formats of `WorkbookParts.styles`, by their index.
enum CellStyle: Int {
    case general
    case header
    case won
    case date
    case dateAndTime

    init(_ format: XLSXColumn.Format) {
        self =
            switch format {
            case .general: .general
            case .won: .won
            case .dateAndTime: .dateAndTime
            }
    }
}

/// The XML of a sheet, appended row by row.
struct SheetMarkup {
    var bytes: [UInt8] = []
    /// The letters of the columns used so far.
    private var letters: [[UInt8]] = []

    mutating func begin(columns: [XLSXColumn]) {
        put(WorkbookParts.declaration)
        put("<worksheet xmlns=\"\(WorkbookParts.namespace)\">")
        if !columns.isEmpty {
            put("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\"")
            put(" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>")
            for (index, column) in columns.enumerated() {
                let width = max(1, min(255, column.width))
                put("<col min=\"\(index + 1)\" max=\"\(index + 1)\"")
                put(" width=\"\(width)\" customWidth=\"1\"/>")
            }
            put("</cols>")
        }
        put("<sheetData>")
    }

    mutating func end(filter: String?) {
        put("</sheetData>")
        if let filter {
            put("<autoFilter ref=\"\(String(filter.filter { $0 != "$" }))\"/>")
        }
        put("</worksheet>")
    }

    mutating func row(_ number: Int, _ cells: [Cell], style: (Int) -> CellStyle) throws {
        while letters.count < cells.count {
            letters.append(CellReference.letters(ofColumn: letters.count + 1))
        }
        let digits = Array(String(number).utf8)
        put("<row r=\"")
        bytes.append(contentsOf: digits)
        put("\">")
        for (index, cell) in cells.enumerated() {
            if case .empty = cell { continue }
            put("<c r=\"")
            bytes.append(contentsOf: letters[index])
            bytes.append(contentsOf: digits)
            try content(cell, style(index), row: number, column: index + 1)
        }
        put("</row>")
    }

    /// The rest of a cell after its reference.
    private mutating func content(_ cell: Cell, _ style: CellStyle, row: Int, column: Int) throws {
        switch cell {
        case .empty: put("\"/>")
        case .text(let text): try self.text(text, style, row: row, column: column)
        case .number(let value, _):
            guard value.isFinite else {
                return try text(cell.text, style, row: row, column: column)
            }
            put("\" s=\"\(style.rawValue)\"><v>")
            put(NumberText.exact(value))
            put("</v></c>")
        case .date(let date, let second):
            guard let serial = SerialDate.serial(of: date, secondOfDay: second) else {
                return try text(cell.text, .general, row: row, column: column)
            }
            let style = second > 0 || style == .dateAndTime ? CellStyle.dateAndTime : .date
            put("\" s=\"\(style.rawValue)\"><v>\(NumberText.exact(serial))</v></c>")
        case .boolean(let value): put("\" t=\"b\"><v>\(value ? 1 : 0)</v></c>")
        }
    }

    private mutating func text(_ text: String, _ style: CellStyle, row: Int, column: Int) throws {
        let limit = TabularLimits.maximumSheetCellCharacterCount
        guard text.utf8.count <= limit || text.utf16.count <= limit else {
            throw TabularError.cellTooLarge("\(limit.grouped)", row: row, column: column)
        }
        put(style == .header ? "\" s=\"1\"" : "\"")
        put(" t=\"inlineStr\"><is><t xml:space=\"preserve\">")
        WorkbookParts.escape(text, into: &bytes)
        put("</t></is></c>")
    }

    private mutating func put(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
