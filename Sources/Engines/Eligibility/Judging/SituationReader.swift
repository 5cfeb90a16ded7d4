import Basics
import Korean

/// Turns what is said of a person into numbers, and refuses what cannot be.
struct SituationReader {
    /// How many others may be told of.
    static let maximumPersonCount = 64
    /// How many receipts the history may have.
    static let maximumReceiptCount = 10_000

    private let situation: Situation
    private let compiled: CompiledCatalogue
    private let personIndex: [String: Int]
    private var catalogue: RuleCatalogue { compiled.catalogue }
    private var today: Int64 { Int64(situation.date.daysSinceEpoch) }

    init(_ situation: Situation, _ compiled: CompiledCatalogue) throws {
        self.situation = situation
        self.compiled = compiled
        guard situation.people.count <= Self.maximumPersonCount,
            (situation.history?.count ?? 0) <= Self.maximumReceiptCount
        else {
            throw EligibilityError(
                .tooLarge,
                Bilingual(
                    "가구원은 \(Self.maximumPersonCount)명, 수혜 이력은 "
                        + "\(Self.maximumReceiptCount.grouped)건까지입니다.",
                    "There may be up to \(Self.maximumPersonCount) members and "
                        + "\(Self.maximumReceiptCount.grouped) receipts."
                )
            )
        }
        var index: [String: Int] = [:]
        for (place, person) in situation.people.enumerated() {
            guard person.name != "applicant", index[person.name] == nil else {
                throw Self.selfReference(person.name)
            }
            // The applicant is the first of the people.
            index[person.name] = place + 1
        }
        personIndex = index
    }

    private static func selfReference(_ name: String) -> EligibilityError {
        EligibilityError(
            .contradiction,
            Bilingual(
                "\(Particle.subject.attach("‘\(name)’")) 두 번 나오거나 자기 자신을 가리킵니다.",
                "“\(name)” appears twice or refers to itself."
            ),
            facts: [name]
        )
    }

    /// What is given of the applicant, by fact; the history included.
    func applicant() throws -> [Int64] {
        var codes = try codes(of: situation.facts, isMember: false)
        codes[RuleReader.BuiltIn.applicationDate] = today
        codes[RuleReader.BuiltIn.relation] = 0
        guard let history = situation.history else { return codes }
        for receipt in history { try check(receipt) }
        for (index, fact) in catalogue.facts.enumerated() {
            guard let told = fact.history.map({ told($0, in: history) }) else { continue }
            if codes[index] != FactCode.unknown, codes[index] != told {
                throw EligibilityError(
                    .contradiction,
                    Bilingual(
                        "‘\(fact.label.korean)’의 답이 수혜 이력과 다릅니다.",
                        "The answer to “\(fact.label.english)” differs from the history."
                    ),
                    facts: [fact.name]
                )
            }
            codes[index] = told
        }
        return codes
    }

    private func check(_ receipt: Situation.Receipt) throws {
        let isOrdered = receipt.to.map { receipt.from <= $0 } ?? true
        guard isOrdered, receipt.from <= situation.date else {
            throw EligibilityError(
                .contradiction,
                Bilingual(
                    "수혜 이력의 날짜가 뒤바뀌었거나 신청일보다 늦습니다: \(receipt.programme)",
                    "The dates of a receipt are reversed or later than the application: "
                        + receipt.programme
                ),
                facts: [receipt.programme]
            )
        }
        guard receipt.person.map({ personIndex[$0] != nil }) ?? true else {
            throw Self.unknownPerson(receipt.person ?? "")
        }
    }

    private static func unknownPerson(_ name: String) -> EligibilityError {
        EligibilityError(
            .malformedSituation,
            Bilingual("people에 없는 사람입니다: \(name)", "Nobody under people is called “\(name)”.")
        )
    }

    private func told(_ fact: HistoryFact, in history: [Situation.Receipt]) -> Int64 {
        let count = history.count { end(of: $0, fact).map { $0 > today } ?? false }
        if case .received(let times, _) = fact.tense { return FactCode.bool(count >= times) }
        return FactCode.bool(count > 0)
    }

    private func counts(_ person: String?, for household: Int?) -> Bool {
        guard let person else { return true }
        guard let household else { return false }
        return situation.households[catalogue.households[household].name]?.contains(person)
            ?? false
    }

    /// The members of every kind of household, the applicant first.
    func households() throws -> Machine.Households {
        var result: Machine.Households = Array(repeating: nil, count: catalogue.households.count)
        for (name, members) in situation.households.sorted(by: { $0.key < $1.key }) {
            guard let household = catalogue.householdIndex[name] else {
                throw EligibilityError(
                    .unknownFact,
                    Bilingual("모르는 가구입니다: \(name)", "There is no household “\(name)”."),
                    facts: [name]
                )
            }
            var places = [0]
            for member in members {
                guard member != "applicant" else { throw Self.selfReference(name) }
                guard let place = personIndex[member] else { throw Self.unknownPerson(member) }
                guard !places.contains(place) else { throw Self.selfReference(member) }
                places.append(place)
            }
            result[household] = places
        }
        return result
    }

