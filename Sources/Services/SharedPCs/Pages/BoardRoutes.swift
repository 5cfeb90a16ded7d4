import Basics
import City
import HTTPTypes
import Identity
import Store
import Web

/// The workshop's board and its moves.
struct BoardRoutes {
    let desk: SharedPCDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/shared-pcs/workshop", access: SharedPCDesk.access) { incoming in
            var page = try await Self.board(
                desk,
                state: incoming.query["state"].flatMap(MachineState.init),
                incoming
            )
            page.movedCount = incoming.query["moved"].flatMap { Int($0) }
            return page.page(in: incoming.page)
        }
        table.submission("/shared-pcs/workshop/move", access: SharedPCDesk.access) {
            incoming,
            form in try await Self.move(desk, incoming, form)
        }
    }

    private static func board(
        _ desk: SharedPCDesk,
        state: MachineState?,
        _ incoming: Incoming
    ) async throws -> BoardPage {
        let words = String((incoming.query.text("q") ?? "").prefix(80))
        let number = incoming.query.pageNumber()
        return try await desk.store.read { db in
            let found = try Machines.page(number, state: state, words: words, in: db)
            return BoardPage(
                state: state,
                words: words,
                rows: found.rows,
                total: found.total,
                number: number,
                counts: try Machines.counts(in: db)
            )
        }
    }

    /// Moves each of the chosen on its own: what cannot go stays, with the reason.
    private static func move(
        _ desk: SharedPCDesk,
        _ incoming: Incoming,
        _ form: FormFields
    ) async throws -> Answer {
        let from = form["from"].flatMap(MachineState.init)
        let chosen = Array(Set(form.all("machine")).sorted().prefix(Machine.maximumBulkCount))
        let reason = form.text("reason") ?? ""
        var refusals: [Bilingual] = []
        let to = form["to"].flatMap(MachineState.init)
        if chosen.isEmpty { refusals.append(Bilingual("옮길 PC를 골라 주세요.", "Choose machines.")) }
        if reason.isEmpty { refusals.append(Bilingual("까닭을 적어 주세요.", "Give the reason.")) }
        guard let to, refusals.isEmpty else {
            return try await refuse(refusals, desk, from, incoming, form)
        }
        let keeping = SharedPCKeeping(by: incoming.actor)
        refusals = try await desk.store.write { tx in
            try chosen.compactMap { id in
                do {
                    try tx.nested { try keeping.move(id, to: to, reason: reason, in: tx) }
                    return nil
                } catch let error as SharedPCError {
                    return error.message
                }
            }
        }
        guard refusals.isEmpty else {
            return try await refuse(refusals, desk, from, incoming, form)
        }
        var query = [(name: "moved", value: String(chosen.count))]
        if let from { query.insert(("state", from.rawValue), at: 0) }
        return .other(.seeOther(Link("/shared-pcs/workshop", query: query)))
    }

    private static func refuse(
        _ refusals: [Bilingual],
        _ desk: SharedPCDesk,
        _ state: MachineState?,
        _ incoming: Incoming,
        _ form: FormFields
    ) async throws -> Answer {
        var page = try await board(desk, state: state, incoming)
        page.refusals = refusals
        page.typed = Typed(form: form)
        return .page(page.page(in: incoming.page), .unprocessableContent)
    }
}
