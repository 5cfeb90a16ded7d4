import Basics
import HTTPTypes
import Identity
import Store
import Web

/// The addresses of requests: a person's own, and the desk that answers them.
struct RequestRoutes: Sendable {
    let desk: RequestDesk

    private var store: Store { desk.store }
    private static let officers = RouteAccess.role(.footageOfficer)

    func add(to table: inout RouteTable) {
        addOwn(to: &table)
        addDesk(to: &table)
        addDecisions(to: &table)
    }

    // MARK: The person

    private func addOwn(to table: inout RouteTable) {
        table.page("/footage/requests", access: .signedIn) { incoming in
            try await own(incoming).page(in: incoming.page)
        }
        table.submission("/footage/requests", access: .signedIn) { incoming, form in
            try await receive(incoming, form)
        }
        table.page("/footage/requests/{id}", access: .signedIn) { incoming in
            let id = try incoming.pathParameter("id")
            let actor = incoming.actor
            return try await store.write { tx in
                let request = try desk.record(id, for: actor, in: tx)
                guard request.accountID == actor.id else { throw Problem.notFound }
                return OwnRequestPage(
                    request: request,
                    cameraName: try Self.cameraName(request, in: tx),
                    pictureCount: try FootageRequests.pictureCount(of: id, in: tx)
                )
            }.page(in: incoming.page)
        }
        table.file("/footage/requests/{id}/pictures/{number}", access: .signedIn) { incoming in
            let id = try incoming.pathParameter("id")
            guard let number = Int(try incoming.pathParameter("number")),
                let jpeg = try await desk.picture(number, of: id, for: incoming.actor)
            else { throw Problem.notFound }
            return Outgoing(contentType: "image/jpeg", body: .bytes(jpeg), cache: .never)
        }
    }

    private func own(_ incoming: Incoming) async throws -> OwnRequestsPage {
        let id = try incoming.accountID()
        return try await store.read { db in
            OwnRequestsPage(
                requests: try FootageRequests.of(id, in: db),
                cameras: try CameraRegister.all(in: db)
            )
        }
    }

    private func receive(_ incoming: Incoming, _ form: FormFields) async throws -> Answer {
        var page = try await own(incoming)
        let number = form["camera"].flatMap(UInt32.init)
        let camera = page.cameras.first { $0.number == number }
        let startsAt = Self.instant(form)
        let minutes = form["minutes"].flatMap { Int($0) } ?? 0
        let clothes = form.text("clothes") ?? ""
        let most = FootageRequest.maximumCharacterCount
        if camera == nil { page.faults["camera"] = Bilingual("골라 주세요.", "Choose one.") }
        if !(1...FootageRequest.maximumMinutes).contains(minutes) {
            page.faults["minutes"] = Bilingual("골라 주세요.", "Choose one.")
        }
        if clothes.isEmpty || clothes.count > most {
            page.faults["clothes"] = Bilingual(
                "\(most)자까지 적어 주세요.",
                "Say it in up to \(most) characters."
            )
        }
        if startsAt.map({ $0 > incoming.now }) ?? true {
            page.faults["time"] = Bilingual(
                "지난 때를 14:30처럼 적어 주세요.",
                "A time that is past, as in 14:30."
            )
        }
        guard page.faults.isEmpty, let camera, let startsAt else {
            page.form = form
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        let reason = String((form.text("reason") ?? "").prefix(most))
        let actor = incoming.actor
        let request = try await store.write { tx in
            try desk.receive(
                camera: camera.number,
                startsAt: startsAt,
                minutes: minutes,
                clothes: clothes,
                reason: reason,
                by: actor,
                in: tx
            )
        }
        return .other(.seeOther(RequestLinks.own(request.id)))
    }

    private static func instant(_ form: FormFields) -> Instant? {
        let parts = (form.text("time") ?? "").split(separator: ":").compactMap { Int($0) }
        guard let day = form["date"].flatMap({ LocalDate(iso: $0) }), parts.count == 2,
            (0..<24).contains(parts[0]), (0..<60).contains(parts[1])
        else { return nil }
        return Instant(day, hour: parts[0], minute: parts[1])
    }

    private static func cameraName(
        _ request: FootageRequest,
        in db: ReadTransaction
    ) throws -> String {
        try CameraRegister.find(UInt32(request.camera), in: db)?.name ?? "\(request.camera)"
    }

    // MARK: The desk

    private func addDesk(to table: inout RouteTable) {
        table.page("/footage/desk", access: Self.officers) { incoming in
            let number = incoming.query.pageNumber()
            let found = try await store.read { try FootageRequests.page(number, in: $0) }
            return RequestDeskPage(
                requests: found.requests,
                total: found.total,
                number: number,
                today: incoming.now.date
            ).page(in: incoming.page)
        }
        table.page("/footage/desk/{id}", access: Self.officers) { incoming in
            try await work(incoming).page(in: incoming.page)
        }
        table.file("/footage/desk/{id}/pictures/{token}", access: Self.officers) { incoming in
            let request = try await request(incoming)
            guard let warrant = try await desk.warrant(of: request, for: incoming.actor) else {
                throw Problem.notFound
            }
            let jpeg = try await desk.gate.picture(
                try incoming.pathParameter("token"),
                .person,
                warrant: warrant.id,
                of: request.id,
                by: incoming.actor
            )
            return Outgoing(contentType: "image/jpeg", body: .bytes(jpeg), cache: .never)
        }
    }

    private func request(_ incoming: Incoming) async throws -> FootageRequest {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        return try await store.write { try desk.record(id, for: actor, in: $0) }
    }

    private func work(_ incoming: Incoming) async throws -> RequestWorkPage {
        let request = try await request(incoming)
        var page = RequestWorkPage(
            request: request,
            cameraName: try await store.read { try Self.cameraName(request, in: $0) },
            matches: []
        )
        guard request.state == .underReview else { return page }
        do {
            let matches = try await desk.sightings(of: request, by: incoming.actor)
            page = RequestWorkPage(
                request: request,
                cameraName: page.cameraName,
                matches: matches
            )
        } catch let error as FootageError {
            page.refusal = error.message
        }
        return page
    }

    private func addDecisions(to table: inout RouteTable) {
        typealias Step = @Sendable (FootageRequest, Actor, FormFields) async throws -> Void
        let steps: [(String, Step)] = [
            (
                "take",
                { request, actor, _ in
                    try await store.write { try desk.takeUp(request.id, by: actor, in: $0) }
                }
            ),
            (
                "grant",
                { request, actor, form in
                    try await desk.grant(
                        request,
                        tokens: form.all("sighting"),
                        reply: form.text("reply") ?? "",
                        by: actor
                    )
                }
            ),
            (
                "refuse",
                { request, actor, form in
                    let reply = form.text("refusal") ?? ""
                    try await desk.refuse(request, reply: reply, by: actor)
                }
            ),
        ]
        for (name, step) in steps {
            table.submission("/footage/desk/{id}/\(name)", access: Self.officers) {
                incoming,
                form in
                let request = try await request(incoming)
                do {
                    try await step(request, incoming.actor, form)
                } catch let error as FootageError {
                    var shown = try await work(incoming)
                    shown.refusal = error.message
                    return .page(shown.page(in: incoming.page), .unprocessableContent)
                }
                return .other(.seeOther(RequestLinks.desk(request.id)))
            }
        }
    }
}
