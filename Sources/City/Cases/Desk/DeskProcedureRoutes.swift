import Basics
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// The procedures of an office and their rounds.
struct DeskProcedureRoutes: Sendable {
    let desk: Desk

    private var store: Store { desk.store }

    func add(to table: inout RouteTable) {
        table.page("/desk/procedures", access: Desk.officers) { incoming in
            let actor = incoming.actor
            return try await store.read { db in
                DeskProceduresPage(
                    procedures: try Desk.procedures(of: actor, in: db),
                    waiting: try Self.waiting(for: actor, in: db)
                )
            }.page(in: incoming.page)
        }
        table.page("/desk/procedures/{id}", access: Desk.officers) { incoming in
            try await page(incoming).page(in: incoming.page)
        }
        table.submission("/desk/procedures/{id}", access: Desk.officers) { incoming, fields in
            try await change(incoming, fields) { settings, procedure, tx in
                try settings.set(
                    procedure,
                    dueDays: fields["dueDays"].flatMap { Int($0) } ?? 0,
                    needsFourEyes: fields["needsFourEyes"] == "yes",
                    in: tx
                )
            }
        }
        table.submission("/desk/procedures/{id}/rounds", access: Desk.officers) {
            incoming,
            fields in
            try await change(incoming, fields) { settings, procedure, tx in
                let round = try Self.round(fields, of: procedure)
                try settings.add(round, to: procedure, in: tx)
            }
        }
        table.submission("/desk/procedures/{id}/rounds/{round}", access: Desk.officers) {
            incoming,
            fields in
            let id = try incoming.pathParameter("round")
            return try await change(incoming, fields) { settings, procedure, tx in
                guard let round = try CaseProcedures.round(id, in: tx),
                    round.procedureID == procedure.id,
                    let state = fields["state"].flatMap(CaseRound.State.init)
                else { throw Problem.notFound }
                try settings.setState(state, of: round, procedure, in: tx)
            }
        }
    }

    private func change(
        _ incoming: Incoming,
        _ fields: FormFields,
        _ body:
            @escaping @Sendable (ProcedureSettings, CaseProcedure, WriteTransaction) throws ->
            Void
    ) async throws -> Answer {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        do {
            try await store.write { tx in
                let procedure = try Desk.procedure(id, for: actor, in: tx)
                try body(ProcedureSettings(actor: actor), procedure, tx)
            }
            return .other(.seeOther(.path("desk", "procedures", id)))
        } catch let error as CaseError {
            var page = try await page(incoming)
            page.refusal = (fields, error.message)
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    private func page(_ incoming: Incoming) async throws -> DeskProcedurePage {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        return try await store.read { db in
            let procedure = try Desk.procedure(id, for: actor, in: db)
            return DeskProcedurePage(
                procedure: procedure,
                rounds: try CaseProcedures.rounds(of: id, in: db),
                history: try ProcedureSettings.history(of: id, in: db)
            )
        }
    }

    private static func round(
        _ fields: FormFields,
        of procedure: CaseProcedure
    ) throws -> CaseRound {
        guard let opens = fields["opens"].flatMap({ LocalDate(iso: $0) }),
            let closes = fields["closes"].flatMap({ LocalDate(iso: $0) })
        else {
            throw CaseError(
                .incomplete,
                Bilingual("첫날과 마지막 날을 적어 주세요.", "Say the first and the last day."),
                context: procedure.id
            )
        }
        return CaseRound(
            id: RandomName.make(byteCount: 9),
            procedureID: procedure.id,
            title: Bilingual(same: fields.text("title") ?? ""),
            opens: opens,
            closes: closes,
            // A word that is no number is refused as a number of places, not taken as no limit.
            places: fields.text("places").map { Int($0.filter { $0 != "," }) ?? 0 }
        )
    }

    private static func waiting(for actor: Actor, in db: ReadTransaction) throws -> [String: Int] {
        struct Row: Codable {
            var procedureID: String
            var count: Int
        }
        let states = CaseState.allCases.filter(\.waitsForOffice).map(\.rawValue)
        let rows = try db.rows(
            """
            SELECT procedure_id, COUNT(*) AS count FROM case_record
            WHERE \(Desk.condition(actor)) AND state IN \(list: states) GROUP BY procedure_id
            """,
            as: Row.self
        )
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.procedureID, $0.count) })
    }
}
