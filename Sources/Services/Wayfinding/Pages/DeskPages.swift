import Basics
import Routing
import Web

/// The queue of reports, for the officers.
struct DeskPage: Sendable {
    let reports: [BarrierReport]
    let total: Int
    let number: Int
    let filter: Reports.Filter
    let counts: [ReportState: Int]

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("보행 불편 신고 처리", "Reports of barriers"),
            breadcrumbs: [WayLinks.homeCrumb(context)],
            main: """
                \(states(context))\(kinds(context))\(map(context))\(list(context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: Reports.pageSize),
                    in: context))
                """,
            width: .wide,
            density: .operator,
            actions: linkButton(context.text("승강기", "Lifts"), WayLinks.lifts)
        )
    }

    private func states(_ context: PageContext) -> HTML {
        let all = counts.values.reduce(0, +)
        let tabs =
            [
                TabLink(
                    title: context.text("모두 \(all.grouped)", "All \(all.grouped)"),
                    link: context.link(setting: "state", to: nil),
                    isCurrent: filter.state == nil
                )
            ]
            + ReportState.allCases.map { state in
                TabLink(
                    title: "\(state.title[context.language]) \((counts[state] ?? 0).grouped)",
                    link: context.link(setting: "state", to: state.rawValue),
                    isCurrent: filter.state == state
                )
            }
        return tabLinks(tabs, label: context.text("상태", "State"))
    }

    private func kinds(_ context: PageContext) -> HTML {
        form(action: WayLinks.desk, method: .get, context: context) {
            """
            \(filter.state.map { hiddenField("state", $0.rawValue) } ?? .empty)\
            \(formField(
                FormField(
                    name: "kind",
                    label: context.text("종류", "Kind"),
                    control: .select(
                        [.init(value: "", label: context.text("모든 종류", "All kinds"))]
                            + ReportKind.allCases.map {
                                .init(value: $0.rawValue, label: $0.title[context.language])
                            }
                    ),
                    isRequired: true,
                    values: [filter.kind?.rawValue ?? ""]
                ),
                in: context))\
            \(buttonRow([button(context.text("보기", "Show"), style: .secondary)]))
            """
        }
    }

    private func map(_ context: PageContext) -> HTML {
        guard !reports.isEmpty else { return .empty }
        return mapFrame(
            MapFrame(
                caption: ChartCaption(
                    id: "reports-map",
                    title: context.text("신고 위치", "Where they are"),
                    summary: context.text("이 쪽의 신고 \(reports.count)건", "\(reports.count) reports")
                ),
                nameTitle: context.text("신고", "Report"),
                noteTitle: context.text("종류", "Kind"),
                places: reports.compactMap { report in
                    report.position.map {
                        .init(
                            name: report.number,
                            position: $0.mapPosition,
                            link: WayLinks.deskReport(report.number),
                            note: HTML(text: report.kind.title[context.language])
                        )
                    }
                }
            ),
            in: context
        )
    }

    private func list(_ context: PageContext) -> HTML {
        guard !reports.isEmpty else {
            return emptyState(
                title: context.text("신고가 없습니다", "No report"),
                text: context.text("다른 상태나 종류를 골라 보세요.", "Choose another state or kind.")
            )
        }
        return table(
            DataTable(
                caption: context.text("신고 목록", "Reports"),
                hidesCaption: true,
                columns: [
                    .init(context.text("번호", "Number"), isRowHeader: true),
                    .init(context.text("종류", "Kind")), .init(context.text("어디", "Where")),
                    .init(context.text("상태", "State")), .init(context.text("접수", "Reported")),
                    .init(context.text("사진", "Photo")), .init(context.text("수리", "Repair")),
                ],
                rows: reports.map { report in
                    [
                        "<a href=\"\(WayLinks.deskReport(report.number))\">\(report.number)</a>",
                        HTML(text: report.kind.title[context.language]), HTML(text: report.place),
                        report.state.tag(context), dateText(report.createdAt, in: context),
                        HTML(text: report.photo == nil ? "–" : context.text("있음", "yes")),
                        HTML(text: report.assignee.isEmpty ? "–" : report.assignee),
                    ]
                }
            ),
            in: context
        )
    }
}

