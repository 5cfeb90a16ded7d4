import Basics
import Eligibility
import Glibc

// One person against a thousand programmes, and the questions a catalogue asks: figures as JSON lines.
// haechi-eligibility-bench FOLDER

/// A catalogue of the size of a city's: ranges, choices and yes or no over two dozen facts, by seed.
struct SyntheticRules {
    static let programmeCount = 1_000
    static let columnCount = 24
    /// Columns that have few values; the others have hundreds.
    static let smallColumnCount = 10

    static func values(_ column: Int) -> Int {
        column < smallColumnCount ? 2 + column % 3 : 100 + 40 * (column - smallColumnCount)
    }

    /// About four hundred distinct comparisons, two to seven a programme.
    static func text(_ random: inout SeededRandom) -> String {
        var text = "facts:\n"
        for column in 0..<columnCount {
            text += "  f\(column): {label: {ko: 사실, en: fact}, question: {ko: 묻기, en: ask}, "
            text += "type: integer, range: {from: 0, to: \(values(column) - 1)}}\n"
        }
        var limits: [(column: Int, word: String, limit: Int)] = []
        for _ in 0..<400 {
            let column = Int.random(in: 0..<columnCount, using: &random)
            let limit = Int.random(in: 0..<values(column), using: &random)
            limits.append((column, Bool.random(using: &random) ? "atLeast" : "atMost", limit))
        }
        text += "programmes:\n"
        for programme in 0..<programmeCount {
            text += """
                - name: p\(programme)
                  title: {ko: 사업, en: programme}
                  summary: {ko: 사업, en: programme}
                  provider: {ko: 시, en: city}
                  versions:
                    - from: 2026-01-01
                      source: {title: 시험, url: 'https://example.org/', checked: 2026-01-01}
                      windows: [{always: yes}]
                      conditions:
                        all:

                """
            for clause in 0..<Int.random(in: 2...7, using: &random) {
                let limit = limits[Int.random(in: limits.indices, using: &random)]
                text += "            - {name: c\(clause), fact: f\(limit.column), "
                text += "\(limit.word): \(limit.limit)}\n"
            }
        }
        return text
    }

    static func person(_ random: inout SeededRandom) -> [String: FactValue] {
        var facts: [String: FactValue] = [:]
        for column in 0..<columnCount {
            facts["f\(column)"] = .integer(Int.random(in: 0..<values(column), using: &random))
        }
        return facts
    }
}

func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

func report(_ name: String, _ samples: [Double], unit: String) {
    let sorted = samples.sorted()
    let mean = samples.reduce(0, +) / Double(samples.count)
    let p50 = sorted[sorted.count / 2]
    let p99 = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    print(
        "{\"measure\":\"\(name)\",\"unit\":\"\(unit)\",\"mean\":\(mean),\"p50\":\(p50),"
            + "\"p99\":\(p99),\"count\":\(samples.count)}"
    )
}

func timed(_ body: () throws -> Void) rethrows -> Double {
    let start = nanoseconds()
    try body()
    return Double(nanoseconds() - start) / 1_000
}

/// One person × 1,000 programmes: verdicts, an answer that changes, all reasons.
func measureOnePerson() throws {
    var random = SeededRandom(seed: 12345)
    var limits = RuleLimits()
    limits.maximumFileByteCount = 4 << 20
    let text = SyntheticRules.text(&random)
    let rules = try RuleCatalogue([RuleFile(name: "synthetic.yaml", text: text)], limits: limits)
    let catalogue = CompiledCatalogue(rules)
    let date = LocalDate(daysSinceEpoch: 20_600)
    var judge = Judge(catalogue, on: date)
    let sheets = try (0..<200).map { _ in
        try FactSheet(Situation(date: date, facts: SyntheticRules.person(&random)), in: catalogue)
    }
    var verdicts: [Double] = []
    var eligible = 0
    for round in 0..<20_000 {
        let sheet = sheets[round % sheets.count]
        verdicts.append(
            timed { eligible += judge.verdicts(of: sheet).filter { $0 == .eligible }.count }
        )
    }
    print("{\"measure\":\"atoms\",\"count\":\(catalogue.atomCount),\"eligible\":\(eligible)}")
    report("verdicts of 1000 programmes", verdicts, unit: "us")
    var changed: [Double] = []
    for round in 0..<5_000 {
        let sheet = sheets[round % sheets.count]
        changed.append(
            try timed {
                let next = try sheet.answering("f0", .integer(round % 2))
                _ = judge.verdicts(of: next)
            }
        )
    }
    report("one changed answer and verdicts of 1000 programmes", changed, unit: "us")
    let reasons = sheets.map { sheet in timed { _ = judge.judgements(of: sheet) } }
    report("reasons of 1000 programmes", reasons, unit: "us")
}

/// How many of a fixed form's questions people are asked who answer at random among what matters.
func measureQuestions(_ folder: String) throws {
    let catalogue = CompiledCatalogue(try RuleCatalogue(RuleFolder.files(at: folder)))
    let date = LocalDate(daysSinceEpoch: 20_583)
    let planner = QuestionPlanner(catalogue)
    let form = catalogue.catalogue.facts.filter { $0.question != nil }.count
    var random = SeededRandom(seed: 1)
    var shares: [Double] = []
    var times: [Double] = []
    for _ in 0..<60 {
        var sheet = try FactSheet(Situation(date: date), in: catalogue)
        var asked = 0
        var refused: Set<String> = []
        while true {
            var next: OpenQuestion?
            times.append(timed { next = planner.next(sheet, skipping: refused) })
            guard let question = next else { break }
            let answers = planner.answers(to: question, sheet)
            for (fact, values) in zip(question.facts, answers) {
                guard let value = values.randomElement(using: &random),
                    let told = try? sheet.answering(fact.name, value)
                else {
                    refused.insert(fact.name)
                    continue
                }
                sheet = told
                asked += 1
            }
        }
        shares.append(100 * Double(asked) / Double(form))
    }
    report("questions asked of a fixed form's \(form)", shares, unit: "percent")
    report("finding the next question", times, unit: "us")
}

try measureOnePerson()
if CommandLine.arguments.count > 1 { try measureQuestions(CommandLine.arguments[1]) }
