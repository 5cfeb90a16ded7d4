public import Basics
import Glibc

/// What opening a store found that a crash or a purge had left.
public struct StoreRecovery: Sendable, Hashable {
    /// Bytes of unfinished blocks that were cut off.
    public var droppedByteCount = 0
    /// The files they were cut off.
    public var droppedFrom: [String] = []
    /// Days whose key is gone: what was left of their files has been removed.
    public var purgedDays: [LocalDate] = []
}

/// A day's folder as it is found when the store is opened.
struct DayFolder {
    static let purgedPrefix = "purged-"

    let day: LocalDate
    let path: String
    let cipher: DayCipher?
    let layout: SegmentLayout

    /// Reads the files of the folder and finishes what a crash has interrupted.
    func segments(_ recovery: inout StoreRecovery) throws -> DaySegments {
        var segments = DaySegments(day: day, folder: path, cipher: cipher)
        let names = try SystemFile.names(in: path)
        for name in names where name.hasSuffix(".part") { unlink("\(path)/\(name)") }
        let sealed = numbers(of: names, "sealed-", ".segment")
        for number in sealed {
            let file = try SealedFile(
                reading: SealedFile.path(path, number),
                day: day,
                number: number
            )
            guard file.dimension == layout.dimension, file.isLocked == (cipher != nil) else {
                throw DayCipher.damaged(file.path)
            }
            segments.sealed.append(SealedSegment(file, cipher))
            segments.nextNumber = max(segments.nextNumber, number + 1)
        }
        for number in numbers(of: names, "incoming-", ".log") {
            guard !sealed.contains(number) else {
                // Sealed, and the crash came before its log was removed.
                unlink(IncomingLog.path(path, number))
                continue
            }
            try add(number, to: &segments, &recovery)
        }
        return segments
    }

    private func add(
        _ number: UInt32,
        to segments: inout DaySegments,
        _ recovery: inout StoreRecovery
    ) throws {
        let recovered = try IncomingLog.recover(
            IncomingLog.path(path, number),
            day: day,
            number: number,
            layout,
            cipher
        )
        if recovered.droppedByteCount > 0 {
            recovery.droppedByteCount += recovered.droppedByteCount
            recovery.droppedFrom.append("\(day.iso)/incoming-\(number).log")
        }
        // Only the last log can grow: one before it was about to be sealed.
        try segments.seal()
        segments.open = OpenSegment(
            number: number,
            rows: recovered.rows,
            count: recovered.rowCount
        )
        segments.log = recovered.log
        segments.nextNumber = max(segments.nextNumber, number + 1)
    }

    private func numbers(of names: [String], _ prefix: String, _ suffix: String) -> [UInt32] {
        names.compactMap { name in
            guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
            return UInt32(name.dropFirst(prefix.count).dropLast(suffix.count))
        }.sorted()
    }
}

extension DaySegments {
    /// Puts the rows of the growing segment in order, writes them as a sealed file and removes the log.
    mutating func seal() throws {
        guard let open, let log else { return }
        if open.count > 0 {
            let rows = try open.rows.ordered(count: open.count)
            let file = try SealedFile.write(
                rows,
                into: folder,
                day: day,
                number: open.number,
                cipher
            )
            // Locked rows stay in memory, where they already are; open ones are read from the file.
            sealed.append(SealedSegment(file, cipher, rows: file.isLocked ? rows : nil))
        }
        unlink(log.path)
        self.open = nil
        self.log = nil
        isUnsafe = false
    }
}
