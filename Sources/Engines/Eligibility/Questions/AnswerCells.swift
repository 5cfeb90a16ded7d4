import Basics

/// The answers to a question that matter: one for each way in which the rules' comparisons can come out.
struct AnswerCells {
    /// How many values of an ordered fact are tried before boundaries are searched.
    static let gridCount = 16
    /// How many different answers are told apart.
    static let maximumCellCount = 24

    private let catalogue: CompiledCatalogue
    /// The columns of the programmes that are still open.
    private let columns: Set<Int>

    init(_ catalogue: CompiledCatalogue, columns: Set<Int>) {
        self.catalogue = catalogue
        self.columns = columns
    }

    /// One answer for each cell, in the order of the values.
    func answers(to fact: Int, _ sheet: FactSheet) -> [Int64] {
        let atoms = catalogue.atomsAfter[fact].filter {
            columns.contains(Int(catalogue.atoms[$0].column))
        }
        let definition = catalogue.catalogue.facts[fact]
        var cells = Cells(atoms: atoms, sheet: sheet, fact: fact)
        switch definition.type {
        case .bool: return [0, 1]
        case .choice(let list):
            for index in list.choices.indices { cells.add(Int64(index)) }
        case .set:
            for mask in Self.masks(atoms.map { catalogue.atoms[$0] }) { cells.add(mask) }
        case .integer, .money, .date, .months, .percent:
            if let absence = definition.absence {
                cells.add(FactCode.absent(definition.type, absence))
            }
            addOrdered(definition, fact, atoms, sheet, &cells)
        }
        return Array(cells.answers.prefix(Self.maximumCellCount))
    }

    /// The empty set, each choice a rule looks at, and all of them.
    private static func masks(_ atoms: [Atom]) -> [Int64] {
        let used = atoms.filter { $0.test == .hasAny || $0.test == .hasAll }
            .reduce(Int64(0)) { $0 | $1.constant }
        let bits = (0..<Int64(62)).map { Int64(1) << $0 }.filter { used & $0 != 0 }
        return [0] + bits + [used]
    }

    private func addOrdered(
        _ definition: FactDefinition,
        _ fact: Int,
        _ atoms: [Int],
        _ sheet: FactSheet,
        _ cells: inout Cells
    ) {
        let (lowest, highest) = Self.bounds(definition, on: Int64(sheet.date.daysSinceEpoch))
        var probes: Set<Int64> = [lowest, highest]
        let isDerivedFrom = atoms.contains { Int(catalogue.atoms[$0].column) != fact }
        for atom in atoms.map({ catalogue.atoms[$0] }) where Int(atom.column) == fact {
            for value in [atom.constant, atom.constant + 1, atom.constant - 1] {
                if (lowest...highest).contains(value) { probes.insert(value) }
            }
        }
        if isDerivedFrom, highest > lowest {
            let step = max(1, (highest - lowest) / Int64(Self.gridCount))
            var value = lowest
            while value < highest {
                probes.insert(value)
                value += step
            }
        }
        let sorted = probes.sorted()
        for value in sorted { cells.add(value) }
        // Where another answer is missing, no boundary shows yet: both ends stand for what may come.
        if let last = sorted.last { cells.addWhereUndecided(last) }
        guard isDerivedFrom else { return }
        for (low, high) in zip(sorted, sorted.dropFirst()) {
            addBoundaries(between: low, and: high, &cells)
        }
    }

    /// Finds where the comparisons change between two values that differ in them.
    private func addBoundaries(between low: Int64, and high: Int64, _ cells: inout Cells) {
        let end = cells.signature(of: high)
        var bad = low
        // Each round finds one boundary: the last value that compares as `bad` does.
        for _ in 0..<Self.maximumCellCount {
            let start = cells.signature(of: bad)
            if start == end { return }
            var (same, other) = (bad, high)
            while other - same > 1 {
                let middle = same + (other - same) / 2
                if cells.signature(of: middle) == start { same = middle } else { other = middle }
            }
            cells.add(other)
            bad = other
        }
    }

    /// How many answers there could be to a fact on a day, as far as they are in an order.
    static func breadth(of fact: FactDefinition, on date: LocalDate) -> Int64 {
        switch fact.type {
        case .bool, .choice, .set: return 0
        case .integer, .money, .date, .months, .percent:
            let (lowest, highest) = bounds(fact, on: Int64(date.daysSinceEpoch))
            return highest - lowest
        }
    }

    private static func bounds(_ fact: FactDefinition, on today: Int64) -> (Int64, Int64) {
        let (lowest, highest): (Int64, Int64) =
            switch fact.type {
            case .money: (0, 10_000_000_000)
            case .date: (today - 36_525, today + 3_653)
            case .percent: (0, FactCode.percent(hundredths: 100_000))
            default: (0, 1_000)
            }
        let last = fact.range.endsToday ? today : fact.range.highest ?? highest
        return (min(fact.range.lowest ?? lowest, last), last)
    }

    /// Answers told apart by how every comparison comes out.
    private struct Cells {
        let atoms: [Int]
        var sheet: FactSheet
        let fact: Int
        private(set) var answers: [Int64] = []
        private var seen: Set<[UInt8]> = []

        init(atoms: [Int], sheet: FactSheet, fact: Int) {
            self.atoms = atoms
            self.sheet = sheet
            self.fact = fact
        }

        mutating func signature(of value: Int64) -> [UInt8] {
            sheet.set(fact, value)
            return atoms.map { index in
                let atom = sheet.catalogue.atoms[index]
                return atom.truth(of: sheet.values[Int(atom.column)]).rawValue
            }
        }

        mutating func addWhereUndecided(_ value: Int64) {
            let isUndecided = signature(of: value).contains(Truth.unknown.rawValue)
            if isUndecided, !answers.contains(value) { answers.append(value) }
        }

        mutating func add(_ value: Int64) {
            if seen.insert(signature(of: value)).inserted { answers.append(value) }
        }
    }
}
