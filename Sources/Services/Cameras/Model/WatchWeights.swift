import Basics
import City
import Footage
import Vision

/// One of the factors that make an event count.
struct WatchFactor: Sendable, Hashable, Codable {
    /// What it is about.
    enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case event
        case dwell
        case zone
        case time
        case vulnerability
        case confidence

        /// The factor in words.
        var title: Bilingual {
            switch self {
            case .event: Bilingual("종류", "Kind")
            case .dwell: Bilingual("지속 시간", "Duration")
            case .zone: Bilingual("구역", "Zone")
            case .time: Bilingual("시간대", "Time of day")
            case .vulnerability: Bilingual("취약 대상", "Who may be hurt")
            case .confidence: Bilingual("확신도", "Confidence")
            }
        }
    }

    var kind: Kind
    var value: Double
}

/// How much an event counts on the wall: kind × duration × zone × time × who may be hurt × confidence.
///
/// The numbers are the house's own, in steps an operator can follow; they are shown beside every event.
/// Waiting adds to them on the wall itself (`WallScheduler.doublingSeconds`).
struct WatchWeights {
    /// The longest time that still adds, in seconds.
    static let maximumDwellSeconds = 600.0
    /// From this hour on it is night, when fewer people are about to help.
    static let nightFromHour = 22
    /// From this hour on it is day again.
    static let dayFromHour = 6
    /// The hours around school.
    static let schoolHours = [8, 13, 14, 15]

    /// The factors of an event; their product is its weight.
    static func factors(
        of kind: EventKind,
        level: Int?,
        dwellSeconds: Double,
        hasZone: Bool,
        confidence: Double,
        camera: Camera,
        at now: Instant
    ) -> [WatchFactor] {
        let hour = now.timeOfDay.hour
        let isNight = hour >= nightFromHour || hour < dayFromHour
        let isSchoolTime = camera.purpose == .childProtection && schoolHours.contains(hour)
        let dwell = min(max(dwellSeconds, 0), maximumDwellSeconds)
        return [
            WatchFactor(kind: .event, value: base(kind, level: level)),
            WatchFactor(kind: .dwell, value: 1 + dwell / maximumDwellSeconds),
            WatchFactor(kind: .zone, value: hasZone ? 1.5 : 1),
            WatchFactor(kind: .time, value: isNight || isSchoolTime ? 1.5 : 1),
            WatchFactor(
                kind: .vulnerability,
                value: camera.purpose == .childProtection ? 2 : camera.purpose == .park ? 1.25 : 1
            ),
            WatchFactor(kind: .confidence, value: min(max(confidence, 0.1), 1)),
        ]
    }

    private static func base(_ kind: EventKind, level: Int?) -> Double {
        switch kind {
        case .fall: 8
        case .crowd: [1, 2, 6, 16][min(max((level ?? 1) - 1, 0), 3)]
        case .intrusion: 5
        case .unusualMotion, .abandonedObject: 4
        case .wrongWay: 3
        case .loitering: 2
        case .blackout, .frozen, .blurred, .moved: 1
        }
    }
}
