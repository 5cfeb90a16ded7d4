import Basics
import Eligibility
import Programmes
import Web

/// The way in: the stages of life, and the programmes of one, narrowed.
struct StartPage: Sendable {
    static let link = Link("/childcare")

    /// The programmes; nil where the rules cannot be used.
    let filter: ProgrammeFilter?
    let offers: [String: ProgrammeOffer]
    let number: Int
    /// The list of every programme, imported catalogues included.
    let catalogueLink: Link
    /// Why there are no programmes.
    let failure: Bilingual?

    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("출산육아 만능키", "Childbirth and childcare"), link: link)
    }

    func page(in context: PageContext) -> Page {
        let title = context.text("출산육아 만능키", "Childbirth and childcare")
        guard let filter else {
            return Page(
                title: title,
                main: emptyState(
                    title: context.text("지금은 볼 수 없습니다", "This cannot be shown now"),
                    text: failure?[context.language] ?? ""
                )
            )
        }
        let panel = panel(filter, context)
        let found = filter.found
        let size = ProgrammeFilter.pageSize
        let shown = found.dropFirst((number - 1) * size).prefix(size)
        return Page(
            title: title,
            lead: HTML(
                text: context.text(
                    "결혼부터 일·생활균형까지, 우리 가족에게 무엇이 언제 오는지 한곳에서 봅니다.",
                    "From marriage to work and family: what comes for your family, and when."
                )
            ),
            main: """
                \(section(context.text("바로 하기", "Start here"), ways(context)))\
                \(section(
                    context.text("생애 단계로 찾기", "By stage of life"), id: "stages",
                    """
                    \(stages(filter, context))\(appliedFilters(panel, in: context))\
                    \(list(Array(shown), context))\
                    \(pagination(
                        Pagination(page: number, itemCount: found.count, pageSize: size),
                        in: context))
                    """))
                """,
            source: PageSource(
                name: context.text("시의 지원사업 규칙(Rules)", "The city's rules"),
                link: Link("/programmes")
            ),
            width: .wide,
            aside: filterPanel(panel, in: context)
        )
    }

    private func ways(_ context: PageContext) -> HTML {
        cardGrid([
            Card(
                title: context.text("우리 가족 시간표", "Our family's timeline"),
                link: TimelinePage.link,
                text: HTML(
                    text: context.text(
                        "예정일이나 생일로 언제 무엇을 신청할지 날짜까지 알려 드립니다.",
                        "What to apply for and on which day, from the due date or the birthdays."
                    )
                )
            ),
            Card(
                title: context.text("질문에 답하고 찾기", "Answer and find"),
                link: Childcare.collection.checkLink,
                text: HTML(
                    text: context.text(
                        "로그인하지 않아도 됩니다.",
                        "Nobody has to sign in."
                    )
                )
            ),
            Card(
                title: context.text("키즈카페 예약, 돌봄 시설", "Kids' cafés and care"),
                link: PlacesPage.link,
                text: HTML(
                    text: context.text(
                        "지도에서 찾고 회차를 예약합니다.",
                        "Find them on the map and book a session."
                    )
                )
            ),
            Card(
                title: context.text("모든 지원사업 검색", "Search every programme"),
                link: catalogueLink,
                text: HTML(
                    text: context.text(
                        "다른 기관의 목록까지 낱말로 찾습니다.",
                        "By words, the catalogues of other offices included."
                    )
                )
            ),
        ])
    }

    private func stages(_ filter: ProgrammeFilter, _ context: PageContext) -> HTML {
        let current = filter.query.stage
        let all = TabLink(
            title: context.text(
                "전체 \(filter.count(LifeStage?.none))",
                "All \(filter.count(LifeStage?.none))"
            ),
            link: context.link(setting: "stage", to: nil),
            isCurrent: current == nil
        )
        let tabs = LifeStage.allCases.map { stage in
            TabLink(
                title: "\(stage.title[context.language]) \(filter.count(stage))",
                link: context.link(setting: "stage", to: stage.rawValue),
                isCurrent: current == stage
            )
        }
        let summary: HTML? = current.map { "<p>\($0.summary[context.language])</p>" }
        return """
            \(tabLinks([all] + tabs, label: context.text("생애 단계", "Stages of life")))\(summary)
            """
    }

    private func list(_ programmes: [Programme], _ context: PageContext) -> HTML {
        guard !programmes.isEmpty else {
            return emptyState(
                title: context.text("맞는 사업이 없습니다", "No programme is left"),
                text: context.text("조건을 하나 빼 보세요.", "Remove a condition."),
                actions: [linkButton(context.text("모두 보기", "Show all"), Self.link)]
            )
        }
        let date = context.now.date
        return cardGrid(
            programmes.map { programme in
                let stages = LifeStage(of: programme).map { [$0] } ?? []
                let needs = ChildcareNeed.allCases.filter { programme.tags.contains($0.rawValue) }
                let words =
                    stages.map { $0.title[context.language] }
                    + needs.map { $0.title[context.language] }
                let isOpen = offers[programme.name]?.isOpen(on: date) == true
                return Card(
                    title: programme.title[context.language],
                    link: programme.link,
                    text: HTML(text: programme.summary[context.language]),
                    facts: words.map { HTML(text: $0) }
                        + [HTML(text: programme.provider[context.language])],
                    status: isOpen
                        ? StatusTag(context.text("여기서 신청", "Apply here"), kind: .active) : nil
                )
            }
        )
    }

    private func panel(_ filter: ProgrammeFilter, _ context: PageContext) -> FilterPanel {
        let language = context.language
        return FilterPanel(
            action: Self.link,
            facets: [
                FilterPanel.Facet(
                    name: "age",
                    title: context.text("아이 나이", "Age of the child"),
                    options: ChildAge.allCases.map { age in
                        FilterPanel.Option(
                            value: age.rawValue,
                            label: age.title[language],
                            count: filter.count(age),
                            isSelected: filter.query.ages.contains(age)
                        )
                    }
                ),
                FilterPanel.Facet(
                    name: "need",
                    title: context.text("필요한 것", "Need"),
                    options: ChildcareNeed.allCases.map { need in
                        FilterPanel.Option(
                            value: need.rawValue,
                            label: need.title[language],
                            count: filter.count(need),
                            isSelected: filter.query.needs.contains(need)
                        )
                    }
                ),
                FilterPanel.Facet(
                    name: "district",
                    title: context.text("자치구", "District"),
                    options: filter.districts.map { district in
                        FilterPanel.Option(
                            value: district.name,
                            label: district.label[language],
                            count: filter.count(district: district.name),
                            isSelected: filter.query.districts.contains(district.name)
                        )
                    },
                    isOpen: false
                ),
            ],
            kept: ["stage"]
        )
    }
}
