import Basics
import City
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
            try await Self.queue(desk, incoming).page(in: incoming.page)
        }
        table.page("/assistant/queue/{id}", access: Self.access) { incoming in
            try await Self.question(desk, incoming).page(in: incoming.page)
        }
        table.submission("/assistant/queue/{id}/reply", access: Self.access) { incoming, form in
            let id = try incoming.pathParameter("id")
            let text = form.text("reply") ?? ""
            var page = try await Self.question(desk, incoming)
            page.reply = text
            page.refusal = HandOverPage.fault(text) ?? page.heldByAnother(than: incoming.actor)
            guard page.refusal == nil else {
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            try await desk.reply(text, to: id, incoming)
            return .other(.seeOther(.path("assistant", "queue", id)))
        }
        addSteps(to: &table)
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

    /// Taking a question upon oneself, giving it back, passing it on.
    private func addSteps(to table: inout RouteTable) {
        let desk = desk
        for (name, kind) in [("take", HandOverStep.Kind.taken), ("release", .released)] {
            table.submission("/assistant/queue/{id}/\(name)", access: Self.access) { incoming, _ in
                let id = try incoming.pathParameter("id")
                try await desk.step(kind, of: id, incoming)
                return .other(.seeOther(.path("assistant", "queue", id)))
            }
        }
        table.submission("/assistant/queue/{id}/pass", access: Self.access) { incoming, form in
            let id = try incoming.pathParameter("id")
            let department = form["department"] ?? ""
            let note = form.text("note") ?? ""
            var page = try await Self.question(desk, incoming)
            if let fault = page.fault(ofPassingTo: department, note) {
                page.passing = (department, note, fault)
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            try await desk.step(.passedOn, of: id, to: department, note: note, incoming)
            return .other(.seeOther(Link("/assistant/queue")))
        }
    }

    private static func queue(
        _ desk: AssistantDesk,
        _ incoming: Incoming
    ) async throws -> QueuePage {
        let query = QueueQuery(
            state: incoming.query["state"].flatMap(HandOver.State.init) ?? .waiting,
            department: incoming.query.text("department"),
            assignedTo: incoming.query["mine"] == "yes" ? incoming.actor.id : nil,
            organizations: incoming.actor.organizations(for: .assistantAgent)
        )
        let number = incoming.query.pageNumber()
        let actor = incoming.actor
        let accounts = desk.platform.identity.accounts
        return try await desk.store.read { db in
            let found = try HandOvers.page(number, of: query, in: db)
            return QueuePage(
                query: query,
                items: found.items,
                total: found.total,
                number: number,
                departments: try HandOvers.departments(of: query, in: db),
                names: try accounts.colleagueNames(
                    of: Set(found.items.compactMap(\.assignedTo)),
                    by: actor,
                    in: db
                )
            )
        }
    }

    /// Opens a question with its talk; the look into a colleague's talk is audited.
    private static func question(
        _ desk: AssistantDesk,
        _ incoming: Incoming
    ) async throws -> HandOverPage {
        let id = try incoming.pathParameter("id")
        let actor = incoming.actor
        let template = incoming.query.text("template")
        let accounts = desk.platform.identity.accounts
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
            let steps = try HandOvers.steps(of: id, in: tx)
            let templates = try ReplyTemplates.all(of: [handOver.organizationID], in: tx)
            return HandOverPage(
                handOver: handOver,
                messages: try Conversations.messages(of: handOver.conversationID, in: tx),
                handOvers: try HandOvers.of(conversation: handOver.conversationID, in: tx),
                steps: steps,
                names: try accounts.colleagueNames(
                    of: Set(steps.map(\.madeBy) + [handOver.assignedTo].compactMap { $0 }),
                    by: actor,
                    in: tx
                ),
                templates: templates,
                departments: try People.departments(of: handOver.organizationID, in: tx)
                    .filter { $0 != handOver.department },
                readerID: actor.id ?? "",
                reply: templates.first { $0.id == template }?.text ?? ""
            )
        }
    }
}

/// The questions that wait for a person, what is due first on top.
struct QueuePage: Sendable {
    var query: QueueQuery
    var items: [HandOver]
    var total: Int
    var number: Int
    /// The departments whose queues have something in this state, with how much.
    var departments: [(name: String, count: Int)]
    /// What the colleagues are called who took questions upon themselves.
    var names: [String: String]

    func page(in context: PageContext) -> Page {
        let title = context.text("넘겨받은 질문", "Questions handed over")
        return Page(
            title: title,
            breadcrumbs: [StartPage.breadcrumb(context)],
            main: """
                \(states(context))\(narrowing(context))\(list(title, context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: HandOvers.pageSize),
                    in: context))
                """,
            width: .wide,
            actions: linkButton(
                context.text("답 틀", "Reply templates"),
                Link("/assistant/templates")
            )
        )
    }

    private func link(_ query: QueueQuery) -> Link {
        var items = [(name: "state", value: query.state.rawValue)]
        if let department = query.department { items.append(("department", department)) }
        if query.assignedTo != nil { items.append(("mine", "yes")) }
        return Link("/assistant/queue", query: items)
    }

    private func states(_ context: PageContext) -> HTML {
        let tabs = HandOver.State.allCases.map { state in
            TabLink(
                title: state.label[context.language],
                link: Link("/assistant/queue", query: [("state", state.rawValue)]),
                isCurrent: state == query.state
            )
        }
        return tabLinks(tabs, label: context.text("상태", "State"))
    }

    /// Only mine, only a department's.
    private func narrowing(_ context: PageContext) -> HTML {
        var whole = query
        whole.assignedTo = nil
        whole.department = nil
        var tabs = [
            TabLink(
                title: context.text("모두", "All"),
                link: link(whole),
                isCurrent: query == whole
            )
        ]
        var mine = whole
        mine.assignedTo = "me"
        tabs.append(
            TabLink(
                title: context.text("내가 맡은 것", "Mine"),
                link: link(mine),
                isCurrent: query.assignedTo != nil
            )
        )
        for department in departments where !department.name.isEmpty {
            var one = whole
            one.department = department.name
            tabs.append(
                TabLink(
                    title: "\(department.name) \(department.count.grouped)",
                    link: link(one),
                    isCurrent: query.department == department.name
                )
            )
        }
        return tabLinks(tabs, label: context.text("누구의 것", "Whose"))
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
                    .init(context.text("부서", "Department")),
                    .init(context.text("맡은 사람", "Taken by")),
                    .init(context.text("들어온 때", "Came in")), .init(context.text("답할 때", "Due")),
                ],
                rows: items.map { row($0, context) }
            ),
            in: context
        )
    }

    private func row(_ item: HandOver, _ context: PageContext) -> [HTML] {
        let link = Link.path("assistant", "queue", item.id)
        let late: HTML =
            item.isLate(at: context.now)
            ? statusTag(StatusTag(context.text("늦음", "Late"), kind: .attention)) : .empty
        return [
            "<a href=\"\(link)\">\(item.question)</a>",
            "\(item.department.isEmpty ? "–" : item.department)",
            "\(item.assignedTo.flatMap { names[$0] } ?? "–")",
            dateText(item.createdAt, in: context),
            "\(dateText(item.dueAt, in: context)) \(late)",
        ]
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
