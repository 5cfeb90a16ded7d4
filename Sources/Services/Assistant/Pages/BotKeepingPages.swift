import Basics
import Store
import Web

/// The form to make a bot or to change one.
struct BotFormPage: Sendable {
    var form: BotForm
    /// The bot as it stands; nothing where it is new.
    var bot: Bot?
    /// The key of a new one's form.
    var key: String?
    /// Who changed it while the form was being filled in.
    var changedBy: String?

    func page(in context: PageContext) -> Page {
        let title =
            bot == nil
            ? context.text("도우미 만들기", "Make a bot") : context.text("도우미 고치기", "Change the bot")
        let fields = form.fields(isNew: bot == nil, in: context)
        let action: Link = bot.map { .path("assistant", "bots", $0.id) } ?? Link("/assistant/bots")
        return Page(
            title: title,
            breadcrumbs: BotManagePage.breadcrumbs(bot, context),
            main: """
                \(errorSummary(of: fields, in: context))\(conflict(context))\
                \(Web.form(action: action, context: context, idempotencyKey: key) {
                    """
                    \(hiddenField("version", String(form.version)))\
                    \(HTML(each: fields) { formField($0, in: context) })\
                    \(button(context.text("저장", "Save")))
                    """
                })
                """,
            hasErrors: !form.errors.isEmpty || changedBy != nil
        )
    }

    /// Who changed it meanwhile, and what stands there now beside what was typed.
    private func conflict(_ context: PageContext) -> HTML {
        guard let changedBy, let bot else { return .empty }
        let differences = form.differences(to: bot, context)
        let rows = differences.map {
            SummaryList.Row($0.field, "\($0.value.isEmpty ? "–" : $0.value)")
        }
        return notificationBanner(
            NotificationBanner(
                kind: .warning,
                title: context.text(
                    "그사이 \(changedBy) 님이 고쳤습니다",
                    "\(changedBy) changed it meanwhile"
                ),
                body: """
                    <p>\(dateText(bot.updatedAt, in: context)). \(context.text(
                        "적으신 것은 아래에 그대로 있습니다. 다시 저장하면 적으신 대로 바뀝니다. 지금 저장된 값:",
                        "What you typed is below. Saving again puts it in the place of what is there now:"))</p>\
                    \(rows.isEmpty ? .empty : summaryList(SummaryList(rows), in: context))
                    """
            )
        )
    }
}

/// A bot for its keepers: how far it is, what it answers from, what can be done next.
struct BotManagePage: Sendable {
    var bot: Bot
    /// The documents it would answer from that the keeper may read.
    var documents: [KnowledgeDocument]
    var changedBy: String

    private static let listedCount = 30

    static func link(_ id: String) -> Link { .path("assistant", "bots", id, "manage") }

