import Basics
import City
import Footage
import Identity
import Store
import Vision

extension Role {
    /// Watches the cameras of an organization (관제요원).
    static let cameraOperator = Role(rawValue: "cameraOperator")
    /// Answers for the watching: rules, procedures, plans (관제 책임자).
    static let cameraSupervisor = Role(rawValue: "cameraSupervisor")
}

extension Purpose {
    /// The control room watches over public places.
    static let cameraControl = Purpose(
        code: "cameras.control",
        Bilingual("영상 관제", "Watching over public places")
    )
}

/// The one hand that writes events: every step with its audit record, in one transaction.
struct EventKeeping: Sendable {
    /// The longest note, in characters.
    static let maximumNoteCharacterCount = 500

    let actor: Actor

    /// Creates the hand of an actor; the caller has asked whether they may.
    init(by actor: Actor) { self.actor = actor }

    private var actorName: String { actor.account?.displayName ?? "" }

    /// Writes an event that the analysis found.
    ///
    /// - Returns: The event with its number.
    func raise(
        _ event: CameraEvent,
        frames: [Clips.Frame],
        in tx: WriteTransaction
    ) throws -> CameraEvent {
        var kept = event
        kept.id = try CameraEvents.insert(event, in: tx)
        try Clips.save(frames, of: kept.id, in: tx)
        try tx.publish(
            CameraEventRaised(
                event: kept.id,
                camera: kept.camera,
                kind: kept.kind.rawValue,
                level: kept.level,
                at: kept.raisedAt
            )
        )
        return kept
    }

    /// Raises the level of a crowd that grew while its event is open.
    func grow(
        _ id: Int64,
        to level: Int,
        factors: [WatchFactor],
        in tx: WriteTransaction
    ) throws -> CameraEvent? {
        guard var event = try CameraEvents.find(id, in: tx), event.state == .open,
            level > event.level ?? 0
        else { return nil }
        event.level = level
        event.factors = JSONColumn(factors)
        event.weight = factors.reduce(1) { $0 * $1.value }
        try CameraEvents.update(event, in: tx)
        return event
    }

    /// Takes an event on to another state.
    ///
    /// A false alarm needs its reason and raises the threshold of its kind at the camera by a step; one
    /// that is taken back lowers it again.
    ///
    /// - Returns: The event as it is now.
    /// - Throws: `CamerasError` where the state cannot follow or the reason is missing.
    @discardableResult
    func move(
        _ id: Int64,
        to state: CameraEvent.State,
        reason: FalseAlarmReason? = nil,
        note: String = "",
        in tx: WriteTransaction
    ) throws -> CameraEvent {
        guard var event = try CameraEvents.find(id, in: tx) else {
            throw CamerasError.notFound("event \(id)")
        }
        guard event.state.next.contains(state) else {
            throw CamerasError(
                .impossibleState,
                Bilingual(
                    "‘\(event.state.title.korean)’인 이벤트를 ‘\(state.title.korean)’(으)로 바꿀 수 없습니다.",
                    "An event that is “\(event.state.title.english)” cannot become "
                        + "“\(state.title.english)”."
                ),
                context: "event \(id)"
            )
        }
        if state == .falseAlarm, reason == nil {
            throw CamerasError.badInput("오탐인 까닭을 골라 주세요.", "Choose why it was a false alarm.")
        }
        if state == .falseAlarm {
            try Thresholds.change(event.kind, camera: event.camera, by: 1, in: tx)
        } else if event.state == .falseAlarm {
            try Thresholds.change(event.kind, camera: event.camera, by: -1, in: tx)
        }
        event.state = state
        event.settledAt = tx.now
        event.settledBy = actor.id ?? ""
        event.settledByName = actorName
        event.reason = state == .falseAlarm ? reason?.rawValue ?? "" : ""
        if !note.isEmpty { event.note = String(note.prefix(Self.maximumNoteCharacterCount)) }
        try CameraEvents.update(event, in: tx)
        try record(.update, "cameraEvent", String(id), ["state": state.rawValue], in: tx)
        return event
    }

    /// Ticks a step of an event's procedure, or takes the tick away.
    func tick(
        _ step: String,
        isDone: Bool,
        of id: Int64,
        in tx: WriteTransaction
    ) throws {
        guard let event = try CameraEvents.find(id, in: tx) else {
            throw CamerasError.notFound("event \(id)")
        }
        let procedure = try Procedures.find(event.kind, in: tx)
        guard procedure.steps.contains(step) else {
            throw CamerasError(
                .outdated,
                Bilingual(
                    "그 사이 절차가 바뀌었습니다. 새로 열어 확인해 주세요.",
                    "The procedure was changed meanwhile. Open it again."
                ),
                context: step
            )
        }
        if isDone {
            try EventSteps.tick(step, of: id, by: actor.id ?? "", named: actorName, in: tx)
        } else {
            try EventSteps.untick(step, of: id, in: tx)
        }
        let details = ["step": step, "done": isDone ? "yes" : "no"]
        try record(.update, "cameraEvent", String(id), details, in: tx)
    }

    /// Writes the procedure of a kind of events anew; nothing brings back the house's own.
    func save(
        _ kind: EventKind,
        steps text: String?,
        in tx: WriteTransaction
    ) throws {
        if let text {
            let steps = try Procedure.steps(of: text)
            try Procedures.save(kind, steps: steps, by: actorName, in: tx)
        } else {
            try Procedures.reset(kind, in: tx)
        }
        try record(.update, "cameraProcedure", kind.rawValue, in: tx)
    }

    /// Writes the rules of a camera.
    ///
    /// - Throws: `VisionError` where they cannot be followed, `CamerasError` `outdated`.
    func save(
        _ rules: SceneRules,
        over version: Int,
        of camera: UInt32,
        in tx: WriteTransaction
    ) throws {
        try rules.check()
        let old = try RuleSets.find(camera, in: tx)?.version ?? 0
        guard old == version else {
            throw CamerasError(
                .outdated,
                Bilingual(
                    "그 사이 다른 사람이 이 규칙을 고쳤습니다. 새로 열어 확인해 주세요.",
                    "Somebody else changed these rules meanwhile. Open them again."
                ),
                context: "camera \(camera)"
            )
        }
        try RuleSets.save(
            RuleSets.Row(
                cameraNumber: Int64(camera),
                rules: JSONColumn(rules),
                version: old + 1,
                updatedByName: actorName,
                updatedAt: tx.now
            ),
            in: tx
        )
        try record(.update, "cameraRules", String(camera), in: tx)
    }

    /// Sets the threshold of a kind at a camera back to where nobody complained.
    func resetThreshold(
        _ kind: EventKind,
        of camera: UInt32,
        in tx: WriteTransaction
    ) throws {
        try Thresholds.set(kind, camera: camera, to: 0, in: tx)
        try record(.update, "cameraRules", String(camera), ["threshold": kind.rawValue], in: tx)
    }

    /// Writes an audit record of the control room.
    func record(
        _ action: AuditAction,
        _ kind: String,
        _ id: String,
        _ details: [String: String] = [:],
        in tx: WriteTransaction
    ) throws {
        try tx.record(
            action,
            on: AuditSubject(kind: kind, id: id),
            by: actor.auditActor,
            purpose: .cameraControl,
            details: details
        )
    }
}
