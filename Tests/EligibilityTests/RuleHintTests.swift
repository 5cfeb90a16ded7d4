import Basics
import Testing

@testable import Eligibility

@Suite struct `Hints of public catalogues` {
    private static let date = LocalDate(daysSinceEpoch: 20_600)

    /// The drafts read back beside the city's facts: as they are, and once an officer has checked every clause.
    private func read(_ document: JSONValue) throws -> (faults: [RuleFault], rules: RuleCatalogue) {
        let text = RuleDraft.yaml(try RuleHints.drafts(document, on: Self.date))
        let city = try CityRules.files()
        let name = "drafts.yaml"
        let (_, report) = RuleCatalogue.read(city + [RuleFile(name: name, text: text)])
        let checked = text.split(separator: "\n").map { line in
            let parts = line.split(separator: ", checked: no}")
            return parts.count == 2 ? "\(parts[0]), checked: 2026-05-01}\(parts[1])" : String(line)
        }
        let file = RuleFile(name: name, text: checked.joined(separator: "\n"))
        return (report.faults.filter { $0.position.file == name }, try RuleCatalogue(city + [file]))
    }

    @Test func `are guesses: every clause is refused until somebody has checked it`() throws {
        let (faults, rules) = try read([
            "서비스ID": "000000465790", "서비스명": "시험 '지원'\n사업: #1", "JA0110": 19,
            "JA0111": "34", "JA0102": "Y", "JA0201": "Y", "JA0202": "Y",
        ])
        let programme = try #require(rules.programme("gov24-000000465790"))
        #expect(programme.title.korean == "시험 '지원' 사업: #1")
        let clauses = programme.versions[0].clauses
        #expect(
            clauses.map(\.name) == [
                "minimumAge", "maximumAge", "sex-JA0102", "income-JA0201-JA0202",
            ]
        )
        #expect(faults.map(\.code) == clauses.map { _ in RuleFault.Code.unchecked })
        #expect(faults.map(\.clause) == clauses.map(\.name))
        #expect(faults.allSatisfy { $0.programme == "gov24-000000465790" && $0.severity == .error })
    }

    /// What a service's codes say of a person, told apart from the drafts.
    private func fits(_ codes: Set<String>, ages: ClosedRange<Int>, _ person: Person) -> Bool {
        let bands = [50.0, 75, 100, 200, .infinity]
        let band = bands.firstIndex { person.income <= $0 } ?? 4
        let incomes = codes.filter { $0.hasPrefix("JA02") }
        let sexes = codes.filter { $0.hasPrefix("JA010") }
        let person0 = codes.filter { $0.hasPrefix("JA03") }
        return ages.contains(person.age)
            && (incomes.isEmpty || incomes.contains("JA020\(band + 1)"))
            && (sexes.count != 1 || sexes.contains(person.isMale ? "JA0101" : "JA0102"))
            && (person0.isEmpty || person0.contains(person.works ? "JA0326" : "JA0327"))
    }

    private struct Person {
        var age: Int
        var income: Double
        var isMale: Bool
        var works: Bool
    }

    @Test func `say of random people what the codes say`() throws {
        var random = SeededRandom(seed: 24)
        let choices = [
            "JA0101", "JA0102", "JA0201", "JA0202", "JA0203", "JA0204", "JA0205", "JA0326",
            "JA0327",
        ]
        var services: [(codes: Set<String>, ages: ClosedRange<Int>)] = []
        var records: [JSONValue] = []
        for index in 0..<60 {
            let codes = Set(choices.filter { _ in Bool.random(using: &random) })
            let low = Int.random(in: 1...60, using: &random)
            let high = Int.random(in: low...120, using: &random)
            var record: [String: JSONValue] = [
                "서비스ID": .string("S\(index)"), "JA0110": .integer(low), "JA0111": .integer(high),
            ]
            for code in codes { record[code] = "Y" }
            services.append((codes, low...high))
            records.append(.object(record))
        }
        let rules = CompiledCatalogue(try read(["data": .array(records)]).rules)
        // The drafts stand behind the city's own.
        let places = (rules.catalogue.programmes.count - services.count)...
        var fitting = 0
        for _ in 0..<200 {
            let person = Person(
                age: Int.random(in: 0...100, using: &random),
                income: Double(Int.random(in: 0...500, using: &random)) / 2,
                isMale: Bool.random(using: &random),
                works: Bool.random(using: &random)
            )
            let facts: [String: FactValue] = [
                "age": .integer(person.age),
                "householdIncomePercent": .percent(hundredths: Int(person.income * 100)),
                "sex": .choice(person.isMale ? "male" : "female"),
                "work": .choice(person.works ? "employee" : "none"),
            ]
            let sheet = try FactSheet(Situation(date: Self.date, facts: facts), in: rules)
            var judge = Judge(rules, on: Self.date)
            let verdicts = judge.verdicts(of: sheet)[places]
            for (verdict, service) in zip(verdicts, services) {
                let expected = fits(service.codes, ages: service.ages, person)
                #expect(verdict == (expected ? .eligible : .ineligible))
                fitting += expected ? 1 : 0
            }
        }
        #expect(fitting > 300)
    }

    @Test func `leave to people what no fact tells, and are never narrower than the codes`() throws
    {
        let (_, rules) = try read([
            "서비스ID": "A1", "JA0320": "Y", "JA0313": "Y", "JA0404": "Y", "JA0410": "Y",
        ])
        let version = try #require(rules.programme("gov24-A1")).versions[0]
        #expect(version.clauses.isEmpty)
        #expect(version.judgedByPeople.map(\.korean) == ["대상: 농업인(JA0313), 대학생·대학원생(JA0320)"])
    }

    @Test func `read a policy for young people with its lists, padding and sentinels`() throws {
        let (_, rules) = try read([
            "result": [
                "youthPolicyList": [
                    [
                        "plcyNo": "20260101005400110001", "plcyNm": "시험 정책",
                        "sprtTrgtMinAge": "19", "sprtTrgtMaxAge": "99999", "earnCndSeCd": "0043002",
                        "earnMinAmt": "0", "earnMaxAmt": "5000", "mrgSttsCd": "0055002",
                        "jobCd": "0013001,0013003", "schoolCd": "0049010", "plcyMajorCd": "0011009",
                        "sbizCd": "0014002", "zipCd": "11680, 11110",
                        "aplyYmd": "20260506 ~ 20260619",
                        "aplyPrdSeCd": "0057001", "sprtArvlSeqYn": "Y", "sprtSclCnt": "70",
                        "earnEtcCn": "        ", "addAplyQlfcCndCn": "서울 거주 1년 이상",
                    ]
                ]
            ]
        ])
        let programme = try #require(rules.programme("youth-20260101005400110001"))
        let version = programme.versions[0]
        let words = version.clauses.map { rules.requirement($0).english }
        #expect(
            version.clauses.map(\.name) == [
                "minimumAge", "residence", "income", "marriage-0055002", "job-0013001",
                "job-0013003", "special-0014002",
            ]
        )
        #expect(words.count == 7)
        #expect(version.selection.method == .firstCome)
        #expect(version.selection.places == 70)
        #expect(version.judgedByPeople.map(\.korean) == ["추가 자격: 서울 거주 1년 이상"])
        var judge = Judge(CompiledCatalogue(rules), on: Self.date)
        let sheet = try CityRules.sheet(
            """
            {on: 2026-05-27, applicant: {age: 25, district: gangnam, coupleYearlyIncome: 5000만원, married: no, work: none, sex: female}}
            """,
            judge.catalogue
        )
        judge = Judge(judge.catalogue, on: sheet.date)
        let judgement = try judge.judgement(of: programme.name, sheet)
        #expect(judgement.verdict == .eligible)
        #expect(judgement.window == .open(until: LocalDate(iso: "2026-06-19")))
    }

    @Test(arguments: [[:], [1], ["data": []]] as [JSONValue])
    func `of a document without records are refused`(document: JSONValue) throws {
        let error = #expect(throws: EligibilityError.self) {
            try RuleHints.drafts(document, on: Self.date)
        }
        #expect(error?.code == .malformedSituation)
    }
}
