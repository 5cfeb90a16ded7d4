import Basics

/// Judges what only the whole file shows: columns, repeated projects, the unit, the totals.
struct PlanJudge: Sendable {
    private let mapping: ColumnMapping
    private let options: PlanImportOptions
    /// What was found.
    private(set) var ledger = IssueLedger()

    /// Begins with a file's header.
    init(mapping: ColumnMapping, options: PlanImportOptions) {
        self.mapping = mapping
        self.options = options
    }

    /// Notes a defect of the file.
    mutating func report(
        _ kind: ImportDefect,
        row: Int,
        column: Int,
        value: String = "",
        suggestion: String? = nil
    ) {
        ledger.add(kind, keeping: options.maximumIssueCountPerKind) {
            ImportIssue(
                row: row,
                column: column,
                columnName: mapping.name(ofColumn: column),
                kind: kind,
                value: value,
                suggestion: suggestion
            )
        }
    }

    /// Judges the header.
    mutating func judgeColumns() {
        let row = options.headerRowNumber
        if !mapping.has(.title) { report(.missingTitleColumn, row: row, column: 0) }
        if !mapping.has(.amount) { report(.missingAmountColumn, row: row, column: 0) }
        if !mapping.has(.timing) && !mapping.has(.publishedOn) {
            report(.missingTimingColumn, row: row, column: 0)
        }
        for column in mapping.unknownColumns {
            report(.unknownColumn, row: row, column: column, value: mapping.name(ofColumn: column))
        }
        for column in mapping.repeatedColumns {
            report(.repeatedColumn, row: row, column: column, value: mapping.name(ofColumn: column))
        }
    }

    /// Refuses a repeated key; a derived key that differs in budget gets a number instead.
    ///
    /// - Parameters:
    ///   - project: The project of a row; its key may get a number.
    ///   - keyIsDerived: Whether the file gives no key for it.
    ///   - row: The row number in the file.
    ///   - earlier: The budgets of all earlier rows with the same reference.
    /// - Returns: Whether the project can be imported.
    mutating func admit(
        _ project: inout PlannedProject,
        keyIsDerived: Bool,
        row: Int,
        earlier: [Won]
    ) -> Bool {
        guard !earlier.isEmpty else { return true }
        let titleColumn = mapping.columns[.title] ?? 0
        if !keyIsDerived {
            let keyColumn = mapping.columns[.key] ?? mapping.columns[.noticeNumber] ?? 0
            report(.duplicateKey, row: row, column: keyColumn, value: project.key)
            return false
        }
        if earlier.contains(project.budget) {
            report(.repeatedProject, row: row, column: titleColumn, value: project.title)
            return false
        }
        report(.repeatedTitle, row: row, column: titleColumn, value: project.title)
        project.key += "-\(earlier.count + 1)"
        return true
    }

    /// Questions the unit where the median budget is not what a project costs.
    ///
    /// A programme's median lies near 100 million won; a unit read wrongly moves it by a factor of
    /// a thousand. A unit that the officer chose is not questioned.
    ///
    /// - Parameter amounts: The amounts in won whose cell named no unit of its own.
    /// - Returns: The unit that the amounts look like, where it differs from the one in force.
    mutating func judgeUnit(_ amounts: consuming [Int64]) -> MoneyUnit? {
        guard options.moneyUnit == nil, let column = mapping.columns[.amount] else { return nil }
        amounts.removeAll { $0 <= 0 }
        guard amounts.count >= 3 else { return nil }
        // Whether the median is usual can be counted, without sorting a million amounts.
        let usual: ClosedRange<Int64> = 1_000_000...5_000_000_000
        let (below, above) = amounts.reduce(into: (0, 0)) { counts, amount in
            if amount < usual.lowerBound { counts.0 += 1 }
            if amount > usual.upperBound { counts.1 += 1 }
        }
        let middle = amounts.count / 2
        if below <= middle && above < amounts.count - middle { return nil }
        amounts.sort()
        let median = amounts[middle]
        let unit = mapping.units[.amount] ?? .won
        let inUnits = Double(median) / Double(unit.wonPerUnit)
        func distance(_ unit: MoneyUnit) -> Double {
            let ratio = inUnits * Double(unit.wonPerUnit) / 100_000_000
            return max(ratio, 1 / ratio)
        }
        guard let best = MoneyUnit.allCases.min(by: { distance($0) < distance($1) }), best != unit
        else { return nil }
        report(
            .ambiguousUnit,
            row: options.headerRowNumber,
            column: column,
            value: mapping.name(ofColumn: column),
            suggestion: best.label.korean
        )
        return best
    }

    /// Compares a row of totals with the amounts above it.
    ///
    /// - Parameters:
    ///   - stated: The amount it states, where it can be read.
    ///   - isGrandTotal: Whether it claims to sum the whole file.
    ///   - row: The row number in the file.
    ///   - sum: The sum of the amounts above it, in won.
    ///   - count: Their number.
    mutating func judgeTotal(
        _ stated: Won?,
        isGrandTotal: Bool,
        row: Int,
        sum: Int128,
        count: Int
    ) {
        report(.totalRow, row: row, column: 0)
        guard isGrandTotal, let stated else { return }
        // Rows rounded to the unit may each be off by half of it.
        let unit = options.moneyUnit ?? mapping.units[.amount] ?? .won
        let tolerance = unit == .won ? 0 : Int128(count) * Int128(unit.wonPerUnit) / 2
        guard (sum - Int128(stated.amount)).magnitude > tolerance.magnitude else { return }
        report(
            .totalMismatch,
            row: row,
            column: mapping.columns[.amount] ?? 0,
            value: stated.amount.grouped,
            suggestion: Int64(clamping: sum).grouped
        )
    }
}
