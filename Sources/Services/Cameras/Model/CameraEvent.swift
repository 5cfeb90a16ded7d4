import Basics
import Store
import Vision

/// Something that happened before a camera, from its raising to its settling.
struct CameraEvent: Sendable, Hashable, Codable {
    /// Where an event is in its life.
    enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nobody has looked at it yet.
        case open
        /// An operator has it.
        case acknowledged
        /// Somebody was sent.
        case dispatched
        /// It is dealt with.
        case closed
        /// It was none.
        case falseAlarm
        /// It left the wall before anybody looked.
        case missed

        /// The states that may follow.
        var next: [State] {
            switch self {
            case .open: [.acknowledged, .dispatched, .falseAlarm, .missed]
            case .missed: [.acknowledged, .dispatched, .falseAlarm]
            case .acknowledged: [.dispatched, .closed, .falseAlarm]
            case .dispatched: [.closed, .falseAlarm]
            // A false alarm can be taken back; the threshold goes back with it.
            case .falseAlarm: [.acknowledged]
            case .closed: []
            }
        }

        /// Whether it still asks for somebody's work.
        var isPending: Bool { [.open, .missed, .acknowledged, .dispatched].contains(self) }

        /// The state in words.
        var title: Bilingual {
            switch self {
            case .open: Bilingual("새 이벤트", "New")
            case .acknowledged: Bilingual("확인함", "Acknowledged")
            case .dispatched: Bilingual("출동 요청", "Dispatched")
            case .closed: Bilingual("종결", "Closed")
            case .falseAlarm: Bilingual("오탐", "False alarm")
            case .missed: Bilingual("못 보고 지나감", "Missed")
            }
        }
    }

    /// The number.
    var id: Int64
    /// The camera.
    var cameraNumber: Int64
    /// Whose camera it is.
    var organizationID: String
    /// What happened.
    var kind: EventKind
    /// How dense a crowd is, from 1 to 4.
    var level: Int?
    /// The zone it happened in; empty where it is the whole picture.
    var zone: String
    /// How sure the analysis is, from 0 to 1.
    var confidence: Double
    /// How much it counts on the wall: the product of the factors.
    var weight: Double
    /// Why it counts that much.
    var factors: JSONColumn<[WatchFactor]>
    /// The times of the pictures that made it so, in seconds of the camera.
    var evidence: JSONColumn<[Double]>
    /// When it began.
    var startedAt: Instant
    /// When it was raised.
    var raisedAt: Instant
    /// When it first came onto a wall.
    var surfacedAt: Instant?
    /// Where it is in its life.
    var state: State
    /// When it came into that state.
    var settledAt: Instant?
    /// Who brought it there; empty where nobody did.
    var settledBy: String
    /// Their name at that time.
    var settledByName: String
    /// Why it was a false alarm.
    var reason: String
    /// What was said about it.
    var note: String
    /// Whether it is made up for the sample city.
    var isSample: Bool

    /// The camera's number.
    var camera: UInt32 { UInt32(clamping: cameraNumber) }
}

/// Why an event was none.
enum FalseAlarmReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// Shadow, light, headlights.
    case light
    /// Rain, snow, fog, a spider's web.
    case weather
    /// An animal, a bag in the wind.
    case notAPerson
    /// Somebody who may be there.
    case permitted
    /// The rule is drawn wrong.
    case rule
    /// Something else.
    case other

    /// The reason in words.
    var title: Bilingual {
        switch self {
        case .light: Bilingual("빛·그림자", "Light or shadow")
        case .weather: Bilingual("날씨·거미줄", "Weather or a web")
        case .notAPerson: Bilingual("사람이 아님", "Not a person")
        case .permitted: Bilingual("허가된 사람·작업", "Somebody permitted")
        case .rule: Bilingual("규칙이 맞지 않음", "The rule does not fit")
        case .other: Bilingual("그 밖", "Something else")
        }
    }
}
