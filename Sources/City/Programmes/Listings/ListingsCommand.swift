import ArgumentParser
import Basics
import Eligibility
import FoundationEssentials
import Hosting

/// `haechi listings`: the catalogues of programmes as files, without a server.
struct ListingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listings",
        abstract: "Catalogues of programmes that the city publishes.",
        subcommands: [ListingsCheckCommand.self]
    )
}

/// `haechi listings check`: what is wrong with catalogues.
struct ListingsCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check catalogues: lost characters, markup, ended and double programmes."
    )

    @Argument(help: "Files of one or several catalogues: CSV, XLSX or JSON; - for standard input.")
    var files: [String]

    @Option(help: "A folder of rules to hold the catalogues against; the nearest where not given.")
    var rules: String?

    @Option(help: "The day against which days are held (YYYY-MM-DD); today where not given.")
    var on: LocalDate?

    @OptionGroup var common: CommonOptions

    @Option(help: "Output format.")
    var format = OutputFormat.text

    func run() async throws {
        let language = common.language
        let day = on ?? TimeSource.system.today
        let read = try files.map { path in
            try ListingFile(CommandInput.bytes(path), fileName: path)
        }
        let folder = rules ?? RuleFolder.nearest(to: FileManager.default.currentDirectoryPath)
        let digests = try folder.map { folder in
            let catalogue = try RuleCatalogue(RuleFolder.files(at: folder))
            return RuleDigest.all(of: CompiledCatalogue(catalogue), on: day)
        }
        let report = ListingReport(read, rules: digests ?? [], on: day)
        switch format {
        case .json: try CommandOutput.json(report)
        case .text: Terminal.write(Self.text(report, language))
        }
        guard report.findings.isEmpty else { throw CommandOutcome.doneWithFaults }
    }

    private static func text(_ report: ListingReport, _ language: Language) -> String {
        var lines = report.findings.map { finding in
            let row = finding.row.map { "\($0): " } ?? ""
            let detail = finding.detail[language]
            return "\(row)\(finding.title): \(finding.kind.title[language])"
                + (detail.isEmpty ? "" : ": \(detail)")
        }
        let words = Bilingual(
            "사업 \(report.listingCount.grouped)건",
            "\(report.listingCount.grouped) listings"
        )
        lines.append(words[language])
        for kind in ListingFinding.Kind.allCases {
            guard let count = report.counts[kind.rawValue] else { continue }
            let padding = String(repeating: " ", count: max(0, 7 - count.grouped.count))
            lines.append("\(padding)\(count.grouped)  \(kind.title[language])")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
