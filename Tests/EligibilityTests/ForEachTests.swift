import Basics
import FoundationEssentials
import Testing

@testable import Eligibility

@Suite struct `A programme for each child` {
    private static let declarations = """
        households: {family: {label: {ko: 가족, en: family}}}
        facts:
          birthDate: {label: {ko: 생일, en: birth date}, question: {ko: 묻기, en: ask}, type: date}
          daycare: {label: {ko: 어린이집, en: daycare}, question: {ko: 묻기, en: ask}, type: bool}
          income: {label: {ko: 소득, en: income}, question: {ko: 묻기, en: ask}, type: money}
          order: {label: {ko: 순위, en: order}, question: {ko: 묻기, en: ask}, type: integer}
          youngest:
            label: {ko: 막내의 생일, en: birth of the youngest}
            question: {ko: 묻기, en: ask}
            type: date
            none: lowest
            derived: {largestOf: {household: family, of: birthDate, where: {fact: relation, is: child}}}
          childBirth: {label: {ko: 아이의 생일, en: birth of the child}, type: date, none: lowest, derived: youngest}
          childMonths: {label: {ko: 아이의 개월, en: months of the child}, type: months, derived: {monthsSince: childBirth}}
        beneficiaries:
          child:
            label: {ko: 아이, en: child}
            household: family
            relation: child
            order: {fact: order, by: birthDate}
            facts: {childBirth: birthDate, daycare: daycare}

        """

    private static func programme(_ conditions: String, _ more: String) -> String {
        let version = """
            for each: child
            windows: [{to: {addMonths: {to: childBirth, by: 36 months}}}]
            conditions: {all: [\(conditions)]}
            \(more)
            """
        return RuleText.programmes(("p0", version))
    }

    private static let conditions = """
        {fact: childMonths, atLeast: 6 months, lessThan: 36 months}, {fact: daycare, is: no}, \
        {fact: income, atMost: 500만원}
        """

    private func rules(_ conditions: String = conditions, _ more: String) throws -> RuleReport {
        let text = Self.declarations + Self.programme(conditions, more)
        return RuleCatalogue.read([RuleFile(name: "each.yaml", text: text)]).report
    }

    private func compiled() throws -> CompiledCatalogue {
        let benefit = """
            benefit: {pays: {choose: [{when: {fact: order, is: 1}, then: 10만원}, {otherwise: 20만원}]}, each: month}
            """
        let text = Self.declarations + Self.programme(Self.conditions, benefit)
        return CompiledCatalogue(try RuleCatalogue([RuleFile(name: "each.yaml", text: text)]))
    }

    private let day = LocalDate(daysSinceEpoch: 20_600)

    private func child(_ name: String, _ months: Int?, daycare: Bool?) -> Situation.Person {
        var facts: [String: FactValue] = [:]
        if let months {
            facts["birthDate"] = .date(day.adding(days: -months * 61 / 2))
        }
        if let daycare { facts["daycare"] = .bool(daycare) }
        return Situation.Person(name: name, relation: "child", facts: facts)
    }

    private func family(_ children: [Situation.Person], income: Int? = 100) -> Situation {
        var situation = Situation(date: day)
        situation.facts["income"] = income.map { .money(Won(Int64($0) * 10_000)) }
        situation.people = children
        situation.households = ["family": children.map(\.name)]
        return situation
    }

