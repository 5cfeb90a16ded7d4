public import Basics

/// The programmes of a day as JsonLogic, and which of their clauses cannot be said in it.
public struct JSONLogicExport: Encodable, Sendable {
    /// A fact that the expressions look at.
    public struct Fact: Encodable, Sendable {
        /// The name of the variable.
        public let name: String
        /// What people read.
        public let label: Bilingual
        /// The kind of value: `bool`, `integer`, `money` (won), `date`, `months`, `percent`, `choice`, `set`.
        public let type: String
        /// The names of the choices, where it has any.
        public let choices: [String]?
    }

    /// A programme that can be said.
    public struct ProgrammeLogic: Encodable, Sendable {
        /// Its name.
        public let name: String
        /// What people read.
        public let title: Bilingual
        /// The kind of those for each of whom it is asked with their data (`child`); nil for the applicant.
        public let forEach: String?
        /// True for the data of a person exactly where the rules say that they are eligible.
        public let logic: JSONValue
    }

    /// A clause that keeps its programme from being said.
    public struct UnsaidClause: Encodable, Sendable {
        /// The programme.
        public let programme: String
        /// The clause.
        public let clause: String
        /// Where it stands.
        public let position: RulePosition
    }

    /// The day whose versions are said.
    public let date: LocalDate
    /// The facts that the expressions look at.
    public let facts: [Fact]
    /// The programmes in force.
    public let programmes: [ProgrammeLogic]
    /// The clauses that cannot be said; their programmes are left out as a whole.
    public let unsaid: [UnsaidClause]

    /// Says what is in force on a day.
    public init(_ catalogue: RuleCatalogue, on date: LocalDate) {
        let writer = ConditionJSONLogic(facts: catalogue.facts)
        var programmes: [ProgrammeLogic] = []
        var unsaid: [UnsaidClause] = []
        var used: Set<Int> = []
        for programme in catalogue.programmes {
            guard let version = programme.version(on: date), version.paused == nil else { continue }
            guard let logic = writer.logic(of: version) else {
                unsaid += version.clauses.filter { !writer.canSay($0) }.map {
                    UnsaidClause(programme: programme.name, clause: $0.name, position: $0.position)
                }
                continue
            }
            programmes.append(
                ProgrammeLogic(
                    name: programme.name,
                    title: programme.title,
                    forEach: version.beneficiary.map { catalogue.beneficiaries[$0].name },
                    logic: logic
                )
            )
            for clause in version.clauses {
                used.formUnion(clause.comparisons.flatMap(\.limit.facts) + [clause.fact])
            }
        }
        self.date = date
        self.programmes = programmes
        self.unsaid = unsaid
        facts = used.sorted().map { Fact(catalogue.facts[$0]) }
    }

    /// What is known of a person as the expressions' data.
    public static func data(_ sheet: FactSheet) -> JSONValue {
        let facts = sheet.catalogue.catalogue.facts
        return .object(
            Dictionary(
                zip(facts, sheet.values).filter { $1 != FactCode.unknown }
                    .map { ($0.name, $0.type.jsonLogic($1)) }
            ) { first, _ in first }
        )
    }
}

extension JSONLogicExport.Fact {
    init(_ fact: FactDefinition) {
        name = fact.name
        label = fact.label
        type =
            switch fact.type {
            case .bool: "bool"
            case .integer: "integer"
            case .money: "money"
            case .date: "date"
            case .months: "months"
            case .percent: "percent"
            case .choice: "choice"
            case .set: "set"
            }
        choices = fact.type.choices?.choices.map(\.name)
    }
}
