public import Basics
import Glibc
import Synchronization

/// An append-only store of sightings: a folder a day, in it segments of rows in order of hour, camera
/// and time.
///
/// Every day is locked with a key of its own where keys are handed in. `purge(day:)` destroys the key
/// and removes the files. One process has a store open at a time.
public final class SightingStore: Sendable {
    /// Sightings at most in one segment.
    public static let maximumSegmentRows = 1 << 20
    /// The length of a vector at most.
    public static let maximumDimension = 2048
    /// Sightings at most in one call of `append`.
    public static let maximumBatch = 1 << 20

    /// How a store works.
    public struct Settings: Sendable, Hashable {
        /// Sightings after which a segment is put in order and sealed.
        public var rowsPerSegment = 1 << 17
        /// Bytes of opened segments that are kept in memory; the least used are closed first.
        public var maximumResidentBytes = 8 << 30

        /// The usual settings.
        public init() {}
    }

    /// The length of every vector.
    public let dimension: Int
    /// What opening the store found that a crash or a purge had left.
    public let recovery: StoreRecovery

    let rotation: Rotation
    let settings: Settings
    private let folder: String
    private let keys: (any DayKeys)?
    private let lockFile: OpenFile
    /// One writer at a time: appending, sealing, purging.
    private let writing = Mutex(())
    private let state: Mutex<[LocalDate: DaySegments]>
    private let moment = Atomic<UInt64>(1)

    // MARK: - Opening

    /// Opens the store in a folder, or makes it.
    ///
    /// - Parameters:
    ///   - folder: The folder; it is made where it is missing.
    ///   - dimension: The length of every vector, 2 to `maximumDimension`.
    ///   - keys: The keys of the days. Without them the files lie open, for a disk that is locked as a
    ///     whole; a day can then only be removed, not destroyed in copies.
    ///   - settings: How the store works.
    /// - Returns: The store; what a crash left unfinished has been cut off and is in `recovery`.
    /// - Throws: `damaged`, `unreadable`, `unwritable` or `badValue`.
    public static func open(
        folder: String,
        dimension: Int,
        keys: (any DayKeys)?,
        settings: Settings = Settings()
    ) throws -> SightingStore {
        guard (2...maximumDimension).contains(dimension),
            (1...maximumSegmentRows).contains(settings.rowsPerSegment)
        else {
            throw SightingsError(
                .badValue,
                Bilingual("저장소 설정이 범위 밖입니다.", "A setting of the store is out of range."),
                context: "dimension \(dimension), rows \(settings.rowsPerSegment)"
            )
        }
        return try SightingStore(folder, dimension, keys, settings)
    }

    private init(
        _ folder: String,
        _ dimension: Int,
        _ keys: (any DayKeys)?,
        _ settings: Settings
    ) throws {
        self.folder = folder
        self.dimension = dimension
        self.keys = keys
        self.settings = settings
        rotation = Rotation(dimension: dimension)
        try SystemFile.makeFolder(folder)
        lockFile = try OpenFile("\(folder)/lock", .creating)
        guard flock(lockFile.descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw SightingsError(
                .inUse,
                Bilingual(
                    "다른 프로그램이 이 저장소를 쓰고 있습니다.",
                    "Another program has this store open."
                ),
                context: folder
            )
        }
        let layout = SegmentLayout(
            capacity: settings.rowsPerSegment,
            dimension: rotation.storedDimension,
            isSealed: false
        )
        var recovery = StoreRecovery()
        let days = try Self.read(folder, keys, layout, &recovery)
        self.recovery = recovery
        state = Mutex(days)
    }

    private static func read(
        _ folder: String,
        _ keys: (any DayKeys)?,
        _ layout: SegmentLayout,
        _ recovery: inout StoreRecovery
    ) throws -> [LocalDate: DaySegments] {
        var days: [LocalDate: DaySegments] = [:]
        for name in try SystemFile.names(in: folder) {
            let path = "\(folder)/\(name)"
            if name.hasPrefix(DayFolder.purgedPrefix) { try SystemFile.removeFolder(path) }
            guard let day = LocalDate(iso: name) else { continue }
            let key = try keys?.key(of: day)
            guard keys == nil || key != nil else {
                // Purged, and the crash came before the files were gone; or a backup brought them
                // back. Nobody can read them.
                try SystemFile.removeFolder(path)
                recovery.purgedDays.append(day)
                continue
            }
            let dayFolder = DayFolder(
                day: day,
                path: path,
                cipher: try key.map { try DayCipher(key: $0) },
                layout: layout
            )
            days[day] = try dayFolder.segments(&recovery)
        }
        return days
    }

