import Basics
import Programmes
import Web

/// The windows of the portal's programmes, month by month.
struct WindowCalendarPage: Sendable {
    let windows: YouthWindows

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("청년 지원 신청 달력", "When to apply"),
            breadcrumbs: [
                Breadcrumb(
                    title: YouthCollection.programmes.title[context.language],
                    link: Link("/youth")
                )
            ],
            lead: HTML(
                text: context.text(
                    "여는 날과 닫는 날이 정해진 지원입니다. 답에 따라 기간이 다른 지원은 결과 화면에서 볼 수 있습니다.",
                    "Programmes whose window has a day. Those that depend on answers stand in your results."
                )
            ),
            main: content(context),
            source: PageSource(
                name: context.text("시의 판정 규칙과 접수 회차", "The rules and rounds of the city"),
                link: Link("/youth/calendar.ics")
            ),
            alternates: [
                Alternate(
                    title: context.text("신청 달력", "Calendar"),
                    mediaType: "text/calendar",
                    link: Link("/youth/calendar.ics")
                )
            ],
            actions: linkButton(
                context.text("달력 앱으로 구독", "Subscribe"),
                Link("/youth/calendar.ics")
            )
        )
    }

    private func content(_ context: PageContext) -> HTML {
        guard !windows.windows.isEmpty else {
            return emptyState(
                title: context.text("날짜가 정해진 모집이 없습니다", "No window has a day now"),
                text: context.text(
                    "언제나 받는 지원은 목록에서 볼 수 있습니다.",
                    "Programmes without a window stand in the list."
                ),
                actions: [
                    linkButton(
                        context.text("지원사업 찾기", "Find a programme"),
                        Link("/youth/programmes")
                    )
                ]
            )
        }
        return timeline(windows.windows.map { event($0, context) }, in: context)
    }

    private func event(_ window: YouthWindow, _ context: PageContext) -> TimelineEvent {
        let opens: HTML? = window.opens.map { dateText($0, in: context) }
        let closes: HTML? = window.closes.map { dateText($0, in: context) }
        let time: HTML =
            switch (opens, closes) {
            case (.some(let first), .some(let last)): "\(first) ~ \(last)"
            case (.some(let first), nil): "\(first) \(context.text("시작", "opens"))"
            case (nil, .some(let last)): "\(last) \(context.text("마감", "closes"))"
            case (nil, nil): .empty
            }
        let link: HTML = """
            <a href="\(window.link)">\(context.text("자세히", "More"))\
            <span class="unseen"> \(window.title[context.language])</span></a>
            """
        let here: HTML? =
            window.isHere
            ? " \(statusTag(StatusTag(context.text("여기서 신청", "Apply here"), kind: .active)))" : nil
        return TimelineEvent(
            title: window.title[context.language],
            time: time,
            body: "<p>\(link)\(here)</p>",
            phase: window.isOpen(on: windows.day) ? .current : .planned
        )
    }
}
