import Basics
import CSodium

/// The file of a segment that is still growing: blocks of rows, each whole or not there.
///
/// A block has its length and a checksum (SipHash-2-4, J.-P. Aumasson and D. J. Bernstein, 2012) before
/// its bytes, which are locked with the day's key where the store has keys. A block that a crash
/// left unfinished is at the end of the file; it is cut off when the store is opened.
struct IncomingLog {
    static let headerLength = 64
    static let blockHeaderLength = 32
    private static let magic: UInt64 = 0x3130_474F_4C48_4B48  // "HKHLOG01"
    private static let blockMagic: UInt64 = 0x4B43_4F4C_4248_4B48  // "HKHBLOCK"

    let path: String
    let day: LocalDate
    let number: UInt32
    let dimension: Int
    let cipher: DayCipher?
    /// Where the next block goes.
    private(set) var length = headerLength

    static func path(_ folder: String, _ number: UInt32) -> String {
        "\(folder)/incoming-\(number).log"
    }

    private init(
        _ path: String,
        _ day: LocalDate,
        _ number: UInt32,
        _ rows: SegmentLayout,
        _ cipher: DayCipher?
    ) {
        self.path = path
        self.day = day
        self.number = number
        dimension = rows.dimension
        self.cipher = cipher
    }

    /// Makes the file.
    init(
        creating folder: String,
        day: LocalDate,
        number: UInt32,
        _ layout: SegmentLayout,
        _ cipher: DayCipher?
    ) throws {
        self.init(Self.path(folder, number), day, number, layout, cipher)
        let file = try OpenFile(path, .creating)
        var header = [UInt64](repeating: 0, count: Self.headerLength / 8)
        header[0] = Self.magic
        header[1] = UInt64(dimension)
        header[2] = cipher == nil ? 0 : 1
        try header.withUnsafeBytes { try file.write($0, at: 0) }
        try file.synchronize()
        try SystemFile.synchronizeFolder(folder)
    }

    private func context(firstRow: Int, rowCount: Int) -> String {
        "incoming \(day.iso) \(number) \(firstRow) \(rowCount)"
    }

    // MARK: - Writing

    /// Writes rows as one block; where that fails, the file is as it was before.
    mutating func append(_ range: Range<Int>, of rows: SegmentRows) throws {
        var payload: [UInt8] = []
        payload.reserveCapacity(range.count * rows.layout.rowByteCount)
        for column in rows.layout.columns {
            let count = column.stride(dimension: dimension) * range.count
            payload += UnsafeRawBufferPointer(
                start: rows.bytes(column, row: range.lowerBound),
                count: count
            )
        }
        if let cipher {
            payload = cipher.lock(
                payload,
                as: context(firstRow: range.lowerBound, rowCount: range.count)
            )
        }
        let header: [UInt64] = [
            Self.blockMagic,
            UInt64(range.lowerBound) << 32 | UInt64(range.count),
            UInt64(payload.count),
            Self.checksum(payload, firstRow: range.lowerBound, rowCount: range.count),
        ]
        let file = try OpenFile(path, .writing)
        do {
            try header.withUnsafeBytes { try file.write($0, at: length) }
            try payload.withUnsafeBytes {
                try file.write($0, at: length + Self.blockHeaderLength)
            }
        } catch {
            try file.truncate(to: length)
            throw error
        }
        length += Self.blockHeaderLength + payload.count
    }

    /// Makes what was written safe against a power cut.
    func synchronize() throws {
        try OpenFile(path, .writing).synchronize()
    }

    private static func checksum(_ payload: [UInt8], firstRow: Int, rowCount: Int) -> UInt64 {
        let key = [UInt64(firstRow), UInt64(rowCount)]
        var sum: UInt64 = 0
        key.withUnsafeBytes { key in
            withUnsafeMutableBytes(of: &sum) { sum in
                guard let key = key.bindMemory(to: UInt8.self).baseAddress,
                    let sum = sum.bindMemory(to: UInt8.self).baseAddress
                else { return }
                crypto_shorthash(sum, payload, UInt64(payload.count), key)
            }
        }
        return sum
    }

    // MARK: - Reading

    /// What a log held when it was opened.
    struct Recovered {
        var log: IncomingLog
        var rows: SegmentRows
        var rowCount: Int
        /// Bytes of an unfinished block that were cut off.
        var droppedByteCount: Int
    }

