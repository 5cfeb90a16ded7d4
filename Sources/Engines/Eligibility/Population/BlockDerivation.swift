/// What follows from the columns, for the people of one block: ages on the day, shares of the median income,
/// counts over households.
struct BlockDerivation: ~Copyable {
    private let catalogue: CompiledCatalogue
    private let columns: PopulationColumns
    private let date: Int64
    /// The stored column of each fact; nil where there is none.
    private let stored: [Int?]
    private let graphs: [PopulationColumns.Graph?]
    private let memberPrograms: [Int: Program]
    /// In their order.
    private let needed: [CompiledCatalogue.Derivation]
    /// The values of the block, by column.
    private var lanes: [Int: UnsafeMutablePointer<Int64>] = [:]
    private var machines: [LaneMachine] = []
    private let periods = PeriodTables()
    private let pool = LanePool()
    private(set) var first = 0
    private(set) var count = 0

    init(
        _ catalogue: CompiledCatalogue,
        _ columns: PopulationColumns,
        on date: Int64,
        _ needed: [CompiledCatalogue.Derivation]
    ) {
        self.catalogue = catalogue
        self.columns = columns
        self.date = date
        self.needed = needed
        let names = Dictionary(
            columns.columns.enumerated().map { ($1.fact, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        stored = catalogue.catalogue.facts.map { names[$0.name] }
        graphs = catalogue.catalogue.households.map { household in
            columns.graphs.first { $0.household == household.name }
        }
        memberPrograms = Dictionary(
            catalogue.memberDerivations.map { ($0.column, $0.program) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The stored column of a fact nothing else is computed for.
    func storedColumn(_ column: Int) -> Int? {
        guard column < stored.count, column > RuleReader.BuiltIn.relation,
            !needed.contains(where: { $0.column == column })
        else { return nil }
        return stored[column]
    }

    /// Moves to a block and computes everything that is needed.
    mutating func move(to first: Int, count: Int) {
        for lanes in lanes.values { pool.give(lanes) }
        lanes.removeAll(keepingCapacity: true)
        (self.first, self.count) = (first, count)
        for derivation in needed {
            let given = given(derivation.column)
            for input in derivation.inputs { load(input) }
            let computed = run(derivation.program)
            for lane in 0..<count where computed[lane] != FactCode.unknown {
                given[lane] = computed[lane]
            }
            lanes[derivation.column].map { pool.give($0) }
            lanes[derivation.column] = given
        }
    }

    /// The lanes of a column of the block; what nobody stores is not known.
    mutating func values(_ column: Int) -> UnsafePointer<Int64> {
        load(column)
        return lanes[column].map { UnsafePointer($0) } ?? pool.unknown
    }

    private mutating func load(_ column: Int) {
        if lanes[column] == nil { lanes[column] = given(column) }
    }

    private func given(_ column: Int) -> UnsafeMutablePointer<Int64> {
        let result = pool.take()
        if column == RuleReader.BuiltIn.applicationDate {
            result.update(repeating: date, count: count)
        } else if column == RuleReader.BuiltIn.relation {
            result.update(repeating: 0, count: count)
        } else if column < stored.count, let place = stored[column] {
            columns.read(place, from: first, count: count, into: result)
        } else {
            result.update(from: pool.unknown, count: count)
        }
        return result
    }

    private mutating func run(_ program: Program) -> UnsafePointer<Int64> {
        var machine =
            machines.popLast()
            ?? LaneMachine(catalogue, pool, periods)
        defer { machines.append(machine) }
        let lanes = lanes
        let unknown = pool.unknown
        let facts = { (fact: Int) in lanes[fact].map { UnsafePointer($0) } ?? unknown }
        return machine.run(
            program,
            count: count,
            facts: facts,
            applicant: facts,
            members: { aggregate, result in
                fold(aggregate, applicant: facts, into: result)
            }
        )
    }

    // MARK: Households

    /// What is told of the members of everybody's household, over all pairs of the block in one pass.
    private func fold(
        _ aggregate: CompiledAggregate,
        applicant: LaneMachine.Facts,
        into result: UnsafeMutablePointer<Int64>
    ) {
        result.update(repeating: FactCode.unknown, count: count)
        guard let graph = graphs[aggregate.household], let lists = columns.lists(graph) else {
            return
        }
        // Long lists are cut into portions of what a block of lanes holds.
        var lane = 0
        while lane < count {
            let start = Int(lists.starts[first + lane])
            var end = lane
            while end < count,
                Int(lists.starts[first + end + 1]) - start <= BitBlock.residentCount
            { end += 1 }
            // A list no block holds is not computed; nobody has sixteen thousand in the house.
            if end == lane {
                lane += 1
                continue
            }
            var portion = MemberLanes(
                catalogue,
                columns,
                date: date,
                stored,
                memberPrograms,
                periods,
                pool,
                members: UnsafeBufferPointer(
                    start: lists.members + start,
                    count: Int(lists.starts[first + end]) - start
                ),
                relations: lists.relations + start
            )
            portion.setOwners(lane..<end) { Int(lists.starts[first + $0]) - start }
            let isIn = aggregate.filter.map { portion.run($0, applicant: applicant) }
            let values = aggregate.value.map { portion.run($0, applicant: applicant) }
            for owner in lane..<end {
                let from = Int(lists.starts[first + owner]) - start
                let to = Int(lists.starts[first + owner + 1]) - start
                guard from < to else { continue }
                result[owner] = Self.fold(aggregate, from..<to, isIn, values)
            }
            portion.finish()
            lane = end
        }
    }

    /// What is told of the members of one household together.
    @inline(__always)
    private static func fold(
        _ aggregate: CompiledAggregate,
        _ pairs: Range<Int>,
        _ isIn: UnsafeMutablePointer<Int64>?,
        _ values: UnsafeMutablePointer<Int64>?
    ) -> Int64 {
        if aggregate.kind == .count || aggregate.kind == .sum {
            // Counting and adding is most of what rules ask of households: no member needs a step of its own.
            var (sum, isKnown) = (Int64(0), true)
            for pair in pairs {
                let isCounted = isIn.map { $0[pair] } ?? 1
                let value = values.map { $0[pair] } ?? 1
                if isCounted == 0 { continue }
                isKnown = isKnown && isCounted != FactCode.unknown && value != FactCode.unknown
                sum &+= value
            }
            return isKnown ? sum : FactCode.unknown
        }
        var fold = AggregateFold(aggregate)
        for pair in pairs {
            let truth = isIn.map { Truth($0[pair]) } ?? .yes
            if truth == .no { continue }
            fold.add(values?[pair] ?? 1, isIn: truth)
            if fold.isDecided { break }
        }
        return fold.result
    }
}

/// The facts of members, a lane for each pair of a resident and a member.
private struct MemberLanes {
    private let catalogue: CompiledCatalogue
    private let columns: PopulationColumns
    private let date: Int64
    private let stored: [Int?]
    private let programs: [Int: Program]
    private let periods: PeriodTables
    private let pool: LanePool
    private let members: UnsafeBufferPointer<UInt32>
    private let relations: UnsafePointer<UInt8>
    private var owners: [Int32] = []
    private var kept: [UnsafeMutablePointer<Int64>] = []
    private var lanes: [Int: UnsafeMutablePointer<Int64>] = [:]

    init(
        _ catalogue: CompiledCatalogue,
        _ columns: PopulationColumns,
        date: Int64,
        _ stored: [Int?],
        _ programs: [Int: Program],
        _ periods: PeriodTables,
        _ pool: LanePool,
        members: UnsafeBufferPointer<UInt32>,
        relations: UnsafePointer<UInt8>
    ) {
        self.catalogue = catalogue
        self.columns = columns
        self.date = date
        self.stored = stored
        self.programs = programs
        self.periods = periods
        self.pool = pool
        self.members = members
        self.relations = relations
    }

    /// Gives its rooms back to the pool.
    mutating func finish() {
        for lanes in kept { pool.give(lanes) }
        kept = []
    }

    /// Says whose members the lanes are.
    mutating func setOwners(_ range: Range<Int>, _ start: (Int) -> Int) {
        owners = Array(repeating: 0, count: members.count)
        for owner in range {
            for pair in start(owner)..<start(owner + 1) { owners[pair] = Int32(owner) }
        }
    }

    /// The lanes of a program over the members.
    mutating func run(
        _ program: Program,
        applicant: LaneMachine.Facts
    ) -> UnsafeMutablePointer<Int64> {
        // What the program looks at, found first: the machine must not be asked to wait.
        var seen: [Int: UnsafeMutablePointer<Int64>] = [:]
        var asked: [Int: UnsafeMutablePointer<Int64>] = [:]
        for instruction in catalogue.code[program.start..<program.end] {
            let fact = Int(instruction.operand)
            if instruction.operation == .fact { seen[fact] = values(fact, applicant) }
            if instruction.operation == .applicantFact, asked[fact] == nil {
                let source = applicant(fact)
                let lanes = room()
                for pair in owners.indices { lanes[pair] = source[Int(owners[pair])] }
                asked[fact] = lanes
            }
        }
        var machine = LaneMachine(catalogue, pool, periods)
        let result = room()
        let unknown = pool.unknown
        let computed = machine.run(
            program,
            count: members.count,
            facts: { fact in seen[fact].map { UnsafePointer($0) } ?? unknown },
            applicant: { fact in asked[fact].map { UnsafePointer($0) } ?? unknown },
            // Of a member's own household nothing is known.
            members: { $1.update(from: unknown, count: members.count) }
        )
        result.update(from: computed, count: members.count)
        machine.finish()
        return result
    }

    private mutating func room() -> UnsafeMutablePointer<Int64> {
        let lanes = pool.take()
        kept.append(lanes)
        return lanes
    }

    private mutating func values(
        _ fact: Int,
        _ applicant: LaneMachine.Facts
    ) -> UnsafeMutablePointer<Int64> {
        if let lanes = lanes[fact] { return lanes }
        let result = room()
        switch fact {
        case RuleReader.BuiltIn.applicationDate:
            result.update(repeating: date, count: members.count)
        case RuleReader.BuiltIn.relation:
            for pair in members.indices {
                let code = relations[pair]
                result[pair] = code == 0 ? FactCode.unknown : Int64(code) - 1
            }
        default:
            if let place = stored[fact] {
                columns.gather(place, of: members, into: result)
            } else {
                result.update(from: pool.unknown, count: members.count)
            }
        }
        lanes[fact] = result
        if let program = programs[fact] {
            let computed = run(program, applicant: applicant)
            for pair in members.indices where computed[pair] != FactCode.unknown {
                result[pair] = computed[pair]
            }
        }
        return result
    }
}
