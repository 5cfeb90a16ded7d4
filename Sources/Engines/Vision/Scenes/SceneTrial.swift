/// What the analyzer makes of generated scenes, held against what really happens in them.
public struct SceneTrial: Sendable {
    /// How often an event was found, invented and missed.
    public struct Score: Sendable, Hashable, Codable {
        /// Events that happened and were found.
        public var found = 0
        /// Events that were reported and did not happen.
        public var invented = 0
        /// Events that happened and were not reported.
        public var missed = 0

        /// The harmonic mean of precision and recall, from 0 to 1.
        public var f1: Double {
            let all = 2 * found + invented + missed
            return all > 0 ? Double(2 * found) / Double(all) : 1
        }
    }

    /// Seconds by which a reported event may miss the true one.
    public static let toleranceSeconds = 2.0

    /// The scores, by kind.
    public private(set) var scores: [EventKind: Score] = [:]

    /// Creates a trial without scenes.
    public init() {}

    /// Plays one period of a scene to a new analyzer and counts what it reports.
    ///
    /// An event counts as found where its kind, its level and its time agree.
    ///
    /// - Returns: The events as they were last reported.
    /// - Throws: `VisionError` where the scene's rules are refused.
    @discardableResult
    public mutating func play(_ scene: GeneratedScene) throws -> [VisionEvent] {
        var analyzer = try SceneAnalyzer(rules: scene.rules)
        var reported: [Int: VisionEvent] = [:]
        for index in 0..<GeneratedScene.periodSeconds * scene.framesPerSecond {
            let seconds = Double(index) / Double(scene.framesPerSecond)
            let findings = try analyzer.analyze(scene.frame(index), atSeconds: seconds)
            for event in findings.events { reported[event.id] = event }
        }
        let events = reported.values.sorted { $0.id < $1.id }
        count(events, against: scene.events)
        return events
    }

    private mutating func count(_ events: [VisionEvent], against truth: [SceneEvent]) {
        var open = events
        for event in truth {
            let at = open.firstIndex {
                $0.kind == event.kind && $0.level == event.level
                    && $0.startSeconds < event.endSeconds + Self.toleranceSeconds
                    && $0.endSeconds > event.startSeconds - Self.toleranceSeconds
            }
            if let at {
                open.remove(at: at)
                scores[event.kind, default: Score()].found += 1
            } else {
                scores[event.kind, default: Score()].missed += 1
            }
        }
        for event in open { scores[event.kind, default: Score()].invented += 1 }
    }
}
