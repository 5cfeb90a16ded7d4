import Basics

/// A number of issues by kind, with the first of each kind in detail.
struct IssueLedger: Sendable {
    /// The number of issues of each code.
    private(set) var counts: [String: Int] = [:]
    /// The number of issues of each severity.
    private(set) var severities: [ImportIssue.Severity: Int] = [:]
    private var details: [String: [ImportIssue]] = [:]

    /// The issues kept in detail, by row and column.
    var issues: [ImportIssue] {
        details.values.joined().sorted {
            ($0.row, $0.column, $0.code) < ($1.row, $1.column, $1.code)
        }
    }

    /// Counts an issue and keeps it while there is room for its kind.
    mutating func add(_ issue: ImportIssue, keeping limit: Int) {
        counts[issue.code, default: 0] += 1
        severities[issue.severity, default: 0] += 1
        if details[issue.code, default: []].count < limit {
            details[issue.code, default: []].append(issue)
        }
    }

    /// Takes an issue back after a correction.
    mutating func remove(_ issue: ImportIssue) {
        counts[issue.code, default: 1] -= 1
        if counts[issue.code] == 0 { counts[issue.code] = nil }
        severities[issue.severity, default: 1] -= 1
        details[issue.code]?.removeAll { $0 == issue }
    }
}

/// The outcome of reading a file: a dry run that can be corrected cell by cell.
struct PlanImport: Sendable {
    /// One data row with what became of it.
    struct Row: Sendable, Hashable {
        /// The row number in the file.
        let number: Int
        /// The cells, those of unknown columns too, as corrected.
        fileprivate(set) var cells: [String]
        /// The project; nothing where the row cannot be imported.
        fileprivate(set) var project: PlannedProject?
        fileprivate var read: PlannedProject?
        fileprivate var amount: Won?
        fileprivate var keyIsDerived: Bool
        fileprivate var amountNamedUnit: Bool
    }

    /// A row of totals that the file itself gives.
    struct TotalRow: Sendable, Hashable {
        /// The row number in the file.
        var number: Int
        /// The amount it states, where it can be read.
        var amount: Won?
        /// Whether it claims to sum the whole file and not a part (소계).
        var isGrandTotal: Bool
        /// The number of data rows above it.
        var rowCountAbove: Int
        fileprivate var cells: [String]
    }

    /// Which column holds what.
    let mapping: ColumnMapping
    /// What the officer decided.
    private(set) var options: PlanImportOptions
    /// The data rows.
    private(set) var rows: [Row] = []
    /// The rows of totals.
    private(set) var totalRows: [TotalRow] = []
    /// The number of rows past the limit, which were not read.
    private(set) var unreadRowCount = 0
    /// The unit that the amounts look like, where it differs from the one in force.
    private(set) var suggestedUnit: MoneyUnit?
    private var rowLedger = IssueLedger()
    private var fileLedger = IssueLedger()

    init(mapping: ColumnMapping, options: PlanImportOptions) {
        self.mapping = mapping
        self.options = options
    }

    /// The projects that can be imported, in the file's order.
    var projects: [PlannedProject] { rows.compactMap(\.project) }
    /// The number and sum of what can be imported.
    var totals: EditionDifference.Totals { EditionDifference.Totals(projects) }
    /// The number of rows that cannot be imported.
    var refusedRowCount: Int { rows.count { $0.project == nil } }
    /// The issues kept in detail, by row and column.
    var issues: [ImportIssue] {
        (rowLedger.issues + fileLedger.issues).sorted {
            ($0.row, $0.column, $0.code) < ($1.row, $1.column, $1.code)
        }
    }
    /// The number of issues of each code; all of them, kept in detail or not.
    var issueCounts: [String: Int] {
        rowLedger.counts.merging(fileLedger.counts, uniquingKeysWith: +)
    }

    /// The number of issues of one severity.
    func issueCount(_ severity: ImportIssue.Severity) -> Int {
        rowLedger.severities[severity, default: 0] + fileLedger.severities[severity, default: 0]
    }

    /// The issues of one row, all of them.
    func issues(ofRow number: Int) -> [ImportIssue] {
        guard let row = rows.first(where: { $0.number == number }) else { return [] }
        return read(row.cells, number: number).issues
            + fileLedger.issues.filter { $0.row == number }
    }

    /// What a cell holds, corrections included; nothing where the file has no such row of data.
    func cell(row number: Int, column: Int) -> String? {
        guard let row = rows.first(where: { $0.number == number }) else { return nil }
        return row.cells.indices.contains(column - 1) ? row.cells[column - 1] : ""
    }

