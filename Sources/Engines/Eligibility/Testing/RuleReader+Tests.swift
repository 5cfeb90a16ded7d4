import Basics

/// Tests beside the rules, and situations wherever they are written.
extension RuleReader {
    func readTests(_ section: Section) {
        for node in list(section.node) {
            guard let fields = fields(node) else { continue }
            defer { finish(fields) }
            guard let name = required("name", in: fields).flatMap(text) else { continue }
            let contradicts = fields["contradicts"].flatMap(bool) ?? false
            let expectations = fields["expect"].map(named)?.compactMap(expectation) ?? []
            guard let situation = situation(fields) else { continue }
            if expectations.isEmpty, !contradicts {
                fault(
                    .missingKey,
                    fields.position,
                    Bilingual("기대하는 결과(expect)가 없습니다.", "Nothing is expected: write expect.")
                )
            }
            tests.append(
                RuleTest(
                    name: name,
                    situation: situation,
                    expectations: expectations,
                    contradicts: contradicts,
                    position: fields.position
                )
            )
        }
    }

    private func expectation(_ entry: YAMLNode.Entry) -> RuleTest.Expectation? {
        guard programmes.contains(where: { $0.name == entry.key }) else {
            unknownName(
                entry.key,
                Bilingual("사업", "programme"),
                among: programmes.map(\.name),
                at: entry.position
            )
            return nil
        }
        return expectation(entry.value, of: entry.key)
    }

    private func expectation(_ node: YAMLNode, of programme: String) -> RuleTest.Expectation? {
        var expectation = RuleTest.Expectation(programme: programme)
        if node.scalar != nil {
            expectation.verdict = word(node, as: Verdict.self)
            return expectation
        }
        guard let fields = fields(node) else { return nil }
        defer { finish(fields) }
        expectation.verdict = fields["verdict"].flatMap { word($0, as: Verdict.self) }
        expectation.amount = fields["amount"].flatMap { literal($0, as: .money) }.map { Won($0) }
        expectation.deadline = fields["deadline"].flatMap(date)
        expectation.failing = fields["failing"].map { Set(items($0).compactMap(text)) }
        expectation.open = fields["open"].map { Set(items($0).compactMap(text)) }
        expectation.waitUntil = fields["waitUntil"].flatMap(date)
        for entry in fields["each"].flatMap(self.fields)?.entries ?? [] {
            expectation.members[entry.key] = self.expectation(entry.value, of: programme)
        }
        return expectation
    }

    /// A situation: `on`, `applicant`, `people`, `households`, `history`.
    func situation(_ fields: Fields) -> Situation? {
        guard let date = required("on", in: fields).flatMap(date) else { return nil }
        var situation = Situation(date: date)
        if let node = fields["applicant"] { situation.facts = values(node, isMember: false) }
        if let node = fields["people"] {
            situation.people = named(node).compactMap(person)
        }
        if let node = fields["households"] {
            for entry in named(node) {
                guard householdIndex[entry.key] != nil else {
                    unknownName(
                        entry.key,
                        Bilingual("가구", "household"),
                        among: householdIndex.keys,
                        at: entry.position
                    )
                    continue
                }
                situation.households[entry.key] = list(entry.value).compactMap(text)
            }
        }
        situation.history = fields["history"].map(list)?.compactMap(receipt)
        return situation
    }

    private func person(_ entry: YAMLNode.Entry) -> Situation.Person? {
        let facts = values(entry.value, isMember: true)
        guard case .choice(let relation) = facts["relation"] else {
            fault(
                .missingKey,
                entry.position,
                Bilingual(
                    "‘\(entry.key)’이(가) 신청인과 어떤 관계인지(relation) 적어 주세요.",
                    "Say what “\(entry.key)” is to the applicant with relation."
                )
            )
            return nil
        }
        let others = facts.filter { $0.key != "relation" }
        return Situation.Person(name: entry.key, relation: relation, facts: others)
    }

    private func values(_ node: YAMLNode, isMember: Bool) -> [String: FactValue] {
        var values: [String: FactValue] = [:]
        guard let fields = fields(node) else { return values }
        for entry in fields.entries {
            guard let index = factIndex[entry.key], index > 0, isMember || index > 1 else {
                unknownFact(entry.key, at: entry.position)
                continue
            }
            let type = facts[index].type
            if facts[index].absence != nil, entry.value.scalar == "none" {
                values[entry.key] = .absent
                continue
            }
            let code: Int64? =
                if case .set = type { mask(entry.value, of: type) } else {
                    literal(entry.value, as: type)
                }
            values[entry.key] = code.flatMap(type.value(of:))
        }
        return values
    }

    private func receipt(_ node: YAMLNode) -> Situation.Receipt? {
        guard let fields = fields(node) else { return nil }
        defer { finish(fields) }
        let programme = required("programme", in: fields).flatMap {
            programmeReference($0, own: "self")
        }
        let from = required("from", in: fields).flatMap(date)
        let to = fields["to"].flatMap(date)
        let person = fields["person"].flatMap(text)
        guard let programme, let from else { return nil }
        return Situation.Receipt(programme: programme, person: person, from: from, to: to)
    }
}

extension RuleReader {
    /// A reader that knows the facts of a catalogue, for situations written outside the rules.
    convenience init(_ catalogue: RuleCatalogue) {
        self.init(limits: RuleLimits())
        facts = catalogue.facts
        factIndex = catalogue.factIndex
        households = catalogue.households
        householdIndex = catalogue.householdIndex
        programmes = catalogue.programmes
        programmeTitles = catalogue.programmeTitles
    }
}

extension Situation {
    /// Reads a situation from YAML or JSON: `on`, `applicant`, `people`, `households`, `history`.
    ///
    /// - Throws: `EligibilityError` `malformedSituation` with the first fault and its place.
    public init(_ file: RuleFile, in catalogue: RuleCatalogue) throws {
        let reader = RuleReader(catalogue)
        let situation = reader.situation(file)
        guard let situation, reader.faults.isEmpty else {
            let first = reader.faults.first
            throw EligibilityError(
                .malformedSituation,
                Bilingual(
                    first?.text(.korean) ?? "상황을 적은 내용이 없습니다: \(file.name)",
                    first?.text(.english) ?? "There is no situation in \(file.name)."
                )
            )
        }
        self = situation
    }
}

extension RuleReader {
    fileprivate func situation(_ file: RuleFile) -> Situation? {
        do {
            guard let node = try YAMLNode.read(file, limits: limits), let fields = fields(node)
            else { return nil }
            defer { finish(fields) }
            return situation(fields)
        } catch {
            fault(error.code, error.position, error.message)
            return nil
        }
    }
}
