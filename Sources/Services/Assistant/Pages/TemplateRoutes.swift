import Basics
import City
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// The replies that colleagues write again and again: kept by the agents of an organization.
struct TemplateRoutes {
    let desk: AssistantDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/assistant/templates", access: QueueRoutes.access) { incoming in
            try await Self.page(desk, incoming).page(in: incoming.page)
        }
        table.submission("/assistant/templates", access: QueueRoutes.access) { incoming, form in
            var page = try await Self.page(desk, incoming)
            page.fill(form)
            guard page.errors.isEmpty else {
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            try await desk.save(page, key: form.text("_idempotency"), incoming)
            return .other(.seeOther(Link("/assistant/templates")))
        }
        table.submission("/assistant/templates/remove", access: QueueRoutes.access) {
            incoming,
            form in
            let id = form["template"] ?? ""
            let actor = incoming.actor
            try await desk.store.write { tx in
                guard let template = try ReplyTemplates.find(id, in: tx) else {
                    throw Problem.notFound
                }
                try actor.require(.assistantAgent, in: template.organizationID)
                try ReplyTemplates.remove(id, in: tx)
                try tx.record(template, .removeTemplate, by: actor)
            }
            return .other(.seeOther(Link("/assistant/templates")))
        }
    }

    private static func page(
        _ desk: AssistantDesk,
        _ incoming: Incoming
    ) async throws -> TemplatesPage {
        let actor = incoming.actor
        let mine = actor.organizations(for: .assistantAgent)
        let (templates, organizations) = try await desk.store.read { db in
            (try ReplyTemplates.all(of: mine, in: db), try Organizations.all(in: db))
        }
        var page = TemplatesPage(
            templates: templates,
            organizations: organizations.filter { actor.may(.assistantAgent, in: $0.id) }
        )
        if let id = incoming.query["edit"], let edited = templates.first(where: { $0.id == id }) {
            page.edit(edited)
        }
        return page
    }
}

extension AssistantDesk {
    /// Keeps a template, new or changed; the same form sent twice is one.
    fileprivate func save(_ page: TemplatesPage, key: String?, _ incoming: Incoming) async throws {
        let actor = incoming.actor
        let account = try incoming.accountID()
        let id = page.edited ?? key ?? RandomName.make(byteCount: 12)
        try await store.write { tx in
            let old = try ReplyTemplates.find(id, in: tx)
            let organization = old?.organizationID ?? page.organizationID
            try actor.require(.assistantAgent, in: organization)
            guard page.edited == nil || old != nil else { throw Problem.notFound }
            let count = try ReplyTemplates.all(of: [organization], in: tx).count
            guard old != nil || count < ReplyTemplates.maximumCount else {
                throw Problem.conflict(
                    Bilingual(
                        "답 틀은 \(ReplyTemplates.maximumCount)개까지 둘 수 있습니다.",
                        "At most \(ReplyTemplates.maximumCount) templates."
                    )
                )
            }
            let template = ReplyTemplate(
                id: id,
                organizationID: organization,
                title: page.title,
                text: PersonalData.masked(page.text),
                updatedBy: account,
                updatedAt: tx.now
            )
            try ReplyTemplates.save(template, in: tx)
            try tx.record(template, .saveTemplate, by: actor)
        }
    }
}

extension AuditAction {
    static let saveTemplate = AuditAction(
        "assistant.saveTemplate",
        Bilingual("답 틀을 저장함", "Saved a reply template")
    )
    static let removeTemplate = AuditAction(
        "assistant.removeTemplate",
        Bilingual("답 틀을 지움", "Removed a reply template")
    )
}

extension WriteTransaction {
    fileprivate func record(
        _ template: ReplyTemplate,
        _ action: AuditAction,
        by actor: Actor
    ) throws {
        try record(
            action,
            on: AuditSubject(kind: "replyTemplate", id: template.id),
            by: actor.auditActor,
            purpose: .handedOverQuestion
        )
    }
}

/// The templates with the form to add one or change one.
struct TemplatesPage: Sendable {
    var templates: [ReplyTemplate]
    /// The organizations whose questions the person answers.
    var organizations: [Organization]
    /// The template that is being changed; nothing where a new one is written.
    private(set) var edited: String?
    private(set) var organizationID: String
    private(set) var title = ""
    private(set) var text = ""
    /// What is wrong, by the name of the field.
    private(set) var errors: [String: Bilingual] = [:]

