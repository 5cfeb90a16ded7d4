import Basics
import Web

/// What a person booked: what lies ahead first, each with its way to give it back.
struct OwnBookingsPage: Sendable {
    let bookings: [BookedSession]
    let total: Int
    let number: Int
    /// The booking that was made a moment ago.
    var made: BookedSession?
    var refusal: BookingError?

    static let link = Link("/childcare/bookings")

    func page(in context: PageContext) -> Page {
        let errors = refusal.map {
            [FieldError(fieldID: nil, message: $0.message[context.language])]
        }
        return Page(
            title: context.text("내 예약", "My bookings"),
            breadcrumbs: [StartPage.crumb(context)],
            main: """
                \(errors.map { errorSummary($0, in: context) })\(receipt(context))\(list(context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: Bookings.pageSize),
                    in: context))
                """,
            width: .wide,
            actions: linkButton(
                context.text("일정(iCalendar) 받기", "Calendar (iCalendar)"),
                Link("/childcare/bookings.ics"),
                style: .secondary
            ),
            hasErrors: refusal != nil
        )
    }

    private func receipt(_ context: PageContext) -> HTML {
        guard let made else { return .empty }
        let end = made.facility.rules.cancellationEnds(before: made.session).minuteText
        let isWaiting = made.booking.state == .waiting
        return receiptPanel(
            Receipt(
                title: isWaiting
                    ? context.text("대기로 받았습니다", "You are on the waiting list")
                    : context.text("예약했습니다", "Booked"),
                number: "\(made.session.date.iso)-\(made.booking.number)",
                receivedAt: made.booking.createdAt,
                nextSteps: [
                    isWaiting
                        ? context.text(
                            "자리가 나면 차례대로 예약되고 알림을 드립니다.",
                            "Places that become free go to the first who wait; you will be told."
                        )
                        : context.text(
                            "못 오시면 \(end)까지 이 화면에서 취소해 주세요.",
                            "If you cannot come, cancel here by \(end)."
                        )
                ]
            ),
            in: context
        )
    }

    private func list(_ context: PageContext) -> HTML {
        guard !bookings.isEmpty else {
            return emptyState(
                title: context.text("예약이 없습니다", "No booking yet"),
                text: context.text(
                    "키즈카페를 고르면 회차를 예약할 수 있습니다.",
                    "Choose a kids' café to book a session."
                ),
                actions: [
                    linkButton(
                        context.text("키즈카페 찾기", "Find a kids' café"),
                        Link("/childcare/places", query: [("kind", "kidsCafe")])
                    )
                ]
            )
        }
        return table(
            DataTable(
                caption: context.text("예약", "Bookings"),
                hidesCaption: true,
                columns: [
                    .init(context.text("언제", "When"), isRowHeader: true),
                    .init(context.text("어디", "Where")), .init(context.text("아이", "Child")),
                    .init(context.text("상태", "State")), .init(context.text("취소", "Cancel")),
                ],
                rows: bookings.map { row($0, context) }
            ),
            in: context
        )
    }

    private func row(_ item: BookedSession, _ context: PageContext) -> [HTML] {
        let rules = item.facility.rules
        let end =
            item.booking.state == .waiting
            ? item.session.begins : rules.cancellationEnds(before: item.session)
        let isOpen = item.booking.state.isActive && context.now <= end
        let day = "\(item.session.date.iso) \(item.session.time)"
        let cancelling: HTML =
            isOpen
            ? form(
                action: .path("childcare", "bookings", item.booking.id, "cancel"),
                context: context,
                more: ["aria-label": context.text("\(day) 예약 취소", "Cancel \(day)")]
            ) { button(context.text("취소", "Cancel"), style: .quiet) }
            : "–"
        return [
            "\(dateText(item.session.date, in: context)) \(item.session.time)",
            "<a href=\"\(Link.path("childcare", "places", item.facility.id))\">\(item.facility.title[context.language])</a>",
            "\(item.booking.attendeeName)", item.booking.state.tag(in: context), cancelling,
        ]
    }
}

extension BookingState {
    /// The state as a tag.
    func tag(in context: PageContext) -> HTML {
        let kind: StatusTag.Kind =
            switch self {
            case .booked: .active
            case .waiting: .planned
            case .attended: .done
            case .missed: .attention
            case .closed: .refused
            case .cancelled: .neutral
            }
        return statusTag(StatusTag(title[context.language], kind: kind))
    }
}
