import Basics

/// Conditions: all, any, not, and comparisons of a fact.
extension RuleReader {
    /// Whose facts a name means.
    enum Scope {
        case applicant
        /// A member of a household; the applicant's own are `applicant.name`.
        case member
    }

    /// The keys that make a map a comparison or a group of them.
    static let conditionKeys = ["fact", "value", "all", "any", "not"]

    /// A condition inside a derivation, a window or a stratum: an expression without sources.
    func test(_ node: YAMLNode, _ scope: Scope) -> Expression? {
        guard let fields = fields(node) else { return nil }
        guard fields.entries.contains(where: { Self.conditionKeys.contains($0.key) }) else {
            return expression(node, scope, expecting: .bool)?.expression
        }
        defer { finish(fields) }
        return test(fields, scope)
    }

    private func test(_ fields: Fields, _ scope: Scope) -> Expression? {
        if let inner = fields["all"] { return .all(list(inner).compactMap { test($0, scope) }) }
        if let inner = fields["any"] { return .any(list(inner).compactMap { test($0, scope) }) }
        if let inner = fields["not"] { return test(inner, scope).map { .not($0) } }
        guard let left = left(fields, scope) else { return nil }
        let comparisons = comparisons(fields, against: left, scope)
        guard !comparisons.isEmpty else { return nil }
        let tests = comparisons.map { $0.expression(of: left.expression) }
        return tests.count == 1 ? tests[0] : .all(tests)
    }

    /// The left side of a comparison: a fact by its name, or a value computed on the spot.
    func left(_ fields: Fields, _ scope: Scope) -> Typed? {
        if let node = fields["fact"] {
            guard let name = text(node) else { return nil }
            return fact(name, scope, at: node.position)
        }
        if let node = fields["value"] { return expression(node, scope) }
        fault(
            .missingKey,
            fields.position,
            Bilingual(
                "조건에는 fact, value, all, any, not 가운데 하나가 있어야 합니다.",
                "A condition has one of fact, value, all, any, not."
            )
        )
        return nil
    }

    /// The comparisons of a map, each held against the type of the left side.
    func comparisons(_ fields: Fields, against left: Typed, _ scope: Scope) -> [Comparison] {
        var comparisons: [Comparison] = []
        var count = 0
        for relation in Comparison.Relation.allCases {
            guard let node = fields[relation.rawValue] else { continue }
            count += 1
            guard allows(relation, left.type, at: node.position) else { continue }
            if let comparison = comparison(relation, node, left.type, scope) {
                comparisons.append(comparison)
            }
        }
        if count == 0 {
            fault(
                .missingKey,
                fields.position,
                Bilingual(
                    "비교가 빠졌습니다: is, atLeast, atMost, oneOf 따위를 적어 주세요.",
                    "The comparison is missing: write is, atLeast, atMost, oneOf or another."
                )
            )
        }
        checkRange(comparisons, at: fields.position)
        return comparisons
    }

    private func comparison(
        _ relation: Comparison.Relation,
        _ node: YAMLNode,
        _ type: FactType,
        _ scope: Scope
    ) -> Comparison? {
        guard relation.takesList else {
            return expression(node, scope, expecting: type).map {
                Comparison(relation: relation, limit: $0.expression)
            }
        }
        if type.choices != nil {
            return mask(node, of: type).map {
                Comparison(relation: relation, limit: .constant($0))
            }
        }
        let values = items(node).compactMap { literal($0, as: type) }
        return Comparison(relation: relation, limit: .constant(0), list: values)
    }

    private func allows(
        _ relation: Comparison.Relation,
        _ type: FactType,
        at position: RulePosition
    ) -> Bool {
        let fits: Bool =
            switch (relation, type) {
            case (.includes, .set), (.includesAll, .set), (.includesNone, .set): true
            case (.includes, _), (.includesAll, _), (.includesNone, _): false
            case (.oneOf, .set), (.noneOf, .set), (.equal, .set), (.notEqual, .set): false
            case (.oneOf, .bool), (.noneOf, .bool): false
            default:
                relation.isOrderOfDates
                    ? type == .date : !relation.isOrderOfNumbers || type.isOrdered && type != .date
            }
        if !fits {
            fault(
                .wrongType,
                position,
                Bilingual(
                    "‘\(relation.rawValue)’은(는) \(type.name.korean)에 쓸 수 없습니다.",
                    "“\(relation.rawValue)” does not go with this type: \(type.name.english)."
                )
            )
        }
        return fits
    }

