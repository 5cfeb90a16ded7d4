import Basics
import Eligibility
import Programmes
import Web

/// The timeline of a family: what to do first, the course of time, and the same in a table.
struct TimelinePage: Sendable {
    static let link = Link("/childcare/timeline")
    static let familyLink = Link("/childcare/timeline/family")
    static let calendarLink = Link("/childcare/timeline.ics")
    /// How far the page looks, in months, to choose from.
    static let monthCounts = [
        12, FamilyTimeline.defaultMonthCount, FamilyTimeline.maximumMonthCount,
    ]
    private static let nextCount = 3

    let family: Family
    let timeline: FamilyTimeline
    let monthCount: Int
    let offers: [String: ProgrammeOffer]
    let rules: RuleCatalogue

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("우리 가족 시간표", "Our family's timeline"),
            breadcrumbs: [StartPage.crumb(context)],
            lead:
                "\(familyText(context)) <a href=\"\(Self.familyLink)\">\(context.text("고치기", "Change"))</a>",
            main: """
                \(tabs(context))\(next(context))\(course(context))\(tables(context))\
                \(assumptions(context))
                """,
            source: PageSource(
                name: context.text("시의 지원사업 규칙(Rules)", "The city's rules"),
                link: Link("/programmes")
            ),
            width: .wide,
            actions: linkButton(
                context.text("일정(iCalendar) 받기", "Calendar (iCalendar)"),
                Self.calendarLink,
                style: .secondary
            )
        )
    }

    private func familyText(_ context: PageContext) -> HTML {
        var parts: [HTML] = []
        if let due = family.dueDate {
            let count = family.expectedCount
            let words =
                count == 1
                ? context.text("예정일", "due")
                : context.text("다태아 \(count)명, 예정일", "\(count) children due")
            parts.append("\(words) \(dateText(due, in: context))")
        }
        if !family.birthDates.isEmpty {
            let days = HTML(
                each: family.birthDates.sorted().enumerated(),
                { "\($0 == 0 ? "" : ", ")\(dateText($1, in: context))" }
            )
            parts.append("\(context.text("아이", "born")) \(days)")
        }
        if parts.isEmpty { parts.append(HTML(text: context.text("준비하는 중", "preparing"))) }
        return HTML(each: parts.enumerated()) { "\($0 == 0 ? "" : " · ")\($1)" }
    }

    private func tabs(_ context: PageContext) -> HTML {
        tabLinks(
            Self.monthCounts.map { count in
                TabLink(
                    title: context.text("\(count / 12)년", "\(count / 12) years"),
                    link: context.link(setting: "months", to: String(count)),
                    isCurrent: count == monthCount
                )
            },
            label: context.text("얼마나 앞까지", "How far ahead")
        )
    }

    // MARK: What to do first

    private func next(_ context: PageContext) -> HTML {
        let entries = timeline.next(Self.nextCount)
        guard !entries.isEmpty else {
            return emptyState(
                title: context.text("열리는 지원이 없습니다", "Nothing opens in this time"),
                text: context.text(
                    "더 먼 앞까지 보거나 가족 정보를 고쳐 보세요.",
                    "Look further ahead, or change what you said of the family."
                )
            )
        }
        let cards = entries.map { entry in
            Card(
                title: entry.title[context.language],
                link: .path("programmes", entry.programme),
                text: "\(when(entry, context)) \(reason(entry, context))",
                facts: [amount(entry, context)] + [applyLink(entry, context)].compactMap { $0 },
                status: tag(entry, context)
            )
        }
        return section(
            context.text("먼저 할 일 \(entries.count)가지", "First \(entries.count) things to do"),
            cardGrid(cards)
        )
    }

    private func when(_ entry: FamilyTimeline.Entry, _ context: PageContext) -> HTML {
        let day = dateText(entry.bestDay, in: context)
        let isToday = entry.bestDay <= timeline.from
        let start: HTML =
            isToday
            ? HTML(text: context.text("지금 신청할 수 있습니다.", "It can be applied for now."))
            : "\(day)\(context.text("에 신청하세요.", ": apply."))"
        guard let last = entry.closes else { return start }
        let end = dateText(last, in: context)
        return
            "\(start) \(context.text("마감은", "The last day is")) \(end)\(context.text("입니다.", "."))"
    }

    /// Why the best day is the best.
    private func reason(_ entry: FamilyTimeline.Entry, _ context: PageContext) -> String {
        if entry.bestDay > entry.opens {
            return context.text("이날부터 금액이 가장 큽니다.", "The amount is the highest from then on.")
        }
        if entry.judgements.first?.estimate?.rhythm == .month {
            return context.text(
                "달마다 주는 지원이라 일찍 신청할수록 좋습니다.",
                "It is paid monthly: the earlier, the better."
            )
        }
        return entry.opens > timeline.from
            ? context.text("열리는 첫날입니다.", "It is the first day.") : ""
    }

    private func applyLink(_ entry: FamilyTimeline.Entry, _ context: PageContext) -> HTML? {
        guard let offer = offers[entry.programme], offer.isOpen(on: timeline.from),
            entry.opens <= timeline.from
        else { return nil }
        return "<a href=\"\(offer.target)\">\(context.text("신청하기", "Apply"))</a>"
    }

    private func tag(_ entry: FamilyTimeline.Entry, _ context: PageContext) -> StatusTag {
        guard entry.isCertain else {
            return StatusTag(context.text("확인할 것 있음", "To be checked"), kind: .attention)
        }
        return entry.opens <= timeline.from
            ? StatusTag(context.text("열림", "Open"), kind: .active)
            : StatusTag(context.text("예정", "Coming"), kind: .planned)
    }

    private func amount(_ entry: FamilyTimeline.Entry, _ context: PageContext) -> HTML {
        guard let each = entry.each, let estimate = entry.judgements.first?.estimate else {
            let estimate = entry.judgements.first?.estimate
            return HTML(
                text: estimate?.text(context.language) ?? context.text("현물·서비스", "In kind")
            )
        }
        let rhythm =
            switch estimate.rhythm {
            case .once: ""
            case .month: context.text("한 달 ", "a month: ")
            case .year: context.text("한 해 ", "a year: ")
            case .visit: context.text("한 번에 ", "each time: ")
            }
        let bound = estimate.isUpperBound ? context.text("까지", " at most") : ""
        let children =
            entry.children.count > 1
            ? context.text(" (\(entry.children.count)명 합)", " (\(entry.children.count) children)")
            : ""
        return "\(rhythm)\(money(each, in: context))\(bound)\(children)"
    }

    // MARK: The course of time

    private func course(_ context: PageContext) -> HTML {
        let certain = timeline.entries.filter(\.isCertain)
        var events = certain.map { entry in
            (
                entry.bestDay,
                TimelineEvent(
                    title: name(entry, context),
                    time: span(entry, context),
                    body: "\(amount(entry, context)) \(changes(entry, context))",
                    phase: entry.opens <= timeline.from ? .current : .planned
                )
            )
        }
        if let due = family.dueDate, due <= timeline.through {
            let birth = TimelineEvent(
                title: context.text("출산 예정일", "The due date"),
                time: dateText(due, in: context),
                phase: .planned
            )
            events.insert((due, birth), at: 0)
        }
        let sorted = events.enumerated().sorted {
            ($0.element.0, $0.offset) < ($1.element.0, $1.offset)
        }
        let openCount = timeline.entries.count - certain.count
        let rest: HTML? =
            openCount == 0
            ? nil
            : """
            <p>\(context.text(
                "확인할 것이 있는 지원 \(openCount)개는 아래 표에 있습니다.",
                "\(openCount) more, for which something is still to be answered, stand in the table.")) \
            <a href="\(Childcare.collection.checkLink)">\(context.text(
                "질문에 답하기", "Answer the questions"))</a></p>
            """
        return section(
            context.text("시간의 흐름", "The course of time"),
            "\(Web.timeline(sorted.map(\.element.1), in: context))\(rest)"
        )
    }

    private func name(_ entry: FamilyTimeline.Entry, _ context: PageContext) -> String {
        let title = entry.title[context.language]
        guard let first = entry.children.first, family.children.count > 1 else { return title }
        let orders = entry.children.map { String($0.order) }.joined(separator: "·")
        let words =
            first.isExpected
            ? context.text("태어날 아이", "expected") : context.text("아이 \(orders)", "child \(orders)")
        return "\(title) (\(words))"
    }

    private func span(_ entry: FamilyTimeline.Entry, _ context: PageContext) -> HTML {
        let opens = dateText(entry.opens, in: context)
        guard let last = entry.lastDay else {
            return "\(opens)\(context.text("부터", " on"))"
        }
        let times = entry.periods.count
        let more =
            times > 1
            ? context.text(" (\(times)번 열림)", " (open \(times) times)") : ""
        return "\(opens) – \(dateText(last, in: context))\(more)"
    }

    private func changes(_ entry: FamilyTimeline.Entry, _ context: PageContext) -> HTML {
        HTML(each: entry.periods[0].amounts.dropFirst()) { change in
            guard let each = change.each else { return .empty }
            return """
                → \(dateText(change.from, in: context))\(context.text("부터", ":")) \
                \(money(each, in: context))
                """
        }
    }

    // MARK: The table

    private func tables(_ context: PageContext) -> HTML {
        let certain = timeline.entries.filter(\.isCertain)
        let open = timeline.entries.filter { !$0.isCertain }
        let title = context.text(
            "답에 따라 정해지는 지원 \(open.count)개",
            "\(open.count) that answers decide"
        )
        return """
            \(table(context.text("확실한 지원의 날짜", "The days of what is certain"), "days",
                certain, context))\
            <details class="more"><summary>\(title)</summary>\(table(title, "open-days", open,
                context))</details>
            """
    }

    private func table(
        _ title: String,
        _ id: String,
        _ entries: [FamilyTimeline.Entry],
        _ context: PageContext
    ) -> HTML {
        titledTable(
            title,
            id: id,
            columns: [
                .init(context.text("지원", "Programme"), isRowHeader: true, isWide: true),
                .init(context.text("여는 날", "Opens")),
                .init(context.text("신청하기 좋은 날", "Best day")),
                .init(context.text("이번 마감", "Closes")),
                .init(context.text("마지막 날", "Last day")),
                .init(context.text("금액", "Amount"), isNumeric: true),
                .init(context.text("상태", "State")),
            ],
            rows: entries.map { row($0, context) },
            emptyText: context.text("없습니다.", "None."),
            in: context
        )
    }

    private func row(_ entry: FamilyTimeline.Entry, _ context: PageContext) -> [HTML] {
        let none = "–" as HTML
        let link = Link.path("programmes", entry.programme)
        return [
            "<a href=\"\(link)\">\(name(entry, context))</a>",
            dateText(entry.opens, in: context), dateText(entry.bestDay, in: context),
            entry.closes.map { dateText($0, in: context) } ?? none,
            entry.lastDay.map { dateText($0, in: context) } ?? none,
            entry.each == nil ? none : amount(entry, context), certainty(entry, context),
        ]
    }

    /// Whether it is certain, or what is still to be answered.
    private func certainty(_ entry: FamilyTimeline.Entry, _ context: PageContext) -> HTML {
        let status = statusTag(tag(entry, context))
        guard !entry.isCertain, let judgement = entry.judgements.first else { return status }
        let count = judgement.open.count
        return "\(status) \(context.text("\(count)가지", "\(count)"))"
    }

    private func assumptions(_ context: PageContext) -> HTML {
        let check = Childcare.collection.checkLink
        return section(
            context.text("이렇게 계산했습니다", "How this was worked out"),
            """
            <ul><li>\(context.text(
                "앞으로의 날마다 그날의 규칙으로 판단했습니다. 아직 나오지 않은 공고는 들어 있지 않습니다.",
                "Every day ahead was judged by its own rules. Notices that are not out yet are not in."))\
            </li><li>\(context.text(
                "태어날 아이는 예정일에 태어나 서울에 출생신고를 하고, 같은 주소에서 집에서 기른다고 보았습니다.",
                "A child that is expected is taken to be born on the due date, registered in Seoul, "
                    + "and looked after at home at the same address."))</li>\
            <li>\(context.text(
                "아이마다 주는 지원은 아이마다 따로 판단했고, 쌍둥이는 두 번 셉니다. 받은 지원을 적지 않았으면 없다고 보았습니다.",
                "What is paid for every child is judged for each; twins count twice. Where nothing "
                    + "was said of benefits received, there were none."))</li>\
            <li><a href="\(check)">\(context.text(
                "몇 가지에 더 답하면 더 확실해집니다", "A few more answers make it more certain"))</a> · \
            \(context.text(
                "이 기간에 열리지 않는 지원 \(timeline.others.count)개",
                "\(timeline.others.count) programmes do not open to the family in this time"))</li></ul>
            """
        )
    }
}

extension FamilyTimeline {
    /// The days as a calendar: the best day to apply, and the last.
    func events(in language: Language) -> [CalendarFeed.Event] {
        entries.flatMap { entry -> [CalendarFeed.Event] in
            let link = Link.path("programmes", entry.programme)
            let title = entry.title[language]
            let orders = entry.children.map { String($0.order) }.joined(separator: "-")
            func event(_ kind: String, _ day: LocalDate, _ words: Bilingual) -> CalendarFeed.Event {
                CalendarFeed.Event(
                    id: "childcare-\(kind)-\(entry.programme)-\(orders)",
                    start: day,
                    end: day,
                    title: "\(words[language]): \(title)",
                    description: title,
                    link: link
                )
            }
            let first = event("apply", entry.bestDay, Bilingual("신청하기 좋은 날", "Apply"))
            guard let last = entry.closes, last != entry.bestDay else { return [first] }
            return [first, event("last", last, Bilingual("신청 마감", "Last day"))]
        }
    }
}
