/// Runs compiled expressions for one person.
///
/// A value that is not known makes what follows from it unknown, except where the other values decide:
/// `all` with one that fails, `any` with one that holds, a choice
/// of which both sides agree.
struct Machine {
    /// The members of a household, by their places in `people`; nil where nobody listed it.
    typealias Households = [[Int]?]

    let catalogue: CompiledCatalogue
    let people: [[Int64]]
    let households: Households

    /// The value of a program for a person whose facts are given, seen by the applicant.
    func run(
        _ program: Program,
        _ facts: UnsafePointer<Int64>,
        applicant: UnsafePointer<Int64>
    ) -> Int64 {
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: program.end - program.start) {
            stack in
            catalogue.code.withUnsafeBufferPointer { code in
                guard let base = stack.baseAddress else { return FactCode.unknown }
                var top = 0
                for index in program.start..<program.end {
                    step(code[index], base, &top, facts, applicant)
                }
                return stack[0]
            }
        }
    }

    @inline(__always)
    private func step(
        _ instruction: Instruction,
        _ stack: UnsafeMutablePointer<Int64>,
        _ top: inout Int,
        _ facts: UnsafePointer<Int64>,
        _ applicant: UnsafePointer<Int64>
    ) {
        switch instruction.operation {
        case .constant: push(instruction.operand, stack, &top)
        case .fact: push(facts[Int(instruction.operand)], stack, &top)
        case .applicantFact: push(applicant[Int(instruction.operand)], stack, &top)
        case .add, .subtract, .multiply, .minimum, .maximum, .all, .any:
            let count = Int(instruction.count)
            let values = UnsafeBufferPointer(start: stack + top - count, count: count)
            let value = Self.fold(instruction.operation, values)
            top -= count
            push(value, stack, &top)
        case .choose: choose(Int(instruction.count), stack, &top)
        case .lookup, .lookupByKey:
            top -= 1
            let date = stack[top]
            var key: Int64 = 0
            if instruction.operation == .lookupByKey {
                top -= 1
                key = stack[top]
            }
            let isKnown = date != FactCode.unknown && key != FactCode.unknown
            let parameter = catalogue.parameters[Int(instruction.operand)]
            push(isKnown ? parameter.value(key: key, on: date) : FactCode.unknown, stack, &top)
        case .members:
            let aggregate = catalogue.aggregates[Int(instruction.operand)]
            push(value(of: aggregate, applicant), stack, &top)
        case .isKnown: stack[top - 1] = FactCode.bool(stack[top - 1] != FactCode.unknown)
        case .not, .isOneOf, .hasAny, .hasAll, .year, .month, .startOfMonth, .endOfMonth:
            let value = stack[top - 1]
            if value != FactCode.unknown {
                stack[top - 1] = Self.unary(instruction, value)
            }
        default:
            let (left, right) = (stack[top - 2], stack[top - 1])
            top -= 2
            let isKnown = left != FactCode.unknown && right != FactCode.unknown
            push(
                isKnown ? Self.binary(instruction.operation, left, right) : FactCode.unknown,
                stack,
                &top
            )
        }
    }

    @inline(__always)
    private func push(_ value: Int64, _ stack: UnsafeMutablePointer<Int64>, _ top: inout Int) {
        stack[top] = value
        top += 1
    }

    private func choose(_ count: Int, _ stack: UnsafeMutablePointer<Int64>, _ top: inout Int) {
        let width = 2 * count + 1
        top -= width
        let values = UnsafeMutableBufferPointer(start: stack + top, count: width)
        push(Self.chosen(count, values), stack, &top)
    }

    /// Conditions and values lie in pairs, the value of last resort at the end.
    static func chosen(_ count: Int, _ values: UnsafeMutableBufferPointer<Int64>) -> Int64 {
        var result = values[2 * count]
        // From the last branch to the first: an unknown condition leaves only what both sides agree on.
        for branch in (0..<count).reversed() {
            let value = values[2 * branch + 1]
            switch Truth(values[2 * branch]) {
            case .yes: result = value
            case .no: break
            case .unknown: if result != value { result = FactCode.unknown }
            }
        }
        return result
    }

    // MARK: Members of a household

    private func value(
        of aggregate: CompiledAggregate,
        _ applicant: UnsafePointer<Int64>
    ) -> Int64 {
        guard let members = households[aggregate.household] else { return FactCode.unknown }
        var fold = AggregateFold(aggregate)
        for member in members {
            let isIn =
                aggregate.filter.map { Truth(run($0, ofMember: member, applicant)) } ?? .yes
            if isIn == .no { continue }
            let value = aggregate.value.map { run($0, ofMember: member, applicant) } ?? 1
            fold.add(value, isIn: isIn)
            if fold.isDecided { break }
        }
        return fold.result
    }

    private func run(
        _ program: Program,
        ofMember member: Int,
        _ applicant: UnsafePointer<Int64>
    ) -> Int64 {
        people[member].withUnsafeBufferPointer { facts in
            facts.baseAddress.map { run(program, $0, applicant: applicant) } ?? FactCode.unknown
        }
    }
}