    private func checkRange(_ comparisons: [Comparison], at position: RulePosition) {
        var low = Int64.min
        var high = Int64.max
        for comparison in comparisons {
            guard case .constant(let limit) = comparison.limit else { continue }
            switch comparison.relation {
            case .atLeast, .onOrAfter: low = max(low, limit)
            case .moreThan, .after: low = max(low, limit + 1)
            case .atMost, .onOrBefore: high = min(high, limit)
            case .lessThan, .before: high = min(high, limit - 1)
            default: break
            }
        }
        if low > high { impossible(position) }
    }
}

/// The condition of a programme's version, clause by clause.
extension RuleReader {
    /// What is around a clause while a version is read.
    struct ClauseContext {
        var sources: [String: RuleSource]
        var inherited: RuleSource?
    }

    /// Reads a condition and appends its clauses.
    func condition(
        _ node: YAMLNode,
        _ context: ClauseContext,
        into clauses: inout [Clause]
    ) -> Condition? {
        guard let fields = fields(node) else { return nil }
        defer { finish(fields) }
        var context = context
        context.inherited = inClause(fields["name"]?.scalar ?? fields["fact"]?.scalar) {
            source(fields, inherited: context.inherited, local: context.sources)
        }
        for key in ["all", "any"] {
            guard let inner = fields[key] else { continue }
            let label = fields["label"].flatMap(bilingual)
            var parts: [Condition] = []
            for part in list(inner) {
                if let read = condition(part, context, into: &clauses) { parts.append(read) }
            }
            return key == "all" ? .all(parts, label: label) : .any(parts, label: label)
        }
        if let inner = fields["not"] {
            let label = fields["label"].flatMap(bilingual)
            return condition(inner, context, into: &clauses).map { .not($0, label: label) }
        }
        return clause(fields, context.inherited, into: &clauses)
    }

    private func clause(
        _ fields: Fields,
        _ source: RuleSource?,
        into clauses: inout [Clause]
    ) -> Condition? {
        let name = fields["name"].flatMap(text) ?? fields["fact"]?.scalar ?? "?"
        return inClause(name) {
            let label = fields["label"].flatMap(bilingual)
            guard let left = left(fields, .applicant) else { return nil }
            guard case .fact(let fact) = left.expression else {
                fault(
                    .wrongShape,
                    fields.position,
                    Bilingual(
                        "조항은 사실 하나를 비교합니다. 계산한 값은 facts에 이름을 붙여 주세요.",
                        "A clause compares one fact. Give a computed value a name under facts."
                    )
                )
                return nil
            }
            let comparisons = comparisons(fields, against: left, .applicant)
            guard let source else {
                missingSource(fields.position)
                return nil
            }
            if clauses.contains(where: { $0.name == name }) { duplicate(name, at: fields.position) }
            checkReach(of: comparisons, facts[fact], at: fields.position)
            clauses.append(
                Clause(
                    name: name,
                    label: label,
                    source: source,
                    position: fields.position,
                    fact: fact,
                    comparisons: comparisons,
                    isExclusion: false
                )
            )
            return .clause(clauses.count - 1)
        }
    }

    /// Tells where a clause asks for what the fact's range does not reach.
    private func checkReach(
        of comparisons: [Comparison],
        _ fact: FactDefinition,
        at position: RulePosition
    ) {
        for comparison in comparisons {
            guard case .constant(let limit) = comparison.limit else { continue }
            let isOut: Bool =
                switch comparison.relation {
                case .atLeast, .onOrAfter, .equal:
                    fact.range.highest.map { limit > $0 } ?? false
                        || comparison.relation == .equal
                            && (fact.range.lowest.map { limit < $0 } ?? false)
                case .moreThan, .after: fact.range.highest.map { limit >= $0 } ?? false
                case .atMost, .onOrBefore: fact.range.lowest.map { limit < $0 } ?? false
                case .lessThan, .before: fact.range.lowest.map { limit <= $0 } ?? false
                default: false
                }
            if isOut { impossible(position) }
        }
    }
}