    // MARK: - Appending

    /// Adds sightings.
    ///
    /// They are in the file when this returns, and outlive a crash of the program; `flush` makes them
    /// outlive a power cut.
    ///
    /// - Parameter sightings: At most `maximumBatch`. A wrong vector or time refuses them all.
    /// - Returns: Their ids, in order.
    /// - Throws: `badVector`, `badValue`, `tooMany`, or `unwritable` where the disk is full.
    @discardableResult
    public func append(_ sightings: [Sighting]) throws -> [SightingID] {
        guard sightings.count <= Self.maximumBatch else {
            throw SightingsError(
                .tooMany,
                Bilingual(
                    "한 번에 넣을 수 있는 목격은 \(Self.maximumBatch)건까지입니다.",
                    "At most \(Self.maximumBatch) sightings can be added at once."
                )
            )
        }
        for sighting in sightings { try check(sighting) }
        return try writing.withLock { _ in
            var ids: [SightingID] = []
            ids.reserveCapacity(sightings.count)
            var rest = sightings[...]
            while let first = rest.first {
                let day = Instant(millisecondsSinceEpoch: first.timeMilliseconds).date
                let start = Instant(day).millisecondsSinceEpoch
                let range = start..<start + 86_400_000
                let same = rest.prefix { range.contains($0.timeMilliseconds) }
                ids += try append(same, on: day)
                rest = rest.dropFirst(same.count)
            }
            return ids
        }
    }

    private func check(_ sighting: Sighting) throws {
        // A clock that was never set must not open a folder of the year 1970, or of the year 9999.
        let times = Self.earliestMilliseconds...Self.latestMilliseconds
        guard times.contains(sighting.timeMilliseconds) else {
            throw SightingsError(
                .badValue,
                Bilingual("목격 시각이 범위 밖입니다.", "The time of a sighting is out of range."),
                context: "camera \(sighting.camera), time \(sighting.timeMilliseconds)"
            )
        }
        guard rotation.hasDirection(sighting.vector) else {
            throw SightingsError.badVector(sighting.vector, dimension: dimension)
        }
    }

    /// The beginning of the year 2000 and the end of the year 2099, in UTC.
    private static let earliestMilliseconds: Int64 = 946_684_800_000
    private static let latestMilliseconds: Int64 = 4_102_444_799_999

    private func append(_ sightings: ArraySlice<Sighting>, on day: LocalDate) throws -> [SightingID]
    {
        var ids: [SightingID] = []
        var rest = sightings
        let dayStart = Instant(day).millisecondsSinceEpoch
        while !rest.isEmpty {
            var segments = try growing(day)
            guard let open = segments.open, var log = segments.log else { break }
            let batch = rest.prefix(open.room)
            let first = open.count
            for (place, sighting) in batch.enumerated() {
                open.rows.write(
                    sighting,
                    turned: rotation.turned(sighting.vector) ?? [],
                    millisecondsOfDay: UInt32(sighting.timeMilliseconds - dayStart),
                    row: first + place
                )
                ids.append(
                    SightingID(day: day, segment: open.number, arrival: UInt32(first + place))
                )
            }
            try log.append(first..<first + batch.count, of: open.rows)
            open.publish(first + batch.count)
            segments.log = log
            segments.isUnsafe = true
            keep(segments)
            rest = rest.dropFirst(batch.count)
        }
        return ids
    }

    /// The segments of a day, one of which has room.
    private func growing(_ day: LocalDate) throws -> DaySegments {
        var segments = try state.withLock { $0[day] } ?? newDay(day)
        if let open = segments.open, open.room == 0 {
            try segments.seal()
            keep(segments)
            closeLeastUsed()
        }
        guard segments.open == nil else { return segments }
        let layout = SegmentLayout(
            capacity: settings.rowsPerSegment,
            dimension: rotation.storedDimension,
            isSealed: false
        )
        segments.log = try IncomingLog(
            creating: segments.folder,
            day: day,
            number: segments.nextNumber,
            layout,
            segments.cipher
        )
        segments.open = OpenSegment(
            number: segments.nextNumber,
            rows: try IncomingLog.emptyRows(layout),
            count: 0
        )
        segments.nextNumber += 1
        keep(segments)
        return segments
    }

    private func newDay(_ day: LocalDate) throws -> DaySegments {
        let key = try keys.map { keys in try keys.key(of: day) ?? keys.makeKey(of: day) }
        let cipher = try key.map { try DayCipher(key: $0) }
        let path = "\(folder)/\(day.iso)"
        try SystemFile.makeFolder(path)
        try SystemFile.synchronizeFolder(folder)
        return DaySegments(day: day, folder: path, cipher: cipher)
    }

