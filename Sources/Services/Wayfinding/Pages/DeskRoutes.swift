import Basics
import HTTPTypes
import Identity
import Store
import Web

/// The work of the officers: the queue, a report, its photo.
struct DeskRoutes {
    let desk: WayDesk
    static let access = RouteAccess.role(.wayfindingOfficer)

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/wayfinding/desk", access: Self.access) { incoming in
            let filter = Reports.Filter(
                state: incoming.query["state"].flatMap(ReportState.init),
                kind: incoming.query["kind"].flatMap(ReportKind.init)
            )
            let number = incoming.query.pageNumber()
            return try await desk.store.read { db in
                let found = try Reports.page(number, filter, in: db)
                return DeskPage(
                    reports: found.reports,
                    total: found.total,
                    number: number,
                    filter: filter,
                    counts: try Reports.counts(in: db)
                )
            }.page(in: incoming.page)
        }
        table.page("/wayfinding/desk/{number}", access: Self.access) { incoming in
            try await Self.report(desk, incoming).page(in: incoming.page)
        }
        table.submission("/wayfinding/desk/{number}", access: Self.access) { incoming, form in
            try await Self.move(desk, incoming, form)
        }
        table.file("/wayfinding/desk/{number}/photo", access: Self.access) { incoming in
            try await Self.photo(desk, incoming)
        }
    }

    private static func report(_ desk: WayDesk, _ incoming: Incoming) async throws
        -> DeskReportPage
    {
        let number = try incoming.pathParameter("number")
        return try await desk.store.read { db in
            guard let report = try Reports.find(number, in: db) else { throw Problem.notFound }
            return DeskReportPage(
                report: report,
                events: try Reports.events(of: number, in: db),
                walkerCount: try report.position.map {
                    try SavedRoutes.through($0, in: db).count
                } ?? 0
            )
        }
    }

    private static func move(
        _ desk: WayDesk,
        _ incoming: Incoming,
        _ form: FormFields
    ) async throws -> Answer {
        let number = try incoming.pathParameter("number")
        var page = try await report(desk, incoming)
        do {
            guard let state = form["to"].flatMap(ReportState.init) else {
                throw WayfindingError(.badInput, "할 일을 골라 주세요.", "Choose what to do.")
            }
            guard form["version"] == String(page.report.version) else {
                throw WayfindingError(
                    .outdated,
                    "다른 담당자가 먼저 고쳤습니다. 바뀐 내용을 보고 다시 처리해 주세요.",
                    "Somebody else changed it first. Look at it and try again."
                )
            }
            let keeping = WayKeeping(actor: incoming.actor)
            let due = form.text("dueOn").flatMap { LocalDate(iso: $0) }
            try await desk.write { tx in
                try keeping.move(
                    number,
                    to: state,
                    note: form.text("note") ?? "",
                    assignee: form.text("assignee") ?? "",
                    dueOn: due,
                    in: tx
                )
            }
            return .other(.seeOther(WayLinks.deskReport(number)))
        } catch let error as WayfindingError {
            page.refusal = error.message
            page.typed = form
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    private static func photo(_ desk: WayDesk, _ incoming: Incoming) async throws -> Outgoing {
        let number = try incoming.pathParameter("number")
        let found = try await desk.store.read { try Reports.find(number, in: $0) }
        guard let report = found, let type = report.photoType,
            let blob = report.photo.flatMap(BlobID.init)
        else { throw Problem.notFound }
        let bytes = try await desk.store.blobs.get(blob, maximumSize: ReportPhoto.maximumByteCount)
        return Outgoing(contentType: type, body: .bytes(bytes), cache: .never)
    }
}
