import Basics
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// The forms and annexes kept with a document: taking one along, adding one, removing one.
struct FormFileRoutes {
    let desk: AssistantDesk

    /// The largest form, in bytes.
    static let maximumByteCount = 10 << 20

    func add(to table: inout RouteTable) {
        let desk = desk
        table.file("/assistant/knowledge/{id}/forms/{digest}", access: TalkRoutes.access) {
            incoming in
            let document = try await KnowledgeRoutes.document(desk, incoming)
            let digest = try incoming.pathParameter("digest")
            guard let form = document.attachments.value.first(where: { $0.digest == digest }),
                let blob = BlobID(rawValue: digest)
            else { throw Problem.notFound }
            var outgoing = Outgoing.download(
                fileName: form.fileName ?? form.name,
                contentType: "application/octet-stream",
                body: .bytes(try await desk.store.blobs.get(blob))
            )
            outgoing.cache = .never
            return outgoing
        }
        table.upload(
            "/assistant/knowledge/{id}/forms",
            access: .role(.knowledgeKeeper),
            maximumFileByteCount: Self.maximumByteCount
        ) { incoming, form in
            let document = try await Self.kept(desk, incoming)
            guard let file = form.file("form"), !file.bytes.isEmpty else {
                throw Problem.badRequest(Bilingual("파일을 골라 주세요.", "Choose a file."))
            }
            let limit = KnowledgeDocument.maximumTitleLength
            let name = form.text("name") ?? file.fileName
            let added = KnowledgeDocument.Attachment(
                name: String(name.prefix(limit)),
                address: "",
                digest: try await desk.store.blobs.put(file.bytes).id.rawValue,
                fileName: String(file.fileName.suffix(limit))
            )
            try await desk.changeForms(of: document.id, incoming) { forms in
                guard forms.count < KnowledgeDocument.maximumAttachmentCount else {
                    throw Problem.conflict(
                        Bilingual(
                            "서식은 \(KnowledgeDocument.maximumAttachmentCount)개까지 붙일 수 있습니다.",
                            "At most \(KnowledgeDocument.maximumAttachmentCount) forms."
                        )
                    )
                }
                forms.removeAll { $0.digest == added.digest || $0.name == added.name }
                forms.append(added)
            }
            return .other(.seeOther(document.link))
        }
        table.submission("/assistant/knowledge/{id}/forms/remove", access: .role(.knowledgeKeeper))
        { incoming, form in
            let document = try await Self.kept(desk, incoming)
            let name = form["name"]
            try await desk.changeForms(of: document.id, incoming) { forms in
                forms.removeAll { $0.name == name }
            }
            return .other(.seeOther(document.link))
        }
    }

    private static func kept(
        _ desk: AssistantDesk,
        _ incoming: Incoming
    ) async throws -> KnowledgeDocument {
        let document = try await KnowledgeRoutes.document(desk, incoming)
        guard document.isKept(by: incoming.actor) else {
            throw AccessError(.refused, context: "document \(document.id)")
        }
        return document
    }
}

extension AssistantDesk {
    /// Changes the forms of a document; whoever changes them at the same time adds to the same list.
    fileprivate func changeForms(
        of id: String,
        _ incoming: Incoming,
        _ change: @escaping @Sendable (inout [KnowledgeDocument.Attachment]) throws -> Void
    ) async throws {
        let actor = incoming.actor
        try await store.write { tx in
            guard var document = try Knowledge.find(id, in: tx), document.isKept(by: actor) else {
                throw Problem.notFound
            }
            try change(&document.attachments.value)
            document.updatedAt = tx.now
            try Knowledge.save(document, in: tx)
            try tx.record(
                .changeForms,
                on: AuditSubject(kind: "document", id: id),
                by: actor.auditActor,
                purpose: .knowledgeKeeping
            )
        }
        try await index.update(id, from: store)
    }
}

extension AuditAction {
    static let changeForms = AuditAction(
        "assistant.changeForms",
        Bilingual("서식을 바꿈", "Changed the forms of a document")
    )
}

/// The keepers' side of a document's forms.
struct FormFilesView: Sendable {
    var document: KnowledgeDocument

    func html(in context: PageContext) -> HTML {
        let path = Link.path("assistant", "knowledge", document.id, "forms")
        let fields = [
            FormField(
                name: "name",
                label: context.text("서식 이름", "Name of the form"),
                hint: context.text("비우면 파일 이름입니다.", "The name of the file if empty."),
                maximumLength: KnowledgeDocument.maximumTitleLength
            ),
            FormField(
                name: "form",
                label: context.text("서식 파일", "File of the form"),
                control: .file(
                    FileUpload(maximumByteCount: FormFileRoutes.maximumByteCount)
                ),
                isRequired: true
            ),
        ]
        let remove = HTML(each: document.attachments.value.filter { $0.digest != nil }) { item in
            form(
                action: .path("assistant", "knowledge", document.id, "forms", "remove"),
                context: context
            ) {
                let text = context.text("‘\(item.name)’ 빼기", "Remove “\(item.name)”")
                return hiddenField("name", item.name) + button(text, style: .quiet)
            }
        }
        return section(
            context.text("서식 붙이기", "Add a form"),
            form(action: path, context: context, takesFiles: true) {
                HTML(each: fields) { formField($0, in: context) }
                    + button(context.text("붙이기", "Add"), style: .secondary)
            } + "<div class=\"buttons\">\(remove)</div>"
        )
    }
}

extension KnowledgeDocument.Attachment {
    /// Where it is taken along from: a file kept here, an address outside, or nowhere.
    func link(in documentID: String) -> Link? {
        guard let digest else { return Link(external: address) }
        return .path("assistant", "knowledge", documentID, "forms", digest)
    }
}
