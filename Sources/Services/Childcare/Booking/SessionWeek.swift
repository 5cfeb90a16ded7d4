import Basics
import Web

/// A week of a facility's sessions as a table: a row a day, a column a time; on a phone a card a day.
struct SessionWeek: Sendable {
    /// The facility.
    let facility: BookingFacility
    /// The Monday of the week.
    let monday: LocalDate
    /// The sessions of the week, in their order.
    let sessions: [BookingSession]
    /// How full they are.
    let counts: [String: SessionCount]
    /// Where a session leads.
    let sessionLink: @Sendable (BookingSession) -> Link

    /// The Monday of the week of a date.
    static func monday(of date: LocalDate) -> LocalDate { date.adding(days: 1 - date.weekday) }

    /// The week as those see it who book.
    func html(in context: PageContext) -> HTML { html(in: context, cell) }

    /// The week, its sessions shown by a function.
    func html(
        in context: PageContext,
        _ cell: (BookingSession, PageContext) -> HTML
    ) -> HTML {
        let starts = Set(sessions.map(\.startMinute)).sorted()
        let rows = (0..<7).compactMap { offset -> [HTML]? in
            let date = monday.adding(days: offset)
            let day = sessions.filter { $0.date == date }
            guard !day.isEmpty else { return nil }
            let name = WeekdayName.text(date.weekday, in: context)
            return ["\(dateText(date, in: context)) (\(name))" as HTML]
                + starts.map { start in
                    day.first { $0.startMinute == start }.map { cell($0, context) } ?? "–"
                }
        }
        return titledTable(
            context.text("예약할 수 있는 회차", "Sessions"),
            id: "sessions",
            columns: [.init(context.text("날짜", "Date"), isRowHeader: true)]
                + starts.map { .init(BookingSession.clock($0)) },
            rows: rows,
            emptyText: context.text(
                "이 주에는 열린 회차가 없습니다.",
                "There is no session in this week."
            ),
            in: context,
            lead: neighbours(context)
        )
    }

    private func neighbours(_ context: PageContext) -> HTML {
        func week(_ days: Int) -> Link {
            context.link(setting: "week", to: monday.adding(days: days).iso).at("sessions")
        }
        let first = dateText(monday, in: context)
        let last = dateText(monday.adding(days: 6), in: context)
        return """
            <p><a href="\(week(-7))">← \(context.text("지난주", "Week before"))</a> · \
            <strong>\(first) – \(last)</strong> · \
            <a href="\(week(7))">\(context.text("다음 주", "Week after")) →</a></p>
            """
    }

    private func cell(_ session: BookingSession, _ context: PageContext) -> HTML {
        let count = counts[session.id]
        let free = max(0, session.capacity - (count?.taken ?? 0))
        let waiting = count?.waiting ?? 0
        if session.closedFor != nil {
            return statusTag(StatusTag(context.text("휴관", "Closed"), kind: .neutral))
        }
        if session.begins <= context.now {
            return statusTag(StatusTag(context.text("지난 회차", "Past"), kind: .neutral))
        }
        let words: String
        if free > 0 {
            words = context.text("\(free)자리", "\(free) free")
        } else if waiting < facility.rules.maximumWaitingCount {
            words = context.text("대기 \(waiting)명", "\(waiting) waiting")
        } else {
            return statusTag(StatusTag(context.text("마감", "Full"), kind: .refused))
        }
        let day = "\(session.date.iso) \(session.time)"
        return """
            <a href="\(sessionLink(session))" aria-label="\(day), \(words)">\(session.time) · \(words)</a>
            """
    }
}
