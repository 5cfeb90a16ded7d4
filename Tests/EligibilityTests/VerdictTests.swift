import Basics
import Testing

@testable import Eligibility

@Suite struct `Verdicts` {
    @Test func `equal an independent evaluation of the same conditions, unknown facts included`()
        throws
    {
        var random = SeededRandom(seed: 20231)
        var seen: [Verdict: Int] = [:]
        for _ in 0..<60 {
            let rules = try RandomRules(
                boolCount: 4,
                numberCount: 3,
                programmeCount: 6,
                &random
            )
            var judge = Judge(rules.compiled, on: RandomRules.date)
            for _ in 0..<40 {
                let answers = rules.randomAnswers(known: 0.6, &random)
                let found = judge.verdicts(of: try rules.sheet(answers))
                let expected = rules.verdicts(answers).map { truth -> Verdict in
                    switch truth {
                    case true?: .eligible
                    case false?: .ineligible
                    case nil: .undecided
                    }
                }
                #expect(found == expected)
                for verdict in found { seen[verdict, default: 0] += 1 }
            }
        }
        #expect(seen.count == 3, "every verdict must have come up: \(seen)")
    }

    @Test func `name the fewest clauses that have to come out otherwise`() throws {
        var random = SeededRandom(seed: 7)
        var checked = 0
        for _ in 0..<60 {
            let rules = try RandomRules(boolCount: 3, numberCount: 2, programmeCount: 2, &random)
            let answers = rules.randomAnswers(known: 1, &random)
            var judge = Judge(rules.compiled, on: RandomRules.date)
            for judgement in judge.judgements(of: try rules.sheet(answers))
            where judgement.verdict == .ineligible {
                let index = try #require(Int(judgement.programme.dropFirst()))
                let condition = rules.conditions[index]
                let count = judgement.findings.count
                // Brute force over every set of clauses, the smallest first.
                let flips = { (set: Set<Int>) -> Bool in
                    var clause = 0
                    return condition.holds(answers, flipping: set, &clause) == true
                }
                let sets = (0..<(1 << count)).map { mask in
                    Set((0..<count).filter { mask & (1 << $0) != 0 }.map { $0 + 1 })
                }
                let smallest = try #require(sets.filter(flips).map(\.count).min())
                let named = Set(judgement.failing.compactMap { Int($0.dropFirst()) })
                #expect(flips(named), "\(judgement.failing) must be enough")
                #expect(named.count == smallest)
                checked += 1
            }
        }
        #expect(checked > 30)
    }
}
