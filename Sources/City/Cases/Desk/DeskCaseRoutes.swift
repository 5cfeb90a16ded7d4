import Basics
import City
import Eligibility
import HTTPTypes
import Hosting
import Identity
import Programmes
import Store
import Web

/// One case of an officer: opened, worked on, its documents and its ledger.
struct DeskCaseRoutes: Sendable {
    let desk: Desk
    let caseRules: CaseRules

    private var store: Store { desk.store }

    func add(to table: inout RouteTable) {
        table.page("/desk/cases/{id}", access: Desk.officers) { incoming in
            try await page(incoming).page(in: incoming.page)
        }
        table.submission("/desk/cases/{id}/work", access: Desk.officers) { incoming, fields in
            try await work(incoming, fields)
        }
        table.submission("/desk/cases/{id}/assign", access: Desk.officers) { incoming, fields in
            try await assign(incoming, fields)
        }
        table.submission("/desk/cases/{id}/payments", access: Desk.officers) { incoming, fields in
            try await pay(incoming, fields)
        }
        table.file("/desk/cases/{id}/documents/{document}", access: Desk.officers) { incoming in
            try await document(incoming)
        }
    }

    private func page(_ incoming: Incoming) async throws -> DeskCasePage {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        let open = try await store.write { tx in
            try DeskCase.open(id, for: actor, desk, in: tx)
        }
        return DeskCasePage(open: open, actor: actor, requirements: requirements(open))
    }

    /// The checklist as the rules of the day of the application have it.
    private func requirements(_ open: DeskCase) -> [CaseDocumentRequirement] {
        let record = open.record
        let day = record.verdict?.value.judgedOn ?? record.createdAt.date
        let judgement = try? caseRules.judgement(
            of: open.procedure.programme,
            record.answers.value.answers,
            on: day
        )
        return open.procedure.requirements(
            judgement?.documents ?? [],
            proxy: record.proxy?.value
        ) + open.procedure.claimDocuments
    }

