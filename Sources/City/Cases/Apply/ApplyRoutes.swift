import Basics
import Eligibility
import HTTPTypes
import Hosting
import Identity
import Programmes
import Store
import Web

/// The applicant's way from the first page of a procedure to the receipt.
struct ApplyRoutes {
    let platform: Platform

    var rules: CaseRules { CaseRules.of(platform) }
    var store: Store { platform.store }
    /// The most that files weigh which come in one go, in bytes.
    static let maximumUploadByteCount = 3 * CaseDocument.maximumByteCount

    func add(to table: inout RouteTable) {
        addStart(to: &table)
        addSteps(to: &table)
        addFiles(to: &table)
    }

    private func addStart(to table: inout RouteTable) {
        table.page("/apply/{procedure}") { incoming in
            try await start(incoming).page(in: incoming.page)
        }
        table.submission("/apply/{procedure}", access: .signedIn) { incoming, fields in
            try await begin(incoming, fields)
        }
    }

    private func addSteps(to table: inout RouteTable) {
        table.page("/apply/cases/{id}", access: .signedIn) { incoming in
            CaseOverviewPage(form: try await form(incoming)).page(in: incoming.page)
        }
        table.page("/apply/cases/{id}/{step}", access: .signedIn) { incoming in
            let form = try await form(incoming)
            guard let step = form.step(try incoming.pathParameter("step")) else {
                throw Problem.notFound
            }
            var page = CaseStepPage(form: form, step: step)
            if case .document = step {
                let (actor, rules) = (incoming.actor, rules)
                page.wallet = try await platform.store.read { db in
                    try WalletNeed.all(of: form.record, for: actor, rules, in: db)
                }
            }
            return page.page(in: incoming.page)
        }
        table.submission("/apply/cases/{id}/{step}", access: .signedIn) { incoming, fields in
            // The same page sent twice leads to the one receipt.
            if let sent = try await sent(incoming) { return .other(.seeOther(sent)) }
            let form = try await form(incoming)
            guard let step = form.step(try incoming.pathParameter("step")) else {
                throw Problem.notFound
            }
            return try await take(step, of: form, incoming, fields)
        }
        table.submission("/apply/cases/{id}", access: .signedIn) { incoming, _ in
            try await discard(incoming)
        }
    }

    private func addFiles(to table: inout RouteTable) {
        table.upload(
            "/apply/cases/{id}/upload/{requirement}",
            access: .signedIn,
            maximumFileByteCount: Self.maximumUploadByteCount
        ) { incoming, fields in
            try await attach(incoming, fields)
        }
        table.submission(
            "/apply/cases/{id}/files/{file}/remove",
            access: .signedIn
        ) { incoming, fields in
            try await detach(incoming, fields)
        }
    }

    // MARK: Beginning

    private func start(_ incoming: Incoming) async throws -> CaseStartPage {
        let id = try incoming.pathParameter("procedure")
        let (actor, today, rules) = (incoming.actor, incoming.now.date, rules)
        let isForOther = incoming.query["for"] == "other"
        return try await store.read { db in
            guard let procedure = try CaseProcedures.find(id, in: db) else {
                throw Problem.notFound
            }
            let intake = try CaseProcedures.intake(of: procedure, on: today, in: db)
            var page = CaseStartPage(
                procedure: procedure,
                intake: intake,
                documents: procedure.requirements(
                    procedure.programme.flatMap {
                        rules.rules.programme($0)?.version(on: today)?.documents
                    } ?? [],
                    proxy: nil
                ),
                isForOther: isForOther,
                isSignedIn: actor.id != nil,
                isStaff: actor.account?.kind == .staff
            )
            guard let account = actor.id else { return page }
            var round: String?
            if case .round(let open) = intake { round = open.id }
            page.running = try Cases.running(
                of: account,
                procedure: id,
                round: round,
                in: db
            )
            page.hasAnswers =
                try AnswerBook.answers(of: AnswerOwner(accountID: account), in: db)?.isEmpty
                == false
            page.keepsProfile = try Consents.isGiven(.profile, by: account, in: db)
            return page
        }
    }

    private func begin(_ incoming: Incoming, _ fields: FormFields) async throws -> Answer {
        var page = try await start(incoming)
        page.isForOther = fields["for"] == "other"
        guard let account = incoming.actor.account else { throw Problem.needsSignIn }
        guard let start = page.read(fields, by: account, on: incoming.now.date) else {
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        let isReused =
            start.proxy == nil && page.hasAnswers
            && (page.keepsProfile || fields["reuse"] == "yes")
        let (procedure, actor) = (page.procedure, incoming.actor)
        let keeping = CaseKeeping(by: actor, for: .caseApplication)
        do {
            let record = try await store.write { tx in
                let known =
                    try isReused
                    ? AnswerBook.answers(of: AnswerOwner(accountID: account.id), in: tx) : nil
                let record = try keeping.open(
                    procedure,
                    applicant: start.applicant,
                    proxy: start.proxy,
                    answers: CaseAnswers(answers: known ?? Answers()),
                    in: tx
                )
                if isReused { try keeping.give(.reuse, for: record, in: tx) }
                return record
            }
            return .other(.seeOther(.path("apply", "cases", record.id)))
        } catch let error as CaseError {
            page.complaint = error.message
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    private func discard(_ incoming: Incoming) async throws -> Answer {
        let form = try await form(incoming)
        try await store.write { tx in
            try CaseKeeping(by: incoming.actor, for: .caseApplication)
                .discard(form.record, in: tx)
        }
        for document in form.documents { try await remove(document) }
        return .other(.seeOther(Link("/applications")))
    }

    // MARK: Reading

    /// The draft of the address, for whoever writes it.
    func form(_ incoming: Incoming) async throws -> CaseForm {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        // Opening it is written down, and the writer waits for nobody's judgement.
        let contents = try await store.write { tx in
            guard
                let record = try Cases.record(
                    id,
                    for: actor,
                    purpose: .caseApplication,
                    in: tx
                ), record.belongs(to: actor.id)
            else { throw Problem.notFound }
            guard record.state == .draft else {
                throw Problem.conflict(
                    Bilingual(
                        "이미 낸 신청입니다. ‘내 신청’에서 볼 수 있습니다.",
                        "This application was sent already; see “My applications”."
                    ),
                    context: id
                )
            }
            return try CaseContents(record, in: tx)
        }
        return CaseForm(contents, rules: rules, on: incoming.now.date)
    }

    /// Where a draft went that was sent already; nothing while it is one.
    private func sent(_ incoming: Incoming) async throws -> Link? {
        let id = try incoming.pathParameter("id")
        let record = try await store.read { try Cases.find(id, in: $0) }
        guard let record, record.belongs(to: incoming.actor.id), record.state != .draft else {
            return nil
        }
        return .path("applications", id, query: [("arrived", "1")])
    }
}
