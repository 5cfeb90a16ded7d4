import Basics
import HTTPTypes
import Hosting
import Identity
import Programmes
import Store
import Web

/// A person's applications after they were sent: where they stand, what is asked, who read them.
struct ApplicationRoutes {
    let platform: Platform

    private var store: Store { platform.store }
    private let rules: CaseRules

    init(platform: Platform) {
        self.platform = platform
        rules = CaseRules.of(platform)
    }

    func add(to table: inout RouteTable) {
        addReading(to: &table)
        addFiles(to: &table)
        addChanges(to: &table)
    }

    private func addReading(to table: inout RouteTable) {
        table.page("/applications", access: .signedIn) { incoming in
            let account = try incoming.accountID()
            let number = incoming.query.pageNumber()
            return try await store.read { db in
                let (cases, total) = try Cases.page(number, of: account, in: db)
                let titles = Dictionary(
                    try CaseProcedures.all(in: db).map { ($0.id, $0.title) },
                    uniquingKeysWith: { $1 }
                )
                return ApplicationListPage(
                    cases: cases,
                    titles: titles,
                    number: number,
                    total: total
                )
            }.page(in: incoming.page)
        }
        table.page("/applications/{id}", access: .signedIn) { incoming in
            try await detail(incoming).page(in: incoming.page)
        }
    }

    private func addFiles(to table: inout RouteTable) {
        table.file("/applications/{id}/calendar", access: .signedIn) { incoming in
            let detail = try await detail(incoming)
            return CaseCalendar(record: detail.record, title: detail.procedure.title)
                .feed(publicURL: platform.publicURL, in: incoming.language)
                .outgoing(stamp: detail.record.updatedAt)
        }
        table.file("/applications/{id}/files/{file}", access: .signedIn) { incoming in
            try await download(incoming)
        }
        table.upload(
            "/applications/{id}/upload/{requirement}",
            access: .signedIn,
            maximumFileByteCount: ApplyRoutes.maximumUploadByteCount
        ) { incoming, fields in
            try await attach(incoming, fields)
        }
        table.submission(
            "/applications/{id}/files/{file}/remove",
            access: .signedIn
        ) { incoming, _ in
            let detail = try await detail(incoming)
            let id = try incoming.pathParameter("file")
            let answer = try await change(detail, incoming, "files") { keeping, record, tx in
                try keeping.detach(id, from: record, in: tx)
            }
            try await removeBytes(of: detail.documents.filter { $0.id == id })
            return answer
        }
    }

    private func addChanges(to table: inout RouteTable) {
        func form(
            _ name: String,
            _ change:
                @escaping @Sendable (CaseKeeping, Case, FormFields, WriteTransaction) throws
                -> Void
        ) {
            table.submission("/applications/{id}/\(name)", access: .signedIn) { incoming, fields in
                var detail = try await detail(incoming)
                detail.record.version = fields["version"].flatMap(Int.init) ?? 0
                detail.typed = fields
                return try await self.change(detail, incoming, name) { keeping, record, tx in
                    try change(keeping, record, fields, tx)
                }
            }
        }
        form("correction") { keeping, record, fields, tx in
            _ = try keeping.answerCorrection(record, text: fields.text("text") ?? "", in: tx)
        }
        form("withdraw") { keeping, record, fields, tx in
            _ = try keeping.withdraw(record, reason: fields.text("reason") ?? "", in: tx)
        }
        form("appeal") { keeping, record, fields, tx in
            _ = try keeping.appeal(record, reason: fields.text("reason") ?? "", in: tx)
        }
        form("claim") { keeping, record, fields, tx in
            let digits = (fields.text("amount") ?? "").filter { $0 != "," && $0 != "원" }
            _ = try keeping.claim(
                record,
                amount: Won(Int64(digits) ?? 0),
                note: fields.text("note") ?? "",
                in: tx
            )
        }
        let rules = rules
        form("consents") { keeping, record, fields, tx in
            guard let kind = fields["kind"].flatMap(CaseConsent.Kind.init) else { return }
            let contents = try CaseContents(record, in: tx)
            let lookedUp = rules.requirements(of: contents, on: tx.now.date).filter {
                contents.isLookedUp($0) && contents.files($0.name).isEmpty
            }
            _ = try keeping.takeBack(kind, of: record, lookedUp: lookedUp, in: tx)
        }
    }

