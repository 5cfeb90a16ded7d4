import Basics
import Hosting
import Store
import Web

/// Where a talk with a bot begins: its greeting, its menu, the box for a question.
struct BotPage: Sendable {
    var bot: BotInUse
    /// The documents it answers from that the person may read.
    var documents: [KnowledgeDocument]
    var isKept: Bool
    /// A question that was refused, as it was typed.
    var refused: String?

    private static let listedCount = 12

    func page(in context: PageContext) -> Page {
        let action = Link.path("assistant", "bots", bot.id, "talks")
        return Page(
            title: bot.content.name,
            breadcrumbs: [StartPage.breadcrumb(context), BotListPage.breadcrumb(context)],
            main: """
                \(BotGreeting(bot: bot).html(in: context))\
                \(BotMenuView(menu: bot.content.menu, action: action).html(in: context))\
                \(QuestionForm(action: action, refused: refused).html(in: context))\
                \(sources(context))
                """,
            actions: isKept
                ? linkButton(
                    context.text("관리", "Manage"),
                    .path("assistant", "bots", bot.id, "manage")
                ) : nil,
            hasErrors: refused != nil,
            styles: ["assistant.css"]
        )
    }

    private func sources(_ context: PageContext) -> HTML {
        let shown = documents.prefix(Self.listedCount)
        let more = documents.count - shown.count
        let list: HTML =
            shown.isEmpty
            ? "<p>\(context.text("볼 수 있는 문서가 없습니다.", "There is no document you may read."))</p>"
            : "<div class=\"document\"><ul>\(HTML(each: shown) { "<li><a href=\"\($0.link)\">\($0.title)</a></li>" })</ul></div>"
        let rest: HTML =
            more > 0
            ? "<p class=\"note\">\(context.text("그 밖에 \(more)건", "and \(more) more"))</p>" : .empty
        return section(context.text("답하는 근거 문서", "What it answers from"), list + rest)
    }
}

/// What a bot says first, and whom to ask beside it.
struct BotGreeting: Sendable {
    var bot: BotInUse

    func html(in context: PageContext) -> HTML {
        let lines = HTML(each: bot.content.greeting.split(whereSeparator: \.isNewline)) {
            "<p class=\"lead\">\($0)</p>"
        }
        guard !bot.content.contact.isEmpty else { return lines }
        return """
            \(lines)<p class="note">\(context.text("문의", "Contact")): \(bot.content.contact)</p>
            """
    }
}

/// The ready questions of a bot as buttons; those of the second level open under their own.
struct BotMenuView: Sendable {
    var menu: BotMenu
    /// Where a question is sent.
    var action: Link

    func html(in context: PageContext) -> HTML {
        guard !menu.groups.isEmpty else { return .empty }
        return """
            <nav class="menu" aria-label="\(context.text("준비된 질문", "Ready questions"))">\
            \(HTML(each: menu.groups) { group($0, context) })</nav>
            """
    }

    private func group(_ group: BotMenu.Group, _ context: PageContext) -> HTML {
        if let question = group.question { return ask(group.title, question, context) }
        let items = HTML(each: group.items) { ask($0.title, $0.question, context) }
        return """
            <details><summary>\(group.title)</summary><div class="buttons">\(items)</div></details>
            """
    }

    private func ask(_ title: String, _ question: String, _ context: PageContext) -> HTML {
        form(action: action, context: context) {
            """
            \(hiddenField("key", RandomName.make(byteCount: 12)))\
            \(hiddenField("question", question))\(button(title, style: .secondary))
            """
        }
    }
}

/// The bots a person may use, and those in their keeping.
struct BotListPage: Sendable {
    /// Bots on one page.
    static let pageSize = Bots.pageSize

    /// Those of the page that the person may use.
    var usable: [BotInUse]
    var usableCount: Int
    /// Those in the person's keeping; nothing where they keep none.
    var kept: (items: [Bot], total: Int)?
    var number: Int

    static func breadcrumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(
            title: context.text("부서 도우미", "Department bots"),
            link: Link("/assistant/bots")
        )
    }

    func page(in context: PageContext) -> Page {
        let count = max(usableCount, kept?.total ?? 0)
        return Page(
            title: context.text("부서 도우미", "Department bots"),
            breadcrumbs: [StartPage.breadcrumb(context)],
            lead: HTML(
                text: context.text(
                    "부서가 고른 문서로만 답하는 도우미입니다.",
                    "Each answers only from the documents its department chose."
                )
            ),
            main: """
                \(BotCards(bots: usable).html(in: context))\(keeping(context))\
                \(pagination(
                    Pagination(page: number, itemCount: count, pageSize: Self.pageSize),
                    in: context))
                """,
            width: .wide,
            actions: kept == nil
                ? nil
                : linkButton(
                    context.text("도우미 만들기", "Make a bot"),
                    Link("/assistant/bots/new"),
                    style: .primary
                )
        )
    }

    private func keeping(_ context: PageContext) -> HTML {
        guard let kept else { return .empty }
        return titledTable(
            context.text("내가 관리하는 도우미", "Bots in your keeping"),
            columns: [
                .init(context.text("이름", "Name"), isRowHeader: true),
                .init(context.text("상태", "State")), .init(context.text("쓰는 중", "In use")),
                .init(context.text("마지막 변경", "Last change")),
            ],
            rows: kept.items.map { bot in
                let link = Link.path("assistant", "bots", bot.id, "manage")
                return [
                    "<a href=\"\(link)\">\(bot.content.value.name)</a>",
                    bot.status.tag(context.language),
                    "\(bot.published == nil ? "–" : context.text("예", "Yes"))",
                    dateText(bot.updatedAt, in: context),
                ]
            },
            emptyText: context.text("아직 만든 도우미가 없습니다.", "None yet."),
            in: context
        )
    }
}

/// Bots as cards, each the way into its talk.
struct BotCards: Sendable {
    var bots: [BotInUse]

    func html(in context: PageContext) -> HTML {
        guard !bots.isEmpty else {
            return "<p>\(context.text("쓸 수 있는 도우미가 없습니다.", "There is no bot for you yet."))</p>"
        }
        return cardGrid(
            bots.map { bot in
                Card(
                    title: bot.content.name,
                    link: .path("assistant", "bots", bot.id),
                    text: HTML(text: bot.content.greeting)
                )
            }
        )
    }
}
