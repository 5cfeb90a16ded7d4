import Basics
import Testing

@testable import Eligibility

/// The folder `Rules` of the repository.
enum CityRules {
    static func files() throws -> [RuleFile] {
        let folder = try #require(RuleFolder.nearest(to: #filePath))
        return try RuleFolder.files(at: folder)
    }

    static func compiled() throws -> CompiledCatalogue {
        CompiledCatalogue(try RuleCatalogue(files()))
    }

    static func sheet(_ yaml: String, _ catalogue: CompiledCatalogue) throws -> FactSheet {
        let file = RuleFile(name: "situation", text: yaml)
        return try FactSheet(Situation(file, in: catalogue.catalogue), in: catalogue)
    }
}

@Suite struct `The rules of the city` {
    @Test func `have no fault`() throws {
        let (catalogue, report) = RuleCatalogue.read(try CityRules.files())
        #expect(report.faults.map { $0.text(.english) } == [])
        #expect(try #require(catalogue).programmes.count >= 13)
    }

    @Test func `come out as the examples beside them say`() throws {
        let report = try CityRules.compiled().runTests()
        #expect(report.failures.map { "\($0.position) \($0.message.english)" } == [])
        #expect(report.expectationCount >= 100)
    }

    @Test(arguments: ["seoul-youth-rent"])
    func `leave no question out because a limit follows from two answers`(
        _ programme: String
    ) throws {
        let catalogue = try RuleCatalogue(CityRules.files()).only { $0.name == programme }
        let slice = CompiledCatalogue(catalogue)
        let date = LocalDate(daysSinceEpoch: 20_600)
        let sheet = try FactSheet(Situation(date: date), in: slice)
        let open = QuestionPlanner(slice).deciding(sheet).map(\.name)
        #expect(Set(open) == Set(slice.questions(of: programme, on: date).map(\.name)))
    }

    @Test func `follow one more answer as they follow all answers at once`() throws {
        let compiled = try CityRules.compiled()
        let facts = compiled.catalogue.facts
        let date = LocalDate(daysSinceEpoch: 20_600)
        var random = SeededRandom(seed: 41)
        var compared = 0
        for household in [[:], ["family": ["child"]]] {
            var situation = Situation(date: date, households: household)
            if !household.isEmpty {
                let birth = FactValue.date(LocalDate(daysSinceEpoch: 19_800))
                let child = Situation.Person(
                    name: "child",
                    relation: "child",
                    facts: ["birthDate": birth]
                )
                situation.people = [child]
            }
            for _ in 0..<150 {
                let fact = Int.random(in: facts.indices, using: &random)
                let code = Int64.random(in: 0...40, using: &random)
                guard let value = facts[fact].type.value(of: code),
                    let sheet = try? FactSheet(situation, in: compiled),
                    let step = try? sheet.answering(facts[fact].name, value)
                else { continue }
                var next = situation
                next.facts[facts[fact].name] = value
                #expect(step.values == (try FactSheet(next, in: compiled)).values)
                situation = next
                compared += 1
            }
        }
        #expect(compared > 100)
    }

    private static let tenant = """
        on: 2026-05-10
        applicant:
          birthDate: 1999-02-10
          militaryServiceMonths: 0
          seoulResident: yes
          householdForm: single
          tenancy: privateRent
          homeOwned: no
          insuranceHouseholdSize: 1
          insuranceIncome: 240만원
          deposit: 8500만원
          rent: 55만원
          generalAssets: 3000만원
          carValue: 0
          basicLivelihood: none
        history: []
        """

    @Test func `tell a tenant that the deposit is five million won too high`() throws {
        let catalogue = try CityRules.compiled()
        let sheet = try CityRules.sheet(Self.tenant, catalogue)
        var judge = Judge(catalogue, on: sheet.date)
        let judgement = try judge.judgement(of: "seoul-youth-rent", sheet)
        #expect(judgement.verdict == .ineligible)
        #expect(judgement.failing == ["deposit"])
        let remedy = try #require(judgement.remedy)
        #expect(remedy.sentence.korean == "보증금이 500만원 낮으면 가능합니다.")
        #expect(remedy.sentence.english == "Possible if deposit were KRW 5,000,000 lower.")
        #expect(remedy.changes.map(\.value) == [.money(Won(80_000_000))])
        let finding = try #require(judgement.findings.first { $0.clause.name == "deposit" })
        #expect(finding.sentence.korean == "보증금은 8,000만원 이하여야 하는데 8,500만원입니다.")
        #expect(finding.clause.source.checked == LocalDate(iso: "2026-07-18"))
    }

    @Test func `need few of the questions of a form for a person they do not fit`() throws {
        let catalogue = try CityRules.compiled()
        let sheet = try CityRules.sheet(
            "{on: 2026-05-10, applicant: {seoulResident: no, birthDate: 1950-01-01}}",
            catalogue
        )
        let all = catalogue.catalogue.facts.filter { $0.question != nil }.count
        let open = QuestionPlanner(catalogue).open(sheet).flatMap(\.facts)
        #expect(!open.isEmpty)
        #expect(Double(open.count) < 0.6 * Double(all))
    }

    @Test(arguments: [
        ("birthDate: 2026-05-11", "birthDate"),
        ("birthDate: 2000-01-01, seoulSince: 1999-12-31", "seoulSince"),
        ("birthDate: 2000-01-01, youngestBirthDate: 2000-01-01", "youngestBirthDate"),
    ])
    func `refuse what contradicts itself and name the facts`(
        applicant: String,
        fact: String
    ) throws {
        let catalogue = try CityRules.compiled()
        let error = #expect(throws: EligibilityError.self) {
            try CityRules.sheet("{on: 2026-05-10, applicant: {\(applicant)}}", catalogue)
        }
        #expect(error?.code == .contradiction)
        #expect(error?.facts.contains(fact) == true)
    }

    @Test(arguments: [
        "people: {baby: {relation: child, birthDate: 1989-12-31}}, households: {family: [baby]}",
        "people: {baby: {relation: child}}, households: {family: [baby, baby]}",
        "people: {baby: {relation: child}}, households: {family: [applicant]}",
        "people: {applicant: {relation: child}}",
    ])
    func `refuse a household that cannot be`(rest: String) throws {
        let catalogue = try CityRules.compiled()
        let error = #expect(throws: EligibilityError.self) {
            try CityRules.sheet(
                "{on: 2026-05-10, applicant: {birthDate: 1990-01-01}, \(rest)}",
                catalogue
            )
        }
        #expect(error?.code == .contradiction)
    }
}
