import ArgumentParser
import Basics
import Eligibility
import FoundationEssentials
import Hosting

extension EligibilityCommand {
    /// What the rules say to programs of other makes.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the conditions for programs of other makes, and what cannot be said."
        )

        /// The form of the conditions.
        enum Form: String, ExpressibleByArgument, CaseIterable {
            case jsonLogic = "json-logic"
        }

        @Argument(help: "A folder of rules.")
        var folder: String

        @Option(help: "The form: json-logic.")
        var format: Form

        @Option(help: "The day whose versions are written, as 2026-11-02; without it, today.")
        var on: LocalDate?

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let catalogue = try RuleCatalogue(RuleFolder.files(at: folder))
            switch format {
            case .jsonLogic:
                let export = JSONLogicExport(catalogue, on: on ?? TimeSource.system.today)
                for clause in export.unsaid {
                    let place = "\(clause.position.file):\(clause.position.line)"
                    let message = Bilingual(
                        "JsonLogic으로 쓸 수 없어 사업을 뺐습니다",
                        "cannot be said in JsonLogic; the programme is left out"
                    )
                    let clauseName = "\(clause.programme), \(clause.clause)"
                    Terminal.complain("\(place): \(clauseName): \(message[common.language])")
                }
                try CommandOutput.json(export)
            }
        }
    }

    /// Drafts of rules from public catalogues.
    struct Hints: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draft rules from the codes of 보조금24 or 온통청년, every clause unchecked."
        )

        @Argument(help: "An answer of either interface in JSON; - for standard input.")
        var input: String

        @Option(help: "The file to write; standard output where not given.")
        var output: String?

        @Option(help: "The day on which the catalogue was read, as 2026-11-02; without it, today.")
        var on: LocalDate?

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let bytes = try CommandInput.bytes(input)
            let document: JSONValue
            do {
                document = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
            } catch {
                throw CommandOutcome.refused(
                    Bilingual("JSON으로 읽을 수 없습니다: \(input)", "This is not JSON: \(input)")
                )
            }
            let drafts = try RuleHints.drafts(document, on: on ?? TimeSource.system.today)
            let text = RuleDraft.yaml(drafts)
            guard let output else { return Terminal.write(text) }
            let file = try CommandFile(output)
            try file.write(Array(text.utf8))
            try file.close()
        }
    }
}
