import Basics

/// Who goes where in a generated scene, what a camera there is watched for, and what really happens.
struct SceneScript: Sendable {
    /// What is wrong with the camera, and when.
    struct Fault: Sendable, Hashable {
        var kind: EventKind
        var seconds: ClosedRange<Double>

        /// Whether people cannot be seen as they are.
        var hidesPeople: Bool { kind == .blackout || kind == .frozen }
    }

    private(set) var kind: GeneratedScene.Kind
    private(set) var aspect: Double
    var paths: [ScenePath] = []
    var zones: [SceneRules.Zone] = []
    var lines: [SceneRules.Line] = []
    var events: [SceneEvent] = []
    var fault: Fault?

    init(_ kind: GeneratedScene.Kind, seed: UInt64, aspect: Double) {
        self.kind = kind
        self.aspect = aspect
        var director = SceneDirector(self, seed: seed)
        director.play()
        self = director.script
    }

    /// The camera for a size of the picture.
    func camera(width: Double, height: Double) -> SceneCamera {
        kind == .crowd
            ? SceneCamera(
                heightMetres: 11,
                pitch: 0.95,
                focal: 0.85,
                width: width,
                height: height
            )
            : SceneCamera(
                heightMetres: 6,
                pitch: 0.36,
                focal: 0.85,
                width: width,
                height: height
            )
    }

    /// The figures at a time of the period, the farthest first.
    func figures(at seconds: Double) -> [SceneFigure] {
        paths.compactMap { $0.figure(at: seconds) }.sorted { ($0.ahead, $0.id) > ($1.ahead, $1.id) }
    }

    /// The rules of the camera.
    var rules: SceneRules {
        let ahead = kind == .crowd ? 5.0...11 : 9...16
        let square: [SceneRules.Point] = [
            .init(x: -3, y: ahead.lowerBound), .init(x: 3, y: ahead.lowerBound),
            .init(x: 3, y: ahead.upperBound), .init(x: -3, y: ahead.upperBound),
        ]
        return SceneRules(
            zones: zones,
            lines: lines,
            homography: SceneRules.Homography(
                picture: square.map { place(right: $0.x, ahead: $0.y) },
                groundMetres: square
            )
        )
    }

    /// A place on the ground as a share of the picture, brought inside it.
    func place(right: Double, ahead: Double) -> SceneRules.Point {
        let camera = camera(width: aspect, height: 1)
        let pixel = camera.pixel(right: right, ahead: ahead, up: 0) ?? (0, 0)
        return SceneRules.Point(
            x: min(1, max(0, pixel.x / aspect)),
            y: min(1, max(0, pixel.y))
        )
    }

    /// Half of what is seen from left to right at a distance, in metres, and a step more.
    func edge(ahead: Double) -> Double {
        let camera = camera(width: aspect, height: 1)
        return aspect / 2 / camera.scale(ahead: ahead) + 0.6
    }
}