    static func breadcrumbs(_ bot: Bot?, _ context: PageContext) -> [Breadcrumb] {
        let own = bot.map { Breadcrumb(title: $0.content.value.name, link: link($0.id)) }
        return [StartPage.breadcrumb(context), BotListPage.breadcrumb(context)]
            + [own].compactMap { $0 }
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: bot.content.value.name,
            breadcrumbs: BotManagePage.breadcrumbs(nil, context),
            main: "\(state(context))\(facts(context))\(sources(context))\(menu(context))",
            width: .wide,
            actions: actions(context),
            styles: ["assistant.css"]
        )
    }

    private func actions(_ context: PageContext) -> HTML {
        var links = [
            linkButton(
                context.text("고치기", "Change"),
                .path("assistant", "bots", bot.id, "edit")
            ),
            linkButton(
                context.text("문서 고르기", "Choose documents"),
                BotDocumentsPage.link(bot.id)
            ),
            linkButton(
                context.text("미리 보기", "Preview"),
                .path("assistant", "bots", bot.id, "preview")
            ),
        ]
        if bot.published != nil {
            links.append(
                linkButton(context.text("물어보기", "Ask"), .path("assistant", "bots", bot.id))
            )
        }
        return HTML(each: links) { $0 }
    }

    private func state(_ context: PageContext) -> HTML {
        let path = Link.path("assistant", "bots", bot.id, "status")
        let buttons = HTML(each: bot.next) { next in
            form(action: path, context: context) {
                """
                \(hiddenField("status", next.rawValue))\
                \(hiddenField("version", String(bot.version)))\
                \(button(next.deed[context.language], style: .secondary))
                """
            }
        }
        let isAhead = bot.published != nil && bot.status != .effective
        let note: HTML =
            isAhead
            ? """
            <p class="note">\(context.text(
                "고친 것은 검토하고 시행한 뒤에 바뀝니다. 그때까지 지금 쓰는 것이 그대로 답합니다.",
                "Changes are seen once reviewed and put in force. Until then the one in use answers."))</p>
            """ : .empty
        return "\(note)<div class=\"buttons\">\(buttons)</div>"
    }

    private func facts(_ context: PageContext) -> HTML {
        let content = bot.content.value
        var audience = content.audience.label[context.language]
        if content.audience == .departments {
            audience += " (\(content.departments.joined(separator: ", ")))"
        }
        let queue =
            content.handOverDepartment.isEmpty
            ? context.text("기관의 상담 담당자", "Agents of the organization")
            : content.handOverDepartment
        return summaryList(
            SummaryList([
                .init(context.text("상태", "State"), bot.status.tag(context.language)),
                .init(
                    context.text("쓰는 중", "In use"),
                    "\(bot.published == nil ? context.text("아니요", "No") : context.text("예", "Yes"))"
                ),
                .init(context.text("쓸 사람", "For whom"), "\(audience)"),
                .init(context.text("인사말", "Greeting"), "\(content.greeting)"),
                .init(
                    context.text("문의처", "Contact"),
                    "\(content.contact.isEmpty ? "–" : content.contact)"
                ),
                .init(context.text("넘긴 질문을 받는 곳", "Hand-overs go to"), "\(queue)"),
                .init(
                    context.text("마지막 변경", "Last change"),
                    "\(dateText(bot.updatedAt, in: context)), \(changedBy)"
                ),
            ]),
            in: context
        )
    }

    private func sources(_ context: PageContext) -> HTML {
        let shown = documents.prefix(Self.listedCount)
        let title = context.text(
            "답하는 문서 \(documents.count.grouped)건",
            "\(documents.count.grouped) documents it answers from"
        )
        let rest: HTML =
            documents.count > shown.count
            ? "<p class=\"note\">\(context.text("앞의 \(shown.count)건만 보입니다.", "The first \(shown.count) are shown."))</p>"
            : .empty
        return titledTable(
            title,
            columns: [
                .init(context.text("제목", "Title"), isRowHeader: true),
                .init(context.text("분류", "Subject")), .init(context.text("부서", "Department")),
            ],
            rows: shown.map { document in
                [
                    "<a href=\"\(document.link)\">\(document.title)</a>",
                    "\(document.category.label[context.language])",
                    "\(document.department.isEmpty ? "–" : document.department)",
                ]
            },
            emptyText: context.text(
                "아직 답할 문서가 없습니다. 분류나 부서를 정하거나 문서를 골라 주세요.",
                "None yet. Choose shelves, departments or documents."
            ),
            in: context,
            more: rest
        )
    }

    private func menu(_ context: PageContext) -> HTML {
        let groups = bot.content.value.menu.groups
        let lines = HTML(each: groups) { group in
            let items = HTML(each: group.items) { "<li>\(Self.words($0.title, $0.question))</li>" }
            let inner: HTML = group.items.isEmpty ? .empty : "<ul>\(items)</ul>"
            return "<li>\(Self.words(group.title, group.question ?? group.title))\(inner)</li>"
        }
        let shown: HTML =
            groups.isEmpty
            ? "<p>\(context.text("단추가 없습니다.", "No buttons."))</p>"
            : "<div class=\"document\"><ul>\(lines)</ul></div>"
        return section(context.text("단추와 질문", "Menu"), shown)
    }
}

extension BotManagePage {
    /// What a button says, and what it asks where that is something else.
    fileprivate static func words(_ title: String, _ question: String) -> HTML {
        title == question ? "\(title)" : "\(title): \(question)"
    }
}

/// The documents a bot answers from, chosen one by one.
struct BotDocumentsPage: Sendable {
    var bot: Bot
    var documents: [KnowledgeDocument]
    var words: String
    var number: Int

    static func link(_ id: String) -> Link { .path("assistant", "bots", id, "documents") }

