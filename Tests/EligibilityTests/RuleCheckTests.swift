import Basics
import Testing

@testable import Eligibility

/// Rules without a fault, and the same with one line changed.
private enum Sample {
    static let text = """
        households:
          family: {label: {ko: 가족, en: family}}
        facts:
          birthDate: {label: {ko: 생일, en: birth}, question: {ko: 언제?, en: When?}, type: date}
          age: {label: {ko: 나이, en: age}, type: integer, unit: age, derived: {yearsSince: birthDate}}
          rent: {label: {ko: 월세, en: rent}, question: {ko: 얼마?, en: How much?}, type: money, range: {from: 0, to: 1억원}}
          hours: {label: {ko: 시간, en: hours}, question: {ko: 몇?, en: How many?}, type: integer, unit: hours}
          children: {label: {ko: 자녀, en: children}, question: {ko: 몇?, en: How many?}, type: integer, unit: people, derived: {count: {household: family, where: {fact: relation, is: child}}}}
        programmes:
          - name: one
            title: {ko: 하나, en: one}
            summary: {ko: 하나, en: one}
            provider: {ko: 시, en: city}
            versions:
              - from: 2025-01-01
                to: 2025-12-31
                source: {title: 공고, url: 'https://example.org/', checked: 2026-01-01}
                conditions: {fact: rent, atMost: 60만원}
                windows: [{always: yes}]
              - from: 2026-01-01
                conditions:
                  all:
                    - {fact: age, atLeast: 19, atMost: 34, source: {title: 공고, url: 'https://example.org/', checked: 2026-01-01}}
                    - {fact: hours, atMost: 30 hours, source: {title: 공고, url: 'https://example.org/', checked: 2026-01-01}}
                    - {fact: children, atLeast: 1, source: {title: 공고, url: 'https://example.org/', checked: 2026-01-01}}
                windows: [{always: yes}]
        """

    static func report(replacing old: String, with new: String) throws -> RuleReport {
        #expect(text.contains(old))
        let changed = text.replacing(old, with: new, maxReplacements: 1)
        return RuleCatalogue.read([RuleFile(name: "sample.yaml", text: changed)]).report
    }

    static func line(of text: String) -> Int? {
        self.text.split(separator: "\n", omittingEmptySubsequences: false)
            .firstIndex { $0.contains(text) }.map { $0 + 1 }
    }
}

@Suite struct `The check of rules` {
    @Test func `finds nothing in good rules`() throws {
        let report = try Sample.report(replacing: "하나", with: "하나")
        #expect(report.faults == [])
        #expect(report.isUsable)
        #expect(report.clauseCount == 4)
    }

    @Test(arguments: [
        ("fact: hours, atMost", "fact: huors, atMost", RuleFault.Code.unknownFact),
        ("fact: rent, atMost: 60만원", "fact: rent, atMost: 60 hours", .wrongUnit),
        ("fact: rent, atMost: 60만원", "fact: rent, atMost: cheap", .unknownFact),
        ("fact: rent, atMost: 60만원", "fact: rent, atMost: age", .wrongType),
        ("atMost: 30 hours", "atMost: 30 months", .wrongUnit),
        ("atMost: 30 hours", "atMost: 30 만원", .wrongUnit),
        ("atLeast: 19, atMost: 34", "atLeast: 35, atMost: 34", .impossibleRange),
        ("fact: rent, atMost: 60만원", "fact: rent, atLeast: 2억원", .impossibleRange),
        ("to: 2025-12-31", "to: 2025-12-30", .versionGap),
        ("to: 2025-12-31", "to: 2026-01-01", .versionOverlap),
        (
            "atMost: 34, source: {title: 공고, url: 'https://example.org/', checked: 2026-01-01}",
            "atMost: 34", .missingSource
        ),
        ("derived: {yearsSince: birthDate}", "derived: {sum: [age, age]}", .circularDerivation),
        ("atMost: 30 hours", "atmost: 30 hours", .unknownKey),
        ("- name: one", "- name: 하나", .badName),
        ("  hours: {label", "  rent: {label", .duplicateName),
        ("fact: relation, is: child", "fact: relation, is: kid", .unknownName),
        ("fact: relation, is: child", "fact: children, is: 1", .notOfPerson),
        ("en: children}, question: {ko: 몇?, en: How many?}", "en: children}", .missingQuestion),
        ("windows: [{always: yes}]", "windows: [{always: no}]", .missingKey),
        ("facts:", "facts: [", .unreadable),
        ("fact: rent, atMost: 60만원", "fact: rent, onOrAfter: 2026-01-01", .wrongType),
        ("from: 2026-01-01", "from: 2026-02-30", .wrongType),
    ])
    func `names every kind of fault`(old: String, new: String, code: RuleFault.Code) throws {
        let report = try Sample.report(replacing: old, with: new)
        #expect(report.faults.map(\.code).contains(code), "\(report.faults)")
        #expect(!report.isUsable)
    }

