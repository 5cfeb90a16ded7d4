/// Matches one block of people after the other against every programme in force.
///
/// Atoms come first, each once a block, as the set of those for whom it certainly holds and the set of those for
/// whom it certainly does not; what is in neither is not known. Formulas have their opposites
/// pushed down to atoms, so that AND and OR over such sets are Kleene's.
struct BlockMatcher: ~Copyable {
    /// For each programme the formula of its version in force.
    let roots: [Int32?]
    private let catalogue: CompiledCatalogue
    private let columns: PopulationColumns
    private var derivation: BlockDerivation
    private let rankings: [(ranking: CellRanking, source: Source)]
    /// The columns that are computed and not stored.
    let computed: [Int]
    /// Atoms over sets, which have no order.
    private let setAtoms: [Int]
    /// Where the set of each literal lies; -1 where no formula looks at it.
    private let slots: [Int]
    private let sets: BitBlock.Words
    private let scratch: BitBlock.Words
    private let planes: BitBlock.Words
    private let cells: UnsafeMutablePointer<UInt8>
    private let depth: Int

    /// Where the values of a column come from and how they come into its sets.
    private enum Source {
        /// Compared where they are stored.
        case stored(Int)
        /// Compared where an earlier pass kept them.
        case kept(DerivedColumns, meaning: String)
        /// Stored in few enough ways that each has its cell in a table.
        case storedCells(Int, [UInt8])
        /// Computed, or stored in too many ways, with the cells of values that lie close together.
        case values((first: Int64, cells: [UInt8])?)
    }

    init(
        _ catalogue: CompiledCatalogue,
        _ columns: PopulationColumns,
        on date: Int64,
        programmes: Set<Int>? = nil,
        kept: DerivedColumns? = nil
    ) {
        self.catalogue = catalogue
        self.columns = columns
        let inForce = catalogue.versionsInForce(on: date).enumerated().map { programme, version in
            programmes?.contains(programme) ?? true ? version : nil
        }
        roots = inForce.map { $0.map { catalogue.versions[$0].root } }
        let walk = FormulaWalk(catalogue.nodes, roots.compactMap { $0 })
        depth = walk.depth
        var slots = [Int](repeating: -1, count: catalogue.atoms.count * 2)
        for (place, literal) in walk.literals.sorted().enumerated() { slots[literal] = place }
        self.slots = slots
        let atoms = Set(walk.literals.map { $0 / 2 }).sorted()
        let byColumn = Dictionary(grouping: atoms) { Int(catalogue.atoms[$0].column) }
        let rankings = byColumn.sorted { $0.key < $1.key }.flatMap { column, places in
            CellRanking.rankings(
                column,
                places.map { (place: $0, atom: catalogue.atoms[$0]) }.filter { !$0.atom.isOverSet }
            )
        }
        let found = Self.find(rankings.filter(\.isCompared).map(\.column), kept, catalogue)
        let ofSets = Set(
            atoms.filter { catalogue.atoms[$0].isOverSet }.map { catalogue.atoms[$0].column }
        )
        let needed = Set(byColumn.keys).filter {
            found[$0] == nil || ofSets.contains(Int32($0))
        }
        computed = catalogue.derivations.map(\.column).filter(needed.contains)
        derivation = BlockDerivation(
            catalogue,
            columns,
            on: date,
            catalogue.derivations.places(behind: needed).map { catalogue.derivations[$0] }
        )
        var sources: [(ranking: CellRanking, source: Source)] = []
        for ranking in rankings {
            if let kept, let meaning = found[ranking.column] {
                sources.append((ranking, .kept(kept, meaning: meaning)))
            } else if let place = derivation.storedColumn(ranking.column) {
                sources.append(
                    (ranking, Self.source(ranking, place, columns.columns[place].layout))
                )
            } else {
                sources.append((ranking, .values(ranking.table())))
            }
        }
        self.rankings = sources
        setAtoms = atoms.filter { catalogue.atoms[$0].isOverSet }
        let size = BitBlock.wordCount
        sets = .allocate(capacity: max(1, walk.literals.count) * size)
        scratch = .allocate(capacity: (depth + 2) * size)
        planes = .allocate(capacity: 8 * size)
        cells = .allocate(capacity: BitBlock.residentCount)
    }

    /// The columns that an earlier pass kept, with what they mean.
    private static func find(
        _ columns: [Int],
        _ kept: DerivedColumns?,
        _ catalogue: CompiledCatalogue
    ) -> [Int: String] {
        guard let kept else { return [:] }
        var found: [Int: String] = [:]
        for derivation in catalogue.derivations where columns.contains(derivation.column) {
            let meaning = catalogue.meaning(of: derivation.column)
            if kept.has(meaning) { found[derivation.column] = meaning }
        }
        return found
    }

    private static func source(_ ranking: CellRanking, _ place: Int, _ layout: ValueLayout)
        -> Source
    {
        if ranking.isCompared { return .stored(place) }
        return layout.width <= 2
            ? .storedCells(place, ranking.table(layout)) : .values(ranking.table())
    }

