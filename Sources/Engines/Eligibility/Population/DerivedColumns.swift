public import Basics

/// What followed from the columns on the day of a pass, for everybody: a rule that changes later looks there
/// and computes no age and no household anew.
///
/// A column is a piece a block, each as narrow as its values allow, and is found by what it means, not by its
/// place: a catalogue in which a fact follows otherwise does not find it.
public final class DerivedColumns: Sendable {
    fileprivate static let magic = 0x3130_5652_4544_4148

    struct Piece: Sendable {
        var offset: Int
        var layout: ValueLayout
    }

    /// The day for which it was computed.
    public let date: LocalDate
    let residentCount: Int
    private let columns: [String: [Piece]]
    private let file: MappedFile

    /// Opens what a pass kept.
    ///
    /// - Throws: `EligibilityError` `unreadable`.
    public init(_ path: String) throws {
        let file = try MappedFile(path)
        guard file.count >= 16, file.count % 8 == 0 else { throw MappedFile.unreadable(path) }
        var tail = HeaderReader(file, path, at: file.count - 16)
        var reader = HeaderReader(file, path, at: try tail.number())
        guard try tail.number() == Self.magic else { throw MappedFile.unreadable(path) }
        let count = try reader.number()
        guard (0...PopulationColumns.maximumResidentCount).contains(count) else {
            throw MappedFile.unreadable(path)
        }
        let size = BitBlock.residentCount
        date = LocalDate(daysSinceEpoch: try reader.number())
        let entries = try reader.list { reader in
            let meaning = try reader.text()
            let pieces = try (0..<((count + size - 1) / size)).map { block in
                let piece = Piece(
                    offset: try reader.number(),
                    layout: ValueLayout(
                        width: try reader.number(),
                        base: Int64(try reader.number()),
                        absentCode: 0,
                        absentValue: 0
                    )
                )
                guard [1, 2, 4, 8].contains(piece.layout.width),
                    piece.offset % piece.layout.width == 0
                else { throw MappedFile.unreadable(path) }
                let lanes = min(size, count - block * size)
                try reader.check(piece.offset, lanes * piece.layout.width)
                return piece
            }
            return (meaning, pieces)
        }
        residentCount = count
        columns = Dictionary(entries) { first, _ in first }
        self.file = file
    }

    /// Whether a column is kept.
    func has(_ meaning: String) -> Bool { columns[meaning] != nil }

    /// The lanes of a block.
    func lanes(_ meaning: String, _ block: Int) -> StoredLanes? {
        guard let piece = columns[meaning]?[block],
            let address = file.pointer(piece.offset, UInt8.self)
        else { return nil }
        return StoredLanes(address: UnsafeRawPointer(address), layout: piece.layout)
    }
}

/// Writes what follows from the columns, block by block in any order.
struct DerivedWriter: ~Copyable {
    private var file: OutputFile
    private var pieces: [[DerivedColumns.Piece]]

    init(_ path: String, columnCount: Int, blockCount: Int) throws {
        file = try OutputFile(path)
        let none = DerivedColumns.Piece(
            offset: 0,
            layout: ValueLayout(0...0, absentValue: nil)
        )
        pieces = Array(repeating: Array(repeating: none, count: blockCount), count: columnCount)
    }

    mutating func append(_ block: Int, _ narrow: NarrowLanes) throws {
        let start = file.count
        try narrow.bytes.withUnsafeBytes { try file.append($0) }
        for (column, piece) in narrow.pieces.enumerated() {
            pieces[column][block] = .init(offset: start + piece.offset, layout: piece.layout)
        }
    }

    mutating func finish(_ meanings: [String], residentCount: Int, date: Int) throws {
        let start = file.count
        var table = [residentCount, date, meanings.count]
        for (meaning, blocks) in zip(meanings, pieces) {
            table.append(text: meaning)
            for piece in blocks {
                table += [piece.offset, piece.layout.width, Int(piece.layout.base)]
            }
        }
        try file.append(table + [start, DerivedColumns.magic])
    }
}

/// The columns of one block, each as narrow as its values allow, whole words of bytes.
struct NarrowLanes {
    private(set) var bytes: [UInt64] = []
    private(set) var pieces: [DerivedColumns.Piece] = []

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        pieces.removeAll(keepingCapacity: true)
    }

    mutating func append(_ lanes: UnsafePointer<Int64>, _ count: Int) {
        var (low, high) = (Int64.max, Int64.min)
        for lane in 0..<count where lanes[lane] != FactCode.unknown {
            low = min(low, lanes[lane])
            high = max(high, lanes[lane])
        }
        let layout = ValueLayout(low <= high ? low...high : 0...0, absentValue: nil)
        let start = bytes.count
        pieces.append(.init(offset: start * 8, layout: layout))
        bytes += repeatElement(0, count: (count * layout.width + 7) / 8)
        bytes.withUnsafeMutableBytes { room in
            guard let base = room.baseAddress?.advanced(by: start * 8) else { return }
            switch layout.width {
            case 1: Self.write(lanes, count, layout, base.assumingMemoryBound(to: UInt8.self))
            case 2: Self.write(lanes, count, layout, base.assumingMemoryBound(to: UInt16.self))
            case 4: Self.write(lanes, count, layout, base.assumingMemoryBound(to: UInt32.self))
            default: Self.write(lanes, count, layout, base.assumingMemoryBound(to: UInt64.self))
            }
        }
    }

    @inline(__always)
    private static func write<Stored: FixedWidthInteger & UnsignedInteger>(
        _ lanes: UnsafePointer<Int64>,
        _ count: Int,
        _ layout: ValueLayout,
        _ stored: UnsafeMutablePointer<Stored>
    ) {
        let offset = layout.base &- 1
        for lane in 0..<count {
            let value = lanes[lane]
            stored[lane] =
                value == FactCode.unknown ? 0 : Stored(truncatingIfNeeded: value &- offset)
        }
    }
}

extension CompiledCatalogue {
    /// What a column computes, in words that are the same wherever it stands.
    func meaning(of column: Int) -> String {
        let name = column < catalogue.facts.count ? catalogue.facts[column].name : ""
        guard let derivation = derivations.first(where: { $0.column == column }) else {
            return name
        }
        return "\(name)=(\(meaning(of: derivation.program)))"
    }

    private func meaning(of program: Program) -> String {
        code[program.start..<program.end].map { instruction in
            let place = Int(instruction.operand)
            let operand: String =
                switch instruction.operation {
                case .fact, .applicantFact: meaning(of: place)
                case .lookup, .lookupByKey: "\(parameters[place].entries.map(\.meaning))"
                case .members: meaning(of: aggregates[place])
                default: "\(place)"
                }
            return "\(instruction.operation) \(instruction.count) \(operand)"
        }.joined(separator: ";")
    }

    private func meaning(of aggregate: CompiledAggregate) -> String {
        let household = catalogue.households[aggregate.household].name
        let parts = [aggregate.value, aggregate.filter].map { $0.map(meaning) ?? "" }
        return "\(aggregate.kind) \(household) \(aggregate.empty) (\(parts[0]))(\(parts[1]))"
    }
}

extension ParameterDefinition.Entry {
    fileprivate var meaning: String {
        "\(from) \(firstKey) \(values) \(eachMore.map { "\($0)" } ?? "")"
    }
}
