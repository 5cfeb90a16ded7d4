import Basics
import Store
import Web

/// The ledger of footage (개인영상정보 관리대장): who used it, who looked, who got it, what was erased.
struct LedgerPage: Sendable {
    let lines: [LedgerLine]
    let total: Int
    let number: Int
    let kind: LedgerLine.Kind?
    let keptDays: [LocalDate]
    let retentionDays: Int
    /// The latest time seen, where the machine's clock is behind it.
    let clockAhead: Instant?

    static let link = Link("/footage/ledger")

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("개인영상정보 관리대장", "Ledger of footage"),
            lead: """
                \(context.text(
                    "영상을 누가, 왜, 어떤 근거로 보고 내보내고 파기했는지 적힌 대장입니다. 지울 수 없는 감사기록과 함께 쓰입니다.",
                    "Who used, saw, gave and erased footage, why, and on what ground. Each line stands in the audit too."))
                """,
            main: """
                \(clock(context))\(state(context))\(tabs(context))\(list(context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: FootageLedger.pageSize),
                    in: context))
                """,
            width: .wide,
            density: .operator,
            actions: buttonRow([
                linkButton(
                    context.text("CSV로 받기", "As CSV"),
                    Link("/footage/ledger.csv", query: kind.map { [("kind", $0.rawValue)] } ?? [])
                )
            ])
        )
    }

    private func clock(_ context: PageContext) -> HTML {
        guard let clockAhead else { return .empty }
        return notificationBanner(
            NotificationBanner(
                kind: .warning,
                title: context.text(
                    "서버 시계가 뒤로 가서 영상을 보관하지 않고 있습니다.",
                    "The server's clock was set back: footage is not kept."
                ),
                body: """
                    <p>\(context.text("마지막으로 본 시각:", "Latest time seen:")) \
                    \(dateText(clockAhead, in: context))</p><p>\(context.text(
                        "지금 시계가 맞다면 다시 시작할 수 있습니다. 보관 중인 영상은 나이를 알 수 없으므로 모두 파기됩니다.",
                        "If the clock is right now, start again. All footage kept is erased first."))</p>\
                    \(form(action: Link("/footage/clock"), context: context) {
                        button(
                            context.text("모두 파기하고 다시 시작", "Erase all and start again"),
                            style: .warning)
                    })
                    """
            )
        )
    }

    private func state(_ context: PageContext) -> HTML {
        let span: HTML =
            if let first = keptDays.first, let last = keptDays.last {
                "\(dateText(first, in: context)) – \(dateText(last, in: context))"
            } else {
                "–"
            }
        return summaryList(
            SummaryList([
                .init(
                    context.text("보관기간", "Kept for"),
                    "\(context.text("\(retentionDays)일", "\(retentionDays) days"))"
                ),
                .init(context.text("보관 중인 영상", "Footage kept"), span),
            ]),
            in: context
        )
    }

    private func tabs(_ context: PageContext) -> HTML {
        let all = TabLink(
            title: context.text("모두", "All"),
            link: Self.link,
            isCurrent: kind == nil
        )
        let kinds = LedgerLine.Kind.allCases.map { each in
            TabLink(
                title: each.title[context.language],
                link: Link("/footage/ledger", query: [("kind", each.rawValue)]),
                isCurrent: each == kind
            )
        }
        return tabLinks([all] + kinds, label: context.text("구분", "Kind"))
    }

    private func list(_ context: PageContext) -> HTML {
        titledTable(
            context.text("대장", "Lines"),
            columns: [
                .init(context.text("번호", "No."), isRowHeader: true),
                .init(context.text("구분", "Kind")), .init(context.text("일시", "When")),
                .init(context.text("사건", "Case")), .init(context.text("담당자", "By")),
                .init(context.text("목적", "Why")), .init(context.text("근거", "Ground"), isWide: true),
                .init(context.text("형태", "Form")),
                .init(context.text("제공받은 자", "Recipient")),
                .init(context.text("건수", "Count"), isNumeric: true),
            ],
            rows: lines.map { line in
                [
                    "\(line.number)", "\(line.kind.title[context.language])",
                    dateText(line.at, in: context), "\(line.caseNumber)", "\(line.actorName)",
                    "\(line.purpose.value[context.language])",
                    "\(line.basis.value[context.language])", "\(line.form.value[context.language])",
                    "\(line.recipient)", "\(line.itemCount)",
                ]
            },
            emptyText: context.text("아직 없습니다.", "None yet."),
            in: context
        )
    }
}