    /// Reads a log and cuts off what a crash left unfinished.
    static func recover(
        _ path: String,
        day: LocalDate,
        number: UInt32,
        _ layout: SegmentLayout,
        _ cipher: DayCipher?
    ) throws -> Recovered {
        let file = try OpenFile(path, .writing)
        let byteCount = try file.count
        var log = IncomingLog(path, day, number, layout, cipher)
        let header = try file.bytes(headerLength, at: 0)
        if header.count < headerLength {
            // The crash came while the file was made: there is no row in it.
            let remade = try IncomingLog(
                creating: String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)),
                day: day,
                number: number,
                layout,
                cipher
            )
            return Recovered(
                log: remade,
                rows: try emptyRows(layout),
                rowCount: 0,
                droppedByteCount: header.count
            )
        }
        try log.check(header)
        let blocks = try log.blocks(in: file, byteCount: byteCount)
        let rowCount = blocks.last.map { $0.firstRow + $0.rowCount } ?? 0
        let roomy = SegmentLayout(
            capacity: max(layout.capacity, rowCount),
            dimension: layout.dimension,
            isSealed: false
        )
        let rows = try emptyRows(roomy)
        for block in blocks { try log.read(block, from: file, into: rows) }
        log.length = blocks.last.map { $0.offset + $0.byteCount } ?? headerLength
        if log.length < byteCount {
            try file.truncate(to: log.length)
            try file.synchronize()
        }
        return Recovered(
            log: log,
            rows: rows,
            rowCount: rowCount,
            droppedByteCount: byteCount - log.length
        )
    }

    static func emptyRows(_ layout: SegmentLayout) throws -> SegmentRows {
        SegmentRows(
            layout: layout,
            memory: try MemoryRegion(byteCount: layout.byteCount),
            start: 0,
            runs: nil
        )
    }

    private func check(_ header: [UInt8]) throws {
        let words = header.withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) }
        guard words[0] == Self.magic, words[1] == UInt64(dimension),
            words[2] == (cipher == nil ? 0 : 1)
        else { throw DayCipher.damaged(path) }
    }

    private struct Block {
        /// Where its bytes begin, after its header.
        var offset: Int
        var byteCount: Int
        var firstRow: Int
        var rowCount: Int
    }

    /// The whole blocks from the beginning of the file.
    private func blocks(in file: borrowing OpenFile, byteCount: Int) throws -> [Block] {
        var blocks: [Block] = []
        var offset = Self.headerLength
        var nextRow = 0
        while let block = try block(in: file, at: offset, byteCount: byteCount, firstRow: nextRow) {
            blocks.append(block)
            offset = block.offset + block.byteCount
            nextRow += block.rowCount
        }
        return blocks
    }

    /// The block at an offset; nothing where it is not whole.
    private func block(
        in file: borrowing OpenFile,
        at offset: Int,
        byteCount: Int,
        firstRow: Int
    ) throws -> Block? {
        let header = try file.bytes(Self.blockHeaderLength, at: offset)
        guard header.count == Self.blockHeaderLength else { return nil }
        let words = header.withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) }
        let rowCount = Int(words[1] & 0xFFFF_FFFF)
        let rowBytes = SegmentLayout(capacity: 1, dimension: dimension, isSealed: false)
            .rowByteCount
        guard words[0] == Self.blockMagic, words[1] >> 32 == UInt64(firstRow), rowCount > 0,
            firstRow + rowCount <= SightingStore.maximumSegmentRows,
            words[2] == UInt64(rowCount * rowBytes + (cipher == nil ? 0 : DayCipher.overhead))
        else { return nil }
        let start = offset + Self.blockHeaderLength
        guard start + Int(words[2]) <= byteCount else { return nil }
        let payload = try file.bytes(Int(words[2]), at: start)
        guard payload.count == Int(words[2]),
            Self.checksum(payload, firstRow: firstRow, rowCount: rowCount) == words[3]
        else { return nil }
        return Block(
            offset: start,
            byteCount: payload.count,
            firstRow: firstRow,
            rowCount: rowCount
        )
    }

    private func read(
        _ block: Block,
        from file: borrowing OpenFile,
        into rows: SegmentRows
    ) throws {
        var payload = try file.bytes(block.byteCount, at: block.offset)
        if let cipher {
            // The checksum fits, so this is no unfinished block: the key is another, or somebody
            // changed the file. Nothing may be cut off then.
            payload = try cipher.open(
                payload,
                as: context(firstRow: block.firstRow, rowCount: block.rowCount)
            )
        }
        var offset = 0
        payload.withUnsafeBytes { bytes in
            for column in rows.layout.columns {
                let count = column.stride(dimension: dimension) * block.rowCount
                guard let base = bytes.baseAddress else { return }
                rows.bytes(column, row: block.firstRow)
                    .copyMemory(from: base + offset, byteCount: count)
                offset += count
            }
        }
        let times = rows.column(.time, of: UInt32.self)
        guard
            (block.firstRow..<block.firstRow + block.rowCount)
                .allSatisfy({ times[$0] < 24 * SegmentRows.millisecondsPerHour })
        else { throw DayCipher.damaged(path) }
    }
}
