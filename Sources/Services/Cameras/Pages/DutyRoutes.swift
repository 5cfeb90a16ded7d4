import Basics
import City
import Footage
import HTTPTypes
import Hosting
import Identity
import Store
import Vision
import Web

/// What the control room keeps beside events: the log of shifts, procedures, crowds and contacts.
struct DutyRoutes {
    let desk: CamerasDesk

    /// How far back a shift's events count, in hours.
    static let shiftHours = 8

    func add(to table: inout RouteTable) {
        addHandover(to: &table)
        addProcedures(to: &table)
        addCrowds(to: &table)
    }

    private func addHandover(to table: inout RouteTable) {
        let desk = desk
        table.page("/cameras/handover", access: CamerasDesk.watchers) { incoming in
            try await Self.handover(desk, incoming).page(in: incoming.page)
        }
        table.submission("/cameras/handover", access: CamerasDesk.watchers) { incoming, form in
            let organizationID = try desk.organization(of: incoming.actor)
            var page = try await Self.handover(desk, incoming)
            let note = form.text("note") ?? ""
            guard let shift = form["shift"].flatMap(Handover.Shift.init), !note.isEmpty,
                note.count <= Handover.maximumNoteCharacterCount
            else {
                page.refusal = Bilingual("넘겨줄 내용을 적어 주세요.", "Write what is handed over.")
                page.typed = form
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let counts = page.counts
            let entry = Handover(
                id: RandomName.make(byteCount: 12),
                organizationID: organizationID,
                shiftOn: incoming.now.date,
                shift: shift,
                note: note,
                counts: JSONColumn(
                    Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
                ),
                openEventCount: counts.filter { $0.key.isPending }.reduce(0) { $0 + $1.value },
                writtenBy: incoming.actor.id ?? "",
                writtenByName: incoming.actor.account?.displayName ?? "",
                writtenAt: incoming.now,
                takenBy: "",
                takenByName: ""
            )
            let keeping = EventKeeping(by: incoming.actor)
            try await desk.store.write { tx in
                try Handovers.insert(entry, in: tx)
                try keeping.record(.create, "cameraHandover", entry.id, in: tx)
            }
            return .other(.seeOther(Ways.handover.at("log")))
        }
        table.submission("/cameras/handover/{id}/take", access: CamerasDesk.watchers) {
            incoming,
            _ in
            let organizationID = try desk.organization(of: incoming.actor)
            let id = try incoming.pathParameter("id")
            let actor = incoming.actor
            let keeping = EventKeeping(by: actor)
            let isTaken = try await desk.store.write { tx in
                let isTaken = try Handovers.take(
                    id,
                    of: organizationID,
                    by: actor.id ?? "",
                    named: actor.account?.displayName ?? "",
                    in: tx
                )
                if isTaken {
                    let details = ["taken": "yes"]
                    try keeping.record(.update, "cameraHandover", id, details, in: tx)
                }
                return isTaken
            }
            guard isTaken else {
                var page = try await Self.handover(desk, incoming)
                page.refusal = Bilingual(
                    "이미 인수했거나 스스로 적은 일지입니다.",
                    "It was taken over already, or you wrote it yourself."
                )
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            return .other(.seeOther(Ways.handover.at("log")))
        }
    }

    private static func handover(
        _ desk: CamerasDesk,
        _ incoming: Incoming
    ) async throws -> HandoverPage {
        let organizationID = try desk.organization(of: incoming.actor)
        let number = incoming.query.pageNumber()
        let since = incoming.now.adding(seconds: -shiftHours * 3600)
        return try await desk.store.read { db in
            let found = try Handovers.page(number, of: organizationID, in: db)
            return HandoverPage(
                entries: found.entries,
                total: found.total,
                number: number,
                counts: try CameraEvents.counts(of: organizationID, since: since, in: db),
                actorID: incoming.actor.id ?? ""
            )
        }
    }

    // MARK: Procedures

    private func addProcedures(to table: inout RouteTable) {
        let desk = desk
        table.page("/cameras/procedures", access: CamerasDesk.watchers) { incoming in
            try await Self.procedures(desk, incoming).page(in: incoming.page)
        }
        table.submission("/cameras/procedures/{kind}", access: CamerasDesk.supervisors) {
            incoming,
            form in
            _ = try desk.supervised(by: incoming.actor)
            let name = try incoming.pathParameter("kind")
            guard let kind = EventKind(rawValue: name) else { throw Problem.notFound }
            let text = form["reset"] == "yes" ? nil : form["steps.\(name)"] ?? ""
            let keeping = EventKeeping(by: incoming.actor)
            let refusal = try await desk.attempt { try keeping.save(kind, steps: text, in: $0) }
            guard let refusal else { return .other(.seeOther(Ways.procedures.at(name))) }
            var page = try await Self.procedures(desk, incoming)
            page.refusal = (kind, refusal, text ?? "")
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    private static func procedures(
        _ desk: CamerasDesk,
        _ incoming: Incoming
    ) async throws -> ProcedurePage {
        let organizationID = try desk.organization(of: incoming.actor)
        return ProcedurePage(
            procedures: try await desk.store.read { db in
                try EventKind.allCases.map { try Procedures.find($0, in: db) }
            },
            canWrite: incoming.actor.may(.cameraSupervisor, in: organizationID)
        )
    }

    // MARK: Crowds

    private func addCrowds(to table: inout RouteTable) {
        let desk = desk
        table.page("/cameras/crowd", access: CamerasDesk.watchers) { incoming in
            try await Self.crowd(desk, incoming).page(in: incoming.page)
        }
        table.submission("/cameras/contacts", access: CamerasDesk.supervisors) {
            incoming,
            form in
            let organizationID = try desk.supervised(by: incoming.actor)
            let keeping = EventKeeping(by: incoming.actor)
            let name = form.text("name") ?? ""
            let means = form["means"].flatMap(Contact.Means.init)
            let level = form["level"].flatMap(Int.init)
            let refusal = try await desk.attempt { tx in
                guard !name.isEmpty, name.count <= Contact.maximumNameCharacterCount, let means,
                    let level, (1...4).contains(level)
                else {
                    throw CamerasError.badInput(
                        "부서와 방법, 단계를 모두 적어 주세요.",
                        "Give the office, the means and the level."
                    )
                }
                let known = try Contacts.all(of: organizationID, in: tx)
                guard known.count < Contact.maximumCount else {
                    throw CamerasError.badInput(
                        "\(Contact.maximumCount)곳까지 둘 수 있습니다.",
                        "At most \(Contact.maximumCount) contacts."
                    )
                }
                let contact = Contact(
                    id: RandomName.make(byteCount: 12),
                    organizationID: organizationID,
                    level: level,
                    name: name,
                    means: means,
                    position: (known.map(\.position).max() ?? 0) + 1
                )
                try Contacts.insert(contact, in: tx)
                try keeping.record(.create, "cameraContact", contact.id, in: tx)
            }
            guard let refusal else { return .other(.seeOther(Ways.crowd.at("contacts"))) }
            var page = try await Self.crowd(desk, incoming)
            page.refusal = refusal
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        table.submission("/cameras/contacts/{id}/remove", access: CamerasDesk.supervisors) {
            incoming,
            _ in
            let organizationID = try desk.supervised(by: incoming.actor)
            let id = try incoming.pathParameter("id")
            let keeping = EventKeeping(by: incoming.actor)
            try await desk.store.write { tx in
                try Contacts.remove(id, of: organizationID, in: tx)
                try keeping.record(.delete, "cameraContact", id, in: tx)
            }
            return .other(.seeOther(Ways.crowd.at("contacts")))
        }
    }

    private static func crowd(_ desk: CamerasDesk, _ incoming: Incoming) async throws -> CrowdPage {
        let organizationID = try desk.organization(of: incoming.actor)
        let views = try CityViews.of(desk.platform)
        let since = incoming.now.adding(seconds: -CrowdPage.shownMinutes * 60)
        let canWrite = incoming.actor.may(.cameraSupervisor, in: organizationID)
        return try await desk.store.read { db in
            let levels = try CameraEvents.crowdLevels(of: organizationID, since: since, in: db)
            let rules = Dictionary(
                try RuleSets.all(in: db).map {
                    (UInt32(clamping: $0.cameraNumber), $0.rules.value)
                },
                uniquingKeysWith: { $1 }
            )
            let cameras = try CameraRegister.all(in: db).filter { camera in
                let measures = rules[camera.number]?.zones.contains { $0.kind == .crowd } ?? false
                return camera.asset.organizationID == organizationID
                    && (measures || camera.scene == .crowd || levels[camera.number] != nil)
            }
            return CrowdPage(
                cameras: cameras.compactMap { camera in
                    views.view(of: camera).map { view in
                        (
                            camera, levels[camera.number] ?? 0,
                            desk.board.status(of: camera.number)?.density,
                            views.ring(of: view)
                        )
                    }
                },
                contacts: try Contacts.all(of: organizationID, in: db),
                canWrite: canWrite
            )
        }
    }
}
