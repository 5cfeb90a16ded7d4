public import Basics

/// Who fits which programme: a file that a later pass is compared with.
///
/// A block of residents is a piece of the file: for each programme where its set begins in the piece, then the
/// sets, each written as nothing, everybody, a short list of places, or bits. Sets of single programmes that were
/// matched again lie behind the blocks and stand in the place of theirs. The last words say where the table is.
public final class PopulationMatches: Sendable {
    static let magic: UInt64 = 0x3230_4843_544D_4148

    /// The programmes by name, in the order of their sets.
    public let programmes: [String]
    /// How many residents there are.
    public let residentCount: Int
    /// The day of the applications that were judged.
    public let date: LocalDate
    let blockOffsets: [UInt64]
    /// Where the sets of single programmes lie, by programme and block.
    let replaced: [Int: [UInt64]]
    private let file: MappedFile
    private let path: String

    /// Opens a file of matches.
    ///
    /// - Throws: `EligibilityError` `unreadable`.
    public init(_ path: String) throws {
        file = try MappedFile(path)
        self.path = path
        let table = try MatchTable(file, path)
        programmes = table.programmes
        residentCount = table.residentCount
        date = LocalDate(daysSinceEpoch: table.date)
        blockOffsets = table.blockOffsets
        replaced = table.replaced
    }

    var blockCount: Int { blockOffsets.count }

    /// The set of one programme in a block, as words.
    func read(_ programme: Int, _ block: Int, into words: BitBlock.Words) {
        if let offsets = replaced[programme] { return decode(Int(offsets[block]), into: words) }
        let start = Int(blockOffsets[block])
        let place = start + programme * MatchSet.offsetByteCount
        guard start >= 0, place >= 0, place % MatchSet.offsetByteCount == 0,
            place + MatchSet.offsetByteCount <= file.count,
            let offset = file.pointer(place, UInt32.self)?.pointee
        else { return words.update(repeating: 0, count: BitBlock.wordCount) }
        decode(start + Int(offset), into: words)
    }

    /// The numbers of the residents who fit a programme.
    public func residents(fitting name: String) -> [Int] {
        guard let programme = programmes.firstIndex(of: name) else { return [] }
        var result: [Int] = []
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: BitBlock.wordCount) { words in
            guard let base = words.baseAddress else { return }
            for block in 0..<blockCount {
                read(programme, block, into: base)
                MatchSet.forEach(base) { result.append(block * BitBlock.residentCount + $0) }
            }
        }
        return result
    }

    /// Reads a set; what lies outside of the file is nobody.
    private func decode(_ offset: Int, into words: BitBlock.Words) {
        words.update(repeating: 0, count: BitBlock.wordCount)
        guard let head = number(offset) else { return }
        switch head {
        case MatchSet.everybody: words.update(repeating: ~0, count: BitBlock.wordCount)
        case MatchSet.bits:
            guard offset + 2 + BitBlock.wordCount * 8 <= file.count,
                let bytes = file.pointer(offset + 2, UInt8.self)
            else { return }
            UnsafeMutableRawPointer(words).copyMemory(
                from: bytes,
                byteCount: BitBlock.wordCount * 8
            )
        default:
            let count = Int(head)
            guard count <= MatchSet.maximumListCount, offset + 2 + count * 2 <= file.count,
                let places = file.pointer(offset + 2, UInt16.self)
            else { return }
            for index in 0..<count {
                let place = Int(places[index]) % BitBlock.residentCount
                words[place / 64] |= 1 << UInt64(place % 64)
            }
        }
    }

    private func number(_ offset: Int) -> UInt16? {
        guard offset >= 0, offset % 2 == 0, offset + 2 <= file.count else { return nil }
        return file.pointer(offset, UInt16.self)?.pointee
    }
}

/// How a set of a block's residents is written.
enum MatchSet {
    /// From here on bits are shorter.
    static let maximumListCount = 600
    static let everybody: UInt16 = 0xFFFF
    static let bits: UInt16 = 0xFFFE
    /// Where a set begins in the piece of its block.
    static let offsetByteCount = 4
    /// No set takes more.
    static let maximumByteCount = 2 + BitBlock.wordCount * 8

