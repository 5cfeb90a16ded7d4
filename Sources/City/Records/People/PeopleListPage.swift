import Basics
import Hosting
import Korean
import Web

/// The staff directory: search by duty or department, choose an organization.
struct PeopleListPage: Sendable {
    let query: PeopleQuery
    let found: PeoplePage
    let organizations: [Organization]
    /// What was searched; nothing where there were no words.
    let search: SubstringSearch?
    /// Whether the reader keeps entries of some organization.
    let isKeeper: Bool

    static let link = Link("/people")

    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("직원·업무 안내", "Staff directory"), link: link)
    }

    func page(in context: PageContext) -> Page {
        let panel = panel(context)
        let number = context.text("\(found.total.grouped)명", "\(found.total.grouped) entries")
        return Page(
            title: context.text("직원·업무 안내", "Staff directory"),
            lead: """
                <strong>\(number)</strong> · \(context.text(
                    "담당업무로 찾아 사무실로 전화할 수 있습니다.",
                    "Find who is in charge and call the office."))
                """,
            main: """
                \(appliedFilters(panel, in: context))\
                \(alsoSearched(search?.alternatives ?? [], in: context))\(list(context))\
                \(pagination(
                    Pagination(
                        page: found.number, itemCount: found.total, pageSize: People.pageSize),
                    in: context))
                """,
            source: PageSource(
                name: context.text("각 기관이 적은 업무 연락처", "Work contacts kept by each organization")
            ),
            width: .wide,
            aside: filterPanel(panel, in: context),
            actions: isKeeper
                ? linkButton(
                    context.text("직원 더하기", "Add an entry"),
                    Link("/people/new"),
                    style: .primary
                ) : nil
        )
    }

    private func panel(_ context: PageContext) -> FilterPanel {
        FilterPanel(
            action: Self.link,
            searchLabel: context.text("담당업무·부서·이름", "Duty, department, name"),
            searchText: query.words,
            facets: [
                .organizations(
                    organizations,
                    counts: found.organizationCounts,
                    chosen: query.organizations,
                    in: context
                )
            ],
            kept: []
        )
    }

    private func list(_ context: PageContext) -> HTML {
        guard !found.people.isEmpty else {
            return emptyState(
                title: context.text("찾은 직원이 없습니다", "Nobody found"),
                text: context.text(
                    "업무를 한 낱말로 적어 보세요. 예: 여권, 가로등, 어린이집",
                    "Try one word for the matter, such as passports or street lights."
                ),
                actions: [linkButton(context.text("모두 보기", "Everybody"), Self.link)]
            )
        }
        let names = Dictionary(
            organizations.map { ($0.id, $0.title[context.language]) },
            uniquingKeysWith: { first, _ in first }
        )
        let rows: [[HTML]] = found.people.map { person in
            [
                "<a href=\"\(person.link)\">\(person.duty)</a>",
                "\(names[person.organizationID] ?? person.organizationID) \(person.department)",
                "<span>\(person.position) \(person.name)\(person.sampleTag(in: context))</span>",
                "\(person.telephone)",
            ]
        }
        return table(
            DataTable(
                caption: context.text("찾은 직원", "Entries found"),
                hidesCaption: true,
                columns: [
                    .init(context.text("담당업무", "Duties"), isRowHeader: true),
                    .init(context.text("부서", "Department")),
                    .init(context.text("담당자", "In charge")),
                    .init(context.text("전화", "Telephone")),
                ],
                rows: rows
            ),
            in: context
        )
    }
}

extension Person {
    /// The page of the entry.
    var link: Link { .path("people", id) }

    /// Says that the entry is made up, where it is.
    func sampleTag(in context: PageContext) -> HTML? {
        guard isSample else { return nil }
        return " \(statusTag(StatusTag(context.text("표본", "Sample"), kind: .neutral)))"
    }
}
