import Basics
import Web

/// The assets: search, narrow, take away, go to labels and import.
struct AssetListPage: Sendable {
    let query: AssetQuery
    let found: AssetPage
    let kinds: [AssetKindDescription]
    let organizations: [Organization]
    /// Whether the reader keeps assets of some organization.
    let isKeeper: Bool

    static let link = Link("/inventory")

    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("자산", "Assets"), link: link)
    }

    func page(in context: PageContext) -> Page {
        let panel = panel(context)
        let number = context.text("\(found.total.grouped)점", "\(found.total.grouped) assets")
        return Page(
            title: context.text("자산", "Assets"),
            lead: """
                <strong>\(number)</strong> · \(context.text(
                    "시가 가진 물건과 그 이력입니다.", "What the city owns, with its history."))
                """,
            main: """
                \(appliedFilters(panel, in: context))\(list(context))\
                \(pagination(
                    Pagination(
                        page: found.number, itemCount: found.total, pageSize: Assets.pageSize),
                    in: context))\(downloads(context))
                """,
            source: PageSource(name: context.text("각 기관의 자산 담당자", "Each organization's managers")),
            width: .wide,
            density: .operator,
            aside: filterPanel(panel, in: context),
            actions: isKeeper ? buttonRow(actions(context)) : nil
        )
    }

    private func actions(_ context: PageContext) -> [HTML] {
        kinds.map { kind in
            linkButton(
                context.text("\(kind.title.korean) 등록", "Enter: \(kind.title.english)"),
                Link("/inventory/new", query: [("kind", kind.kind.rawValue)]),
                style: .primary
            )
        } + [linkButton(context.text("파일로 등록", "Import"), Link("/inventory/import"))]
    }

    private func panel(_ context: PageContext) -> FilterPanel {
        let language = context.language
        return FilterPanel(
            action: Self.link,
            searchLabel: context.text("번호·이름·모델·일련번호", "Number, name, model, serial"),
            searchText: query.words,
            facets: [
                FilterPanel.Facet(
                    name: "kind",
                    title: context.text("종류", "Kind"),
                    values: kinds.map { ($0.kind.rawValue, $0.title[language]) },
                    counts: found.kindCounts,
                    chosen: Set(query.kinds.map(\.rawValue))
                ),
                FilterPanel.Facet(
                    name: "state",
                    title: context.text("상태", "State"),
                    values: AssetState.allCases.map { ($0.rawValue, $0.title[language]) },
                    counts: found.stateCounts,
                    chosen: Set(query.states.map(\.rawValue))
                ),
                .organizations(
                    organizations,
                    counts: found.organizationCounts,
                    chosen: query.organizations,
                    in: context
                ),
            ],
            kept: []
        )
    }

    private func list(_ context: PageContext) -> HTML {
        guard !found.assets.isEmpty else {
            return emptyState(
                title: context.text("찾은 자산이 없습니다", "No asset found"),
                text: context.text(
                    "낱말을 줄이거나 조건을 빼 보세요.",
                    "Use fewer words or remove a condition."
                ),
                actions: [linkButton(context.text("모든 자산 보기", "All assets"), Self.link)]
            )
        }
        let language = context.language
        let rows: [[HTML]] = found.assets.map { asset in
            [
                "<a href=\"\(asset.link)\">\(asset.number)</a>", "\(asset.name)",
                "\(kinds.first { $0.kind == asset.kind }?.title[language] ?? asset.kind.rawValue)",
                "\(asset.serial.orDash)",
                "\(organizations.first { $0.id == asset.organizationID }?.title[language] ?? "–")",
                "\(asset.spot.orDash)", asset.stateTag(in: context),
            ]
        }
        return table(
            DataTable(
                caption: context.text("찾은 자산", "Assets found"),
                hidesCaption: true,
                columns: [
                    .init(context.text("관리번호", "Number"), isRowHeader: true),
                    .init(context.text("이름", "Name")), .init(context.text("종류", "Kind")),
                    .init(context.text("일련번호", "Serial number")),
                    .init(context.text("기관", "Organization")),
                    .init(context.text("설치한 곳", "Where it stands")),
                    .init(context.text("상태", "State")),
                ],
                rows: rows
            ),
            in: context
        )
    }

    /// The same assets to take away: as a table, or as labels to print.
    private func downloads(_ context: PageContext) -> HTML {
        guard !found.assets.isEmpty else { return .empty }
        let formats = AssetFormat.allCases.map { format in
            linkButton(
                format.rawValue.uppercased(),
                Link("/inventory/download/\(format.rawValue)", query: context.query)
            )
        }
        let labels = linkButton(
            context.text("라벨 인쇄", "Print labels"),
            Link("/inventory/labels", query: context.query)
        )
        return section(
            context.text("내려받기와 라벨", "Download and labels"),
            buttonRow(formats + [labels])
        )
    }
}

extension Asset {
    /// The page of the asset.
    var link: Link { .path("inventory", id) }

    /// Where it is in its life, as a tag.
    func stateTag(in context: PageContext) -> HTML {
        let kind: StatusTag.Kind =
            switch state {
            case .planned: .planned
            case .installed: .neutral
            case .active: .active
            case .faulty: .attention
            case .retired: .done
            }
        return statusTag(StatusTag(state.title[context.language], kind: kind))
    }
}
