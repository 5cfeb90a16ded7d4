public import Basics

/// What is known of a person and of those around them on the day of an application.
public struct Situation: Sendable, Hashable {
    /// Somebody in a household of the applicant.
    public struct Person: Sendable, Hashable {
        /// A name inside this situation.
        public var name: String
        /// What they are to the applicant, a choice of the fact `relation`.
        public var relation: String
        /// What is known of them.
        public var facts: [String: FactValue]

        /// Creates a person.
        public init(name: String, relation: String, facts: [String: FactValue]) {
            self.name = name
            self.relation = relation
            self.facts = facts
        }
    }

    /// A benefit that was received.
    public struct Receipt: Sendable, Hashable {
        /// The programme.
        public var programme: String
        /// Who received it; nil for the applicant.
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

    /// The day of the application: everything is judged by it.
    public var date: LocalDate
    /// What is known of the applicant and of the households they live in.
    public var facts: [String: FactValue]
    /// The others.
    public var people: [Person]
    /// The others of each household by its kind; a household that is not here is not known.
    public var households: [String: [String]]
    /// Everything that was received; nil where the history is not known.
    public var history: [Receipt]?

    /// Creates a situation.
    public init(
        date: LocalDate,
        facts: [String: FactValue] = [:],
        people: [Person] = [],
        households: [String: [String]] = [:],
        history: [Receipt]? = nil
    ) {
        self.date = date
        self.facts = facts
        self.people = people
        self.households = households
        self.history = history
    }
}
