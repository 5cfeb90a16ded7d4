import Basics
import Web

/// What an administrator reads on Monday morning: what was asked, what became of it, what is missing.
struct OverviewPage: Sendable {
    var report: AssistantReport

    /// The file of one of the tables.
    static func file(_ table: ReportTable.Kind, days: Int) -> Link {
        Link(
            "/assistant/overview/file",
            query: [("table", table.rawValue), ("days", String(days))]
        )
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("서우리 주무관 한눈에 보기", "The assistant at a glance"),
            breadcrumbs: [StartPage.breadcrumb(context)],
            main: """
                \(times(context))\(keyFigures(key(context)))\(chart(context))\(expiring(context))\
                \(unknown(context))\(parts(.bots, report.bots, context))\
                \(parts(.departments, report.departments, context))\(quoted(context))\
                \(neverQuoted(context))
                """,
            width: .wide
        )
    }

    private func times(_ context: PageContext) -> HTML {
        tabLinks(
            AssistantReport.dayCounts.map { count in
                TabLink(
                    title: context.text("지난 \(count)일", "Last \(count) days"),
                    link: Link("/assistant/overview", query: [("days", String(count))]),
                    isCurrent: count == report.days
                )
            },
            label: context.text("기간", "Time")
        )
    }

    private func key(_ context: PageContext) -> [KeyFigure] {
        let (now, before) = (report.counts, report.previous)
        func count(_ korean: String, _ english: String, _ path: KeyPath<AnswerCounts, Int>)
            -> KeyFigure
        {
            KeyFigure(
                label: context.text(korean, english),
                value: now[keyPath: path].grouped,
                unit: context.text("건", ""),
                note: Self.change(before[keyPath: path].grouped, context)
            )
        }
        func share(_ korean: String, _ english: String, _ path: KeyPath<AnswerCounts, Double?>)
            -> KeyFigure
        {
            let value = now[keyPath: path]
            return KeyFigure(
                label: context.text(korean, english),
                value: value.map { ($0 * 100).decimals(1) } ?? "–",
                unit: value == nil ? "" : "%",
                note: Self.change(
                    before[keyPath: path].map { "\(($0 * 100).decimals(1))%" } ?? "–",
                    context
                )
            )
        }
        return [
            count("질문", "Questions", \.asked),
            share("문서로 답한 비율", "Answered from documents", \.answeredShare),
            count("담당자에게 넘긴 질문", "Handed over", \.handedOver),
            count("늦은 답", "Late replies", \.late),
            share("도움이 되었다는 답", "Found helpful", \.helpfulShare),
        ]
    }

    private static func change(_ before: String, _ context: PageContext) -> HTML {
        "\(context.text("그 앞 기간", "The time before")): \(before)"
    }

    private func chart(_ context: PageContext) -> HTML {
        let title = context.text("하루 질문 수", "Questions a day")
        let chart = LineChart(
            caption: ChartCaption(
                id: "questions-a-day",
                title: title,
                summary: context.text(
                    "이번 기간 \(report.counts.asked.grouped)건, 그 앞 기간 \(report.previous.asked.grouped)건.",
                    "\(report.counts.asked.grouped) now, \(report.previous.asked.grouped) the time before."
                )
            ),
            timeTitle: context.text("날", "Day"),
            times: report.daily.map { "\($0.day.month)/\($0.day.day)" },
            unit: .count(context.text("건", "")),
            series: [
                .init(
                    name: context.text("이번 기간", "Now"),
                    values: report.daily.map { Double($0.asked) }
                ),
                .init(
                    name: context.text("그 앞 기간", "The time before"),
                    values: report.daily.map { Double($0.before) }
                ),
            ]
        )
        return lineChart(chart, in: context) + download(.days, context)
    }

    private func download(_ table: ReportTable.Kind, _ context: PageContext) -> HTML {
        """
        <p><a href="\(Self.file(table, days: report.days))" download>\
        \(context.text("CSV로 받기", "Take along as CSV"))\
        <span class="unseen">: \(table.title[context.language])</span></a></p>
        """
    }

    private func expiring(_ context: PageContext) -> HTML {
        guard !report.expiring.isEmpty else { return .empty }
        return titledTable(
            context.text("곧 효력이 끝나는 문서", "Documents that lapse soon"),
            columns: [
                .init(context.text("문서", "Document"), isRowHeader: true),
                .init(context.text("부서", "Department")),
                .init(context.text("마지막 날", "Last day")),
            ],
            rows: report.expiring.prefix(AssistantReport.listedCount).map { document in
                [
                    "<a href=\"\(document.link)\">\(document.title)</a>",
                    "\(document.department.isEmpty ? "–" : document.department)",
                    document.effectiveUntil.map { dateText($0, in: context) } ?? "–",
                ]
            },
            in: context
        )
    }

    private func unknown(_ context: PageContext) -> HTML {
        titledTable(
            ReportTable.Kind.unknown.title[context.language],
            columns: [
                .init(context.text("질문", "Question"), isRowHeader: true),
                .init(context.text("횟수", "Times"), isNumeric: true),
                .init(context.text("다르게 물은 말", "Also asked as"), isWide: true),
            ],
            rows: report.unknown.prefix(AssistantReport.listedCount).map { group in
                [
                    "\(group.text)", "\(group.count.grouped)",
                    "\(group.others.isEmpty ? "–" : group.others.prefix(3).joined(separator: " · "))",
                ]
            },
            emptyText: context.text("모두 답했습니다.", "Everything was answered."),
            in: context,
            more: report.unknown.isEmpty ? .empty : download(.unknown, context)
        )
    }

    private func parts(
        _ table: ReportTable.Kind,
        _ parts: [AssistantReport.Part],
        _ context: PageContext
    ) -> HTML {
        let whole = context.text("서우리 주무관", "Staff assistant")
        return titledTable(
            table.title[context.language],
            columns: [
                .init(context.text("이름", "Name"), isRowHeader: true),
                .init(context.text("질문", "Questions"), isNumeric: true),
                .init(context.text("답함", "Answered"), isNumeric: true),
                .init(context.text("넘김", "Handed over"), isNumeric: true),
                .init(context.text("늦음", "Late"), isNumeric: true),
                .init(context.text("도움 됨", "Helpful"), isNumeric: true),
            ],
            rows: parts.prefix(AssistantReport.listedCount).map { part in
                [
                    "\(part.name.isEmpty ? whole : part.name)", "\(part.counts.asked.grouped)",
                    "\(part.counts.answered.grouped)", "\(part.counts.handedOver.grouped)",
                    "\(part.counts.late.grouped)",
                    "\(part.counts.helpfulShare.map { "\(($0 * 100).decimals(1))%" } ?? "–")",
                ]
            },
            emptyText: context.text("질문이 없었습니다.", "Nothing was asked."),
            in: context,
            more: parts.isEmpty ? .empty : download(table, context)
        )
    }

    private func quoted(_ context: PageContext) -> HTML {
        documents(
            context.text("많이 인용한 문서", "Most quoted documents"),
            report.coverage.filter { $0.count > 0 },
            context.text("아직 인용한 문서가 없습니다.", "Nothing was quoted yet."),
            context
        )
    }

    private func neverQuoted(_ context: PageContext) -> HTML {
        let never = report.neverQuoted
        let (all, count) = (report.coverage.count.grouped, never.count.grouped)
        return documents(
            context.text(
                "한 번도 인용하지 않은 문서 (\(all)건 중 \(count)건)",
                "Documents never quoted (\(count) of \(all))"
            ),
            never,
            context.text("모든 문서를 인용했습니다.", "Every document was quoted."),
            context
        ) + download(.documents, context)
    }

    private func documents(
        _ title: String,
        _ documents: [AssistantReport.Coverage],
        _ emptyText: String,
        _ context: PageContext
    ) -> HTML {
        titledTable(
            title,
            columns: [
                .init(context.text("문서", "Document"), isRowHeader: true),
                .init(context.text("부서", "Department")),
                .init(context.text("횟수", "Times"), isNumeric: true),
            ],
            rows: documents.prefix(AssistantReport.listedCount).map { item in
                let link = Link.path("assistant", "knowledge", item.id)
                return [
                    "<a href=\"\(link)\">\(item.title)</a>",
                    "\(item.department.isEmpty ? "–" : item.department)", "\(item.count.grouped)",
                ]
            },
            emptyText: emptyText,
            in: context
        )
    }
}
