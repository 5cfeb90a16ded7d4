import Basics
import City
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// The documents the assistant quotes: the list, one document, bringing one in, its way into force.
struct KnowledgeRoutes {
    let desk: AssistantDesk

    func add(to table: inout RouteTable) {
        addReading(to: &table)
        addKeeping(to: &table)
        OverviewRoutes(desk: desk).add(to: &table)
    }

    private func addReading(to table: inout RouteTable) {
        let desk = desk
        table.page("/assistant/knowledge", access: TalkRoutes.access) { incoming in
            let day = incoming.now.date
            let status = incoming.query["status"].flatMap(KnowledgeDocument.Status.init)
            let words = incoming.query.text("q") ?? ""
            let answering =
                words.isEmpty
                ? [] : KnowledgeSearch(index: desk.index).documents(words, incoming)
            let found = desk.index.snapshot.documents.values.filter { document in
                document.isReadable(by: incoming.actor)
                    && (document.isKept(by: incoming.actor) || document.holds(on: day))
                    && (status == nil || document.status == status)
                    && (words.isEmpty || document.title.contains(words)
                        || answering.contains(document.id))
            }
            return KnowledgeListPage(
                documents: found.sorted { ($0.title, $0.id) < ($1.title, $1.id) },
                words: words,
                status: status,
                number: incoming.query.pageNumber()
            ).page(in: incoming.page)
        }
        table.page("/assistant/knowledge/{id}", access: TalkRoutes.access) { incoming in
            let document = try await Self.document(desk, incoming)
            let passages = try await desk.store.read {
                try Knowledge.passages(of: document.id, in: $0)
            }
            return KnowledgePage(
                document: document,
                passages: passages,
                isKept: document.isKept(by: incoming.actor)
            ).page(in: incoming.page)
        }
        table.file("/assistant/knowledge/{id}/file", access: TalkRoutes.access) { incoming in
            let document = try await Self.document(desk, incoming)
            guard let blob = BlobID(rawValue: document.digest) else { throw Problem.notFound }
            var outgoing = Outgoing.download(
                fileName: document.fileName,
                contentType: "application/octet-stream",
                body: .bytes(try await desk.store.blobs.get(blob))
            )
            outgoing.cache = .never
            return outgoing
        }
    }

    private func addKeeping(to table: inout RouteTable) {
        let desk = desk
        table.page("/assistant/documents/new", access: TalkRoutes.access) { incoming in
            try await Self.newPage(desk, incoming).page(in: incoming.page)
        }
        table.upload(
            "/assistant/documents",
            access: TalkRoutes.access,
            maximumFileByteCount: KnowledgeDocument.maximumByteCount
        ) { incoming, form in
            var page = try await Self.newPage(desk, incoming)
            page.fill(form)
            guard let file = form.file("file"), page.errors(incoming.language).isEmpty else {
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let draft = try page.draft(by: incoming)
            do {
                let read = try await KnowledgeImport.read(file.bytes, fileName: file.fileName)
                let document = try await desk.take(
                    read,
                    as: draft,
                    file: (file.fileName, file.bytes)
                )
                return .other(.seeOther(document.link))
            } catch let error as any ExplainedError {
                page.fileError = error.message[incoming.language]
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
        }
        table.submission("/assistant/knowledge/{id}/status", access: TalkRoutes.access) {
            incoming,
            form in
            let document = try await Self.document(desk, incoming)
            guard document.isKept(by: incoming.actor) else {
                throw AccessError(.refused, context: "document \(document.id)")
            }
            guard let status = form["status"].flatMap(KnowledgeDocument.Status.init),
                document.status.next.contains(status)
            else { throw Problem.notFound }
            guard status != .reviewed || document.createdBy != incoming.actor.id else {
                throw Problem.conflict(
                    Bilingual(
                        "만든 사람이 아닌 다른 관리자가 검토해야 합니다.",
                        "Somebody other than its author has to review it."
                    )
                )
            }
            try await desk.setStatus(status, of: document, incoming)
            return .other(.seeOther(document.link))
        }
        table.submission("/assistant/knowledge/{id}/remove", access: TalkRoutes.access) {
            incoming,
            form in
            let document = try await Self.document(desk, incoming)
            // Only one's own documents go; what was quoted to others stays to be followed.
            guard document.audience == .owner, document.createdBy == incoming.actor.id else {
                throw AccessError(.refused, context: "document \(document.id)")
            }
            try await desk.remove(document)
            return .other(.seeOther(Link("/assistant/knowledge")))
        }
    }

    /// A document the person may read; for everybody else there is none.
    static func document(
        _ desk: AssistantDesk,
        _ incoming: Incoming
    ) async throws -> KnowledgeDocument {
        let id = try incoming.pathParameter("id")
        let document = try await desk.store.read { try Knowledge.find(id, in: $0) }
        guard let document, document.isReadable(by: incoming.actor) else { throw Problem.notFound }
        return document
    }

    private static func newPage(
        _ desk: AssistantDesk,
        _ incoming: Incoming
    ) async throws -> NewDocumentPage {
        let organizations = try await desk.store.read { try Organizations.all(in: $0) }
        return NewDocumentPage(
            organizations: organizations.filter {
                incoming.actor.may(.knowledgeKeeper, in: $0.id)
            }
        )
    }
}

extension AssistantDesk {
    /// Takes a document in: its file, its passages, its place in the index.
    func take(
        _ read: ImportedDocument,
        as draft: KnowledgeDocument,
        file: (name: String, bytes: [UInt8])
    ) async throws -> KnowledgeDocument {
        var document = draft
        if document.title.isEmpty { document.title = read.title }
        document.fileName = String(file.name.suffix(200))
        document.digest = try await store.blobs.put(file.bytes).id.rawValue
        let kept = document
        try await store.write { try Knowledge.save(kept, passages: read.passages, in: $0) }
        try await index.update(kept.id, from: store)
        return kept
    }

    /// Takes a document a step further on its way into force, or out of it.
    func setStatus(
        _ status: KnowledgeDocument.Status,
        of document: KnowledgeDocument,
        _ incoming: Incoming
    ) async throws {
        let actor = incoming.actor
        try await store.write { tx in
            guard var current = try Knowledge.find(document.id, in: tx),
                current.status == document.status
            else {
                throw Problem.conflict(
                    Bilingual(
                        "그사이 다른 사람이 상태를 바꾸었습니다.",
                        "Somebody else changed its state meanwhile."
                    )
                )
            }
            current.status = status
            current.updatedAt = tx.now
            if status == .effective && current.effectiveFrom == nil {
                current.effectiveFrom = tx.now.date
            }
            try Knowledge.save(current, in: tx)
            try tx.record(
                .setDocumentStatus,
                on: AuditSubject(kind: "document", id: current.id),
                by: actor.auditActor,
                purpose: .knowledgeKeeping,
                details: ["status": status.rawValue]
            )
        }
        try await index.update(document.id, from: store)
    }

    /// Takes a person's own document out again.
    func remove(_ document: KnowledgeDocument) async throws {
        try await store.write { tx in
            try tx.run("DELETE FROM assistant_passage WHERE document_id = \(document.id)")
            try tx.run("DELETE FROM assistant_document WHERE id = \(document.id)")
        }
        try await index.update(document.id, from: store)
    }
}

extension Purpose {
    /// A document is brought in, reviewed, put in force or out of it.
    static let knowledgeKeeping = Purpose(
        code: "assistant.knowledge",
        Bilingual("지식 문서 관리", "Keeping the assistant's documents")
    )
}
