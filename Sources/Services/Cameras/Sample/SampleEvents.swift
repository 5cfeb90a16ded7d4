import Basics
import City
import Footage
import Store
import Vision

/// Events of the sample city's last days, most of them dealt with.
enum SampleEvents {
    /// Days of history.
    private static let dayCount = 14
    private static let perDay = 6
    private static let kinds: [EventKind] = [
        .loitering, .intrusion, .fall, .crowd, .abandonedObject, .wrongWay, .loitering, .crowd,
        .unusualMotion, .blurred,
    ]

    static func make(in tx: WriteTransaction) throws {
        guard try tx.value("SELECT COUNT(*) FROM cameras_event", as: Int.self) == 0 else { return }
        var random = SeededRandom(seed: 167)
        let cameras = try CameraRegister.all(in: tx).filter { $0.asset.isSample }
        guard !cameras.isEmpty else { return }
        for day in (1...dayCount).reversed() {
            for _ in 0..<perDay {
                let seconds = day * 86_400 - Int(random.unit() * 80_000)
                let at = tx.now.adding(seconds: -seconds)
                let camera = cameras[Int(random.unit() * Double(cameras.count))]
                let kind = kinds[Int(random.unit() * Double(kinds.count))]
                let level = kind == .crowd ? 1 + Int(random.unit() * 3) : nil
                let event = event(kind, level, of: camera, at: at, &random)
                _ = try CameraEvents.insert(event, in: tx)
            }
        }
        for (number, kind, level) in waiting {
            guard let camera = cameras.first(where: { $0.number == number }) else { continue }
            var event = event(kind, level, of: camera, at: tx.now, &random)
            event.state = .open
            event.surfacedAt = nil
            event.settledAt = nil
            event.settledByName = ""
            event.reason = ""
            _ = try CameraEvents.insert(event, in: tx)
        }
    }

    /// What waits for whoever opens the sample's wall first.
    private static let waiting: [(camera: UInt32, kind: EventKind, level: Int?)] = [
        (12, .fall, nil), (6, .crowd, 2), (9, .loitering, nil),
    ]

    private static func event(
        _ kind: EventKind,
        _ level: Int?,
        of camera: Camera,
        at: Instant,
        _ random: inout SeededRandom
    ) -> CameraEvent {
        let confidence = 0.5 + random.unit() / 2
        let factors = WatchWeights.factors(
            of: kind,
            level: level,
            dwellSeconds: 20 + random.unit() * 60,
            hasZone: kind == .intrusion || kind == .crowd,
            confidence: confidence,
            camera: camera,
            at: at
        )
        let surfaced = Instant(
            millisecondsSinceEpoch: at.millisecondsSinceEpoch + Int64(50 + random.unit() * 900)
        )
        let state: CameraEvent.State =
            switch random.unit() {
            case ..<0.2: .falseAlarm
            case ..<0.3: .dispatched
            case ..<0.35: .missed
            case ..<0.45: .acknowledged
            default: .closed
            }
        let reasons = FalseAlarmReason.allCases
        let reason = reasons[Int(random.unit() * Double(reasons.count))]
        return CameraEvent(
            id: 0,
            cameraNumber: Int64(camera.number),
            organizationID: camera.asset.organizationID,
            kind: kind,
            level: level,
            zone: "",
            confidence: (confidence * 100).rounded() / 100,
            weight: factors.reduce(1) { $0 * $1.value },
            factors: JSONColumn(factors),
            evidence: JSONColumn([]),
            startedAt: at.adding(seconds: -20),
            raisedAt: at,
            surfacedAt: surfaced,
            state: state == .dispatched || state == .acknowledged ? .closed : state,
            settledAt: at.adding(seconds: 30 + Int(random.unit() * 400)),
            settledBy: "",
            settledByName: state == .missed ? "" : "견본 관제요원",
            reason: state == .falseAlarm ? reason.rawValue : "",
            note: "",
            isSample: true
        )
    }
}