/// One report, for the officers: what is known and what can be done.
struct DeskReportPage: Sendable {
    let report: BarrierReport
    let events: [ReportEvent]
    /// Saved routes that go through the place.
    let walkerCount: Int
    var refusal: Bilingual?
    var typed: FormFields?

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("신고 \(report.number)", "Report \(report.number)"),
            breadcrumbs: WayLinks.deskCrumbs(context),
            main: """
                \(facts(context))\(photo(context))\(map(context))\(doings(context))\
                \(section(context.text("지나온 일", "History"), reportTimeline(events, context)))
                """,
            notification: refusal.map {
                errorSummary([FieldError(fieldID: nil, message: $0[context.language])], in: context)
            },
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        var rows: [SummaryList.Row] = [
            .init(context.text("상태", "State"), report.state.tag(context)),
            .init(context.text("종류", "Kind"), HTML(text: report.kind.title[context.language])),
            .init(context.text("어디", "Where"), HTML(text: report.place)),
            .init(
                context.text("설명", "Description"),
                HTML(text: report.text.isEmpty ? "–" : report.text)
            ),
            .init(context.text("접수", "Reported"), dateText(report.createdAt, in: context)),
            .init(
                context.text("신고한 사람", "Reporter"),
                HTML(
                    text: report.accountID == nil
                        ? context.text("손님", "Guest") : context.text("회원", "Account")
                )
            ),
            .init(
                context.text("이곳을 지나는 저장된 길", "Saved routes through here"),
                HTML(text: String(walkerCount))
            ),
        ]
        if !report.assignee.isEmpty {
            rows.append(.init(context.text("수리", "Repair"), HTML(text: report.assignee)))
        }
        if let due = report.dueOn {
            rows.append(.init(context.text("기한", "Due"), dateText(due, in: context)))
        }
        return summaryList(SummaryList(rows), in: context)
    }

    private func photo(_ context: PageContext) -> HTML {
        guard report.photo != nil else { return .empty }
        let link = Link.path("wayfinding", "desk", report.number, "photo")
        return """
            <ul class="files"><li><a href="\(link)"><img src="\(link)" alt="\(context.text(
                "신고 사진", "Photo of the report"))"></a></li></ul>
            """
    }

    private func map(_ context: PageContext) -> HTML {
        guard let position = report.position else { return .empty }
        return mapFrame(
            MapFrame(
                caption: ChartCaption(
                    id: "report-map",
                    title: context.text("신고 위치", "Where it is"),
                    summary: report.place
                ),
                nameTitle: context.text("어디", "Where"),
                noteTitle: context.text("위치", "Position"),
                places: [
                    .init(
                        name: report.place,
                        position: position.mapPosition,
                        note: HTML(text: position.words)
                    )
                ]
            ),
            in: context
        )
    }

    private func doings(_ context: PageContext) -> HTML {
        guard !report.state.next.isEmpty else { return .empty }
        let next = ReportState.allCases.filter(report.state.next.contains)
        let typed = typed
        func value(_ name: String) -> [String] { typed?[name].map { [$0] } ?? [] }
        let fields = [
            FormField(
                name: "to",
                label: context.text("할 일", "What to do"),
                control: .radios(
                    next.map { .init(value: $0.rawValue, label: $0.action[context.language]) }
                ),
                isRequired: true,
                values: value("to")
            ),
            FormField(
                name: "note",
                label: context.text("신고한 사람에게 (반려하면 꼭)", "To the reporter (required to reject)"),
                control: .textArea(rowCount: 2),
                values: value("note"),
                maximumLength: BarrierReport.maximumAnswerCharacterCount
            ),
            FormField(
                name: "assignee",
                label: context.text("수리할 부서·업체 (배정할 때)", "Who repairs it (to assign)"),
                values: value("assignee"),
                autocomplete: "off",
                maximumLength: 120
            ),
            FormField(
                name: "dueOn",
                label: context.text("수리 기한", "Repair due"),
                control: .date(earliest: context.now.date),
                values: value("dueOn")
            ),
        ]
        return section(
            context.text("처리", "Handle it"),
            form(action: WayLinks.deskReport(report.number), context: context) {
                """
                \(hiddenField("version", String(report.version)))\
                \(HTML(each: fields) { formField($0, in: context) })\
                \(buttonRow([button(context.text("처리하기", "Do it"))]))
                """
            }
        )
    }
}

extension ReportState {
    /// What the officer does to bring a report here.
    fileprivate var action: Bilingual {
        switch self {
        case .reported: title
        case .confirmed: Bilingual("확인: 실제로 있음", "Confirm: it is there")
        case .assigned: Bilingual("수리 배정", "Assign the repair")
        case .closed: Bilingual("해결: 길을 다시 열기", "Close: open the way again")
        case .rejected: Bilingual("반려", "Reject")
        }
    }
}
