import Basics

/// The conditions of programmes as JsonLogic (jsonlogic.com), for programs of other makes.
///
/// JsonLogic has two truth values: an expression is true exactly where the engine says eligible. A fact that is
/// not known is missing from the data, and every comparison first asks whether it is there, so that
/// neither a comparison nor its opposite holds. Opposites are pushed down to the comparisons for that.
/// Facts that follow from others are values of the data like the rest; what a comparison computes beyond
/// sums, differences, products and the least or greatest of several has no JsonLogic here.
struct ConditionJSONLogic {
    let facts: [FactDefinition]

    /// The condition of a version; nil where a clause of it cannot be said.
    func logic(of version: ProgrammeVersion) -> JSONValue? {
        logic(version.condition, version.clauses, isWanted: true)
    }

    /// Whether a clause can be said.
    func canSay(_ clause: Clause) -> Bool { logic(clause, isWanted: true) != nil }

    private func logic(
        _ condition: Condition,
        _ clauses: [Clause],
        isWanted: Bool
    ) -> JSONValue? {
        switch condition {
        case .all(let parts, _):
            joined(isWanted ? "and" : "or", parts.map { logic($0, clauses, isWanted: isWanted) })
        case .any(let parts, _):
            joined(isWanted ? "or" : "and", parts.map { logic($0, clauses, isWanted: isWanted) })
        case .not(let inner, _): logic(inner, clauses, isWanted: !isWanted)
        case .clause(let index): logic(clauses[index], isWanted: isWanted)
        }
    }

    private func logic(_ clause: Clause, isWanted: Bool) -> JSONValue? {
        joined(
            isWanted ? "and" : "or",
            clause.comparisons.map { logic($0, of: clause.fact, isWanted: isWanted) }
        )
    }

    /// A comparison or its opposite, which hold only where every fact they look at is known.
    private func logic(_ comparison: Comparison, of fact: Int, isWanted: Bool) -> JSONValue? {
        guard let test = test(comparison, of: fact) else { return nil }
        let known = comparison.limit.facts.union([fact]).sorted().map { index -> JSONValue in
            ["!==": [variable(index), .null]]
        }
        return ["and": .array(known + [isWanted ? test : ["!": [test]]])]
    }

    private func test(_ comparison: Comparison, of fact: Int) -> JSONValue? {
        let left = variable(fact)
        let type = facts[fact].type
        switch comparison.relation {
        case .equal: return pair("===", left, comparison.limit, type)
        case .notEqual: return pair("!==", left, comparison.limit, type)
        case .atMost, .onOrBefore: return pair("<=", left, comparison.limit, type)
        case .atLeast, .onOrAfter: return pair(">=", left, comparison.limit, type)
        case .moreThan, .after: return pair(">", left, comparison.limit, type)
        case .lessThan, .before: return pair("<", left, comparison.limit, type)
        case .oneOf: return ["in": [left, list(comparison, type)]]
        case .noneOf: return ["!": [["in": [left, list(comparison, type)]]]]
        case .includes: return ["or": .array(memberships(comparison, left, type))]
        case .includesAll: return ["and": .array(memberships(comparison, left, type))]
        case .includesNone: return ["!": [["or": .array(memberships(comparison, left, type))]]]
        }
    }

    private func pair(
        _ word: String,
        _ left: JSONValue,
        _ limit: Expression,
        _ type: FactType
    ) -> JSONValue? {
        value(limit, type).map { [word: [left, $0]] }
    }

    /// The right side of a comparison.
    private func value(_ expression: Expression, _ type: FactType) -> JSONValue? {
        switch expression {
        case .constant(let code): return type.jsonLogic(code)
        case .fact(let fact): return variable(fact)
        case .combine(let combination, let parts):
            return joined(Self.word(combination), parts.map { value($0, type) })
        default: return nil
        }
    }

    private static func word(_ combination: Expression.Combination) -> String {
        switch combination {
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .minimum: "min"
        case .maximum: "max"
        }
    }

    private func memberships(
        _ comparison: Comparison,
        _ left: JSONValue,
        _ type: FactType
    ) -> [JSONValue] {
        guard case .array(let names) = list(comparison, type) else { return [] }
        return names.map { ["in": [$0, left]] }
    }

    /// The values on the right of a comparison with several.
    private func list(_ comparison: Comparison, _ type: FactType) -> JSONValue {
        guard let choices = type.choices?.choices, case .constant(let mask) = comparison.limit
        else { return .array(comparison.list.map(type.jsonLogic)) }
        return .array(
            choices.indices.filter { mask & (1 << Int64($0)) != 0 }
                .map { .string(choices[$0].name) }
        )
    }

    private func variable(_ fact: Int) -> JSONValue { ["var": .string(facts[fact].name)] }

    private func joined(_ word: String, _ parts: [JSONValue?]) -> JSONValue? {
        let known = parts.compactMap { $0 }
        guard known.count == parts.count else { return nil }
        if word == "and" || word == "or", known.count < 2 {
            return known.first ?? .boolean(word == "and")
        }
        return [word: .array(known)]
    }
}

extension FactType {
    /// A value as JsonLogic's data has it: a date as text, a percentage in percent, choices by name.
    ///
    /// Where there is none of something, it is the number or date that lies beyond every limit.
    func jsonLogic(_ code: Int64) -> JSONValue {
        switch self {
        case .bool: return .boolean(code != 0)
        case .integer, .money, .months: return .integer(Int(code))
        case .date: return .string(LocalDate(daysSinceEpoch: Int(code)).iso)
        case .percent:
            // A share between two hundredths stands as their middle, which no limit can be.
            return code % 200 == 0
                ? .integer(Int(code / 200)) : .number(Double(code) / 200)
        case .choice(let list):
            return list.choices.indices.contains(Int(code))
                ? .string(list.choices[Int(code)].name) : .null
        case .set(let list):
            return .array(
                list.choices.indices.filter { code & (1 << Int64($0)) != 0 }
                    .map { .string(list.choices[$0].name) }
            )
        }
    }
}