    // MARK: Changing

    /// Changes an application; what is refused comes back on its page, with what was typed.
    private func change(
        _ detail: ApplicationPage,
        _ incoming: Incoming,
        _ part: String,
        _ body: @escaping @Sendable (CaseKeeping, Case, WriteTransaction) throws -> Void
    ) async throws -> Answer {
        let record = detail.record
        do {
            try await store.write { tx in
                try body(CaseKeeping(by: incoming.actor, for: .caseApplication), record, tx)
            }
            return .other(
                .seeOther(.path("applications", record.id, query: [("done", part)]))
            )
        } catch let error as CaseError {
            var page = try await self.detail(incoming)
            page.typed = detail.typed
            page.refusal = (part, error.message)
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
    }

    private func attach(_ incoming: Incoming, _ fields: FormFields) async throws -> Answer {
        let detail = try await detail(incoming)
        let name = try incoming.pathParameter("requirement")
        guard detail.asked.contains(where: { $0.name == name }) else { throw Problem.notFound }
        let faults = try await CaseUploads(platform: platform).attach(
            fields.files,
            to: detail.record,
            requirement: name,
            by: incoming.actor
        )
        guard faults.isEmpty else {
            var page = try await self.detail(incoming)
            page.fileFaults = faults
            return .page(page.page(in: incoming.page), .unprocessableContent)
        }
        return .other(.seeOther(Link.path("applications", detail.record.id).at("asked")))
    }

    /// Removes the bytes of files whose rows are gone.
    private func removeBytes(of documents: [CaseDocument]) async throws {
        for document in documents {
            let isKept = try await store.read { db in
                try Cases.documents(of: document.caseID, in: db).contains(document)
            }
            guard !isKept, let blob = BlobID(rawValue: document.digest) else { continue }
            try await store.blobs.remove(blob)
        }
    }

    // MARK: Reading

    private func download(_ incoming: Incoming) async throws -> Outgoing {
        let (id, fileID) = (try incoming.pathParameter("id"), try incoming.pathParameter("file"))
        let actor = incoming.actor
        let document = try await store.write { tx -> CaseDocument? in
            let isOwn = try Cases.find(id, in: tx)?.belongs(to: actor.id) == true
            guard
                let record = try Cases.record(
                    id,
                    for: actor,
                    purpose: isOwn ? .caseApplication : .caseReview,
                    in: tx
                ),
                let document = try Cases.documents(of: record.id, in: tx)
                    .first(where: { $0.id == fileID })
            else { return nil }
            try tx.record(
                .export,
                on: .caseRecord(id),
                by: actor.auditActor,
                purpose: isOwn ? .caseApplication : .caseReview,
                details: ["document": document.id, "digest": document.digest]
            )
            return document
        }
        guard let document else { throw Problem.notFound }
        return .download(
            fileName: document.fileName,
            contentType: document.mediaType,
            body: .bytes(try await CaseUploads(platform: platform).content(of: document))
        )
    }

    /// The application of the address, for the applicant or whoever applied for them.
    private func detail(_ incoming: Incoming) async throws -> ApplicationPage {
        let id = try incoming.pathParameter("id")
        let (actor, rules) = (incoming.actor, rules)
        return try await store.write { tx in
            guard
                let record = try Cases.record(
                    id,
                    for: actor,
                    purpose: .caseApplication,
                    in: tx
                ), record.belongs(to: actor.id), record.state != .draft
            else { throw Problem.notFound }
            return try ApplicationPage(record, rules: rules, for: actor, in: tx)
        }
    }
}
