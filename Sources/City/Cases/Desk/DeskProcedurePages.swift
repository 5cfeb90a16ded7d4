import Basics
import Eligibility
import Store
import Web

/// The procedures of an office.
struct DeskProceduresPage: Sendable {
    let procedures: [CaseProcedure]
    /// How many cases of each wait for the office.
    let waiting: [String: Int]

    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(
            title: context.text("절차·회차", "Procedures"),
            link: Link("/desk/procedures")
        )
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("절차·회차", "Procedures"),
            breadcrumbs: [Desk.crumb(context)],
            main: Desk.tabs("/desk/procedures", context)
                + (procedures.isEmpty
                    ? emptyState(
                        title: context.text("맡은 절차가 없습니다", "No procedure"),
                        text: context.text(
                            "소속 기관의 절차가 여기에 나옵니다.",
                            "Those of your organization are listed here."
                        )
                    ) : list(context)),
            width: .wide,
            density: .operator
        )
    }

    private func list(_ context: PageContext) -> HTML {
        table(
            DataTable(
                caption: context.text("절차", "Procedures"),
                hidesCaption: true,
                columns: [
                    .init(context.text("절차", "Procedure"), isRowHeader: true),
                    .init(context.text("선정", "Selection")),
                    .init(context.text("처리기한", "Days"), isNumeric: true),
                    .init(context.text("결재", "Decision")),
                    .init(context.text("처리할 신청", "Waiting"), isNumeric: true),
                ],
                rows: procedures.map { procedure in
                    [
                        """
                        <a href="\(Link.path("desk", "procedures", procedure.id))">\
                        \(procedure.title[context.language])</a>
                        """,
                        "\(procedure.selectionTitle[context.language])", "\(procedure.dueDays)",
                        procedure.needsFourEyes
                            ? "\(context.text("2인", "Two persons"))"
                            : "\(context.text("단독", "One person"))",
                        "\((waiting[procedure.id] ?? 0).grouped)",
                    ]
                }
            ),
            in: context
        )
    }
}

extension CaseProcedure {
    /// How places are given out, in words.
    var selectionTitle: Bilingual {
        switch selection {
        case .everyone: Bilingual("요건을 갖춘 모두", "Everybody who qualifies")
        case .firstCome: Bilingual("신청순", "First come")
        case .draw: Bilingual("추첨", "Draw")
        case .points: Bilingual("점수순", "Points")
        case .lowestIncome: Bilingual("소득 낮은 순", "Lowest income")
        case .review: Bilingual("심사", "Review")
        }
    }
}

/// One procedure: what an officer may change, its rounds and the history of changes.
struct DeskProcedurePage: Sendable {
    let procedure: CaseProcedure
    let rounds: [CaseRound]
    let history: [ProcedureChange]
    /// What was typed, and why it was refused.
    var refusal: (fields: FormFields, message: Bilingual)?

    private var link: Link { .path("desk", "procedures", procedure.id) }

    func page(in context: PageContext) -> Page {
        Page(
            title: procedure.title[context.language],
            breadcrumbs: [Desk.crumb(context), DeskProceduresPage.crumb(context)],
            lead: "\(procedure.summary[context.language])",
            main: """
                \(complaint(context))\(roundList(context))\(newRound(context))\(settings(context))\
                \(texts(context))\(checklist(context))\(changes(context))
                """,
            width: .wide,
            density: .operator,
            hasErrors: refusal != nil
        )
    }

    private func complaint(_ context: PageContext) -> HTML? {
        refusal.map {
            notificationBanner(
                NotificationBanner(kind: .warning, title: $0.message[context.language])
            )
        }
    }

    private func typed(_ name: String, _ value: String) -> [String] {
        [refusal?.fields[name] ?? value]
    }

    private func settings(_ context: PageContext) -> HTML {
        let fields = [
            FormField(
                name: "dueDays",
                label: context.text("처리기한(일하는 날)", "Working days to decide"),
                control: .text(.number),
                isRequired: true,
                values: typed("dueDays", String(procedure.dueDays))
            ),
            FormField(
                name: "needsFourEyes",
                label: context.text("결정", "Decision"),
                control: .radios([
                    .init(
                        value: "yes",
                        label: context.text(
                            "검토한 사람과 다른 결재자가 결정",
                            "By an approver who did not review"
                        )
                    ),
                    .init(
                        value: "no",
                        label: context.text("검토한 담당자가 결정", "By the officer who reviewed")
                    ),
                ]),
                isRequired: true,
                values: typed("needsFourEyes", procedure.needsFourEyes ? "yes" : "no")
            ),
        ]
        return section(
            context.text("처리 방법", "How it is decided"),
            form(action: link, context: context) {
                """
                \(HTML(each: fields) { formField($0, in: context) })\
                \(button(context.text("저장", "Save")))
                """
            }
        )
    }

