import Basics
import Hosting
import Korean
import Web

/// The listing of projects: what was asked, what was found, how it can be narrowed.
struct ListingPage {
    var query: ProjectQuery
    var projects: [PlannedProject]
    var count: Int
    var sum: Won
    var facets: [FilterPanel.Facet]
    var isSignedIn: Bool
    var updatedAt: Instant?
    /// The order of the projects, as it came out.
    var order: ProjectOrder
    /// What was searched; nothing where there were no words.
    var search: SubstringSearch?

    func page(in context: PageContext) -> Page {
        let panel = FilterPanel(
            action: Places.projects,
            searchLabel: context.text("사업 검색", "Search projects"),
            searchText: query.text,
            facets: facets
        )
        let title = context.text("정보화사업 찾기", "Informatization projects")
        return Page(
            title: title,
            breadcrumbs: [Places.home(context)],
            lead: lead(context),
            main: """
                \(appliedFilters(panel, in: context))\
                \(alsoSearched(search?.alternatives ?? [], in: context))\(results(context))\
                \(pagination(
                    Pagination(page: query.page, itemCount: count, pageSize: ProjectQuery.pageSize),
                    in: context))\(keeping(context))
                """,
            source: Places.source(context, updatedAt: updatedAt),
            alternates: [
                .atom(title: title, link: Link("/procurement/feed", query: query.conditionPairs))
            ],
            width: .wide,
            aside: filterPanel(panel, in: context)
        )
    }

    private func lead(_ context: PageContext) -> HTML {
        let number = context.text("\(count.grouped)건", "\(count.grouped) projects")
        return """
            <strong>\(number)</strong> · \(context.text("사업비", "budget")) \
            <strong>\(money(sum, in: context))</strong>
            """
    }

    private func results(_ context: PageContext) -> HTML {
        guard !projects.isEmpty else {
            return emptyState(
                title: context.text("찾은 사업이 없습니다", "No project found"),
                text: context.text(
                    "낱말을 줄이거나 조건을 빼 보세요. 띄어쓰기는 달라도 찾습니다.",
                    "Use fewer words or remove a condition. Spacing does not matter."
                ),
                actions: [
                    linkButton(context.text("모든 사업 보기", "All projects"), Places.projects)
                ]
            )
        }
        return orderLinks(context)
            + table(
                DataTable(
                    caption: context.text("찾은 사업", "Projects found"),
                    hidesCaption: true,
                    columns: [
                        .init(context.text("사업명", "Project"), isRowHeader: true),
                        .init(context.text("기관", "Agency")), .init(context.text("유형", "Type")),
                        .init(context.text("발주시기", "Order time")),
                        .init(context.text("사업비", "Budget"), isNumeric: true),
                    ],
                    rows: projects.map { row($0, context) }
                ),
                in: context
            )
    }

    private func orderLinks(_ context: PageContext) -> HTML {
        tabLinks(
            ProjectOrder.allCases.filter { $0 != .relevance || !query.text.isEmpty }.map { order in
                TabLink(
                    title: order.title[context.language],
                    link: context.link(
                        setting: "sort",
                        to: order == query.usualOrder ? nil : order.rawValue
                    ),
                    isCurrent: order == self.order
                )
            },
            label: context.text("정렬", "Order")
        )
    }

    private func title(_ project: PlannedProject, _ language: Language) -> HTML {
        let title = project.title(language)
        return markedText(title, marks: search?.highlights(in: title) ?? [])
    }

    private func row(_ project: PlannedProject, _ context: PageContext) -> [HTML] {
        let language = context.language
        let technologies = project.sortedTechnologies.map { $0.label[language] }
        let tags: HTML =
            technologies.isEmpty
            ? "" : " <small>\(technologies.joined(separator: " · "))</small>"
        return [
            "<a href=\"\(Places.project(project))\">\(title(project, language))</a>\(tags)",
            "\(Places.agencyName(project, language))", "\(project.type.label[language])",
            "\(Places.orderText(project.order)[language])", money(project.budget, in: context),
        ]
    }

    /// Save the search, subscribe, download.
    private func keeping(_ context: PageContext) -> HTML {
        let pairs = query.conditionPairs
        func download(_ text: String, _ format: String) -> HTML {
            linkButton(text, Link("/procurement/projects.\(format)", query: pairs))
        }
        return section(
            context.text("이 결과 간직하기", "Keep this result"),
            buttonRow([
                download("CSV", "csv"), download("XLSX", "xlsx"), download("OCDS", "json"),
                linkButton("Atom", Link("/procurement/feed", query: pairs)),
                linkButton(
                    context.text("발주 일정(iCalendar)", "Order dates (iCalendar)"),
                    Link("/procurement/calendar", query: pairs)
                ),
            ]) + saveForm(context)
        )
    }

    private func saveForm(_ context: PageContext) -> HTML {
        guard isSignedIn else {
            return """
                <p><a href="\(Link("/sign-in", query: [("return", returnPath)]))">\
                \(context.text("로그인하면 검색을 저장하고 새 사업 알림을 받을 수 있습니다.",
                    "Sign in to save the search and be told of new projects."))</a></p>
                """
        }
        return form(action: Link("/procurement/searches"), context: context) {
            """
            \(hiddenField("query", Link("", query: query.conditionPairs).target))\
            \(formField(
                FormField(
                    name: "name", label: context.text("이 검색을 저장할 이름", "Name for this search"),
                    values: [suggestedName(context.language)],
                    maximumLength: SavedSearch.maximumNameLength), in: context))\
            \(button(context.text("검색 저장", "Save search"), style: .secondary))
            """
        }
    }

    private var returnPath: String { Link("/procurement/projects", query: query.pairs).target }

    private func suggestedName(_ language: Language) -> String {
        var words = query.text.isEmpty ? [] : [query.text]
        for facet in facets {
            words += facet.options.filter(\.isSelected).prefix(2).map(\.label)
        }
        let name = words.joined(separator: " · ")
        return name.isEmpty
            ? (language == .korean ? "모든 사업" : "All projects")
            : String(name.prefix(SavedSearch.maximumNameLength))
    }
}
