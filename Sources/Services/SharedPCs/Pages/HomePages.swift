import Basics
import City
import Identity
import Store
import Web

/// Where people begin: who may have a machine, how it goes, where to apply.
struct HomePage: Sendable {
    let statistics: SharedPCStatistics
    let isWorkshop: Bool

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("사랑의 PC", "Shared PCs"),
            lead: """
                \(context.text(
                    "공공기관과 기업이 기증한 컴퓨터를 깨끗이 지우고 고쳐서, 컴퓨터가 없는 이웃에게 드립니다.",
                    "Computers of offices and companies, wiped and mended, for neighbours who have none."))
                """,
            main: """
                \(actions(context))\(figures(context))\(who(context))\(how(context))\
                \(trust(context))
                """,
            source: PageSource(name: context.text("사랑의 PC 정비소", "The workshop")),
            actions: isWorkshop
                ? linkButton(context.text("정비소로", "To the workshop"), Ways.board) : nil
        )
    }

    private func actions(_ context: PageContext) -> HTML {
        buttonRow([
            linkButton(
                context.text("받을 수 있는지 알아보기", "See whether you may have one"),
                Link("/shared-pcs/check"),
                style: .primary
            ),
            linkButton(
                context.text("신청하기", "Apply"),
                .path("apply", SharedPCProcedures.person)
            ),
            linkButton(context.text("내 PC·수리 맡기기", "My PC and repairs"), Ways.mine),
        ])
    }

    private func figures(_ context: PageContext) -> HTML {
        let unit = context.text("대", "")
        return keyFigures([
            KeyFigure(
                label: context.text("지금까지 드린 PC", "Given so far"),
                value: statistics.givenCount.grouped,
                unit: unit,
                link: Ways.statistics
            ),
            KeyFigure(
                label: context.text("바로 드릴 수 있는 PC", "Ready now"),
                value: statistics.readyCount.grouped,
                unit: unit
            ),
            KeyFigure(
                label: context.text("기다리는 신청", "Waiting"),
                value: statistics.waitingCount.grouped,
                unit: context.text("건", "")
            ),
        ])
    }

    private func who(_ context: PageContext) -> HTML {
        section(
            context.text("누가 받나요", "Who may have one"),
            """
            <p>\(context.text(
                "서울에 사는 기초생활수급자·차상위계층, 한부모가족, 장애인, 상이 국가유공자, 결혼이민자, 자립준비청년. "
                    + "세대에 한 대, 두 해에 한 번입니다.",
                "Residents on basic livelihood or near-poor, single parents, disabled people, wounded "
                    + "veterans, marriage migrants, care leavers: one a household, once in two years."))</p>\
            <p>\(context.text("비영리 사회복지법인은", "Non-profit welfare corporations apply for several")) \
            <a href="\(Link.path("apply", SharedPCProcedures.corporation))">\(context.text(
                "여러 대를 신청할 수 있습니다", "on a form of their own"))</a>.</p>
            """
        )
    }

    private func how(_ context: PageContext) -> HTML {
        let steps = [
            context.text("신청하고 서류를 올립니다.", "You apply and add the documents."),
            context.text("담당자가 자격을 확인합니다.", "An officer checks them."),
            context.text("신청순으로 맞는 PC를 배정합니다.", "Machines go out in the order of receipt."),
            context.text("택배로 보내거나 찾아가 설치합니다.", "It comes by courier, or we install it."),
            context.text("1년 동안 무상으로 고쳐 드립니다.", "For a year we repair it for nothing."),
        ]
        return section(
            context.text("어떻게 하나요", "How it goes"),
            "<ol>\(HTML(each: steps) { "<li>\($0)</li>" })</ol>"
        )
    }

    private func trust(_ context: PageContext) -> HTML {
        section(
            context.text("기증하신 분께", "For donors"),
            """
            <p>\(context.text(
                "모든 디스크를 NIST SP 800-88에 따라 지우고 확인서를 드립니다. 지운 기록이 없는 PC는 나가지 않습니다.",
                "Every disk is wiped by NIST SP 800-88, with a certificate. None goes out without."))</p>\
            <p><a href="\(Ways.certificates)">\(context.text(
                "삭제확인서가 진짜인지 보기", "Check a certificate"))</a></p>
            """
        )
    }
}

