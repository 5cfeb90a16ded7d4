import Basics
import Eligibility

/// The questions of a portal for one person: which comes next, and how many may be left.
struct QuestionFlow {
    /// One page of questions.
    enum Step: Hashable {
        /// One fact, or several that belong together.
        case facts([FactDefinition])
        /// What was received, as one list to tick.
        case received([FactDefinition])

        var facts: [FactDefinition] {
            switch self {
            case .facts(let facts), .received(let facts): facts
            }
        }

        /// The name of the step in addresses.
        var name: String {
            switch self {
            case .facts(let facts): facts.first?.name ?? ""
            case .received: QuestionFlow.receivedName
            }
        }
    }

    /// The name of the page that asks what was received.
    static let receivedName = "received"

    let rules: CompiledCatalogue
    let answers: Answers
    let sheet: FactSheet
    /// The same person as if nothing had been received that is not told yet: the other questions are
    /// planned for it, because that is how it most often is.
    private let planned: FactSheet
    /// What may still be asked for of the person themself.
    private let remaining: [FactDefinition]
    /// What may still be asked for of the benefits received.
    private let history: [FactDefinition]

    /// Reads the answers of a day.
    ///
    /// - Throws: `EligibilityError` where they contradict each other.
    init(_ answers: Answers, rules: CompiledCatalogue, on date: LocalDate) throws {
        self.rules = rules
        self.answers = answers
        var situation = answers.situation(on: date, in: rules.catalogue)
        sheet = try FactSheet(situation, in: rules)
        if situation.history == nil {
            for fact in rules.catalogue.facts where fact.isHistory {
                situation.facts[fact.name] = situation.facts[fact.name] ?? .bool(false)
            }
        }
        planned = try FactSheet(situation, in: rules)
        let planner = QuestionPlanner(rules)
        remaining = planner.remaining(planned, skipping: answers.later)
        history = Self.sorted(
            planner.remaining(sheet, skipping: answers.later).filter(\.isHistory)
        )
    }

    /// The most pages of questions that are left.
    var maximumRemainingCount: Int { remaining.count + (history.isEmpty ? 0 : 1) }

    /// How many programmes are decided, of how many in force.
    var decided: (count: Int, of: Int) {
        var judge = Judge(rules, on: sheet.date)
        let verdicts = judge.verdicts(of: sheet).filter { $0 != .notInForce }
        return (verdicts.count { $0 != .undecided }, verdicts.count)
    }

    /// The next page; nil where no answer can change or settle a verdict.
    ///
    /// What was received is asked last and on one page: most of it no longer matters by then.
    var next: Step? {
        let planner = QuestionPlanner(rules)
        let question =
            planner.next(planned, skipping: answers.later)
            ?? planner.settling(planned, skipping: answers.later)
        if let question { return .facts(question.facts) }
        return history.isEmpty ? nil : .received(history)
    }

    /// The page of a name, to look at an answer again; nil where the rules do not ask it.
    func step(named name: String) -> Step? {
        if name == Self.receivedName {
            let facts = rules.catalogue.facts.filter { fact in
                fact.isHistory
                    && (answers.facts[fact.name] != nil || answers.later.contains(fact.name)
                        || history.contains { $0.name == fact.name })
            }
            return facts.isEmpty ? nil : .received(Self.sorted(facts))
        }
        guard let fact = rules.catalogue.fact(name), fact.question != nil else { return nil }
        return fact.isHistory ? step(named: Self.receivedName) : .facts([fact])
    }

    /// The page that was answered before one; nil at the first.
    func previous(of step: Step) -> String? {
        let asked = Set(step.facts.map(\.name))
        let before = answers.order.prefix { !asked.contains($0) }
        return before.last
    }

    /// What is received now comes before what once was.
    private static func sorted(_ facts: [FactDefinition]) -> [FactDefinition] {
        facts.sorted { left, right in
            let isNow = [left, right].map { $0.name.hasPrefix("receiving") }
            return isNow[0] == isNow[1] ? left.name < right.name : isNow[0]
        }
    }
}
