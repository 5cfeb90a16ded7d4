import Basics
import Eligibility
import Web

/// All programmes: search, narrow, go to one.
struct ProgrammeListPage: Sendable {
    let query: ProgrammeQuery
    let found: ProgrammeQuery.Found
    /// The offices that run programmes, those with most first.
    let providers: [Bilingual]
    let number: Int
    /// Why there are none, where the rules cannot be used.
    let failure: Bilingual?
    /// What the programmes say to the reader, by name; empty where they answered nothing.
    let verdicts: [String: Verdict]
    let date: LocalDate

    static func providers(_ catalogue: RuleCatalogue) -> [Bilingual] {
        let counts = catalogue.programmes.reduce(into: [Bilingual: Int]()) {
            $0[$1.provider, default: 0] += 1
        }
        return counts.sorted { ($1.value, $0.key.korean) < ($0.value, $1.key.korean) }.map(\.key)
    }

    func page(in context: PageContext) -> Page {
        let panel = panel(context)
        let total = found.programmes.count
        return Page(
            title: context.text("지원사업", "Programmes"),
            lead: """
                <strong>\(context.text("\(total.grouped)개", "\(total.grouped) programmes"))</strong> · \
                \(context.text(
                    "질문에 답하면 받을 수 있는 것을 찾아 드립니다.",
                    "Answer a few questions to find what you can get."))
                """,
            main: "\(appliedFilters(panel, in: context))\(list(context))",
            width: .wide,
            aside: filterPanel(panel, in: context),
            actions: buttonRow([
                linkButton(
                    context.text("내게 맞는 지원 찾기", "Find what fits me"),
                    ProgrammeCollection.all.checkLink,
                    style: .primary
                )
            ])
        )
    }

    private func list(_ context: PageContext) -> HTML {
        if let failure {
            return notificationBanner(
                NotificationBanner(kind: .warning, title: failure[context.language])
            )
        }
        guard !found.programmes.isEmpty else {
            return emptyState(
                title: context.text("찾은 사업이 없습니다", "Nothing was found"),
                text: context.text(
                    "다른 말로 찾거나 조건을 줄여 보세요.",
                    "Try other words or fewer conditions."
                )
            )
        }
        let size = ProgrammeQuery.pageSize
        let page = Pagination(page: number, itemCount: found.programmes.count, pageSize: size)
        let shown = found.programmes.dropFirst((min(page.page, page.pageCount) - 1) * size)
            .prefix(size)
        return """
            <h2 class="unseen">\(context.text("사업 목록", "List of programmes"))</h2>\
            \(cardGrid(shown.map { card($0, context) }))\(pagination(page, in: context))
            """
    }

    private func card(_ programme: Programme, _ context: PageContext) -> Card {
        let language = context.language
        return Card(
            title: programme.title[language],
            link: programme.link,
            text: HTML(text: programme.summary[language]),
            facts: [HTML(text: programme.provider[language])]
                + programme.tags.map { HTML(text: ProgrammeTag.title($0)[language]) },
            status: status(programme, context)
        )
    }

    private func status(_ programme: Programme, _ context: PageContext) -> StatusTag? {
        let version = programme.version(on: date)
        guard let version, version.paused == nil else {
            return Verdict.notInForce.status(.closed, context)
        }
        return verdicts[programme.name].map { $0.status(.unknown, context) }
    }

    private func panel(_ context: PageContext) -> FilterPanel {
        let language = context.language
        let tags = found.tagCounts.merging(query.tags.map { ($0, 0) }) { first, _ in first }
        return FilterPanel(
            action: Link("/programmes"),
            searchLabel: context.text("사업 이름·내용", "Name and content"),
            searchText: query.words,
            facets: [
                FilterPanel.Facet(
                    name: "tag",
                    title: context.text("분야", "Field"),
                    values: tags.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                        ($0.key, ProgrammeTag.title($0.key)[language])
                    },
                    counts: tags,
                    chosen: query.tags
                ),
                FilterPanel.Facet(
                    name: "provider",
                    title: context.text("하는 곳", "Office"),
                    values: providers.map { ($0.korean, $0[language]) },
                    counts: found.providerCounts,
                    chosen: query.providers,
                    leavesOutEmpty: true
                ),
            ],
            kept: []
        )
    }
}
