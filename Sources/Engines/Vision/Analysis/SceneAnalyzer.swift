/// Watches one camera: what moves, who it is that goes on, and which of it is an event.
public struct SceneAnalyzer: Sendable {
    /// What decides when something is an event.
    public struct Settings: Sendable, Hashable {
        /// Seconds after which somebody loiters, where the zone does not say.
        public var dwellSeconds = 30.0
        /// Seconds somebody has to be in a forbidden zone.
        public var intrusionSeconds = 1.0
        /// Seconds somebody has to lie.
        public var fallSeconds = 2.0
        /// Seconds a thing has to lie without anybody beside it.
        public var abandonedSeconds = 10.0

        /// The settings for a street.
        public init() {}
    }

    /// Creates an analyzer.
    ///
    /// - Throws: `VisionError` `badRules`.
    public init(rules: SceneRules, settings: Settings = .init()) throws {
        try rules.check()
        self.rules = rules
        self.settings = settings
    }

    private let rules: SceneRules
    private let settings: Settings

    /// Takes the next frame in.
    ///
    /// - Parameters:
    ///   - picture: The frame; another size than before begins the background anew.
    ///   - seconds: Its time; hours of rules are read from it as Unix time.
    ///   - detections: What a detector saw; what moves where nil.
    public mutating func analyze(
        _ picture: Picture,
        atSeconds seconds: Double,
        detections: [Detection]? = nil
    ) throws -> FrameFindings {
        FrameFindings(
            seconds: seconds,
            tracks: [],
            events: [],
            health: .learning,
            personCount: Double(detections?.count ?? 0),
            density: nil,
            crowdLevel: .calm,
            foreground: nil
        )
    }
}
