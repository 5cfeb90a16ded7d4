import Basics
import Eligibility

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
    var asked = 0
    let reasons = sheets.map { sheet in timed { _ = judge.judgements(of: sheet) } }
    report("judgements of 1000 programmes", reasons, unit: "us")
    let failing = sheets.map { sheet in
        timed { for judgement in judge.judgements(of: sheet) { asked += judgement.failing.count } }
    }
    report("judgements and failing clauses of 1000 programmes", failing, unit: "us")
    let sentences = sheets.prefix(20).map { sheet in
        timed {
            for judgement in judge.judgements(of: sheet) {
                for finding in judgement.findings { asked += finding.sentence.korean.utf8.count }
            }
        }
    }
    report("every sentence of 1000 programmes", Array(sentences), unit: "us")
    let remedies = try sheets.prefix(50).map { sheet in
        try timed { asked += try judge.judgement(of: "p0", sheet).remedy == nil ? 0 : 1 }
    }
    report("one programme with its way out", Array(remedies), unit: "us")
    print("{\"measure\":\"asked\",\"count\":\(asked)}")
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
