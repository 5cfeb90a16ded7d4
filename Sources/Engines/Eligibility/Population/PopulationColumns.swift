import Basics

/// What is known of every resident: a narrow column of whole numbers for each fact, and who lives with whom.
///
/// The file lies in memory as it is; nothing is read that nobody asks for. A column keeps a value as its distance
/// from the smallest in 1, 2, 4 or 8 bytes, 0 for what is not known. A kind of household is a list a resident:
/// the members, the resident first, and what each is to the resident; an empty list is not known.
public final class PopulationColumns: Sendable {
    /// The columns hold at most this many residents.
    public static let maximumResidentCount = 200_000_000

    static let magic: UInt64 = 0x3130_504F_5049_4148

    struct Column: Sendable {
        /// The fact, by its name: a catalogue that changes finds its own.
        var fact: String
        var layout: ValueLayout
        var offset: Int
    }

    struct Graph: Sendable {
        var household: String
        /// Where each resident's list begins, one more than residents, then the members, then the relations.
        var starts: Int
        var members: Int
        var relations: Int
    }

    /// How many residents there are.
    public let residentCount: Int
    let columns: [Column]
    let graphs: [Graph]
    private let file: MappedFile

    /// Opens a file of columns.
    ///
    /// - Throws: `EligibilityError` `unreadable`.
    public init(_ path: String) throws {
        file = try MappedFile(path)
        var reader = HeaderReader(file, path)
        guard try reader.number() == Int(Self.magic) else { throw MappedFile.unreadable(path) }
        let count = try reader.number()
        guard (0...Self.maximumResidentCount).contains(count) else {
            throw MappedFile.unreadable(path)
        }
        residentCount = count
        columns = try reader.list {
            let name = try $0.text()
            let layout = ValueLayout(
                width: try $0.number(),
                base: Int64(try $0.number()),
                absentCode: UInt64(try $0.number()),
                absentValue: Int64(try $0.number())
            )
            guard [1, 2, 4, 8].contains(layout.width) else { throw MappedFile.unreadable(path) }
            let column = Column(fact: name, layout: layout, offset: try $0.number())
            try $0.check(column.offset, count * layout.width)
            return column
        }
        graphs = try reader.list {
            let graph = Graph(
                household: try $0.text(),
                starts: try $0.number(),
                members: try $0.number(),
                relations: try $0.number()
            )
            let memberCount = try $0.number()
            try $0.check(graph.starts, (count + 1) * 4)
            try $0.check(graph.members, memberCount * 4)
            try $0.check(graph.relations, memberCount)
            return graph
        }
    }

    /// The stored bytes of a column.
    func bytes<Value>(_ column: Int, _ type: Value.Type) -> UnsafePointer<Value>? {
        file.pointer(columns[column].offset, type)
    }

    /// The value of a column for a resident.
    @inline(__always)
    func value(_ column: Int, of resident: Int) -> Int64 {
        let layout = columns[column].layout
        return layout.value(of: stored(column, of: resident))
    }

    /// The values of a column for residents one after the other.
    func read(
        _ column: Int,
        from first: Int,
        count: Int,
        into values: UnsafeMutablePointer<Int64>
    ) {
        fill(column, count, into: values) { first + $0 }
    }

    /// The values of a column for residents of anywhere.
    func gather(
        _ column: Int,
        of residents: UnsafeBufferPointer<UInt32>,
        into values: UnsafeMutablePointer<Int64>
    ) {
        fill(column, residents.count, into: values) { Int(residents[$0]) }
    }

    /// Asks once how wide a column is, not for every value.
    @inline(__always)
    private func fill(
        _ column: Int,
        _ count: Int,
        into values: UnsafeMutablePointer<Int64>,
        _ resident: (Int) -> Int
    ) {
        let layout = columns[column].layout
        func fill<Stored: FixedWidthInteger & UnsignedInteger>(_ type: Stored.Type) {
            guard let stored = bytes(column, type) else { return }
            if layout.absentCode == 0 {
                // Without what nobody has, a value is a sum and a choice, several lanes at once.
                let offset = layout.base &- 1
                for place in 0..<count {
                    let code = Int64(truncatingIfNeeded: stored[resident(place)])
                    values[place] = code == 0 ? FactCode.unknown : offset &+ code
                }
                return
            }
            for place in 0..<count {
                values[place] = layout.value(of: UInt64(stored[resident(place)]))
            }
        }
        switch layout.width {
        case 1: fill(UInt8.self)
        case 2: fill(UInt16.self)
        case 4: fill(UInt32.self)
        default: fill(UInt64.self)
        }
    }

