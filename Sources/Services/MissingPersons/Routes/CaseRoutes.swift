import Basics
import Footage
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// The list, the opening, and the page of a case with its decisions.
struct CaseRoutes: Sendable {
    let desk: MissingDesk

    private var store: Store { desk.store }

    func add(to table: inout RouteTable) {
        table.page("/missing-persons", access: MissingDesk.access) { incoming in
            let number = incoming.query.pageNumber()
            let actor = incoming.actor
            let found = try await store.read { try SearchCases.page(number, for: actor, in: $0) }
            return SearchListPage(
                cases: found.cases,
                total: found.total,
                number: number,
                maySearch: actor.holds(.missingPersonSearcher),
                now: incoming.now
            ).page(in: incoming.page)
        }
        addOpening(to: &table)
        table.page("/missing-persons/{id}", access: MissingDesk.access) { incoming in
            try await page(incoming).page(in: incoming.page)
        }
        addStep("decide", access: MissingDesk.approvers, to: &table) { keeping, id, form, tx in
            guard let decision = form["decision"], ["approve", "refuse"].contains(decision) else {
                throw MissingError.badInput("승인이나 반려를 골라 주세요.", "Approve or refuse.")
            }
            try keeping.decide(
                id,
                approves: decision == "approve",
                note: form.text("note") ?? "",
                in: tx
            )
        }
        addStep("extend", access: MissingDesk.searchers, to: &table) { keeping, id, form, tx in
            let hours = form["hours"].flatMap { Int($0) }
            guard let hours, SearchForm.hours.contains(hours) else {
                throw MissingError.badInput("기간을 골라 주세요.", "Choose the time.")
            }
            try keeping.extend(id, hours: hours, in: tx)
        }
    }

    private func addOpening(to table: inout RouteTable) {
        table.page("/missing-persons/new", access: MissingDesk.searchers) { incoming in
            let cameras = try await store.read { try CameraRegister.all(in: $0) }
            return NewSearchPage(cameras: cameras).page(in: incoming.page)
        }
        table.submission("/missing-persons/new", access: MissingDesk.searchers) { incoming, form in
            let cameras = try await store.read { try CameraRegister.all(in: $0) }
            var read = SearchForm(form)
            guard let draft = read.draft(cameras, now: incoming.now) else {
                let page = NewSearchPage(cameras: cameras, form: form, faults: read.faults)
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let keeping = desk.keeping(incoming.actor)
            let opened = try await store.write { try keeping.open(draft, in: $0) }
            return .other(.seeOther(Ways.search(opened.id)))
        }
    }

    typealias Step = @Sendable (SearchKeeping, String, FormFields, WriteTransaction) throws -> Void

    private func addStep(
        _ name: String,
        access: RouteAccess,
        to table: inout RouteTable,
        _ step: @escaping Step
    ) {
        table.submission("/missing-persons/{id}/\(name)", access: access) { incoming, form in
            let id = try incoming.pathParameter("id")
            let keeping = desk.keeping(incoming.actor)
            let refusal = try await desk.attempt {
                try await store.write { try step(keeping, id, form, $0) }
            }
            guard let refusal else { return .other(.seeOther(Ways.search(id))) }
            var shown = try await page(incoming)
            shown.refusal = refusal
            return .page(shown.page(in: incoming.page), .unprocessableContent)
        }
    }

    /// Lines of the audit that the page of a case shows.
    private static let auditCount = 40

    func page(_ incoming: Incoming) async throws -> CasePage {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        let keeping = desk.keeping(actor)
        let titles = Dictionary(
            (AuditAction.common + AuditAction.missing + CityFootage.auditActions).map {
                ($0.rawValue, $0.title)
            },
            uniquingKeysWith: { $1 }
        )
        let accounts = desk.platform.identity.accounts
        return try await store.write { tx in
            let file = try CaseFile.read(id, keeping, in: tx)
            let search = file.search
            let isOwn = search.requestedBy == actor.id
            let audit = try tx.auditRecords(on: search.subject, limit: Self.auditCount)
            return CasePage(
                file: file,
                audit: audit,
                auditTitles: titles,
                auditNames: try accounts.colleagueNames(
                    of: Set(audit.map(\.actor.id)),
                    by: actor,
                    in: tx
                ),
                live: try LiveSightings.of(id, in: tx),
                cameraNames: try CameraRegister.all(in: tx).names,
                isOwn: isOwn,
                mayDecide: !isOwn
                    && actor.may(.missingPersonApprover, in: search.organizationID),
                now: incoming.now
            )
        }
    }
}

extension [Camera] {
    /// The cameras' names by their numbers.
    var names: [UInt32: String] {
        Dictionary(map { ($0.number, $0.name) }, uniquingKeysWith: { $1 })
    }

    /// The cameras by their numbers.
    var byNumber: [UInt32: Camera] {
        Dictionary(map { ($0.number, $0) }, uniquingKeysWith: { $1 })
    }
}
