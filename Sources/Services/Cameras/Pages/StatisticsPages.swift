import Basics
import Footage
import Vision
import Web

/// The figures of the control room.
struct StatisticsPage: Sendable {
    let figures: CameraStatistics

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("관제 통계", "Figures of the control room"),
            breadcrumbs: Ways.wallCrumbs(context),
            main: """
                \(Ways.tabs(Ways.statistics, context))\(Self.key(figures, context))\
                \(Self.charts(figures, context))
                """,
            width: .wide,
            density: .operator
        )
    }

    /// What counts most.
    static func key(_ figures: CameraStatistics, _ context: PageContext) -> HTML {
        func seconds(_ milliseconds: Int64?) -> String {
            milliseconds.map { (Double($0) / 1000).oneDecimal } ?? "–"
        }
        let unit = context.text("초", " s")
        return keyFigures([
            KeyFigure(
                label: context.text(
                    "지난 \(CameraStatistics.dayCount)일 이벤트",
                    "Events in \(CameraStatistics.dayCount) days"
                ),
                value: figures.eventCount.grouped
            ),
            KeyFigure(
                label: context.text("근무 시간마다 처리", "Settled an operator hour"),
                value: figures.eventsPerOperatorHour?.oneDecimal ?? "–"
            ),
            KeyFigure(
                label: context.text("화면에 뜨기까지(절반)", "Time to display (median)"),
                value: seconds(figures.medianDisplayMilliseconds),
                unit: unit
            ),
            KeyFigure(
                label: context.text("화면에 뜨기까지(99%)", "Time to display (99%)"),
                value: seconds(figures.slowDisplayMilliseconds),
                unit: unit
            ),
            KeyFigure(
                label: context.text("처리하기까지(절반)", "Time to decision (median)"),
                value: seconds(figures.medianDecisionMilliseconds),
                unit: unit
            ),
            KeyFigure(
                label: context.text("오탐 비율", "False alarms"),
                value: figures.falseAlarmShare.map { PlannerPage.percent($0) } ?? "–"
            ),
            KeyFigure(
                label: context.text("못 보고 지나감", "Missed"),
                value: figures.missedCount.grouped
            ),
        ])
    }

    /// Events by kind and by day.
    static func charts(_ figures: CameraStatistics, _ context: PageContext) -> HTML {
        guard figures.eventCount > 0 else { return .empty }
        let kinds = stackedBarChart(
            StackedBarChart(
                caption: ChartCaption(
                    id: "kinds",
                    title: context.text("종류별 이벤트", "Events by kind"),
                    summary: context.text("오탐을 나누어 보입니다.", "False alarms are told apart.")
                ),
                categoryTitle: context.text("종류", "Kind"),
                parts: [context.text("맞음", "True"), context.text("오탐", "False alarm")],
                unit: .count(context.text("건", "")),
                bars: figures.kinds.map { one in
                    StackedBarChart.Bar(
                        label: one.kind.title[context.language],
                        values: [
                            Double(one.count - one.falseAlarmCount), Double(one.falseAlarmCount),
                        ]
                    )
                }
            ),
            in: context
        )
        let days = lineChart(
            LineChart(
                caption: ChartCaption(
                    id: "days",
                    title: context.text("날마다의 이벤트", "Events by day"),
                    summary: context.text(
                        "지난 \(CameraStatistics.dayCount)일입니다.",
                        "The last \(CameraStatistics.dayCount) days."
                    )
                ),
                timeTitle: context.text("날", "Day"),
                times: figures.days.map { String($0.day.iso.suffix(5)) },
                unit: .count(context.text("건", "")),
                series: [
                    LineChart.Series(
                        name: context.text("이벤트", "Events"),
                        values: figures.days.map { Double($0.count) }
                    )
                ]
            ),
            in: context
        )
        return "<div class=\"chartgrid\">\(kinds)\(days)</div>"
    }
}