    static func count(_ words: UnsafePointer<UInt64>) -> Int {
        var total = 0
        for word in 0..<BitBlock.wordCount { total += words[word].nonzeroBitCount }
        return total
    }

    /// Writes a set and says how many bytes it took.
    static func encode(
        _ words: UnsafePointer<UInt64>,
        count: Int,
        into bytes: UnsafeMutableRawPointer
    ) -> Int {
        if count == BitBlock.residentCount {
            bytes.storeBytes(of: everybody, as: UInt16.self)
            return 2
        }
        guard count <= maximumListCount else {
            bytes.storeBytes(of: bits, as: UInt16.self)
            (bytes + 2).copyMemory(from: words, byteCount: BitBlock.wordCount * 8)
            return maximumByteCount
        }
        bytes.storeBytes(of: UInt16(count), as: UInt16.self)
        var next = bytes + 2
        forEach(words) { place in
            next.storeBytes(of: UInt16(place), as: UInt16.self)
            next += 2
        }
        return 2 + count * 2
    }

    @inline(__always)
    static func forEach(_ words: UnsafePointer<UInt64>, _ body: (Int) -> Void) {
        for word in 0..<BitBlock.wordCount {
            var rest = words[word]
            while rest != 0 {
                body(word * 64 + rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
        }
    }
}

/// What stands at the end of a file of matches.
struct MatchTable {
    static let maximumProgrammeCount = 100_000

    var programmes: [String]
    var residentCount: Int
    var date: Int
    var blockOffsets: [UInt64]
    var replaced: [Int: [UInt64]] = [:]

    init(programmes: [String], residentCount: Int, date: Int) {
        self.programmes = programmes
        self.residentCount = residentCount
        self.date = date
        let size = BitBlock.residentCount
        blockOffsets = Array(repeating: 0, count: (residentCount + size - 1) / size)
    }

    init(_ file: MappedFile, _ path: String) throws {
        func number(_ offset: Int) throws -> Int {
            guard offset >= 0, offset + 8 <= file.count,
                let value = file.pointer(offset, Int.self)?.pointee, value >= 0
            else { throw MappedFile.unreadable(path) }
            return value
        }
        guard file.count % 8 == 0, try number(file.count - 8) == Int(PopulationMatches.magic) else {
            throw MappedFile.unreadable(path)
        }
        var offset = try number(file.count - 16)
        guard offset % 8 == 0 else { throw MappedFile.unreadable(path) }
        func next() throws -> Int {
            defer { offset += 8 }
            return try number(offset)
        }
        let (residents, date, count, replacedCount) = (
            try next(), try next(), try next(), try next()
        )
        let nameByteCount = try next()
        guard residents <= PopulationColumns.maximumResidentCount,
            count <= Self.maximumProgrammeCount, replacedCount <= count,
            nameByteCount <= file.count - offset
        else { throw MappedFile.unreadable(path) }
        let bytes = UnsafeBufferPointer(
            start: file.pointer(offset, UInt8.self),
            count: nameByteCount
        )
        guard let names = String(validating: bytes, as: UTF8.self) else {
            throw MappedFile.unreadable(path)
        }
        self.init(
            programmes: names.split(separator: "\n").map(String.init),
            residentCount: residents,
            date: date
        )
        guard programmes.count == count else { throw MappedFile.unreadable(path) }
        offset += (nameByteCount + 7) & ~7
        for block in blockOffsets.indices { blockOffsets[block] = UInt64(try next()) }
        for _ in 0..<replacedCount {
            let programme = try next()
            replaced[programme] = try blockOffsets.map { _ in UInt64(try next()) }
        }
    }

    /// Writes the table behind everything else.
    func write(_ file: inout OutputFile) throws {
        _ = file.reserve((8 - file.count % 8) % 8)
        let start = file.count
        var names = Array(programmes.joined(separator: "\n").utf8)
        let head = [residentCount, date, programmes.count, replaced.count, names.count]
        while names.count % 8 != 0 { names.append(0) }
        try file.append(head)
        try file.append(names)
        try file.append(blockOffsets)
        for (programme, offsets) in replaced.sorted(by: { $0.key < $1.key }) {
            try file.append([UInt64(programme)])
            try file.append(offsets)
        }
        try file.append([UInt64(start), PopulationMatches.magic])
    }
}