    init(templates: [ReplyTemplate], organizations: [Organization]) {
        self.templates = templates
        self.organizations = organizations
        organizationID = organizations.first?.id ?? ""
    }

    /// Shows a template as it stands, to be changed.
    mutating func edit(_ template: ReplyTemplate) {
        edited = template.id
        organizationID = template.organizationID
        title = template.title
        text = template.text
    }

    /// Takes what was typed, so that a refused form forgets nothing.
    mutating func fill(_ form: FormFields) {
        edited = form.text("template")
        organizationID = form["organization"] ?? organizationID
        title = form.text("title") ?? ""
        text = form.text("text") ?? ""
        for (name, value, limit) in [
            ("title", title, ReplyTemplate.maximumTitleLength),
            ("text", text, HandOverPage.maximumReplyLength),
        ] {
            if value.isEmpty { errors[name] = Bilingual("적어 주세요.", "Fill this in.") }
            if value.count > limit {
                errors[name] = Bilingual(
                    "\(limit.grouped)자까지 적을 수 있습니다.",
                    "At most \(limit.grouped) characters."
                )
            }
        }
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("답 틀", "Reply templates"),
            breadcrumbs: [
                StartPage.breadcrumb(context),
                Breadcrumb(
                    title: context.text("넘겨받은 질문", "Questions handed over"),
                    link: Link("/assistant/queue")
                ),
            ],
            main:
                "\(errorSummary(of: fields(context), in: context))\(list(context))\(editor(context))",
            width: .wide,
            hasErrors: !errors.isEmpty
        )
    }

    private func list(_ context: PageContext) -> HTML {
        titledTable(
            context.text("자주 쓰는 답", "Replies at hand"),
            columns: [
                .init(context.text("제목", "Title"), isRowHeader: true),
                .init(context.text("답", "Reply"), isWide: true),
                .init(context.text("마지막 변경", "Last change")),
                .init(context.text("지우기", "Remove")),
            ],
            rows: templates.map { template in
                let link = Link("/assistant/templates", query: [("edit", template.id)])
                let remove = form(action: Link("/assistant/templates/remove"), context: context) {
                    hiddenField("template", template.id)
                        + button(context.text("지우기", "Remove"), style: .quiet)
                }
                return [
                    "<a href=\"\(link)\">\(template.title)</a>",
                    "\(String(template.text.prefix(120)))",
                    dateText(template.updatedAt, in: context), remove,
                ]
            },
            emptyText: context.text("아직 없습니다.", "None yet."),
            in: context
        )
    }

    private func fields(_ context: PageContext) -> [FormField] {
        let language = context.language
        let organization = FormField(
            name: "organization",
            label: context.text("기관", "Organization"),
            control: .select(
                organizations.map { .init(value: $0.id, label: $0.title[language]) }
            ),
            isRequired: true,
            values: [organizationID]
        )
        return (organizations.count > 1 && edited == nil ? [organization] : []) + [
            FormField(
                name: "title",
                label: context.text("제목", "Title"),
                error: errors["title"]?[language],
                isRequired: true,
                values: [title],
                maximumLength: ReplyTemplate.maximumTitleLength
            ),
            FormField(
                name: "text",
                label: context.text("답", "Reply"),
                control: .textArea(rowCount: 6),
                error: errors["text"]?[language],
                isRequired: true,
                values: [text],
                maximumLength: HandOverPage.maximumReplyLength
            ),
        ]
    }

    private func editor(_ context: PageContext) -> HTML {
        let heading =
            edited == nil
            ? context.text("답 틀 더하기", "Add a template")
            : context.text("답 틀 고치기", "Change the template")
        return section(
            heading,
            form(
                action: Link("/assistant/templates"),
                context: context,
                idempotencyKey: RandomName.make(byteCount: 12)
            ) {
                """
                \(edited.map { hiddenField("template", $0) })\
                \(HTML(each: fields(context)) { formField($0, in: context) })\
                \(button(context.text("저장", "Save")))
                """
            }
        )
    }
}
