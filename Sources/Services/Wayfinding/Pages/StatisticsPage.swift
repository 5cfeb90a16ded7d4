import Basics
import Store
import Tabular
import Web

/// How many barriers of which kind were reported where.
struct BarrierStatistics: Sendable {
    /// Areas that the page shows; the rest is in the table of the export.
    static let shownAreaCount = 15

    struct Count: Codable, Sendable, Hashable {
        var area: String
        var kind: ReportKind
        var state: ReportState
        var count: Int
    }

    let counts: [Count]

    init(in db: ReadTransaction) throws {
        counts = try db.rows(
            """
            SELECT area, kind, state, COUNT(*) AS count FROM wayfinding_report
            GROUP BY area, kind, state ORDER BY area, kind, state
            """,
            as: Count.self
        )
    }

    /// The sum of what fits.
    func count(where isWanted: (Count) -> Bool) -> Int {
        counts.reduce(0) { isWanted($1) ? $0 + $1.count : $0 }
    }

    /// The areas with most reports first.
    var areas: [String] {
        let sums = Dictionary(counts.map { ($0.area, $0.count) }, uniquingKeysWith: +)
        return sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
}

extension BarrierStatistics {
    /// The numbers as a table for spreadsheets: area, kind, state, count.
    func csv(_ language: Language) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var options = CSVWriter.Options()
        options.writesByteOrderMark = true
        var writer = CSVWriter(options: options) { bytes += $0 }
        let head = [
            Bilingual("길·동네", "Area"), Bilingual("종류", "Kind"), Bilingual("상태", "State"),
            Bilingual("건수", "Reports"),
        ]
        try writer.write(head.map { .text($0[language]) })
        for count in counts {
            try writer.write([
                .text(count.area), .text(count.kind.title[language]),
                .text(count.state.title[language]), .text(String(count.count)),
            ])
        }
        try writer.finish()
        return bytes
    }
}

/// The statistics for everybody, with the downloads of the whole network.
struct StatisticsPage: Sendable {
    let statistics: BarrierStatistics
    let now: Instant
    let attribution: Bilingual

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("보행 불편 통계", "Barriers in figures"),
            breadcrumbs: [WayLinks.homeCrumb(context)],
            main: "\(figures(context))\(kinds(context))\(areas(context))\(downloads(context))",
            source: PageSource(name: attribution[context.language], updatedAt: now),
            width: .wide
        )
    }

    private func figures(_ context: PageContext) -> HTML {
        let unit = context.text("건", "")
        return keyFigures([
            KeyFigure(
                label: context.text("모든 신고", "Reports"),
                value: statistics.count { _ in true }.grouped,
                unit: unit
            ),
            KeyFigure(
                label: context.text("지금 길에 있음", "On the ways now"),
                value: statistics.count { $0.state.isActive }.grouped,
                unit: unit
            ),
            KeyFigure(
                label: context.text("해결", "Solved"),
                value: statistics.count { $0.state == .closed }.grouped,
                unit: unit
            ),
        ])
    }

    private func kinds(_ context: PageContext) -> HTML {
        let bars = ReportKind.allCases.compactMap { kind -> BarChart.Bar? in
            let count = statistics.count { $0.kind == kind }
            return count == 0
                ? nil : .init(label: kind.title[context.language], value: Double(count))
        }
        guard !bars.isEmpty else {
            return emptyState(
                title: context.text("신고가 없습니다", "No report"),
                text: context.text("첫 신고가 들어오면 여기에 보입니다.", "The first one shows here.")
            )
        }
        return barChart(
            BarChart(
                caption: ChartCaption(
                    id: "barriers-kinds",
                    title: context.text("종류별 신고", "Reports by kind"),
                    summary: context.text("\(bars.count)가지 종류", "\(bars.count) kinds")
                ),
                categoryTitle: context.text("종류", "Kind"),
                valueTitle: context.text("신고", "Reports"),
                unit: .count(context.text("건", "")),
                bars: bars
            ),
            in: context
        )
    }

    private func areas(_ context: PageContext) -> HTML {
        let areas = statistics.areas.prefix(BarrierStatistics.shownAreaCount)
        guard !areas.isEmpty else { return .empty }
        let bars = barChart(
            BarChart(
                caption: ChartCaption(
                    id: "barriers-areas",
                    title: context.text("지금 길에 있는 불편, 지역별", "On the ways now, by area"),
                    summary: context.text("\(areas.count)곳", "\(areas.count) areas")
                ),
                categoryTitle: context.text("길·동네", "Area"),
                valueTitle: context.text("지금 있음", "Now"),
                unit: .count(context.text("건", "")),
                bars: areas.map { area in
                    BarChart.Bar(
                        label: area.isEmpty ? "–" : area,
                        value: Double(statistics.count { $0.area == area && $0.state.isActive })
                    )
                }
            ),
            in: context
        )
        return bars
            + titledTable(
                context.text("지역별 신고", "Reports by area"),
                columns: [
                    .init(context.text("길·동네", "Area"), isRowHeader: true),
                    .init(context.text("가장 많은 종류", "Most frequent")),
                    .init(context.text("모두", "All"), isNumeric: true),
                    .init(context.text("지금 있음", "Now"), isNumeric: true),
                    .init(context.text("해결", "Solved"), isNumeric: true),
                ],
                rows: areas.map { area in
                    let kind = ReportKind.allCases.max { first, second in
                        statistics.count { $0.area == area && $0.kind == first }
                            < statistics.count { $0.area == area && $0.kind == second }
                    }
                    return [
                        HTML(text: area.isEmpty ? "–" : area),
                        HTML(text: kind?.title[context.language] ?? "–"),
                        HTML(text: statistics.count { $0.area == area }.grouped),
                        HTML(
                            text: statistics.count { $0.area == area && $0.state.isActive }.grouped
                        ),
                        HTML(
                            text: statistics.count { $0.area == area && $0.state == .closed }
                                .grouped
                        ),
                    ]
                },
                in: context
            )
    }

    private func downloads(_ context: PageContext) -> HTML {
        section(
            context.text("자료 받기", "Downloads"),
            """
            <ul><li><a href="\(Link("/wayfinding/statistics.csv"))">\(context.text(
                "지역·종류·상태별 신고 수 (CSV)", "Reports by area, kind and state (CSV)"))</a></li>\
            <li><a href="\(Link("/wayfinding/barriers.geojson"))">\(context.text(
                "불편 신고와 승강기 (GeoJSON)", "Barriers and lifts (GeoJSON)"))</a></li>\
            <li><a href="\(Link("/wayfinding/opensidewalks.zip"))">\(context.text(
                "보행망 전체 (OpenSidewalks 0.3)", "The whole network (OpenSidewalks 0.3)"))</a></li></ul>\
            <p class="hint">\(attribution[context.language])</p>
            """
        )
    }
}
