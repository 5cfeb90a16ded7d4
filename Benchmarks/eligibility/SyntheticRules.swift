import Basics
import Eligibility

/// A catalogue of the size of a city's: ranges, choices and yes or no over two dozen facts, by seed.
struct SyntheticRules {
    static let programmeCount = 1_000
    static let columnCount = 24
    /// Columns that have few values; the others have hundreds.
    static let smallColumnCount = 10

    static func values(_ column: Int) -> Int {
        column < smallColumnCount ? 2 + column % 3 : 100 + 40 * (column - smallColumnCount)
    }

    /// What follows from dates and from who lives together, with the limits rules set to it.
    private static let derived: [(name: String, word: String, limits: [String])] = [
        ("age", "atLeast", (1...19).map { "\($0 * 4)" }),
        ("age", "atMost", (1...19).map { "\($0 * 4 + 2)" }),
        ("children", "atLeast", ["1", "2", "3"]),
        ("incomePercent", "atMost", (3...20).map { "\($0 * 10) %" }),
    ]

    private static let declarations = """
        households:
          family: {label: {ko: 가족, en: family}}
          insured: {label: {ko: 건강보험 가구, en: insured household}}
        parameters:
          medianIncome:
            label: {ko: 기준중위소득, en: median income}
            type: money
            values:
              - from: 2026-01-01
                source: {title: 시험, url: 'https://example.org/', checked: 2026-01-01}
                table: {1: 2564238, 2: 4199292, 3: 5359036, 4: 6494738, 5: 7556719}
                eachMore: 959198
        facts:
          birthDate: {label: {ko: 생일, en: birth date}, question: {ko: 묻기, en: ask}, type: date}
          salary: {label: {ko: 급여, en: salary}, question: {ko: 묻기, en: ask}, type: money}
          age: {label: {ko: 나이, en: age}, type: integer, unit: age, derived: {yearsSince: birthDate}}
          children:
            label: {ko: 자녀, en: children}
            question: {ko: 묻기, en: ask}
            type: integer
            unit: people
            of: family
            derived: {count: {household: family, where: {fact: age, lessThan: 18}}}
          size:
            label: {ko: 가구원, en: size}
            question: {ko: 묻기, en: ask}
            type: integer
            unit: people
            of: insured
            derived: {count: {household: insured}}
          income:
            label: {ko: 소득, en: income}
            question: {ko: 묻기, en: ask}
            type: money
            of: insured
            derived: {sumOf: {household: insured, of: salary}}
          incomePercent:
            label: {ko: 소득 비율, en: share of the median income}
            type: percent
            of: insured
            derived: {shareOf: {part: income, whole: {parameter: {name: medianIncome, for: size}}}}

        """

    /// More than four hundred distinct comparisons, two to seven a programme; some of what households
    /// and dates say, where asked for.
    static func text(_ random: inout SeededRandom, withHouseholds: Bool = false) -> String {
        var text = withHouseholds ? declarations : "facts:\n"
        for column in 0..<columnCount {
            text += "  f\(column): {label: {ko: 사실, en: fact}, question: {ko: 묻기, en: ask}, "
            text += "type: integer, range: {from: 0, to: \(values(column) - 1)}}\n"
        }
        var limits: [(fact: String, word: String, limit: String)] = []
        for _ in 0..<800 {
            let column = Int.random(in: 0..<columnCount, using: &random)
            let limit = Int.random(in: 0..<values(column), using: &random)
            let word = Bool.random(using: &random) ? "atLeast" : "atMost"
            limits.append(("f\(column)", word, "\(limit)"))
        }
        if withHouseholds {
            limits += derived.flatMap { entry in
                entry.limits.map { (entry.name, entry.word, $0) }
            }
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
                text += "            - {name: c\(clause), fact: \(limit.fact), "
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
