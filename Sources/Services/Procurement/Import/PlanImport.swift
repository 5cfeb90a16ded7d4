import Basics
import Tabular

/// A number of issues by kind, with the first of each kind in detail.
struct IssueLedger: Sendable {
    private struct Kind {
        var severity: ImportIssue.Severity
        var count = 0
        var details: [ImportIssue] = []

        mutating func take(keeping limit: Int, _ detail: () -> ImportIssue) {
            count += 1
            if details.count < limit { details.append(detail()) }
        }
    }

    private var kinds: [String: Kind] = [:]

    /// The number of issues of each code.
    var counts: [String: Int] { kinds.mapValues(\.count) }
    /// The issues kept in detail, by row and column.
    var issues: [ImportIssue] {
        kinds.values.flatMap(\.details).sorted {
            ($0.row, $0.column, $0.code) < ($1.row, $1.column, $1.code)
        }
    }

    /// The number of issues of a severity.
    func count(_ severity: ImportIssue.Severity) -> Int {
        kinds.values.reduce(0) { $1.severity == severity ? $0 + $1.count : $0 }
    }

    /// Counts an issue and keeps it in detail while there is room for its kind.
    mutating func add(
        _ kind: ImportDefect,
        keeping limit: Int,
        detail: () -> ImportIssue
    ) {
        kinds[kind.code, default: Kind(severity: kind.severity)].take(keeping: limit, detail)
    }

    /// Takes an issue back after a correction.
    mutating func remove(_ issue: ImportIssue) {
        guard var kind = kinds[issue.code] else { return }
        kind.count -= 1
        kind.details.removeAll { $0 == issue }
        kinds[issue.code] = kind.count > 0 ? kind : nil
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
    private var reader: RowReader

    init(mapping: ColumnMapping, options: PlanImportOptions) {
        self.mapping = mapping
        self.options = options
        reader = RowReader(mapping: mapping, options: options)
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
        rowLedger.count(severity) + fileLedger.count(severity)
    }

    /// The issues of one row, all of them.
    func issues(ofRow number: Int) -> [ImportIssue] {
        guard let row = rows.first(where: { $0.number == number }) else { return [] }
        var reader = reader
        return Self.issues(of: row.cells, number: number, &reader)
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
        for issue in Self.issues(of: rows[index].cells, number: number, &reader) {
            rowLedger.remove(issue)
        }
        while rows[index].cells.count < column { rows[index].cells.append("") }
        rows[index].cells[column - 1] = value
        rows[index] = makeRow(rows[index].cells, number: number)
        settle()
        return issues(ofRow: number)
    }

    /// Reads every amount again in another unit, chosen by the officer.
    mutating func reinterpret(moneyUnit: MoneyUnit) {
        options.moneyUnit = moneyUnit
        reader = RowReader(mapping: mapping, options: options)
        rowLedger = IssueLedger()
        rows = rows.map { makeRow($0.cells, number: $0.number) }
        for index in totalRows.indices {
            let row = totalRows[index]
            reader.row = CSVRow(number: row.number, fields: row.cells)
            totalRows[index].amount = reader.read().amount
        }
        settle()
    }

    private static func issues(
        of cells: [String],
        number: Int,
        _ reader: inout RowReader
    ) -> [ImportIssue] {
        reader.row = CSVRow(number: number, fields: cells)
        return reader.read().defects.map { reader.issue(of: $0) }
    }
}

// Building and settling.
extension PlanImport {
    /// Reads one more row.
    mutating func append(_ row: ImportRow) {
        reader.row = CSVRow(number: row.number, fields: row.cells)
        if reader.isBlank { return }
        guard rows.count < options.maximumRowCount else {
            unreadRowCount += 1
            return
        }
        if let isGrandTotal = reader.totalKind {
            totalRows.append(
                TotalRow(
                    number: row.number,
                    amount: reader.read().amount,
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
        reader.row = CSVRow(number: number, fields: cells)
        let result = reader.read()
        for defect in result.defects {
            rowLedger.add(defect.kind, keeping: options.maximumIssueCountPerKind) {
                reader.issue(of: defect)
            }
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
        var judge = PlanJudge(mapping: mapping, options: options)
        judge.judgeColumns()
        judgeRepetitions(&judge)
        suggestedUnit = judge.judgeUnit(
            rows.filter { !$0.amountNamedUnit }.compactMap { $0.amount?.amount }
        )
        for total in totalRows {
            let above = rows.prefix(total.rowCountAbove).compactMap(\.amount)
            judge.judgeTotal(
                total.amount,
                isGrandTotal: total.isGrandTotal,
                row: total.number,
                sum: above.reduce(0) { $0 + Int128($1.amount) },
                count: above.count
            )
        }
        if unreadRowCount > 0 {
            judge.report(.tooManyRows, row: (rows.last?.number ?? 0) + 1, column: 0)
        }
        fileLedger = judge.ledger
    }

    private mutating func judgeRepetitions(_ judge: inout PlanJudge) {
        var seen: [String: [Won]] = [:]
        for index in rows.indices {
            rows[index].project = rows[index].read
            guard var project = rows[index].read else { continue }
            let earlier = seen[project.reference, default: []]
            seen[project.reference, default: []].append(project.budget)
            guard !earlier.isEmpty else { continue }
            let isAdmitted = judge.admit(
                &project,
                keyIsDerived: rows[index].keyIsDerived,
                row: rows[index].number,
                earlier: earlier
            )
            rows[index].project = isAdmitted ? project : nil
        }
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
