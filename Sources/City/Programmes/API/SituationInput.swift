import Basics
import Eligibility
import Web

/// A situation as the API takes it: answers in the JSON of their facts' types (`AnswerValue`).
struct SituationInput: Decodable, Sendable {
    /// The day of the application; today where it is left out.
    var on: LocalDate?
    var facts: [String: AnswerValue]?
    var people: [Member]?
    /// The kinds of household of which every member is among the people.
    var households: [String]?
    var history: [Answers.Receipt]?
    /// The programmes asked about; all where it is left out.
    var programmes: [String]?

    struct Member: Decodable, Sendable {
        var id: String
        var relation: String
        var facts: [String: AnswerValue]?
        var households: [String]
    }

    struct Output: Encodable, Sendable {
        var date: LocalDate
        var judgements: [Judgement]
    }

    static let schema = Schema.object(
        [:],
        optional: [
            "on": .date, "facts": .any.described("Values by fact."),
            "people": .array(
                of: .object(
                    [
                        "id": .string(), "relation": .string(),
                        "households": .array(of: .string()),
                    ],
                    optional: ["facts": .any]
                ),
                maximumCount: Answers.maximumPersonCount
            ), "households": .array(of: .string(), maximumCount: 20),
            "history": .array(
                of: .object(
                    ["programme": .string(), "from": .date],
                    optional: ["person": .string(), "to": .date]
                ),
                maximumCount: maximumReceiptCount
            ), "programmes": .array(of: .string(), maximumCount: 1_000),
        ]
    )

    private static let maximumReceiptCount = 1_000

    /// Judges the situation.
    ///
    /// - Throws: `Problem` that names every part that cannot be read; `EligibilityError` where the
    ///   parts contradict each other.
    func judgements(by rules: RulesInForce, today: LocalDate) throws -> Output {
        var faults: [Problem.Fault] = []
        let catalogue = rules.catalogue
        collect(facts ?? [:], at: "facts", catalogue, &faults)
        for member in people ?? [] {
            collect(member.facts ?? [:], at: "people.\(member.id).facts", catalogue, &faults)
        }
        for name in programmes ?? [] where rules.programme(name) == nil {
            faults.append(
                Problem.Fault(
                    field: "programmes.\(name)",
                    message: Bilingual("모르는 사업입니다.", "There is no such programme.")
                )
            )
        }
        guard faults.isEmpty else { throw Problem.invalid(faults) }
        let date = on ?? today
        let sheet = try FactSheet(
            answers.situation(on: date, in: catalogue),
            in: rules.compiled
        )
        var judge = Judge(rules.compiled, on: date)
        let names = programmes ?? catalogue.programmes.map(\.name)
        return Output(
            date: date,
            judgements: try names.map { try judge.judgement(of: $0, sheet) }
        )
    }

    private func collect(
        _ facts: [String: AnswerValue],
        at place: String,
        _ catalogue: RuleCatalogue,
        _ faults: inout [Problem.Fault]
    ) {
        for (name, answer) in facts.sorted(by: { $0.key < $1.key }) {
            guard let fact = catalogue.fact(name) else {
                faults.append(
                    Problem.Fault(
                        field: "\(place).\(name)",
                        message: Bilingual("모르는 사실입니다.", "There is no such fact.")
                    )
                )
                continue
            }
            do {
                _ = try answer.value(of: fact)
            } catch {
                faults.append(
                    Problem.Fault(field: "\(place).\(name)", message: error.message)
                )
            }
        }
    }

    private var answers: Answers {
        var answers = Answers()
        answers.facts = facts ?? [:]
        answers.people = (people ?? []).map { member in
            Answers.Person(
                id: member.id,
                relation: member.relation,
                facts: member.facts ?? [:],
                households: Set(member.households)
            )
        }
        answers.households = Set(households ?? [])
        answers.receipts = history
        return answers
    }
}
