/// Who is searched for, by appearance, and where.
public struct SightingQuery: Sendable, Hashable {
    /// How several examples become one score.
    public enum Combination: String, Sendable, Hashable, Codable, CaseIterable {
        /// Likeness to the mean of the examples: they show one set of clothes.
        case mean
        /// Likeness to the nearest example: they show different sides.
        case nearest
    }

    /// How the store is read.
    public enum Scan: String, Sendable, Hashable, Codable, CaseIterable {
        /// Every row the filters leave where they are few enough; else the cascade.
        case automatic
        /// Every row the filters leave; the answer is the best there is.
        case exact
        /// Signs first, then bytes, then all of a row, each for the best of the one before.
        case cascade
    }

    /// Appearances of the person, each of the store's dimension.
    ///
    /// With none, the clothes' colours
    /// have to be given, and the answer is ordered by quality.
    public var examples: [[Float]]
    /// Appearances that were looked at and are somebody else.
    public var rejected: [[Float]]
    /// How several examples become one score.
    public var combination: Combination
    /// Only these cameras; all where nothing.
    public var cameras: Set<UInt32>?
    /// Only these times, in milliseconds since 1970; all where nothing.
    public var times: ClosedRange<Int64>?
    /// Only upper clothes of these colour codes; any where empty.
    public var upper: Set<UInt8>
    /// Only lower clothes of these colour codes; any where empty.
    public var lower: Set<UInt8>
    /// Only sightings of at least this quality.
    public var minimumQuality: UInt8
    /// How many matches are wanted.
    public var limit: Int
    /// Keep only the best match of each camera and minute: one person passing is one match.
    public var collapsesPassings: Bool
    /// How the store is read.
    public var scan: Scan

    /// Matches at most asked for in one query.
    public static let maximumLimit = 10_000
    /// Examples, or rejected ones, at most.
    public static let maximumExamples = 64

    /// Creates a query.
    public init(
        examples: [[Float]],
        rejected: [[Float]] = [],
        combination: Combination = .mean,
        cameras: Set<UInt32>? = nil,
        times: ClosedRange<Int64>? = nil,
        upper: Set<UInt8> = [],
        lower: Set<UInt8> = [],
        minimumQuality: UInt8 = 0,
        limit: Int = 50,
        collapsesPassings: Bool = false,
        scan: Scan = .automatic
    ) {
        self.examples = examples
        self.rejected = rejected
        self.combination = combination
        self.cameras = cameras
        self.times = times
        self.upper = upper
        self.lower = lower
        self.minimumQuality = minimumQuality
        self.limit = limit
        self.collapsesPassings = collapsesPassings
        self.scan = scan
    }
}
