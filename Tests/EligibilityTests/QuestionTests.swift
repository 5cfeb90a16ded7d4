import Basics
import Testing

@testable import Eligibility

@Suite struct `Questions` {
    /// Whether two full answers that differ in one fact alone differ in a verdict.
    private func matters(_ fact: Int, _ answers: [Int?], _ rules: RandomRules) -> Bool {
        var others = answers
        others[fact] = rules.domain(fact).lowerBound
        return rules.completions(others).contains { full in
            let verdicts = rules.domain(fact).map { value -> [Bool?] in
                var changed = full
                changed[fact] = value
                return rules.verdicts(changed)
            }
            return Set(verdicts).count > 1
        }
    }

    @Test func `are asked only where an answer can change a verdict, until nothing can`() throws {
        var random = SeededRandom(seed: 99)
        var asked = 0
        for _ in 0..<40 {
            let rules = try RandomRules(boolCount: 4, numberCount: 1, programmeCount: 3, &random)
            let planner = QuestionPlanner(rules.compiled)
            let truth = rules.randomAnswers(known: 1, &random)
            var answers = [Int?](repeating: nil, count: rules.factCount)
            while let question = planner.next(try rules.sheet(answers)) {
                let fact = try #require(Int(question.facts[0].name.dropFirst()))
                #expect(answers[fact] == nil)
                #expect(matters(fact, answers, rules), "f\(fact) is asked for nothing")
                answers[fact] = truth[fact]
                asked += 1
            }
            for fact in answers.indices where answers[fact] == nil {
                #expect(!matters(fact, answers, rules), "f\(fact) is not asked and matters")
            }
        }
        #expect(asked > 60)
    }

    @Test func `that decide are those that are open, unweighed`() throws {
        var random = SeededRandom(seed: 7)
        for _ in 0..<40 {
            let rules = try RandomRules(boolCount: 4, numberCount: 1, programmeCount: 3, &random)
            let planner = QuestionPlanner(rules.compiled)
            let answers = rules.randomAnswers(known: 2, &random)
                .map { Bool.random(using: &random) ? $0 : nil }
            let sheet = try rules.sheet(answers)
            let open = planner.open(sheet).flatMap { $0.facts.map(\.name) }
            #expect(Set(planner.deciding(sheet).map(\.name)) == Set(open))
        }
    }

    @Test func `are on average at most one more than the fewest possible`() throws {
        var random = SeededRandom(seed: 31)
        var worst = 0.0
        for _ in 0..<25 {
            let rules = try RandomRules(boolCount: 5, numberCount: 0, programmeCount: 3, &random)
            let start = [Int?](repeating: nil, count: rules.factCount)
            var known: [[Int?]: Double] = [:]
            let fewest = optimum(start, rules, &known)
            let planned = try average(start, rules)
            worst = max(worst, planned - fewest)
            #expect(planned <= fewest + 1)
        }
        #expect(worst <= 0.5, "the plan was \(worst) questions over the optimum")
    }

    /// The fewest questions on average, by trying every order: an expected minimum over all answers.
    private func optimum(
        _ answers: [Int?],
        _ rules: RandomRules,
        _ known: inout [[Int?]: Double]
    ) -> Double {
        if let value = known[answers] { return value }
        let verdicts = rules.completions(answers).map(rules.verdicts)
        var best = 0.0
        if Set(verdicts).count > 1 {
            best = Double.infinity
            for fact in answers.indices where answers[fact] == nil {
                var total = 0.0
                for value in 0...1 {
                    var next = answers
                    next[fact] = value
                    total += optimum(next, rules, &known)
                }
                best = min(best, 1 + total / 2)
            }
        }
        known[answers] = best
        return best
    }

    private func average(_ answers: [Int?], _ rules: RandomRules) throws -> Double {
        let planner = QuestionPlanner(rules.compiled)
        guard let question = planner.next(try rules.sheet(answers)) else { return 0 }
        let fact = try #require(Int(question.facts[0].name.dropFirst()))
        var total = 0.0
        for value in 0...1 {
            var next = answers
            next[fact] = value
            total += try average(next, rules)
        }
        return 1 + total / 2
    }

    @Test func `of programmes that take applications come before those of closed ones`() throws {
        func version(_ fact: String, to day: String) -> String {
            "conditions: {fact: \(fact), is: yes}\nwindows: [{to: \(day)}]"
        }
        let fact = "label: {ko: 사실, en: fact}, question: {ko: 묻기, en: ask}, type: bool"
        for (first, second, asked) in [
            ("2026-02-01", "2026-12-31", "f1"), ("2026-12-31", "2026-02-01", "f0"),
        ] {
            let text =
                "facts:\n  f0: {\(fact)}\n  f1: {\(fact)}\n"
                + RuleText.programmes(
                    ("p0", version("f0", to: first)),
                    ("p1", version("f1", to: second))
                )
            let rules = CompiledCatalogue(
                try RuleCatalogue([RuleFile(name: "windows.yaml", text: text)])
            )
            let date = try #require(LocalDate(iso: "2026-05-10"))
            let sheet = try FactSheet(Situation(date: date), in: rules)
            let planner = QuestionPlanner(rules)
            #expect(planner.next(sheet)?.facts.map(\.name) == [asked])
            #expect(planner.open(sheet).count == 2)
        }
    }
}
