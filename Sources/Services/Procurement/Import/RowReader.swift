import Basics
import Tabular

/// What one row says, as far as it can be read without its neighbours.
struct ReadRow: Sendable {
    /// The project; nothing where the row has an error.
    var project: PlannedProject?
    /// What is wrong with the row.
    var defects: [RowDefect]
    /// The budget, also where another cell has an error.
    var amount: Won?
    /// Whether the key was made from title and department because the file gives none.
    var keyIsDerived = true
    /// Whether the amount's cell named its own unit.
    var amountNamedUnit = false
}

/// A defect at a cell of the row being read; `RowReader.issue(of:)` tells it in full.
struct RowDefect: Sendable {
    /// What kind of defect it is.
    var kind: ImportDefect
    /// The column number, 1-based; 0 where the whole row is meant.
    var column: Int
    /// A value that would put it right, where that is plain.
    var suggestion: String?
}

/// Reads the rows of a file into projects; the same cells always read the same.
///
/// Put a row into `row` and call `read()`. Cells stay the bytes that the file has until a `String` is
/// needed, and words that come again are looked up in `words`.
struct RowReader: Sendable {
    let mapping: ColumnMapping
    let options: PlanImportOptions
    /// The row being read.
    var row = CSVRow()
    var words = RowWords()
    /// Whether the file lists tender notices rather than plans.
    let isNotice: Bool
    /// Whether the file has any column of a notice.
    let hasNotice: Bool
    /// Whether a bare number is a quarter and not a month.
    let bareNumberIsQuarter: Bool
    /// The unit in force for each column of money, by its raw value.
    let units: [MoneyUnit]
    private var defects: [RowDefect] = []

    init(mapping: ColumnMapping, options: PlanImportOptions) {
        self.mapping = mapping
        self.options = options
        units = PlanColumn.allCases.map {
            options.moneyUnit ?? mapping.units[$0] ?? mapping.units[.amount] ?? .won
        }
        isNotice = mapping.has(.publishedOn) && !mapping.has(.timing)
        hasNotice =
            mapping.has(.noticeNumber) || mapping.has(.publishedOn) || mapping.has(.bidClosing)
        bareNumberIsQuarter =
            mapping.columns[.timing].map {
                mapping.name(ofColumn: $0).contains("분기")
            } ?? false
    }

    /// Notes a defect of a column's cell.
    mutating func report(_ kind: ImportDefect, _ column: PlanColumn?, suggestion: String? = nil) {
        let number = column.map { mapping.places[$0.rawValue] + 1 } ?? 0
        defects.append(RowDefect(kind: kind, column: number, suggestion: suggestion))
    }

    /// A defect of the row just read, with what its cell says.
    func issue(of defect: RowDefect) -> ImportIssue {
        let field = row.range(of: defect.column - 1)
        let range = defect.kind == .cellTooLong ? field : trimmed(field)
        return ImportIssue(
            row: row.number,
            column: defect.column,
            columnName: mapping.name(ofColumn: defect.column),
            kind: defect.kind,
            value: text(range),
            suggestion: defect.suggestion
        )
    }

    /// Reads the row.
    mutating func read() -> ReadRow {
        defects.removeAll(keepingCapacity: true)
        checkSizes()
        let title = cell(.title)
        let heading = NoticeTitle(title)
        if title.isEmpty && mapping.has(.title) { report(.missingTitle, .title) }
        let money = readAmount()
        let agency = readAgency()
        let notice = readNotice(flags: heading.flags)
        let year = readPlanYear(notice: notice)
        let order = year.flatMap { readOrder(planYear: $0, notice: notice) }
        let department = readDepartment()
        let (type, continuity) = readType(title: title, year: year)
        let key = readKey(title: heading.bare, department: department)
        var result = ReadRow(project: nil, defects: [], amount: money?.amount)
        result.amountNamedUnit = money?.namedUnit ?? false
        result.keyIsDerived = key.isDerived
        if !title.isEmpty, let agency, let year, let order, let type, let budget = money?.amount {
            result.project = withDetails(
                PlannedProject(
                    key: key.text,
                    title: title,
                    agency: agency,
                    department: department,
                    type: type,
                    budget: budget,
                    planYear: year,
                    order: order,
                    continuity: continuity,
                    notice: notice
                )
            )
        }
        // A warning leaves the project, an error does not.
        if defects.contains(where: { $0.kind.severity == .error }) { result.project = nil }
        result.defects = defects
        return result
    }

