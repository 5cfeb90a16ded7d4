import Basics
import HTTPTypes
import Identity
import Store
import Web

/// The lifts: their list for everybody, their setting for the officers.
struct LiftRoutes {
    let desk: WayDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/wayfinding/lifts") { incoming in
            try await Self.page(desk, incoming).page(in: incoming.page)
        }
        table.submission("/wayfinding/lifts/{id}", access: DeskRoutes.access) { incoming, form in
            try await Self.set(desk, incoming, form)
        }
        table.upload(
            "/wayfinding/lifts",
            access: DeskRoutes.access,
            maximumFileByteCount: OutageFile.maximumByteCount
        ) { incoming, form in try await Self.bringIn(desk, incoming, form) }
    }

    private static func page(_ desk: WayDesk, _ incoming: Incoming) async throws -> LiftPage {
        LiftPage(
            lifts: desk.barriers.lifts.all,
            statuses: try await desk.store.read { try LiftStatuses.all(in: $0) },
            isOfficer: incoming.actor.holds(.wayfindingOfficer)
        )
    }

    private static func set(
        _ desk: WayDesk,
        _ incoming: Incoming,
        _ form: FormFields
    ) async throws -> Answer {
        let id = try incoming.pathParameter("id")
        guard let lift = desk.barriers.lifts[id] else { throw Problem.notFound }
        let keeping = WayKeeping(actor: incoming.actor)
        let standing = form["standing-\(id)"]
        let status = LiftStatus(
            liftID: id,
            source: LiftStatus.officer,
            isWorking: standing == "in",
            returnsOn: standing == "in"
                ? nil : form.text("returnsOn-\(id)").flatMap { LocalDate(iso: $0) },
            note: String(
                (form.text("note-\(id)") ?? "").prefix(LiftStatus.maximumNoteCharacterCount)
            ),
            at: incoming.now,
            isSample: false
        )
        do {
            try await desk.write { tx in
                if standing == "forget" {
                    try keeping.forget(LiftStatus.officer, of: lift, in: tx)
                } else {
                    try keeping.set(status, of: lift, in: tx)
                }
            }
        } catch let error as WayfindingError {
            var page = try await page(desk, incoming)
            page.refusal = error.message
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        return .other(.seeOther(WayLinks.lifts.at("lift-\(id)")))
    }

    private static func bringIn(
        _ desk: WayDesk,
        _ incoming: Incoming,
        _ form: FormFields
    ) async throws -> Answer {
        var page = try await page(desk, incoming)
        do {
            guard let source = form.text("source"), source != LiftStatus.officer else {
                throw WayfindingError(.badInput, "출처를 적어 주세요.", "Give the source.")
            }
            guard let file = form.file("file"), !file.bytes.isEmpty else {
                throw WayfindingError(.badInput, "파일을 골라 주세요.", "Choose a file.")
            }
            let receipt = try await desk.take(
                try OutageFile(file.bytes, fileName: file.fileName).outages,
                from: String(source.prefix(LiftStatus.maximumSourceCharacterCount)),
                by: WayKeeping(actor: incoming.actor)
            )
            page = try await Self.page(desk, incoming)
            page.imported = receipt.text
            return .page(page.page(in: incoming.page))
        } catch let error as any ExplainedError where !(error is StoreError) {
            page.refusal = error.message
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }
}
