import Basics
import CityMap
import Routing
import Store
import Synchronization

/// Brings what the store knows of reports and lifts into the planner, where routes avoid it.
final class LiveBarriers: Sendable {
    /// A report farther from every way closes none, in metres.
    static let maximumSnapMetres = 60.0

    let planner: LivePlanner
    let lifts: LiftRegister
    private let store: Store
    private let seenRevision = Mutex(-1)

    /// Creates the bridge between a store and the planner of a map.
    init(_ map: CityMap, _ store: Store, time: TimeSource) {
        planner = LivePlanner(map.planner, time: time)
        lifts = LiftRegister(map)
        self.store = store
    }

    /// Brings the planner up to the store, where anything changed.
    func refresh() async throws {
        let revision = try await store.read { try Reports.revision(in: $0) }
        guard revision != seenRevision.withLock({ $0 }) else { return }
        let found = try await store.read { db in
            (
                revision: try Reports.revision(in: db), reports: try Reports.active(in: db),
                lifts: try LiftStatuses.all(in: db)
            )
        }
        // Two that read at the same time: the newer one stays.
        seenRevision.withLock { seen in
            guard found.revision > seen else { return }
            seen = found.revision
            planner.setClosures(
                found.lifts.compactMap { closure($0.key, $0.value) }
                    + found.reports.compactMap(closure)
            )
        }
    }

    /// What a report closes: the nearest piece of way, or the lift that it is about.
    func closure(_ report: BarrierReport) -> Closure? {
        guard let position = report.position else { return nil }
        var segments: [Int] = []
        if report.kind == .liftOut { segments = lifts.near(position)?.segments ?? [] }
        if segments.isEmpty {
            guard let snap = try? planner.planner.snap(position),
                snap.metresAway <= Self.maximumSnapMetres
            else { return nil }
            segments = [snap.segment]
        }
        return Closure(
            id: report.number,
            kind: report.kind.violation,
            text: report.routeText,
            position: position,
            segments: segments,
            isConfirmed: report.state != .reported,
            report: report.number,
            requirement: report.kind.requirement
        )
    }

    /// What a lift closes that stands still, or of which nobody is sure.
    private func closure(_ id: String, _ statuses: [LiftStatus]) -> Closure? {
        let standing = LiftStanding(statuses)
        guard [.outOfService, .contradictory].contains(standing), let lift = lifts[id] else {
            return nil
        }
        let back = statuses.filter { !$0.isWorking }.compactMap(\.returnsOn).max()
        let until = back.map { Bilingual(", \($0.iso) 복구 예정", ", expected back \($0.iso)") }
        return Closure(
            id: "lift:\(id)",
            kind: .outOfService,
            text: Bilingual(
                "\(lift.name): \(standing.title.korean)\(until?.korean ?? "")",
                "\(lift.name): \(standing.title.english)\(until?.english ?? "")"
            ),
            position: lift.position,
            segments: lift.segments,
            isConfirmed: standing == .outOfService
        )
    }
}
