import Basics
import Glibc

/// The file of a sealed segment: a header of one page, the columns, the runs.
///
/// What follows the header is locked with the day's key in pieces of `pieceLength` bytes, or lies open
/// where the store has no keys; then the file itself is the memory that is scanned.
struct SealedFile {
    static let headerLength = 4096
    static let pieceLength = 1 << 18
    private static let magic: UInt64 = 0x3130_4745_5348_4B48  // "HKHSEG01"

    let path: String
    let day: LocalDate
    let number: UInt32
    let rowCount: Int
    let runCount: Int
    let dimension: Int
    let isLocked: Bool

    private var layout: SegmentLayout {
        SegmentLayout(capacity: rowCount, dimension: dimension, isSealed: true)
    }
    /// Bytes of memory that the open segment takes.
    var residentLength: Int { layout.byteCount + runCount * MemoryLayout<SegmentRun>.stride }

    /// Where in memory begins what the file holds: a locked one does without the signs, which are
    /// computed when it is opened.
    private var firstByte: Int { isLocked ? layout.offset(.high) : 0 }
    private var storedLength: Int { residentLength - firstByte }
    private var pieceCount: Int { (storedLength + Self.pieceLength - 1) / Self.pieceLength }

    /// Bytes of the file.
    var fileLength: Int {
        Self.headerLength + storedLength + (isLocked ? pieceCount * DayCipher.overhead : 0)
    }

    /// A piece of what the file holds: where it lies in memory, and how long it is.
    private func piece(_ number: Int) -> (start: Int, length: Int) {
        let start = number * Self.pieceLength
        return (firstByte + start, min(Self.pieceLength, storedLength - start))
    }

    static func path(_ folder: String, _ number: UInt32) -> String {
        "\(folder)/sealed-\(number).segment"
    }

    private func context(piece: Int) -> String {
        "sealed \(day.iso) \(number) \(rowCount) \(runCount) \(dimension) \(piece)"
    }

    // MARK: - Reading

    /// Reads the header.
    init(reading path: String, day: LocalDate, number: UInt32) throws {
        self.path = path
        self.day = day
        self.number = number
        let file = try OpenFile(path, .reading)
        let header = try file.bytes(Self.headerLength, at: 0)
        guard header.count == Self.headerLength else { throw DayCipher.damaged(path) }
        let words = header.withUnsafeBytes { bytes in
            (0..<5).map { bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
        }
        guard words[0] == Self.magic, words[1] <= UInt64(SightingStore.maximumSegmentRows),
            words[2] <= words[1], words[3] >= 64,
            words[3] <= UInt64(SightingStore.maximumDimension), words[3] % 64 == 0, words[4] <= 1
        else { throw DayCipher.damaged(path) }
        rowCount = Int(words[1])
        runCount = Int(words[2])
        dimension = Int(words[3])
        isLocked = words[4] == 1
        guard try file.count == fileLength else { throw DayCipher.damaged(path) }
    }

    /// The rows: opened into memory, or the file itself where it is not locked.
    func rows(_ cipher: DayCipher?) throws -> SegmentRows {
        let memory: MemoryRegion
        if isLocked {
            guard let cipher else {
                throw SightingsError(
                    .noKey,
                    Bilingual("이 날짜의 열쇠가 없습니다.", "The key of this day is gone."),
                    context: path
                )
            }
            memory = try MemoryRegion(byteCount: residentLength)
            try open(into: memory, cipher)
        } else {
            memory = try MemoryRegion(mapping: path)
            guard memory.count >= fileLength else { throw DayCipher.damaged(path) }
        }
        let start = isLocked ? 0 : Self.headerLength
        let list = memory.pointer(start + layout.byteCount).assumingMemoryBound(to: SegmentRun.self)
        guard
            let runs = SegmentRuns(
                Array(UnsafeBufferPointer(start: list, count: runCount)),
                rowCount: rowCount
            )
        else { throw DayCipher.damaged(path) }
        let rows = SegmentRows(layout: layout, memory: memory, start: start, runs: runs)
        if isLocked { rows.writeSigns(0..<rowCount) }
        return rows
    }

    private func open(into memory: MemoryRegion, _ cipher: DayCipher) throws {
        let file = try OpenFile(path, .reading)
        defer { file.forgetPages() }
        var offset = Self.headerLength
        for piece in 0..<pieceCount {
            let (start, length) = self.piece(piece)
            let locked = try file.bytes(length + DayCipher.overhead, at: offset)
            guard locked.count == length + DayCipher.overhead,
                locked.withUnsafeBytes({
                    cipher.open($0, as: context(piece: piece), into: memory.pointer(start))
                })
            else { throw DayCipher.damaged(path) }
            offset += locked.count
        }
    }

    // MARK: - Writing

    private init(path: String, day: LocalDate, number: UInt32, _ rows: SegmentRows, locked: Bool) {
        self.path = path
        self.day = day
        self.number = number
        rowCount = rows.layout.capacity
        runCount = rows.runs?.runs.count ?? 0
        dimension = rows.layout.dimension
        isLocked = locked
    }

    /// Writes sealed rows beside the file's path, then renames: there is the whole file or none.
    static func write(
        _ rows: SegmentRows,
        into folder: String,
        day: LocalDate,
        number: UInt32,
        _ cipher: DayCipher?
    ) throws -> SealedFile {
        let sealed = SealedFile(
            path: path(folder, number),
            day: day,
            number: number,
            rows,
            locked: cipher != nil
        )
        let temporary = "\(sealed.path).part"
        do {
            let file = try OpenFile(temporary, .creating)
            try sealed.write(rows, to: file, cipher)
            try file.synchronize()
            file.forgetPages()
            guard rename(temporary, sealed.path) == 0 else {
                throw SystemFile.unwritable(sealed.path)
            }
            try SystemFile.synchronizeFolder(folder)
        } catch {
            unlink(temporary)
            throw error
        }
        return sealed
    }

    private func write(
        _ rows: SegmentRows,
        to file: borrowing OpenFile,
        _ cipher: DayCipher?
    ) throws {
        var header = [UInt64](repeating: 0, count: Self.headerLength / 8)
        header[0] = Self.magic
        header[1] = UInt64(rowCount)
        header[2] = UInt64(runCount)
        header[3] = UInt64(dimension)
        header[4] = isLocked ? 1 : 0
        try header.withUnsafeBytes { try file.write($0, at: 0) }
        var offset = Self.headerLength
        for piece in 0..<pieceCount {
            let (start, length) = self.piece(piece)
            let open = UnsafeRawBufferPointer(start: rows.memory.pointer(start), count: length)
            guard let cipher else {
                try file.write(open, at: offset)
                offset += open.count
                continue
            }
            let locked = cipher.lock(open, as: context(piece: piece))
            try locked.withUnsafeBytes { try file.write($0, at: offset) }
            offset += locked.count
        }
    }
}
