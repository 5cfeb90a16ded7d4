import Basics

/// Values computed from facts.
extension RuleReader {
    /// An expression with the type of its value.
    struct Typed {
        var expression: Expression
        var type: FactType
    }

    /// Reads a value; where a type is expected, a fault if it is another.
    func expression(_ node: YAMLNode, _ scope: Scope, expecting type: FactType? = nil) -> Typed? {
        let typed: Typed?
        switch node.content {
        case .scalar(let text): typed = scalar(text, node, scope, expecting: type)
        case .map(let entries): typed = operation(node, entries, scope, expecting: type)
        case .list:
            fault(
                .wrongShape,
                node.position,
                Bilingual("값 하나가 와야 합니다.", "A single value is expected here.")
            )
            return nil
        }
        guard let typed, let type, !typed.type.isComparable(to: type) else { return typed }
        mismatch(typed.type, type, at: node.position)
        return nil
    }

    private func mismatch(_ found: FactType, _ expected: FactType, at position: RulePosition) {
        let code: RuleFault.Code =
            if case (.integer, .integer) = (found, expected) { .wrongUnit } else { .wrongType }
        fault(
            code,
            position,
            Bilingual(
                "\(expected.name.korean) 자리에 \(found.name.korean)이(가) 있습니다.",
                "Expected here: \(expected.name.english). Found: \(found.name.english)."
            )
        )
    }

    private func scalar(
        _ text: String,
        _ node: YAMLNode,
        _ scope: Scope,
        expecting type: FactType?
    ) -> Typed? {
        if let type, type.choices != nil {
            return literal(node, as: type).map { Typed(expression: .constant($0), type: type) }
        }
        if factIndex[text] != nil || text.hasPrefix("applicant.") {
            return fact(text, scope, at: node.position)
        }
        if let type {
            if let first = text.first, first.isASCII, first.isLetter, type != .bool {
                unknownFact(text, at: node.position)
                return nil
            }
            return literal(node, as: type).map { Typed(expression: .constant($0), type: type) }
        }
        // Without a type around it, a value must show its own.
        for type in [FactType.date, .percent, .months, .integer(.count), .money] {
            if type == .percent, !text.hasSuffix("%") { continue }
            if type == .months, !text.hasSuffix("months"), !text.hasSuffix("개월") { continue }
            if case .code(let code) = Literal.read(text, as: type) {
                return Typed(expression: .constant(code), type: type)
            }
        }
        unknownFact(text, at: node.position)
        return nil
    }

    func unknownFact(_ name: String, at position: RulePosition) {
        unknownName(
            name,
            Bilingual("사실", "fact"),
            among: factIndex.keys,
            at: position,
            code: .unknownFact
        )
    }

    /// A fact by its name.
    func fact(_ name: String, _ scope: Scope, at position: RulePosition) -> Typed? {
        let isApplicants = name.hasPrefix("applicant.")
        let plain = isApplicants ? String(name.dropFirst("applicant.".count)) : name
        guard let index = factIndex[plain] else {
            unknownFact(plain, at: position)
            return nil
        }
        usedFacts.insert(index)
        let type = facts[index].type
        if isApplicants, scope == .member {
            return Typed(expression: .applicantFact(index), type: type)
        }
        if scope == .member, index != BuiltIn.applicationDate {
            memberUses.append(
                FactUse(
                    fact: index,
                    position: position,
                    programme: programmeName,
                    clause: clauseName
                )
            )
        }
        return Typed(expression: .fact(index), type: type)
    }

    private static let operations: [String] = [
        "sum", "subtract", "multiply", "least", "greatest", "divide", "shareOf", "percentOf",
        "yearsSince", "monthsSince", "monthEndsSince", "daysSince", "daysCountingFirst",
        "calendarYearsSince", "yearOf", "monthOf", "startOfMonth", "endOfMonth", "addDays",
        "addMonths", "addYears", "parameter", "choose", "count", "sumOf", "smallestOf",
        "largestOf", "anyMember", "everyMember",
    ]

    private func operation(
        _ node: YAMLNode,
        _ entries: [YAMLNode.Entry],
        _ scope: Scope,
        expecting type: FactType?
    ) -> Typed? {
        if entries.contains(where: { Self.conditionKeys.contains($0.key) }) {
            return test(node, scope).map { Typed(expression: $0, type: .bool) }
        }
        guard entries.count == 1, let entry = entries.first,
            Self.operations.contains(entry.key)
        else {
            unknownKey(
                entries.first?.key ?? "",
                among: Self.operations + Self.conditionKeys,
                at: entries.first?.position ?? node.position
            )
            return nil
        }
        switch entry.key {
        case "sum", "subtract", "multiply", "least", "greatest":
            return combination(entry, scope, expecting: type)
        case "divide": return division(entry.value, scope, expecting: type)
        case "shareOf", "percentOf": return share(entry, scope)
        case "choose": return choice(entry.value, scope, expecting: type)
        case "parameter": return lookup(entry.value, scope)
        case "count", "sumOf", "smallestOf", "largestOf", "anyMember", "everyMember":
            return aggregate(entry, scope)
        default: return dateOperation(entry, scope)
        }
    }

