import Basics
import Footage
import HTTPTypes
import Identity
import Store
import Vision
import Web

/// The events, their pictures and what is decided about them.
struct EventRoutes {
    let desk: CamerasDesk

    /// Days the counts of the list look back.
    static let countedDays = 30

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/cameras/events", access: CamerasDesk.watchers) { incoming in
            try await Self.list(desk, incoming).page(in: incoming.page)
        }
        table.page("/cameras/events/{id}", access: CamerasDesk.watchers) { incoming in
            try await Self.page(desk, incoming).page(in: incoming.page)
        }
        table.file("/cameras/events/{id}/frames/{frame}", access: CamerasDesk.watchers) {
            incoming in
            let event = try await desk.event(incoming)
            guard let number = Int(try incoming.pathParameter("frame")),
                let jpeg = try await desk.store.read({
                    try Clips.picture(number, of: event.id, in: $0)
                })
            else { throw Problem.notFound }
            return Outgoing(contentType: "image/jpeg", body: .bytes(jpeg), cache: .never)
        }
        table.submission("/cameras/events/{id}/state", access: CamerasDesk.watchers) {
            incoming,
            form in try await Self.move(desk, incoming, form)
        }
        table.submission("/cameras/events/{id}/steps", access: CamerasDesk.watchers) {
            incoming,
            form in
            let event = try await desk.event(incoming)
            let keeping = EventKeeping(by: incoming.actor)
            let step = form["step"] ?? ""
            let isDone = form["done"] == "yes"
            let refusal = try await desk.attempt {
                try keeping.tick(step, isDone: isDone, of: event.id, in: $0)
            }
            guard let refusal else {
                return .other(.seeOther(Ways.event(event.id).at("procedure")))
            }
            return try await Self.refuse(refusal, desk, incoming)
        }
    }

    private static func move(
        _ desk: CamerasDesk,
        _ incoming: Incoming,
        _ form: FormFields
    ) async throws -> Answer {
        let event = try await desk.event(incoming)
        let keeping = EventKeeping(by: incoming.actor)
        let state = form["state"].flatMap(CameraEvent.State.init)
        let reason = form["reason"].flatMap(FalseAlarmReason.init)
        let note = form.text("note") ?? ""
        let refusal = try await desk.attempt { tx in
            guard let state, state != .missed else {
                throw CamerasError.badInput("다음 상태를 골라 주세요.", "Choose the next state.")
            }
            try keeping.move(event.id, to: state, reason: reason, note: note, in: tx)
        }
        if let refusal { return try await refuse(refusal, desk, incoming) }
        try await desk.settled(event)
        return .other(.seeOther(form["back"] == "wall" ? Ways.wall : Ways.event(event.id)))
    }

    private static func refuse(
        _ refusal: Bilingual,
        _ desk: CamerasDesk,
        _ incoming: Incoming
    ) async throws -> Answer {
        var page = try await page(desk, incoming)
        page.refusal = refusal
        return .page(page.page(in: incoming.page), .unprocessableContent)
    }

    private static func list(
        _ desk: CamerasDesk,
        _ incoming: Incoming
    ) async throws -> EventListPage {
        let organizationID = try desk.organization(of: incoming.actor)
        let query = EventQuery(
            state: incoming.query["state"].flatMap(CameraEvent.State.init),
            kind: incoming.query["kind"].flatMap(EventKind.init),
            camera: incoming.query["camera"].flatMap { UInt32($0) }
        )
        let number = incoming.query.pageNumber()
        let since = incoming.now.adding(seconds: -countedDays * 86_400)
        return try await desk.store.read { db in
            let found = try CameraEvents.page(
                number,
                of: query,
                organizationID: organizationID,
                in: db
            )
            return EventListPage(
                query: query,
                events: try found.events.map {
                    ($0, try CameraRegister.find($0.camera, in: db)?.name ?? "–")
                },
                total: found.total,
                number: number,
                counts: try CameraEvents.counts(of: organizationID, since: since, in: db)
            )
        }
    }

    private static func page(_ desk: CamerasDesk, _ incoming: Incoming) async throws -> EventPage {
        let event = try await desk.event(incoming)
        guard
            let camera = try await desk.store.read({
                try CameraRegister.find(event.camera, in: $0)
            })
        else { throw Problem.notFound }
        let neighbours = try await desk.neighbours(of: camera)
        return try await desk.store.read { db in
            EventPage(
                event: event,
                camera: camera,
                frames: try Clips.times(of: event.id, in: db),
                procedure: try Procedures.find(event.kind, in: db),
                ticks: try EventSteps.all(of: event.id, in: db),
                neighbours: neighbours,
                contacts: try Contacts.all(of: event.organizationID, in: db),
                stepCount: try Thresholds.steps(camera: event.camera, in: db)[event.kind] ?? 0
            )
        }
    }
}