    private func texts(_ context: PageContext) -> HTML {
        let note = context.text(
            "서류 안내, 통지서와 알림의 문구를 봅니다. 편집자와 결재자가 고칩니다.",
            "What is said of documents, in letters and in notices; editors and approvers word it."
        )
        return section(
            context.text("문구", "Texts"),
            """
            <p>\(note)</p>\(linkButton(
                context.text("문구 보기", "See the texts"),
                .path("desk", "texts", procedure.id)))
            """
        )
    }

    private func roundList(_ context: PageContext) -> HTML {
        titledTable(
            context.text("회차", "Rounds"),
            id: "rounds",
            columns: [
                .init(context.text("회차", "Round"), isRowHeader: true),
                .init(context.text("기간", "Days")),
                .init(context.text("자리", "Places"), isNumeric: true),
                .init(context.text("상태", "State")),
                .init(context.text("바꾸기", "Change"), isWide: true),
            ],
            rows: rounds.map { round in
                [
                    """
                    <a href="\(Link.path("desk", "rounds", round.id))">\
                    \(round.title.value[context.language])</a>
                    """,
                    "\(dateText(round.opens, in: context)) – \(dateText(round.closes, in: context))",
                    "\(round.places?.grouped ?? "–")", round.state.tag(in: context),
                    change(round, context),
                ]
            },
            emptyText: context.text(
                "회차가 없어 언제나 신청을 받습니다.",
                "There are no rounds: applications are always taken."
            ),
            in: context
        )
    }

    private func change(_ round: CaseRound, _ context: PageContext) -> HTML {
        guard round.state != .selected else { return "–" }
        let next: CaseRound.State = round.state == .running ? .closed : .running
        let title =
            next == .closed
            ? context.text("접수 마감", "Close") : context.text("다시 열기", "Open again")
        return form(action: Link(link.target + "/rounds/\(round.id)"), context: context) {
            """
            \(hiddenField("state", next.rawValue))\(button(title, style: .secondary))
            """
        }
    }

    private func newRound(_ context: PageContext) -> HTML {
        let fields = [
            FormField(
                name: "title",
                label: context.text("이름", "Name"),
                isRequired: true,
                values: typed("title", ""),
                maximumLength: ProcedureSettings.maximumTitleCharacterCount
            ),
            FormField(
                name: "opens",
                label: context.text("첫날", "First day"),
                control: .date(),
                isRequired: true,
                values: typed("opens", "")
            ),
            FormField(
                name: "closes",
                label: context.text("마지막 날", "Last day"),
                control: .date(),
                isRequired: true,
                values: typed("closes", "")
            ),
            FormField(
                name: "places",
                label: context.text("자리", "Places"),
                control: .text(.number),
                hint: context.text("제한이 없으면 비워 둡니다.", "Empty where there is no limit."),
                values: typed("places", "")
            ),
        ]
        let content = form(action: Link(link.target + "/rounds"), context: context) {
            """
            \(HTML(each: fields) { formField($0, in: context) })\
            \(button(context.text("회차 추가", "Add the round")))
            """
        }
        let isOpen: HTML = refusal?.fields["title"] == nil ? .empty : " open"
        return """
            <details\(isOpen)><summary>\(context.text("새 회차", "New round"))</summary>\(content)\
            </details>
            """
    }

    private func checklist(_ context: PageContext) -> HTML {
        titledTable(
            context.text("절차가 받는 서류", "Documents of the procedure"),
            columns: [
                .init(context.text("서류", "Document"), isRowHeader: true),
                .init(context.text("때", "When")), .init(context.text("조회", "Looked up")),
            ],
            rows: procedure.documents.map { document in
                [
                    "\(document.title[context.language])",
                    "\(document.isForClaim ? context.text("청구할 때", "With the claim") : context.text("신청할 때", "With the application"))",
                    "\(document.canBeLookedUp ? context.text("동의하면 조회", "With consent") : "–")",
                ]
            },
            emptyText: context.text(
                "규칙이 정한 서류만 받습니다.",
                "Only those that the rules ask for."
            ),
            in: context
        )
    }

    private func changes(_ context: PageContext) -> HTML {
        guard !history.isEmpty else { return .empty }
        return section(
            context.text("바꾼 이력", "History"),
            timeline(
                history.map {
                    TimelineEvent(
                        title: $0.summary.value[context.language],
                        time: "\(dateText($0.at, in: context)) · \($0.actorName)"
                    )
                },
                in: context
            )
        )
    }
}
