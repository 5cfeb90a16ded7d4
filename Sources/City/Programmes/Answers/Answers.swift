public import Basics
public import Eligibility

/// What a person has answered: facts, the people around them, what they received.
public struct Answers: Codable, Sendable, Hashable {
    /// Somebody in a household of the person.
    public struct Person: Codable, Sendable, Hashable {
        /// A name inside these answers.
        public var id: String
        /// What the person calls them; empty where they gave no name.
        public var name: String
        /// What they are to the person, a choice of the fact `relation`.
        public var relation: String
        /// What is known of them.
        public var facts: [String: AnswerValue]
        /// The kinds of household they belong to.
        public var households: Set<String>

        /// Creates a person.
        public init(
            id: String,
            name: String = "",
            relation: String,
            facts: [String: AnswerValue] = [:],
            households: Set<String>
        ) {
            self.id = id
            self.name = name
            self.relation = relation
            self.facts = facts
            self.households = households
        }
    }

    /// A benefit that was received.
    public struct Receipt: Codable, Sendable, Hashable {
        /// The programme.
        public var programme: String
        /// Who received it; nil for the person themself.
        public var person: String?
        /// The first day.
        public var from: LocalDate
        /// The last day; nil while it goes on.
        public var to: LocalDate?

        /// Creates a receipt.
        public init(programme: String, person: String? = nil, from: LocalDate, to: LocalDate?) {
            self.programme = programme
            self.person = person
            self.from = from
            self.to = to
        }
    }

    /// The most people that may be told of.
    public static let maximumPersonCount = 20
    /// The longest name of one.
    public static let maximumNameCharacterCount = 30

    /// The facts, by name.
    public var facts: [String: AnswerValue] = [:]
    /// The others.
    public var people: [Person] = []
    /// The households of which every member is told.
    public var households: Set<String> = []
    /// Everything that was received; nil where it is not known.
    public var receipts: [Receipt]?
    /// Facts the person wants to be asked for later, or does not know.
    public var later: Set<String> = []
    /// The facts in the order in which they were answered, for the way back.
    public var order: [String] = []

    /// Nothing yet.
    public init() {}

    /// Whether nothing is said yet.
    public var isEmpty: Bool {
        facts.isEmpty && people.isEmpty && households.isEmpty && receipts == nil && later.isEmpty
    }

    /// Takes an answer.
    public mutating func answer(_ fact: String, _ value: FactValue) {
        if facts[fact] == nil { order.append(fact) }
        facts[fact] = AnswerValue(value)
        later.remove(fact)
    }

    /// Forgets an answer.
    public mutating func forget(_ fact: String) {
        facts[fact] = nil
        order.removeAll { $0 == fact }
    }

    /// Notes that a question is left for later; an answer that was given is unknown again.
    public mutating func postpone(_ fact: String) {
        forget(fact)
        later.insert(fact)
    }

    /// What the rules judge on a day.
    ///
    /// Answers to facts that the rules of today no longer have are left out: they stay in the book.
    public func situation(on date: LocalDate, in catalogue: RuleCatalogue) -> Situation {
        let names = Set(catalogue.households.map(\.name))
        let told = households.intersection(names)
        return Situation(
            date: date,
            facts: Self.values(of: facts, in: catalogue),
            people: people.map { person in
                Situation.Person(
                    name: person.id,
                    relation: person.relation,
                    facts: Self.values(of: person.facts, in: catalogue)
                )
            },
            households: Dictionary(
                uniqueKeysWithValues: told.map { household in
                    (household, people.filter { $0.households.contains(household) }.map(\.id))
                }
            ),
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

    private static func values(
        of facts: [String: AnswerValue],
        in catalogue: RuleCatalogue
    ) -> [String: FactValue] {
        var values: [String: FactValue] = [:]
        for (name, answer) in facts {
            guard let fact = catalogue.fact(name) else { continue }
            values[name] = try? answer.value(of: fact)
        }
        return values
    }
}