    /// The facts of the applicant and of everybody else that can be known of a member.
    func people(applicant: [Int64]) throws -> [[Int64]] {
        guard !situation.households.isEmpty else { return [] }
        return ([applicant] + (try members())).map { Self.derived($0, in: compiled) }
    }

    /// What is given of everybody but the applicant.
    func members() throws -> [[Int64]] {
        try situation.people.map { person in
            var facts = person.facts
            facts["relation"] = .choice(person.relation)
            var codes = try codes(of: facts, isMember: true)
            codes[RuleReader.BuiltIn.applicationDate] = today
            return codes
        }
    }

    /// A day from which a fact of the history no longer holds.
    struct Ending: Sendable {
        var fact: Int
        var date: Int64
    }

    /// When facts of the history that hold now end by themselves.
    var endings: [Ending] {
        guard let history = situation.history else { return [] }
        return catalogue.facts.enumerated().compactMap { index, fact in
            guard let told = fact.history else { return nil }
            guard self.told(told, in: history) == FactCode.bool(true),
                let last = history.compactMap({ end(of: $0, told) }).max()
            else { return nil }
            return Ending(fact: index, date: last)
        }
    }

    /// The first day on which a receipt no longer counts; nil where it is none of the fact's.
    private func end(of receipt: Situation.Receipt, _ fact: HistoryFact) -> Int64? {
        guard receipt.programme == fact.programme, counts(receipt.person, for: fact.household)
        else { return nil }
        switch fact.tense {
        case .everReceived, .received(_, thisYear: false): return FactCode.latestDate
        case .received(_, thisYear: true):
            return DateArithmetic.newYear(after: Int64(receipt.from.daysSinceEpoch))
        case .receiving:
            return receipt.to.map { Int64($0.daysSinceEpoch) + 1 } ?? FactCode.latestDate
        case .receivedWithin(let months):
            return receipt.to.map {
                DateArithmetic.adding(months: Int64(months), to: Int64($0.daysSinceEpoch))
            } ?? FactCode.latestDate
        }
    }

    /// A member's facts with those that follow from them.
    static func derived(_ given: [Int64], in compiled: CompiledCatalogue) -> [Int64] {
        var values = given
        let machine = Machine(
            catalogue: compiled,
            people: [],
            households: Array(repeating: nil, count: compiled.catalogue.households.count)
        )
        values.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for derivation in compiled.memberDerivations {
                let value = machine.run(
                    derivation.program,
                    UnsafePointer(base),
                    applicant: UnsafePointer(base)
                )
                if value != FactCode.unknown { base[derivation.column] = value }
            }
        }
        return values
    }

    private func codes(of values: [String: FactValue], isMember: Bool) throws -> [Int64] {
        var codes = [Int64](repeating: FactCode.unknown, count: catalogue.facts.count)
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard let index = catalogue.factIndex[name],
                index > RuleReader.BuiltIn.relation
                    || isMember && index == RuleReader.BuiltIn.relation
            else {
                throw EligibilityError(
                    .unknownFact,
                    Bilingual("모르는 사실입니다: \(name)", "There is no fact “\(name)”."),
                    facts: [name]
                )
            }
            codes[index] = try Self.code(of: value, catalogue.facts[index], on: today)
        }
        return codes
    }

    /// The number of a value, held against the type and the range of its fact.
    static func code(
        of value: FactValue,
        _ fact: FactDefinition,
        on today: Int64
    ) throws -> Int64 {
        guard let code = fact.code(of: value) else {
            throw EligibilityError(
                .wrongValue,
                Bilingual(
                    "‘\(fact.label.korean)’에 올 수 없는 값입니다. \(fact.type.name.korean)이어야 합니다.",
                    "This cannot be the value of “\(fact.label.english)”, "
                        + "which is a \(fact.type.name.english)."
                ),
                facts: [fact.name]
            )
        }
        if value == .absent || fact.range.contains(code, on: today) { return code }
        let isInFuture = fact.range.endsToday && code > today
        throw EligibilityError(
            isInFuture ? .contradiction : .wrongValue,
            isInFuture
                ? Bilingual(
                    "\(Particle.subject.attach("‘\(fact.label.korean)’")) 신청일보다 늦은 날짜입니다.",
                    "“\(fact.label.english)” is later than the day of the application."
                )
                : Bilingual(
                    "‘\(fact.label.korean)’의 값이 허용 범위를 벗어났습니다.",
                    "The value of “\(fact.label.english)” is out of its range."
                ),
            facts: [fact.name]
        )
    }
}
