import ArgumentParser
import Basics
import Hosting

extension MoneyUnit: ExpressibleByArgument {}

/// `haechi procurement import`: what would be taken from a plan file, and every defect of it.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read a plan file and name every defect; publishing is done on the portal."
    )

    @Argument(help: "A CSV or XLSX file; - for standard input.")
    var file: String

    @Flag(help: "Only report; the only way on files, and said for clarity.")
    var dryRun = false

    @Option(help: "The plan year, where the file does not say it.")
    var year: Int?

    @Option(help: "The unit of money: won, thousandWon, millionWon or eok.")
    var unit: MoneyUnit?

    @OptionGroup var common: CommonOptions

    @Option(help: "Output format.")
    var format = OutputFormat.text

    func run() async throws {
        var options = PlanImportOptions()
        options.planYear = year
        options.moneyUnit = unit
        options.directory = SeoulAgencies.directory
        let read = try PlanFile.read(
            try CommandInput.bytes(file),
            fileName: file,
            options: options
        )
        switch format {
        case .text: write(read)
        case .json: try CommandOutput.json(Summary(read.plan))
        }
        if read.plan.issueCount(.error) > 0 { throw CommandOutcome.doneWithFaults }
    }

    private func write(_ file: PlanFile) {
        let plan = file.plan
        let language = common.language
        for warning in file.warnings { Terminal.complain(warning[language]) }
        let totals = plan.totals
        let summary = Bilingual(
            "\(plan.rows.count)행 가운데 \(totals.count)건(\(totals.budget.text(.korean)))을 가져올 수 있고 "
                + "\(plan.refusedRowCount)행은 고쳐야 합니다. 오류 \(plan.issueCount(.error)), "
                + "주의 \(plan.issueCount(.warning)), 참고 \(plan.issueCount(.note))",
            "\(totals.count) of \(plan.rows.count) rows (\(totals.budget.text(.english))) can be "
                + "imported, \(plan.refusedRowCount) need correction. "
                + "\(plan.issueCount(.error)) errors, \(plan.issueCount(.warning)) warnings, "
                + "\(plan.issueCount(.note)) notes"
        )
        Terminal.write(summary[language] + "\n")
        for issue in plan.issues {
            let place = "\(issue.row):\(issue.column) \(issue.columnName)"
            Terminal.write(
                "\(issue.severity.rawValue)\t\(place)\t\(issue.message[language])\t\(issue.excerpt)\n"
            )
        }
    }

    private struct Summary: Encodable {
        var rowCount: Int
        var importableCount: Int
        var refusedCount: Int
        var budget: Won
        var issueCounts: [String: Int]
        var issues: [ImportIssue]

        init(_ plan: PlanImport) {
            rowCount = plan.rows.count
            importableCount = plan.totals.count
            refusedCount = plan.refusedRowCount
            budget = plan.totals.budget
            issueCounts = plan.issueCounts
            issues = plan.issues
        }
    }
}
