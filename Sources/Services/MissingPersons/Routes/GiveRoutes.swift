import Basics
import Footage
import HTTPTypes
import Identity
import Store
import Web

/// What leaves a case, its live watch, and its end.
struct GiveRoutes: Sendable {
    let desk: MissingDesk

    private var store: Store { desk.store }

    func add(to table: inout RouteTable) {
        table.page("/missing-persons/{id}/give", access: MissingDesk.searchers) { incoming in
            try await page(incoming).page(in: incoming.page)
        }
        table.submission("/missing-persons/{id}/packets", access: MissingDesk.searchers) {
            incoming,
            form in try await give(incoming, form)
        }
        table.submission("/missing-persons/{id}/watch", access: MissingDesk.searchers) {
            incoming,
            form in try await watch(incoming, form)
        }
        table.submission("/missing-persons/{id}/close", access: MissingDesk.access) {
            incoming,
            form in try await close(incoming, form)
        }
    }

    private func page(_ incoming: Incoming) async throws -> GivePage {
        let id = try incoming.pathParameter("id")
        let keeping = desk.keeping(incoming.actor)
        return try await store.write { tx in
            let file = try CaseFile.read(id, keeping, in: tx)
            guard file.search.state == .open else { throw SearchKeeping.impossible(file.search) }
            return GivePage(
                file: file,
                packets: try GivenPackets.of(id, in: tx),
                cameraNames: try CameraRegister.all(in: tx).names
            )
        }
    }

    private func refuse(_ refusal: Bilingual, _ incoming: Incoming) async throws -> Answer {
        var shown = try await page(incoming)
        shown.refusal = refusal
        return .page(shown.page(in: incoming.page), .unprocessableContent)
    }

    // MARK: The packet

    private func give(_ incoming: Incoming, _ form: FormFields) async throws -> Answer {
        guard let recipient = form.text("recipient"),
            recipient.count <= MissingPerson.maximumLineCharacterCount
        else {
            return try await refuse(
                Bilingual("받는 곳을 적어 주세요.", "Say who gets it."),
                incoming
            )
        }
        let sightings = SightingRoutes(desk: desk)
        let (file, warrant) = try await sightings.opened(incoming)
        let search = file.search
        let tokens = file.tokens(.confirmed)
        var given: [(match: FootageMatch, jpeg: [UInt8])] = []
        let refusal = try await desk.attempt {
            given = try await desk.gate.give(
                tokens,
                to: recipient,
                warrant: warrant.id,
                of: search.id,
                by: incoming.actor
            )
        }
        if let refusal { return try await refuse(refusal, incoming) }
        let (_, route) = try await sightings.route(incoming)
        let cameras = try await store.read { try CameraRegister.all(in: $0).byNumber }
        let before = try await store.read { try GivenPackets.of(search.id, in: $0) }
        let packet = PolicePacket(
            search: search,
            number: (before.last?.number ?? 0) + 1,
            recipient: recipient,
            givenBy: incoming.actor.account?.displayName ?? "",
            givenAt: incoming.now,
            sightings: given.map { match, jpeg in
                PolicePacket.Sighting(match: match, jpeg: jpeg, camera: cameras[match.camera])
            },
            route: route
        )
        let (bytes, root) = try packet.archive()
        let keeping = desk.keeping(incoming.actor)
        try await store.write { tx in
            try GivenPackets.save(
                GivenPacket(
                    caseID: search.id,
                    number: packet.number,
                    recipient: recipient,
                    sightingCount: packet.sightings.count,
                    root: root,
                    givenBy: keeping.actor.auditName,
                    givenAt: tx.now
                ),
                in: tx
            )
            try keeping.note(
                .export,
                search,
                details: ["packet": packet.fullNumber, "root": root, "recipient": recipient],
                in: tx
            )
        }
        return .other(
            .download(
                fileName: "\(packet.fullNumber).zip",
                contentType: "application/zip",
                body: .bytes(bytes)
            )
        )
    }

    // MARK: The live watch

    private func watch(_ incoming: Incoming, _ form: FormFields) async throws -> Answer {
        let (file, warrant) = try await SightingRoutes(desk: desk).opened(incoming)
        let id = file.search.id
        let refusal = try await desk.attempt {
            if form["watch"] == "off" {
                try await desk.gate.endWatch(warrant: warrant.id, of: id, by: incoming.actor)
                return
            }
            var terms = SearchTerms()
            terms.takeColours(of: file)
            let question = try file.question(terms, now: incoming.now)
            try await desk.gate.watch(question, warrant: warrant.id, of: id, by: incoming.actor)
        }
        guard let refusal else { return .other(.seeOther(Ways.search(id))) }
        var shown = try await CaseRoutes(desk: desk).page(incoming)
        shown.refusal = refusal
        return .page(shown.page(in: incoming.page), .unprocessableContent)
    }

    // MARK: The end

    private func close(_ incoming: Incoming, _ form: FormFields) async throws -> Answer {
        guard let outcome = form["outcome"].flatMap(SearchOutcome.init) else {
            return try await refuse(
                Bilingual("결과를 골라 주세요.", "Choose the outcome."),
                incoming
            )
        }
        let id = try incoming.pathParameter("id")
        let keeping = desk.keeping(incoming.actor)
        try await store.write { try keeping.close(id, outcome: outcome, in: $0) }
        try desk.cases.shred(id)
        return .other(.seeOther(Ways.search(id).at("erasure")))
    }
}
