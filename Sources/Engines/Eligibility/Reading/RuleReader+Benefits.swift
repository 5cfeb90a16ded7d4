import Basics

/// What a version gives, when, to whom first, and with what papers.
extension RuleReader {
    func benefit(_ node: YAMLNode) -> Benefit? {
        guard let fields = fields(node) else { return nil }
        defer { finish(fields) }
        let benefit = Benefit(
            rhythm: fields["each"].flatMap { word($0, as: Benefit.Rhythm.self) } ?? .once,
            isUpperBound: fields["upTo"].flatMap(bool) ?? false,
            note: fields["note"].flatMap(bilingual),
            label: fields["label"].flatMap(bilingual),
            pays: fields["pays"].flatMap {
                expression($0, .applicant, expecting: .money)?.expression
            },
            times: fields["times"].flatMap(times),
            condition: fields["when"].flatMap { test($0, .applicant) }
        )
        if benefit.pays == nil, benefit.note == nil {
            fault(
                .missingKey,
                fields.position,
                Bilingual(
                    "금액(pays)이나 내용(note) 가운데 하나는 있어야 합니다.",
                    "Either an amount (pays) or a note is needed."
                )
            )
        }
        return benefit
    }

    /// Of several things people must be told apart which is which.
    func checkBenefits(of version: ProgrammeVersion) {
        guard version.benefits.count > 1, version.benefits.contains(where: { $0.label == nil })
        else { return }
        fault(
            .missingKey,
            version.position,
            Bilingual(
                "주는 것이 여럿이면 저마다 이름(label)이 있어야 합니다.",
                "Where a version gives several things, each needs a label."
            )
        )
    }

    /// How many times: a number of any unit, or months.
    private func times(_ node: YAMLNode) -> Expression? {
        guard let typed = expression(node, .applicant) else { return nil }
        switch typed.type {
        case .integer, .months: return typed.expression
        default:
            return expression(node, .applicant, expecting: .integer(.times))?.expression
        }
    }

    func window(_ node: YAMLNode) -> ApplicationWindow? {
        guard let fields = fields(node) else { return nil }
        defer { finish(fields) }
        var window = ApplicationWindow(
            label: fields["label"].flatMap(bilingual),
            daysOfMonth: fields["monthly"].flatMap(daysOfMonth),
            from: fields["from"].flatMap {
                expression($0, .applicant, expecting: .date)?.expression
            },
            to: fields["to"].flatMap { expression($0, .applicant, expecting: .date)?.expression }
        )
        let isAlways = fields["always"].flatMap(bool) ?? false
        let isEmpty = window.from == nil && window.to == nil && window.daysOfMonth == nil
        if isAlways == !isEmpty {
            fault(
                .missingKey,
                fields.position,
                Bilingual(
                    "always: yes만 적거나 from, to, monthly를 적어 주세요.",
                    "Write either always: yes or from, to, monthly."
                )
            )
        }
        if case .constant(let from) = window.from, case .constant(let to) = window.to, from > to {
            impossible(fields.position)
            window.to = nil
        }
        return window
    }

    private func daysOfMonth(_ node: YAMLNode) -> ClosedRange<Int>? {
        guard let fields = fields(node) else { return nil }
        defer { finish(fields) }
        guard let first = required("from", in: fields).flatMap({ integer($0, unit: .days) }),
            let last = required("to", in: fields).flatMap({ integer($0, unit: .days) })
        else { return nil }
        guard (1...31).contains(first), (first...31).contains(last) else {
            impossible(node.position)
            return nil
        }
        return first...last
    }

    func selection(_ node: YAMLNode) -> Selection? {
        guard let fields = fields(node),
            let method = required("method", in: fields).flatMap({
                word($0, as: Selection.Method.self)
            })
        else { return nil }
        defer { finish(fields) }
        return Selection(
            method: method,
            places: fields["places"].flatMap { integer($0, unit: .people) },
            strata: fields["strata"].map(list)?.compactMap { stratum($0, counting: "places") }
                ?? [],
            points: fields["points"].map(list)?.compactMap { stratum($0, counting: "points") }
                ?? [],
            orderedBy: fields["orderedBy"].flatMap { node in
                text(node).flatMap { fact($0, .applicant, at: node.position) == nil ? nil : $0 }
            },
            note: fields["note"].flatMap(bilingual)
        )
    }

    private func stratum(_ node: YAMLNode, counting key: String) -> Selection.Stratum? {
        guard let fields = fields(node) else { return nil }
        defer { finish(fields) }
        guard let label = required("label", in: fields).flatMap(bilingual),
            let count = required(key, in: fields).flatMap({
                integer($0, unit: key == "places" ? .people : .points)
            }),
            let condition = required("when", in: fields).flatMap({ test($0, .applicant) })
        else { return nil }
        return Selection.Stratum(label: label, count: count, condition: condition)
    }

    func document(_ node: YAMLNode) -> RequiredDocument? {
        guard let fields = fields(node) else { return nil }
        defer { finish(fields) }
        guard let title = required("title", in: fields).flatMap(bilingual) else { return nil }
        let proves = fields["proves"].map(items)?.compactMap { node in
            text(node).flatMap { fact($0, .applicant, at: node.position) == nil ? nil : $0 }
        }
        return RequiredDocument(
            title: title,
            maximumAgeDays: fields["issuedWithin"].flatMap { integer($0, unit: .days) },
            proves: proves ?? [],
            canBeLookedUp: fields["lookUp"].flatMap(bool) ?? false,
            condition: fields["when"].flatMap { test($0, .applicant) }
        )
    }

    func proactive(_ node: YAMLNode, _ context: ClauseContext) -> ProactiveNotice? {
        guard let fields = fields(node) else { return nil }
        defer { finish(fields) }
        guard let basis = required("basis", in: fields).flatMap(bilingual),
            let consent = required("consent", in: fields).flatMap(bool)
        else { return nil }
        return ProactiveNotice(
            basis: basis,
            needsConsent: consent,
            source: source(fields, inherited: context.inherited, local: context.sources)
        )
    }
}