    @Test func `tells the file, the line, the programme and the clause`() throws {
        let report = try Sample.report(replacing: "atMost: 30 hours", with: "atMost: 30 months")
        let fault = try #require(report.faults.first { $0.code == .wrongUnit })
        #expect(fault.position.file == "sample.yaml")
        #expect(fault.position.line == Sample.line(of: "30 hours"))
        #expect(fault.programme == "one")
        #expect(fault.clause == "hours")
        #expect(fault.text(.korean).hasPrefix("sample.yaml:\(fault.position.line):"))
    }

    @Test func `collects all faults, not the first`() throws {
        let report = try Sample.report(
            replacing: "atLeast: 19, atMost: 34",
            with: "atLeast: 35, atMost: 34, unknown: 1"
        )
        #expect(Set(report.faults.map(\.code)).isSuperset(of: [.impossibleRange, .unknownKey]))
    }

    @Test func `says what a mistyped name may have meant`() throws {
        let report = try Sample.report(replacing: "fact: hours,", with: "fact: huors,")
        let fault = try #require(report.faults.first { $0.code == .unknownFact })
        #expect(fault.message.english.contains("“hours”"))
    }

    @Test func `warns of an exclusion that the other side does not know`() throws {
        let other = """
            programme:
              name: two
              title: {ko: 둘, en: two}
              summary: {ko: 둘, en: two}
              provider: {ko: 시, en: city}
              versions:
                - from: 2026-01-01
                  source: {title: 공고, url: 'https://example.org/', checked: 2026-01-01}
                  conditions: {all: []}
                  excludes: [{receiving: [one]}]
                  windows: [{always: yes}]
            """
        let files = [
            RuleFile(name: "sample.yaml", text: Sample.text),
            RuleFile(name: "two.yaml", text: other),
        ]
        let report = RuleCatalogue.read(files).report
        #expect(report.faults.map(\.code) == [.oneSidedExclusion])
        #expect(report.isUsable)
        let known = other.replacing("{receiving: [one]}", with: "{receiving: [one], oneSided: yes}")
        #expect(
            RuleCatalogue.read([files[0], RuleFile(name: "two.yaml", text: known)]).report.faults
                == []
        )
    }

    @Test func `refuses what is too deep or too large`() {
        let deep =
            "facts: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
        let large = String(repeating: "# comment\n", count: 120_000)
        for text in [deep, large] {
            let report = RuleCatalogue.read([RuleFile(name: "big.yaml", text: text)]).report
            #expect(report.faults.map(\.code) == [.tooLarge])
        }
    }

    @Test func `survives any damage to a file`() {
        var random = SeededRandom(seed: 5)
        let bytes = Array(Sample.text.utf8)
        for _ in 0..<150 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: damaged.indices, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: damaged[place] = UInt8.random(in: 32...126, using: &random)
                case 1: damaged.remove(at: place)
                default: damaged.insert(UInt8.random(in: 9...126, using: &random), at: place)
                }
            }
            let text = String(decoding: damaged, as: UTF8.self)
            let (catalogue, report) = RuleCatalogue.read([RuleFile(name: "sample.yaml", text: text)]
            )
            #expect((catalogue != nil) == report.isUsable)
        }
    }
}
