import Basics

/// The kinds of people for each of whom a programme may be judged.
extension RuleReader {
    func declareBeneficiary(_ entry: YAMLNode.Entry) {
        guard let fields = fields(entry.value) else { return }
        defer { finish(fields) }
        guard let label = required("label", in: fields).flatMap(bilingual),
            let household = required("household", in: fields).flatMap(household),
            let relation = required("relation", in: fields).flatMap({
                literal($0, as: facts[BuiltIn.relation].type)
            }), let pairs = required("facts", in: fields).flatMap(self.fields)
        else { return }
        guard !beneficiaries.contains(where: { $0.name == entry.key }) else {
            return duplicate(entry.key, at: entry.position)
        }
        var own: [Int: Int] = [:]
        for pair in pairs.entries {
            guard let spoken = fact(pair.key, .applicant, at: pair.position),
                let name = text(pair.value),
                let member = fact(name, .member, at: pair.value.position),
                case .fact(let index) = spoken.expression, case .fact(let place) = member.expression
            else { continue }
            guard spoken.type.isComparable(to: member.type) else {
                fault(
                    .wrongType,
                    pair.position,
                    Bilingual(
                        "\(spoken.type.name.korean)과(와) \(member.type.name.korean)은(는) 다릅니다.",
                        "One is \(spoken.type.name.english), the other \(member.type.name.english)."
                    )
                )
                continue
            }
            own[index] = place
        }
        beneficiaries.append(
            BeneficiaryKind(
                name: entry.key,
                label: label,
                household: household,
                relation: relation,
                facts: own,
                order: fields["order"].flatMap(order)
            )
        )
    }

    private func order(_ node: YAMLNode) -> BeneficiaryKind.Order? {
        guard let fields = fields(node) else { return nil }
        defer { finish(fields) }
        guard let named = required("fact", in: fields), let name = text(named),
            let order = fact(name, .applicant, at: named.position),
            let dated = required("by", in: fields), let other = text(dated),
            let date = fact(other, .member, at: dated.position),
            case .fact(let index) = order.expression, case .fact(let place) = date.expression
        else { return nil }
        guard case .integer = order.type, date.type == .date else {
            fault(
                .wrongType,
                fields.position,
                Bilingual("수인 사실을 날짜로 셉니다.", "A number is counted by a date.")
            )
            return nil
        }
        return .init(fact: index, date: place)
    }

    /// The kind for each of whom a version is judged.
    func beneficiary(_ node: YAMLNode) -> Int? {
        guard let name = text(node) else { return nil }
        if let index = beneficiaries.firstIndex(where: { $0.name == name }) { return index }
        unknownName(
            name,
            Bilingual("대상", "kind of beneficiary"),
            among: beneficiaries.map(\.name),
            at: node.position
        )
        return nil
    }

    /// A condition must be judged the same over everybody, where the order of members is not counted, and
    /// something must tell one of them from another.
    func checkBeneficiary(of version: ProgrammeVersion) {
        guard let place = version.beneficiary else { return }
        let kind = beneficiaries[place]
        let used = version.clauses.reduce(into: Set<Int>()) { $0.formUnion($1.expression.facts) }
        var behind = used
        var open = Array(used)
        while let fact = open.popLast() {
            for input in facts[fact].derivation?.facts ?? [] where behind.insert(input).inserted {
                open.append(input)
            }
        }
        if let order = kind.order?.fact, behind.contains(order) {
            fault(
                .notOfPerson,
                version.position,
                Bilingual(
                    "‘\(facts[order].name)’은(는) 조건이 아니라 금액과 기간에만 쓸 수 있습니다.",
                    "“\(facts[order].name)” may stand in amounts and windows, not in conditions."
                )
            )
        }
        if behind.isDisjoint(with: kind.facts.keys) {
            fault(
                .unused,
                version.position,
                Bilingual(
                    "for each: \(kind.name)인데 \(kind.label.korean)마다 다른 사실을 묻는 조항이 없습니다.",
                    "It says for each: \(kind.name), but no clause asks what differs between them."
                )
            )
        }
    }
}
