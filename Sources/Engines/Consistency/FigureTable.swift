internal import Basics

/// Reads published figures from the rows of a table, headed
/// `year,scope,dimension,category,projects,amount_eok,source`.
public enum FigureTable {
    /// How many rows are read before the table is refused.
    public static let maximumRowCount = 100_000
    /// How many digits a number of projects or a whole number of 억원 may have.
    public static let maximumDigitCount = 9
    /// The columns that have to be there; `scope` may be left out.
    public static let requiredColumns = [
        "year", "dimension", "category", "projects", "amount_eok", "source",
    ]

    /// Reads the figures; the first row holds the names of the columns.
    ///
    /// Amounts are 억원, and the decimals printed say how they were rounded. A source column that
    /// quotes another source (`mbn (newsnjob says 28)`) gives the figure an alternative. A source
    /// of `same` repeats the one above. Throws `ConsistencyError` naming the row and the column.
    public static func figures(rows: [[String]]) throws(ConsistencyError) -> [PublishedFigure] {
        guard let header = rows.first else { throw .empty }
        guard rows.count <= maximumRowCount else { throw .tooManyRows(rows.count) }
        var columns: [String: Int] = [:]
        for (index, name) in header.enumerated() { columns[trimmed(name).lowercased()] = index }
        for name in requiredColumns where columns[name] == nil { throw .missingColumn(name) }
        var figures: [PublishedFigure] = []
        var previousSource = ""
        for (index, row) in rows.enumerated().dropFirst() {
            guard row.contains(where: { !trimmed($0).isEmpty }) else { continue }
            let cells = Cells(row: row, number: index + 1, columns: columns)
            let figure = try figure(cells, previousSource)
            previousSource = figure.source
            figures.append(figure)
        }
        return figures
    }

    private struct Cells {
        let row: [String]
        let number: Int
        let columns: [String: Int]

        subscript(name: String) -> String {
            guard let index = columns[name], index < row.count else { return "" }
            return trimmed(row[index])
        }
    }

    private static func figure(
        _ cells: Cells,
        _ previousSource: String
    ) throws(ConsistencyError) -> PublishedFigure {
        guard let year = Int(cells["year"]), (1900...2999).contains(year) else {
            throw .badCell(row: cells.number, column: "year", value: cells["year"])
        }
        let scope = cells["scope"]
        var dimension = cells["dimension"]
        if dimension.isEmpty { dimension = scope }
        guard !dimension.isEmpty else {
            throw .badCell(row: cells.number, column: "dimension", value: "")
        }
        var projects: Int?
        if !cells["projects"].isEmpty {
            projects = Int(withoutSeparators(cells["projects"]))
            guard let projects, String(projects.magnitude).count <= maximumDigitCount else {
                throw .badCell(row: cells.number, column: "projects", value: cells["projects"])
            }
        }
        var amount: (won: Won, unit: Won)?
        if !cells["amount_eok"].isEmpty {
            amount = eok(cells["amount_eok"])
            guard amount != nil else {
                throw .badCell(row: cells.number, column: "amount_eok", value: cells["amount_eok"])
            }
        }
        let (source, quotes) = QuotedSource.split(cells["source"])
        let isRepeated = source == "same" && !previousSource.isEmpty
        var figure = PublishedFigure(
            FigureReference(
                year: year,
                dimension: Dimension(rawValue: dimension),
                category: cells["category"]
            ),
            projects: projects,
            amount: amount?.won,
            roundingUnit: amount?.unit ?? .eok(1),
            source: isRepeated ? previousSource : source
        )
        figure.alternatives = quotes.compactMap { $0.alternative(to: figure) }
        return figure
    }

    /// Reads 억원 with up to eight decimals; the unit is that of the last decimal.
    static func eok(_ text: String) -> (won: Won, unit: Won)? {
        let isNegative = text.hasPrefix("-")
        let digits = withoutSeparators(isNegative ? String(text.dropFirst()) : text)
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count > 1 ? parts[1] : ""
        guard (1...2).contains(parts.count), decimals.count <= 8,
            parts[0].count <= maximumDigitCount,
            let whole = Int64(parts[0]),
            let fraction = decimals.isEmpty ? 0 : Int64(decimals), fraction >= 0
        else { return nil }
        let unit = (0..<decimals.count).reduce(Int64(100_000_000)) { unit, _ in unit / 10 }
        let won = whole * 100_000_000 + fraction * unit
        return (Won(isNegative ? -won : won), Won(unit))
    }

    static func withoutSeparators(_ text: String) -> String {
        text.filter { $0 != "," }
    }
}

/// The text without white space around it.
func trimmed(_ text: some StringProtocol) -> String {
    var text = text[...]
    while let first = text.first, first.isWhitespace || first == "\u{FEFF}" { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
}
