import ArgumentParser
import Basics
import Eligibility
import Hosting

/// `haechi eligibility`: the city's rules as files, without a server.
struct EligibilityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eligibility",
        abstract: "Rules of the city's programmes.",
        subcommands: [
            Check.self, Test.self, Explain.self, Ask.self, Match.self, Export.self, Hints.self,
        ]
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

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run the tests that stand beside the rules."
        )

        @Argument(help: "A folder of rules.")
        var folder: String

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let report = try EligibilityFiles.catalogue(folder).runTests()
            switch format {
            case .json: try CommandOutput.json(report)
            case .text:
                for failure in report.failures {
                    let place = "\(failure.position.file):\(failure.position.line)"
                    let programme = failure.programme.map { " \($0):" } ?? ""
                    Terminal.write(
                        "\(place): \(failure.test):\(programme) "
                            + "\(failure.message[common.language])\n"
                    )
                }
                let summary = Bilingual(
                    "시험 \(report.testCount)건, 비교 \(report.expectationCount)건, "
                        + "실패 \(report.failures.count)건",
                    "\(report.testCount) tests, \(report.expectationCount) expectations, "
                        + "\(report.failures.count) failures"
                )
                Terminal.write(summary[common.language] + "\n")
            }
            guard report.failures.isEmpty else { throw CommandOutcome.doneWithFaults }
        }
    }

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what a person may get, why, why not, and what would have to change."
        )

        @Argument(help: "A folder of rules.")
        var folder: String

        @Argument(help: "A situation in YAML or JSON; - for standard input.")
        var situation: String

        @Option(help: "Only this programme.")
        var programme: String?

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let catalogue = try EligibilityFiles.catalogue(folder)
            let sheet = try EligibilityFiles.sheet(situation, catalogue)
            var judge = Judge(catalogue, on: sheet.date)
            let names = programme.map { [$0] } ?? catalogue.catalogue.programmes.map(\.name)
            let judgements = try names.map { try judge.judgement(of: $0, sheet) }
            switch format {
            case .json: try CommandOutput.json(judgements)
            case .text:
                for judgement in judgements {
                    Terminal.write(judgement.text(common.language))
                }
            }
        }
    }

    struct Ask: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the questions still open for a person, the best one first."
        )

        @Argument(help: "A folder of rules.")
        var folder: String

        @Argument(help: "A situation in YAML or JSON; - for standard input.")
        var situation: String

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        private struct Question: Encodable {
            var facts: [String]
            var questions: [Bilingual]
            var programmes: [String]
        }

        func run() async throws {
            let catalogue = try EligibilityFiles.catalogue(folder)
            let sheet = try EligibilityFiles.sheet(situation, catalogue)
            let questions = QuestionPlanner(catalogue).open(sheet)
            switch format {
            case .json:
                try CommandOutput.json(
                    questions.map {
                        Question(
                            facts: $0.facts.map(\.name),
                            questions: $0.facts.compactMap(\.question),
                            programmes: $0.programmes
                        )
                    }
                )
            case .text:
                for question in questions {
                    for fact in question.facts {
                        let text = fact.question?[common.language] ?? ""
                        Terminal.write("\(fact.name)\t\(text)\n")
                    }
                }
            }
        }
    }
}

/// What the verbs of the engine read.
enum EligibilityFiles {
    static func catalogue(_ folder: String) throws -> CompiledCatalogue {
        CompiledCatalogue(try RuleCatalogue(RuleFolder.files(at: folder)))
    }

    static func sheet(_ path: String, _ catalogue: CompiledCatalogue) throws -> FactSheet {
        let text = String(decoding: try CommandInput.bytes(path), as: UTF8.self)
        let file = RuleFile(name: path, text: text)
        return try FactSheet(Situation(file, in: catalogue.catalogue), in: catalogue)
    }
}