    /// The list again as it was when a button of it was pressed.
    static func link(_ id: String, back form: FormFields) -> Link {
        let kept = ["q", "page"].compactMap { name in form.text(name).map { (name, $0) } }
        return Link("/assistant/bots/\(id)/documents", query: kept)
    }

    func page(in context: PageContext) -> Page {
        let start = (number - 1) * Knowledge.pageSize
        let shown = documents.dropFirst(start).prefix(Knowledge.pageSize)
        return Page(
            title: context.text("문서 고르기", "Choose documents"),
            breadcrumbs: BotManagePage.breadcrumbs(bot, context),
            lead: HTML(
                text: context.text(
                    "분류나 부서로 이미 들어온 문서는 따로 고르지 않아도 됩니다. 읽을 수 없는 사람에게는 보이지 않습니다.",
                    "What a shelf or department brings in need not be chosen. Nobody is shown what they may not read."
                )
            ),
            main: """
                \(search(context))\(table(Array(shown), context))\
                \(pagination(
                    Pagination(page: number, itemCount: documents.count, pageSize: Knowledge.pageSize),
                    in: context))
                """,
            width: .wide
        )
    }

    private func search(_ context: PageContext) -> HTML {
        let field = FormField(
            name: "q",
            label: context.text("제목", "Title"),
            control: .text(.search),
            values: [words],
            maximumLength: KnowledgeDocument.maximumTitleLength
        )
        return form(action: Self.link(bot.id), method: .get, context: context) {
            formField(field, in: context)
                + button(context.text("찾기", "Find"), style: .secondary)
        }
    }

    private func table(_ shown: [KnowledgeDocument], _ context: PageContext) -> HTML {
        titledTable(
            context.text("문서", "Documents"),
            columns: [
                .init(context.text("제목", "Title"), isRowHeader: true),
                .init(context.text("부서", "Department")), .init(context.text("상태", "State")),
                .init(context.text("고름", "Chosen")),
            ],
            rows: shown.map { document in
                [
                    "<a href=\"\(document.link)\">\(document.title)</a>",
                    "\(document.department.isEmpty ? "–" : document.department)",
                    document.status.tag(context.language), choice(document, context),
                ]
            },
            emptyText: context.text("문서가 없습니다.", "No document."),
            in: context
        )
    }

    private func choice(_ document: KnowledgeDocument, _ context: PageContext) -> HTML {
        let scope = bot.content.value.scope
        let isChosen = scope.documents.contains(document.id)
        if !isChosen, scope.contains(document, of: bot.organizationID) {
            return "\(context.text("분류·부서로 들어옴", "By shelf or department"))"
        }
        let text = isChosen ? context.text("빼기", "Take out") : context.text("넣기", "Put in")
        return form(action: Self.link(bot.id), context: context) {
            """
            \(hiddenField("document", document.id))\
            \(hiddenField("chosen", isChosen ? "no" : "yes"))\
            \(hiddenField("q", words))\(hiddenField("page", String(number)))\
            \(button(text, style: .quiet, more: ["aria-label": "\(text): \(document.title)"]))
            """
        }
    }
}

/// A bot as its keepers have it, to be tried before anybody else sees it.
struct BotPreviewPage: Sendable {
    var bot: Bot
    /// A question that was tried, with its answer.
    var messages: [Message] = []
    /// A question that was refused, as it was typed.
    var refused: String?

    func page(in context: PageContext) -> Page {
        let shown = BotInUse(bot, content: bot.content.value)
        let action = Link.path("assistant", "bots", bot.id, "preview")
        let talk: HTML =
            messages.isEmpty
            ? .empty : TalkView(messages: messages, handOvers: [], isOwn: false).html(in: context)
        return Page(
            title: context.text(
                "\(bot.content.value.name) 미리 보기",
                "Preview of \(bot.content.value.name)"
            ),
            breadcrumbs: BotManagePage.breadcrumbs(bot, context),
            main: """
                <p class="note">\(context.text(
                    "여기서 물은 것은 남지 않습니다.", "Nothing asked here is kept."))</p>\
                \(BotGreeting(bot: shown).html(in: context))\(talk)\
                \(BotMenuView(menu: shown.content.menu, action: action).html(in: context))\
                \(QuestionForm(action: action, refused: refused).html(in: context))
                """,
            hasErrors: refused != nil
        )
    }
}
