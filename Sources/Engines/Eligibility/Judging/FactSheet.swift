public import Basics

/// Everything known of one person on one day, as numbers: what was given and what follows from it.
public struct FactSheet: Sendable {
    let catalogue: CompiledCatalogue
    /// What was given, by fact.
    private(set) var given: [Int64]
    /// Every column: given, derived, or unknown.
    private(set) var values: [Int64]
    private var people: [[Int64]]
    /// The days from which facts of the history no longer hold.
    private let endings: [SituationReader.Ending]
    private let households: Machine.Households
    /// What the others are called, the applicant left out.
    private let names: [String]
    /// The facts that are another's: one of those for whom a programme is judged.
    private var own: Set<Int> = []
    /// Whether it speaks of one of those for whom a programme is judged.
    private(set) var isOfMember = false

    /// The day of the application.
    public var date: LocalDate {
        LocalDate(daysSinceEpoch: Int(values[RuleReader.BuiltIn.applicationDate]))
    }

    /// Reads a situation.
    ///
    /// - Throws: `EligibilityError` `unknownFact`, `wrongValue` or `contradiction`, which names the facts.
    public init(_ situation: Situation, in catalogue: CompiledCatalogue) throws {
        let reader = try SituationReader(situation, catalogue)
        self.catalogue = catalogue
        given = try reader.applicant()
        households = try reader.households()
        people = try reader.people(applicant: given)
        endings = reader.endings
        names = situation.people.map(\.name)
        values = []
        derive()
        try checkConsistency()
    }

    /// A sheet of what columns say; the resident is the first of the people.
    init(
        given: [Int64],
        people: [[Int64]],
        households: Machine.Households,
        in catalogue: CompiledCatalogue
    ) throws {
        self.catalogue = catalogue
        self.given = given
        self.households = households
        self.people = people.map { SituationReader.derived($0, in: catalogue) }
        endings = []
        names = []
        values = []
        derive()
        try checkConsistency()
    }

    /// The value of a fact; nil where it is not known.
    public subscript(name: String) -> FactValue? {
        guard let index = catalogue.catalogue.factIndex[name] else { return nil }
        return catalogue.catalogue.facts[index].type.value(of: values[index])
    }

    /// The same person with one more answer.
    ///
    /// - Throws: `EligibilityError` `unknownFact`, `wrongValue` or `contradiction`, which names the facts.
    public func answering(_ name: String, _ value: FactValue) throws -> FactSheet {
        let rules = catalogue.catalogue
        guard let index = rules.factIndex[name], index > RuleReader.BuiltIn.relation else {
            throw EligibilityError(
                .unknownFact,
                Bilingual("모르는 사실입니다: \(name)", "There is no fact “\(name)”."),
                facts: [name]
            )
        }
        let today = Int64(date.daysSinceEpoch)
        let code = try SituationReader.code(of: value, rules.facts[index], on: today)
        let sheet = with(index, code)
        try sheet.checkConsistency()
        return sheet
    }

    /// The same person with another value of a fact, without a check for contradictions.
    func with(_ fact: Int, _ code: Int64) -> FactSheet {
        var sheet = self
        sheet.set(fact, code)
        return sheet
    }

    /// One of those for whom a programme is judged, with the sheet that speaks of them.
    struct Member {
        /// The name in the situation.
        var name: String
        /// The place among them, from 1; nil where their dates are not all known.
        var order: Int?
        /// The date that orders them.
        var date: LocalDate?
        var sheet: FactSheet
    }

    /// Those of a kind in the household, in their order; none where it is not listed.
    func members(_ kind: BeneficiaryKind) -> [Member] {
        let places = (households[kind.household] ?? []).filter {
            people[$0][RuleReader.BuiltIn.relation] == kind.relation
        }
        let dates = places.map { place in
            kind.order.map { people[place][$0.date] } ?? FactCode.unknown
        }
        let isOrdered = !dates.contains(FactCode.unknown)
        let ordered = places.indices.sorted { (dates[$0], $0) < (dates[$1], $1) }
        return ordered.enumerated().map { order, index in
            let isDated = dates[index] != FactCode.unknown
            return Member(
                name: names.indices.contains(places[index] - 1) ? names[places[index] - 1] : "",
                order: isOrdered ? order + 1 : nil,
                date: isDated ? LocalDate(daysSinceEpoch: Int(dates[index])) : nil,
                sheet: of(places[index], kind, order: isOrdered ? Int64(order + 1) : nil)
            )
        }
    }

    /// The sheet that speaks of a person of the situation, of whatever kind; nil where nobody of that name is.
    func members(named name: String) -> FactSheet? {
        for kind in catalogue.catalogue.beneficiaries {
            if let member = members(kind).first(where: { $0.name == name }) { return member.sheet }
        }
        return nil
    }

