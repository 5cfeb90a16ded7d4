/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
public struct Instant: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var millisecondsSinceEpoch: Int64

    /// Korea Standard Time is nine hours ahead of UTC and has no summer time.
    public static let koreaOffsetSeconds = 9 * 3600

    /// Creates an instant from milliseconds since 1970-01-01T00:00:00Z.
    public init(millisecondsSinceEpoch: Int64) {
        self.millisecondsSinceEpoch = millisecondsSinceEpoch
    }

    /// Creates the instant of a date and time of day in Korea.
    public init(_ date: LocalDate, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        let seconds =
            date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second
            - Instant.koreaOffsetSeconds
        millisecondsSinceEpoch = Int64(seconds) * 1000
    }

    /// The date in Korea.
    public var date: LocalDate { LocalDate(daysSinceEpoch: koreaSeconds.days) }

    /// The time of day in Korea.
    public var timeOfDay: (hour: Int, minute: Int, second: Int) {
        let seconds = koreaSeconds.seconds
        return (seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    /// The RFC 3339 form in Korea's zone, `2023-01-25T09:00:00+09:00`.
    public var rfc3339: String {
        let time = timeOfDay
        return "\(date.iso)T\(padded(time.hour, 2)):\(padded(time.minute, 2))"
            + ":\(padded(time.second, 2))+09:00"
    }

    /// The form people read, `2023-01-25 09:00`, in Korea's time.
    public var minuteText: String {
        let time = timeOfDay
        return "\(date.iso) \(padded(time.hour, 2)):\(padded(time.minute, 2))"
    }

    /// The instant a number of seconds later (earlier where negative).
    public func adding(seconds: Int) -> Instant {
        Instant(millisecondsSinceEpoch: millisecondsSinceEpoch + Int64(seconds) * 1000)
    }

    /// Compares two instants in time.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }

    private var koreaSeconds: (days: Int, seconds: Int) {
        let utc = Int((Double(millisecondsSinceEpoch) / 1000).rounded(.down))
        let korea = utc + Instant.koreaOffsetSeconds
        let days = korea >= 0 ? korea / 86_400 : (korea - 86_399) / 86_400
        return (days, korea - days * 86_400)
    }
}

extension Instant: Codable {
    /// Reads milliseconds since 1970-01-01T00:00:00Z.
    public init(from decoder: any Decoder) throws {
        millisecondsSinceEpoch = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes milliseconds since 1970-01-01T00:00:00Z.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(millisecondsSinceEpoch)
    }
}

/// Where the time comes from: handed in, so that a test can hold it.
public struct TimeSource: Sendable {
    /// The present instant.
    public let now: @Sendable () -> Instant

    /// Creates a time source.
    public init(now: @escaping @Sendable () -> Instant) {
        self.now = now
    }

    /// Today's date in Korea.
    public var today: LocalDate { now().date }

    /// A source that stands still, for tests and generated samples.
    public static func fixed(_ instant: Instant) -> TimeSource {
        TimeSource { instant }
    }
}
