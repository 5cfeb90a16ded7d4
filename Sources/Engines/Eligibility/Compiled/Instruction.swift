/// One step of a compiled expression, run on a stack of numbers.
struct Instruction: Sendable, Hashable {
    enum Operation: UInt8, Sendable {
        case constant, fact, applicantFact
        case add, subtract, multiply, minimum, maximum
        case divideDown, divideUp, divideNearest
        case share, portion
        case years, months, days, daysWithFirst, calendarYears, calendarMonths
        case addDays, addMonths, addYears
        case year, month, startOfMonth, endOfMonth
        case lookup, lookupByKey
        case choose
        case atMost, equals, isOneOf, hasAny, hasAll
        case all, any, not, isKnown
        case members
    }

    var operation: Operation
    /// How many values the step takes, where that varies.
    var count: Int32 = 0
    var operand: Int64 = 0
}

/// A compiled expression: a part of the catalogue's code.
struct Program: Sendable, Hashable {
    var start: Int
    var end: Int
}

/// What is computed over the members of a household.
struct CompiledAggregate: Sendable, Hashable {
    var kind: Expression.Aggregate
    var household: Int
    var value: Program?
    var filter: Program?
    /// The value where no member counts.
    var empty: Int64
}

/// Turns expressions into code.
struct Assembler {
    private(set) var code: [Instruction] = []
    private(set) var aggregates: [CompiledAggregate] = []

    mutating func assemble(_ expression: Expression) -> Program {
        // Aggregates run code of their own, which must not lie inside this.
        var prepared: [Expression: Int] = [:]
        prepare(expression, &prepared)
        let start = code.count
        emit(expression, prepared)
        return Program(start: start, end: code.count)
    }

    private mutating func prepare(_ expression: Expression, _ prepared: inout [Expression: Int]) {
        guard case .members(let kind, let household, let value, let filter, let empty) = expression
        else {
            for part in expression.parts { prepare(part, &prepared) }
            return
        }
        let aggregate = CompiledAggregate(
            kind: kind,
            household: household,
            value: value.map { assemble($0) },
            filter: filter.map { assemble($0) },
            empty: empty
        )
        prepared[expression] = aggregates.count
        aggregates.append(aggregate)
    }

    private mutating func emit(_ expression: Expression, _ prepared: [Expression: Int]) {
        for part in expression.parts {
            if case .members = expression { break }
            emit(part, prepared)
        }
        code.append(step(expression, prepared))
    }

    private func step(_ expression: Expression, _ prepared: [Expression: Int]) -> Instruction {
        switch expression {
        case .constant(let value): .init(operation: .constant, operand: value)
        case .fact(let fact): .init(operation: .fact, operand: Int64(fact))
        case .applicantFact(let fact): .init(operation: .applicantFact, operand: Int64(fact))
        case .combine(let combination, let parts):
            .init(operation: Self.operation(combination), count: Int32(parts.count))
        case .divide(_, _, let rounding):
            .init(
                operation: rounding == .down
                    ? .divideDown : rounding == .up ? .divideUp : .divideNearest
            )
        case .share: .init(operation: .share)
        case .portion: .init(operation: .portion)
        case .period(let period, _, _): .init(operation: Self.operation(period))
        case .shift(let shift, _, _):
            .init(
                operation: shift == .days ? .addDays : shift == .months ? .addMonths : .addYears
            )
        case .part(let part, _): .init(operation: Self.operation(part))
        case .lookup(let parameter, let key, _):
            .init(operation: key == nil ? .lookup : .lookupByKey, operand: Int64(parameter))
        case .choose(let branches, _): .init(operation: .choose, count: Int32(branches.count))
        case .atMost: .init(operation: .atMost)
        case .equals: .init(operation: .equals)
        case .isOneOf(_, let mask): .init(operation: .isOneOf, operand: mask)
        case .hasAny(_, let mask): .init(operation: .hasAny, operand: mask)
        case .hasAll(_, let mask): .init(operation: .hasAll, operand: mask)
        case .all(let parts): .init(operation: .all, count: Int32(parts.count))
        case .any(let parts): .init(operation: .any, count: Int32(parts.count))
        case .not: .init(operation: .not)
        case .isKnown: .init(operation: .isKnown)
        case .members: .init(operation: .members, operand: Int64(prepared[expression] ?? 0))
        }
    }

    private static func operation(_ combination: Expression.Combination) -> Instruction.Operation {
        switch combination {
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .minimum: .minimum
        case .maximum: .maximum
        }
    }

    private static func operation(_ period: Expression.Period) -> Instruction.Operation {
        switch period {
        case .years: .years
        case .months: .months
        case .days: .days
        case .daysWithFirst: .daysWithFirst
        case .calendarYears: .calendarYears
        case .calendarMonths: .calendarMonths
        }
    }

    private static func operation(_ part: Expression.DatePart) -> Instruction.Operation {
        switch part {
        case .year: .year
        case .month: .month
        case .startOfMonth: .startOfMonth
        case .endOfMonth: .endOfMonth
        }
    }
}
