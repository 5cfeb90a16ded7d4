import Basics
import Hosting

/// What `haechi procurement import` tells of a file.
struct ImportSummary: Encodable {
    /// The number of data rows.
    var rowCount: Int
    /// The number of projects that can be imported, or were published.
    var importableCount: Int
    /// The number of rows that have errors.
    var refusedCount: Int
    /// The sum of the projects, in won.
    var budget: Won
    /// The number of issues of each code.
    var issueCounts: [String: Int]
    /// The first issues of each kind.
    var issues: [ImportIssue]
    /// Whether the projects came into force.
    var isPublished = false
    /// The number of editions published.
    var editionCount = 0
    /// The number of projects that can be searched after the publication.
    var searchableCount = 0
    private var severityCounts: [ImportIssue.Severity: Int]
    private var warnings: [Bilingual]

    private enum CodingKeys: String, CodingKey {
        case rowCount, importableCount, refusedCount, budget, issueCounts, issues, isPublished
        case editionCount, searchableCount
    }

    /// Tells of a dry run.
    init(_ file: PlanFile) {
        let plan = file.plan
        let totals = plan.totals
        rowCount = plan.rows.count
        importableCount = totals.count
        refusedCount = plan.refusedRowCount
        budget = totals.budget
        issueCounts = plan.issueCounts
        issues = plan.issues
        severityCounts = [:]
        for severity in [ImportIssue.Severity.error, .warning, .note] {
            severityCounts[severity] = plan.issueCount(severity)
        }
        warnings = file.warnings
    }

    /// Tells of a publication, or of what kept a file from it.
    init(_ outcome: BulkImport.Outcome, isPublished: Bool) {
        rowCount = outcome.rowCount
        importableCount = outcome.totals.count
        refusedCount = outcome.refusedRowCount
        budget = outcome.totals.budget
        issueCounts = outcome.issueCounts
        issues = outcome.issues
        self.isPublished = isPublished
        editionCount = isPublished ? outcome.editionCount : 0
        searchableCount = outcome.searchableCount
        severityCounts = outcome.severityCounts
        warnings = outcome.warnings
    }

    /// The number of issues of a severity.
    func count(_ severity: ImportIssue.Severity) -> Int { severityCounts[severity, default: 0] }

    /// Writes the summary and the issues for people.
    func write(in language: Language) {
        for warning in warnings { Terminal.complain(warning[language]) }
        Terminal.write(headline[language] + "\n")
        for issue in issues {
            let place = "\(issue.row):\(issue.column) \(issue.columnName)"
            Terminal.write(
                "\(issue.severity.rawValue)\t\(place)\t\(issue.message[language])\t\(issue.excerpt)\n"
            )
        }
    }

    private var headline: Bilingual {
        let found = Bilingual(
            "\(rowCount)행 가운데 \(importableCount)건(\(budget.text(.korean)))을 가져올 수 있고 "
                + "\(refusedCount)행은 고쳐야 합니다. 오류 \(count(.error)), "
                + "주의 \(count(.warning)), 참고 \(count(.note))",
            "\(importableCount) of \(rowCount) rows (\(budget.text(.english))) can be "
                + "imported, \(refusedCount) need correction. "
                + "\(count(.error)) errors, \(count(.warning)) warnings, "
                + "\(count(.note)) notes"
        )
        guard isPublished else { return found }
        return Bilingual(
            "\(found.korean)\n\(editionCount)개 계획을 발행했습니다. "
                + "이제 사업 \(searchableCount)건을 찾을 수 있습니다.",
            "\(found.english)\nPublished \(editionCount) plans; "
                + "\(searchableCount) projects can be searched now."
        )
    }
}