    /// Puts a value into a cell and reads its row again; gives back what is still wrong with it.
    ///
    /// Row and column are numbered as in the issues: from 1, the header row counted.
    @discardableResult
    mutating func correct(
        row number: Int,
        column: Int,
        value: String
    ) throws(ImportError) -> [ImportIssue] {
        guard let index = rows.firstIndex(where: { $0.number == number }) else {
            throw ImportError(
                code: .noSuchRow,
                message: Bilingual("\(number)행은 이 파일에 없습니다.", "The file has no row \(number)."),
                context: "row \(number) of \(rows.count)"
            )
        }
        guard mapping.header.indices.contains(column - 1) else {
            throw ImportError(
                code: .noSuchColumn,
                message: Bilingual("\(column)열은 이 파일에 없습니다.", "The file has no column \(column)."),
                context: "column \(column) of \(mapping.header.count)"
            )
        }
        for issue in read(rows[index].cells, number: number).issues { rowLedger.remove(issue) }
        while rows[index].cells.count < column { rows[index].cells.append("") }
        rows[index].cells[column - 1] = value
        rows[index] = makeRow(rows[index].cells, number: number)
        settle()
        return issues(ofRow: number)
    }

    /// Reads every amount again in another unit, chosen by the officer.
    mutating func reinterpret(moneyUnit: MoneyUnit) {
        options.moneyUnit = moneyUnit
        rowLedger = IssueLedger()
        rows = rows.map { makeRow($0.cells, number: $0.number) }
        for index in totalRows.indices {
            let row = totalRows[index]
            totalRows[index].amount = read(row.cells, number: row.number).amount
        }
        settle()
    }

    private func read(_ cells: [String], number: Int) -> ReadRow {
        RowReader.read(
            ImportRow(number: number, cells: cells),
            mapping: mapping,
            options: options
        )
    }
}

// Building and settling.
extension PlanImport {
    /// Reads one more row.
    mutating func append(_ row: ImportRow) {
        if row.cells.allSatisfy({ MatchingText.trimmed($0).isEmpty }) { return }
        guard rows.count < options.maximumRowCount else {
            unreadRowCount += 1
            return
        }
        if let isGrandTotal = totalKind(of: row) {
            let read = read(row.cells, number: row.number)
            totalRows.append(
                TotalRow(
                    number: row.number,
                    amount: read.amount,
                    isGrandTotal: isGrandTotal,
                    rowCountAbove: rows.count,
                    cells: row.cells
                )
            )
            return
        }
        rows.append(makeRow(row.cells, number: row.number))
    }

    private mutating func makeRow(_ cells: [String], number: Int) -> Row {
        let result = read(cells, number: number)
        for issue in result.issues {
            rowLedger.add(issue, keeping: options.maximumIssueCountPerKind)
        }
        return Row(
            number: number,
            cells: cells,
            project: result.project,
            read: result.project,
            amount: result.amount,
            keyIsDerived: result.keyIsDerived,
            amountNamedUnit: result.amountNamedUnit
        )
    }

    /// Judges what only the whole file shows: columns, repeated projects, the unit, the totals.
    mutating func settle() {
        fileLedger = IssueLedger()
        judgeColumns()
        judgeRepetitions()
        judgeUnit()
        judgeTotals()
        if unreadRowCount > 0 { report(.tooManyRows, row: (rows.last?.number ?? 0) + 1, column: 0) }
    }

    private mutating func report(
        _ kind: ImportDefect,
        row: Int,
        column: Int,
        value: String = "",
        suggestion: String? = nil
    ) {
        fileLedger.add(
            ImportIssue(
                row: row,
                column: column,
                columnName: mapping.name(ofColumn: column),
                kind: kind,
                value: value,
                suggestion: suggestion
            ),
            keeping: options.maximumIssueCountPerKind
        )
    }

    private mutating func judgeColumns() {
        let row = options.headerRowNumber
        if mapping.columns[.title] == nil { report(.missingTitleColumn, row: row, column: 0) }
        if mapping.columns[.amount] == nil { report(.missingAmountColumn, row: row, column: 0) }
        if mapping.columns[.timing] == nil && mapping.columns[.publishedOn] == nil {
            report(.missingTimingColumn, row: row, column: 0)
        }
        for column in mapping.unknownColumns {
            report(.unknownColumn, row: row, column: column, value: mapping.name(ofColumn: column))
        }
        for column in mapping.repeatedColumns {
            report(.repeatedColumn, row: row, column: column, value: mapping.name(ofColumn: column))
        }
    }