    private func work(_ incoming: Incoming, _ fields: FormFields) async throws -> Answer {
        guard let order = DeskOrder(fields.items) else { throw Problem.notFound }
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        do {
            try await store.write { tx in
                var record = try Desk.record(id, for: actor, in: tx)
                record.version = fields["version"].flatMap { Int($0) } ?? 0
                try order.perform(on: record, by: actor, in: tx)
            }
            return .other(.seeOther(DeskCasePage.link(id)))
        } catch let error as CaseError {
            var page = try await page(incoming)
            page.refusal = (order, error.message)
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    private func assign(_ incoming: Incoming, _ fields: FormFields) async throws -> Answer {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        let accounts = desk.platform.identity.accounts
        let login = fields.text("colleague")
        do {
            try await store.write { tx in
                var record = try Desk.record(id, for: actor, in: tx)
                record.version = fields["version"].flatMap { Int($0) } ?? 0
                var colleague: String?
                if let login {
                    colleague = try accounts.colleague(
                        loginName: login,
                        in: record.organizationID,
                        by: actor,
                        purpose: .caseReview,
                        in: tx
                    )
                    guard let colleague, try works(colleague, on: record, in: tx) else {
                        throw CaseError(
                            .incomplete,
                            Bilingual(
                                "이 기관의 심사 담당자 가운데 그런 사람이 없습니다: \(login)",
                                "No officer of this organization signs in as \(login)."
                            ),
                            context: id
                        )
                    }
                }
                let names = try accounts.colleagueNames(
                    of: Set([colleague].compactMap { $0 }),
                    by: actor,
                    in: tx
                )
                _ = try CaseKeeping(by: actor, for: .caseReview).assign(
                    record,
                    to: colleague,
                    named: colleague.flatMap { names[$0] } ?? "",
                    in: tx
                )
            }
            return .other(.seeOther(DeskCasePage.link(id)))
        } catch let error as CaseError {
            throw Problem.conflict(error.message, context: error.context)
        }
    }

    /// Whether an account reviews the cases of the organization.
    private func works(_ id: String, on record: Case, in db: ReadTransaction) throws -> Bool {
        let accounts = desk.platform.identity.accounts
        let roles: [Role] = [.caseOfficer, .caseApprover]
        return try roles.contains { role in
            try accounts.holders(
                of: role,
                in: record.organizationID,
                limit: CaseProcedures.maximumCount,
                in: db
            ).contains(id)
        }
    }

    // MARK: Payments

    private func pay(_ incoming: Incoming, _ fields: FormFields) async throws -> Answer {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        let key = fields.text("_idempotency") ?? RandomName.make(byteCount: 12)
        do {
            guard let kind = fields["kind"].flatMap(PaymentEntry.Kind.init) else {
                throw Problem.notFound
            }
            try await store.write { tx in
                let record = try Desk.record(id, for: actor, purpose: .casePayment, in: tx)
                try Self.require(actor, record, kind)
                let entry = try Self.entry(kind, fields, of: record, by: actor, in: tx)
                _ = try tx.once(scope: "cases.payment \(id)", key: "\(kind) \(key)") {
                    try Payments.write(entry, by: actor, in: tx).number
                }
            }
            return .other(.seeOther(DeskCasePage.link(id).at("payments")))
        } catch let error as PaymentError {
            return try await refuse(error.message, incoming)
        } catch let error as CaseError {
            return try await refuse(error.message, incoming)
        }
    }

    private func refuse(_ message: Bilingual, _ incoming: Incoming) async throws -> Answer {
        var page = try await page(incoming)
        page.paymentFault = message
        return .page(page.page(in: incoming.page), .unprocessableContent)
    }

    private static func require(
        _ actor: Actor,
        _ record: Case,
        _ kind: PaymentEntry.Kind
    ) throws {
        guard !record.belongs(to: actor.id) else {
            throw CaseError(
                .ownApplication,
                Bilingual("본인의 신청에는 지급할 수 없습니다.", "You cannot pay your own application."),
                context: record.id
            )
        }
        // What gives money away or gives it up takes an approver.
        let isApproval = [.ordered, .waived, .recoveryOrdered].contains(kind)
        guard !isApproval || actor.may(.caseApprover, in: record.organizationID) else {
            throw CaseError(
                .refused,
                Bilingual("결재자만 할 수 있습니다.", "Only an approver can do this."),
                context: record.id
            )
        }
    }

    private static func entry(
        _ kind: PaymentEntry.Kind,
        _ fields: FormFields,
        of record: Case,
        by actor: Actor,
        in db: ReadTransaction
    ) throws -> PaymentEntry {
        let concerns = fields["concerns"].flatMap { Int($0) }
        let ledger = try Payments.ledger(of: record.id, in: db)
        let line = ledger.entries.first { $0.number == concerns }
        let typed = fields.text("amount").flatMap { Int64($0.filter { $0 != "," }) }
        let reason = fields.text("why") ?? fields.text("because") ?? ""
        return PaymentEntry(
            caseID: record.id,
            kind: kind,
            amount: line?.amount ?? Won(typed ?? 0),
            concerns: concerns,
            reference: fields.text("reference").map {
                String($0.prefix(PaymentEntry.maximumTextCharacterCount))
            },
            reason: String(reason.prefix(PaymentEntry.maximumTextCharacterCount)),
            day: db.now.date,
            actorID: actor.id ?? "",
            actorName: actor.account?.displayName ?? "",
            at: db.now
        )
    }

    // MARK: Documents

    /// A file of the case; who looked at it stands in the applicant's trail.
    private func document(_ incoming: Incoming) async throws -> Outgoing {
        let id = try incoming.pathParameter("id")
        let wanted = try incoming.pathParameter("document")
        let actor = incoming.actor
        let found = try await store.write { tx -> CaseDocument? in
            let record = try Desk.record(id, for: actor, in: tx)
            return try Cases.documents(of: record.id, in: tx).first { $0.id == wanted }
        }
        guard let document = found else { throw Problem.notFound }
        let bytes = try await CaseUploads(platform: desk.platform).content(of: document)
        return .download(
            fileName: document.fileName,
            contentType: document.mediaType,
            body: .bytes(bytes)
        )
    }
}
