/// What the analyzer found in one frame.
public struct FrameFindings: Sendable, Hashable {
    /// Somebody or something that moves, as far as it was followed.
    public struct Track: Sendable, Hashable, Codable {
        /// The number of the track, from 1 on.
        public var id: Int
        /// Where, in pixels.
        public var box: BoundingBox
        /// Where the person stands, as shares of the picture.
        public var footPoint: SceneRules.Point
        /// Since when the track is followed, in seconds.
        public var sinceSeconds: Double
    }

    /// The time of the frame, as handed in.
    public var seconds: Double
    /// Who is seen in this frame.
    public var tracks: [Track]
    /// The events that began, grew or ended with this frame.
    public var events: [VisionEvent]
    /// Whether the camera can be relied on.
    public var health: CameraHealth
    /// How many people are estimated in the picture, also where they hide each other.
    public var personCount: Double
    /// The densest crowd zone, in people on a square metre; nil where none is measured.
    public var density: Double?
    /// The level of the densest crowd zone.
    public var crowdLevel: CrowdLevel
    /// What is not background; nil while the background is still being learnt.
    public var foreground: ForegroundMask?
}

/// Whether a camera can be relied on.
public enum CameraHealth: String, Sendable, Hashable, Codable, CaseIterable {
    /// It can.
    case good
    /// The background is still being learnt.
    case learning
    /// The picture is black.
    case black
    /// The picture stands still.
    case frozen
    /// The picture lost its detail.
    case blurred
    /// The camera looks elsewhere than it did.
    case moved
}
