import ArgumentParser
import Basics
import City
import Hosting
import Store

extension MoneyUnit: ExpressibleByArgument {}
extension PlanEdition.Kind: ExpressibleByArgument {}

/// `haechi procurement import`: what would be taken from a plan file, and every defect of it; with
/// `--publish` a file of any length comes into force.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read a plan file and name every defect, or publish it with --publish."
    )

    @Argument(help: "A CSV or XLSX file; - for standard input.")
    var file: String

    @Flag(help: "Only report, which is what happens without --publish.")
    var dryRun = false

    @Flag(help: "Publish the plans of every agency and year in the file, all or none.")
    var publish = false

    @Flag(help: "Publish without the rows that have errors.")
    var skipBadRows = false

    @Option(help: "Why it is published: original, revised or supplementary.")
    var kind: PlanEdition.Kind?

    @Option(help: "The plan year, where the file does not say it.")
    var year: Int?

    @Option(help: "The unit of money: won, thousandWon, millionWon or eok.")
    var unit: MoneyUnit?

    @OptionGroup var settings: SettingOptions
    @OptionGroup var common: CommonOptions

    @Option(help: "Output format.")
    var format = OutputFormat.text

    func validate() throws {
        if publish && dryRun {
            throw ValidationError("--publish and --dry-run exclude each other.")
        }
        if !publish && (skipBadRows || kind != nil) {
            throw ValidationError("--skip-bad-rows and --kind need --publish.")
        }
    }

    func run() async throws {
        var options = PlanImportOptions()
        options.planYear = year
        options.moneyUnit = unit
        let summary = publish ? try await published(options) : try read(options)
        switch format {
        case .text: summary.write(in: common.language)
        case .json: try CommandOutput.json(summary)
        }
        if summary.count(.error) > 0 { throw CommandOutcome.doneWithFaults }
        if publish && !summary.isPublished {
            throw CommandOutcome.refused(
                Bilingual("가져올 사업이 없습니다.", "There is no project to import.")
            )
        }
    }

    private func read(_ options: PlanImportOptions) throws -> ImportSummary {
        var options = options
        options.directory = SeoulAgencies.directory
        return ImportSummary(
            try PlanFile.read(try CommandInput.bytes(file), fileName: file, options: options)
        )
    }

    /// Keeps the file, then publishes what the kept copy says.
    private func published(_ options: PlanImportOptions) async throws -> ImportSummary {
        try await settings.withStore { store in
            let blob = try await store.blobs.put(try CommandInput.pieces(file)).id
            let source = BulkImport.Source(
                path: store.blobs.path(of: blob),
                fileName: file.split(separator: "/").last.map(String.init) ?? file,
                digest: blob.rawValue,
                kind: kind,
                skipsBadRows: skipBadRows
            )
            do {
                let outcome = try await store.write { tx in
                    var options = options
                    let known = try Organizations.all(in: tx).map { PlanAgency($0) }
                    options.directory = AgencyDirectory(known + SeoulAgencies.all)
                    return try BulkImport.publish(source, options: options, in: tx)
                }
                return ImportSummary(outcome, isPublished: true)
            } catch let refusal as BulkImport.Refusal {
                return ImportSummary(refusal.outcome, isPublished: false)
            }
        }
    }
}
