import Basics
import City
import Web

/// The year's report: the numbers of the city's yearly announcement, each linked to its projects.
struct ReportPage {
    var report: PlanReport
    var years: [Int]
    var updatedAt: Instant?

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text(
                "\(report.year)년 정보화사업 보고서",
                "Informatization projects in \(report.year)"
            ),
            breadcrumbs: [Places.home(context)],
            main: """
                \(yearTabs(context))\(figures(context))\
                <div class="chartgrid">\(budgetChart(
                    "kinds", context.text("기관 구분별 사업비", "Budget by kind of agency"),
                    report.agencyKinds, context))\
                \(budgetChart(
                    "types", context.text("유형별 사업비", "Budget by type"), report.types, context))\
                </div>\(figures(context.text("기관 구분별", "By kind of agency"), report.agencyKinds, context))\
                \(figures(context.text("유형별", "By type"), report.types, context))\
                \(timing(context))\(technology(context))\(jobs(context))\(yearOnYear(context))\
                \(districts(context))\(largest(context))
                """,
            source: Places.source(context, updatedAt: updatedAt),
            width: .wide,
            actions: buttonRow([
                linkButton(
                    context.text("숫자 맞춰 보기", "Do the figures close?"),
                    Link("/procurement/consistency")
                ),
                linkButton(
                    "JSON",
                    Link("/api/procurement/report/\(report.year)"),
                    style: .quiet
                ),
            ])
        )
    }

    private func yearTabs(_ context: PageContext) -> HTML {
        guard years.count > 1 else { return .empty }
        return tabLinks(
            years.map { year in
                TabLink(
                    title: context.text("\(year)년", "\(year)"),
                    link: Link("/procurement/report", query: [("year", String(year))]),
                    isCurrent: year == report.year
                )
            },
            label: context.text("연도", "Year")
        )
    }

    private func figures(_ context: PageContext) -> HTML {
        let technology = report.newTechnology
        return keyFigures([
            KeyFigure(
                label: context.text("사업", "Projects"),
                value: report.total.count.grouped,
                unit: context.text("건", ""),
                link: report.total.link
            ),
            KeyFigure(
                label: context.text("사업비", "Budget"),
                value: report.total.budget.text(context.language),
                link: report.total.link
            ),
            KeyFigure(
                label: context.text("신기술 비중(사업비)", "New technology, by budget"),
                value: percent(technology.budgetShare),
                note: HTML(
                    text: context.text(
                        "사업 수로는 \(percent(technology.countShare))",
                        "\(percent(technology.countShare)) by count"
                    )
                ),
                link: technology.link
            ),
            KeyFigure(
                label: context.text("취업유발 인원", "Jobs, by input-output tables"),
                value: report.jobs.count.grouped,
                unit: context.text("명", ""),
                note: HTML(text: report.jobs.coefficient.scope[context.language])
            ),
        ])
    }

    private func percent(_ share: Double) -> String { (share * 100).decimals(1) + "%" }

    private func budgetChart(
        _ id: String,
        _ title: String,
        _ figures: [PlanReport.Figure],
        _ context: PageContext
    ) -> HTML {
        let top = figures.max { $0.budget < $1.budget }
        return barChart(
            BarChart(
                caption: ChartCaption(
                    id: id,
                    title: title,
                    summary: top.map {
                        context.text(
                            "가장 큰 것은 \($0.label.korean), \($0.budget.text(.korean))입니다.",
                            "The largest is \($0.label.english), \($0.budget.text(.english))."
                        )
                    } ?? ""
                ),
                categoryTitle: context.text("구분", "Category"),
                valueTitle: context.text("사업비", "Budget"),
                unit: .won,
                bars: figures.map {
                    .init(label: $0.label[context.language], amount: $0.budget, link: $0.link)
                }
            ),
            in: context
        )
    }

    /// A table of figures, every number leading to the projects behind it.
    private func figures(
        _ title: String,
        _ figures: [PlanReport.Figure],
        _ context: PageContext,
        note: HTML = .empty
    ) -> HTML {
        let rows: [[HTML]] = figures.map { figure in
            [
                "<a href=\"\(figure.link)\">\(figure.label[context.language])</a>",
                "<a href=\"\(figure.link)\">\(figure.count.grouped)</a>",
                "\(percent(figure.countShare))", money(figure.budget, in: context),
                "\(percent(figure.budgetShare))",
                figure.meanBudget.map { money($0, in: context) } ?? "–",
            ]
        }
        return titledTable(
            title,
            columns: [
                .init(context.text("구분", "Category"), isRowHeader: true),
                .init(context.text("사업 수", "Projects"), isNumeric: true),
                .init(context.text("비율", "Share"), isNumeric: true),
                .init(context.text("사업비", "Budget"), isNumeric: true),
                .init(context.text("비율(사업비)", "Share of budget"), isNumeric: true),
                .init(context.text("건당 평균", "Mean"), isNumeric: true),
            ],
            rows: rows,
            in: context,
            lead: note
        )
    }

    private func timing(_ context: PageContext) -> HTML {
        let chart = stackedBarChart(
            StackedBarChart(
                caption: ChartCaption(
                    id: "timing",
                    title: context.text("발주시기별 사업 수", "Projects by order time"),
                    summary: context.text(
                        "전년도에 이미 발주한 사업을 따로 셉니다.",
                        "Projects ordered in the previous year are their own part."
                    )
                ),
                categoryTitle: context.text("연도", "Year"),
                parts: report.timings.map { $0.label[context.language] },
                unit: .count(context.text("건", "")),
                bars: [
                    .init(
                        label: String(report.year),
                        values: report.timings.map { Double($0.count) }
                    )
                ]
            ),
            in: context
        )
        return figures(
            context.text("발주시기별", "By order time"),
            report.timings,
            context,
            note: chart
        )
    }

    private func technology(_ context: PageContext) -> HTML {
        figures(
            context.text("신기술", "New technology"),
            [report.newTechnology] + report.technologies,
            context,
            note: HTML(
                text: context.text(
                    "한 사업이 여러 기술을 쓸 수 있어 기술별 합은 전체보다 큽니다. 첫 줄은 겹치지 않게 센 것입니다.",
                    "A project may use several, so the parts exceed the whole; "
                        + "the first row counts each project once."
                )
            )
        )
    }

    private func jobs(_ context: PageContext) -> HTML {
        let coefficient = report.jobs.coefficient
        let field = FormField(
            name: "coefficient",
            label: context.text("10억원당 취업유발 인원(명)", "Workers per KRW 1bn"),
            control: .text(.number),
            hint: coefficient.source[context.language],
            values: [coefficient.workersPerBillionWon.decimals(1)]
        )
        return section(
            context.text("취업유발 효과", "Jobs"),
            id: "jobs",
            """
            <p>\(coefficient.workersPerBillionWon.decimals(1)) × \
            \((Double(report.jobs.budget.amount) / 1_000_000_000).decimals(1)) = \
            <strong>\(report.jobs.count.grouped)\(context.text("명", ""))</strong> \
            (\(coefficient.scope[context.language]))</p>\
            \(form(action: Link("/procurement/report"), method: .get, context: context) {
                """
                \(hiddenField("year", String(report.year)))\(formField(field, in: context))\
                \(button(context.text("다시 셈하기", "Recalculate"), style: .secondary))
                """
            })
            """
        )
    }

    private func yearOnYear(_ context: PageContext) -> HTML {
        let rows: [[HTML]] = report.years.map { row in
            [
                "\(row.year)", "\(row.count.map { $0.grouped } ?? "–")",
                money(row.budget, in: context),
                "\(row.budgetChangePercent.map { $0.decimals(1) + "%" } ?? "–")",
                row.meanBudget.map { money($0, in: context) } ?? "–",
                "\(row.source ?? context.text("이 누리집의 계획", "The plans on this site"))",
            ]
        }
        let chart = lineChart(
            LineChart(
                caption: ChartCaption(
                    id: "years",
                    title: context.text("해마다의 사업비", "Budget by year"),
                    summary: context.text(
                        "발표가 없는 해는 비어 있습니다.",
                        "Years without a publication are left out."
                    )
                ),
                timeTitle: context.text("연도", "Year"),
                times: report.years.map { String($0.year) },
                unit: .won,
                series: [
                    .init(
                        name: context.text("사업비", "Budget"),
                        values: report.years.map { Double($0.budget.amount) }
                    )
                ]
            ),
            in: context
        )
        return titledTable(
            context.text("해마다", "Year on year"),
            columns: [
                .init(context.text("연도", "Year"), isRowHeader: true),
                .init(context.text("사업 수", "Projects"), isNumeric: true),
                .init(context.text("사업비", "Budget"), isNumeric: true),
                .init(context.text("증감", "Change"), isNumeric: true),
                .init(context.text("건당 평균", "Mean"), isNumeric: true),
                .init(context.text("출처", "Source")),
            ],
            rows: rows,
            in: context,
            lead: chart,
            more: changes(context)
        )
    }

    /// What a headline total hides: parts that moved the other way.
    private func changes(_ context: PageContext) -> HTML {
        let opposing = (report.agencyKindChanges + report.typeChanges).filter(\.opposesTotal)
        guard !opposing.isEmpty else { return .empty }
        let items = opposing.map { change -> HTML in
            let percent = change.budgetChangePercent.map { $0.decimals(0) + "%" } ?? "–"
            return """
                <li>\(change.label[context.language]): \(change.fromYear) \
                \(money(change.budgetBefore, in: context)) → \(report.year) \
                \(money(change.budgetAfter, in: context)) (\(percent))</li>
                """
        }
        return """
            <h3>\(context.text("전체와 반대로 움직인 부분", "Parts that moved against the total"))</h3>\
            <ul>\(items)</ul>
            """
    }

    private func districts(_ context: PageContext) -> HTML {
        let places = Dictionary(uniqueKeysWithValues: District.all.map { ($0.code, $0.tile) })
        let figures = report.districts.sorted { $1.budget < $0.budget }
        // Four shades, a quarter of the districts each: a single large one does not pale the rest.
        let tiles = figures.enumerated().compactMap { rank, figure -> TileMap.Tile? in
            guard let tile = places[figure.name] else { return nil }
            return TileMap.Tile(
                name: figure.label[context.language],
                column: tile.column,
                row: tile.row,
                level: 3 - rank * 4 / max(figures.count, 1),
                value: context.text(
                    "\(figure.budget.inEok.decimals(0))억",
                    "\((figure.budget.inEok / 10).decimals(1))bn"
                ),
                link: figure.link
            )
        }
        let map = TileMap(
            tiles: tiles,
            title: context.text("자치구별 사업비 지도", "Map of district budgets")
        )
        return self.figures(
            context.text("자치구 비교", "Districts compared"),
            figures,
            context,
            note: map.html(in: context)
        )
    }

    private func largest(_ context: PageContext) -> HTML {
        let rows: [[HTML]] = report.largest.map { project in
            let title =
                context.language == .english
                ? project.titleEnglish ?? project.title : project.title
            return [
                "<a href=\"\(project.link)\">\(title)</a>", "\(project.agency[context.language])",
                money(project.budget, in: context),
            ]
        }
        return titledTable(
            context.text("가장 큰 사업", "The largest projects"),
            columns: [
                .init(context.text("사업명", "Project"), isRowHeader: true),
                .init(context.text("기관", "Agency")),
                .init(context.text("사업비", "Budget"), isNumeric: true),
            ],
            rows: rows,
            in: context
        )
    }
}

extension PlanReport.Figure {
    /// The projects behind the figure.
    var link: Link {
        Places.listing(query.map { (name: $0.name.rawValue, value: $0.value) })
    }
}

extension PlanReport.LargestProject {
    /// The project's own page.
    var link: Link {
        func value(_ name: ReportFilter) -> String {
            query.first { $0.name == name }?.value ?? ""
        }
        return .path("procurement", "projects", value(.year), value(.agency), value(.key))
    }
}
