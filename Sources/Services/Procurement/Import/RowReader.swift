import Basics

/// What one row says, as far as it can be read without its neighbours.
struct ReadRow: Sendable {
    /// The project; nothing where the row has an error.
    var project: PlannedProject?
    /// What is wrong with the row.
    var issues: [ImportIssue]
    /// The budget, also where another cell has an error.
    var amount: Won?
    /// Whether the key was made from title and department because the file gives none.
    var keyIsDerived = true
    /// Whether the amount's cell named its own unit.
    var amountNamedUnit = false
}

/// Reads one row into a project; the same cells always read the same.
struct RowReader {
    let mapping: ColumnMapping
    let options: PlanImportOptions
    let row: ImportRow
    var issues: [ImportIssue] = []

    /// Whether the file lists tender notices rather than plans.
    var isNotice: Bool {
        mapping.columns[.publishedOn] != nil && mapping.columns[.timing] == nil
    }

    /// Reads a row.
    static func read(
        _ row: ImportRow,
        mapping: ColumnMapping,
        options: PlanImportOptions
    ) -> ReadRow {
        var reader = RowReader(mapping: mapping, options: options, row: row)
        return reader.read()
    }

    /// The trimmed text of a column; empty where the file or the row has no such cell.
    func cell(_ column: PlanColumn) -> String {
        guard let number = mapping.columns[column], row.cells.indices.contains(number - 1) else {
            return ""
        }
        return MatchingText.trimmed(row.cells[number - 1])
    }

    /// Notes a defect of a column's cell.
    mutating func report(_ kind: ImportDefect, _ column: PlanColumn?, suggestion: String? = nil) {
        let number = column.flatMap { mapping.columns[$0] } ?? 0
        issues.append(
            ImportIssue(
                row: row.number,
                column: number,
                columnName: mapping.name(ofColumn: number),
                kind: kind,
                value: column.map { cell($0) } ?? "",
                suggestion: suggestion
            )
        )
    }

    private mutating func read() -> ReadRow {
        checkSizes()
        let title = cell(.title)
        let heading = NoticeTitle(title)
        if title.isEmpty && mapping.columns[.title] != nil { report(.missingTitle, .title) }
        let money = readAmount()
        let agency = readAgency()
        let notice = readNotice(flags: heading.flags)
        let year = readPlanYear(notice: notice)
        let order = year.flatMap { readOrder(planYear: $0, notice: notice) }
        let department = readDepartment()
        let (type, continuity) = readType(title: title, year: year)
        let key = readKey(title: heading.bare, department: department)
        var result = ReadRow(project: nil, issues: [], amount: money?.amount)
        result.amountNamedUnit = money?.namedUnit ?? false
        result.keyIsDerived = key.isDerived
        if !title.isEmpty, let agency, let year, let order, let type, let budget = money?.amount {
            var project = PlannedProject(
                key: key.text,
                title: title,
                agency: agency,
                department: department,
                type: type,
                budget: budget,
                planYear: year,
                order: order,
                continuity: continuity
            )
            project.notice = notice
            readDetails(into: &project)
            result.project = project
        }
        result.issues = issues
        if issues.contains(where: { $0.severity == .error }) { result.project = nil }
        return result
    }

    private mutating func readDetails(into project: inout PlannedProject) {
        project.titleEnglish = optional(.titleEnglish)
        project.description = cell(.description)
        project.contactName = optional(.contactName)
        project.contactPhone = optional(.contactPhone)
        project.notes = cell(.notes)
        project.funding = readFunding(budget: project.budget)
        project.technologies = readTechnologies()
        project.contractMethod = readWord(.contractMethod)
        project.route = readWord(.route)
        if project.continuity == nil { project.continuity = readWord(.continuity) }
        project.isSoftwareProject = readYesNo(.softwareProject)
        project.restrictsLargeCompanies = readYesNo(.largeCompanies)
        readPeriod(into: &project)
        let flags = project.notice?.flags ?? []
        if flags.contains(.negotiated) && project.contractMethod == nil {
            project.contractMethod = .negotiated
        }
        if let status: ProjectStatus = readWord(.status) {
            project.status = status
        } else if flags.contains(.cancelled) {
            project.status = .cancelled
        } else if flags.contains(.advance) {
            project.status = .preSpecification
        } else if isNotice || project.order.timing == .orderedInPreviousYear {
            project.status = .announced
        }
    }

    private mutating func checkSizes() {
        let columnCount = mapping.header.count
        if row.cells.dropFirst(columnCount).contains(where: { !MatchingText.trimmed($0).isEmpty }) {
            report(.extraCells, nil)
        }
        for (index, cell) in row.cells.enumerated()
        where cell.utf8.count > options.maximumCellCharacterCount
            && cell.count > options.maximumCellCharacterCount
        {
            issues.append(
                ImportIssue(
                    row: row.number,
                    column: index + 1,
                    columnName: mapping.name(ofColumn: index + 1),
                    kind: .cellTooLong,
                    value: cell
                )
            )
        }
    }

    private func optional(_ column: PlanColumn) -> String? {
        let text = cell(column)
        return text.isEmpty ? nil : text
    }

    private func readKey(title: String, department: String) -> (text: String, isDerived: Bool) {
        let written = cell(.key)
        if !written.isEmpty { return (written, false) }
        let notice = cell(.noticeNumber)
        if !notice.isEmpty { return (notice, false) }
        return ("T" + MatchingText.stableKey(of: title, department), true)
    }
}
