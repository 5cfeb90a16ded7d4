import ArgumentParser
import Basics
import Eligibility
import Hosting
import Tabular

extension EligibilityCommand {
    /// Everybody of a table against a folder of rules.
    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Match the residents of a table with the rules, and tell what is new since a day."
        )

        @Argument(help: "A folder of rules.")
        var folder: String

        @Argument(help: "A table of residents (CSV; docs/rules.md); - for standard input.")
        var population: String

        @Option(help: "The day of the applications, as 2026-11-02; without it, today.")
        var on: LocalDate?

        @Option(help: "An earlier table of the residents; what is new or over since is told.")
        var against: String?

        @Option(help: "The day of the earlier applications; without it, the day before.")
        var againstOn: LocalDate?

        @Option(help: "A CSV file for who newly fits what, and whom it no longer fits.")
        var candidates: String?

        @OptionGroup var common: CommonOptions

        @Option(help: "Output format.")
        var format = OutputFormat.text

        func run() async throws {
            let catalogue = try EligibilityFiles.catalogue(folder)
            let today = on ?? TimeSource.system.today
            let isCompared = against != nil || againstOn != nil
            guard candidates == nil || isCompared else {
                throw CommandOutcome.refused(
                    Bilingual(
                        "견줄 것(--against나 --against-on)이 없어 새로운 것을 알 수 없습니다.",
                        "Without --against or --against-on nothing is known to be new."
                    )
                )
            }
            var file = try candidates.map { try CandidateFile($0, catalogue) }
            var tally = MatchTally(catalogue.catalogue.programmes.map(\.name), today)
            let before = isCompared ? againstOn ?? today.adding(days: -1) : nil
            tally.against = before
            if let against, let before {
                var old = try MatchReader(against, catalogue, [before])
                var new = try MatchReader(population, catalogue, [today])
                var join = MatchJoin()
                try join.run(&old, &new) { id, was, now in
                    if let now { tally.add(now) }
                    let changes = tally.compare(was ?? [], now ?? [])
                    try file?.write(id, changes)
                }
                tally.faultCount = old.faultCount + new.faultCount
            } else {
                var reader = try MatchReader(
                    population,
                    catalogue,
                    [today] + (before.map { [$0] } ?? [])
                )
                while let group = try reader.next() {
                    for (id, fits) in group {
                        tally.add(fits[0])
                        guard fits.count > 1 else { continue }
                        let changes = tally.compare(fits[1], fits[0])
                        try file?.write(id, changes)
                    }
                }
                tally.faultCount = reader.faultCount
            }
            try file?.finish()
            switch format {
            case .json: try CommandOutput.json(tally)
            case .text: Terminal.write(tally.text(catalogue.catalogue, common.language))
            }
            guard tally.faultCount == 0 else { throw CommandOutcome.doneWithFaults }
        }
    }
}

/// What each resident of a table fits, a household at a time.
private struct MatchReader {
    /// The most faults that are told one by one.
    static let maximumToldCount = 100

    private var table: PopulationTable
    private let catalogue: CompiledCatalogue
    private let dates: [LocalDate]
    private var judges: [Judge]
    private(set) var faultCount = 0

    init(_ path: String, _ catalogue: CompiledCatalogue, _ dates: [LocalDate]) throws {
        table = try PopulationTable(path, catalogue.catalogue)
        self.catalogue = catalogue
        self.dates = dates
        judges = dates.map { Judge(catalogue, on: $0) }
    }

    /// The next residents by id, with the programmes that fit them on each day; nil at the end.
    mutating func next() throws -> [(id: String, fits: [[Int]])]? {
        guard let group = try table.next() else { return nil }
        var result: [(id: String, fits: [[Int]])] = []
        for resident in group {
            if let fault = resident.fault {
                tell(resident, fault)
                continue
            }
            do {
                let fits = try dates.indices.map { try fitting(resident, group, $0) }
                result.append((resident.id, fits))
            } catch let error as EligibilityError {
                tell(resident, error.message)
            }
        }
        return result
    }

    private mutating func fitting(
        _ resident: TableResident,
        _ group: [TableResident],
        _ place: Int
    ) throws -> [Int] {
        let situation = resident.situation(
            in: group,
            on: dates[place],
            saysRelations: table.saysRelations
        )
        let verdicts = judges[place].verdicts(of: try FactSheet(situation, in: catalogue))
        return verdicts.indices.filter { verdicts[$0] == .eligible }
    }

    private mutating func tell(_ resident: TableResident, _ message: Bilingual) {
        faultCount += 1
        guard faultCount <= Self.maximumToldCount else { return }
        let text = message[Terminal.localeLanguage]
        Terminal.complain("\(table.path):\(resident.line): \(resident.id): \(text)")
    }
}

