public import Basics

/// One cell of a table, with its value and the text that a person sees.
public enum Cell: Sendable, Hashable {
    /// Nothing.
    case empty
    /// A text; also every cell of a CSV file, the error values of a workbook (`#N/A`) and times of
    /// day without a date.
    case text(String)
    /// A number and its text as a spreadsheet shows it under "General": 15 significant digits.
    case number(Double, text: String)
    /// A date, with the second of its day (0 where the cell shows no time).
    case date(LocalDate, secondOfDay: Int)
    /// A truth value.
    case boolean(Bool)

    /// A number and its text.
    public static func number(_ value: Double) -> Cell {
        .number(value, text: NumberText.general(value))
    }

    /// A whole number; past 15 digits, which a spreadsheet cannot hold exactly, a text.
    public static func integer(_ value: Int64) -> Cell {
        value.magnitude < 1_000_000_000_000_000
            ? .number(Double(value), text: String(value)) : .text(String(value))
    }

    /// An amount in won.
    public static func won(_ amount: Won) -> Cell { integer(amount.amount) }

    /// The original text; a date reads `2023-01-25`, with a time `2023-01-25 09:00:00`.
    public var text: String {
        switch self {
        case .empty: ""
        case .text(let text): text
        case .number(_, let text): text
        case .date(let date, 0): date.iso
        case .date(let date, let second): "\(date.iso) \(NumberText.timeOfDay(second))"
        case .boolean(let value): value ? "TRUE" : "FALSE"
        }
    }

    /// Whether nobody would see anything: empty or white space only.
    public var isBlank: Bool {
        switch self {
        case .empty: true
        case .text(let text): text.allSatisfy(\.isWhitespace)
        default: false
        }
    }

    /// The date of a date cell, or the date that its text says (`LocalDate(tabularText:)`).
    public var date: LocalDate? {
        switch self {
        case .date(let date, _): date
        case .text(let text), .number(_, let text): LocalDate(tabularText: text)
        case .empty, .boolean: nil
        }
    }

    /// The amount of money that the cell says, a number without a unit counted in `unit`.
    ///
    /// - Throws: `TabularError` `notMoney` with the reason.
    public func won(in unit: MoneyUnit) throws -> Won {
        try MoneyText.won(text, in: unit)
    }
}

/// One row of a table.
public struct TabularRow: Sendable, Hashable {
    /// The number of the row as a spreadsheet counts it, from 1.
    public var number: Int
    /// The physical line of a text file on which the row starts, from 1.
    public var line: Int?
    /// The cells from column 1 on; trailing empty cells may be absent.
    public var cells: [Cell]

    /// Creates a row.
    public init(number: Int = 0, line: Int? = nil, cells: [Cell] = []) {
        self.number = number
        self.line = line
        self.cells = cells
    }

    /// A cell by its index from 0; empty past the end of the row.
    public subscript(index: Int) -> Cell {
        cells.indices.contains(index) ? cells[index] : .empty
    }

    /// Whether every cell is blank.
    public var isBlank: Bool { cells.allSatisfy(\.isBlank) }
}
