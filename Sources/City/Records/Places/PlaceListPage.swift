import Basics
import Hosting
import Korean
import Web

/// The places of the city: search, choose, look at the districts.
struct PlaceListPage: Sendable {
    let query: PlaceQuery
    let found: PlacePage
    /// What was searched; nothing where there were no words.
    let search: SubstringSearch?

    static let link = Link("/places")

    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("장소", "Places"), link: link)
    }

    func page(in context: PageContext) -> Page {
        let panel = panel(context)
        let number = context.text("\(found.total.grouped)곳", "\(found.total.grouped) places")
        return Page(
            title: context.text("장소", "Places"),
            lead: "<strong>\(number)</strong>",
            main: """
                \(appliedFilters(panel, in: context))\
                \(alsoSearched(search?.alternatives ?? [], in: context))\(list(context))\
                \(pagination(
                    Pagination(
                        page: found.number, itemCount: found.total, pageSize: Places.pageSize),
                    in: context))\(map(context))
                """,
            source: PageSource(
                name: context.text(
                    "공개된 청사 정보와 소관 기관의 등록",
                    "Public records and what organizations entered"
                ),
                link: Link("/api/places")
            ),
            width: .wide,
            aside: filterPanel(panel, in: context)
        )
    }

    private func panel(_ context: PageContext) -> FilterPanel {
        let language = context.language
        let named = Set(PlaceKind.named)
        let others = found.kindCounts.keys.map(PlaceKind.init).filter { !named.contains($0) }
        let kinds = PlaceKind.named + others.sorted { $0.rawValue < $1.rawValue }
        return FilterPanel(
            action: Self.link,
            searchLabel: context.text("이름이나 주소", "Name or address"),
            searchText: query.words,
            facets: [
                FilterPanel.Facet(
                    name: "kind",
                    title: context.text("종류", "Kind"),
                    values: kinds.map { ($0.rawValue, $0.title[language]) },
                    counts: found.kindCounts,
                    chosen: Set(query.kinds.map(\.rawValue))
                ),
                FilterPanel.Facet(
                    name: "district",
                    title: context.text("자치구", "District"),
                    values: District.all.map { ($0.code, $0.name[language]) },
                    counts: found.districtCounts,
                    chosen: query.districts
                ),
            ],
            kept: []
        )
    }

    private func list(_ context: PageContext) -> HTML {
        guard !found.places.isEmpty else {
            return emptyState(
                title: context.text("찾은 곳이 없습니다", "No place found"),
                text: context.text(
                    "낱말을 줄이거나 조건을 빼 보세요.",
                    "Use fewer words or remove a condition."
                ),
                actions: [linkButton(context.text("모든 장소 보기", "All places"), Self.link)]
            )
        }
        let language = context.language
        let rows: [[HTML]] = found.places.map { place in
            [
                "<a href=\"\(place.link)\">\(place.title[language])</a>",
                "\(place.kind.title[language])",
                "\(District.named(place.district)?.name[language] ?? "–")",
                "\(place.address.isEmpty ? "–" : place.address)",
                place.sampleTag(in: context) ?? "",
            ]
        }
        return table(
            DataTable(
                caption: context.text("찾은 곳", "Places found"),
                hidesCaption: true,
                columns: [
                    .init(context.text("이름", "Name"), isRowHeader: true),
                    .init(context.text("종류", "Kind")),
                    .init(context.text("자치구", "District")),
                    .init(context.text("주소", "Address")), .init(context.text("표시", "Mark")),
                ],
                rows: rows
            ),
            in: context
        )
    }

    /// How many places of the query each district has; the filter beside it says the same in a list.
    private func map(_ context: PageContext) -> HTML {
        let most = max(1, found.districtCounts.values.max() ?? 1)
        let tiles = District.all.map { district in
            let count = found.districtCounts[district.code] ?? 0
            return TileMap.Tile(
                name: district.name[context.language],
                column: district.tile.column,
                row: district.tile.row,
                level: count == 0 ? 0 : 1 + min(2, count * 3 / (most + 1)),
                value: context.text("\(count.grouped)곳", count.grouped),
                link: context.link(setting: "district", to: district.code)
            )
        }
        let title = context.text("자치구마다 몇 곳인가", "How many in each district")
        return TileMap(tiles: tiles, title: title).html(in: context)
    }
}

extension Place {
    /// The page of the place.
    var link: Link { .path("places", id) }

    /// Says that the place is made up, where it is.
    func sampleTag(in context: PageContext) -> HTML? {
        source == .sample
            ? statusTag(StatusTag(context.text("표본", "Sample"), kind: .neutral)) : nil
    }
}

extension District {
    /// The district of a code, or nothing.
    public static func named(_ code: String) -> District? { all.first { $0.code == code } }
}
