import Basics
import Web

/// One place: where it is, whose it is, what else is near.
struct PlaceDetailPage: Sendable {
    let place: Place
    let organization: Organization?
    let neighbors: [Place]

    func page(in context: PageContext) -> Page {
        let language = context.language
        return Page(
            title: place.title[language],
            breadcrumbs: [PlaceListPage.crumb(context)],
            lead: place.sampleTag(in: context).map { tag in
                """
                \(tag) \(context.text(
                    "이런 곳은 없습니다. 표본 도시를 위해 만들어 냈습니다.",
                    "There is no such place: it is made up for the sample city."))
                """
            },
            main: "\(facts(context))\(map(context))",
            source: PageSource(name: place.source.title[language]),
            width: .wide
        )
    }

    private func facts(_ context: PageContext) -> HTML {
        let language = context.language
        let district = District.named(place.district)
        let districtLink = Link("/places", query: [("district", place.district)])
        let people = Link("/people", query: [("organization", place.organizationID)])
        return summaryList(
            SummaryList([
                .init(context.text("종류", "Kind"), "\(place.kind.title[language])"),
                .init(
                    context.text("자치구", "District"),
                    district.map { "<a href=\"\(districtLink)\">\($0.name[language])</a>" } ?? "–"
                ),
                .init(
                    context.text("주소", "Address"),
                    "\(place.address.isEmpty ? "–" : place.address)"
                ),
                .init(
                    context.text("소관 기관", "Organization"),
                    """
                    <a href="\(people)">\
                    \(organization?.title[language] ?? place.organizationID)</a>
                    """
                ),
                .init(
                    context.text("위치(WGS 84)", "Position (WGS 84)"),
                    "\(place.latitude.decimals(4)), \(place.longitude.decimals(4))"
                ),
            ]),
            in: context
        )
    }

    private func map(_ context: PageContext) -> HTML {
        let language = context.language
        return mapFrame(
            MapFrame(
                caption: ChartCaption(
                    id: "map",
                    title: context.text("위치", "Where it is"),
                    summary: context.text(
                        "1번이 이곳입니다. 같은 자치구의 다른 곳 \(neighbors.count)곳을 함께 보입니다.",
                        "Number 1 is this place, with \(neighbors.count) more of its district."
                    )
                ),
                nameTitle: context.text("이름", "Name"),
                noteTitle: context.text("종류", "Kind"),
                places: ([place] + neighbors).map {
                    MapFrame.Place(
                        name: $0.title[language],
                        position: .init(longitude: $0.longitude, latitude: $0.latitude),
                        link: $0.id == place.id ? nil : $0.link,
                        note: "\($0.kind.title[language])"
                    )
                }
            ),
            in: context
        )
    }
}
