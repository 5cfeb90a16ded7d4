import Basics
import CityTesting
import Eligibility
import FoundationEssentials
import Hosting
import Testing

@testable import Programmes

private let rules = RulesInForce(
    folder: RuleFolder.nearest(to: FileManager.default.currentDirectoryPath)
)

@Suite struct `Answers as JSON` {
    @Test(arguments: [
        ("seoulResident", FactValue.bool(true), "true"), ("childCount", .integer(2), "2"),
        ("deposit", .money(Won(30_000_000)), "30000000"),
        ("insuranceIncomePercent", .percent(hundredths: 9_360), "9360"),
        ("birthDate", .date(LocalDate(daysSinceEpoch: 0)), "\"1970-01-01\""),
        ("militaryServiceMonths", .months(21), "21"),
        ("householdForm", .choice("single"), "\"single\""),
        ("circumstances", .set(["veteran", "multicultural"]), "[\"multicultural\",\"veteran\"]"),
        ("youngestBirthDate", .absent, "\"none\""),
    ])
    func `come back as they were`(fact: String, value: FactValue, json: String) throws {
        let definition = try #require(rules.catalogue.fact(fact))
        let written = try JSONEncoder().encode(AnswerValue(value))
        #expect(String(decoding: written, as: UTF8.self) == json)
        let read = try JSONDecoder().decode(AnswerValue.self, from: written)
        #expect(try read.value(of: definition) == value)
    }

    @Test(arguments: [
        ("seoulResident", AnswerValue.number(1)), ("seoulResident", .text("yes")),
        ("deposit", .text("3000만원")), ("deposit", .bool(true)), ("deposit", .text("none")),
        ("birthDate", .text("2026-02-30")), ("birthDate", .number(0)),
        ("householdForm", .text("castle")), ("householdForm", .list(["single"])),
        ("circumstances", .list(["dragon"])), ("circumstances", .text("veteran")),
    ])
    func `of another type are refused`(fact: String, value: AnswerValue) throws {
        let definition = try #require(rules.catalogue.fact(fact))
        #expect(throws: AnswerError.self) { try value.value(of: definition) }
    }

    @Test func `to facts the rules no longer have are kept and not judged`() throws {
        var answers = Answers()
        answers.facts = ["goneWithTheRules": .bool(true), "seoulResident": .bool(true)]
        let situation = answers.situation(
            on: LocalDate(daysSinceEpoch: 20_000),
            in: rules.catalogue
        )
        #expect(situation.facts == ["seoulResident": .bool(true)])
        let written = try JSONEncoder().encode(answers)
        #expect(try JSONDecoder().decode(Answers.self, from: written) == answers)
    }

    @Test func `a household is judged only where everybody in it is told`() throws {
        var answers = Answers()
        answers.people = [
            Answers.Person(id: "a", relation: "child", households: ["family"])
        ]
        let date = LocalDate(daysSinceEpoch: 20_000)
        func childCount() throws -> FactValue? {
            try FactSheet(
                answers.situation(on: date, in: rules.catalogue),
                in: rules.compiled
            )["childCount"]
        }
        #expect(try childCount() == nil)
        answers.households = ["family"]
        #expect(try childCount() == .integer(1))
    }
}

@Suite struct `The best combination of benefits` {
    private func part(_ name: String, _ amount: Int64?, _ excludes: Set<String>)
        -> BenefitCombination.Part
    {
        BenefitCombination.Part(
            programme: name,
            amount: amount.map { Won($0) },
            isUpperBound: false,
            excludes: excludes
        )
    }

    @Test func `takes two smaller ones where they give more than the one both exclude`() {
        let combination = BenefitCombination([
            part("rent", 240, ["allowance", "savings"]), part("allowance", 150, []),
            part("savings", 180, []), part("voucher", nil, []),
        ])
        #expect(combination.chosen == ["allowance", "savings", "voucher"])
        #expect(combination.sum == Won(330))
        #expect(combination.unknownCount == 1)
        #expect(combination.conflicts.count == 2)
    }

    @Test func `of one that excludes itself is that one`() {
        let combination = BenefitCombination([part("once", 10, ["once"])])
        #expect(combination.chosen == ["once"])
        #expect(combination.conflicts.isEmpty)
    }

    @Test func `is as large as the best of all that brute force finds`() {
        var state: UInt64 = 42
        func random(_ bound: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % bound)
        }
        for _ in 0..<200 {
            let count = 1 + random(9)
            let parts = (0..<count).map { index in
                part(
                    "\(index)",
                    Int64(random(50)),
                    Set((0..<count).filter { _ in random(4) == 0 }.map { "\($0)" })
                )
            }
            var best: Int64 = 0
            for mask in 0..<(1 << count) {
                let taken = parts.indices.filter { mask & (1 << $0) != 0 }.map { parts[$0] }
                let isAllowed = taken.allSatisfy { part in
                    taken.allSatisfy {
                        $0.programme == part.programme || !part.excludes.contains($0.programme)
                    }
                }
                if isAllowed {
                    best = max(best, taken.reduce(0) { $0 + ($1.amount?.amount ?? 0) })
                }
            }
            #expect(BenefitCombination(parts).sum.amount == best)
        }
    }
}

@Suite struct `The tags of the rules` {
    @Test func `each has a title in both languages`() {
        let tags = Set(rules.catalogue.programmes.flatMap(\.tags))
        #expect(!tags.isEmpty)
        let unnamed = tags.filter { ProgrammeTag.title($0).korean == $0 }
        #expect(unnamed.subtracting(["perChild"]).isEmpty, "shown as they are: \(unnamed)")
    }
}
