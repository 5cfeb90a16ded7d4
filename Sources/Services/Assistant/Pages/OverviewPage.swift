import Basics
import Web

/// The assistant's week at a glance.
struct OverviewPage: Sendable {
    var figures: Figures
    var days: Int

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("서우리 주무관 한눈에 보기", "The assistant at a glance"),
            breadcrumbs: [StartPage.breadcrumb(context)],
            main: """
                \(tabLinks(
                    [7, 30, 90].map { count in
                        TabLink(
                            title: context.text("지난 \(count)일", "Last \(count) days"),
                            link: Link("/assistant/overview", query: [("days", String(count))]),
                            isCurrent: count == days)
                    }, label: context.text("기간", "Time")))\
                \(keyFigures(key(context)))\(unknown(context))\(quoted(context))
                """,
            width: .wide
        )
    }

    private func key(_ context: PageContext) -> [KeyFigure] {
        let unit = context.text("건", "")
        return [
            KeyFigure(
                label: context.text("질문", "Questions"),
                value: figures.asked.grouped,
                unit: unit
            ),
            KeyFigure(
                label: context.text("문서로 답한 비율", "Answered from documents"),
                value: (figures.answeredShare * 100).decimals(1),
                unit: "%"
            ),
            KeyFigure(
                label: context.text("담당자에게 넘긴 질문", "Handed over"),
                value: figures.handedOver.grouped,
                unit: unit
            ),
            KeyFigure(
                label: context.text("늦은 답", "Late replies"),
                value: figures.late.grouped,
                unit: unit
            ),
            KeyFigure(
                label: context.text("도움이 되었다는 답", "Found helpful"),
                value: figures.helpfulShare.map { ($0 * 100).decimals(1) } ?? "–",
                unit: figures.helpfulShare == nil ? "" : "%"
            ),
        ]
    }

    private func unknown(_ context: PageContext) -> HTML {
        titledTable(
            context.text("답하지 못한 질문", "Questions without an answer"),
            columns: [
                .init(context.text("질문", "Question"), isRowHeader: true),
                .init(context.text("횟수", "Times"), isNumeric: true),
            ],
            rows: figures.unknown.map { ["\($0.text)", "\($0.count.grouped)"] },
            emptyText: context.text("모두 답했습니다.", "Everything was answered."),
            in: context
        )
    }

    private func quoted(_ context: PageContext) -> HTML {
        titledTable(
            context.text("많이 인용한 문서", "Most quoted documents"),
            columns: [
                .init(context.text("문서", "Document"), isRowHeader: true),
                .init(context.text("횟수", "Times"), isNumeric: true),
            ],
            rows: figures.quoted.map { item in
                let link = Link.path("assistant", "knowledge", item.document)
                return ["<a href=\"\(link)\">\(item.title)</a>", "\(item.count.grouped)"]
            },
            emptyText: context.text("아직 인용한 문서가 없습니다.", "Nothing was quoted yet."),
            in: context
        )
    }
}

/// The words that mean the same, as text.
struct SynonymsPage: Sendable {
    /// The longest table, in bytes of UTF-8.
    static let maximumByteCount = 1 << 20

    var text: String
    var error: String?

    func page(in context: PageContext) -> Page {
        let field = FormField(
            name: "text",
            label: context.text("동의어와 줄임말", "Synonyms and abbreviations"),
            control: .textArea(rowCount: 20),
            hint: context.text(
                "한 줄에 한 묶음. 같은 말은 ‘재택근무, 원격근무’, 한쪽으로만은 ‘초근 => 시간외근무’.",
                "One group a line: “a, b” for the same, “a => b” for one direction."
            ),
            error: error,
            values: [text]
        )
        return Page(
            title: context.text("동의어", "Synonyms"),
            breadcrumbs: [StartPage.breadcrumb(context)],
            main: errorSummary(of: [field], in: context)
                + form(action: Link("/assistant/synonyms"), context: context) {
                    formField(field, in: context) + button(context.text("저장", "Save"))
                },
            hasErrors: error != nil
        )
    }
}
