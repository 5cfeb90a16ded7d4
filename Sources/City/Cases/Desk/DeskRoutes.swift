import Basics
import City
import HTTPTypes
import Hosting
import Identity
import Programmes
import Store
import Web

/// The queue of officers and what they do with several cases at once.
struct DeskRoutes: Sendable {
    let desk: Desk

    private var store: Store { desk.store }

    func add(to table: inout RouteTable) {
        let accounts = desk.platform.identity.accounts
        table.page("/desk", access: Desk.officers) { incoming in
            let query = DeskQuery(incoming.query)
            let number = incoming.query.pageNumber()
            let actor = incoming.actor
            let queue = try await store.read { db in
                var queue = try DeskQueue.read(query, page: number, for: actor, in: db)
                queue.names = try accounts.colleagueNames(
                    of: Set(queue.rows.compactMap(\.assigneeID)),
                    by: actor,
                    in: db
                )
                return queue
            }
            return DeskQueuePage(query: query, queue: queue).page(in: incoming.page)
        }
        table.page("/desk/bulk", access: Desk.officers) { incoming in
            guard let order = DeskOrder(incoming.query) else { throw Problem.notFound }
            return try await rehearsal(order, incoming.query.all("case"), incoming)
        }
        table.submission("/desk/bulk", access: Desk.officers) { incoming, fields in
            guard let order = DeskOrder(fields.items) else { throw Problem.notFound }
            let cases = fields.all("case").compactMap(Self.seen)
            guard !order.action.needsReason || !order.reason.trimmed.isEmpty else {
                let fault = Bilingual("사유를 적어 주세요.", "Say why.")
                let page = try await rehearsal(order, cases.map(\.id), incoming, fault: fault)
                return .page(page, .unprocessableContent)
            }
            let work = BulkWork(order: order, actor: incoming.actor)
            let outcomes = try await store.write { tx in try work.run(cases, in: tx) }
            return .page(
                BulkPage(order: order, outcomes: outcomes, isDone: true).page(in: incoming.page),
                .ok
            )
        }
    }

    /// What an order would do; to propose or decide needs a reason, so the rehearsal brings one.
    private func rehearsal(
        _ order: DeskOrder,
        _ ids: [String],
        _ incoming: Incoming,
        fault: Bilingual? = nil
    ) async throws -> Page {
        var tried = order
        if tried.reason.trimmed.isEmpty { tried.reason = order.action.title.korean }
        let work = BulkWork(order: tried, actor: incoming.actor)
        let outcomes = try await work.rehearse(ids, in: store)
        return BulkPage(order: order, outcomes: outcomes, isDone: false, fault: fault)
            .page(in: incoming.page)
    }

    /// A case of a form with the version in which the officer saw it.
    private static func seen(_ text: String) -> (id: String, version: Int?)? {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let version = Int(parts[1]) else { return nil }
        return (String(parts[0]), version)
    }
}
