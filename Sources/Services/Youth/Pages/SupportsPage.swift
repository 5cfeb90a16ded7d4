import Basics
import Cases
import Eligibility
import Programmes
import Web

/// Something a person receives: by an application here, or as they said themself.
struct Support: Sendable {
    let programme: Programme
    /// The application it was granted on; nothing where the person said so.
    let record: Case?
}

/// What a person receives, what they owe for it, and when payments stop.
struct SupportsPage: Sendable {
    let supports: [Support]
    /// The title of a programme.
    let titles: @Sendable (String) -> Bilingual

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("내가 받는 지원", "My supports"),
            breadcrumbs: [
                Breadcrumb(
                    title: YouthCollection.programmes.title[context.language],
                    link: Link("/youth")
                )
            ],
            lead: HTML(
                text: context.text(
                    "받는 동안 지킬 것과, 언제 지급이 멈추는지 규칙에서 옮겼습니다.",
                    "What to keep to while you receive it, and when payments stop, by the rules."
                )
            ),
            main: supports.isEmpty
                ? emptyState(
                    title: context.text("받고 있는 지원이 없습니다", "You receive nothing yet"),
                    text: context.text(
                        "질문에 답하면 받을 수 있는 지원을 찾아 드립니다.",
                        "Answer the questions to see what you can have."
                    ),
                    actions: [
                        linkButton(
                            context.text("질문 시작하기", "Start"),
                            YouthCollection.programmes.checkLink,
                            style: .primary
                        )
                    ]
                ) : HTML(each: supports) { support($0, context) }
        )
    }

    private func support(_ support: Support, _ context: PageContext) -> HTML {
        let language = context.language
        let programme = support.programme
        let day = support.record?.submittedAt?.date ?? context.now.date
        let version = programme.version(on: day) ?? programme.version(on: context.now.date)
        let duties = version?.duties ?? []
        let others = Set(version?.exclusions.map(\.programme) ?? [])
            .subtracting([programme.name]).sorted().map { titles($0)[language] }
        var rows: [SummaryList.Row] = [
            .init(
                context.text("근거", "Known from"),
                support.record.map { record in
                    """
                    <a href="\(Link.path("applications", record.id))">\
                    \(context.text("신청 \(record.receipt)", "Application \(record.receipt)"))</a> \
                    \(statusTag(StatusTag(record.state.title[language], kind: record.state.tag)))
                    """
                } ?? HTML(text: context.text("내가 답한 것", "Your own answer"))
            ),
            .init(
                context.text("지킬 것(사후의무)", "Duties"),
                duties.isEmpty
                    ? HTML(text: context.text("규칙에 적힌 것이 없습니다.", "The rules name none."))
                    : "<ul>\(HTML(each: duties) { "<li>\($0[language])</li>" })</ul>"
            ),
        ]
        if !others.isEmpty {
            rows.append(
                .init(
                    context.text("함께 받을 수 없음", "Not together with"),
                    HTML(text: others.joined(separator: ", "))
                )
            )
        }
        rows.append(.init(context.text("지급이 멈출 때", "When payments stop"), stop(version, context)))
        return section(
            programme.title[language],
            id: programme.name,
            summaryList(SummaryList(rows), in: context)
        )
    }

    private func stop(_ version: ProgrammeVersion?, _ context: PageContext) -> HTML {
        var reasons: [String] = []
        if version?.exclusions.isEmpty == false {
            reasons.append(
                context.text(
                    "함께 받을 수 없는 지원을 받기 시작하면 멈춥니다. 먼저 알려 주시면 돌려줄 돈이 생기지 않습니다.",
                    "They stop when you begin to receive what cannot be had together; tell us first and nothing has to be paid back."
                )
            )
        }
        if version?.duties.isEmpty == false {
            reasons.append(
                context.text(
                    "지킬 것을 지키지 않으면 멈추고, 다시 지키면 담당자가 재개를 심사합니다.",
                    "They stop when a duty is not kept; an officer decides on going on."
                )
            )
        }
        reasons.append(
            context.text(
                "이사·취업·혼인처럼 조건이 바뀌면 담당자에게 알려 주세요. 사실과 다르게 받은 돈은 돌려주어야 합니다.",
                "Tell the office when you move, find work or marry. What was received wrongly is paid back."
            )
        )
        return "<ul>\(HTML(each: reasons) { "<li>\($0)</li>" })</ul>"
    }
}
