import Basics

/// What was answered, to look over before it is sent, or the facts of a record.
public struct SummaryList: Sendable, Hashable {
    /// A question with its answer.
    public struct Row: Sendable, Hashable {
        /// The question.
        public var key: String
        /// The answer.
        public var value: HTML
        /// Where the answer can be changed.
        public var changeLink: Link?

        /// Creates a row.
        public init(_ key: String, _ value: HTML, changeLink: Link? = nil) {
            self.key = key
            self.value = value
            self.changeLink = changeLink
        }
    }

    /// The rows.
    public var rows: [Row]

    /// Creates a list.
    public init(_ rows: [Row]) {
        self.rows = rows
    }
}

/// Questions with their answers.
public func summaryList(_ list: SummaryList, in context: PageContext) -> HTML {
    let rows = HTML(each: list.rows) { row in
        let change: HTML? = row.changeLink.map { link in
            """
            <dd class="change"><a href="\(link)">\(context.text("고치기", "Change"))\
            <span class="unseen"> \(row.key)</span></a></dd>
            """
        }
        return "<div><dt>\(row.key)</dt><dd>\(row.value)</dd>\(change)</div>"
    }
    return "<dl class=\"summary\">\(rows)</dl>"
}

extension SummaryList {
    static let examples = [
        ComponentExample("summary", Bilingual("답변 확인", "Check your answers")) { context in
            summaryList(
                SummaryList([
                    Row(
                        context.text("업체명", "Company"),
                        HTML(text: "한빛소프트웨어㈜"),
                        changeLink: Link("/example/company")
                    ),
                    Row(
                        context.text("신청 금액", "Amount"),
                        money(Won(184_500_000), in: context),
                        changeLink: Link("/example/amount")
                    ),
                    Row(
                        context.text("시작일", "Start"),
                        dateText(context.now.date, style: .long, in: context),
                        changeLink: Link("/example/start")
                    ),
                ]),
                in: context
            )
        }
    ]
}
