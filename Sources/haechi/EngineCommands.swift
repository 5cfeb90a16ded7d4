import ArgumentParser
import Basics
import Contracting
import Hosting
import Tabular

/// The verbs of the engines: each works on files, without a store.
enum EngineCommands {
    static let all: [any ParsableCommand.Type] = [
        TabularCommand.self, ContractingCommand.self, KoreanCommand.self, DocumentsCommand.self,
        EligibilityCommand.self, DrawCommand.self, WayfindingCommand.self, VisionCommand.self,
        SitingCommand.self, SightingsCommand.self, ModelsCommand.self,
    ]
}

/// `haechi tabular convert`: CSV and XLSX into each other.
struct TabularCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tabular",
        abstract: "Tables as CSV and XLSX.",
        subcommands: [Convert.self]
    )

    struct Convert: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Convert a table; the form of the output follows its name."
        )

        @Argument(help: "A CSV or XLSX file.")
        var input: String

        @Argument(help: "The file to write, .csv or .xlsx.")
        var output: String

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let file = try CommandFile(output)
            let summary = try TabularConversion.convert(
                try TabularReader.open(path: input),
                to: .init(fileName: output)
            ) { try file.write($0) }
            try file.close()
            for warning in summary.warnings { Terminal.complain(warning[common.language]) }
            if !summary.warnings.isEmpty { throw CommandOutcome.doneWithFaults }
        }
    }
}

/// `haechi contracting check`: what is wrong with an OCDS document.
struct ContractingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contracting",
        abstract: "Open Contracting Data Standard documents.",
        subcommands: [Check.self]
    )

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check an OCDS document against the schema and its own references."
        )

        @Argument(help: "An OCDS document; - for standard input.")
        var file: String

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let report = try ContractingReport.check(
                ReleaseReader(bytes: try CommandInput.bytes(file))
            )
            switch format {
            case .json: try CommandOutput.json(report)
            case .text:
                for finding in report.findings {
                    Terminal.write(
                        "\(finding.code.rawValue) \(finding.path): "
                            + "\(finding.message[common.language])\n"
                    )
                }
            }
            guard report.errorCount + report.warningCount == 0 else {
                throw CommandOutcome.doneWithFaults
            }
        }
    }
}
