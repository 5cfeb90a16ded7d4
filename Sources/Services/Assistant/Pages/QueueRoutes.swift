import Basics
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// The colleagues' side: what was handed over, the reply, turning it into questions and answers.
struct QueueRoutes {
    let desk: AssistantDesk

    static let access = RouteAccess.role(.assistantAgent)

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/assistant/queue", access: Self.access) { incoming in
            let page = incoming.query.pageNumber()
            let state = incoming.query["state"].flatMap(HandOver.State.init) ?? .waiting
            let organizations = incoming.actor.organizations(for: .assistantAgent)
            let found = try await desk.store.read { db in
                try HandOvers.page(state, page: page, organizations: organizations, in: db)
            }
            return QueuePage(state: state, items: found.items, total: found.total, number: page)
                .page(in: incoming.page)
        }
        table.page("/assistant/queue/{id}", access: Self.access) { incoming in
            try await Self.question(desk, incoming).page(in: incoming.page)
        }
        table.submission("/assistant/queue/{id}/reply", access: Self.access) { incoming, form in
            let id = try incoming.pathParameter("id")
            guard let text = form.text("reply") else {
                var page = try await Self.question(desk, incoming)
                page.isRefused = true
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            try await desk.reply(
                String(text.prefix(HandOverPage.maximumReplyLength)),
                to: id,
                incoming
            )
            return .other(.seeOther(.path("assistant", "queue", id)))
        }
        table.submission("/assistant/queue/{id}/promote", access: Self.access) { incoming, form in
            let id = try incoming.pathParameter("id")
            guard let question = form.text("question"), let answer = form.text("answer") else {
                var page = try await Self.question(desk, incoming)
                page.isPromotionRefused = true
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            let document = try await desk.promote(
                id,
                question: question,
                answer: String(answer.prefix(HandOverPage.maximumReplyLength)),
                incoming
            )
            return .other(.seeOther(document.link))
        }
    }

    /// Opens a question with its talk; the look into a colleague's talk is audited.
    private static func question(
        _ desk: AssistantDesk,
        _ incoming: Incoming
    ) async throws -> HandOverPage {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        return try await desk.store.write { tx in
            guard let handOver = try HandOvers.find(id, in: tx) else { throw Problem.notFound }
            try actor.require(.assistantAgent, in: handOver.organizationID)
            try tx.record(
                .read,
                on: .account(handOver.accountID),
                by: actor.auditActor,
                purpose: .handedOverQuestion,
                details: ["handOver": handOver.id]
            )
            return HandOverPage(
                handOver: handOver,
                messages: try Conversations.messages(of: handOver.conversationID, in: tx),
                handOvers: try HandOvers.of(conversation: handOver.conversationID, in: tx)
            )
        }
    }
}

/// The questions that wait for a person, what is due first on top.
struct QueuePage: Sendable {
    var state: HandOver.State
    var items: [HandOver]
    var total: Int
    var number: Int

    func page(in context: PageContext) -> Page {
        let tabs = HandOver.State.allCases.map { state in
            TabLink(
                title: state.label[context.language],
                link: Link("/assistant/queue", query: [("state", state.rawValue)]),
                isCurrent: state == self.state
            )
        }
        let title = context.text("넘겨받은 질문", "Questions handed over")
        return Page(
            title: title,
            breadcrumbs: [StartPage.breadcrumb(context)],
            main: """
                \(tabLinks(tabs, label: context.text("상태", "State")))\
                \(list(title, context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: HandOvers.pageSize),
                    in: context))
                """,
            width: .wide
        )
    }

    private func list(_ title: String, _ context: PageContext) -> HTML {
        guard !items.isEmpty else {
            return emptyState(
                title: context.text("넘겨받은 질문이 없습니다", "Nothing here"),
                text: context.text(
                    "서우리 주무관이 답하지 못한 질문이 여기에 모입니다.",
                    "What the assistant cannot answer comes here."
                )
            )
        }
        return table(
            DataTable(
                caption: title,
                hidesCaption: true,
                columns: [
                    .init(context.text("질문", "Question"), isRowHeader: true),
                    .init(context.text("들어온 때", "Came in")), .init(context.text("답할 때", "Due")),
                ],
                rows: items.map { item in
                    let link = Link.path("assistant", "queue", item.id)
                    let isLate = item.state == .waiting && item.dueAt < context.now
                    let late = StatusTag(context.text("늦음", "Late"), kind: .attention)
                    return [
                        "<a href=\"\(link)\">\(item.question)</a>",
                        dateText(item.createdAt, in: context),
                        "\(dateText(item.dueAt, in: context)) \(isLate ? statusTag(late) : .empty)",
                    ]
                }
            ),
            in: context
        )
    }
}

