import Basics
import Packaging

/// Streams the rows of one sheet from its XML.
struct XLSXSheetReader {
    private enum Kind {
        case number
        case shared
        case inline
        case formulaText
        case boolean
        case error
        case isoDate
    }

    private let scanner: XMLScanner
    private let sharedStrings: [String]
    private let dateFormats: [Bool]
    private let dates: SerialDate
    private let limits: TabularLimits
    private var merges: MergedCells
    private var rowNumber = 0
    private var cellCount = 0
    private var isInSheet = false
    private var isAtEnd = false
    private var content: [UInt8] = []

    init(
        _ scanner: XMLScanner,
        sharedStrings: [String],
        dateFormats: [Bool],
        dates: SerialDate,
        merges: [CellRange],
        limits: TabularLimits
    ) {
        self.scanner = scanner
        self.sharedStrings = sharedStrings
        self.dateFormats = dateFormats
        self.dates = dates
        self.merges = MergedCells(merges)
        self.limits = limits
    }

    /// Reads the next row that the sheet stores; false at the end of the sheet.
    mutating func next(_ row: inout TabularRow) throws -> Bool {
        while !isAtEnd {
            let token = try scanner.next()
            switch token {
            case .finish:
                if isInSheet { throw TabularError.damagedXML("sheetData is not closed") }
                isAtEnd = true
            case .start where scanner.isNamed("sheetData"): isInSheet = true
            case .end where scanner.isNamed("sheetData"): isAtEnd = true
            case .start where isInSheet && scanner.isNamed("row"):
                try readRow(&row)
                return true
            default: break
            }
        }
        return false
    }

    private mutating func readRow(_ row: inout TabularRow) throws {
        var number = rowNumber + 1
        try scanner.forEachAttribute { name, value in
            guard scanner.equals(name, "r") else { return }
            number = digits(value) ?? 0
        }
        let limit = min(limits.maximumRowCount, TabularLimits.maximumSheetRowCount)
        guard number <= limit else { throw TabularError.tooManyRows(limit: limit, row: number) }
        guard number > rowNumber else { throw TabularError.damagedXML("row \(number) repeated") }
        rowNumber = number
        row.number = number
        row.line = nil
        row.cells.removeAll(keepingCapacity: true)
        var column = 0
        while true {
            switch try scanner.next() {
            case .start where scanner.isNamed("c"): try readCell(&row.cells, &column)
            case .end where scanner.isNamed("row"):
                cellCount += merges.fill(&row.cells, row: number) + row.cells.count
                try checkCellCount()
                return
            case .finish: throw TabularError.damagedXML("row \(number) is not closed")
            default: break
            }
        }
    }

    private mutating func readCell(_ cells: inout [Cell], _ column: inout Int) throws {
        var kind = Kind.number
        var style = 0
        column += 1
        try scanner.forEachAttribute { name, value in
            if scanner.equals(name, "r") {
                column = try self.column(value)
            } else if scanner.equals(name, "s") {
                style = digits(value) ?? 0
            } else if scanner.equals(name, "t") {
                kind = self.kind(value)
            }
        }
        let limit = min(limits.maximumColumnCount, TabularLimits.maximumSheetColumnCount)
        guard column <= limit else {
            throw TabularError.tooManyColumns(limit: limit, row: rowNumber)
        }
        try readContent(column: column)
        let cell = try cell(kind, style: style, column: column)
        if case .empty = cell { return }
        while cells.count < column { cells.append(.empty) }
        cells[column - 1] = cell
    }

    /// Collects the value of a cell: `<v>`, or the `<t>`s of an inline string; formulas and
    /// phonetic guides are passed over.
    private mutating func readContent(column: Int) throws {
        content.removeAll(keepingCapacity: true)
        var isWanted = false
        var phoneticDepth = 0
        while true {
            let token = try scanner.next()
            switch token {
            case .text:
                guard isWanted, phoneticDepth == 0 else { continue }
                try scanner.appendText(to: &content)
                try XLSXSheetReader.checkLength(content, row: rowNumber, column: column)
            case .start, .end:
                if scanner.isNamed("v") || scanner.isNamed("t") {
                    isWanted = token == .start
                } else if scanner.isNamed("rPh") {
                    phoneticDepth += token == .start ? 1 : -1
                } else if token == .end, scanner.isNamed("c") {
                    return
                }
            case .finish: throw TabularError.damagedXML("a cell of row \(rowNumber) is not closed")
            }
        }
    }

