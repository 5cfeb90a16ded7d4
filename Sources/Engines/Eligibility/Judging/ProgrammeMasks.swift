/// Every programme at once for one person: for each literal the programmes that need it, a bit each.
///
/// Most programmes ask for a plain list of things. One that does not hold takes all programmes that
/// need it out in a few words; only conditions with groups are walked.
struct ProgrammeMasks: Sendable {
    private let wordCount: Int
    /// For each literal its programmes.
    private let words: [UInt64]
    /// Programmes whose condition has groups.
    private let grouped: [(programme: Int, root: Int32)]
    private let resting: [Int]
    private let programmeCount: Int

    init(_ roots: [Int32?], _ catalogue: CompiledCatalogue) {
        programmeCount = roots.count
        wordCount = (roots.count + 63) / 64
        var words = [UInt64](repeating: 0, count: catalogue.atoms.count * 2 * wordCount)
        var grouped: [(programme: Int, root: Int32)] = []
        var resting: [Int] = []
        for (programme, root) in roots.enumerated() {
            guard let root else {
                resting.append(programme)
                continue
            }
            for part in Self.needs(root, catalogue.nodes) {
                if part < 0 {
                    if grouped.last?.programme != programme { grouped.append((programme, root)) }
                } else {
                    words[Int(part) * wordCount + programme / 64] |= 1 << UInt64(programme % 64)
                }
            }
        }
        self.words = words
        self.grouped = grouped
        self.resting = resting
    }

    /// What a root needs all of.
    private static func needs(_ root: Int32, _ nodes: [Int32]) -> [Int32] {
        guard root < 0, nodes[Int(~root)] == FormulaArena.all else { return [root] }
        let start = Int(~root)
        return Array(nodes[(start + 2)..<(start + 2 + Int(nodes[start + 1]))])
    }

    /// The verdicts from the truth of literals; `truth` walks a condition with groups.
    func verdicts(_ literals: [UInt8], _ truth: (Int32) -> Verdict) -> [Verdict] {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * wordCount + 1) { room in
            room.initialize(repeating: 0)
            collect(literals, room)
            return [Verdict](unsafeUninitializedCapacity: programmeCount) { verdicts, count in
                for programme in 0..<programmeCount {
                    let (word, bit) = (programme / 64, UInt64(programme % 64))
                    let fails = room[word] &>> bit & 1
                    let isOpen = room[wordCount + word] &>> bit & 1
                    verdicts.initializeElement(
                        at: programme,
                        to: fails == 1 ? .ineligible : isOpen == 1 ? .undecided : .eligible
                    )
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
    private func collect(_ literals: [UInt8], _ room: UnsafeMutableBufferPointer<UInt64>) {
        words.withUnsafeBufferPointer { words in
            literals.withUnsafeBufferPointer { literals in
                for atom in 0..<(literals.count / 2) {
                    let truth = literals[2 * atom]
                    if truth == Truth.unknown.rawValue {
                        let start = 2 * atom * wordCount
                        for word in 0..<wordCount {
                            room[wordCount + word] |=
                                words[start + word] | words[start + wordCount + word]
                        }
                    } else {
                        // The literal that fails is the opposite of the one that holds.
                        let failing = 2 * atom + (truth == Truth.yes.rawValue ? 1 : 0)
                        let start = failing * wordCount
                        for word in 0..<wordCount { room[word] |= words[start + word] }
                    }
                }
            }
        }
    }
}
