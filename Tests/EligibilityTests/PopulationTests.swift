import Basics
import FoundationEssentials
import Testing

@testable import Eligibility

/// A folder of its own for the files of one test.
private struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/population-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite struct `A pass over everybody` {
    /// Random answers as columns; the numbers of `RandomRules` are their own codes.
    private func columns(
        _ answers: [[Int?]],
        _ rules: RandomRules,
        _ path: String
    ) throws -> PopulationColumns {
        var writer = try PopulationWriter(
            path,
            residentCount: answers.count,
            rules.compiled.catalogue
        )
        for fact in 0..<rules.factCount {
            try writer.addNumbers("f\(fact)", in: 0...9) { answers[$0][fact].map { Int64($0) } }
        }
        return try writer.finish()
    }

    private func fitting(_ answers: [[Int?]], _ rules: RandomRules) throws -> [[Int]] {
        var result = [[Int]](repeating: [], count: rules.conditions.count)
        for (resident, answer) in answers.enumerated() {
            for (programme, condition) in rules.conditions.enumerated()
            where condition.holds(answer) == true {
                result[programme].append(resident)
            }
        }
        return result
    }

    @Test func `finds those whom an independent evaluation finds, across blocks and with gaps`()
        async throws
    {
        let folder = try TemporaryFolder()
        var random = SeededRandom(seed: 4)
        let rules = try RandomRules(boolCount: 4, numberCount: 5, programmeCount: 40, &random)
        // Two blocks and a part of a third.
        let answers = (0..<40_001).map { _ in rules.randomAnswers(known: 0.9, &random) }
        let columns = try columns(answers, rules, folder.path + "/columns")
        let pass = PopulationPass(rules.compiled, columns, on: RandomRules.date)
        let outcome = try await pass.match(
            writing: folder.path + "/matches",
            candidates: folder.path + "/candidates"
        )
        let expected = try fitting(answers, rules)
        let matches = try PopulationMatches(folder.path + "/matches")
        for (programme, residents) in expected.enumerated() {
            #expect(matches.residents(fitting: "p\(programme)") == residents)
        }
        #expect(outcome.fitting == expected.reduce(0) { $0 + $1.count })
        #expect(outcome.fitting > 10_000 && outcome.newlyFits == 0)
        #expect(pass.countFitting() == outcome.fitting)
        var judge = Judge(rules.compiled, on: RandomRules.date)
        for resident in stride(from: 0, to: answers.count, by: 997) {
            let sheet = try columns.sheet(of: resident, in: rules.compiled, on: RandomRules.date)
            let alone = try rules.sheet(answers[resident])
            #expect(judge.verdicts(of: sheet) == judge.verdicts(of: alone))
            let other = try rules.sheet(answers[0])
            let (was, now) = (judge.verdicts(of: alone), judge.verdicts(of: other))
            let changed = judge.changes(from: alone, to: other)
            #expect(
                changed.map(\.programme)
                    == was.indices.filter { (was[$0] == .eligible) != (now[$0] == .eligible) }
            )
            #expect(changed.allSatisfy { $0.fits == (now[$0.programme] == .eligible) })
        }
    }

    @Test func `its oracle's SQL says every part of a condition`() throws {
        let facts = """
            facts:
              f0: {label: {ko: 하나, en: one}, question: {ko: 묻기, en: ask}, type: bool}
              f1: {label: {ko: 둘, en: two}, question: {ko: 묻기, en: ask}, type: integer}
              f2:
                label: {ko: 셋, en: three}
                question: {ko: 묻기, en: ask}
                type: choice
                choices: {a: {ko: 가, en: a}, b: {ko: 나, en: b}, c: {ko: 다, en: c}}

            """
        let version = """
            windows: [{always: yes}]
            conditions:
              all:
                - {fact: f1, atLeast: 2, atMost: 8}
                - any: [{fact: f0, is: yes}, {not: {fact: f2, oneOf: [a, c]}}]
            """
        let text = facts + RuleText.programmes(("p0", version))
        let rules = try RuleCatalogue([RuleFile(name: "sql.yaml", text: text)])
        let programme = try #require(rules.programmes.first)
        let sql = ConditionSQL(rules, on: RandomRules.date)
        #expect(
            sql.expression(of: programme)
                == #"(((2 <= "f1") AND ("f1" <= 8)) AND (("f0" = 1) OR (NOT ("f2" IN (0, 2)))))"#
        )
        let past = LocalDate(daysSinceEpoch: 0)
        #expect(ConditionSQL(rules, on: past).expression(of: programme) == nil)
    }

    @Test func `tells what is new and what is over since yesterday, and nothing else`()
        async throws
    {
        let folder = try TemporaryFolder()
        var random = SeededRandom(seed: 5)
        let rules = try RandomRules(boolCount: 3, numberCount: 3, programmeCount: 12, &random)
        let before = (0..<20_000).map { _ in rules.randomAnswers(known: 0.95, &random) }
        var after = before
        for _ in 0..<300 {
            after[Int.random(in: after.indices, using: &random)] =
                rules.randomAnswers(known: 0.95, &random)
        }
        for (name, answers) in [("yesterday", before), ("today", after)] {
            let columns = try columns(answers, rules, folder.path + "/columns-\(name)")
            let pass = PopulationPass(rules.compiled, columns, on: RandomRules.date)
            _ = try await pass.match(
                writing: folder.path + "/\(name)",
                candidates: folder.path + "/candidates",
                since: name == "today" ? PopulationMatches(folder.path + "/yesterday") : nil
            )
        }
        let (old, new) = (try fitting(before, rules), try fitting(after, rules))
        let expected = (0..<12).flatMap { programme -> [PopulationPass.Candidate] in
            let (was, now) = (Set(old[programme]), Set(new[programme]))
            return now.symmetricDifference(was).map {
                .init(resident: $0, programme: programme, fits: now.contains($0))
            }
        }
        let found = try PopulationPass.candidates(at: folder.path + "/candidates")
        #expect(Set(found) == Set(expected) && found.count == expected.count)
        #expect(found.contains(where: \.fits) && found.contains { !$0.fits })
    }

    @Test func `matches one changed programme over everybody and keeps it in the file`()
        async throws
    {
        let folder = try TemporaryFolder()
        var random = SeededRandom(seed: 6)
        let rules = try RandomRules(boolCount: 3, numberCount: 3, programmeCount: 5, &random)
        let answers = (0..<17_000).map { _ in rules.randomAnswers(known: 1, &random) }
        let columns = try columns(answers, rules, folder.path + "/columns")
        let path = folder.path + "/matches"
        _ = try await PopulationPass(rules.compiled, columns, on: RandomRules.date)
            .match(writing: path, candidates: folder.path + "/candidates")
        // The same programmes with other conditions.
        let changed = try RandomRules(boolCount: 3, numberCount: 3, programmeCount: 5, &random)
        let pass = PopulationPass(changed.compiled, columns, on: RandomRules.date)
        let candidates = try pass.rematch("p2", in: path)
        let (old, new) = (try fitting(answers, rules), try fitting(answers, changed))
        #expect(candidates.count == Set(old[2]).symmetricDifference(new[2]).count)
        let matches = try PopulationMatches(path)
        for programme in 0..<5 {
            let expected = programme == 2 ? new[2] : old[programme]
            #expect(matches.residents(fitting: "p\(programme)") == expected)
        }
        #expect(try pass.rematch("p2", in: path).isEmpty)
    }

    /// Ages and households of a made-up city; nobody's age is known from time to time.
    private func city(
        _ count: Int,
        _ catalogue: CompiledCatalogue,
        _ path: String,
        _ random: inout SeededRandom
    ) throws -> PopulationColumns {
        var writer = try PopulationWriter(path, residentCount: count, catalogue.catalogue)
        try writer.addNumbers("birthDate", in: -10_000...20_600) { _ in
            random.next() % 40 == 0 ? nil : Int64.random(in: -10_000...20_600, using: &random)
        }
        try writer.addHousehold("family") { resident, add in
            add(resident, 0)
            for member in (resident / 4 * 4)..<min(resident / 4 * 4 + 4, count)
            where member != resident { add(member, 2) }
        }
        return try writer.finish()
    }

    private func rules(children: Int, adult: Int = 18, older: Int) throws -> CompiledCatalogue {
        let facts = """
            households: {family: {label: {ko: 가족, en: family}}}
            facts:
              birthDate: {label: {ko: 생일, en: birth}, question: {ko: 묻기, en: ask}, type: date}
              age: {label: {ko: 나이, en: age}, type: integer, unit: age, derived: {yearsSince: birthDate}}
              children:
                label: {ko: 자녀, en: children}
                question: {ko: 묻기, en: ask}
                type: integer
                unit: people
                of: family
                derived: {count: {household: family, where: {fact: age, lessThan: \(adult)}}}

            """
        let version = """
            windows: [{always: yes}]
            conditions:
              all:
                - {fact: children, atLeast: \(children)}
                - {fact: age, atLeast: 20, atMost: \(older)}
            """
        let text = facts + RuleText.programmes(("p0", version))
        let file = RuleFile(name: "city.yaml", text: text)
        return CompiledCatalogue(try RuleCatalogue([file]))
    }

    @Test func `a changed rule comes out the same from what a pass kept as from everybody anew`()
        async throws
    {
        let folder = try TemporaryFolder()
        var random = SeededRandom(seed: 9)
        let before = try rules(children: 1, older: 60)
        let columns = try city(40_001, before, folder.path + "/columns", &random)
        let day = LocalDate(daysSinceEpoch: 20_600)
        let matches = folder.path + "/matches"
        // The other has another end of childhood, so that nothing kept of the children is of use to it.
        for changed in [
            try rules(children: 2, older: 50), try rules(children: 2, adult: 10, older: 50),
        ] {
            _ = try await PopulationPass(before, columns, on: day).match(
                writing: matches,
                candidates: folder.path + "/candidates",
                keeping: folder.path + "/derived"
            )
            let old = try PopulationMatches(matches).residents(fitting: "p0")
            let pass = PopulationPass(changed, columns, on: day)
            let candidates = try pass.rematch(
                "p0",
                in: matches,
                with: DerivedColumns(folder.path + "/derived")
            )
            let new = try PopulationMatches(matches).residents(fitting: "p0")
            #expect(!new.isEmpty && new.count == pass.countFitting())
            #expect(candidates.count == Set(old).symmetricDifference(new).count)
            var judge = Judge(changed, on: day)
            let found = Set(new)
            for resident in stride(from: 0, to: 40_001, by: 13) {
                let sheet = try columns.sheet(of: resident, in: changed, on: day)
                let verdict = judge.verdicts(of: sheet)[0]
                #expect(found.contains(resident) == (verdict == .eligible))
            }
        }
    }

    @Test func `what a pass kept is refused where it is cut short`() async throws {
        let folder = try TemporaryFolder()
        var random = SeededRandom(seed: 10)
        let catalogue = try rules(children: 1, older: 60)
        let columns = try city(100, catalogue, folder.path + "/columns", &random)
        let path = folder.path + "/derived"
        _ = try await PopulationPass(catalogue, columns, on: RandomRules.date).match(
            writing: folder.path + "/matches",
            candidates: folder.path + "/candidates",
            keeping: path
        )
        let bytes = try Data(contentsOf: URL(filePath: path))
        for count in [0, 8, bytes.count - 8, bytes.count - 1] {
            try bytes.prefix(count).write(to: URL(filePath: path))
            #expect(throws: EligibilityError.self) { try DerivedColumns(path) }
        }
    }

    @Test func `comes out as every person alone does, households and dates included`()
        async throws
    {
        let folder = try TemporaryFolder()
        let catalogue = try CityRules.compiled()
        let byDay = Dictionary(grouping: catalogue.catalogue.tests) { $0.situation.date }
        var judged = 0
        var eligible = 0
        for (day, tests) in byDay.sorted(by: { $0.key < $1.key }) {
            let people = tests.compactMap { test -> (Situation, FactSheet)? in
                (try? FactSheet(test.situation, in: catalogue)).map { (test.situation, $0) }
            }
            guard !people.isEmpty else { continue }
            let columns = try PopulationColumns.write(
                people.map(\.0),
                to: folder.path + "/columns",
                catalogue
            )
            _ = try await PopulationPass(catalogue, columns, on: day).match(
                writing: folder.path + "/matches",
                candidates: folder.path + "/candidates"
            )
            let matches = try PopulationMatches(folder.path + "/matches")
            let found = catalogue.catalogue.programmes.map {
                Set(matches.residents(fitting: $0.name))
            }
            var judge = Judge(catalogue, on: day)
            for (resident, person) in people.enumerated() {
                let verdicts = judge.verdicts(of: person.1)
                let alone = try columns.sheet(of: resident, in: catalogue, on: day)
                #expect(judge.verdicts(of: alone) == verdicts)
                for (programme, verdict) in verdicts.enumerated() {
                    let name = catalogue.catalogue.programmes[programme].name
                    #expect(
                        found[programme].contains(resident) == (verdict == .eligible),
                        "\(name) on \(day), resident \(resident)"
                    )
                    eligible += verdict == .eligible ? 1 : 0
                }
                judged += verdicts.count
            }
        }
        #expect(judged > 1_000 && eligible > 50)
    }

    @Test(arguments: [
        Array("not columns at all, not matches at all".utf8), [UInt8](repeating: 0, count: 64),
        [UInt8](repeating: 0xFF, count: 4_096),
    ])
    func `a file that is something else is refused`(bytes: [UInt8]) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/other"
        #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
        #expect(throws: EligibilityError.self) { try PopulationColumns(path) }
        #expect(throws: EligibilityError.self) { try PopulationMatches(path) }
    }
}