    private func cell(_ kind: Kind, style: Int, column: Int) throws -> Cell {
        guard !content.isEmpty else { return .empty }
        switch kind {
        case .shared:
            let text = String(decoding: content, as: UTF8.self)
            guard let index = Int(text), sharedStrings.indices.contains(index) else {
                throw TabularError.damagedXML("shared string \(text) in row \(rowNumber)")
            }
            return sharedStrings[index].isEmpty ? .empty : .text(sharedStrings[index])
        case .inline, .formulaText: return .text(EscapedText.decode(content))
        case .error: return .text(String(decoding: content, as: UTF8.self))
        case .boolean:
            return .boolean(content == [UInt8(ascii: "1")] || content.starts(with: "true".utf8))
        case .isoDate:
            let text = String(decoding: content, as: UTF8.self)
            guard let date = LocalDate(tabularText: text) else { return .text(text) }
            return .date(date, secondOfDay: XLSXSheetReader.secondOfDay(text))
        case .number:
            let isDate = dateFormats.indices.contains(style) && dateFormats[style]
            if !isDate, let whole = wholeNumber() { return whole }
            let text = String(decoding: content, as: UTF8.self)
            guard let value = Double(text), value.isFinite else { return .text(text) }
            let shown = NumberText.general(value)
            return isDate ? dates.cell(value, original: shown) : .number(value, text: shown)
        }
    }

    /// A whole number of up to 15 digits, the commonest kind, without going through text.
    private func wholeNumber() -> Cell? {
        guard content.count <= 15, content[0] != UInt8(ascii: "0") || content.count == 1 else {
            return nil
        }
        var value = 0
        for byte in content {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return .number(Double(value), text: String(decoding: content, as: UTF8.self))
    }

    /// The column of a reference such as `AB12`.
    private func column(_ value: Range<Int>) throws -> Int {
        let reference = scanner.withBytes(value) { CellReference.parse($0) }
        guard let reference, reference.column > 0 else {
            throw TabularError.damagedXML("cell reference in row \(rowNumber)")
        }
        return reference.column
    }

    private func kind(_ value: Range<Int>) -> Kind {
        if scanner.equals(value, "s") { return .shared }
        if scanner.equals(value, "inlineStr") { return .inline }
        if scanner.equals(value, "str") { return .formulaText }
        if scanner.equals(value, "b") { return .boolean }
        if scanner.equals(value, "e") { return .error }
        if scanner.equals(value, "d") { return .isoDate }
        return .number
    }

    private func digits(_ range: Range<Int>) -> Int? {
        guard !range.isEmpty, range.count <= 10 else { return nil }
        var value = 0
        for index in range {
            guard (48...57).contains(scanner[index]) else { return nil }
            value = value * 10 + Int(scanner[index] - 48)
        }
        return value
    }

    private func checkCellCount() throws {
        guard cellCount > limits.maximumCellCount else { return }
        throw TabularError(
            .tooManyCells,
            Bilingual(
                "칸이 너무 많습니다. \(limits.maximumCellCount.grouped)칸까지 읽을 수 있습니다.",
                "There are too many cells; up to \(limits.maximumCellCount.grouped) can be read."
            ),
            row: rowNumber
        )
    }

    /// Refuses a text longer than a cell may hold; counts characters only where bytes leave doubt.
    static func checkLength(_ text: [UInt8], row: Int, column: Int) throws {
        let limit = TabularLimits.maximumSheetCellCharacterCount
        guard text.count > limit else { return }
        // At most 3 bytes of UTF-8 stand for one UTF-16 unit.
        let isTooLong =
            text.count > limit * 3 || String(decoding: text, as: UTF8.self).utf16.count > limit
        guard isTooLong else { return }
        throw TabularError.cellTooLarge("\(limit.grouped)자", row: row, column: column)
    }

    /// The second of the day of `2023-01-25T09:00:00`.
    private static func secondOfDay(_ text: String) -> Int {
        guard let start = text.firstIndex(of: "T") else { return 0 }
        let parts = text[text.index(after: start)...].split(separator: ":").prefix(3)
        let numbers = parts.map { Int($0.prefix(2)) ?? 0 } + [0, 0, 0]
        return min(numbers[0] * 3600 + numbers[1] * 60 + numbers[2], 86_399)
    }
}

/// Gives the value of a merged range to all of its cells, row by row.
private struct MergedCells {
    private var waiting: ArraySlice<CellRange>
    private var active: [(range: CellRange, value: Cell)] = []

    init(_ merges: [CellRange]) {
        waiting = merges[...]
    }

    /// Fills a row and returns how many cells that took, so that the work can be limited.
    mutating func fill(_ cells: inout [Cell], row: Int) -> Int {
        if active.isEmpty, waiting.isEmpty { return 0 }
        active.removeAll { $0.range.bottom < row }
        while let range = waiting.first, range.top <= row {
            waiting.removeFirst()
            guard range.top == row, cells.count >= range.left, range.left > 0 else { continue }
            let value = cells[range.left - 1]
            if case .empty = value { continue }
            active.append((range, value))
        }
        var filled = 0
        for (range, value) in active {
            let right = min(range.right, TabularLimits.maximumSheetColumnCount)
            while cells.count < right { cells.append(.empty) }
            for column in range.left...right { cells[column - 1] = value }
            filled += right - range.left + 1
        }
        return filled
    }
}
