import Basics
import Routing
import Web

/// The map of the city with what was looked for on it, and the same in a table.
struct MapPage {
    let map: CityMap
    /// What was looked for; empty shows what people look for most.
    let words: String
    let found: [MapPlace]

    static let link = Link("/map")

    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("지도", "Map"), link: link)
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("지도", "Map"),
            main: """
                \(searchBox(
                    SearchBox(
                        action: Self.link,
                        label: context.text("장소나 주소 찾기", "Find a place or an address"),
                        hint: context.text(
                            "예: 까치역 1번 출구, 약국, 까치대로 61",
                            "For example: a station, a pharmacy, a street with a number"),
                        text: words,
                        maximumLength: MapRoutes.maximumWordsCharacterCount),
                    in: context))\(results(context))
                """,
            source: PageSource(name: map.attribution[context.language]),
            width: .wide
        )
    }

    private func results(_ context: PageContext) -> HTML {
        guard !found.isEmpty else {
            return emptyState(
                title: context.text("찾은 곳이 없습니다", "Nothing found"),
                text: context.text(
                    "낱말을 줄이거나 길 이름으로 찾아 보세요.",
                    "Use fewer words, or the name of the street."
                ),
                actions: [linkButton(context.text("지도 처음으로", "Back to the map"), Self.link)]
            )
        }
        let title =
            words.isEmpty
            ? context.text("많이 찾는 곳", "What people look for")
            : context.text("‘\(words)’ 찾은 곳", "Found for “\(words)”")
        return mapFrame(
            MapFrame(
                caption: ChartCaption(
                    id: "map",
                    title: title,
                    summary: context.text("\(found.count)곳", "\(found.count) places")
                ),
                nameTitle: context.text("이름", "Name"),
                noteTitle: context.text("종류·주소", "Kind and address"),
                places: found.map { $0.framed(in: context) }
            ),
            in: context
        )
    }
}

extension MapPlace {
    /// Its page.
    var link: Link { .path("map", "places", String(number)) }

    /// The way there, from wherever the person is.
    var wayLink: Link {
        Link(
            "/wayfinding",
            query: [("to", "\(position.latitude.decimals(6)),\(position.longitude.decimals(6))")]
        )
    }

    func framed(in context: PageContext) -> MapFrame.Place {
        let note: HTML = address.isEmpty || address == name ? "" : "<br>\(address)"
        return MapFrame.Place(
            name: name,
            position: .init(longitude: position.longitude, latitude: position.latitude),
            link: link,
            note: """
                \(kind.title[context.language])\(note)<br><a href="\(wayLink)">\
                \(context.text("여기까지 길찾기", "Way there"))<span class="unseen"> \
                (\(name))</span></a>
                """
        )
    }
}

/// One place of the map: what it is, where, and what is near.
struct MapPlacePage {
    let map: CityMap
    let place: MapPlace
    let near: [MapPlace]

    func page(in context: PageContext) -> Page {
        Page(
            title: place.name,
            breadcrumbs: [MapPage.crumb(context)],
            main: "\(facts(context))\(around(context))",
            source: PageSource(name: map.attribution[context.language]),
            width: .wide,
            actions: linkButton(context.text("여기까지 길찾기", "Way there"), place.wayLink)
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        let wheelchair: Bilingual? =
            switch place.wheelchair {
            case .yes: Bilingual("들어갈 수 있음", "Accessible")
            case .limited: Bilingual("도움이 있으면 들어갈 수 있음", "Accessible with help")
            case .no: Bilingual("들어갈 수 없음", "Not accessible")
            case nil: nil
            }
        return summaryList(
            SummaryList([
                .init(context.text("종류", "Kind"), "\(place.kind.title[context.language])"),
                .init(
                    context.text("주소", "Address"),
                    "\(place.address.isEmpty ? "–" : place.address)"
                ),
                .init(
                    context.text("휠체어", "Wheelchair"),
                    "\(wheelchair?[context.language] ?? context.text("알려지지 않음", "Unknown"))"
                ),
                .init(
                    context.text("위치(WGS 84)", "Position (WGS 84)"),
                    "\(place.position.latitude.decimals(6)), \(place.position.longitude.decimals(6))"
                ),
            ]),
            in: context
        )
    }

    private func around(_ context: PageContext) -> HTML {
        mapFrame(
            MapFrame(
                caption: ChartCaption(
                    id: "map",
                    title: context.text("위치와 가까운 곳", "Where it is, and what is near"),
                    summary: context.text(
                        "1번이 이곳입니다. 가까운 \(near.count)곳을 함께 보입니다.",
                        "Number 1 is this place, with \(near.count) more nearby."
                    )
                ),
                nameTitle: context.text("이름", "Name"),
                noteTitle: context.text("종류·주소", "Kind and address"),
                places: ([place] + near).map { $0.framed(in: context) }
            ),
            in: context
        )
    }
}