    /// Refuses repeated keys; a derived key that differs in budget gets a number instead.
    private mutating func judgeRepetitions() {
        var seen: [String: [Won]] = [:]
        let titleColumn = mapping.columns[.title] ?? 0
        let keyColumn = mapping.columns[.key] ?? mapping.columns[.noticeNumber] ?? 0
        for index in rows.indices {
            rows[index].project = rows[index].read
            guard var project = rows[index].read else { continue }
            let earlier = seen[project.reference, default: []]
            seen[project.reference, default: []].append(project.budget)
            guard !earlier.isEmpty else { continue }
            let number = rows[index].number
            if !rows[index].keyIsDerived {
                report(.duplicateKey, row: number, column: keyColumn, value: project.key)
                rows[index].project = nil
            } else if earlier.contains(project.budget) {
                report(.repeatedProject, row: number, column: titleColumn, value: project.title)
                rows[index].project = nil
            } else {
                report(.repeatedTitle, row: number, column: titleColumn, value: project.title)
                project.key += "-\(earlier.count + 1)"
                rows[index].project = project
            }
        }
    }

    /// Questions the unit where the median budget is not what a project costs.
    ///
    /// A programme's median lies near 100 million won; a unit read wrongly moves it by a factor of
    /// a thousand. A unit that the officer chose is not questioned.
    private mutating func judgeUnit() {
        suggestedUnit = nil
        guard options.moneyUnit == nil, let column = mapping.columns[.amount] else { return }
        let amounts = rows.filter { !$0.amountNamedUnit }.compactMap { $0.amount?.amount }
            .filter { $0 > 0 }.sorted()
        guard amounts.count >= 3 else { return }
        let median = amounts[amounts.count / 2]
        if (1_000_000...5_000_000_000).contains(median) { return }
        let unit = mapping.units[.amount] ?? .won
        let inUnits = Double(median) / Double(unit.wonPerUnit)
        func distance(_ unit: MoneyUnit) -> Double {
            let ratio = inUnits * Double(unit.wonPerUnit) / 100_000_000
            return max(ratio, 1 / ratio)
        }
        guard let best = MoneyUnit.allCases.min(by: { distance($0) < distance($1) }), best != unit
        else { return }
        suggestedUnit = best
        report(
            .ambiguousUnit,
            row: options.headerRowNumber,
            column: column,
            value: mapping.name(ofColumn: column),
            suggestion: best.label.korean
        )
    }

    private mutating func judgeTotals() {
        let column = mapping.columns[.amount] ?? 0
        for total in totalRows {
            report(.totalRow, row: total.number, column: 0)
            guard total.isGrandTotal, let stated = total.amount else { continue }
            let above = rows.prefix(total.rowCountAbove).compactMap(\.amount)
            let sum = above.reduce(.zero, +)
            // Rows rounded to the unit may each be off by half of it.
            let unit = options.moneyUnit ?? mapping.units[.amount] ?? .won
            let tolerance = unit == .won ? 0 : Int64(above.count) * unit.wonPerUnit / 2
            if abs((sum - stated).amount) > tolerance {
                report(
                    .totalMismatch,
                    row: total.number,
                    column: column,
                    value: stated.amount.grouped,
                    suggestion: sum.amount.grouped
                )
            }
        }
    }

    /// Whether a row is one of totals, and then whether of the whole file.
    private func totalKind(of row: ImportRow) -> Bool? {
        let titleColumn = (mapping.columns[.title] ?? 1) - 1
        let title = row.cells.indices.contains(titleColumn) ? row.cells[titleColumn] : ""
        let first = row.cells.first { !MatchingText.trimmed($0).isEmpty } ?? ""
        for text in [title, first] {
            let words = MatchingText.form(of: text).filter { !$0.isNumber && $0 != "건" }
            if ["합계", "총계", "계", "총합계", "총사업비합계"].contains(words) { return true }
            if ["소계", "중계", "부서계"].contains(words) { return false }
        }
        return nil
    }
}

/// Folds the rows of a file into an import.
///
/// Rows come one at a time, so a reader may stream them: create the importer with the header,
/// add each row, and finish.
struct PlanImporter: Sendable {
    private var result: PlanImport

    /// Starts an import with the header row.
    init(header: [String], options: PlanImportOptions) {
        result = PlanImport(mapping: ColumnMapping(header: header), options: options)
    }

    /// Reads one row; rows without any text are passed over.
    mutating func add(_ row: ImportRow) {
        result.append(row)
    }

    /// Judges the file as a whole and gives the outcome.
    consuming func finish() -> PlanImport {
        result.settle()
        return result
    }

    /// Reads a whole file at once.
    static func importing(
        header: [String],
        rows: some Sequence<ImportRow>,
        options: PlanImportOptions
    ) -> PlanImport {
        var importer = PlanImporter(header: header, options: options)
        for row in rows { importer.add(row) }
        return importer.finish()
    }
}