/// Two tables side by side: each resident of either with what fitted and what fits.
private struct MatchJoin {
    /// How many residents of one table wait for the other: tables in about the same order need few.
    static let maximumWaitingCount = 1_000_000

    private var old: [String: [Int]] = [:]
    private var new: [String: [Int]] = [:]

    /// Residents of one table alone come last.
    mutating func run(
        _ before: inout MatchReader,
        _ after: inout MatchReader,
        _ found: (_ id: String, _ was: [Int]?, _ now: [Int]?) throws -> Void
    ) throws {
        var isOpen = true
        while isOpen {
            let (left, right) = (try before.next(), try after.next())
            isOpen = left != nil || right != nil
            for (id, fits) in left ?? [] {
                if let now = new.removeValue(forKey: id) {
                    try found(id, fits[0], now)
                } else {
                    old[id] = fits[0]
                }
            }
            for (id, fits) in right ?? [] {
                if let was = old.removeValue(forKey: id) {
                    try found(id, was, fits[0])
                } else {
                    new[id] = fits[0]
                }
            }
            guard old.count + new.count <= Self.maximumWaitingCount else {
                throw CommandOutcome.refused(
                    Bilingual(
                        "두 표의 차례가 너무 다릅니다. 같은 차례로 적어 주세요.",
                        "The order of the two tables is too different. Write both in the same one."
                    )
                )
            }
        }
        for (id, was) in old.sorted(by: { $0.key < $1.key }) { try found(id, was, nil) }
        for (id, now) in new.sorted(by: { $0.key < $1.key }) { try found(id, nil, now) }
    }
}

/// What came of matching, by programme.
private struct MatchTally: Encodable {
    struct Programme: Encodable {
        var programme: String
        var matches = 0
        var new = 0
        var ended = 0
    }

    var on: LocalDate
    var against: LocalDate?
    var residents = 0
    var faultCount = 0
    var programmes: [Programme]

    init(_ names: [String], _ date: LocalDate) {
        on = date
        programmes = names.map { Programme(programme: $0) }
    }

    mutating func add(_ fits: [Int]) {
        residents += 1
        for programme in fits { programmes[programme].matches += 1 }
    }

    /// Counts what changed and tells it: the programme, and whether it newly fits.
    mutating func compare(_ was: [Int], _ now: [Int]) -> [(programme: Int, fits: Bool)] {
        let changes =
            Set(now).subtracting(was).map { (programme: $0, fits: true) }
            + Set(was).subtracting(now).map { (programme: $0, fits: false) }
        for change in changes {
            if change.fits {
                programmes[change.programme].new += 1
            } else {
                programmes[change.programme].ended += 1
            }
        }
        return changes.sorted { $0.programme < $1.programme }
    }

    func text(_ catalogue: RuleCatalogue, _ language: Language) -> String {
        var lines: [String] = []
        for (programme, definition) in zip(programmes, catalogue.programmes) {
            let changes = against == nil ? "" : "\t+\(programme.new)\t-\(programme.ended)"
            lines.append(
                "\(programme.matches)\(changes)\t\(programme.programme)\t\(definition.title[language])"
            )
        }
        let pairs = programmes.reduce(0) { $0 + $1.matches }
        lines.append(
            Bilingual(
                "\(on): 주민 \(residents.grouped)명, 맞는 것 \(pairs.grouped)건, 잘못된 줄 \(faultCount.grouped)개",
                "\(on): \(residents.grouped) residents, \(pairs.grouped) matches, "
                    + "\(faultCount.grouped) faulty rows"
            )[language]
        )
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Who newly fits what, and whom it no longer fits, a line each.
private struct CandidateFile {
    private let file: CommandFile
    private var rows: CSVWriter
    private let names: [String]

    init(_ path: String, _ catalogue: CompiledCatalogue) throws {
        let file = try CommandFile(path)
        // Programs read it, and look the residents up by their ids as they are.
        var options = CSVWriter.Options()
        options.neutralizesFormulas = false
        rows = CSVWriter(options: options) { try file.write($0) }
        self.file = file
        names = catalogue.catalogue.programmes.map(\.name)
        try rows.write(["id", "programme", "change"])
    }

    mutating func write(_ id: String, _ changes: [(programme: Int, fits: Bool)]) throws {
        for change in changes {
            try rows.write([id, names[change.programme], change.fits ? "new" : "ended"])
        }
    }

    mutating func finish() throws {
        try rows.finish()
        try file.close()
    }
}