    /// The sheet that speaks of one member.
    private func of(_ member: Int, _ kind: BeneficiaryKind, order: Int64?) -> FactSheet {
        var sheet = self
        for (fact, own) in kind.facts where people[member][own] != FactCode.unknown {
            sheet.given[fact] = people[member][own]
            sheet.own.insert(fact)
        }
        if let order, let fact = kind.order?.fact {
            sheet.given[fact] = order
            sheet.own.insert(fact)
        }
        sheet.isOfMember = true
        sheet.derive()
        return sheet
    }

    /// Gives a fact another value; only what follows from it is computed anew.
    mutating func set(_ fact: Int, _ code: Int64) {
        given[fact] = code
        values[fact] = code
        if !people.isEmpty {
            people[0][fact] = code
            deriveMembers(0...0)
        }
        let changed = catalogue.derivationsAfter[fact]
        reset(changed)
        derive(changed)
    }

    /// Forgets what was derived: what held before may not be known now.
    private mutating func reset(_ derivations: [Int]) {
        for index in derivations {
            let column = catalogue.derivations[index].column
            values[column] = column < given.count ? given[column] : FactCode.unknown
        }
    }

    /// Moves the day of the application on; only the derivations named are computed anew.
    mutating func move(to date: Int64, computing derivations: [Int]) {
        let column = RuleReader.BuiltIn.applicationDate
        given[column] = date
        values[column] = date
        for ending in endings {
            given[ending.fact] = FactCode.bool(date < ending.date)
            values[ending.fact] = given[ending.fact]
        }
        if !people.isEmpty {
            for index in people.indices { people[index][column] = date }
            deriveMembers(people.indices.first.map { $0...(people.count - 1) } ?? 0...0)
        }
        reset(derivations)
        derive(derivations)
    }

    /// Computes what follows for members of households.
    private mutating func deriveMembers(_ range: ClosedRange<Int>) {
        guard !catalogue.memberDerivations.isEmpty else { return }
        for index in range {
            people[index] = SituationReader.derived(people[index], in: catalogue)
        }
    }

    private var machine: Machine {
        Machine(catalogue: catalogue, people: people, households: households)
    }

    /// The value of a program for the applicant.
    func value(of program: Program) -> Int64 {
        values.withUnsafeBufferPointer { facts in
            facts.baseAddress.map { machine.run(program, $0, applicant: $0) } ?? FactCode.unknown
        }
    }

    /// Computes every column that follows from others; what was given stands where nothing follows.
    private mutating func derive() {
        values = given
        values += [Int64](
            repeating: FactCode.unknown,
            count: catalogue.columnCount - given.count
        )
        derive(Array(catalogue.derivations.indices))
    }

    private mutating func derive(_ indices: [Int]) {
        let machine = machine
        let own = own
        values.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for index in indices {
                let derivation = machine.catalogue.derivations[index]
                if !own.isEmpty, own.contains(derivation.column) { continue }
                let value = machine.run(
                    derivation.program,
                    UnsafePointer(base),
                    applicant: UnsafePointer(base)
                )
                if value != FactCode.unknown { base[derivation.column] = value }
            }
        }
    }

    private func checkConsistency() throws {
        let facts = catalogue.catalogue.facts
        for (index, code) in given.enumerated()
        where code != FactCode.unknown && values[index] != code {
            throw EligibilityError(
                .contradiction,
                Bilingual(
                    "‘\(facts[index].label.korean)’의 답이 가구원 정보와 다릅니다.",
                    "The answer to “\(facts[index].label.english)” differs from what is said of "
                        + "the household."
                ),
                facts: [facts[index].name]
            )
        }
        for (index, program) in catalogue.contradictions.enumerated()
        where Truth(value(of: program)) == .yes {
            let contradiction = catalogue.catalogue.contradictions[index]
            // Nobody's birth lies before everybody's, and contradicts nothing.
            let isOfNobody = contradiction.test.facts.contains {
                facts[$0].type.isOrdered && FactCode.isAbsent(values[$0], facts[$0].type)
            }
            if isOfNobody { continue }
            let names = contradiction.test.facts.sorted()
                .filter { $0 != RuleReader.BuiltIn.relation }.map { facts[$0] }
            let labels = names.map { Bilingual($0.label.korean, $0.label.english) }
            throw EligibilityError(
                .contradiction,
                Bilingual(
                    "\(contradiction.message.korean) "
                        + "(\(labels.map(\.korean).joined(separator: ", ")))",
                    "\(contradiction.message.english) "
                        + "(\(labels.map(\.english).joined(separator: ", ")))"
                ),
                facts: names.map(\.name)
            )
        }
    }
}
