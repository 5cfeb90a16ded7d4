import Basics
import Footage
import HTTPTypes
import Identity
import Store
import Web

/// The live wall and its events by server.
struct WallRoutes {
    let desk: CamerasDesk

    /// How often a stream looks whether the wall changed.
    static let lookMilliseconds = 200
    /// Looks after which a heartbeat is sent where nothing changed.
    static let heartbeatLookCount = 60
    /// The longest one stream runs; the browser opens the next by itself.
    static let maximumStreamSeconds = 900.0

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/cameras/wall", access: CamerasDesk.watchers) { incoming in
            try await Self.page(desk, incoming).page(in: incoming.page)
        }
        table.file("/cameras/wall/events", access: CamerasDesk.watchers) { incoming in
            let organizationID = try desk.organization(of: incoming.actor)
            return Self.stream(of: organizationID, desk, incoming.page)
        }
        table.submission("/cameras/wall/settings", access: CamerasDesk.supervisors) {
            incoming,
            form in
            let organizationID = try desk.supervised(by: incoming.actor)
            let settings = try? Self.settings(form)
            guard let settings else {
                var page = try await Self.page(desk, incoming)
                page.refusal = Bilingual(
                    "화면 수와 시간을 정해진 범위 안에서 적어 주세요.",
                    "Give tiles and times within their limits."
                )
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let keeping = EventKeeping(by: incoming.actor)
            try await desk.store.write { tx in
                try settings.save(organizationID, in: tx)
                try keeping.record(.update, "cameraWall", organizationID, in: tx)
            }
            try await desk.setUpWalls()
            return .other(.seeOther(Ways.wall))
        }
    }

    private static func settings(_ form: FormFields) throws -> WallSettings {
        func number(_ name: String, _ range: ClosedRange<Int>) throws -> Int {
            guard let value = form.text(name).flatMap(Int.init), range.contains(value) else {
                throw CamerasError.badInput("범위를 벗어났습니다.", "Out of range.")
            }
            return value
        }
        return WallSettings(
            tileCount: try number("tiles", WallSettings.tileCounts),
            maximumUnseenMinutes: try number("minutes", WallSettings.unseenMinutes),
            shownSeconds: try number("seconds", WallSettings.shownSeconds)
        )
    }

    private static func page(_ desk: CamerasDesk, _ incoming: Incoming) async throws -> WallPage {
        let organizationID = try desk.organization(of: incoming.actor)
        try await desk.takeNewEvents()
        try await desk.step()
        let content = try await desk.wall(of: organizationID)
        return WallPage(
            content: content,
            settings: try await desk.store.read { try WallSettings.find(organizationID, in: $0) },
            picked: incoming.query["camera"].flatMap { UInt32($0) },
            canSetUp: incoming.actor.may(.cameraSupervisor, in: organizationID)
        )
    }

    /// The wall as a stream of events: `tiles` and `waiting` are pieces of the page, `said` words for
    /// those who do not see it.
    private static func stream(
        of organizationID: String,
        _ desk: CamerasDesk,
        _ context: PageContext
    ) -> Outgoing {
        .events { send in
            let end = ContinuousClock.now + .seconds(maximumStreamSeconds)
            var shown: WallMoment?
            var known: Set<Int64> = []
            var quiet = 0
            while ContinuousClock.now < end, !Task.isEnding {
                let moment = WallMoment(desk, of: organizationID)
                if moment != shown {
                    let content = try await desk.wall(of: organizationID)
                    let tiles = WallPage.tiles(content, context)
                    try await send(EventText("tiles", data: tiles.markup))
                    let waiting = WallPage.waiting(content, context)
                    try await send(EventText("waiting", data: waiting.markup))
                    let events = content.tiles.compactMap { tile in tile.event.map { (tile, $0) } }
                    let new = events.filter { !known.contains($0.1.id) }
                    if shown != nil, let (tile, event) = new.first {
                        let words = "\(tile.key): \(event.title(context)), \(tile.camera.name)"
                        try await send(EventText("said", data: words))
                    }
                    known = Set(events.map(\.1.id))
                    shown = moment
                    quiet = 0
                } else {
                    quiet += 1
                    if quiet.isMultiple(of: heartbeatLookCount) { try await send(.heartbeat) }
                }
                try await Task.sleep(for: .milliseconds(lookMilliseconds))
            }
        }
    }
}

/// All that a wall's looks depend on: where it is the same, nothing has to be sent.
private struct WallMoment: Equatable {
    var view: WallView?
    var conditions: [LiveBoard.Condition]
    var recordingFault: LiveBoard.RecordingFault?

    init(_ desk: CamerasDesk, of organizationID: String) {
        view = desk.hub.view(of: organizationID)
        conditions = desk.board.conditions(of: view?.tiles.compactMap(\.camera) ?? [])
        recordingFault = desk.board.recordingFault
    }
}
