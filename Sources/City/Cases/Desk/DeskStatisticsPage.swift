import Basics
import Eligibility
import HTTPTypes
import Programmes
import Store
import Tabular
import Web

/// The figures of an office: what came, what was decided and how long it took.
struct DeskStatisticsPage: Sendable {
    let statistics: DeskStatistics
    let procedures: [CaseProcedure]
    let rules: RulesInForce

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("심사 통계", "Statistics"),
            breadcrumbs: [Desk.crumb(context)],
            main: """
                \(Desk.tabs("/desk/statistics", context))\(figures(context))\(chart(context))\
                \(monthly(context))\(reasons(context))
                """,
            source: PageSource(
                name: context.text("신청 기록", "The applications"),
                updatedAt: context.now
            ),
            width: .wide,
            density: .operator
        )
    }

    private func title(_ id: String, _ language: Language) -> String {
        procedures.first { $0.id == id }?.title[language] ?? id
    }

    private func figures(_ context: PageContext) -> HTML {
        let rows = statistics.rows
        func figure(_ korean: String, _ english: String, _ path: KeyPath<DeskStatistics.Row, Int>)
            -> KeyFigure
        {
            KeyFigure(
                label: context.text(korean, english),
                value: rows.reduce(0) { $0 + $1[keyPath: path] }.grouped,
                unit: context.text("건", "")
            )
        }
        return keyFigures([
            figure("접수", "Received", \.received), figure("결정", "Decided", \.decided),
            figure("기한 넘김", "Overdue", \.overdue),
        ])
    }

    private func chart(_ context: PageContext) -> HTML {
        var counts: [String: Int] = [:]
        for row in statistics.rows { counts[row.procedureID, default: 0] += row.received }
        guard !counts.isEmpty else { return .empty }
        let bars = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return barChart(
            BarChart(
                caption: ChartCaption(
                    id: "received",
                    title: context.text("절차별 접수", "Received by procedure"),
                    summary: context.text(
                        "지난 \(DeskStatistics.monthCount)달에 접수한 신청입니다.",
                        "Cases of the last \(DeskStatistics.monthCount) months."
                    )
                ),
                categoryTitle: context.text("절차", "Procedure"),
                valueTitle: context.text("접수", "Received"),
                unit: .count(context.text("건", "")),
                bars: bars.map {
                    .init(label: title($0.key, context.language), value: Double($0.value))
                }
            ),
            in: context
        )
    }

    private func monthly(_ context: PageContext) -> HTML {
        let days = context.text("일", " days")
        return titledTable(
            context.text("절차와 달", "By procedure and month"),
            columns: [
                .init(context.text("달", "Month"), isRowHeader: true),
                .init(context.text("절차", "Procedure")),
                .init(context.text("접수", "Received"), isNumeric: true),
                .init(context.text("결정", "Decided"), isNumeric: true),
                .init(context.text("처리일 중앙값", "Median days"), isNumeric: true),
                .init(context.text("90%", "90 %"), isNumeric: true),
                .init(context.text("기한 넘김", "Overdue"), isNumeric: true),
                .init(context.text("보완율", "Corrections"), isNumeric: true),
                .init(context.text("미승인", "Refused"), isNumeric: true),
                .init(context.text("지급 결정", "Granted"), isNumeric: true),
            ],
            rows: statistics.rows.map { row in
                [
                    "\(row.month.iso.prefix(7))", "\(title(row.procedureID, context.language))",
                    "\(row.received.grouped)", "\(row.decided.grouped)",
                    row.medianDays.map { "\($0)\(days)" } ?? "–",
                    row.ninetiethDays.map { "\($0)\(days)" } ?? "–", "\(row.overdue.grouped)",
                    DeskStatistics.shown(row.corrected).map {
                        "\((Double($0) * 100 / Double(max(1, row.received))).decimals(0))%"
                    } ?? few(context),
                    count(row.refused, context), money(row.granted, in: context),
                ]
            },
            emptyText: context.text("접수한 신청이 없습니다.", "No case yet."),
            in: context,
            more: downloads("months", context)
        )
    }

    private func reasons(_ context: PageContext) -> HTML {
        titledTable(
            context.text("미승인 사유", "Reasons of refusals"),
            columns: [
                .init(context.text("절차", "Procedure")),
                .init(context.text("요건", "Requirement"), isRowHeader: true, isWide: true),
                .init(context.text("건수", "Cases"), isNumeric: true),
            ],
            rows: statistics.reasons.map { reason in
                [
                    "\(title(reason.procedureID, context.language))",
                    "\(Self.label(reason, procedures, rules)[context.language])",
                    count(reason.count, context),
                ]
            },
            emptyText: context.text("없습니다.", "There are none."),
            in: context,
            lead: """
                <p>\(context.text(
                    "\(DeskStatistics.minimumShownCount)건이 안 되는 수는 누구인지 알 수 있어 적지 않습니다.",
                    "Counts below \(DeskStatistics.minimumShownCount) could point to a person and are not "
                        + "shown."))</p>
                """,
            more: downloads("reasons", context)
        )
    }

    private func count(_ count: Int, _ context: PageContext) -> HTML {
        DeskStatistics.shown(count).map { "\($0.grouped)" } ?? few(context)
    }

    private func few(_ context: PageContext) -> HTML {
        let limit = DeskStatistics.minimumShownCount
        return "\(context.text("\(limit)건 미만", "fewer than \(limit)"))"
    }

    private func downloads(_ table: String, _ context: PageContext) -> HTML {
        buttonRow(
            DeskFile.Format.allCases.map { format in
                linkButton(
                    format.rawValue.uppercased(),
                    .path("desk", "statistics", table, format.rawValue)
                )
            }
        )
    }

    /// What a clause asks, in words.
    private static func label(
        _ reason: DeskStatistics.Reason,
        _ procedures: [CaseProcedure],
        _ rules: RulesInForce
    ) -> Bilingual {
        let programme = procedures.first { $0.id == reason.procedureID }?.programme
        let clause = programme.flatMap { rules.programme($0) }?.versions.reversed().lazy
            .compactMap { version in version.clauses.first { $0.name == reason.clause } }.first
        guard let clause else { return Bilingual(same: reason.clause) }
        return clause.label ?? rules.catalogue.requirement(clause)
    }

    /// The tables to take along; small counts stay out of them, too.
    func file(_ table: String) -> DeskFile? {
        func cell(_ count: Int) -> Cell {
            DeskStatistics.shown(count).map { .integer(Int64($0)) }
                ?? .text("\(DeskStatistics.minimumShownCount)건 미만")
        }
        switch table {
        case "months":
            return DeskFile(
                title: "심사통계",
                columns: [
                    "달", "절차", "접수", "결정", "처리일 중앙값", "처리일 90%", "기한 넘김", "보완", "미승인",
                    "지급 결정(원)",
                ],
                rows: statistics.rows.map { row in
                    [
                        .text(String(row.month.iso.prefix(7))),
                        .text(title(row.procedureID, .korean)), .integer(Int64(row.received)),
                        .integer(Int64(row.decided)),
                        row.medianDays.map { .integer(Int64($0)) } ?? .text(""),
                        row.ninetiethDays.map { .integer(Int64($0)) } ?? .text(""),
                        .integer(Int64(row.overdue)), cell(row.corrected), cell(row.refused),
                        .won(row.granted),
                    ]
                }
            )
        case "reasons":
            return DeskFile(
                title: "미승인사유",
                columns: ["절차", "요건", "건수"],
                rows: statistics.reasons.map { reason in
                    [
                        .text(title(reason.procedureID, .korean)),
                        .text(Self.label(reason, procedures, rules).korean), cell(reason.count),
                    ]
                }
            )
        default: return nil
        }
    }
}

/// The statistics of officers.
struct DeskStatisticsRoutes: Sendable {
    let desk: Desk

    func add(to table: inout RouteTable) {
        table.page("/desk/statistics", access: Desk.officers) { incoming in
            try await page(incoming).page(in: incoming.page)
        }
        table.file("/desk/statistics/{table}/{format}", access: Desk.officers) { incoming in
            guard let format = DeskFile.Format(rawValue: try incoming.pathParameter("format")),
                let file = try await page(incoming).file(try incoming.pathParameter("table"))
            else { throw Problem.notFound }
            return .download(
                fileName: "\(file.title)_\(incoming.now.date.iso).\(format.rawValue)",
                contentType: format.contentType,
                body: .bytes(try file.bytes(format))
            )
        }
    }

    private func page(_ incoming: Incoming) async throws -> DeskStatisticsPage {
        let actor = incoming.actor
        let rules = desk.rules
        return try await desk.store.read { db in
            DeskStatisticsPage(
                statistics: try DeskStatistics.read(for: actor, in: db),
                procedures: try Desk.procedures(of: actor, in: db),
                rules: rules
            )
        }
    }
}