    @Test func `says of the first child that it is too old and of the second that it fits`() throws
    {
        let catalogue = try compiled()
        var judge = Judge(catalogue, on: day)
        let children = [child("young", 20, daycare: false), child("old", 80, daycare: false)]
        let sheet = try FactSheet(family(children), in: catalogue)
        let judgement = try judge.judgement(of: "p0", sheet)
        #expect(judgement.verdict == .eligible)
        #expect(judgement.members.map(\.name) == ["old", "young"])
        #expect(judgement.members.map(\.judgement.verdict) == [.ineligible, .eligible])
        #expect(judgement.members[0].judgement.failing == ["childMonths"])
        // Of two children the second gets the amount of a second one, and no other counts.
        #expect(judgement.estimate?.total == Won(200_000))
        let lines = judgement.members.map { $0.text(.korean) }
        #expect(lines[0].hasPrefix("첫째 아이(") && lines[0].contains("받을 수 없습니다"))
        #expect(lines[1].hasPrefix("둘째 아이(") && lines[1].contains("20만원"))
        #expect(judgement.text(.korean).contains(lines[0]))
        #expect(judge.verdicts(of: sheet) == [.eligible])
        #expect(judge.judgements(of: sheet)[0].members.count == 2)
        let alone = try judge.judgement(of: "p0", for: "old", sheet)
        #expect(alone.verdict == .ineligible)
    }

    @Test func `adds what all children get, and closes with the first of them`() throws {
        let catalogue = try compiled()
        var judge = Judge(catalogue, on: day)
        let children = [child("a", 30, daycare: false), child("b", 10, daycare: false)]
        let judgement = try judge.judgement(of: "p0", FactSheet(family(children), in: catalogue))
        #expect(judgement.estimate?.total == Won(300_000))
        #expect(judgement.window == judgement.members[0].judgement.window)
        #expect(judgement.members[0].judgement.window != judgement.members[1].judgement.window)
    }

    @Test func `without a family listed it is judged for the child that is spoken of`() throws {
        let catalogue = try compiled()
        var judge = Judge(catalogue, on: day)
        var situation = Situation(date: day)
        situation.facts = [
            "income": .money(Won(1_000_000)), "daycare": .bool(false), "order": .integer(1),
            "youngest": .date(day.adding(days: -400)),
        ]
        let judgement = try judge.judgement(of: "p0", FactSheet(situation, in: catalogue))
        #expect(judgement.verdict == .eligible && judgement.members.isEmpty)
        #expect(judgement.estimate?.total == Won(100_000))
    }

    /// Any of several is Kleene's or: the oracle is the verdict of every child by itself.
    @Test func `a family fits where any child fits, alone and among everybody`() async throws {
        let catalogue = try compiled()
        var random = SeededRandom(seed: 21)
        let situations = (0..<300).map { _ in
            family(
                (0..<Int.random(in: 0...4, using: &random)).map { place in
                    child(
                        "c\(place)",
                        Int.random(in: 0..<12, using: &random) == 0
                            ? nil : Int.random(in: 0...60, using: &random),
                        daycare: Int.random(in: 0..<6, using: &random) == 0
                            ? nil : Bool.random(using: &random)
                    )
                },
                income: Int.random(in: 0..<10, using: &random) == 0
                    ? nil : Int.random(in: 300...600, using: &random)
            )
        }
        let folder = FileManager.default.temporaryDirectory.path + "/each-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let columns = try PopulationColumns.write(situations, to: folder + "/columns", catalogue)
        _ = try await PopulationPass(catalogue, columns, on: day).match(
            writing: folder + "/matches",
            candidates: folder + "/candidates"
        )
        let found = Set(try PopulationMatches(folder + "/matches").residents(fitting: "p0"))
        var judge = Judge(catalogue, on: day)
        var counts: [Verdict: Int] = [:]
        for (resident, situation) in situations.enumerated() {
            let sheet = try FactSheet(situation, in: catalogue)
            let verdict = judge.verdicts(of: sheet)[0]
            counts[verdict, default: 0] += 1
            let judgement = try judge.judgement(of: "p0", sheet)
            #expect(judgement.verdict == verdict)
            let each = judgement.members.map(\.judgement.verdict)
            #expect(each.count == situation.people.count)
            let expected: Verdict =
                each.contains(.eligible)
                ? .eligible : each.contains(.undecided) ? .undecided : .ineligible
            #expect(verdict == expected)
            #expect(found.contains(resident) == (verdict == .eligible))
        }
        #expect(counts.count == 3 && counts.values.allSatisfy { $0 > 20 })
    }

