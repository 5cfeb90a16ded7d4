import ArgumentParser
import Basics
import Consistency
import Hosting
import Tabular

/// `haechi procurement …`: the portal's work on files, without a server.
struct ProcurementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "procurement",
        abstract: "Plans of informatization projects: import, report, audit, export.",
        subcommands: [
            ImportCommand.self, ReportCommand.self, AuditCommand.self, ExportCommand.self,
        ]
    )
}

/// `haechi procurement report`: the figures of a year's plan.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Print the figures of a year's plan."
    )

    @OptionGroup var source: PlanSource
    @OptionGroup var common: CommonOptions

    @Option(help: "The plan year.")
    var year = SampleCity.planYear

    @Option(help: "Workers per KRW 1bn.")
    var coefficient: String?

    @Option(help: "Output format.")
    var format = OutputFormat.text

    func run() async throws {
        let projects = try await source.projects().filter { $0.planYear == year }
        guard !projects.isEmpty else {
            throw CommandOutcome.refused(
                Bilingual("\(year)년 계획이 없습니다.", "There is no plan for \(year).")
            )
        }
        let report = PlanReport(
            year: year,
            projects: projects,
            coefficient: JobsCoefficient(typed: coefficient)
        )
        switch format {
        case .text: Terminal.write(report.text(common.language))
        case .json: try CommandOutput.json(report)
        }
    }
}

/// `haechi procurement audit`: whether published figures close.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check whether published figures close."
    )

    @Argument(help: "A CSV or XLSX file of figures; - for standard input.")
    var file: String

    @OptionGroup var common: CommonOptions

    @Option(help: "Output format.")
    var format = OutputFormat.text

    func run() async throws {
        var reader = try TabularReader.open(try CommandInput.bytes(file), fileName: file)
        var rows: [[String]] = []
        var row = TabularRow()
        while try reader.next(&row) { rows.append(row.cells.map(\.text)) }
        let findings = try ConsistencyReport.findings(rows: rows)
        switch format {
        case .json: try CommandOutput.json(findings)
        case .text:
            let language = common.language
            for finding in findings {
                Terminal.write(
                    "[\(finding.severity.title[language])] \(finding.year) "
                        + "\(ConsistencyPage.title(finding.rule)[language]): "
                        + "\(finding.statement[language])\n"
                )
            }
        }
        if findings.contains(where: { $0.severity == .contradiction || $0.severity == .gap }) {
            throw CommandOutcome.doneWithFaults
        }
    }
}

/// `haechi procurement export`: projects as OCDS, CSV or XLSX.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write projects as OCDS 1.1, CSV or XLSX."
    )

    /// The forms, by the names people know.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case ocds, csv, xlsx

        var plan: PlanFormat {
            switch self {
            case .ocds: .ocds
            case .csv: .csv
            case .xlsx: .xlsx
            }
        }
    }

    @OptionGroup var source: PlanSource
    @OptionGroup var common: CommonOptions

    @Option(help: "The form: ocds, csv or xlsx.")
    var format: Format

    @Option(help: "The file to write; standard output where not given.")
    var output: String?

    func run() async throws {
        let projects = try await source.projects()
        var export = try PlanExport(
            format: format.plan,
            publisher: SeoulAgencies.city.name,
            address: "https://city.example/procurement/projects.json",
            publishedAt: Instant(SampleCity.announcedOn)
        )
        let file = try CommandFile(output)
        for start in stride(from: 0, to: projects.count, by: Projects.maximumBatchCount) {
            let end = min(start + Projects.maximumBatchCount, projects.count)
            try file.write(try export.add(Array(projects[start..<end])))
        }
        try file.write(try export.finish())
        try file.close()
    }
}

/// Where a command's projects come from: a plan file, or the generated sample city.
struct PlanSource: ParsableArguments {
    @Option(
        name: .customLong("input"),
        help: "A plan as CSV or XLSX; the sample city where not given."
    )
    var input: String?

    func projects() async throws -> [PlannedProject] {
        guard let input else { return SampleCity.projects() }
        var options = PlanImportOptions()
        options.directory = SeoulAgencies.directory
        let file = try PlanFile.read(
            try CommandInput.bytes(input),
            fileName: input,
            options: options
        )
        return file.plan.projects
    }
}
