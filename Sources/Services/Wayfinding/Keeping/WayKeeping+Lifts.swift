import Basics
import Identity
import Routing
import Store

extension WayKeeping {
    /// Writes what a source says of a lift; who walks there is told when it stops.
    func set(_ status: LiftStatus, of lift: CityLift, in tx: WriteTransaction) throws {
        let before = LiftStanding(try LiftStatuses.all(in: tx)[lift.id] ?? [])
        try LiftStatuses.save(status, in: tx)
        try Reports.bumpRevision(in: tx)
        try tx.record(
            .update,
            on: AuditSubject(kind: "lift", id: lift.id),
            by: actor.auditActor,
            purpose: .walkingEnvironment,
            details: [
                "source": status.source, "isWorking": String(status.isWorking),
            ]
        )
        guard before != .outOfService, !status.isWorking else { return }
        try tellWalkers(
            of: lift.position,
            id: "lift-\(lift.id)-\(tx.now.millisecondsSinceEpoch)",
            Bilingual("저장한 길의 승강기가 멈췄습니다", "A lift on your route is out of service"),
            Bilingual(same: "\(lift.name) \(status.note)"),
            in: tx
        )
    }

    /// Forgets what a source said of a lift, such as a feed that ended.
    func forget(_ source: String, of lift: CityLift, in tx: WriteTransaction) throws {
        guard try LiftStatuses.remove(lift.id, source: source, in: tx) else {
            throw WayfindingError.notFound("\(source) of \(lift.id)")
        }
        try Reports.bumpRevision(in: tx)
        try tx.record(
            .delete,
            on: AuditSubject(kind: "lift", id: lift.id),
            by: actor.auditActor,
            purpose: .walkingEnvironment,
            details: ["source": source]
        )
    }
}