    private mutating func withDetails(_ project: consuming PlannedProject) -> PlannedProject {
        project.titleEnglish = optional(.titleEnglish)
        project.description = cell(.description)
        project.contactName = optional(.contactName)
        project.contactPhone = optional(.contactPhone)
        project.notes = cell(.notes)
        project.funding = readFunding(budget: project.budget)
        project.technologies = readTechnologies()
        project.contractMethod = readWord(.contractMethod, \.methods)
        project.route = readWord(.route, \.routes)
        if project.continuity == nil {
            project.continuity = readWord(.continuity, \.continuities)
        }
        project.isSoftwareProject = readYesNo(.softwareProject)
        project.restrictsLargeCompanies = readYesNo(.largeCompanies)
        readPeriod(into: &project)
        let flags = project.notice?.flags ?? []
        if flags.contains(.negotiated) && project.contractMethod == nil {
            project.contractMethod = .negotiated
        }
        if let status = readWord(.status, \.statuses) {
            project.status = status
        } else if flags.contains(.cancelled) {
            project.status = .cancelled
        } else if flags.contains(.advance) {
            project.status = .preSpecification
        } else if isNotice || project.order.timing == .orderedInPreviousYear {
            project.status = .announced
        }
        return project
    }

    private mutating func checkSizes() {
        let columnCount = mapping.header.count
        if row.count > columnCount,
            (columnCount..<row.count).contains(where: { !trimmed(row.range(of: $0)).isEmpty })
        {
            report(.extraCells, nil)
        }
        guard row.bytes.count > options.maximumCellCharacterCount else { return }
        for index in row.indices
        where row.range(of: index).count > options.maximumCellCharacterCount
            && text(row.range(of: index)).count > options.maximumCellCharacterCount
        {
            defects.append(RowDefect(kind: .cellTooLong, column: index + 1, suggestion: nil))
        }
    }

    private func optional(_ column: PlanColumn) -> String? {
        let place = place(column)
        return place.isEmpty ? nil : text(place)
    }

    private func readKey(title: String, department: String) -> (text: String, isDerived: Bool) {
        let written = cell(.key)
        if !written.isEmpty { return (written, false) }
        let notice = cell(.noticeNumber)
        if !notice.isEmpty { return (notice, false) }
        return ("T" + MatchingText.stableKey(of: title, department), true)
    }
}

// The cells.
extension RowReader {
    /// Where the trimmed text of a column lies in the row; empty where the file or the row has no
    /// such cell.
    @inline(__always)
    func place(_ column: PlanColumn) -> Range<Int> {
        trimmed(row.range(of: mapping.places[column.rawValue]))
    }

    /// The trimmed text of a column; empty where the file or the row has no such cell.
    func cell(_ column: PlanColumn) -> String { text(place(column)) }

    /// Whether nobody would see anything in any cell.
    var isBlank: Bool { row.indices.allSatisfy { trimmed(row.range(of: $0)).isEmpty } }

    /// Whether the row is one of totals, and then whether of the whole file.
    var totalKind: Bool? {
        let title = row.range(
            of: mapping.has(.title) ? mapping.places[PlanColumn.title.rawValue] : 0
        )
        let first = row.indices.first { !trimmed(row.range(of: $0)).isEmpty } ?? 0
        for field in [title, row.range(of: first)] where mayBeTotal(field) {
            let words = MatchingText.form(of: text(field)).filter { !$0.isNumber && $0 != "건" }
            if ["합계", "총계", "계", "총합계", "총사업비합계"].contains(words) { return true }
            if ["소계", "중계", "부서계"].contains(words) { return false }
        }
        return nil
    }

    /// Whether a text has a 계, or is no plain one of ASCII and Hangul syllables.
    private func mayBeTotal(_ range: Range<Int>) -> Bool {
        withBytes(range) { bytes in
            var index = 0
            while index < bytes.count {
                switch bytes[index] {
                case ..<0x80: index += 1
                case 0xEA where bytes[index + 1] == 0xB3 && bytes[index + 2] == 0x84: return true
                case 0xEA...0xED: index += 3
                default: return true
                }
            }
            return false
        }
    }

    func text(_ range: Range<Int>) -> String {
        withBytes(range) { String(decoding: $0, as: UTF8.self) }
    }

    @inline(__always)
    func withBytes<Result>(
        _ range: Range<Int>,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        row.bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        let inner = withBytes(range) { MatchingText.trimmedRange(of: $0) }
        return range.lowerBound + inner.lowerBound..<range.lowerBound + inner.upperBound
    }
}
