/// One sighting that fits a query, with its score and why.
public struct SightingMatch: Sendable, Hashable {
    /// Why a sighting has its score.
    public struct Reason: Sendable, Hashable {
        /// The example it is most like, by its place in the query; nothing without examples.
        public var nearestExample: Int?
        /// The cosine to each example.
        public var exampleLikeness: [Float]
        /// The greatest cosine to a rejected appearance; nothing where none was rejected.
        public var rejectedLikeness: Float?
        /// Whether its upper clothes have an asked colour; nothing where none was asked.
        public var upperFits: Bool?
        /// Whether its lower clothes have an asked colour; nothing where none was asked.
        public var lowerFits: Bool?
    }

    /// Which sighting.
    public var id: SightingID
    /// The number of the camera.
    public var camera: UInt32
    /// Milliseconds since 1970, by the camera's clock.
    public var timeMilliseconds: Int64
    /// Where in the picture.
    public var box: SightingBox
    /// The colour code of the upper clothes.
    public var upper: UInt8
    /// The colour code of the lower clothes.
    public var lower: UInt8
    /// How well the person could be seen, 0 to 255.
    public var quality: UInt8
    /// The cosine to what is searched for, −1 to 1; without examples the quality, 0 to 1.
    public var score: Float
    /// Why it has this score.
    public var reason: Reason
    /// How many sightings of the same camera and minute it stands for, itself included.
    public var passingCount: Int
}

/// What a search found, and how surely that is the best there is.
public struct SightingAnswer: Sendable, Hashable {
    /// The matches, best first; equal scores in order of their ids.
    public var matches: [SightingMatch]
    /// Rows that the filters left and that were looked at.
    public var scannedCount: Int
    /// Rows whose bytes were compared in full.
    public var comparedCount: Int
    /// Whether the matches are provably the best that the store has for the query.
    public var isExact: Bool
    /// The share of the best matches that is expected to be among these: 1 where exact, else
    /// estimated from how far within the cut the matches lie.
    public var expectedRecall: Double
}
