import Basics
import Web

/// How a report goes, for whoever sent it.
struct ReportStatusPage: Sendable {
    /// The report, where number and code (or the account) fit.
    var report: BarrierReport?
    var events: [ReportEvent] = []
    /// What was typed.
    var number = ""
    /// The code, shown where it has to be noted.
    var code = ""
    var isNew = false
    /// Whether something was asked for that is not there.
    var isMissing = false
    /// The reports of the account.
    var own: [BarrierReport] = []

    func page(in context: PageContext) -> Page {
        var page = Page(
            title: report.map { context.text("신고 \($0.number)", "Report \($0.number)") }
                ?? context.text("내 신고", "My reports"),
            breadcrumbs: [WayLinks.homeCrumb(context)],
            main: report.map { shown($0, context) } ?? search(context) + list(context),
            notification: notification(context),
            hasErrors: isMissing
        )
        page.isPersonal = true
        return page
    }

    private func notification(_ context: PageContext) -> HTML? {
        if isMissing {
            return errorSummary(
                [
                    FieldError(
                        fieldID: "field-number",
                        message: context.text(
                            "그런 신고가 없거나 확인 코드가 다릅니다.",
                            "There is no such report, or the code is another."
                        )
                    )
                ],
                in: context
            )
        }
        guard isNew, report != nil else { return nil }
        return notificationBanner(
            NotificationBanner(
                kind: .success,
                title: context.text(
                    "신고를 받았습니다. 길찾기가 이제 그곳을 피해 갑니다.",
                    "Received: routes avoid the place now."
                ),
                body: code.isEmpty
                    ? nil
                    : HTML(
                        text: context.text(
                            "확인 코드 \(code) 를 적어 두세요. 처리 상황을 볼 때 씁니다.",
                            "Note the code \(code): it shows you how the report goes."
                        )
                    )
            )
        )
    }

    private func shown(_ report: BarrierReport, _ context: PageContext) -> HTML {
        var rows: [SummaryList.Row] = [
            .init(context.text("상태", "State"), report.state.tag(context)),
            .init(context.text("무엇", "What"), HTML(text: report.kind.title[context.language])),
            .init(context.text("어디", "Where"), HTML(text: report.place)),
            .init(context.text("신고한 때", "Reported"), dateText(report.createdAt, in: context)),
        ]
        if !report.answer.isEmpty {
            rows.append(.init(context.text("담당자의 답", "Answer"), HTML(text: report.answer)))
        }
        if let due = report.dueOn, report.state == .assigned {
            rows.append(.init(context.text("수리 예정", "Repair due"), dateText(due, in: context)))
        }
        return """
            \(summaryList(SummaryList(rows), in: context))\
            \(section(context.text("지나온 일", "History"), reportTimeline(events, context)))
            """
    }

    private func search(_ context: PageContext) -> HTML {
        form(action: WayLinks.status, method: .get, context: context) {
            """
            \(formField(
                FormField(
                    name: "number",
                    label: context.text("접수번호", "Number"),
                    hint: context.text("예: 보행-2026-00012", "Such as 보행-2026-00012"),
                    isRequired: true,
                    values: [number],
                    autocomplete: "off",
                    maximumLength: 30
                ),
                in: context))\
            \(formField(
                FormField(
                    name: "code",
                    label: context.text("확인 코드", "Code"),
                    isRequired: true,
                    autocomplete: "off",
                    maximumLength: 40
                ),
                in: context))\(buttonRow([button(context.text("보기", "Show"))]))
            """
        }
    }

    private func list(_ context: PageContext) -> HTML {
        guard !own.isEmpty else { return .empty }
        return titledTable(
            context.text("내 계정으로 한 신고", "Reports of my account"),
            columns: [
                .init(context.text("번호", "Number"), isRowHeader: true),
                .init(context.text("무엇", "What")), .init(context.text("어디", "Where")),
                .init(context.text("상태", "State")),
            ],
            rows: own.map { report in
                [
                    "<a href=\"\(WayLinks.status(report.number))\">\(report.number)</a>",
                    HTML(text: report.kind.title[context.language]), HTML(text: report.place),
                    report.state.tag(context),
                ]
            },
            in: context
        )
    }
}

/// The steps of a report, for whoever sent it and for the officers.
func reportTimeline(_ events: [ReportEvent], _ context: PageContext) -> HTML {
    timeline(
        events.map { event in
            TimelineEvent(
                title: event.state.title[context.language],
                time: dateText(event.at, in: context),
                body: event.note.isEmpty && event.byName.isEmpty
                    ? nil
                    : HTML(
                        text: [event.note, event.byName].filter { !$0.isEmpty }
                            .joined(separator: " · ")
                    )
            )
        },
        in: context
    )
}

extension ReportState {
    /// The state as a tag.
    func tag(_ context: PageContext) -> HTML {
        let kind: StatusTag.Kind =
            switch self {
            case .reported: .planned
            case .confirmed: .attention
            case .assigned: .active
            case .closed: .done
            case .rejected: .refused
            }
        return statusTag(StatusTag(title[context.language], kind: kind))
    }
}
