import Basics
import Web

/// The queue: what waits, the most urgent first, to be opened or worked on together.
struct DeskQueuePage: Sendable {
    let query: DeskQuery
    let queue: DeskQueue
    /// What was done with several cases at once, where something was.
    var notice: Bilingual?

    static let link = Link("/desk")

    func page(in context: PageContext) -> Page {
        let panel = panel(context)
        let overdue = queue.dueCounts[.overdue] ?? 0
        return Page(
            title: context.text("신청 심사", "Cases"),
            lead: """
                <strong>\(context.text("\(queue.total.grouped)건", "\(queue.total.grouped) cases"))\
                </strong> · \(context.text(
                    "처리기한 지남 \(overdue.grouped)건", "\(overdue.grouped) overdue"))
                """,
            main: """
                \(Desk.tabs("/desk", context))\(appliedFilters(panel, in: context))\
                \(list(context))\(pagination(
                    Pagination(
                        page: queue.number, itemCount: queue.total, pageSize: DeskQueue.pageSize),
                    in: context))
                """,
            notification: notice.map {
                notificationBanner(
                    NotificationBanner(kind: .success, title: $0[context.language])
                )
            },
            width: .wide,
            density: .operator,
            aside: filterPanel(panel, in: context)
        )
    }

    private func panel(_ context: PageContext) -> FilterPanel {
        let language = context.language
        return FilterPanel(
            action: Self.link,
            searchLabel: context.text("접수번호·신청인", "Receipt or applicant"),
            searchText: query.words,
            facets: [
                FilterPanel.Facet(
                    name: "due",
                    title: context.text("처리기한", "Due"),
                    values: DeskQuery.Due.allCases.map { ($0.rawValue, $0.title[language]) },
                    counts: Self.byName(queue.dueCounts),
                    chosen: Set(query.dues.map(\.rawValue))
                ),
                FilterPanel.Facet(
                    name: "assignee",
                    title: context.text("담당", "Assignee"),
                    values: DeskQuery.Assignee.allCases.map { ($0.rawValue, $0.title[language]) },
                    counts: Self.byName(queue.assigneeCounts),
                    chosen: Set(query.assignees.map(\.rawValue))
                ),
                FilterPanel.Facet(
                    name: "state",
                    title: context.text("상태", "State"),
                    values: CaseState.allCases.filter { $0 != .draft }
                        .map { ($0.rawValue, $0.title[language]) },
                    counts: queue.stateCounts,
                    chosen: Set(query.states.map(\.rawValue))
                ),
                FilterPanel.Facet(
                    name: "procedure",
                    title: context.text("절차", "Procedure"),
                    values: queue.procedures.map { ($0.id, $0.title[language]) },
                    counts: queue.procedureCounts,
                    chosen: query.procedures
                ),
            ],
            kept: []
        )
    }

    private static func byName<Value: RawRepresentable>(
        _ counts: [Value: Int]
    ) -> [String: Int] where Value.RawValue == String {
        Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
    }

    private func list(_ context: PageContext) -> HTML {
        guard !queue.rows.isEmpty else {
            return emptyState(
                title: context.text("기다리는 신청이 없습니다", "Nothing waits"),
                text: context.text(
                    "조건을 빼거나 다른 상태를 골라 보세요.",
                    "Remove a condition or choose another state."
                ),
                actions: [linkButton(context.text("대기열 처음으로", "The whole queue"), Self.link)]
            )
        }
        // A form that reads: the confirmation says what would happen, and asks for the reason there.
        return form(action: Link("/desk/bulk"), method: .get, context: context) {
            """
            \(table(rows(context), in: context))\(bulkBar(context))
            """
        }
    }

    private func rows(_ context: PageContext) -> DataTable {
        DataTable(
            caption: context.text("기다리는 신청", "Waiting cases"),
            hidesCaption: true,
            columns: [
                .init(context.text("고르기", "Choose")),
                .init(context.text("접수번호", "Receipt"), isRowHeader: true),
                .init(context.text("처리기한", "Due")),
                .init(context.text("상태", "State")), .init(context.text("절차", "Procedure")),
                .init(context.text("신청인", "Applicant")),
                .init(context.text("담당", "Assignee")),
                .init(context.text("접수일", "Received")),
            ],
            rows: queue.rows.map { row in
                let label = context.text("\(row.receipt) 고르기", "Choose \(row.receipt)")
                let title = queue.procedures.first { $0.id == row.procedureID }?.title
                return [
                    """
                    <input type="checkbox" name="case" value="\(row.id)" aria-label="\(label)">
                    """,
                    "<a href=\"\(Link.path("desk", "cases", row.id))\">\(row.receipt)</a>",
                    Self.due(row, queue.days, context), row.state.tag(in: context),
                    "\(title?[context.language] ?? row.procedureID)", "\(row.applicantName)",
                    "\(row.assigneeID.map { queue.names[$0] ?? "–" } ?? "–")",
                    row.submittedAt.map { dateText($0.date, in: context) } ?? "–",
                ]
            }
        )
    }

    /// The office's time: how many working days are left, or by how many it has gone by.
    static func due(_ row: DeskRow, _ days: WorkingDays, _ context: PageContext) -> HTML {
        guard let dueOn = row.dueOn, row.state.waitsForOffice else {
            return row.dueOn.map { dateText($0, in: context) } ?? "–"
        }
        let today = context.now.date
        guard dueOn < today else {
            let left = days.count(after: today, through: dueOn)
            let text = left == 0 ? context.text("오늘까지", "due today") : "D-\(left)"
            let tag = StatusTag(text, kind: left <= 3 ? .attention : .neutral)
            return "\(statusTag(tag)) \(dateText(dueOn, in: context))"
        }
        let over = days.count(after: dueOn, through: today)
        let text = context.text("\(over)일 지남", "\(over) days over")
        return "\(statusTag(StatusTag(text, kind: .refused))) \(dateText(dueOn, in: context))"
    }

    private func bulkBar(_ context: PageContext) -> HTML {
        let field = FormField(
            name: "action",
            label: context.text("고른 신청을 한꺼번에", "With the chosen cases"),
            control: .select(
                DeskAction.bulk.map {
                    .init(value: $0.rawValue, label: $0.title[context.language])
                }
            ),
            isRequired: true
        )
        return """
            \(formField(field, in: context))\
            \(button(context.text("무엇이 바뀌는지 보기", "See what would happen"), style: .secondary))
            """
    }
}
