import Basics
import Web

/// One session, with the form that books it.
struct SessionPage: Sendable {
    let session: BookingSession
    let facility: BookingFacility
    let count: SessionCount?
    /// Children of earlier bookings, to choose from.
    let known: [BookingAttendee]
    let idempotencyKey: String
    var typed = FormFields(items: QueryItems())
    var refusal: BookingError?

    static func link(_ session: BookingSession) -> Link {
        .path("childcare", "sessions", session.id)
    }

    func page(in context: PageContext) -> Page {
        let title = context.text("회차 예약", "Book a session")
        return Page(
            title: title,
            breadcrumbs: [
                StartPage.crumb(context),
                Breadcrumb(
                    title: facility.title[context.language],
                    link: .path("childcare", "places", facility.id)
                ),
            ],
            lead: "\(dateText(session.date, style: .long, in: context)) \(session.time)",
            main: "\(complaint(context))\(facts(context))\(bookingForm(context))",
            hasErrors: refusal != nil
        )
    }

    private func complaint(_ context: PageContext) -> HTML {
        guard let refusal else { return .empty }
        let field = refusal.isAboutAttendee ? "field-birthDate" : nil
        return errorSummary(
            [FieldError(fieldID: field, message: refusal.message[context.language])],
            in: context
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        let free = max(0, session.capacity - (count?.taken ?? 0))
        let rules = facility.rules
        let places =
            free > 0
            ? context.text(
                "\(session.capacity)자리 가운데 \(free)자리",
                "\(free) of \(session.capacity)"
            )
            : context.text(
                "모두 찼습니다. 지금 신청하면 대기 \((count?.waiting ?? 0) + 1)번입니다.",
                "All taken: you would be number \((count?.waiting ?? 0) + 1) of the queue."
            )
        return summaryList(
            SummaryList([
                .init(context.text("남은 자리", "Places left"), "\(places)"),
                .init(
                    context.text("나이", "Ages"),
                    "\(context.text("이용일에 만 \(rules.minimumAge)~\(rules.maximumAge)세", "\(rules.minimumAge) to \(rules.maximumAge) on the day"))"
                ),
                .init(
                    context.text("취소", "Cancelling"),
                    "\(dateText(rules.cancellationEnds(before: session), in: context))\(context.text("까지", " at the latest"))"
                ),
                .init(
                    context.text("오지 않으면", "If you do not come"),
                    "\(rules.noShowText(in: context))"
                ),
            ]),
            in: context
        )
    }

    private func bookingForm(_ context: PageContext) -> HTML {
        if let reason = session.closedFor {
            return notificationBanner(
                NotificationBanner(
                    kind: .warning,
                    title: context.text(
                        "열리지 않는 회차입니다: \(reason)",
                        "It does not take place: \(reason)"
                    )
                )
            )
        }
        let isWrong = refusal?.isAboutAttendee == true
        let error = isWrong ? refusal?.message[context.language] : nil
        let first = known.first
        let fields = [
            FormField(
                name: "name",
                label: context.text("아이 이름", "Name of the child"),
                hint: known.count > 1
                    ? context.text(
                        "지난 예약의 아이: \(known.map(\.name).joined(separator: ", "))",
                        "Children of earlier bookings: "
                            + known.map(\.name).joined(separator: ", ")
                    ) : nil,
                isRequired: true,
                values: [typed["name"] ?? first?.name ?? ""],
                maximumLength: BookingAttendee.maximumNameCharacterCount
            ),
            FormField(
                name: "birthDate",
                label: context.text("아이 생년월일", "Date of birth of the child"),
                control: .date(latest: context.now.date),
                error: error,
                isRequired: true,
                values: [typed["birthDate"] ?? first?.birthDate.iso ?? ""]
            ),
        ]
        return form(
            action: .path("childcare", "sessions", session.id),
            context: context,
            idempotencyKey: idempotencyKey
        ) {
            """
            \(HTML(each: fields) { formField($0, in: context) })\
            \(button(context.text("예약하기", "Book")))
            """
        }
    }
}

extension BookingError {
    /// Whether the answer to who comes is wrong.
    var isAboutAttendee: Bool { [.wrongAttendee, .wrongAge].contains(code) }
}