    private func combination(
        _ entry: YAMLNode.Entry,
        _ scope: Scope,
        expecting type: FactType?
    ) -> Typed? {
        let combination: Expression.Combination =
            switch entry.key {
            case "sum": .add
            case "subtract": .subtract
            case "multiply": .multiply
            case "least": .minimum
            default: .maximum
            }
        let nodes = list(entry.value)
        if combination == .multiply { return product(nodes, scope, at: entry.position) }
        var common = type
        var parts: [Expression] = []
        for node in nodes {
            guard let part = expression(node, scope, expecting: common) else { return nil }
            common = common ?? part.type
            parts.append(part.expression)
        }
        guard let common, parts.count > 1 else {
            fault(
                .wrongShape,
                entry.position,
                Bilingual("값이 둘 이상 있어야 합니다.", "Two values or more are needed here.")
            )
            return nil
        }
        let isDateSum = common == .date && [.add, .subtract].contains(combination)
        guard common.isOrdered, !isDateSum else {
            mismatch(common, .money, at: entry.position)
            return nil
        }
        return Typed(expression: .combine(combination, parts), type: common)
    }

    /// A product: at most one factor has a unit.
    private func product(_ nodes: [YAMLNode], _ scope: Scope, at position: RulePosition) -> Typed? {
        let parts = nodes.compactMap { expression($0, scope) }
        guard parts.count == nodes.count, !parts.isEmpty else { return nil }
        let measured = parts.map(\.type).filter {
            if case .integer = $0 { false } else { true }
        }
        guard measured.count <= 1, measured.allSatisfy({ $0 == .money || $0 == .months }) else {
            mismatch(measured.last ?? .money, .integer(.count), at: position)
            return nil
        }
        return Typed(
            expression: .combine(.multiply, parts.map(\.expression)),
            type: measured.first ?? parts[0].type
        )
    }

    private func division(_ node: YAMLNode, _ scope: Scope, expecting type: FactType?) -> Typed? {
        guard let fields = fields(node) else { return nil }
        defer { finish(fields) }
        guard let value = required("value", in: fields),
            let dividend = expression(value, scope, expecting: type),
            let by = required("by", in: fields), let divisor = expression(by, scope)
        else { return nil }
        guard case .integer = divisor.type else {
            mismatch(divisor.type, .integer(.count), at: by.position)
            return nil
        }
        let rounding =
            fields["rounding"].flatMap { word($0, as: Expression.Rounding.self) } ?? .down
        return Typed(
            expression: .divide(dividend.expression, by: divisor.expression, rounding),
            type: dividend.type
        )
    }

    /// `shareOf: {part, whole}` as a percentage; `percentOf: {percent, amount}` as money.
    private func share(_ entry: YAMLNode.Entry, _ scope: Scope) -> Typed? {
        guard let fields = fields(entry.value) else { return nil }
        defer { finish(fields) }
        if entry.key == "shareOf" {
            guard let part = required("part", in: fields),
                let whole = required("whole", in: fields),
                let numerator = expression(part, scope),
                let denominator = expression(whole, scope, expecting: numerator.type)
            else { return nil }
            return Typed(
                expression: .share(numerator.expression, of: denominator.expression),
                type: .percent
            )
        }
        guard let percent = required("percent", in: fields),
            let amount = required("amount", in: fields),
            let share = expression(percent, scope, expecting: .percent),
            let whole = expression(amount, scope, expecting: .money)
        else { return nil }
        return Typed(
            expression: .portion(percent: share.expression, of: whole.expression),
            type: .money
        )
    }

    private func choice(_ node: YAMLNode, _ scope: Scope, expecting type: FactType?) -> Typed? {
        var branches: [Expression.Branch] = []
        var otherwise: Expression?
        var common = type
        for item in list(node) {
            guard let fields = fields(item) else { return nil }
            defer { finish(fields) }
            if let last = fields["otherwise"] {
                guard let value = expression(last, scope, expecting: common) else { return nil }
                (otherwise, common) = (value.expression, common ?? value.type)
                continue
            }
            guard let when = required("when", in: fields), let condition = test(when, scope),
                let then = required("then", in: fields),
                let value = expression(then, scope, expecting: common)
            else { return nil }
            common = common ?? value.type
            branches.append(.init(condition: condition, value: value.expression))
        }
        guard let otherwise, let common else {
            fault(
                .missingKey,
                node.position,
                Bilingual("마지막에 otherwise가 있어야 합니다.", "The last entry must be otherwise.")
            )
            return nil
        }
        return Typed(expression: .choose(branches, otherwise: otherwise), type: common)
    }

    private func lookup(_ node: YAMLNode, _ scope: Scope) -> Typed? {
        var name = node.scalar
        var key: Expression?
        var on = Expression.fact(BuiltIn.applicationDate)
        if name == nil {
            guard let fields = fields(node) else { return nil }
            defer { finish(fields) }
            name = required("name", in: fields).flatMap(text)
            if let keyNode = fields["for"] {
                guard let typed = expression(keyNode, scope) else { return nil }
                key = typed.expression
            }
            if let dateNode = fields["on"] {
                guard let typed = expression(dateNode, scope, expecting: .date) else { return nil }
                on = typed.expression
            }
        }
        guard let name else { return nil }
        guard let index = parameterIndex[name] else {
            unknownName(
                name,
                Bilingual("기준값", "parameter"),
                among: parameterIndex.keys,
                at: node.position
            )
            return nil
        }
        return Typed(expression: .lookup(index, key: key, on: on), type: parameters[index].type)
    }