    @Test(
        arguments: [
            ("{fact: income, atMost: 500만원}", RuleFault.Code.unused),
            ("{fact: childMonths, atMost: 9 months}, {fact: order, atMost: 2}", .notOfPerson),
        ]
    )
    func `is refused where it could not be judged`(conditions: String, code: RuleFault.Code) throws
    {
        // What no clause is left to use is told beside it.
        let faults = try rules(conditions, "").faults.filter { $0.programme == "p0" }
        #expect(faults.map(\.code) == [code])
    }

    @Test func `names the kind that is not declared`() throws {
        let text = (Self.declarations + Self.programme(Self.conditions, ""))
            .replacing("for each: child", with: "for each: chidl")
        let report = RuleCatalogue.read([RuleFile(name: "each.yaml", text: text)]).report
        #expect(report.faults.contains { $0.code == .unknownName && $0.position.line > 0 })
    }
}

@Suite struct `Several benefits of one version` {
    private func rules(_ benefit: String) -> (catalogue: RuleCatalogue?, report: RuleReport) {
        let facts = """
            facts:
              age: {label: {ko: 나이, en: age}, question: {ko: 묻기, en: ask}, type: integer, unit: age}

            """
        let version = """
            windows: [{always: yes}]
            conditions: {all: [{name: adult, fact: age, atLeast: 19}]}
            benefit:
            \(benefit)
            """
        let text = facts + RuleText.programmes(("p0", version))
        return RuleCatalogue.read([RuleFile(name: "benefits.yaml", text: text)])
    }

    private let allowance = """
          - {label: {ko: 수당, en: allowance}, pays: 20만원, each: month, times: 6}
          - {label: {ko: 축하금, en: bonus}, pays: 50만원, when: {fact: age, atMost: 34}}
          - {label: {ko: 상담, en: counselling}, note: {ko: 다섯 번, en: five sessions}}
        """

    @Test(arguments: [(30, 1_700_000, 3), (35, 1_200_000, 2)])
    func `adds those whose own conditions are met`(age: Int, total: Int64, count: Int) throws {
        let catalogue = CompiledCatalogue(try #require(rules(allowance).catalogue))
        let day = LocalDate(daysSinceEpoch: 20_600)
        var judge = Judge(catalogue, on: day)
        let sheet = try FactSheet(
            Situation(date: day, facts: ["age": .integer(age)]),
            in: catalogue
        )
        let judgement = try judge.judgement(of: "p0", sheet)
        #expect(judgement.estimates.count == count)
        #expect(judgement.estimate?.total == Won(total))
        let text = judgement.text(.korean)
        #expect(text.contains("수당 월 20만원") && text.contains("상담") && text.contains("다섯 번"))
        #expect(text.contains("축하금") == (age < 35))
        let json = String(decoding: try JSONEncoder().encode(judgement), as: UTF8.self)
        #expect(json.contains("\"benefits\":["))
    }

    @Test func `tells what nobody knows yet, and adds it not`() throws {
        let catalogue = CompiledCatalogue(try #require(rules(allowance).catalogue))
        let day = LocalDate(daysSinceEpoch: 20_600)
        var judge = Judge(catalogue, on: day)
        let judgement = try judge.judgement(
            of: "p0",
            FactSheet(Situation(date: day), in: catalogue)
        )
        #expect(judgement.estimate?.total == Won(1_200_000))
        #expect(judgement.estimate?.isCertain == false)
        #expect(judgement.text(.korean).contains("축하금(조건에 따라)"))
        #expect(catalogue.amountQuestions(of: "p0", on: day).map(\.name) == ["age"])
    }

    @Test func `each needs a name`() {
        let report = rules("  - {pays: 1만원}\n  - {pays: 2만원}").report
        #expect(report.faults.map(\.code) == [.missingKey])
    }
}