    deinit {
        sets.deallocate()
        scratch.deallocate()
        planes.deallocate()
        cells.deallocate()
    }

    /// Makes the sets of a block ready.
    mutating func move(to block: Int) {
        let first = block * BitBlock.residentCount
        let count = min(BitBlock.residentCount, columns.residentCount - first)
        derivation.move(to: first, count: count)
        if count < BitBlock.residentCount {
            cells.update(repeating: 0, count: BitBlock.residentCount)
        }
        for (ranking, source) in rankings {
            switch source {
            case .stored(let place):
                let width = columns.columns[place].layout.width
                guard let bytes = columns.bytes(place, UInt8.self) else { continue }
                compare(
                    ranking,
                    StoredLanes(
                        address: UnsafeRawPointer(bytes + first * width),
                        layout: columns.columns[place].layout
                    ),
                    count
                )
            case .kept(let kept, let meaning):
                guard let lanes = kept.lanes(meaning, block) else { continue }
                compare(ranking, lanes, count)
            case .storedCells(let place, let table):
                if columns.columns[place].layout.width == 1 {
                    Self.look(columns.bytes(place, UInt8.self), first, count, table, cells)
                } else {
                    Self.look(columns.bytes(place, UInt16.self), first, count, table, cells)
                }
                readCells(ranking)
            case .values(let table):
                search(ranking, table, derivation.values(ranking.column), count)
                readCells(ranking)
            }
        }
        for atom in setAtoms { readSet(atom, count) }
    }

    /// The lanes of a computed column of the block.
    mutating func values(_ column: Int) -> UnsafePointer<Int64> { derivation.values(column) }

    /// The sets of a column's atoms straight from the values as they are stored.
    private func compare(_ ranking: CellRanking, _ lanes: StoredLanes, _ count: Int) {
        let size = BitBlock.wordCount
        let (known, beside, more) = (scratch, scratch + size, scratch + 2 * size)
        if ranking.parts.contains(where: { slots[2 * $0.atom + 1] >= 0 }) {
            lanes.set(lanes.layout.knownCodes, count, cells, into: known)
        }
        for part in ranking.parts {
            let (yes, no) = (slots[2 * part.atom], slots[2 * part.atom + 1])
            let result = yes >= 0 ? sets + yes * size : beside
            let ranges = part.intervals.flatMap { lanes.layout.codes(of: $0) }
            if ranges.isEmpty { result.update(repeating: 0, count: size) }
            for (place, range) in ranges.enumerated() {
                lanes.set(range, count, cells, into: place == 0 ? result : more)
                guard place > 0 else { continue }
                for word in 0..<size { result[word] |= more[word] }
            }
            guard no >= 0 else { continue }
            let opposite = sets + no * size
            for word in 0..<size { opposite[word] = known[word] & ~result[word] }
        }
    }

    /// The cell of every value.
    private func search(
        _ ranking: CellRanking,
        _ table: (first: Int64, cells: [UInt8])?,
        _ values: UnsafePointer<Int64>,
        _ count: Int
    ) {
        guard let table else {
            for lane in 0..<count { cells[lane] = ranking.cell(of: values[lane]) }
            return
        }
        table.cells.withUnsafeBufferPointer { found in
            let last = Int64(found.count - 1)
            for lane in 0..<count {
                let value = values[lane]
                // Below the first cut is its own cell, beyond the last one the table's last.
                let place = value <= table.first ? 0 : min(value &- table.first, last)
                cells[lane] = value == FactCode.unknown ? 0 : found[Int(place)]
            }
        }
    }

    /// The sets of a column's atoms from the cells.
    private func readCells(_ ranking: CellRanking) {
        BitBlock.planes(cells, ranking.planeCount, into: planes)
        let known = scratch
        BitBlock.atLeast(1, planes, ranking.planeCount, into: known)
        for part in ranking.parts {
            if part.ranges.isEmpty {
                write(part.atom, known) { _ in 0 }
            } else {
                read(part, ranking.planeCount, known)
            }
        }
    }

    private static func look<Stored: UnsignedInteger & FixedWidthInteger>(
        _ stored: UnsafePointer<Stored>?,
        _ first: Int,
        _ count: Int,
        _ table: [UInt8],
        _ cells: UnsafeMutablePointer<UInt8>
    ) {
        guard let stored else { return }
        table.withUnsafeBufferPointer { table in
            guard let table = table.baseAddress else { return }
            for lane in 0..<count { cells[lane] = table[Int(stored[first + lane])] }
        }
    }

