import Basics
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// What keepers change of a document beside its text: whose it is, who reads it, from when to when.
struct DocumentFactsPage: Sendable {
    /// The longest department and contact, in characters.
    static let maximumLineLength = 100

    var document: KnowledgeDocument
    /// When the document was last changed, as the form was made.
    private(set) var version: String
    private(set) var from: String
    private(set) var until: String
    /// What is wrong, by the name of the field.
    private(set) var errors: [String: Bilingual] = [:]
    /// Whether somebody else changed it meanwhile.
    var isStale = false

    init(document: KnowledgeDocument) {
        self.document = document
        version = document.version
        from = document.effectiveFrom?.iso ?? ""
        until = document.effectiveUntil?.iso ?? ""
    }

    /// Takes what was typed, so that a refused form forgets nothing, and holds it against the rules.
    mutating func fill(_ form: FormFields) {
        version = form["version"] ?? ""
        document.category =
            form["category"].flatMap(KnowledgeCategory.init(rawValue:)) ?? document.category
        document.department = form.text("department") ?? ""
        document.contact = form.text("contact") ?? ""
        from = form.text("from") ?? ""
        until = form.text("until") ?? ""
        document.effectiveFrom = day(from, "from")
        document.effectiveUntil = day(until, "until")
        for (name, text) in [("department", document.department), ("contact", document.contact)]
        where text.count > Self.maximumLineLength {
            errors[name] = Bilingual(
                "\(Self.maximumLineLength)자까지 적을 수 있습니다.",
                "At most \(Self.maximumLineLength) characters."
            )
        }
        if let audience = form["audience"].flatMap(KnowledgeDocument.Audience.init),
            audience != .owner
        {
            document.audience = audience
        } else {
            errors["audience"] = Bilingual("누가 볼지 골라 주세요.", "Choose who may read it.")
        }
        if document.audience == .department, document.department.isEmpty {
            errors["department"] = Bilingual("담당 부서를 적어 주세요.", "Name its department.")
        }
        if let first = document.effectiveFrom, let last = document.effectiveUntil, last < first {
            errors["until"] = Bilingual("시행일보다 앞섭니다.", "It is before the first day.")
        }
    }

    private mutating func day(_ text: String, _ field: String) -> LocalDate? {
        guard !text.isEmpty else { return nil }
        let day = LocalDate(iso: text)
        if day == nil {
            errors[field] = Bilingual("2026-01-31처럼 적어 주세요.", "Write it as 2026-01-31.")
        }
        return day
    }

    func page(in context: PageContext) -> Page {
        let fields = fields(context)
        let stale: HTML =
            isStale
            ? notificationBanner(
                NotificationBanner(
                    kind: .warning,
                    title: context.text("그사이 다른 사람이 고쳤습니다", "Somebody changed it meanwhile"),
                    body: """
                        <p>\(context.text(
                            "적으신 것은 아래에 그대로 있습니다. 문서를 다시 보고 저장해 주세요.",
                            "What you typed is below. Look at the document again, then save."))</p>
                        """
                )
            ) : .empty
        return Page(
            title: context.text("문서 정보 고치기", "Change what is known of it"),
            breadcrumbs: [
                StartPage.breadcrumb(context),
                Breadcrumb(title: document.title, link: document.link),
            ],
            main: """
                \(errorSummary(of: fields, in: context))\(stale)\
                \(form(action: .path("assistant", "knowledge", document.id, "facts"), context: context) {
                    """
                    \(hiddenField("version", version))\
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(button(context.text("저장", "Save")))
                    """
                })
                """,
            hasErrors: isStale || !errors.isEmpty
        )
    }

