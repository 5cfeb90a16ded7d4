import Basics
import Web

/// A person's followed projects and saved searches.
struct MinePage: Sendable {
    var followed: [(String, PlannedProject?)]
    var searches: [(SavedSearch, Int)]

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("내 관심사업", "What I follow"),
            breadcrumbs: [Places.home(context)],
            main: """
                \(projects(context))\(saved(context))\
                <p><a href="\(Link("/notices"))">\(context.text(
                    "바뀐 것은 알림으로 받습니다", "Changes arrive as notices"))</a></p>
                """,
            width: .wide
        )
    }

    private func projects(_ context: PageContext) -> HTML {
        let title = context.text("관심사업", "Followed projects")
        guard !followed.isEmpty else {
            return section(
                title,
                emptyState(
                    title: context.text("관심사업이 없습니다", "Nothing followed yet"),
                    text: context.text(
                        "사업 화면에서 ‘관심사업 등록’을 누르면 바뀔 때 알려 드립니다.",
                        "Press Follow on a project's page to be told when it changes."
                    ),
                    actions: [
                        linkButton(context.text("사업 찾기", "Find projects"), Places.projects)
                    ]
                )
            )
        }
        let rows: [[HTML]] = followed.map { reference, project in
            let unfollow = form(action: Link("/procurement/follows"), context: context) {
                """
                \(hiddenField("reference", reference))\(hiddenField("follow", "no"))\
                \(hiddenField("from", "mine"))\
                \(button(context.text("관심 해제", "Unfollow"), style: .quiet))
                """
            }
            guard let project else {
                let gone = StatusTag(
                    context.text("계획에서 빠짐", "No longer planned"),
                    kind: .refused
                )
                return ["\(reference)", "", statusTag(gone), "", unfollow]
            }
            return [
                "<a href=\"\(Places.project(project))\">\(project.title(context.language))</a>",
                "\(Places.agencyName(project, context.language))",
                Places.statusTag(project.status, context.language),
                money(project.budget, in: context), unfollow,
            ]
        }
        return titledTable(
            title,
            columns: [
                .init(context.text("사업명", "Project"), isRowHeader: true),
                .init(context.text("기관", "Agency")), .init(context.text("상태", "State")),
                .init(context.text("사업비", "Budget"), isNumeric: true),
                .init(context.text("관심 해제", "Unfollow")),
            ],
            rows: rows,
            in: context
        )
    }

    private func saved(_ context: PageContext) -> HTML {
        let title = context.text("저장한 검색", "Saved searches")
        let rows: [[HTML]] = searches.map { search, hits in
            let link = Link("/procurement/projects?\(search.query)")
            let remove = form(action: Link("/procurement/searches/remove"), context: context) {
                """
                \(hiddenField("search", search.id))\
                \(button(context.text("지우기", "Remove"), style: .quiet))
                """
            }
            return [
                "<a href=\"\(link)\">\(search.name)</a>", "\(hits.grouped)",
                "<a href=\"\(Link("/procurement/feed?\(search.query)"))\">Atom</a>", remove,
            ]
        }
        return titledTable(
            title,
            columns: [
                .init(context.text("이름", "Name"), isRowHeader: true),
                .init(context.text("사업 수", "Projects"), isNumeric: true),
                .init(context.text("구독", "Feed")), .init(context.text("지우기", "Remove")),
            ],
            rows: rows,
            emptyText: context.text(
                "저장한 검색이 없습니다. 목록 아래에서 저장할 수 있습니다.",
                "None yet. Save one below a listing."
            ),
            in: context
        )
    }
}