    private func stored(_ column: Int, of resident: Int) -> UInt64 {
        switch columns[column].layout.width {
        case 1: bytes(column, UInt8.self).map { UInt64($0[resident]) } ?? 0
        case 2: bytes(column, UInt16.self).map { UInt64($0[resident]) } ?? 0
        case 4: bytes(column, UInt32.self).map { UInt64($0[resident]) } ?? 0
        default: bytes(column, UInt64.self).map { $0[resident] } ?? 0
        }
    }

    /// Where the lists of a kind of household lie.
    func lists(
        _ graph: Graph
    ) -> (
        starts: UnsafePointer<UInt32>, members: UnsafePointer<UInt32>,
        relations: UnsafePointer<UInt8>
    )? {
        guard let starts = file.pointer(graph.starts, UInt32.self),
            let members = file.pointer(graph.members, UInt32.self),
            let relations = file.pointer(graph.relations, UInt8.self)
        else { return nil }
        return (starts, members, relations)
    }
}

/// How values lie in a column.
struct ValueLayout: Sendable {
    var width: Int
    /// The value that is stored as 1.
    var base: Int64
    /// What is stored where nobody has the fact; 0 where everybody has one.
    var absentCode: UInt64
    var absentValue: Int64

    @inline(__always)
    func value(of stored: UInt64) -> Int64 {
        if stored == 0 { return FactCode.unknown }
        if stored == absentCode { return absentValue }
        return base &+ Int64(bitPattern: stored) &- 1
    }

    /// What is stored for a value; nil where the column has no room for it.
    func stored(_ value: Int64) -> UInt64? {
        if value == FactCode.unknown { return 0 }
        if absentCode != 0, value == absentValue { return absentCode }
        let (distance, overflow) = value.subtractingReportingOverflow(base)
        guard !overflow, distance >= 0 else { return nil }
        let stored = UInt64(distance) + 1
        let limit = width == 8 ? UInt64.max : (1 << UInt64(width * 8)) - 1
        return stored <= limit && (absentCode == 0 || stored != absentCode) ? stored : nil
    }

    /// The narrowest layout for a range of values.
    init(_ range: ClosedRange<Int64>, absentValue: Int64?) {
        let span = UInt64(bitPattern: range.upperBound &- range.lowerBound)
        // One more for what is not known, and one for what nobody has.
        let last = span &+ 2
        width = last <= 0xFF ? 1 : last <= 0xFFFF ? 2 : last <= 0xFFFF_FFFF ? 4 : 8
        base = range.lowerBound
        absentCode = absentValue == nil ? 0 : last
        self.absentValue = absentValue ?? 0
    }

    init(width: Int, base: Int64, absentCode: UInt64, absentValue: Int64) {
        self.width = width
        self.base = base
        self.absentCode = absentCode
        self.absentValue = absentValue
    }
}

/// Reads numbers and names from a place in a file on, and refuses to leave it.
struct HeaderReader {
    static let maximumListCount = 20_000
    static let maximumTextByteCount = 65_536

    private let file: MappedFile
    private let path: String
    private var offset: Int

    init(_ file: MappedFile, _ path: String, at offset: Int = 0) {
        self.file = file
        self.path = path
        self.offset = offset
    }

    func check(_ offset: Int, _ byteCount: Int) throws {
        guard offset >= 0, byteCount >= 0, offset <= file.count, byteCount <= file.count - offset
        else { throw MappedFile.unreadable(path) }
    }

    mutating func number() throws -> Int {
        try check(offset, 8)
        defer { offset += 8 }
        return file.pointer(offset, Int.self)?.pointee ?? 0
    }

    mutating func text() throws -> String {
        let count = try number()
        guard (0...Self.maximumTextByteCount).contains(count) else {
            throw MappedFile.unreadable(path)
        }
        let padded = (count + 7) & ~7
        try check(offset, padded)
        defer { offset += padded }
        guard let bytes = file.pointer(offset, UInt8.self),
            let text = String(
                validating: UnsafeBufferPointer(start: bytes, count: count),
                as: UTF8.self
            )
        else { throw MappedFile.unreadable(path) }
        return text
    }

    mutating func list<Element>(
        _ element: (inout HeaderReader) throws -> Element
    ) throws -> [Element] {
        let count = try number()
        guard (0...Self.maximumListCount).contains(count) else {
            throw MappedFile.unreadable(path)
        }
        var result: [Element] = []
        for _ in 0..<count { result.append(try element(&self)) }
        return result
    }
}
