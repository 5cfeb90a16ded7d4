import Basics
import Synchronization

/// A segment that still grows: rows in order of arrival, of which readers see the finished ones.
final class OpenSegment: Sendable {
    let number: UInt32
    let rows: SegmentRows
    private let finished: Atomic<Int>

    init(number: UInt32, rows: SegmentRows, count: Int) {
        self.number = number
        self.rows = rows
        finished = Atomic(count)
    }

    /// The rows that are written and kept.
    var count: Int { finished.load(ordering: .acquiring) }

    /// Shows the readers the rows up to a count.
    func publish(_ count: Int) { finished.store(count, ordering: .releasing) }

    var room: Int { rows.layout.capacity - count }
}

/// A segment whose rows are in order and never change.
///
/// They are opened when they are asked for.
final class SealedSegment: Sendable {
    let file: SealedFile
    private let cipher: DayCipher?
    private let state = Mutex(State())
    private let lastUse = Atomic<UInt64>(0)

    private struct State {
        var rows: SegmentRows?
        var isPurged = false
    }

    init(_ file: SealedFile, _ cipher: DayCipher?, rows: SegmentRows? = nil) {
        self.file = file
        self.cipher = cipher
        state.withLock { $0.rows = rows }
    }

    /// The rows, and whether they had to be opened; nothing where the day has been purged.
    func rows(at moment: UInt64) throws -> (rows: SegmentRows, isFresh: Bool)? {
        lastUse.store(moment, ordering: .relaxed)
        return try state.withLock { state in
            if state.isPurged { return nil }
            if let rows = state.rows { return (rows, false) }
            let rows = try file.rows(cipher)
            state.rows = rows
            return (rows, true)
        }
    }

    /// Bytes of memory of our own; a mapped file has none.
    var residentByteCount: Int {
        file.isLocked && state.withLock { $0.rows != nil } ? file.residentLength : 0
    }

    var lastUsed: UInt64 { lastUse.load(ordering: .relaxed) }

    /// Gives the memory back; a search that is under way keeps it until it ends.
    func close() { state.withLock { $0.rows = nil } }

    /// Gives the memory back for good.
    func purge() {
        state.withLock { state in
            state.rows = nil
            state.isPurged = true
        }
    }
}

/// A segment as a search sees it.
enum SegmentSnapshot: Sendable {
    case open(OpenSegment, count: Int)
    case sealed(SealedSegment)

    var number: UInt32 {
        switch self {
        case .open(let segment, _): segment.number
        case .sealed(let segment): segment.file.number
        }
    }
}

/// The segments of a day.
struct DaySegments: Sendable {
    let day: LocalDate
    let folder: String
    let cipher: DayCipher?
    var sealed: [SealedSegment] = []
    var open: OpenSegment?
    var log: IncomingLog?
    /// Whether a block was written that a power cut could take.
    var isUnsafe = false
    var nextNumber: UInt32 = 1

    var snapshots: [SegmentSnapshot] {
        sealed.map { .sealed($0) } + (open.map { [.open($0, count: $0.count)] } ?? [])
    }

    var rowCount: Int {
        sealed.reduce(open?.count ?? 0) { $0 + $1.file.rowCount }
    }
}