    /// The sets of one atom and of its opposite, from the planes.
    private func read(_ part: CellRanking.Part, _ planeCount: Int, _ known: BitBlock.Words) {
        let size = BitBlock.wordCount
        let yes = slots[2 * part.atom]
        // Where only the opposite is asked for, the set itself is made beside it.
        let result = yes >= 0 ? sets + yes * size : scratch + size
        let beyond = scratch + (depth + 1) * size
        for (place, range) in part.ranges.enumerated() {
            guard place == 0 else {
                add(range, planeCount, to: result)
                continue
            }
            BitBlock.atLeast(range.upperBound + 1, planes, planeCount, into: beyond)
            if range.lowerBound == 1 {
                for word in 0..<size { result[word] = known[word] & ~beyond[word] }
            } else {
                BitBlock.atLeast(range.lowerBound, planes, planeCount, into: result)
                for word in 0..<size { result[word] &= ~beyond[word] }
            }
        }
        let no = slots[2 * part.atom + 1]
        if no >= 0 {
            let opposite = sets + no * size
            for word in 0..<size { opposite[word] = known[word] & ~result[word] }
        }
    }

    private func add(_ range: ClosedRange<Int>, _ planeCount: Int, to result: BitBlock.Words) {
        let size = BitBlock.wordCount
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * size) { room in
            guard let low = room.baseAddress else { return }
            let high = low + size
            BitBlock.atLeast(range.lowerBound, planes, planeCount, into: low)
            BitBlock.atLeast(range.upperBound + 1, planes, planeCount, into: high)
            for word in 0..<size { result[word] |= low[word] & ~high[word] }
        }
    }

    private func write(_ atom: Int, _ known: BitBlock.Words, _ yes: (Int) -> UInt64) {
        let size = BitBlock.wordCount
        for word in 0..<size {
            let bits = yes(word) & known[word]
            if slots[2 * atom] >= 0 { sets[slots[2 * atom] * size + word] = bits }
            if slots[2 * atom + 1] >= 0 {
                sets[slots[2 * atom + 1] * size + word] = known[word] & ~bits
            }
        }
    }

    private mutating func readSet(_ place: Int, _ count: Int) {
        let atom = catalogue.atoms[place]
        let values = derivation.values(Int(atom.column))
        let known = scratch
        let yes = scratch + BitBlock.wordCount
        known.update(repeating: 0, count: BitBlock.wordCount)
        yes.update(repeating: 0, count: BitBlock.wordCount)
        for lane in 0..<count where values[lane] != FactCode.unknown {
            known[lane / 64] |= 1 << UInt64(lane % 64)
            if atom.truth(of: values[lane]) == .yes { yes[lane / 64] |= 1 << UInt64(lane % 64) }
        }
        write(place, known) { yes[$0] }
    }

    // MARK: Programmes

    /// Those of the block who fit a programme; the words are good until the next call.
    func fitting(_ programme: Int) -> UnsafePointer<UInt64> {
        let size = BitBlock.wordCount
        guard let root = roots[programme] else {
            scratch.update(repeating: 0, count: size)
            return UnsafePointer(scratch)
        }
        return catalogue.nodes.withUnsafeBufferPointer { nodes in
            UnsafePointer(evaluate(root, nodes, 0))
        }
    }

    private func evaluate(
        _ part: Int32,
        _ nodes: UnsafeBufferPointer<Int32>,
        _ level: Int
    ) -> BitBlock.Words {
        let size = BitBlock.wordCount
        if part >= 0 { return sets + slots[Int(part)] * size }
        let node = Int(~part)
        let isAll = nodes[node] == FormulaArena.all
        let result = scratch + level * size
        let count = Int(nodes[node + 1])
        guard count >= 2 else {
            guard count == 1 else {
                result.update(repeating: isAll ? ~0 : 0, count: size)
                return result
            }
            return evaluate(nodes[node + 2], nodes, level)
        }
        var place = 0
        while place < count {
            let left = evaluate(nodes[node + 2 + place], nodes, level + 1)
            // Literals come first and their sets stay where they are: two at a time.
            let isPair = place + 1 < count && nodes[node + 3 + place] >= 0
            let right = isPair ? evaluate(nodes[node + 3 + place], nodes, level + 1) : left
            switch (place == 0, isAll) {
            case (true, true): for word in 0..<size { result[word] = left[word] & right[word] }
            case (true, false): for word in 0..<size { result[word] = left[word] | right[word] }
            case (false, true): for word in 0..<size { result[word] &= left[word] & right[word] }
            case (false, false): for word in 0..<size { result[word] |= left[word] | right[word] }
            }
            place += isPair ? 2 : 1
        }
        return result
    }
}

extension Atom {
    var isOverSet: Bool { test == .hasAny || test == .hasAll }
}

/// What formulas look at.
struct FormulaWalk {
    private(set) var literals: Set<Int> = []
    private(set) var depth = 1

    init(_ nodes: [Int32], _ roots: [Int32]) {
        for root in roots { visit(root, nodes, 1) }
    }

    private mutating func visit(_ part: Int32, _ nodes: [Int32], _ level: Int) {
        depth = max(depth, level)
        guard part < 0 else {
            literals.insert(Int(part))
            return
        }
        let node = Int(~part)
        for place in 0..<Int(nodes[node + 1]) { visit(nodes[node + 2 + place], nodes, level + 1) }
    }
}
