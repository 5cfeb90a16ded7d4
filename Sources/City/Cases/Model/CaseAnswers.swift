public import Basics
public import Eligibility

/// What an applicant answered: the facts of the programme, and the procedure's own questions.
public struct CaseAnswers: Sendable, Hashable, Codable {
    /// A member of a household.
    public struct Person: Sendable, Hashable, Codable {
        /// The name within these answers.
        public var name: String
        /// What they are to the applicant.
        public var relation: String
        /// What is known of them.
        public var facts: [String: JSONValue]

        /// Describes a member.
        public init(name: String, relation: String, facts: [String: JSONValue]) {
            self.name = name
            self.relation = relation
            self.facts = facts
        }
    }

    /// Something the applicant or a member received.
    public struct Receipt: Sendable, Hashable, Codable {
        /// The programme.
        public var programme: String
        /// Who received it; nothing is the applicant.
        public var person: String?
        /// The first day.
        public var from: LocalDate
        /// The last day; nothing while it goes on.
        public var to: LocalDate?

        /// Describes something received.
        public init(programme: String, person: String?, from: LocalDate, to: LocalDate?) {
            self.programme = programme
            self.person = person
            self.from = from
            self.to = to
        }
    }

    /// The facts, as JSON by the fact's type.
    public var facts: [String: JSONValue]
    /// The members of the households.
    public var people: [Person]
    /// Who belongs to which household.
    public var households: [String: [String]]
    /// What was received before; nothing where that was not asked.
    public var receipts: [Receipt]?
    /// The answers to the procedure's own questions.
    public var own: [String: String]

    /// Creates answers; none at all without arguments.
    public init(
        facts: [String: JSONValue] = [:],
        people: [Person] = [],
        households: [String: [String]] = [:],
        receipts: [Receipt]? = nil,
        own: [String: String] = [:]
    ) {
        self.facts = facts
        self.people = people
        self.households = households
        self.receipts = receipts
        self.own = own
    }

    /// The answers as the rules read them; what the rules no longer know is left out.
    public func situation(on day: LocalDate, in catalogue: RuleCatalogue) -> Situation {
        func values(_ facts: [String: JSONValue]) -> [String: FactValue] {
            var values: [String: FactValue] = [:]
            for (name, json) in facts {
                values[name] = catalogue.fact(name)?.type.value(of: json)
            }
            return values
        }
        let kinds = Set(catalogue.households.map(\.name))
        return Situation(
            date: day,
            facts: values(facts),
            people: people.map {
                Situation.Person(name: $0.name, relation: $0.relation, facts: values($0.facts))
            },
            households: households.filter { kinds.contains($0.key) },
            history: receipts?.map {
                Situation.Receipt(
                    programme: $0.programme,
                    person: $0.person,
                    from: $0.from,
                    to: $0.to
                )
            }
        )
    }
}

extension FactType {
    /// The value that a JSON value says, or nothing where it is of another type.
    func value(of json: JSONValue) -> FactValue? {
        if case .null = json { return .absent }
        let whole = json.number.flatMap { Int(exactly: $0) }
        switch self {
        case .bool:
            guard case .boolean(let value) = json else { return nil }
            return .bool(value)
        case .integer: return whole.map { .integer($0) }
        case .money: return whole.map { .money(Won(Int64($0))) }
        case .months: return whole.map { .months($0) }
        case .percent:
            return json.number.map { .percent(hundredths: Int(($0 * 100).rounded())) }
        case .date: return json.string.flatMap { LocalDate(iso: $0) }.map { .date($0) }
        case .choice: return json.string.map { .choice($0) }
        case .set: return .set(Set(json.strings))
        }
    }
}

extension FactValue {
    /// The value as JSON.
    var json: JSONValue {
        switch self {
        case .bool(let value): .boolean(value)
        case .integer(let value), .months(let value): .integer(value)
        case .money(let value): .integer(Int(value.amount))
        case .percent(let hundredths): .number(Double(hundredths) / 100)
        case .date(let value): .string(value.iso)
        case .choice(let value): .string(value)
        case .set(let values): .array(values.sorted().map { .string($0) })
        case .absent: .null
        }
    }
}
