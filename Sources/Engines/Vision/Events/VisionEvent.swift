public import Basics

/// What a camera is watched for.
public enum EventKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Somebody is where nobody may be.
    case intrusion
    /// Somebody stays around for longer than people do.
    case loitering
    /// Somebody fell and lies.
    case fall
    /// A thing was left behind.
    case abandonedObject
    /// Several people move suddenly and without order: perhaps a fight, perhaps a flight.
    case unusualMotion
    /// Somebody goes against the one direction of a line.
    case wrongWay
    /// More people on a square metre than is safe.
    case crowd
    /// The picture is black.
    case blackout
    /// The picture does not change any more.
    case frozen
    /// The picture lost its detail: out of focus, dirty, fogged.
    case blurred
    /// The camera looks elsewhere than it did.
    case moved

    /// The name of the kind.
    public var title: Bilingual {
        switch self {
        case .intrusion: Bilingual("침입", "Intrusion")
        case .loitering: Bilingual("배회", "Loitering")
        case .fall: Bilingual("쓰러짐", "Fall")
        case .abandonedObject: Bilingual("유기", "Abandoned object")
        case .unusualMotion: Bilingual("이상행동(군집 동요)", "Unusual motion")
        case .wrongWay: Bilingual("역주행", "Wrong way")
        case .crowd: Bilingual("밀집", "Crowd")
        case .blackout: Bilingual("영상 꺼짐", "Black picture")
        case .frozen: Bilingual("영상 멈춤", "Frozen picture")
        case .blurred: Bilingual("영상 흐림", "Blurred picture")
        case .moved: Bilingual("카메라 방향 바뀜", "Camera moved")
        }
    }

    /// Whether the camera itself is what has to be looked after.
    public var isCameraFault: Bool {
        switch self {
        case .blackout, .frozen, .blurred, .moved: true
        default: false
        }
    }
}

/// How dense a crowd is, in the four levels of the city's crowd control.
public enum CrowdLevel: Int, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Below every limit.
    case calm = 0
    /// 관심: to be kept in mind.
    case attention = 1
    /// 주의: to be watched.
    case caution = 2
    /// 경계: people are sent.
    case alert = 3
    /// 심각: police and fire services are called.
    case serious = 4

    /// The name of the level.
    public var title: Bilingual {
        switch self {
        case .calm: Bilingual("평상", "Calm")
        case .attention: Bilingual("관심", "Attention")
        case .caution: Bilingual("주의", "Caution")
        case .alert: Bilingual("경계", "Alert")
        case .serious: Bilingual("심각", "Serious")
        }
    }

    /// Orders levels from calm to serious.
    public static func < (left: CrowdLevel, right: CrowdLevel) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// Something that happened before a camera, with the frames that show it.
public struct VisionEvent: Sendable, Hashable, Codable {
    /// The number of the event at its camera, from 1 on: the same from its first report to its last.
    public var id: Int
    /// What happened.
    public var kind: EventKind
    /// How dense, for a crowd: the highest level so far.
    public var level: CrowdLevel?
    /// When it began, in seconds of the time that the analyzer is handed.
    public var startSeconds: Double
    /// Until when it is known to go on.
    public var endSeconds: Double
    /// Whether it is over; an event is reported when it begins, when it grows and when it is over.
    public var isOver: Bool
    /// The people, by the numbers of their tracks.
    public var trackIDs: [Int]
    /// Where, in pixels; nil where it is the whole picture.
    public var box: BoundingBox?
    /// The name of the zone or line; nil where none takes part.
    public var zone: String?
    /// How sure, from 0 to 1.
    public var confidence: Double
    /// The times of the frames that made it so, in seconds.
    public var evidence: [Double]

    /// Frames that are kept as evidence of one event.
    public static let maximumEvidenceCount = 12

    /// Creates an event.
    public init(
        id: Int,
        kind: EventKind,
        level: CrowdLevel? = nil,
        startSeconds: Double,
        endSeconds: Double,
        isOver: Bool = false,
        trackIDs: [Int] = [],
        box: BoundingBox? = nil,
        zone: String? = nil,
        confidence: Double,
        evidence: [Double]
    ) {
        self.id = id
        self.kind = kind
        self.level = level
        self.startSeconds = startSeconds
        self.endSeconds = endSeconds
        self.isOver = isOver
        self.trackIDs = trackIDs
        self.box = box
        self.zone = zone
        self.confidence = confidence
        self.evidence = evidence
    }
}
