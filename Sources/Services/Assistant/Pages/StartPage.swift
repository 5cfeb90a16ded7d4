import Basics
import Hosting
import Web

/// Where a question begins: the box, the shelves, the talks of before.
struct StartPage: Sendable {
    var recent: [Conversation]
    /// The bots the person may use.
    var bots: [BotInUse]
    /// The shelf that is open.
    var shelf: KnowledgeCategory?
    var documents: [KnowledgeCategory: [KnowledgeDocument]]
    /// Questions that the open shelf's documents answer.
    var questions: [String] = []
    var mayAnswer: Bool
    var mayKeep: Bool
    /// A question that was refused, as it was typed.
    var refused: String?

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("서우리 주무관", "Staff assistant"),
            main: """
                <p class="lead">\(context.text(
                    "규정과 업무를 물어보세요. 근거가 되는 조문과 편람을 그대로 보여 드립니다.",
                    "Ask about rules and procedures. Answers quote the article or manual they stand on."))</p>\
                \(QuestionForm(action: Link("/assistant/talks"), refused: refused).html(in: context))\
                \(shelves(context))\(botCards(context))\(talks(context))\(desk(context))
                """,
            hasErrors: refused != nil,
            scripts: [QuestionForm.script],
            styles: ["assistant.css"]
        )
    }

    private func shelves(_ context: PageContext) -> HTML {
        let tabs = tabLinks(
            KnowledgeCategory.allCases.map { category in
                TabLink(
                    title: category.label[context.language],
                    link: Link("/assistant", query: [("category", category.rawValue)]),
                    isCurrent: category == shelf
                )
            },
            label: context.text("분류", "Subjects")
        )
        guard let shelf else {
            return section(context.text("무엇이 궁금하세요?", "By subject"), tabs)
        }
        let shown = documents[shelf] ?? []
        let list: HTML =
            shown.isEmpty
            ? "<p>\(context.text("이 분류에는 아직 문서가 없습니다.", "No document here yet."))</p>"
            : "<ul>\(HTML(each: shown) { document in "<li><a href=\"\(document.link)\">\(document.title)</a></li>" })</ul>"
        return section(context.text("무엇이 궁금하세요?", "By subject"), tabs + ready(context) + list)
    }

    /// The questions that the shelf's documents answer, as buttons.
    private func ready(_ context: PageContext) -> HTML {
        let buttons = HTML(each: questions) { question in
            form(action: Link("/assistant/talks"), context: context) {
                """
                \(hiddenField("key", RandomName.make(byteCount: 12)))\
                \(hiddenField("question", question))\(button(question, style: .secondary))
                """
            }
        }
        return questions.isEmpty ? .empty : "<div class=\"buttons\">\(buttons)</div>"
    }

    /// Questions offered of one shelf.
    static let maximumQuestionCount = 12

    /// Bots shown here; the rest stand on their own page.
    private static let botCount = 6

    private func botCards(_ context: PageContext) -> HTML {
        guard !bots.isEmpty || mayKeep else { return .empty }
        let all =
            "<p><a href=\"/assistant/bots\">\(context.text("도우미 모두 보기", "All bots"))</a></p>"
            as HTML
        return section(
            context.text("부서 도우미", "Department bots"),
            BotCards(bots: Array(bots.prefix(Self.botCount))).html(in: context) + all
        )
    }

    private func talks(_ context: PageContext) -> HTML {
        titledTable(
            context.text("지난 대화", "Earlier talks"),
            columns: [
                .init(context.text("질문", "Question"), isRowHeader: true),
                .init(context.text("마지막", "Last")),
            ],
            rows: recent.map { talk in
                [
                    "<a href=\"\(TalkPage.link(talk.id))\">\(talk.title)</a>",
                    dateText(talk.updatedAt, in: context),
                ]
            },
            emptyText: context.text("아직 나눈 대화가 없습니다.", "No talk yet."),
            in: context
        )
    }

    private func desk(_ context: PageContext) -> HTML {
        var links: [HTML] = []
        if mayAnswer {
            links.append(
                linkButton(
                    context.text("넘겨받은 질문", "Questions handed over"),
                    Link("/assistant/queue")
                )
            )
        }
        if mayAnswer || mayKeep {
            links.append(
                linkButton(context.text("한눈에 보기", "At a glance"), Link("/assistant/overview"))
            )
        }
        if mayKeep {
            links.append(
                linkButton(context.text("동의어", "Synonyms"), Link("/search/synonyms"))
            )
        }
        guard !links.isEmpty else { return .empty }
        return section(context.text("담당자", "For the people in charge"), buttonRow(links))
    }
}

/// The box a question is typed into.
struct QuestionForm: Sendable {
    /// The most bytes of a form with a question; longer questions than can be asked are refused in
    /// words, with what was typed.
    static let maximumByteCount = 2 << 20
    /// The script that shows the answer while it comes.
    static let script = "talk.js"

    var action: Link
    /// A question that was refused, as it was typed.
    var refused: String?

    /// Why a question cannot be asked, or nothing.
    static func fault(_ question: String) -> Bilingual? {
        if question.trimmingWhitespace().isEmpty {
            return Bilingual("질문을 적어 주세요.", "Type a question.")
        }
        let limit = Answerer.maximumQuestionLength
        guard question.count > limit else { return nil }
        return Bilingual(
            "질문은 \(limit.grouped)자까지입니다. 줄여서 다시 물어봐 주세요.",
            "A question has at most \(limit.grouped) characters. Shorten it and ask again."
        )
    }

    func html(in context: PageContext) -> HTML {
        let field = FormField(
            name: "question",
            label: context.text("질문", "Your question"),
            control: .textArea(rowCount: 3),
            hint: context.text(
                "예: 병가는 며칠까지 쓸 수 있나요? 주민등록번호와 전화번호는 저장하지 않습니다.",
                "For example: how many days of sick leave are there? Numbers of people are not kept."
            ),
            error: refused.flatMap(Self.fault)?[context.language],
            isRequired: true,
            values: [refused ?? ""],
            maximumLength: Answerer.maximumQuestionLength
        )
        return form(action: action, context: context, more: ["data-talk": ""]) {
            """
            \(hiddenField("key", RandomName.make(byteCount: 12)))\
            \(formField(field, in: context))\
            \(buttonRow([button(context.text("물어보기", "Ask")), stop(context)]))\(status(context))
            """
        }
    }

    /// Ends an answer that is being written; it shows itself only where scripts run.
    private func stop(_ context: PageContext) -> HTML {
        """
        <button class="button secondary" type="button" data-talk-stop hidden>\
        \(context.text("멈추기", "Stop"))</button>
        """
    }

    /// Where the script says how far the answer is.
    private func status(_ context: PageContext) -> HTML {
        let words: Attributes = [
            "data-searching": context.text("찾는 중입니다.", "Searching."),
            "data-stopped": context.text("멈췄습니다.", "Stopped."),
        ]
        return "<p class=\"hint\" role=\"status\" data-talk-status\(words)></p>"
    }
}

extension KnowledgeDocument {
    /// The document's own page.
    var link: Link { .path("assistant", "knowledge", id) }
}
