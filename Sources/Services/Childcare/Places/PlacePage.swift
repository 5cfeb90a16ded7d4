import Basics
import City
import Web

/// One place for families: its hours, where it is, and its week of sessions where it takes bookings.
struct PlacePage: Sendable {
    let item: ChildcarePlace
    /// The week of sessions; nil where it takes no bookings.
    let week: SessionWeek?
    let isKeeper: Bool

    func page(in context: PageContext) -> Page {
        let language = context.language
        let place = item.place
        let keeping: HTML? =
            isKeeper
            ? linkButton(
                context.text("예약 관리", "Keep sessions"),
                .path("childcare", "keeping", place.id)
            ) : nil
        return Page(
            title: place.title[language],
            breadcrumbs: [
                StartPage.crumb(context),
                Breadcrumb(title: context.text("장소", "Places"), link: PlacesPage.link),
            ],
            lead:
                "\(place.kind.title[language]) · \(item.todayText(in: context)) \(item.openTag(in: context))",
            main: """
                \(week.map { $0.html(in: context) })\(facts(context))\
                <p><a href="\(Link.path("places", place.id))">\(context.text(
                    "지도와 가까운 곳 보기", "Map and places nearby"))</a></p>
                """,
            source: PageSource(name: place.source.title[language]),
            width: .wide,
            actions: keeping
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        let language = context.language
        let district = District.named(item.place.district)?.name[language] ?? "–"
        var rows: [SummaryList.Row] = [
            .init(context.text("자치구", "District"), "\(district)"),
            .init(
                context.text("주소", "Address"),
                "\(item.place.address.isEmpty ? "–" : item.place.address)"
            ),
        ]
        if let rules = week?.facility.rules {
            rows.append(
                .init(
                    context.text("나이", "Ages"),
                    "\(context.text("이용일에 만 \(rules.minimumAge)~\(rules.maximumAge)세", "\(rules.minimumAge) to \(rules.maximumAge) on the day"))"
                )
            )
            rows.append(
                .init(context.text("취소", "Cancelling"), "\(rules.cancellationText(in: context))")
            )
            rows.append(
                .init(
                    context.text("오지 않으면", "If you do not come"),
                    "\(rules.noShowText(in: context))"
                )
            )
        }
        let hours = (1...7).map { weekday in
            let day = item.hours?.days.first { $0.weekday == weekday }
            let name = WeekdayName.text(weekday, in: context)
            return [
                "\(name)" as HTML, "\(day.map(OpeningHours.text) ?? context.text("쉼", "closed"))",
            ]
        }
        let table = titledTable(
            context.text("여는 시간", "Opening hours"),
            columns: [
                .init(context.text("요일", "Day"), isRowHeader: true),
                .init(context.text("시간", "Hours")),
            ],
            rows: hours,
            in: context
        )
        return """
            \(section(context.text("안내", "About"), summaryList(SummaryList(rows), in: context)))\
            \(item.hours == nil ? nil : table)
            """
    }
}

/// The names of the days of the week.
enum WeekdayName {
    private static let names: [(String, String)] = [
        ("월", "Mon"), ("화", "Tue"), ("수", "Wed"), ("목", "Thu"), ("금", "Fri"), ("토", "Sat"),
        ("일", "Sun"),
    ]

    /// The name of an ISO 8601 day of the week.
    static func text(_ weekday: Int, in context: PageContext) -> String {
        let name = names[(weekday - 1) % 7]
        return context.text(name.0, name.1)
    }
}

extension BookingRules {
    /// Until when a booking may be cancelled, in words.
    func cancellationText(in context: PageContext) -> String {
        let time = BookingSession.clock(cancellationMinute)
        return context.text(
            "이용일 \(cancellationDaysBefore)일 전 \(time)까지",
            "up to \(time), \(cancellationDaysBefore) day(s) before"
        )
    }

    /// What follows from not coming, in words.
    func noShowText(in context: PageContext) -> String {
        context.text(
            "\(noShowDays)일 안에 \(noShowLimit)번이면 \(blockDays)일 동안 예약할 수 없습니다.",
            "\(noShowLimit) times within \(noShowDays) days stop bookings for \(blockDays) days."
        )
    }
}
