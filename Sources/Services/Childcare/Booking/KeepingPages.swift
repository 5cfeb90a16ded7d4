import Basics
import Web

/// The facilities somebody keeps.
struct KeptFacilitiesPage: Sendable {
    let facilities: [BookingFacility]

    static let link = Link("/childcare/keeping")

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("예약 관리", "Keeping of sessions"),
            breadcrumbs: [StartPage.crumb(context)],
            main: titledTable(
                context.text("내가 맡은 시설", "Facilities I keep"),
                columns: [
                    .init(context.text("시설", "Facility"), isRowHeader: true),
                    .init(context.text("정원", "Places"), isNumeric: true),
                ],
                rows: facilities.map { facility in
                    [
                        "<a href=\"\(Link.path("childcare", "keeping", facility.id))\">\(facility.title[context.language])</a>",
                        "\(facility.rules.capacity)",
                    ]
                },
                emptyText: context.text("맡은 시설이 없습니다.", "None."),
                in: context
            ),
            density: .operator
        )
    }
}

/// A facility for its keeper: its week, its closed days, and the form that closes one.
struct KeptFacilityPage: Sendable {
    let facility: BookingFacility
    let week: SessionWeek
    let closedDays: [ClosedDay]
    var typed = FormFields(items: QueryItems())
    var fault: Bilingual?

    func page(in context: PageContext) -> Page {
        let errors = fault.map {
            [FieldError(fieldID: "field-date", message: $0[context.language])]
        }
        return Page(
            title: facility.title[context.language],
            breadcrumbs: [
                Breadcrumb(
                    title: context.text("예약 관리", "Keeping of sessions"),
                    link: KeptFacilitiesPage.link
                )
            ],
            main:
                "\(errors.map { errorSummary($0, in: context) })\(week.keptHTML(in: context))\(closing(context))",
            width: .wide,
            density: .operator,
            hasErrors: fault != nil
        )
    }

    private func closing(_ context: PageContext) -> HTML {
        let fields = [
            FormField(
                name: "date",
                label: context.text("휴관일", "Day"),
                control: .date(earliest: context.now.date),
                error: fault?[context.language],
                isRequired: true,
                values: [typed["date"] ?? ""]
            ),
            FormField(
                name: "reason",
                label: context.text("까닭(예약한 사람에게 보냅니다)", "Reason, sent to those who booked"),
                isRequired: true,
                values: [typed["reason"] ?? ""],
                maximumLength: BookingKeeping.maximumReasonCharacterCount
            ),
        ]
        return titledTable(
            context.text("휴관일", "Closed days"),
            columns: [
                .init(context.text("날짜", "Date"), isRowHeader: true),
                .init(context.text("까닭", "Reason")),
            ],
            rows: closedDays.map { [dateText($0.date, in: context), "\($0.reason)"] },
            emptyText: context.text("앞으로의 휴관일이 없습니다.", "None ahead."),
            in: context,
            more: form(
                action: .path("childcare", "keeping", facility.id, "closed-days"),
                context: context
            ) {
                """
                \(HTML(each: fields) { formField($0, in: context) })\
                \(button(context.text("휴관으로 정하기", "Close the day"), style: .warning))
                """
            }
        )
    }
}

/// Who comes to a session, with the marks of attendance.
struct AttendancePage: Sendable {
    let session: BookingSession
    let facility: BookingFacility
    let bookings: [Booking]
    var fault: Bilingual?

    func page(in context: PageContext) -> Page {
        let errors = fault.map { [FieldError(fieldID: nil, message: $0[context.language])] }
        return Page(
            title: context.text("출석", "Attendance"),
            breadcrumbs: [
                Breadcrumb(
                    title: facility.title[context.language],
                    link: .path("childcare", "keeping", facility.id)
                )
            ],
            lead: "\(dateText(session.date, style: .long, in: context)) \(session.time)",
            main: "\(errors.map { errorSummary($0, in: context) })\(list(context))",
            width: .wide,
            density: .operator,
            hasErrors: fault != nil
        )
    }

    private func list(_ context: PageContext) -> HTML {
        titledTable(
            context.text("예약한 아이", "Children"),
            columns: [
                .init(context.text("순서", "No."), isNumeric: true),
                .init(context.text("아이", "Child"), isRowHeader: true),
                .init(context.text("나이", "Age"), isNumeric: true),
                .init(context.text("상태", "State")), .init(context.text("출석", "Attendance")),
            ],
            rows: bookings.map { booking in
                [
                    "\(booking.number)", "\(booking.attendeeName)",
                    "\(booking.attendee.age(on: session.date))", booking.state.tag(in: context),
                    marks(booking, context),
                ]
            },
            emptyText: context.text("예약이 없습니다.", "No booking."),
            in: context
        )
    }

    private func marks(_ booking: Booking, _ context: PageContext) -> HTML {
        guard session.begins <= context.now,
            [.booked, .attended, .missed].contains(booking.state)
        else { return "–" }
        let name = booking.attendeeName
        return form(
            action: .path("childcare", "keeping", "bookings", booking.id),
            context: context,
            more: ["aria-label": context.text("\(name) 출석", "Attendance of \(name)")]
        ) {
            buttonRow([
                button(
                    context.text("왔음", "Came"),
                    style: .secondary,
                    name: "came",
                    value: "yes"
                ),
                button(
                    context.text("오지 않음", "Did not come"),
                    style: .quiet,
                    name: "came",
                    value: "no"
                ),
            ])
        }
    }
}