    private func aggregate(_ entry: YAMLNode.Entry, _ scope: Scope) -> Typed? {
        guard scope == .applicant else {
            fault(
                .notOfPerson,
                entry.position,
                Bilingual(
                    "가구원을 세는 식 안에 또 가구원을 셀 수 없습니다.",
                    "Members cannot be counted inside a count of members."
                )
            )
            return nil
        }
        guard let fields = fields(entry.value) else { return nil }
        defer { finish(fields) }
        guard let householdNode = required("household", in: fields),
            let household = household(householdNode)
        else { return nil }
        let filter = fields["where"].flatMap { test($0, .member) }
        switch entry.key {
        case "count":
            return Typed(
                expression: .members(
                    .count,
                    household: household,
                    of: nil,
                    where: filter,
                    empty: 0
                ),
                type: .integer(.people)
            )
        case "anyMember", "everyMember":
            guard let node = required("is", in: fields), let test = test(node, .member) else {
                return nil
            }
            return Typed(
                expression: .members(
                    entry.key == "anyMember" ? .any : .all,
                    household: household,
                    of: test,
                    where: filter,
                    empty: entry.key == "anyMember" ? 0 : 1
                ),
                type: .bool
            )
        default:
            guard let node = required("of", in: fields), let value = expression(node, .member)
            else { return nil }
            let kind: Expression.Aggregate =
                entry.key == "sumOf" ? .sum : entry.key == "smallestOf" ? .minimum : .maximum
            return Typed(
                expression: .members(
                    kind,
                    household: household,
                    of: value.expression,
                    where: filter,
                    empty: kind == .sum
                        ? 0 : FactCode.absent(value.type, kind == .minimum ? .highest : .lowest)
                ),
                type: value.type
            )
        }
    }

    func household(_ node: YAMLNode) -> Int? {
        guard let name = text(node) else { return nil }
        if let index = householdIndex[name] { return index }
        unknownName(
            name,
            Bilingual("가구", "household"),
            among: householdIndex.keys,
            at: node.position
        )
        return nil
    }
}

/// Dates.
extension RuleReader {
    private static let periods: [String: (Expression.Period, FactType)] = [
        "yearsSince": (.years, .integer(.age)), "monthsSince": (.months, .months),
        "monthEndsSince": (.calendarMonths, .months), "daysSince": (.days, .integer(.days)),
        "daysCountingFirst": (.daysWithFirst, .integer(.days)),
        "calendarYearsSince": (.calendarYears, .integer(.age)),
    ]

    private static let parts: [String: (Expression.DatePart, FactType)] = [
        "yearOf": (.year, .integer(.calendarYear)), "monthOf": (.month, .integer(.count)),
        "startOfMonth": (.startOfMonth, .date), "endOfMonth": (.endOfMonth, .date),
    ]

    func dateOperation(_ entry: YAMLNode.Entry, _ scope: Scope) -> Typed? {
        if let (part, type) = Self.parts[entry.key] {
            return expression(entry.value, scope, expecting: .date).map {
                Typed(expression: .part(part, $0.expression), type: type)
            }
        }
        if let (period, type) = Self.periods[entry.key] {
            return self.period(entry.value, period, type, scope)
        }
        guard let fields = fields(entry.value) else { return nil }
        defer { finish(fields) }
        let (shift, unit): (Expression.Shift, FactType) =
            switch entry.key {
            case "addDays": (.days, .integer(.days))
            case "addMonths": (.months, .months)
            default: (.years, .integer(.years))
            }
        guard let to = required("to", in: fields),
            let start = expression(to, scope, expecting: .date),
            let by = required("by", in: fields),
            let length = expression(by, scope, expecting: unit)
        else { return nil }
        return Typed(
            expression: .shift(shift, start.expression, by: length.expression),
            type: .date
        )
    }

    /// `yearsSince: birthDate`, or `yearsSince: {date: …, on: …}` up to another day than that of judging.
    private func period(
        _ node: YAMLNode,
        _ period: Expression.Period,
        _ type: FactType,
        _ scope: Scope
    ) -> Typed? {
        var start = node
        var end = Expression.fact(BuiltIn.applicationDate)
        if case .map(let entries) = node.content, entries.contains(where: { $0.key == "date" }) {
            guard let fields = fields(node), let date = required("date", in: fields) else {
                return nil
            }
            defer { finish(fields) }
            start = date
            if let on = fields["on"] {
                guard let typed = expression(on, scope, expecting: .date) else { return nil }
                end = typed.expression
            }
        }
        return expression(start, scope, expecting: .date).map {
            Typed(expression: .period(period, from: $0.expression, to: end), type: type)
        }
    }
}
