import Basics
import Testing

@testable import Eligibility

@Suite struct `JsonLogic` {
    private static let date = LocalDate(daysSinceEpoch: 20_600)

    private func catalogue(_ condition: String) throws -> CompiledCatalogue {
        let facts = """
            facts:
              size: {label: {ko: 수, en: size}, question: {ko: 몇, en: how many}, type: integer}
              room: {label: {ko: 방, en: room}, question: {ko: 몇, en: how many}, type: integer}
              born: {label: {ko: 생일, en: born}, question: {ko: 언제, en: when}, type: date}
              share: {label: {ko: 몫, en: share}, question: {ko: 얼마, en: how much}, type: percent}
              owns: {label: {ko: 집, en: owns}, question: {ko: 집, en: owns}, type: bool}
              kind:
                {label: {ko: 종류, en: kind}, question: {ko: 종류, en: kind}, type: choice, choices: {a: {ko: 가, en: a}, b: {ko: 나, en: b}}}
              marks:
                {label: {ko: 표, en: marks}, question: {ko: 표, en: marks}, type: set, choices: {a: {ko: 가, en: a}, b: {ko: 나, en: b}}}

            """
        let version = "conditions: \(condition)\nwindows: [{always: yes}]"
        let text = facts + RuleText.programmes(("p", version))
        return CompiledCatalogue(try RuleCatalogue([RuleFile(name: "t.yaml", text: text)]))
    }

    private static func known(_ names: String..., and test: JSONValue) -> JSONValue {
        ["and": .array(names.map { ["!==": [["var": .string($0)], .null]] } + [test])]
    }

    private static let sizeIsFour: JSONValue = ["<=": [["var": "size"], 4]]

    private static let examples: [(String, JSONValue)] = [
        ("{fact: size, atMost: 4}", known("size", and: sizeIsFour)),
        ("{not: {fact: size, atMost: 4}}", known("size", and: ["!": [sizeIsFour]])),
        (
            "{fact: share, moreThan: 48.5 %}",
            known("share", and: [">": [["var": "share"], .number(48.5)]])
        ),
        (
            "{fact: born, onOrAfter: 2000-02-29}",
            known("born", and: [">=": [["var": "born"], "2000-02-29"]])
        ),
        ("{fact: owns, is: no}", known("owns", and: ["===": [["var": "owns"], false]])),
        (
            "{fact: kind, oneOf: [a, b]}",
            known("kind", and: ["in": [["var": "kind"], ["a", "b"]]])
        ),
        (
            "{fact: marks, includes: [b]}",
            known("marks", and: ["or": [["in": ["b", ["var": "marks"]]]]])
        ),
        (
            "{fact: size, moreThan: {sum: [room, 1]}}",
            known("size", "room", and: [">": [["var": "size"], ["+": [["var": "room"], 1]]]])
        ),
        (
            "{not: {any: [{fact: size, atMost: 4}, {fact: owns, is: no}]}}",
            [
                "and": [
                    known("size", and: ["!": [sizeIsFour]]),
                    known("owns", and: ["!": [["===": [["var": "owns"], false]]]]),
                ]
            ]
        ),
    ]

    @Test(arguments: examples)
    func `asks of every fact whether it is known, and pushes opposites down`(
        condition: String,
        expected: JSONValue
    ) throws {
        let export = JSONLogicExport(try catalogue(condition).catalogue, on: Self.date)
        #expect(export.programmes.map(\.logic) == [expected])
        #expect(export.unsaid.isEmpty)
    }

    @Test func `leaves a programme out as a whole and names the clause that cannot be said`() throws
    {
        let rules = try catalogue(
            """
            {all: [{fact: size, atMost: 4}, {name: young, fact: born, after: {addDays: {to: born, by: 60 days}}}]}
            """
        )
        let export = JSONLogicExport(rules.catalogue, on: Self.date)
        #expect(export.programmes.isEmpty)
        #expect(export.unsaid.map { "\($0.programme) \($0.clause)" } == ["p young"])
    }

    @Test func `says all but a few of the city's programmes`() throws {
        let rules = try CityRules.compiled().catalogue
        let export = JSONLogicExport(rules, on: Self.date)
        let unsaid = Set(export.unsaid.map(\.programme))
        let inForce = rules.programmes.filter {
            $0.version(on: Self.date).map { $0.paused == nil } ?? false
        }
        #expect(export.programmes.count + unsaid.count == inForce.count)
        #expect(unsaid.count * 10 <= inForce.count)
    }

    @Test func `has what is known of a person as its data`() throws {
        let rules = try catalogue("{fact: size, atMost: 4}")
        let facts: [String: FactValue] = [
            "size": .integer(3), "born": .date(LocalDate(daysSinceEpoch: 11_016)),
            "share": .percent(hundredths: 4850), "owns": .bool(false), "kind": .choice("b"),
            "marks": .set(["b", "a"]),
        ]
        let sheet = try FactSheet(Situation(date: Self.date, facts: facts), in: rules)
        guard case .object(let data) = JSONLogicExport.data(sheet) else {
            Issue.record("the data is no object")
            return
        }
        #expect(data["size"] == 3)
        #expect(data["born"] == "2000-02-29")
        #expect(data["share"] == .number(48.5))
        #expect(data["owns"] == false)
        #expect(data["kind"] == "b")
        #expect(data["marks"] == ["a", "b"])
        #expect(data["room"] == nil)
    }
}
