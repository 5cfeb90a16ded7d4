import Basics
import City
import HTTPTypes
import Hosting
import Identity
import Programmes
import Store
import Web

/// The texts of procedures, for whoever words them.
struct ProcedureTextRoutes: Sendable {
    let platform: Platform

    private static let readers = RouteAccess.anyRole([
        .programmeEditor, .caseOfficer, .caseApprover,
    ])
    private var store: Store { platform.store }

    func add(to table: inout RouteTable) {
        table.page("/desk/texts", access: Self.readers) { incoming in
            let actor = incoming.actor
            return try await store.read { db in
                TextProceduresPage(
                    procedures: try ProcedureTexts.procedures(of: actor, in: db),
                    proposals: try ProcedureTexts.proposals(in: db),
                    isOfficer: Desk.officers.allows(actor) == .allowed
                )
            }.page(in: incoming.page)
        }
        table.page("/desk/texts/{id}", access: Self.readers) { incoming in
            let (procedure, documents) = try await read(incoming)
            let proposals = try await store.read { try ProcedureTexts.proposals(in: $0) }
            return TextListPage(
                procedure: procedure,
                documents: documents,
                proposals: proposals[procedure.id] ?? []
            ).page(in: incoming.page)
        }
        table.page("/desk/texts/{id}/{text}", access: Self.readers) { incoming in
            try await page(incoming).page(in: incoming.page)
        }
        table.submission("/desk/texts/{id}/{text}", access: Self.readers) { incoming, fields in
            try await change(incoming, fields)
        }
    }

    private func change(_ incoming: Incoming, _ fields: FormFields) async throws -> Answer {
        var page = try await page(incoming)
        let typed = Bilingual(
            Self.text(fields, "korean"),
            Self.text(fields, "english")
        )
        guard fields["action"] != "preview" else {
            page.typed = typed
            return .page(page.page(in: incoming.page), .ok)
        }
        let (key, id, actor) = (page.key, page.procedure.id, incoming.actor)
        let number = fields["number"].flatMap { Int($0) } ?? 0
        let action = fields["action"]
        do {
            try await store.write { tx in
                guard let procedure = try ProcedureTexts.procedure(id, for: actor, in: tx) else {
                    throw Problem.notFound
                }
                let settings = ProcedureSettings(actor: actor)
                switch action {
                case "accept", "decline":
                    try settings.decide(
                        key,
                        number,
                        accepting: action == "accept",
                        of: procedure,
                        in: tx
                    )
                default:
                    try settings.word(
                        key,
                        as: action == "original" ? nil : typed,
                        over: number,
                        of: procedure,
                        in: tx
                    )
                }
            }
        } catch let error as CaseError {
            page = try await self.page(incoming)
            page.fault = error.message
            if action == "save" { page.typed = typed }
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        return .other(.seeOther(Link(page.link.target + "?saved=1")))
    }

    private func page(_ incoming: Incoming) async throws -> TextPage {
        let (procedure, documents) = try await read(incoming)
        let name = try incoming.pathParameter("text")
        guard let key = CaseTextKey(name, documents: Set(documents.map(\.name))) else {
            throw Problem.notFound
        }
        return try await store.read { db in
            TextPage(
                procedure: procedure,
                key: key,
                document: documents.first { key.isOf($0) },
                versions: try ProcedureTexts.versions(of: key, procedure.id, in: db),
                office: try Organizations.find(procedure.organizationID, in: db)?.name
                    ?? procedure.organizationID,
                actor: incoming.actor,
                today: incoming.now.date,
                wasSaved: incoming.query["saved"] != nil
            )
        }
    }

    /// The procedure of the address and every document it may ask for, as they are described.
    private func read(
        _ incoming: Incoming
    ) async throws -> (CaseProcedure, [CaseDocumentRequirement]) {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        let procedure = try await store.read {
            try ProcedureTexts.procedure(id, for: actor, in: $0)
        }
        guard let procedure else { throw Problem.notFound }
        return (procedure, CaseRules.of(platform).described(procedure, on: incoming.now.date))
    }

    /// What was typed; one character more than a text may have is kept, so that it is refused.
    private static func text(_ fields: FormFields, _ name: String) -> String {
        let text = (fields.text(name) ?? "").replacing("\r\n", with: "\n").trimmed
        return String(text.prefix(CaseKeeping.maximumTextCharacterCount + 1))
    }
}
