/// A sighting that may lie on the way.
public struct RouteCandidate: Sendable, Hashable {
    /// Which sighting.
    public var id: SightingID
    /// The number of the camera.
    public var camera: UInt32
    /// Milliseconds since 1970, by the camera's clock.
    public var timeMilliseconds: Int64
    /// The likeness, −1 to 1.
    public var score: Float
    /// Whether a person has confirmed it: the way has to pass it.
    public var isConfirmed: Bool

    /// Creates a candidate.
    public init(
        id: SightingID,
        camera: UInt32,
        timeMilliseconds: Int64,
        score: Float,
        isConfirmed: Bool = false
    ) {
        self.id = id
        self.camera = camera
        self.timeMilliseconds = timeMilliseconds
        self.score = score
        self.isConfirmed = isConfirmed
    }

    /// A candidate out of a match of a search.
    public init(_ match: SightingMatch, isConfirmed: Bool = false) {
        self.init(
            id: match.id,
            camera: match.camera,
            timeMilliseconds: match.timeMilliseconds,
            score: match.score,
            isConfirmed: isConfirmed
        )
    }
}

/// The most likely way of a person past the cameras, with what is not known of it.
public struct InferredRoute: Sendable, Hashable {
    /// A sighting on the way.
    public struct Step: Sendable, Hashable {
        /// The sighting.
        public var candidate: RouteCandidate
        /// When by a right clock, in milliseconds since 1970.
        public var timeMilliseconds: Int64
        /// The probability that the way passes this sighting, over all ways.
        public var probability: Double
    }

    /// What lies between a step and the next one.
    public struct Gap: Sendable, Hashable {
        /// Seconds between the two sightings.
        public var elapsedSeconds: Double
        /// Seconds that the straightest way takes at the usual pace.
        public var walkSeconds: Double
        /// Cameras on the straightest way that did not see the person.
        public var unseenAt: [UInt32]
        /// Seconds that nothing accounts for: a stay, a detour, a ride.
        public var unknownSeconds: Double
        /// How far from the straightest way the person can have been in between, in metres.
        public var uncertaintyMeters: Double
    }

    /// A camera that may see the person next.
    public struct NextCamera: Sendable, Hashable {
        /// The number of the camera.
        public var camera: UInt32
        /// The probability that it is the next one, among all cameras and none.
        public var probability: Double
        /// The earliest time, in milliseconds since 1970.
        public var earliestMilliseconds: Int64
        /// The time at the usual pace, in milliseconds since 1970.
        public var likelyMilliseconds: Int64
    }

    /// The sightings on the way, in order of time.
    public var steps: [Step]
    /// What lies between the steps; one fewer than them.
    public var gaps: [Gap]
    /// The cameras to watch, most probable first; their probabilities leave a rest for none of them.
    public var next: [NextCamera]
    /// Confirmed sightings that no walker can have reached from the one before; the way breaks there.
    public var breaks: [SightingID]
}
