/// Watches one camera: what moves, who it is that goes on, and which of it is an event.
///
/// Without a model: what differs from the learnt background is followed, and rules are asked about it.
/// With detections of a model, people are taken from there; the rest stays the same.
public struct SceneAnalyzer: Sendable {
    /// What decides when something is an event.
    public struct Settings: Sendable, Hashable {
        /// Seconds after which somebody loiters, where the zone does not say.
        public var dwellSeconds = 30.0
        /// Seconds somebody has to be in a forbidden zone.
        public var intrusionSeconds = 0.8
        /// Seconds somebody has to lie.
        public var fallSeconds = 2.0
        /// Seconds a thing has to lie with nobody beside it.
        public var abandonedSeconds = 8.0

        /// The settings for a street.
        public init() {}
    }

    private let rules: SceneRules
    private let settings: Settings
    private let ground: GroundPlane?
    private var stage: Stage?
    private var ledger = EventLedger()
    private var lastSeconds: Double?
    private var frame = 0

    /// Whether something moved in the last frame, or may have while the background is still learnt: what
    /// makes it worth asking a detector about the next one.
    public private(set) var sawMotion = true

    /// What depends on the size of the picture.
    private struct Stage: Sendable {
        var width: Int
        var height: Int
        var background: BackgroundModel
        var camera = CameraWatch()
        var scale: PersonScale
        var tracker: Tracker
        var people: PeopleWatch
        var things: ThingWatch
        var flow: FlowWatch
        var crowd: CrowdWatch
        /// The cells of zones that are left out.
        var ignored: [Bool]
    }

    /// Creates an analyzer.
    ///
    /// - Throws: `VisionError` `badRules`.
    public init(rules: SceneRules, settings: Settings = .init()) throws {
        try rules.check()
        self.rules = rules
        self.settings = settings
        ground = rules.homography.flatMap(GroundPlane.init)
    }

    /// Takes the next frame in.
    ///
    /// - Parameters:
    ///   - picture: The frame; another size than before begins the background anew.
    ///   - seconds: Its time; hours of rules are read from it as Unix time.
    ///   - detections: The people whom a detector saw; what moves is taken where nil.
    /// - Returns: Who is seen, which events began, grew or ended, and whether the camera is well.
    /// - Throws: `VisionError` `tooMany` detections.
    public mutating func analyze(
        _ picture: Picture,
        atSeconds seconds: Double,
        detections: [Detection]? = nil
    ) throws -> FrameFindings {
        let grid = AnalysisGrid(picture)
        frame += 1
        // A clock that jumps or stands still counts as one frame of a slow camera.
        let passed = lastSeconds.map { seconds - $0 } ?? 0
        let step = passed > 0 && passed < 5 ? passed : 0.2
        lastSeconds = seconds
        var stage = stage(for: picture, grid)
        defer { self.stage = stage }
        let judged = stage.camera.judge(grid, background: stage.background, at: seconds)
        if let kind = judged.health.fault {
            ledger.hold(
                .init(
                    kind: kind,
                    subject: 0,
                    since: judged.since,
                    confidence: 0.95,
                    evidence: [judged.since]
                ),
                at: seconds
            )
        }
        if judged.startsAnew { stage = Self.newStage(picture, grid, rules, settings, ground) }
        guard judged.health == .good else {
            // Whether the camera was turned is told by a mask that goes on being made.
            stage.background.compare(grid)
            return findings(at: seconds, health: judged.health)
        }
        stage.background.update(grid, after: step)
        guard stage.background.isLearnt || detections != nil else {
            return findings(at: seconds, health: .learning)
        }
        return try look(at: picture, grid, &stage, at: seconds, detections)
    }

    /// Everything about a frame that can be relied on.
    private mutating func look(
        at picture: Picture,
        _ grid: AnalysisGrid,
        _ stage: inout Stage,
        at seconds: Double,
        _ detections: [Detection]?
    ) throws -> FrameFindings {
        var mask = stage.background.mask
        let regions = MotionRegions(width: grid.width, height: grid.height).find(
            in: &mask,
            still: stage.background.stillSeconds,
            ignored: stage.ignored,
            minimumCellCount: 8
        )
        let scene = FrameScene(
            picture: picture,
            grid: grid,
            mask: mask,
            regions: regions,
            scale: stage.scale,
            seconds: seconds
        )
        sawMotion = !stage.background.isLearnt || !regions.isEmpty
        let bodies = detections ?? scene.bodies()
        let seen = try stage.tracker.follow(bodies, in: frame)
        stage.people.follow(seen, scene, &stage.scale)
        stage.people.judge(scene, &ledger)
        stage.things.judge(scene, stage.people, &stage.background, &ledger)
        stage.flow.judge(scene, &ledger)
        let crowd = stage.crowd.judge(scene, &ledger, detections: detections)
        var found = findings(at: seconds, health: .good)
        found.tracks = stage.people.visible(at: seconds).map { person in
            FrameFindings.Track(
                id: person.id,
                box: person.box,
                footPoint: scene.share(person.box.foot),
                sinceSeconds: person.sinceSeconds
            )
        }
        found.personCount = crowd.personCount
        found.density = crowd.density
        found.crowdLevel = crowd.level
        found.foreground = mask
        return found
    }

    private mutating func findings(at seconds: Double, health: CameraHealth) -> FrameFindings {
        FrameFindings(
            seconds: seconds,
            tracks: [],
            events: ledger.settle(at: seconds),
            health: health,
            personCount: 0,
            density: nil,
            crowdLevel: .calm,
            foreground: nil
        )
    }

    private func stage(for picture: Picture, _ grid: AnalysisGrid) -> Stage {
        if let stage, stage.width == picture.width, stage.height == picture.height { return stage }
        return Self.newStage(picture, grid, rules, settings, ground)
    }

    private static func newStage(
        _ picture: Picture,
        _ grid: AnalysisGrid,
        _ rules: SceneRules,
        _ settings: Settings,
        _ ground: GroundPlane?
    ) -> Stage {
        var tracking = Tracker.Settings()
        tracking.keepsHistory = false
        tracking.confirmationCount = 3
        tracking.minimumOverlap = 0.2
        tracking.margin = 0.3
        tracking.widerMargin = 0.5
        tracking.maximumGap = 12
        let zones = rules.zones.map { Polygon($0.polygon) }
        let ignored = zip(rules.zones, zones).filter { $0.0.kind == .ignored }.map(\.1)
        return Stage(
            width: picture.width,
            height: picture.height,
            background: BackgroundModel(grid),
            scale: PersonScale(ground, width: picture.width, height: picture.height),
            tracker: Tracker(tracking),
            people: PeopleWatch(rules, settings),
            things: ThingWatch(settings),
            flow: FlowWatch(),
            crowd: CrowdWatch(rules, ground),
            ignored: (0..<grid.width * grid.height).map { at in
                let place = SceneRules.Point(
                    x: (Double(at % grid.width) + 0.5) / Double(grid.width),
                    y: (Double(at / grid.width) + 0.5) / Double(grid.height)
                )
                return ignored.contains { $0.contains(place) }
            }
        )
    }
}

extension CameraHealth {
    /// The event that the health is; nil where it is none.
    fileprivate var fault: EventKind? {
        switch self {
        case .good, .learning: nil
        case .black: .blackout
        case .frozen: .frozen
        case .blurred: .blurred
        case .moved: .moved
        }
    }
}
