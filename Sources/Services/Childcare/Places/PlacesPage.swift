import Basics
import City
import Web

/// Places for families: narrowed by kind, district and hour, on a map and in its table.
struct PlacesPage: Sendable {
    let query: ChildcarePlaceQuery
    let places: [ChildcarePlace]
    let number: Int

    static let link = Link("/childcare/places")

    func page(in context: PageContext) -> Page {
        let found = places.filter { query.finds($0, at: context.now) }
        let panel = panel(context)
        return Page(
            title: context.text("아이와 가는 곳", "Places for families"),
            breadcrumbs: [StartPage.crumb(context)],
            lead: """
                <strong>\(context.text(
                    "\(found.count.grouped)곳", "\(found.count.grouped) places"))</strong>
                """,
            main: """
                \(appliedFilters(panel, in: context))\(map(found, context))\
                \(pagination(
                    Pagination(page: number, itemCount: found.count,
                        pageSize: ChildcarePlaceQuery.pageSize),
                    in: context))
                """,
            source: PageSource(
                name: context.text("소관 기관의 등록, 표본 포함", "Entered by organizations, samples included")
            ),
            width: .wide,
            aside: filterPanel(panel, in: context)
        )
    }

    private func map(_ found: [ChildcarePlace], _ context: PageContext) -> HTML {
        let size = ChildcarePlaceQuery.pageSize
        let shown = found.dropFirst((number - 1) * size).prefix(size)
        guard !shown.isEmpty else {
            return emptyState(
                title: context.text("찾은 곳이 없습니다", "No place found"),
                text: context.text("조건을 하나 빼 보세요.", "Remove a condition."),
                actions: [linkButton(context.text("모든 곳 보기", "All places"), Self.link)]
            )
        }
        return mapFrame(
            MapFrame(
                caption: ChartCaption(
                    id: "places",
                    title: context.text("지도와 목록", "Map and list"),
                    summary: context.text(
                        "번호는 아래 표의 번호입니다.",
                        "The numbers are those of the table."
                    )
                ),
                nameTitle: context.text("이름", "Name"),
                noteTitle: context.text("종류와 시간", "Kind and hours"),
                places: shown.map { item in
                    MapFrame.Place(
                        name: item.place.title[context.language],
                        position: .init(
                            longitude: item.place.longitude,
                            latitude: item.place.latitude
                        ),
                        link: item.link,
                        note: note(item, context)
                    )
                }
            ),
            in: context
        )
    }

    private func note(_ item: ChildcarePlace, _ context: PageContext) -> HTML {
        let district = District.named(item.place.district)?.name[context.language] ?? "–"
        let bookable: HTML? =
            item.isBookable
            ? statusTag(StatusTag(context.text("예약", "Bookable"), kind: .planned)) : nil
        return """
            \(item.place.kind.title[context.language]) · \(district) · \
            \(item.todayText(in: context)) \(item.openTag(in: context)) \(bookable)
            """
    }

    private func panel(_ context: PageContext) -> FilterPanel {
        let language = context.language
        func count(_ facet: String, _ isIt: (ChildcarePlace) -> Bool) -> Int {
            places.count { query.finds($0, at: context.now, without: facet) && isIt($0) }
        }
        return FilterPanel(
            action: Self.link,
            facets: [
                FilterPanel.Facet(
                    name: "open",
                    title: context.text("시간", "Hours"),
                    options: [
                        FilterPanel.Option(
                            value: "now",
                            label: context.text("지금 열린 곳", "Open now"),
                            count: count("open") { $0.isOpen(at: context.now) },
                            isSelected: query.isOpenNow
                        )
                    ]
                ),
                FilterPanel.Facet(
                    name: "kind",
                    title: context.text("종류", "Kind"),
                    options: ChildcarePlace.kinds.map { kind in
                        FilterPanel.Option(
                            value: kind.rawValue,
                            label: kind.title[language],
                            count: count("kind") { $0.place.kind == kind },
                            isSelected: query.kinds.contains(kind)
                        )
                    }
                ),
                FilterPanel.Facet(
                    name: "district",
                    title: context.text("자치구", "District"),
                    options: District.all.map { district in
                        FilterPanel.Option(
                            value: district.code,
                            label: district.name[language],
                            count: count("district") { $0.place.district == district.code },
                            isSelected: query.districts.contains(district.code)
                        )
                    }
                ),
            ],
            kept: []
        )
    }
}

extension ChildcarePlace {
    /// Whether it is open, as a tag.
    func openTag(in context: PageContext) -> HTML {
        guard hours != nil else { return .empty }
        return isOpen(at: context.now)
            ? statusTag(StatusTag(context.text("열림", "Open"), kind: .active))
            : statusTag(StatusTag(context.text("닫힘", "Closed"), kind: .neutral))
    }

    /// The hours of today in words.
    func todayText(in context: PageContext) -> String {
        if let closedToday {
            return context.text("오늘 휴관: \(closedToday)", "Closed: \(closedToday)")
        }
        guard let hours else { return context.text("시간 미등록", "hours not told") }
        guard let day = hours.day(of: context.now.date) else {
            return context.text("오늘 쉼", "closed today")
        }
        let time = OpeningHours.text(day)
        return context.text("오늘 \(time)", "today \(time)")
    }
}

extension OpeningHours {
    /// The hours of a day, `10:00–18:00`.
    static func text(_ day: Day) -> String {
        "\(BookingSession.clock(day.fromMinute))–\(BookingSession.clock(day.toMinute))"
    }
}
