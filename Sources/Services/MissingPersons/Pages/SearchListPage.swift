import Basics
import Store
import Web

/// The searches somebody may know of.
struct SearchListPage: Sendable {
    let cases: [SearchCase]
    let total: Int
    let number: Int
    let maySearch: Bool
    let now: Instant

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("실종자 수색", "Missing persons"),
            lead: """
                \(context.text(
                    "영상은 승인된 사건 안에서만 찾습니다. 누가 무엇을 보았는지 모두 기록됩니다.",
                    "Footage is searched inside an approved case only. Every look is written down."))
                """,
            main: """
                \(list(context))\
                \(pagination(
                    Pagination(page: number, itemCount: total, pageSize: SearchCases.pageSize),
                    in: context))
                """,
            width: .wide,
            density: .operator,
            actions: maySearch
                ? buttonRow([
                    linkButton(context.text("수색 접수", "Open a search"), Ways.new, style: .primary)
                ]) : nil
        )
    }

    private func list(_ context: PageContext) -> HTML {
        titledTable(
            context.text("사건", "Cases"),
            columns: [
                .init(context.text("사건번호", "Number"), isRowHeader: true),
                .init(context.text("상태", "State")), .init(context.text("유형", "Who")),
                .init(context.text("신고번호", "Report")), .init(context.text("범위", "Area")),
                .init(context.text("접수", "Opened")), .init(context.text("만료", "Until")),
            ],
            rows: cases.map { search in
                let isOver = search.state == .open && search.expiresAt <= now
                return [
                    "<a href=\"\(Ways.search(search.id))\">\(search.number)</a>",
                    """
                    \(search.state.tag(context))\(isOver
                        ? statusTag(StatusTag(context.text("기간 끝남", "Run out"), kind: .attention))
                        : .empty)
                    """,
                    "\(search.kind.title[context.language])", "\(search.reportNumber)",
                    "\(search.areaTitle[context.language])",
                    dateText(search.createdAt, in: context),
                    dateText(search.expiresAt, in: context),
                ]
            },
            emptyText: context.text("볼 수 있는 사건이 없습니다.", "There is no case for you to see."),
            in: context
        )
    }
}

extension SearchCase {
    /// Where it is searched, in words.
    var areaTitle: Bilingual {
        cameras.map {
            Bilingual("카메라 \($0.value.count)대", "\($0.value.count) cameras")
        } ?? Bilingual("도시 전체", "The whole city")
    }
}
