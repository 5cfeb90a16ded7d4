public import Basics

/// The versions in force on one day and room to judge in: one judge for one thread.
///
/// `verdicts` is the fast way: every programme for one person, nothing but the verdicts.
public struct Judge: Sendable {
    /// The rules.
    public let catalogue: CompiledCatalogue
    /// The day of the applications that are judged.
    public let date: LocalDate
    /// The version of each programme, -1 where none is in force.
    let inForce: [Int?]
    private let masks: ProgrammeMasks
    private var literals: [UInt8]

    /// Makes ready for applications of a day.
    public init(_ catalogue: CompiledCatalogue, on date: LocalDate) {
        self.catalogue = catalogue
        self.date = date
        inForce = catalogue.versionsInForce(on: Int64(date.daysSinceEpoch))
        masks = ProgrammeMasks(
            inForce.map { $0.map { catalogue.versions[$0].root } },
            catalogue
        )
        literals = Array(repeating: 1, count: catalogue.atoms.count * 2)
    }

    /// What every programme says, in the order of the catalogue.
    ///
    /// The sheet must be of the judge's day.
    public mutating func verdicts(of sheet: FactSheet) -> [Verdict] {
        if !masks.groupedAtoms.isEmpty { readAtoms(sheet, masks.groupedAtoms) }
        return masks.verdicts(sheet.values) { truth(of: $0) }
    }

    /// What reasons are told from, after `readAtoms`.
    func basis(_ sheet: FactSheet) -> Judgement.Basis {
        Judgement.Basis(catalogue, inForce, literals, sheet)
    }

    /// What one programme says.
    mutating func verdict(of programme: Int, _ sheet: FactSheet) -> Verdict {
        readAtoms(sheet)
        return inForce[programme].map { truth(of: catalogue.versions[$0].root(for: sheet)) }
            ?? .notInForce
    }

    /// The truth of every atom and of its opposite.
    mutating func readAtoms(_ sheet: FactSheet) {
        readAtoms(sheet, catalogue.atoms.indices)
    }

    /// The truth of some atoms and of their opposites; the others are left as they were.
    private mutating func readAtoms(_ sheet: FactSheet, _ places: some Sequence<Int>) {
        sheet.values.withUnsafeBufferPointer { values in
            literals.withUnsafeMutableBufferPointer { literals in
                catalogue.atoms.withUnsafeBufferPointer { atoms in
                    for index in places {
                        let truth = atoms[index].truth(of: values[Int(atoms[index].column)])
                        literals[2 * index] = truth.rawValue
                        literals[2 * index + 1] = 2 - truth.rawValue
                    }
                }
            }
        }
    }

    /// The verdict of a root after `readAtoms`.
    func truth(of root: Int32) -> Verdict {
        catalogue.nodes.withUnsafeBufferPointer { nodes in
            literals.withUnsafeBufferPointer { Self.verdict(root, nodes, $0) }
        }
    }

    /// The truth of a part after `readAtoms`.
    func truth(ofPart part: Int32) -> Truth {
        catalogue.nodes.withUnsafeBufferPointer { nodes in
            literals.withUnsafeBufferPointer { literals in
                Truth(rawValue: Self.raw(part, nodes, literals)) ?? .unknown
            }
        }
    }

    static func raw(
        _ part: Int32,
        _ nodes: UnsafeBufferPointer<Int32>,
        _ literals: UnsafeBufferPointer<UInt8>
    ) -> UInt8 {
        if part >= 0 { return literals[Int(part)] }
        guard let nodes = nodes.baseAddress else { return Truth.unknown.rawValue }
        // A catalogue of rules without a clause has no literal, and no node looks at one.
        guard let literals = literals.baseAddress else {
            return nodes[Int(~part)] == FormulaArena.all ? 2 : 0
        }
        return FormulaEvaluation.truth(part, nodes, literals)
    }

    private static func verdict(
        _ root: Int32,
        _ nodes: UnsafeBufferPointer<Int32>,
        _ literals: UnsafeBufferPointer<UInt8>
    ) -> Verdict {
        switch raw(root, nodes, literals) {
        case 0: return .ineligible
        case 2: return .eligible
        default: return .undecided
        }
    }
}