/// What residents may know: what the cameras are for, how many, where, how long, whom to ask.
struct PublicPage: Sendable {
    let cameras: PublicCameras
    let figures: CameraStatistics
    let isWatcher: Bool

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("우리 동네 CCTV", "Cameras in public places"),
            lead: HTML(
                text: context.text(
                    "누가 왜 어디를 비추고, 얼마나 보관하는지 알려 드립니다. 이 화면에는 영상이 없습니다.",
                    "Who watches what, where and why, and how long it is kept. No picture is shown here."
                )
            ),
            main: """
                \(key(context))\(purposes(context))\(rights(context))\(areas(context))\
                \(section(context.text("관제 통계", "Figures"),
                    StatisticsPage.key(figures, context) + StatisticsPage.charts(figures, context)))
                """,
            source: PageSource(
                name: context.text("카메라 등록부(개방 데이터)", "The register of cameras (open data)"),
                updatedAt: context.now,
                link: Link("/cameras/open-data.csv")
            ),
            width: .wide,
            actions: isWatcher
                ? linkButton(context.text("관제로", "To the wall"), Ways.wall, style: .primary) : nil
        )
    }

    private func key(_ context: PageContext) -> HTML {
        let days = cameras.keptDays.map {
            $0.lowerBound == $0.upperBound
                ? "\($0.upperBound)" : "\($0.lowerBound)–\($0.upperBound)"
        }
        return keyFigures([
            KeyFigure(
                label: context.text("쓰고 있는 카메라", "Cameras in use"),
                value: cameras.count.grouped,
                unit: context.text("대", "")
            ),
            KeyFigure(
                label: context.text("영상 보관", "Pictures are kept"),
                value: days ?? "30",
                unit: context.text("일까지", " days")
            ),
            KeyFigure(
                label: context.text("소리 녹음", "Sound"),
                value: context.text("안 함", "Never")
            ),
            KeyFigure(
                label: context.text("얼굴 인식", "Face recognition"),
                value: context.text("안 함", "Never")
            ),
        ])
    }

    private func purposes(_ context: PageContext) -> HTML {
        guard !cameras.purposes.isEmpty else { return .empty }
        return barChart(
            BarChart(
                caption: ChartCaption(
                    id: "purposes",
                    title: context.text("설치목적", "What they are for"),
                    summary: context.text("목적마다 몇 대인지 보입니다.", "Cameras by purpose.")
                ),
                categoryTitle: context.text("목적", "Purpose"),
                valueTitle: context.text("대수", "Cameras"),
                unit: .count(context.text("대", "")),
                bars: cameras.purposes.map {
                    BarChart.Bar(label: $0.purpose.title[context.language], value: Double($0.count))
                }
            ),
            in: context
        )
    }

    private func rights(_ context: PageContext) -> HTML {
        let who =
            cameras.organizations.isEmpty
            ? context.text("관리기관", "the owner") : cameras.organizations.joined(separator: ", ")
        let items: [Bilingual] = [
            Bilingual(
                "보통은 이벤트가 있는 화면만, 사람을 가려서 봅니다. 가리지 않은 영상은 승인된 사건에서만 봅니다.",
                "Operators see pictures with people masked; unmasked ones only within an approved case."
            ),
            Bilingual(
                "영상은 길어도 30일 뒤 지우고, 본 사람과 까닭을 모두 기록합니다.",
                "Pictures are erased after 30 days at most; who looked and why is recorded."
            ),
            Bilingual(
                "내가 찍힌 영상은 열람을 청구할 수 있습니다(개인정보 보호법 제35조). 다른 사람은 가려서 드립니다.",
                "You may ask for pictures of yourself (Personal Information Protection Act, article 35); "
                    + "others are masked."
            ),
            Bilingual("물어볼 곳: \(who)", "Whom to ask: \(who)"),
        ]
        return section(
            context.text("이렇게 지킵니다", "What we keep to"),
            "<ul>\(HTML(each: items) { "<li>\($0[context.language])</li>" })</ul>"
        )
    }

    private func areas(_ context: PageContext) -> HTML {
        titledTable(
            context.text("동네마다", "By neighbourhood"),
            columns: [
                .init(context.text("행정동", "Neighbourhood"), isRowHeader: true),
                .init(context.text("대수", "Cameras"), isNumeric: true),
            ],
            rows: cameras.areas.map { ["\($0.area.orNone(context))", "\($0.count.grouped)"] },
            emptyText: context.text("등록된 카메라가 없습니다.", "No camera is entered."),
            in: context,
            more: buttonRow([
                linkButton(
                    context.text("표준데이터로 받기(CSV)", "Download the open data (CSV)"),
                    Link("/cameras/open-data.csv")
                )
            ])
        )
    }
}
