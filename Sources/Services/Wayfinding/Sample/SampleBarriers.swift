import Basics
import CityMap
import Hosting
import Identity
import Routing
import Store
import Web

/// Reports in different states, a lift that stands still and a saved route in the sample
/// neighbourhood.
enum SampleBarriers {
    private struct Entry {
        var kind: ReportKind
        var east: Double
        var north: Double
        var place: String
        var text: String
        /// The states it went through after it came in.
        var states: [ReportState] = []
    }

    private static let entries: [Entry] = [
        Entry(
            kind: .brokenPavement,
            east: 60,
            north: 45,
            place: "까치대로 보도",
            text: "보도블록이 내려앉아 바퀴가 빠집니다."
        ),
        Entry(
            kind: .blocked,
            east: -120,
            north: 60,
            place: "시장 앞 보도",
            text: "입간판이 보도를 막고 있습니다.",
            states: [.confirmed]
        ),
        Entry(
            kind: .tactilePaving,
            east: -60,
            north: -46,
            place: "까치대로 횡단보도 앞",
            text: "점자블록이 끊겨 있습니다.",
            states: [.confirmed, .assigned]
        ),
        Entry(
            kind: .highKerb,
            east: 200,
            north: -46,
            place: "버스정류장 옆",
            text: "턱이 높아 휠체어가 오르지 못했습니다.",
            states: [.confirmed, .assigned, .closed]
        ),
        Entry(
            kind: .other,
            east: 0,
            north: 200,
            place: "골목길",
            text: "가로등이 어둡습니다.",
            states: [.rejected]
        ),
    ]

    /// Fills the store, in one transaction, once.
    static func make(on platform: Platform) async throws {
        let map = try CityMap.of(platform)
        guard map.isSample else { return }
        let desk = try await WayDesk(on: platform)
        let officer = try await platform.sampleActor(Wayfinding.samplePeople[0].account)
        let resident = try await platform.sampleActor(
            NewAccount(
                kind: .resident,
                loginName: "resident@sample.example",
                displayName: "견본 시민"
            )
        )
        let saved = try savedRoute(desk, resident)
        try await platform.store.write { tx in
            guard try Reports.counts(in: tx).isEmpty else { return }
            if let saved {
                _ = try WayKeeping(actor: resident).save(saved.route, saved.shape, in: tx)
            }
            for entry in entries { try make(entry, officer, resident, desk, in: tx) }
            try stopLift(desk, WayKeeping(actor: officer), in: tx)
        }
    }

    private static func make(
        _ entry: Entry,
        _ officer: Actor,
        _ resident: Actor,
        _ desk: WayDesk,
        in tx: WriteTransaction
    ) throws {
        let position = SampleNeighbourhood.position(
            metresEast: entry.east,
            metresNorth: entry.north
        )
        let report = try WayKeeping(actor: resident).report(
            WayKeeping.NewReport(
                kind: entry.kind,
                position: position,
                place: entry.place,
                area: desk.area(of: position),
                text: entry.text,
                code: "sample",
                isSample: true
            ),
            in: tx
        )
        for state in entry.states {
            try WayKeeping(actor: officer).move(
                report.number,
                to: state,
                note: state.sampleNote,
                assignee: state == .assigned ? "견본 도로보수반" : "",
                in: tx
            )
        }
    }

    /// The lift of the platform stands still, and two sources disagree over another.
    private static func stopLift(
        _ desk: WayDesk,
        _ keeping: WayKeeping,
        in tx: WriteTransaction
    ) throws {
        let lifts = desk.barriers.lifts.all
        func set(_ lift: CityLift, _ source: String, isWorking: Bool, _ note: String) throws {
            try keeping.set(
                LiftStatus(
                    liftID: lift.id,
                    source: source,
                    isWorking: isWorking,
                    returnsOn: isWorking ? nil : tx.now.date.adding(days: 3),
                    note: note,
                    at: tx.now,
                    isSample: true
                ),
                of: lift,
                in: tx
            )
        }
        guard let last = lifts.last else { return }
        try set(last, "견본 역무실", isWorking: false, "정기 점검")
        if let first = lifts.first, first.id != last.id {
            try set(first, "견본 역무실", isWorking: true, "")
        }
    }

    private static func savedRoute(
        _ desk: WayDesk,
        _ resident: Actor
    ) throws -> (route: SavedRoute, shape: [GeoPoint])? {
        let (from, to) = (
            SampleNeighbourhood.Landmark.station.position,
            SampleNeighbourhood.Landmark.welfareCentre.position
        )
        var question = RouteQuestion(QueryItems([("profile", "manualWheelchair")]))
        question.from = .init(words: "까치역", chosen: from)
        question.to = .init(words: "해치종합사회복지관", chosen: to)
        guard let account = resident.id,
            case .routes(let routes, _) = desk.answer(question, from: from, to: to)
        else { return nil }
        let shape = routes[0].route.shape
        let route = SavedRoute(
            id: "sample-route",
            accountID: account,
            title: "까치역 → 해치종합사회복지관",
            question: String(question.link.target.dropFirst("/wayfinding?".count)),
            line: Polyline.encode(shape, digits: 6),
            consentedAt: desk.platform.time.now()
        )
        return (route, shape)
    }
}

extension ReportState {
    /// What the officer of the sample wrote.
    fileprivate var sampleNote: String {
        switch self {
        case .confirmed: "현장에서 확인했습니다."
        case .assigned: "수리를 맡겼습니다."
        case .closed: "턱을 낮추었습니다."
        case .rejected: "가로등은 도로조명 담당에게 전했습니다."
        case .reported: ""
        }
    }
}
