public import Basics

/// What a store holds.
public struct StoreStatistics: Sendable, Hashable {
    /// A day of the store.
    public struct Day: Sendable, Hashable {
        /// The day, in Korea's time.
        public var day: LocalDate
        /// Its sightings.
        public var rowCount: Int
        /// Its sealed segments.
        public var sealedCount: Int
        /// Bytes of its files.
        public var fileByteCount: Int
    }

    /// The days, in order.
    public var days: [Day]
    /// Bytes of memory that opened segments take; a file that lies open takes none.
    public var residentByteCount: Int
    /// All sightings.
    public var rowCount: Int { days.reduce(0) { $0 + $1.rowCount } }
    /// Bytes of all files.
    public var fileByteCount: Int { days.reduce(0) { $0 + $1.fileByteCount } }
}

extension DaySegments {
    var statistics: StoreStatistics.Day {
        StoreStatistics.Day(
            day: day,
            rowCount: rowCount,
            sealedCount: sealed.count,
            fileByteCount: sealed.reduce(log?.length ?? 0) { $0 + $1.file.fileLength }
        )
    }
}
