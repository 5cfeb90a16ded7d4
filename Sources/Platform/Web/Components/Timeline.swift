import Basics

/// Something that happened, happens or is planned.
public struct TimelineEvent: Sendable, Hashable {
    /// Where it stands.
    public enum Phase: String, Sendable, Hashable {
        /// It happened.
        case past
        /// It is happening.
        case current
        /// It is planned.
        case planned
    }

    /// What it is.
    public var title: String
    /// When, written out.
    public var time: HTML
    /// More about it.
    public var body: HTML?
    /// Where it stands.
    public var phase: Phase

    /// Creates an event.
    public init(title: String, time: HTML, body: HTML? = nil, phase: Phase = .past) {
        self.title = title
        self.time = time
        self.body = body
        self.phase = phase
    }
}

/// Events in their order.
public func timeline(_ events: [TimelineEvent], in context: PageContext) -> HTML {
    let items = HTML(each: events) { event in
        let body: HTML? = event.body.map { "<div>\($0)</div>" }
        let word =
            switch event.phase {
            case .past: ""
            case .current: context.text("지금", "now")
            case .planned: context.text("예정", "planned")
            }
        let phase: HTML? = word.isEmpty ? nil : "<span class=\"badge\">\(word)</span>"
        return """
            <li class="\(event.phase.rawValue)"><p class="when">\(event.time)\(phase)</p>\
            <p class="title">\(event.title)</p>\(body)</li>
            """
    }
    return "<ol class=\"timeline\">\(items)</ol>"
}

extension TimelineEvent {
    static let examples = [
        ComponentExample("timeline", Bilingual("진행 과정", "Timeline")) { context in
            let day = context.now.date
            return timeline(
                [
                    TimelineEvent(
                        title: context.text("발주계획 공개", "Plan published"),
                        time: dateText(day.adding(days: -30), in: context)
                    ),
                    TimelineEvent(
                        title: context.text("사전규격 의견 수렴", "Comments on the specification"),
                        time: dateText(day, in: context),
                        body: HTML(
                            text: context.text("의견 3건이 들어왔습니다.", "Three comments so far.")
                        ),
                        phase: .current
                    ),
                    TimelineEvent(
                        title: context.text("입찰공고", "Call for tenders"),
                        time: dateText(day.adding(days: 20), in: context),
                        phase: .planned
                    ),
                ],
                in: context
            )
        }
    ]
}