/// What is told of members together, one by one.
struct AggregateFold {
    private let kind: Expression.Aggregate
    private var value: Int64?
    private var isUnknown = false
    private let empty: Int64
    private(set) var isDecided = false

    init(_ aggregate: CompiledAggregate) {
        kind = aggregate.kind
        empty = aggregate.empty
    }

    mutating func add(_ member: Int64, isIn: Truth) {
        switch kind {
        case .any: connect(member, isIn, deciding: .yes)
        case .all: connect(member, isIn, deciding: .no)
        case .count, .sum, .minimum, .maximum:
            guard isIn == .yes, member != FactCode.unknown else {
                isUnknown = true
                return
            }
            guard let before = value else {
                value = member
                return
            }
            switch kind {
            case .minimum: value = min(before, member)
            case .maximum: value = max(before, member)
            default: value = before + member
            }
        }
    }

    /// One member decides where it counts for certain; another may yet decide where either is unknown.
    private mutating func connect(_ member: Int64, _ isIn: Truth, deciding: Truth) {
        let truth = Truth(member)
        if truth == deciding, isIn == .yes {
            isDecided = true
            value = deciding.code
        } else if truth == deciding || truth == .unknown {
            isUnknown = true
        }
    }

    var result: Int64 {
        if isDecided, let value { return value }
        return isUnknown ? FactCode.unknown : value ?? empty
    }
}

extension Machine {
    static func fold(
        _ operation: Instruction.Operation,
        _ values: UnsafeBufferPointer<Int64>
    ) -> Int64 {
        if operation == .all || operation == .any { return connective(operation, values) }
        guard let first = values.first, !values.contains(FactCode.unknown) else {
            return FactCode.unknown
        }
        var result = first
        for value in values.dropFirst() {
            switch operation {
            case .minimum: result = min(result, value)
            case .maximum: result = max(result, value)
            default:
                let (next, overflow) =
                    operation == .add
                    ? result.addingReportingOverflow(value)
                    : operation == .subtract
                        ? result.subtractingReportingOverflow(value)
                        : result.multipliedReportingOverflow(by: value)
                guard !overflow, next.magnitude < UInt64(FactCode.maximumMagnitude) else {
                    return FactCode.unknown
                }
                result = next
            }
        }
        return result
    }

    private static func connective(
        _ operation: Instruction.Operation,
        _ values: UnsafeBufferPointer<Int64>
    ) -> Int64 {
        var truth: Truth = operation == .all ? .yes : .no
        for value in values {
            truth = operation == .all ? min(truth, Truth(value)) : max(truth, Truth(value))
        }
        return truth.code
    }

