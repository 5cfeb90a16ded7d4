/// A value computed from facts, types checked.
///
/// Facts are named by their place in the catalogue's table. An expression over something unknown is
/// unknown, unless the rest decides it already.
indirect enum Expression: Hashable, Sendable {
    case constant(Int64)
    /// A fact of the person in scope: the applicant, or the member of a household.
    case fact(Int)
    /// A fact of the applicant, seen from a member of a household.
    case applicantFact(Int)
    case combine(Combination, [Expression])
    case divide(Expression, by: Expression, Rounding)
    /// The share of a part in a whole, as a percentage.
    case share(Expression, of: Expression)
    /// A percentage of an amount, rounded down to the won.
    case portion(percent: Expression, of: Expression)
    case period(Period, from: Expression, to: Expression)
    case shift(Shift, Expression, by: Expression)
    case part(DatePart, Expression)
    /// The value of a parameter that is in force on a date.
    case lookup(Int, key: Expression?, on: Expression)
    case choose([Branch], otherwise: Expression)
    case atMost(Expression, Expression)
    case equals(Expression, Expression)
    /// A choice among several, by the bits of a mask.
    case isOneOf(Expression, Int64)
    /// A set that has any of several choices.
    case hasAny(Expression, Int64)
    /// A set that has all of several choices.
    case hasAll(Expression, Int64)
    case all([Expression])
    case any([Expression])
    case not(Expression)
    /// Whether anything is known of a value; that itself is always known.
    case isKnown(Expression)
    /// What is told of the members of a household together; `empty` where no member counts.
    case members(
        Aggregate,
        household: Int,
        of: Expression?,
        where: Expression?,
        empty: Int64
    )

    struct Branch: Hashable, Sendable {
        var condition: Expression
        var value: Expression
    }

    enum Combination: UInt8, Sendable {
        case add, subtract, multiply, minimum, maximum
    }

    /// How a division comes to a whole number.
    enum Rounding: String, Sendable, CaseIterable {
        case down, up, nearest
    }

    /// A length of time between two dates.
    enum Period: UInt8, Sendable {
        /// Whole years: 만 나이 where the first date is a birth.
        case years
        /// Whole months.
        case months
        /// Days after the first one.
        case days
        /// Days with the first one counted (초입산입).
        case daysWithFirst
        /// The difference of the calendar years: 연 나이.
        case calendarYears
        /// The difference of the calendar months, days left aside: by month's end (해당 월 말일까지).
        case calendarMonths
    }

    enum Shift: UInt8, Sendable {
        case days, months, years
    }

    enum DatePart: UInt8, Sendable {
        case year, month, startOfMonth, endOfMonth
    }

    /// What is told of the members of a household together.
    enum Aggregate: UInt8, Sendable {
        case count, sum, minimum, maximum, any, all
    }
}

extension Expression {
    /// The expressions directly inside.
    var parts: [Expression] {
        switch self {
        case .constant, .fact, .applicantFact: []
        case .combine(_, let parts), .all(let parts), .any(let parts): parts
        case .divide(let left, let right, _), .share(let left, let right),
            .portion(let left, let right), .period(_, let left, let right),
            .shift(_, let left, let right), .atMost(let left, let right),
            .equals(let left, let right):
            [left, right]
        case .part(_, let inner), .isOneOf(let inner, _), .hasAny(let inner, _),
            .hasAll(let inner, _), .not(let inner), .isKnown(let inner):
            [inner]
        case .lookup(_, let key, let date): (key.map { [$0] } ?? []) + [date]
        case .choose(let branches, let otherwise):
            branches.flatMap { [$0.condition, $0.value] } + [otherwise]
        case .members(_, _, let value, let filter, _): [value, filter].compactMap { $0 }
        }
    }

    /// The facts it needs, those inside aggregates included.
    var facts: Set<Int> {
        switch self {
        case .fact(let fact), .applicantFact(let fact): [fact]
        default: parts.reduce(into: Set()) { $0.formUnion($1.facts) }
        }
    }

    /// Whether it speaks of the members of a household.
    var hasAggregate: Bool {
        if case .members = self { true } else { parts.contains(where: \.hasAggregate) }
    }

    /// Whether it looks from a member to the applicant.
    var looksAtApplicant: Bool {
        if case .applicantFact = self { true } else { parts.contains(where: \.looksAtApplicant) }
    }
}
