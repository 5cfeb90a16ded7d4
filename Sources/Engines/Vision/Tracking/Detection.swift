/// Somebody or something that a detector saw in one frame.
public struct Detection: Sendable, Hashable {
    /// Where.
    public var box: BoundingBox
    /// How sure the detector was, from 0 to 1.
    public var score: Double

    /// Creates a detection.
    public init(box: BoundingBox, score: Double) {
        self.box = box
        self.score = score
    }
}

/// One person through the frames of one camera, as far as the tracker could follow them.
public struct Track: Sendable, Hashable {
    /// Where the track was in one frame.
    public struct Point: Sendable, Hashable {
        /// The number of the frame, counted as the input counts.
        public var frame: Int
        /// The box.
        public var box: BoundingBox
        /// The detector's score; nil where the box was filled in between two sightings.
        public var score: Double?

        /// Creates a point.
        public init(frame: Int, box: BoundingBox, score: Double?) {
            self.frame = frame
            self.box = box
            self.score = score
        }
    }

    /// The number of the track, from 1 on.
    public var id: Int
    /// The boxes, frame by frame; frames without one are missing.
    public var points: [Point]

    /// Creates a track.
    public init(id: Int, points: [Point]) {
        self.id = id
        self.points = points
    }
}
