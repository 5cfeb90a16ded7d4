public import Basics

/// A street as a camera would see it, drawn by Haechi, with the truth of what happens in it.
///
/// Nothing in it is a recording of anybody. The same kind, seed and size give the same frames on every
/// machine. The scene never ends: after `periodSeconds` it goes on as it began, without a jump.
public struct GeneratedScene: Sendable {
    /// What happens before the camera.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// People walk by.
        case walkers
        /// Somebody stays around.
        case loiterer
        /// Somebody falls.
        case fall
        /// A bag is left behind.
        case leftBag
        /// Somebody steps into a forbidden zone.
        case intrusion
        /// A square fills with people and empties again.
        case crowd
        /// Somebody comes against the one way.
        case wrongWay
        /// People who stand together suddenly run about.
        case commotion
        /// Hardly anybody is there.
        case quiet
        /// The picture goes black for a while.
        case black
        /// The picture stands still for a while.
        case frozen
        /// The picture loses its detail for a while.
        case blurred
        /// The camera is turned aside for a while.
        case moved

        /// The name of the kind.
        public var title: Bilingual {
            switch self {
            case .walkers: Bilingual("보행", "Walkers")
            case .loiterer: Bilingual("배회", "Loiterer")
            case .fall: Bilingual("쓰러짐", "Fall")
            case .leftBag: Bilingual("두고 간 가방", "Left bag")
            case .intrusion: Bilingual("침입", "Intrusion")
            case .crowd: Bilingual("밀집", "Crowd")
            case .wrongWay: Bilingual("역주행", "Wrong way")
            case .commotion: Bilingual("군집 동요", "Commotion")
            case .quiet: Bilingual("한산함", "Quiet")
            case .black: Bilingual("영상 꺼짐", "Black picture")
            case .frozen: Bilingual("영상 멈춤", "Frozen picture")
            case .blurred: Bilingual("영상 흐림", "Blurred picture")
            case .moved: Bilingual("카메라 방향 바뀜", "Camera moved")
            }
        }
    }

    /// Seconds after which the scene begins again.
    public static let periodSeconds = 60
    /// The least and the largest width.
    public static let widths = 96...1920

    /// What happens.
    public let kind: Kind
    /// The seed.
    public let seed: UInt64
    /// Pixels from left to right.
    public let width: Int
    /// Pixels from top to bottom.
    public let height: Int
    /// Frames a second.
    public let framesPerSecond: Int
    /// What a camera here would be watched for.
    public let rules: SceneRules
    /// What happens in the first period, as an attentive person would note it.
    public let events: [SceneEvent]

    private let script: SceneScript
    private let renderer: SceneRenderer

    /// Creates a scene.
    ///
    /// - Throws: `VisionError` `badPicture` for a size or a rate that no camera has.
    public init(
        _ kind: Kind,
        seed: UInt64,
        width: Int = 480,
        height: Int = 270,
        framesPerSecond: Int = 5
    ) throws {
        guard Self.widths.contains(width), height >= width / 3, height <= width,
            (1...30).contains(framesPerSecond)
        else { throw VisionError.badPicture("scene \(width)x\(height) at \(framesPerSecond)/s") }
        self.kind = kind
        self.seed = seed
        self.width = width
        self.height = height
        self.framesPerSecond = framesPerSecond
        let script = SceneScript(kind, seed: seed, aspect: Double(width) / Double(height))
        self.script = script
        rules = script.rules
        events = script.events
        renderer = SceneRenderer(script, seed: seed, width: width, height: height)
    }

    /// A frame, from 0 on.
    public func frame(_ index: Int) -> Picture {
        renderer.frame(at: seconds(index), noise: UInt64(place(index)))
    }

    /// Who and what is in a frame, nearest last.
    public func truth(_ index: Int) -> [SceneActor] {
        let seconds = seconds(index)
        let faults = script.fault.map { $0.seconds.contains(seconds) } ?? false
        guard !(faults && script.fault?.hidesPeople == true) else { return [] }
        let camera = renderer.camera(at: seconds)
        return script.figures(at: seconds).compactMap { figure in
            camera.box(of: figure).flatMap { box in
                SceneActor(figure, box: box, width: width, height: height)
            }
        }
    }

    /// The place of a frame within the period.
    private func place(_ index: Int) -> Int {
        let period = Self.periodSeconds * framesPerSecond
        return ((index % period) + period) % period
    }

    private func seconds(_ index: Int) -> Double { Double(place(index)) / Double(framesPerSecond) }
}

/// Somebody or something in a frame of a generated scene.
public struct SceneActor: Sendable, Hashable {
    /// What the figure does.
    public enum Doing: String, Sendable, Hashable, Codable {
        /// Walks.
        case walking
        /// Runs.
        case running
        /// Stands.
        case standing
        /// Lies on the ground.
        case lying
        /// Is a thing, not a person.
        case thing
    }

    /// The number of the figure in the scene, from 1 on.
    public var id: Int
    /// Where, in pixels, cut off at the edges of the picture.
    public var box: BoundingBox
    /// The colour of the upper clothes.
    public var upper: ColourName
    /// The colour of the lower clothes.
    public var lower: ColourName
    /// What the figure does.
    public var doing: Doing

    /// Nil where most of the figure lies outside of the picture.
    init?(_ figure: SceneFigure, box: BoundingBox, width: Int, height: Int) {
        let left = max(0, box.x)
        let top = max(0, box.y)
        let seen = BoundingBox(
            x: left,
            y: top,
            width: min(Double(width), box.x + box.width) - left,
            height: min(Double(height), box.y + box.height) - top
        )
        guard seen.width > 0, seen.height > 0, seen.area > 0.5 * box.area else { return nil }
        id = figure.id
        self.box = seen
        upper = figure.upper
        lower = figure.lower
        doing = figure.doing
    }
}

/// What happens in a generated scene.
public struct SceneEvent: Sendable, Hashable {
    /// What.
    public var kind: EventKind
    /// The highest level, for a crowd.
    public var level: CrowdLevel?
    /// From when, in seconds of the period.
    public var startSeconds: Double
    /// Until when.
    public var endSeconds: Double
    /// The figure; nil for a crowd or the camera.
    public var actorID: Int?
}
