import ArgumentParser
import Basics
import Eligibility
import Hosting

/// `haechi eligibility`: the city's rules as files, without a server.
struct EligibilityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eligibility",
        abstract: "Rules of the city's programmes.",
        subcommands: [Check.self]
    )

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a folder of rules: every fault with file, line and clause."
        )

        @Argument(help: "A folder of rules.")
        var folder: String

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let (_, report) = RuleCatalogue.read(try RuleFolder.files(at: folder))
            switch format {
            case .json: try CommandOutput.json(report)
            case .text:
                for fault in report.faults { Terminal.write(fault.text(common.language) + "\n") }
                let summary = Bilingual(
                    "사업 \(report.programmeCount)개, 판 \(report.versionCount)개, "
                        + "조항 \(report.clauseCount)개, 사실 \(report.factCount)개",
                    "\(report.programmeCount) programmes, \(report.versionCount) versions, "
                        + "\(report.clauseCount) clauses, \(report.factCount) facts"
                )
                Terminal.write(summary[common.language] + "\n")
            }
            guard report.faults.isEmpty else { throw CommandOutcome.doneWithFaults }
        }
    }
}
