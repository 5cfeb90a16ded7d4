/// Every programme at once for one person: for each cell of a column the programmes that fail there, a bit each.
///
/// Most programmes ask for a plain list of things. The thresholds of a column cut its values into cells (see
/// `CellRanking`), and a person lies in one of them: the programmes that fail are a few words a column.
/// Only conditions with groups are walked.
struct ProgrammeMasks: Sendable {
    /// A column's cells: their rows of words lie one after the other, what is not known first.
    private struct Cells {
        var ranking: CellRanking
        var row: Int
    }

    private let programmeCount: Int
    private let wordCount: Int
    private var cells: [Cells] = []
    /// Atoms over sets, which have no order: a row for what is not known, one where it holds, one where not.
    private var setAtoms: [(atom: Atom, row: Int)] = []
    private var words: [UInt64] = []
    /// Programmes whose condition has groups.
    private let grouped: [(programme: Int, root: Int32)]
    private let resting: [Int]
    /// The atoms that the groups look at.
    let groupedAtoms: [Int]

    init(_ roots: [Int32?], _ catalogue: CompiledCatalogue) {
        programmeCount = roots.count
        wordCount = (roots.count + 63) / 64
        var needed: [Int: [Int]] = [:]
        var grouped: [(programme: Int, root: Int32)] = []
        for (programme, root) in roots.enumerated() {
            guard let root else { continue }
            for part in Self.needs(root, catalogue.nodes) {
                if part >= 0 {
                    needed[Int(part), default: []].append(programme)
                } else if grouped.last?.programme != programme {
                    grouped.append((programme, root))
                }
            }
        }
        self.grouped = grouped
        resting = roots.indices.filter { roots[$0] == nil }
        let walk = FormulaWalk(catalogue.nodes, grouped.map(\.root))
        groupedAtoms = Set(walk.literals.map { $0 / 2 }).sorted()
        addRows(needed, catalogue.atoms)
    }

    /// What a root needs all of.
    private static func needs(_ root: Int32, _ nodes: [Int32]) -> [Int32] {
        guard root < 0, nodes[Int(~root)] == FormulaArena.all else { return [root] }
        let start = Int(~root)
        return Array(nodes[(start + 2)..<(start + 2 + Int(nodes[start + 1]))])
    }

    /// Lays out the rows: `needed` has for each literal the programmes that need it.
    private mutating func addRows(_ needed: [Int: [Int]], _ atoms: [Atom]) {
        let places = Set(needed.keys.map { $0 / 2 }).sorted()
        let byColumn = Dictionary(grouping: places.filter { !atoms[$0].isOverSet }) {
            Int(atoms[$0].column)
        }
        for (column, places) in byColumn.sorted(by: { $0.key < $1.key }) {
            for ranking in CellRanking.rankings(column, places.map { ($0, atoms[$0]) }) {
                let row = addRows(count: ranking.cuts.count + 2)
                cells.append(Cells(ranking: ranking, row: row))
                for part in ranking.parts {
                    let literals = (needed[2 * part.atom] ?? [], needed[2 * part.atom + 1] ?? [])
                    mark(literals.0 + literals.1, row)
                    for cell in 1..<(ranking.cuts.count + 2) {
                        let holds = part.ranges.contains { $0.contains(cell) }
                        mark(holds ? literals.1 : literals.0, row + cell)
                    }
                }
            }
        }
        for place in places where atoms[place].isOverSet {
            let row = addRows(count: 3)
            setAtoms.append((atoms[place], row))
            let literals = (needed[2 * place] ?? [], needed[2 * place + 1] ?? [])
            mark(literals.0 + literals.1, row)
            mark(literals.1, row + 1)
            mark(literals.0, row + 2)
        }
    }

    private mutating func addRows(count: Int) -> Int {
        defer { words += [UInt64](repeating: 0, count: count * wordCount) }
        return wordCount == 0 ? 0 : words.count / wordCount
    }

    private mutating func mark(_ programmes: [Int], _ row: Int) {
        for programme in programmes {
            words[row * wordCount + programme / 64] |= 1 << UInt64(programme % 64)
        }
    }

    /// The verdicts from the values of columns; `truth` walks a condition with groups.
    func verdicts(_ values: [Int64], _ truth: (Int32) -> Verdict) -> [Verdict] {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * wordCount + 1) { room in
            room.initialize(repeating: 0)
            collect(values, room)
            return [Verdict](unsafeUninitializedCapacity: programmeCount) { verdicts, count in
                for word in 0..<wordCount {
                    var (fails, open) = (room[word], room[wordCount + word])
                    for programme in (word * 64)..<min(word * 64 + 64, programmeCount) {
                        verdicts.initializeElement(
                            at: programme,
                            to: fails & 1 == 1
                                ? .ineligible : open & 1 == 1 ? .undecided : .eligible
                        )
                        fails &>>= 1
                        open &>>= 1
                    }
                }
                for (programme, root) in grouped where verdicts[programme] != .ineligible {
                    verdicts[programme] = truth(root)
                }
                for programme in resting { verdicts[programme] = .notInForce }
                count = programmeCount
            }
        }
    }

    /// The programmes that fail, and after them those that something unknown leaves open.
    private func collect(_ values: [Int64], _ room: UnsafeMutableBufferPointer<UInt64>) {
        guard let room = room.baseAddress else { return }
        words.withUnsafeBufferPointer { words in
            guard let words = words.baseAddress else { return }
            values.withUnsafeBufferPointer { values in
                for cells in cells {
                    let cell = Int(cells.ranking.cell(of: values[cells.ranking.column]))
                    add(words + (cells.row + cell) * wordCount, isOpen: cell == 0, to: room)
                }
                for (atom, row) in setAtoms {
                    let truth = atom.truth(of: values[Int(atom.column)])
                    let place = truth == .unknown ? 0 : truth == .yes ? 1 : 2
                    add(words + (row + place) * wordCount, isOpen: place == 0, to: room)
                }
            }
        }
    }

    @inline(__always)
    private func add(
        _ row: UnsafePointer<UInt64>,
        isOpen: Bool,
        to room: UnsafeMutablePointer<UInt64>
    ) {
        let sums = isOpen ? room + wordCount : room
        for word in 0..<wordCount { sums[word] |= row[word] }
    }
}
