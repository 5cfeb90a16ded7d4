/// Runs compiled expressions for a whole block of people at once: every step over all lanes.
///
/// The steps are those of `Machine`, so that a person comes out the same alone and among all.
struct LaneMachine {
    /// Where the lanes of a fact lie.
    typealias Facts = (Int) -> UnsafePointer<Int64>

    private let catalogue: CompiledCatalogue
    private let pool: LanePool
    private let periods: PeriodTables
    private var buffers: [UnsafeMutablePointer<Int64>] = []

    init(_ catalogue: CompiledCatalogue, _ pool: LanePool, _ periods: PeriodTables) {
        self.catalogue = catalogue
        self.pool = pool
        self.periods = periods
    }

    /// Gives its rooms back to the pool.
    mutating func finish() {
        for buffer in buffers { pool.give(buffer) }
        buffers = []
    }

    /// The lanes of a program; they are good until the next run.
    ///
    /// `members` tells of an aggregate's lanes, which only the block knows.
    mutating func run(
        _ program: Program,
        count: Int,
        facts: Facts,
        applicant: Facts,
        members: (CompiledAggregate, UnsafeMutablePointer<Int64>) -> Void
    ) -> UnsafePointer<Int64> {
        var top = 0
        for instruction in catalogue.code[program.start..<program.end] {
            switch instruction.operation {
            case .constant:
                push(&top).update(repeating: instruction.operand, count: count)
            case .fact: push(&top).update(from: facts(Int(instruction.operand)), count: count)
            case .applicantFact:
                push(&top).update(from: applicant(Int(instruction.operand)), count: count)
            case .members:
                members(catalogue.aggregates[Int(instruction.operand)], push(&top))
            case .add, .subtract, .multiply, .minimum, .maximum, .all, .any, .choose:
                several(instruction, count, &top)
            case .lookup, .lookupByKey: lookup(instruction, count, &top)
            case .isKnown:
                let lanes = buffers[top - 1]
                for lane in 0..<count { lanes[lane] = lanes[lane] == FactCode.unknown ? 0 : 1 }
            case .not, .isOneOf, .hasAny, .hasAll, .year, .month, .startOfMonth, .endOfMonth:
                let lanes = buffers[top - 1]
                for lane in 0..<count where lanes[lane] != FactCode.unknown {
                    lanes[lane] = Machine.unary(instruction, lanes[lane])
                }
            default:
                top -= 1
                let (left, right) = (buffers[top - 1], buffers[top])
                if periods.run(instruction.operation, left, to: right, count: count) { continue }
                if instruction.operation == .atMost {
                    // Every comparison of rules comes to this one; alone, it is several lanes at once.
                    for lane in 0..<count {
                        let (low, high) = (left[lane], right[lane])
                        let isKnown = low != FactCode.unknown && high != FactCode.unknown
                        left[lane] = isKnown ? (low <= high ? 1 : 0) : FactCode.unknown
                    }
                    continue
                }
                for lane in 0..<count {
                    let isKnown = left[lane] != FactCode.unknown && right[lane] != FactCode.unknown
                    left[lane] =
                        isKnown
                        ? Machine.binary(instruction.operation, left[lane], right[lane])
                        : FactCode.unknown
                }
            }
        }
        return UnsafePointer(buffers[0])
    }

    private mutating func push(_ top: inout Int) -> UnsafeMutablePointer<Int64> {
        if top == buffers.count { buffers.append(pool.take()) }
        top += 1
        return buffers[top - 1]
    }

    /// A step over as many values as it says, the lanes gathered one after the other.
    private mutating func several(_ instruction: Instruction, _ count: Int, _ top: inout Int) {
        let isChoice = instruction.operation == .choose
        let width = isChoice ? 2 * Int(instruction.count) + 1 : Int(instruction.count)
        if width == 0 { _ = push(&top) } else { top -= width - 1 }
        let first = top - 1
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: width + 1) { values in
            for lane in 0..<count {
                for place in 0..<width { values[place] = buffers[first + place][lane] }
                buffers[first][lane] =
                    isChoice
                    ? Machine.chosen(Int(instruction.count), values)
                    : Machine.fold(
                        instruction.operation,
                        UnsafeBufferPointer(rebasing: values[..<width])
                    )
            }
        }
    }

    private mutating func lookup(_ instruction: Instruction, _ count: Int, _ top: inout Int) {
        let parameter = catalogue.parameters[Int(instruction.operand)]
        top -= 1
        let dates = buffers[top]
        guard instruction.operation == .lookupByKey else {
            top += 1
            for lane in 0..<count where dates[lane] != FactCode.unknown {
                dates[lane] = parameter.value(key: 0, on: dates[lane])
            }
            return
        }
        let keys = buffers[top - 1]
        // Most people ask for the same day; the last figure found is the next one's most often.
        var last: (key: Int64, date: Int64, value: Int64)?
        for lane in 0..<count {
            let (key, date) = (keys[lane], dates[lane])
            guard key != FactCode.unknown, date != FactCode.unknown else {
                keys[lane] = FactCode.unknown
                continue
            }
            if let last, last.key == key, last.date == date {
                keys[lane] = last.value
            } else {
                keys[lane] = parameter.value(key: key, on: date)
                last = (key, date, keys[lane])
            }
        }
    }
}
