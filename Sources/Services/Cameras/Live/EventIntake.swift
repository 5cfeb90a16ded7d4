import Basics
import City
import Footage
import Hosting
import Identity
import Logging
import Store
import Vision

/// Writes what the analysis finds: events with their clip, sightings through the one intake.
actor EventIntake {
    /// Seconds in which an event of a kind is not raised again at a camera.
    static let quietSeconds = 300.0
    /// The most events that wait for a disk that takes nothing.
    static let maximumUnkeptCount = 100

    private let desk: CamerasDesk
    private let footage: FootageIntake
    /// The event in the store, by camera and the analyzer's number.
    private var raised: [Key: Int64] = [:]
    /// When an event of a kind was last raised at a camera, in the camera's seconds.
    private var lastRaised: [Kind: Double] = [:]
    /// What an event has to reach at each camera, by kind; read again with the rules.
    private var steps: [UInt32: [EventKind: Int]] = [:]

    /// What a full disk did not take; it is tried again with the next look.
    private var unkept: [(event: VisionEvent, camera: Camera)] = []

    private struct Key: Hashable {
        var camera: UInt32
        var number: Int
    }

    private struct Kind: Hashable {
        var camera: UInt32
        var kind: EventKind
    }

    init(_ desk: CamerasDesk) throws {
        self.desk = desk
        footage = try FootageIntake(desk.platform)
    }

    /// Forgets what it knows of a camera's analysis, which begins anew.
    func forget(_ camera: UInt32, steps: [EventKind: Int]) {
        raised = raised.filter { $0.key.camera != camera }
        self.steps[camera] = steps
    }

    /// Takes in a look at a camera; where that cannot be kept, the wall says so and goes on.
    func takeOrTell(_ look: CameraLook, of camera: Camera, _ logger: Logger) async {
        do {
            try await take(look, of: camera)
            desk.board.noteKept()
        } catch {
            let known = (error as? any ExplainedError)?.message
            desk.board.noteNotKept(
                known ?? Bilingual("알 수 없는 오류입니다.", "An unknown error."),
                at: desk.platform.time.now()
            )
            logger.error(
                "a look at a camera was not kept",
                metadata: ["camera": "\(camera.number)", "error": "\(error)"]
            )
        }
    }

    /// Takes in a look at a camera.
    func take(_ look: CameraLook, of camera: Camera) async throws {
        let due = unkept + look.findings.events.map { (event: $0, camera: camera) }
        unkept = []
        for (place, one) in due.enumerated() {
            do {
                try await take(one.event, of: one.camera)
            } catch {
                unkept = Array(due[place...].prefix(Self.maximumUnkeptCount))
                throw error
            }
        }
        guard !look.sightings.isEmpty else { return }
        try await footage.append(
            look.sightings,
            still: look.still,
            camera: camera.number,
            at: desk.platform.time.now()
        )
    }

    private func take(_ event: VisionEvent, of camera: Camera) async throws {
        let key = Key(camera: camera.number, number: event.id)
        if event.isOver { return raised[key] = nil }
        if let id = raised[key] { return try await grow(id, event, camera) }
        let kind = Kind(camera: camera.number, kind: event.kind)
        let count = steps[camera.number]?[event.kind] ?? 0
        guard event.confidence >= Thresholds.confidence(steps: count),
            event.startSeconds - (lastRaised[kind] ?? -.infinity) >= Self.quietSeconds
        else { return }
        let frames = desk.board.recent(of: camera.number).enumerated().map {
            Clips.Frame(number: $0, at: $1.at, jpeg: $1.jpeg)
        }
        let new = Self.event(event, of: camera, at: desk.platform.time.now())
        let kept = try await desk.store.write {
            try EventKeeping(by: .anonymous).raise(new, frames: frames, in: $0)
        }
        raised[key] = kept.id
        lastRaised[kind] = event.startSeconds
        desk.hub.report(kept)
        try await desk.step()
    }

    private func grow(_ id: Int64, _ event: VisionEvent, _ camera: Camera) async throws {
        guard let level = event.level?.rawValue else { return }
        let factors = Self.factors(event, camera, at: desk.platform.time.now())
        let grown = try await desk.store.write {
            try EventKeeping(by: .anonymous).grow(id, to: level, factors: factors, in: $0)
        }
        guard let grown else { return }
        desk.hub.report(grown)
        try await desk.step()
    }

    private static func factors(
        _ event: VisionEvent,
        _ camera: Camera,
        at now: Instant
    ) -> [WatchFactor] {
        WatchWeights.factors(
            of: event.kind,
            level: event.level?.rawValue,
            dwellSeconds: event.endSeconds - event.startSeconds,
            hasZone: event.zone != nil,
            confidence: event.confidence,
            camera: camera,
            at: now
        )
    }

    /// An event as it is written when it is raised.
    static func event(
        _ event: VisionEvent,
        of camera: Camera,
        at now: Instant
    ) -> CameraEvent {
        let factors = factors(event, camera, at: now)
        let lasted = min(max(event.endSeconds - event.startSeconds, 0), 86_400)
        return CameraEvent(
            id: 0,
            cameraNumber: Int64(camera.number),
            organizationID: camera.asset.organizationID,
            kind: event.kind,
            level: event.level?.rawValue,
            zone: event.zone ?? "",
            confidence: event.confidence,
            weight: factors.reduce(1) { $0 * $1.value },
            factors: JSONColumn(factors),
            evidence: JSONColumn(event.evidence),
            startedAt: now.adding(seconds: -Int(lasted)),
            raisedAt: now,
            state: .open,
            settledBy: "",
            settledByName: "",
            reason: "",
            note: "",
            isSample: camera.asset.isSample
        )
    }
}