    private func keep(_ segments: DaySegments) {
        state.withLock { $0[segments.day] = segments }
    }

    /// Makes what was appended safe against a power cut.
    public func flush() throws {
        try writing.withLock { _ in
            for var segments in state.withLock({ Array($0.values) }) where segments.isUnsafe {
                try segments.log?.synchronize()
                segments.isUnsafe = false
                keep(segments)
            }
        }
    }

    /// Puts the sightings of a day that still lie in order of arrival in order, and seals them.
    ///
    /// The store does that by itself when a segment is full; a day that is over is worth it too.
    public func seal(day: LocalDate) throws {
        try writing.withLock { _ in
            guard var segments = state.withLock({ $0[day] }) else { return }
            try segments.seal()
            keep(segments)
            closeLeastUsed()
        }
    }

    // MARK: - Purging

    /// Destroys the key of a day and removes its files.
    ///
    /// Nothing happens where the store has no such day, except that a key it may have is destroyed.
    public func purge(day: LocalDate) throws {
        try writing.withLock { _ in
            try keys?.destroyKey(of: day)
            guard let segments = state.withLock({ $0.removeValue(forKey: day) }) else { return }
            for segment in segments.sealed { segment.purge() }
            // The name goes first: what a crash leaves of the folder is removed at the next start.
            let purged = "\(folder)/\(DayFolder.purgedPrefix)\(day.iso)"
            guard rename(segments.folder, purged) == 0 else {
                throw SystemFile.unwritable(segments.folder)
            }
            try SystemFile.synchronizeFolder(folder)
            try SystemFile.removeFolder(purged)
        }
    }

    // MARK: - Looking

    /// The days that have sightings, in order.
    public var days: [LocalDate] { state.withLock { $0.keys.sorted() } }

    /// What the store holds at this moment.
    public var statistics: StoreStatistics {
        let days = state.withLock { Array($0.values) }
        return StoreStatistics(
            days: days.map(\.statistics).sorted { $0.day < $1.day },
            residentByteCount: days.flatMap(\.sealed).reduce(0) { $0 + $1.residentByteCount }
        )
    }

    /// One sighting, with its vector as it is stored: at unit length, to thirteen bits a value.
    public func sighting(_ id: SightingID) throws -> Sighting? {
        guard let segments = state.withLock({ $0[id.day] }),
            let snapshot = segments.snapshots.first(where: { $0.number == id.segment }),
            let rows = try rows(of: snapshot), let row = rows.row(arrival: id.arrival, in: snapshot)
        else { return nil }
        let dayStart = Instant(id.day).millisecondsSinceEpoch
        return Sighting(
            camera: rows.camera(of: row),
            timeMilliseconds: dayStart + Int64(rows.column(.time, of: UInt32.self)[row]),
            box: rows.box(of: row),
            upper: rows.column(.upper, of: UInt8.self)[row],
            lower: rows.column(.lower, of: UInt8.self)[row],
            quality: rows.column(.quality, of: UInt8.self)[row],
            vector: rotation.turnedBack(rows.vector(of: row))
        )
    }

    /// The days and segments that lie in a span of days, as they are at this moment.
    func snapshots(_ span: ClosedRange<LocalDate>?) -> [(day: LocalDate, [SegmentSnapshot])] {
        state.withLock { days in
            days.values.filter { span?.contains($0.day) ?? true }
                .sorted { $0.day < $1.day }
                .map { ($0.day, $0.snapshots) }
        }
    }

    /// The rows of a segment, opened where they are not; nothing where the day has been purged.
    func rows(of snapshot: SegmentSnapshot) throws -> SegmentRows? {
        switch snapshot {
        case .open(let segment, _): return segment.rows
        case .sealed(let segment):
            let now = moment.wrappingAdd(1, ordering: .relaxed).newValue
            guard let (rows, isFresh) = try segment.rows(at: now) else { return nil }
            if isFresh { closeLeastUsed() }
            return rows
        }
    }

    /// Closes segments until the rest fits the memory they may take.
    private func closeLeastUsed() {
        let sealed = state.withLock { $0.values.flatMap(\.sealed) }
        var resident = sealed.filter { $0.residentByteCount > 0 }
            .sorted { $0.lastUsed < $1.lastUsed }[...]
        var byteCount = resident.reduce(0) { $0 + $1.residentByteCount }
        while byteCount > settings.maximumResidentBytes, resident.count > 1,
            let segment = resident.popFirst()
        {
            byteCount -= segment.residentByteCount
            segment.close()
        }
    }
}
