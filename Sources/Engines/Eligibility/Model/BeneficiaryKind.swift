import Basics

/// A kind of people for each of whom a programme may be judged: every child of the family.
///
/// Rules speak of one of them by facts of the applicant's sheet (`childBirthDate`). Where the household is
/// listed, these are the member's own facts, one member after the other; where it is not, they are what
/// the applicant says of the one they apply for.
struct BeneficiaryKind: Sendable, Hashable {
    /// The name in rules.
    var name: String
    /// What people read.
    var label: Bilingual
    /// The household whose members are looked at.
    var household: Int
    /// What a member has to be to the applicant, a choice of the fact `relation`.
    var relation: Int64
    /// The facts that speak of the one that is judged, with the member's own fact behind each.
    var facts: [Int: Int]
    /// The fact that says how many of them come first by a date, this one counted, and the member's date.
    var order: Order?

    struct Order: Sendable, Hashable {
        var fact: Int
        var date: Int
    }

    /// Every fact that is another for another of them.
    var ownFacts: Set<Int> { Set(facts.keys).union(order.map { [$0.fact] } ?? []) }
}

/// A condition on the applicant's sheet, said of a member of a household.
struct MemberCondition {
    let kind: BeneficiaryKind
    let catalogue: RuleCatalogue

    /// Whether the condition holds for any of them where the household is listed, else for the one the
    /// applicant speaks of.
    func anyOf(_ condition: Expression) -> Expression {
        let members = Expression.members(
            .any,
            household: kind.household,
            of: said(condition),
            where: .equals(.fact(RuleReader.BuiltIn.relation), .constant(kind.relation)),
            empty: 0
        )
        // Of a household that is not listed not even the number of members is known.
        let size = Expression.members(
            .count,
            household: kind.household,
            of: nil,
            where: nil,
            empty: 0
        )
        return .choose(
            [.init(condition: .isKnown(size), value: members)],
            otherwise: condition
        )
    }

    /// The condition seen from the member: its own facts, and the applicant's for the rest.
    private func said(_ expression: Expression) -> Expression {
        expression.mapFacts { fact in
            if let own = kind.facts[fact] {
                return .choose(
                    [.init(condition: .isKnown(.fact(own)), value: .fact(own))],
                    otherwise: .applicantFact(fact)
                )
            }
            guard follows(fact), let derivation = catalogue.facts[fact].derivation else {
                return .applicantFact(fact)
            }
            return said(derivation)
        }
    }

    /// Whether a fact follows from one that is another for another member.
    private func follows(_ fact: Int) -> Bool {
        guard let derivation = catalogue.facts[fact].derivation, !derivation.hasAggregate else {
            return false
        }
        return derivation.facts.contains { kind.facts[$0] != nil || follows($0) }
    }
}

extension Expression {
    /// The expression with others in the place of its facts; what aggregates say of members stays.
    func mapFacts(_ body: (Int) -> Expression) -> Expression {
        func map(_ expression: Expression) -> Expression { expression.mapFacts(body) }
        return switch self {
        case .fact(let fact): body(fact)
        case .constant, .applicantFact, .members: self
        case .combine(let combination, let parts): .combine(combination, parts.map(map))
        case .divide(let left, let right, let rounding):
            .divide(map(left), by: map(right), rounding)
        case .share(let part, let whole): .share(map(part), of: map(whole))
        case .portion(let percent, let amount): .portion(percent: map(percent), of: map(amount))
        case .period(let period, let start, let end):
            .period(period, from: map(start), to: map(end))
        case .shift(let shift, let date, let length): .shift(shift, map(date), by: map(length))
        case .part(let part, let date): .part(part, map(date))
        case .lookup(let parameter, let key, let date):
            .lookup(parameter, key: key.map(map), on: map(date))
        case .choose(let branches, let otherwise):
            .choose(
                branches.map { .init(condition: map($0.condition), value: map($0.value)) },
                otherwise: map(otherwise)
            )
        case .atMost(let left, let right): .atMost(map(left), map(right))
        case .equals(let left, let right): .equals(map(left), map(right))
        case .isOneOf(let inner, let mask): .isOneOf(map(inner), mask)
        case .hasAny(let inner, let mask): .hasAny(map(inner), mask)
        case .hasAll(let inner, let mask): .hasAll(map(inner), mask)
        case .all(let parts): .all(parts.map(map))
        case .any(let parts): .any(parts.map(map))
        case .not(let inner): .not(map(inner))
        case .isKnown(let inner): .isKnown(map(inner))
        }
    }
}

extension Condition {
    /// The condition as an expression over the clauses of its version.
    func expression(_ clauses: [Clause]) -> Expression {
        switch self {
        case .all(let parts, _): .all(parts.map { $0.expression(clauses) })
        case .any(let parts, _): .any(parts.map { $0.expression(clauses) })
        case .not(let inner, _): .not(inner.expression(clauses))
        case .clause(let index): clauses[index].expression
        }
    }
}
