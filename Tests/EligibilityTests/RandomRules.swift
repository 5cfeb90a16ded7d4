import Basics
import Testing

@testable import Eligibility

/// A condition made at random, which writes itself as a rule and judges itself apart from the engine.
indirect enum RandomCondition {
    case truth(fact: Int, is: Bool)
    case range(fact: Int, from: Int, to: Int)
    case all([RandomCondition])
    case any([RandomCondition])
    case not(RandomCondition)

    /// The condition as YAML; every clause gets a number of its own.
    func yaml(_ clause: inout Int) -> String {
        switch self {
        case .truth(let fact, let wanted):
            clause += 1
            return "{name: c\(clause), fact: f\(fact), is: \(wanted ? "yes" : "no")}"
        case .range(let fact, let from, let to):
            clause += 1
            return "{name: c\(clause), fact: f\(fact), atLeast: \(from), atMost: \(to)}"
        case .all(let parts):
            return "{all: [\(parts.map { $0.yaml(&clause) }.joined(separator: ", "))]}"
        case .any(let parts):
            return "{any: [\(parts.map { $0.yaml(&clause) }.joined(separator: ", "))]}"
        case .not(let inner): return "{not: \(inner.yaml(&clause))}"
        }
    }

    /// Kleene's truth for answers of which some are missing.
    func holds(_ answers: [Int?]) -> Bool? {
        switch self {
        case .truth(let fact, let wanted): return answers[fact].map { ($0 == 1) == wanted }
        case .range(let fact, let from, let to):
            return answers[fact].map { (from...to).contains($0) }
        case .all(let parts):
            let truths = parts.map { $0.holds(answers) }
            if truths.contains(false) { return false }
            return truths.contains(nil) ? nil : true
        case .any(let parts):
            let truths = parts.map { $0.holds(answers) }
            if truths.contains(true) { return true }
            return truths.contains(nil) ? nil : false
        case .not(let inner): return inner.holds(answers).map { !$0 }
        }
    }

    /// The truth where the clauses of some numbers come out otherwise than they do.
    func holds(_ answers: [Int?], flipping: Set<Int>, _ clause: inout Int) -> Bool? {
        switch self {
        case .truth, .range:
            clause += 1
            let truth = holds(answers)
            return flipping.contains(clause) ? truth.map { !$0 } : truth
        case .all(let parts):
            let truths = parts.map { $0.holds(answers, flipping: flipping, &clause) }
            if truths.contains(false) { return false }
            return truths.contains(nil) ? nil : true
        case .any(let parts):
            let truths = parts.map { $0.holds(answers, flipping: flipping, &clause) }
            if truths.contains(true) { return true }
            return truths.contains(nil) ? nil : false
        case .not(let inner):
            return inner.holds(answers, flipping: flipping, &clause).map { !$0 }
        }
    }
}

/// A small catalogue made at random: facts of which the first are yes or no and the others 0 to 9.
struct RandomRules {
    static let numberRange = 0...9
    let boolCount: Int
    let factCount: Int
    var conditions: [RandomCondition] = []
    let compiled: CompiledCatalogue

    init(
        boolCount: Int,
        numberCount: Int,
        programmeCount: Int,
        _ random: inout SeededRandom
    ) throws {
        self.boolCount = boolCount
        factCount = boolCount + numberCount
        for _ in 0..<programmeCount {
            conditions.append(
                Self.condition(
                    depth: 0,
                    boolCount: boolCount,
                    factCount: boolCount + numberCount,
                    &random
                )
            )
        }
        compiled = CompiledCatalogue(
            try RuleCatalogue([
                RuleFile(
                    name: "random.yaml",
                    text: Self.yaml(conditions, boolCount: boolCount, factCount: factCount)
                )
            ])
        )
    }

    private static func condition(
        depth: Int,
        boolCount: Int,
        factCount: Int,
        _ random: inout SeededRandom
    ) -> RandomCondition {
        let kind =
            depth == 0
            ? Int.random(in: 2...3, using: &random)
            : depth > 2
                ? Int.random(in: 0...1, using: &random) : Int.random(in: 0...5, using: &random)
        switch kind {
        case 0, 1, 5:
            let fact = Int.random(in: 0..<factCount, using: &random)
            if fact < boolCount { return .truth(fact: fact, is: Bool.random(using: &random)) }
            let from = Int.random(in: numberRange, using: &random)
            return .range(fact: fact, from: from, to: Int.random(in: from...9, using: &random))
        case 4:
            return .not(
                condition(depth: depth + 1, boolCount: boolCount, factCount: factCount, &random)
            )
        default:
            let parts = (0..<Int.random(in: 2...3, using: &random)).map { _ in
                condition(depth: depth + 1, boolCount: boolCount, factCount: factCount, &random)
            }
            return kind == 2 ? .all(parts) : .any(parts)
        }
    }

    private static func yaml(
        _ conditions: [RandomCondition],
        boolCount: Int,
        factCount: Int
    ) -> String {
        var text = "facts:\n"
        for fact in 0..<factCount {
            let type = fact < boolCount ? "bool" : "integer, range: {from: 0, to: 9}"
            text += "  f\(fact): {label: {ko: 사실 \(fact), en: fact \(fact)}, "
            text += "question: {ko: 묻기, en: ask}, type: \(type)}\n"
        }
        text += "programmes:\n"
        for (index, condition) in conditions.enumerated() {
            var clause = 0
            text += """
                - name: p\(index)
                  title: {ko: 사업 \(index), en: programme \(index)}
                  summary: {ko: 시험, en: test}
                  provider: {ko: 시험, en: test}
                  versions:
                    - from: 2026-01-01
                      source: {title: 시험, url: 'https://example.org/', checked: 2026-01-01}
                      conditions: \(condition.yaml(&clause))
                      windows: [{always: yes}]

                """
        }
        return text
    }

    /// The answers there are to a fact.
    func domain(_ fact: Int) -> ClosedRange<Int> { fact < boolCount ? 0...1 : Self.numberRange }

    func randomAnswers(known: Double, _ random: inout SeededRandom) -> [Int?] {
        (0..<factCount).map { fact in
            random.unit() < known ? Int.random(in: domain(fact), using: &random) : nil
        }
    }

    func sheet(_ answers: [Int?]) throws -> FactSheet {
        var facts: [String: FactValue] = [:]
        for (fact, answer) in answers.enumerated() {
            guard let answer else { continue }
            facts["f\(fact)"] = fact < boolCount ? .bool(answer == 1) : .integer(answer)
        }
        return try FactSheet(Situation(date: Self.date, facts: facts), in: compiled)
    }

    static let date = LocalDate(daysSinceEpoch: 20_600)

    /// Every way to answer what is not answered yet.
    func completions(_ answers: [Int?]) -> [[Int?]] {
        var result: [[Int?]] = [answers]
        for fact in answers.indices where answers[fact] == nil {
            result = result.flatMap { partial in
                domain(fact).map { value in
                    var next = partial
                    next[fact] = value
                    return next
                }
            }
        }
        return result
    }

    func verdicts(_ answers: [Int?]) -> [Bool?] { conditions.map { $0.holds(answers) } }
}