    static func unary(_ instruction: Instruction, _ value: Int64) -> Int64 {
        switch instruction.operation {
        case .not: return value == 0 ? 1 : 0
        case .isOneOf:
            let isInMask = (0..<63).contains(value)
            return FactCode.bool(isInMask && instruction.operand & (1 << value) != 0)
        case .hasAny: return FactCode.bool(value & instruction.operand != 0)
        case .hasAll: return FactCode.bool(value & instruction.operand == instruction.operand)
        default: return datePart(instruction.operation, value)
        }
    }

    private static func datePart(_ operation: Instruction.Operation, _ date: Int64) -> Int64 {
        guard DateArithmetic.isDate(date) else { return FactCode.unknown }
        if FactCode.isAbsent(date, .date), operation == .startOfMonth || operation == .endOfMonth {
            return date
        }
        switch operation {
        case .year: return Int64(DateArithmetic.components(date).year)
        case .month: return Int64(DateArithmetic.components(date).month)
        case .startOfMonth: return DateArithmetic.startOfMonth(date)
        default: return DateArithmetic.endOfMonth(date)
        }
    }

    static func binary(
        _ operation: Instruction.Operation,
        _ left: Int64,
        _ right: Int64
    ) -> Int64 {
        switch operation {
        case .atMost: return FactCode.bool(left <= right)
        case .equals: return FactCode.bool(left == right)
        case .share: return FactCode.percent(of: left, in: right)
        case .portion: return portion(left, of: right)
        case .divideDown, .divideUp, .divideNearest: return quotient(operation, left, right)
        case .addDays, .addMonths, .addYears: return shifted(operation, left, by: right)
        default: return period(operation, from: left, to: right)
        }
    }

    private static func portion(_ percent: Int64, of amount: Int64) -> Int64 {
        // A percentage is kept in half hundredths of a percent: see FactCode.
        let (product, overflow) = (percent / 2).multipliedReportingOverflow(by: amount)
        return overflow ? FactCode.unknown : floorDivide(product, 10_000)
    }

    private static func quotient(
        _ operation: Instruction.Operation,
        _ dividend: Int64,
        _ divisor: Int64
    ) -> Int64 {
        guard divisor > 0 else { return FactCode.unknown }
        switch operation {
        case .divideDown: return floorDivide(dividend, divisor)
        case .divideUp: return -floorDivide(-dividend, divisor)
        default: return floorDivide(2 * dividend + divisor, 2 * divisor)
        }
    }

    private static func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? quotient - 1 : quotient
    }

    private static func shifted(
        _ operation: Instruction.Operation,
        _ date: Int64,
        by length: Int64
    ) -> Int64 {
        guard DateArithmetic.isDate(date) else { return FactCode.unknown }
        if FactCode.isAbsent(date, .date) { return date }
        switch operation {
        case .addDays:
            let moved = date &+ length
            return DateArithmetic.isDate(moved) ? moved : FactCode.unknown
        case .addMonths: return DateArithmetic.adding(months: length, to: date)
        default:
            guard length.magnitude < 10_000 else { return FactCode.unknown }
            return DateArithmetic.adding(months: length * 12, to: date)
        }
    }

    private static func period(
        _ operation: Instruction.Operation,
        from start: Int64,
        to end: Int64
    ) -> Int64 {
        guard DateArithmetic.isDate(start), DateArithmetic.isDate(end) else {
            return FactCode.unknown
        }
        // Nobody was born: the time since then lies beyond every limit.
        if start == FactCode.earliestDate { return FactCode.absentMagnitude }
        if start == FactCode.latestDate { return -FactCode.absentMagnitude }
        switch operation {
        case .years: return DateArithmetic.years(from: start, to: end)
        case .months: return DateArithmetic.months(from: start, to: end)
        case .days: return end - start
        case .daysWithFirst: return end - start + 1
        case .calendarYears:
            return Int64(
                DateArithmetic.components(end).year - DateArithmetic.components(start).year
            )
        default: return DateArithmetic.calendarMonths(from: start, to: end)
        }
    }
}
