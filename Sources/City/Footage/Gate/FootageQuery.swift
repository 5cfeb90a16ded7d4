public import Basics

/// What a case asks of the archive.
public struct FootageQuery: Sendable, Hashable {
    /// The most example vectors of one question.
    public static let maximumExampleCount = 32
    /// The most answers of one question.
    public static let maximumLimit = 200

    /// Vectors of pictures that the case brought itself, one a picture.
    public var examples: [[Float]]
    /// Sightings of the case that look like the person, by their names in the case.
    public var like: [String]
    /// Sightings of the case that are somebody else.
    public var rejected: [String]
    /// The colour codes that the upper clothes may have; any where empty.
    public var upper: Set<UInt8>
    /// The colour codes that the lower clothes may have; any where empty.
    public var lower: Set<UInt8>
    /// The cameras to look through; nothing means all that the warrant opens.
    public var cameras: Set<UInt32>?
    /// The time to look through; nothing means all that the warrant opens.
    public var times: ClosedRange<Instant>?
    /// How many answers.
    public var limit: Int

    /// Creates a question.
    public init(
        examples: [[Float]] = [],
        like: [String] = [],
        rejected: [String] = [],
        upper: Set<UInt8> = [],
        lower: Set<UInt8> = [],
        cameras: Set<UInt32>? = nil,
        times: ClosedRange<Instant>? = nil,
        limit: Int = 50
    ) {
        self.examples = examples
        self.like = like
        self.rejected = rejected
        self.upper = upper
        self.lower = lower
        self.cameras = cameras
        self.times = times
        self.limit = limit
    }
}

/// A sighting as a case sees it: no vector, no picture, and a name that means nothing in another case.
public struct FootageMatch: Sendable, Hashable {
    /// Its name in this case.
    public let token: String
    /// The camera's number.
    public let camera: UInt32
    /// When.
    public let at: Instant
    /// The colour code of the upper clothes.
    public let upper: UInt8
    /// The colour code of the lower clothes.
    public let lower: UInt8
    /// How well the person could be seen, 0 to 255.
    public let quality: UInt8
    /// The cosine to what was looked for, −1…1; without examples how well the person could be seen, 0…1;
    /// nothing where the sighting was not found but named.
    public let score: Double?
    /// The example it is most like, by its place among the question's own pictures and then the
    /// sightings it named; nothing without examples.
    public let nearestExample: Int?
    /// The greatest cosine to a rejected sighting; nothing where none was rejected.
    public let rejectedLikeness: Double?
    /// Whether the clothes have the colours that were asked for; nothing where none were.
    public let fitsColours: Bool?
}

/// The answer to a question.
public struct FootageAnswer: Sendable, Hashable {
    /// What was found, the best first.
    public let matches: [FootageMatch]
    /// How many sightings were looked through.
    public let scannedCount: Int
    /// Whether no better one was passed over.
    public let isExact: Bool
    /// The share of the best ones that is expected to be among these: 1 where exact.
    public let expectedRecall: Double
    /// How long the search took, in milliseconds.
    public let milliseconds: Double
}

/// How much of a picture is shown.
public enum FootageView: String, Sendable, Hashable {
    /// The person and a little around them, everybody else pixelated.
    case person
    /// The whole picture, everybody else pixelated.
    case masked
    /// The whole picture as it was taken; an act of its own, with a reason.
    case whole
}