/// One question that was handed over: its talk, the reply, what may be made of it.
struct HandOverPage: Sendable {
    /// The longest reply, in characters.
    static let maximumReplyLength = 8_000

    var handOver: HandOver
    var messages: [Message]
    var handOvers: [HandOver]
    var isRefused = false
    var isPromotionRefused = false

    private var link: Link { .path("assistant", "queue", handOver.id) }

    func page(in context: PageContext) -> Page {
        Page(
            title: handOver.question,
            breadcrumbs: [
                StartPage.breadcrumb(context),
                Breadcrumb(
                    title: context.text("넘겨받은 질문", "Questions handed over"),
                    link: Link("/assistant/queue")
                ),
            ],
            main: """
                \(section(
                    context.text("나눈 대화", "The talk"),
                    TalkView(messages: messages, handOvers: handOvers, isOwn: false)
                        .html(in: context)))\
                \(handOver.state == .waiting ? reply(context) : promotion(context))
                """,
            hasErrors: isRefused || isPromotionRefused
        )
    }

    private func reply(_ context: PageContext) -> HTML {
        let field = FormField(
            name: "reply",
            label: context.text("답", "Reply"),
            control: .textArea(rowCount: 6),
            hint: context.text(
                "질문한 사람의 대화에 그대로 실립니다. 근거 조문을 적어 주세요.",
                "It stands in the person's talk as you write it. Name the article it rests on."
            ),
            error: isRefused ? context.text("답을 적어 주세요.", "Write a reply.") : nil,
            isRequired: true,
            maximumLength: Self.maximumReplyLength
        )
        let action = Link.path("assistant", "queue", handOver.id, "reply")
        return section(
            context.text("답하기", "Answer"),
            form(action: action, context: context, draft: "reply-\(handOver.id)") {
                formField(field, in: context) + button(context.text("답 보내기", "Send the reply"))
            }
        )
    }

    /// The question and its answer, ready to become knowledge after review.
    private func promotion(_ context: PageContext) -> HTML {
        if let id = handOver.documentID {
            let link = Link.path("assistant", "knowledge", id)
            return section(
                context.text("질문과 답으로 남김", "Kept as a question and answer"),
                "<p><a href=\"\(link)\">\(context.text("문서 보기", "See the document"))</a></p>"
            )
        }
        let missing = isPromotionRefused ? context.text("적어 주세요.", "Fill this in.") : nil
        let fields = [
            FormField(
                name: "question",
                label: context.text("질문", "Question"),
                error: missing,
                isRequired: true,
                values: [handOver.question],
                maximumLength: KnowledgeDocument.maximumTitleLength
            ),
            FormField(
                name: "answer",
                label: context.text("답", "Answer"),
                control: .textArea(rowCount: 6),
                error: missing,
                isRequired: true,
                values: [handOver.reply ?? ""],
                maximumLength: Self.maximumReplyLength
            ),
        ]
        let action = Link.path("assistant", "queue", handOver.id, "promote")
        return section(
            context.text("질문과 답으로 남기기", "Keep as a question and answer"),
            "<p>\(context.text("다른 사람이 검토하고 시행한 뒤부터 인용됩니다.", "It is quoted once reviewed and put in force."))</p>"
                + form(action: action, context: context) {
                    HTML(each: fields) { formField($0, in: context) }
                        + button(context.text("초안으로 남기기", "Keep as a draft"))
                }
        )
    }
}

extension HandOver.State {
    var label: Bilingual {
        switch self {
        case .waiting: Bilingual("기다림", "Waiting")
        case .answered: Bilingual("답함", "Answered")
        }
    }
}

extension StartPage {
    /// The way back to where questions begin.
    static func breadcrumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("서우리 주무관", "Staff assistant"), link: Link("/assistant"))
    }
}
