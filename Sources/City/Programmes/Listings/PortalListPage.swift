import Basics
import City
import Eligibility
import Hosting
import Korean
import Web

/// The programmes and listings of a portal: search, choose, look one up.
struct PortalListPage: Sendable {
    /// Entries on one page.
    static let pageSize = 20

    let routes: ListingRoutes
    let query: PortalQuery
    let selection: PortalSelection
    /// What was searched; nothing where there were no words.
    let search: SubstringSearch?
    /// Why there are no programmes of the rules, where the rules cannot be used.
    let failure: Bilingual?
    /// What the programmes say to the reader, by name; empty where they answered nothing.
    let verdicts: [String: Verdict]
    let pageNumber: Int
    let today: LocalDate

    func page(in context: PageContext) -> Page {
        let panel = panel(context)
        let count = selection.entries.count
        let pagination = Pagination(
            page: min(pageNumber, max(1, (count + Self.pageSize - 1) / Self.pageSize)),
            itemCount: count,
            pageSize: Self.pageSize
        )
        let judged = selection.entries.count(where: \.isJudged)
        return Page(
            title: context.text("지원사업 찾기", "Find a programme"),
            breadcrumbs: breadcrumbs(context),
            lead: """
                <strong>\(context.text("\(count.grouped)건", "\(count.grouped) programmes"))</strong> · \
                \(context.text(
                    "이 가운데 \(judged.grouped)건은 여기서 바로 자격을 확인할 수 있습니다.",
                    "\(judged.grouped) of them can be checked right here."))
                """,
            main: """
                \(failureBanner(context))\(appliedFilters(panel, in: context))\
                \(alsoSearched(search?.alternatives ?? [], in: context))\
                \(list(pagination, context))\(Web.pagination(pagination, in: context))
                """,
            source: PageSource(
                name: context.text(
                    "시의 판정 규칙과 공개된 지원사업 목록",
                    "The rules of the city and published catalogues"
                )
            ),
            width: .wide,
            aside: filterPanel(panel, in: context),
            actions: buttonRow([
                linkButton(
                    context.text("내게 맞는 지원 찾기", "Find what fits me"),
                    routes.collection.checkLink,
                    style: .primary
                )
            ])
        )
    }

    /// The way up to the portal; the list of every programme is itself at the top.
    private func breadcrumbs(_ context: PageContext) -> [Breadcrumb] {
        let portal = Link(routes.collection.base)
        guard portal != routes.link else { return [] }
        return [Breadcrumb(title: routes.collection.title[context.language], link: portal)]
    }

    private func failureBanner(_ context: PageContext) -> HTML? {
        failure.map {
            notificationBanner(NotificationBanner(kind: .warning, title: $0[context.language]))
        }
    }

    // MARK: Conditions

    private func panel(_ context: PageContext) -> FilterPanel {
        let language = context.language
        func facet(
            _ property: PortalQuery.Property,
            _ title: Bilingual,
            _ values: [(value: String, label: String)],
            isOpen: Bool = true
        ) -> FilterPanel.Facet {
            FilterPanel.Facet(
                name: property.rawValue,
                title: title[language],
                values: values,
                counts: selection.counts[property] ?? [:],
                chosen: query.chosen[property] ?? [],
                isOpen: isOpen
            )
        }
        let states: [KeptListing.State] = [.current, .past, .ended]
        return FilterPanel(
            action: routes.link,
            searchLabel: context.text("사업 이름이나 내용", "Name or content"),
            searchText: query.words,
            facets: [
                facet(
                    .judged,
                    Bilingual("자격 확인", "Eligibility"),
                    [
                        ("yes", context.text("여기서 바로 확인", "Checked here")),
                        ("no", context.text("담당 누리집에서 확인", "On its own site")),
                    ]
                ),
                facet(
                    .category,
                    Bilingual("분야", "Field"),
                    routes.categories.map { ($0.id, $0.title[language]) }
                ),
                facet(
                    .provider,
                    Bilingual("제공 기관", "Provider"),
                    ListingProvider.allCases.map { ($0.rawValue, $0.title[language]) }
                ),
                facet(
                    .age,
                    Bilingual("신청자 나이", "Age"),
                    PortalQuery.ageGroups.map { (PortalQuery.name($0), $0.text[language]) },
                    isOpen: false
                ),
                facet(
                    .district,
                    Bilingual("사는 자치구", "District"),
                    District.all.map { ($0.code, $0.name[language]) },
                    isOpen: false
                ),
                facet(
                    .state,
                    Bilingual("상태", "State"),
                    states.map { ($0.rawValue, $0.title[language]) },
                    isOpen: false
                ),
            ],
            kept: []
        )
    }

    // MARK: List

    private func list(_ pagination: Pagination, _ context: PageContext) -> HTML {
        guard !selection.entries.isEmpty else {
            return emptyState(
                title: context.text("찾은 사업이 없습니다", "No programme found"),
                text: context.text(
                    "낱말을 줄이거나 조건을 빼 보세요. 지난 공고와 끝난 사업은 ‘상태’에서 고를 수 있습니다.",
                    "Use fewer words or conditions. Past notices are under State."
                ),
                actions: [linkButton(context.text("모두 보기", "Show all"), routes.link)]
            )
        }
        let first = (pagination.page - 1) * Self.pageSize
        let shown = selection.entries.dropFirst(first).prefix(Self.pageSize)
        // The cards' titles are of the third level.
        return """
            <h2 class="unseen">\(context.text("찾은 사업", "Programmes found"))</h2>\
            \(cardGrid(shown.map { card($0, context) }))
            """
    }

    private func card(_ entry: ProgrammeEntry, _ context: PageContext) -> Card {
        let language = context.language
        var facts: [HTML] = [HTML(text: entry.providerTitle[language])]
        let fields = routes.categories.filter(entry.isOf).map { $0.title[language] }
        if !fields.isEmpty { facts.append(HTML(text: fields.joined(separator: " · "))) }
        if let ages = entry.ages { facts.append(HTML(text: ages.text[language])) }
        if case .listing(let kept) = entry.content, kept.isSample {
            facts.append(HTML(text: context.text("표본", "Sample")))
        }
        let summary = entry.summary[language]
        let short = summary.count > 90 ? summary.prefix(90) + "…" : summary[...]
        return Card(
            title: entry.title[language],
            link: entry.link,
            text: summary.isEmpty ? nil : HTML(text: String(short)),
            facts: facts,
            status: status(entry, context)
        )
    }

    private func status(_ entry: ProgrammeEntry, _ context: PageContext) -> StatusTag {
        let state = entry.state(on: today)
        if state != .current {
            return StatusTag(
                state.title[context.language],
                kind: state == .ended ? .refused : .attention
            )
        }
        guard case .programme(let programme) = entry.content else {
            return StatusTag(context.text("담당 누리집에서 확인", "On its own site"), kind: .neutral)
        }
        guard let version = programme.version(on: today), version.paused == nil else {
            return Verdict.notInForce.status(.closed, context)
        }
        return verdicts[programme.name].map { $0.status(.unknown, context) }
            ?? StatusTag(context.text("자격 바로 확인", "Check here"), kind: .active)
    }
}