/// The figures for everybody.
struct StatisticsPage: Sendable {
    let statistics: SharedPCStatistics
    let now: Instant

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("사랑의 PC 통계", "Shared PCs in figures"),
            breadcrumbs: [Ways.homeCrumb(context)],
            main: "\(figures(context))\(years(context))\(districts(context))\(stock(context))",
            source: PageSource(
                name: context.text("사랑의 PC 정비소", "The workshop"),
                updatedAt: now,
                link: Link("/api/shared-pcs/statistics")
            ),
            width: .wide
        )
    }

    private func figures(_ context: PageContext) -> HTML {
        let unit = context.text("대", "")
        let stock = statistics.stock.filter { $0.key != .recycled }.values.reduce(0, +)
        return keyFigures([
            KeyFigure(
                label: context.text("드린 PC", "Given"),
                value: statistics.givenCount.grouped,
                unit: unit
            ),
            KeyFigure(
                label: context.text("기다리는 신청", "Waiting"),
                value: statistics.waitingCount.grouped,
                unit: context.text("건", "")
            ),
            KeyFigure(
                label: context.text("배정·배송 중", "Under way"),
                value: statistics.underWayCount.grouped,
                unit: unit
            ),
            KeyFigure(
                label: context.text("정비소에 있는 PC", "In the workshop"),
                value: stock.grouped,
                unit: unit
            ),
        ])
    }

    private func years(_ context: PageContext) -> HTML {
        let all = Set(statistics.givenByYear.keys).union(statistics.receivedByYear.keys).sorted(
            by: >
        )
        return titledTable(
            context.text("해마다", "By year"),
            columns: [
                .init(context.text("해", "Year"), isRowHeader: true),
                .init(context.text("기증받은 PC", "Taken in"), isNumeric: true),
                .init(context.text("드린 PC", "Given"), isNumeric: true),
            ],
            rows: all.map { year in
                [
                    """
                    <a href="\(Link("/shared-pcs/statistics", query: [("year", String(year))]))">\
                    \(year)</a>
                    """,
                    "\((statistics.receivedByYear[year] ?? 0).grouped)",
                    "\((statistics.givenByYear[year] ?? 0).grouped)",
                ]
            },
            emptyText: context.text("아직 없습니다.", "None yet."),
            in: context
        )
    }

    private func districts(_ context: PageContext) -> HTML {
        let bars = District.all.compactMap { district in
            statistics.givenByDistrict[district.code].map { count in
                BarChart.Bar(label: district.name[context.language], value: Double(count))
            }
        }.sorted { ($0.value, $1.label) > ($1.value, $0.label) }
        guard !bars.isEmpty else { return .empty }
        let scope =
            statistics.year.map { context.text("\($0)년", "in \($0)") }
            ?? context.text("지금까지", "so far")
        return section(
            context.text("자치구마다", "By district"),
            barChart(
                BarChart(
                    caption: ChartCaption(
                        id: "districts",
                        title: context.text("자치구별 보급(\(scope))", "Given by district (\(scope))"),
                        summary: context.text(
                            "\(District.all.count)개 자치구 가운데 \(bars.count)곳에 드렸습니다.",
                            "Given in \(bars.count) of \(District.all.count) districts."
                        )
                    ),
                    categoryTitle: context.text("자치구", "District"),
                    valueTitle: context.text("드린 PC", "Given"),
                    unit: .count(context.text("대", "")),
                    bars: bars
                ),
                in: context
            )
        )
    }

    private func stock(_ context: PageContext) -> HTML {
        titledTable(
            context.text("정비소에 있는 PC", "In the workshop"),
            columns: [
                .init(context.text("단계", "Step"), isRowHeader: true),
                .init(context.text("대수", "Machines"), isNumeric: true),
            ],
            rows: MachineState.allCases.compactMap { state in
                statistics.stock[state].map {
                    ["\(state.title[context.language])", "\($0.grouped)"]
                }
            },
            emptyText: context.text("없습니다.", "None."),
            in: context
        )
    }
}

/// The pages that everybody reads.
struct HomeRoutes {
    let desk: SharedPCDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/shared-pcs") { incoming in
            let statistics = try await desk.store.read {
                try SharedPCStatistics.count(year: nil, in: $0)
            }
            return HomePage(
                statistics: statistics,
                isWorkshop: SharedPCDesk.access.allows(incoming.actor) == .allowed
            ).page(in: incoming.page)
        }
        table.page("/shared-pcs/statistics") { incoming in
            let year = incoming.query["year"].flatMap { Int($0) }
            let statistics = try await desk.store.read {
                try SharedPCStatistics.count(year: year, in: $0)
            }
            return StatisticsPage(statistics: statistics, now: incoming.now).page(in: incoming.page)
        }
    }
}
