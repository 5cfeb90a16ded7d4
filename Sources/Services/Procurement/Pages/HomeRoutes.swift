import Basics
import Facets
import Identity
import Web

/// The portal's own front page.
struct HomeRoutes {
    let desk: PortalDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/procurement") { incoming in
            let result = try desk.catalogue.answer(ProjectQuery())
            return HomePage(
                count: result.count,
                sum: result.sum,
                newTechnology: result.facets.first {
                    $0.name == ProjectFacet.newTechnology.rawValue
                }?.value("true")?.total,
                isOfficer: UploadRoutes.access.allows(incoming.actor) == .allowed,
                isSignedIn: incoming.actor.account != nil,
                updatedAt: result.updatedAt
            ).page(in: incoming.page)
        }
    }
}

/// The portal's front page: one search box, the figures, the ways on.
struct HomePage: Sendable {
    var count: Int
    var sum: Won
    var newTechnology: FacetTotal?
    var isOfficer: Bool
    var isSignedIn: Bool
    var updatedAt: Instant?

    func page(in context: PageContext) -> Page {
        let field = FormField(
            name: "q",
            label: context.text("어떤 사업을 찾으세요?", "What are you looking for?"),
            control: .text(.search),
            hint: context.text("예: 챗봇, 지능형 CCTV 노원", "For example 챗봇, 지능형 CCTV 노원")
        )
        return Page(
            title: context.text("정보화사업 발주정보", "Informatization projects"),
            lead: HTML(
                text: context.text(
                    "시와 자치구, 투자·출연기관이 한 해에 발주할 정보화사업을 모두 공개합니다.",
                    "Every project that city, districts and agencies will order in the year."
                )
            ),
            main: """
                \(form(action: Places.projects, method: .get, context: context) {
                    "\(formField(field, in: context))\(button(context.text("찾기", "Search")))"
                })\(figures(context))\(cardGrid(doors(context)))
                """,
            source: Places.source(context, updatedAt: updatedAt),
            width: .wide
        )
    }

    private func figures(_ context: PageContext) -> HTML {
        var figures = [
            KeyFigure(
                label: context.text("공개된 사업", "Projects"),
                value: count.grouped,
                unit: context.text("건", ""),
                link: Places.projects
            ),
            KeyFigure(
                label: context.text("사업비", "Budget"),
                value: sum.text(context.language),
                link: Places.projects
            ),
        ]
        if let newTechnology, count > 0, sum.amount > 0 {
            let byBudget = Double(newTechnology.sum) / Double(sum.amount) * 100
            let byCount = Double(newTechnology.count) / Double(count) * 100
            figures.append(
                KeyFigure(
                    label: context.text("신기술 비중(사업비)", "New technology, by budget"),
                    value: byBudget.decimals(1) + "%",
                    note: HTML(
                        text: context.text(
                            "사업 수로는 \(byCount.decimals(1))%",
                            "\(byCount.decimals(1))% by count"
                        )
                    ),
                    link: Places.listing([("newTechnology", "true")])
                )
            )
        }
        return keyFigures(figures)
    }

    private func doors(_ context: PageContext) -> [Card] {
        func card(_ korean: String, _ english: String, _ path: String) -> Card {
            Card(title: context.text(korean, english), link: Link(path))
        }
        var doors = [
            card("한 해의 보고서", "The year's report", "/procurement/report"),
            card("숫자 맞춰 보기", "Do the figures close?", "/procurement/consistency"),
            card("계획 발행 내역", "Published plans", "/procurement/editions"),
        ]
        if isSignedIn { doors.append(card("내 관심사업", "What I follow", "/procurement/mine")) }
        if isOfficer { doors.append(card("계획 올리기", "Upload a plan", "/procurement/uploads")) }
        return doors
    }
}