    private func fields(_ context: PageContext) -> [FormField] {
        let language = context.language
        func field(
            _ name: String,
            _ label: String,
            _ control: FormField.Control,
            _ value: String,
            isRequired: Bool = false
        ) -> FormField {
            FormField(
                name: name,
                label: label,
                control: control,
                error: errors[name]?[language],
                isRequired: isRequired,
                values: [value]
            )
        }
        let readers = KnowledgeDocument.Audience.allCases.filter { $0 != .owner }
        return [
            field("from", context.text("시행일", "In force from"), .date(), from),
            field("until", context.text("만료일(마지막 날)", "Last day"), .date(), until),
            field(
                "audience",
                context.text("볼 수 있는 사람", "Readers"),
                .radios(readers.map { .init(value: $0.rawValue, label: $0.label[language]) }),
                document.audience.rawValue,
                isRequired: true
            ),
            field(
                "category",
                context.text("분류", "Subject"),
                .select(
                    KnowledgeCategory.allCases.map {
                        .init(value: $0.rawValue, label: $0.label[language])
                    }
                ),
                document.category.rawValue,
                isRequired: true
            ),
            field(
                "department",
                context.text("담당 부서", "Department"),
                .text(),
                document.department
            ),
            field(
                "contact",
                context.text("문의처(부서·내선)", "Whom to ask (department, extension)"),
                .text(),
                document.contact
            ),
        ]
    }
}

extension KnowledgeDocument {
    /// Changes with every change of the document.
    fileprivate var version: String { String(updatedAt.millisecondsSinceEpoch) }
}

/// Changing what is known of a document.
struct DocumentFactsRoutes {
    let desk: AssistantDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/assistant/knowledge/{id}/facts", access: .role(.knowledgeKeeper)) { incoming in
            try await Self.page(desk, incoming).page(in: incoming.page)
        }
        table.submission("/assistant/knowledge/{id}/facts", access: .role(.knowledgeKeeper)) {
            incoming,
            form in
            var page = try await Self.page(desk, incoming)
            page.fill(form)
            guard page.errors.isEmpty else {
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            guard try await desk.save(page, incoming) else {
                page.isStale = true
                page.renew(try await Self.page(desk, incoming))
                return .page(page.page(in: incoming.page), .conflict)
            }
            return .other(.seeOther(page.document.link))
        }
    }

    private static func page(
        _ desk: AssistantDesk,
        _ incoming: Incoming
    ) async throws -> DocumentFactsPage {
        let document = try await KnowledgeRoutes.document(desk, incoming)
        guard document.isKept(by: incoming.actor), document.audience != .owner else {
            throw AccessError(.refused, context: "document \(document.id)")
        }
        return DocumentFactsPage(document: document)
    }
}

extension DocumentFactsPage {
    /// Lets what was typed be saved over the document as it is now.
    fileprivate mutating func renew(_ present: DocumentFactsPage) { version = present.version }
}

extension AssistantDesk {
    /// Saves what was typed; false where somebody else changed the document meanwhile.
    fileprivate func save(_ page: DocumentFactsPage, _ incoming: Incoming) async throws -> Bool {
        let actor = incoming.actor
        let typed = page.document
        let version = page.version
        let isSaved = try await store.write { tx in
            guard var document = try Knowledge.find(typed.id, in: tx), document.isKept(by: actor)
            else { throw Problem.notFound }
            guard document.version == version else { return false }
            document.category = typed.category
            document.department = typed.department
            document.contact = typed.contact
            document.audience = typed.audience
            document.effectiveFrom = typed.effectiveFrom
            document.effectiveUntil = typed.effectiveUntil
            document.updatedAt = tx.now
            try Knowledge.save(document, in: tx)
            try tx.record(
                .changeDocument,
                on: AuditSubject(kind: "document", id: typed.id),
                by: actor.auditActor,
                purpose: .knowledgeKeeping
            )
            return true
        }
        try await index.update(typed.id, from: store)
        return isSaved
    }
}

extension AuditAction {
    static let changeDocument = AuditAction(
        "assistant.changeDocument",
        Bilingual("문서 정보를 고침", "Changed what is known of a document")
    )
    static let setDocumentStatus = AuditAction(
        "assistant.setStatus",
        Bilingual("문서의 상태를 바꿈", "Changed the state of a document")
    )
}
