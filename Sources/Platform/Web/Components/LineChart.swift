import Basics

/// Values over time, one line a series; told apart by dash and mark as well as by tint.
public struct LineChart: Sendable, Hashable {
    /// A line.
    public struct Series: Sendable, Hashable {
        /// What the line is.
        public var name: String
        /// Its value at each time; nil where none is known, which dots the line.
        public var values: [Double?]

        /// Creates a line.
        public init(name: String, values: [Double?]) {
            self.name = name
            self.values = values
        }
    }

    /// What the chart says about itself.
    public var caption: ChartCaption
    /// What the times are: `연도`.
    public var timeTitle: String
    /// The times, in order.
    public var times: [String]
    /// What the values count.
    public var unit: ChartUnit
    /// The lines, at most four.
    public var series: [Series]

    /// Creates a chart.
    public init(
        caption: ChartCaption,
        timeTitle: String,
        times: [String],
        unit: ChartUnit,
        series: [Series]
    ) {
        precondition(series.count <= ChartFill.maximumCount, "four lines can be told apart")
        self.caption = caption
        self.timeTitle = timeTitle
        self.times = times
        self.unit = unit
        self.series = series
    }

    fileprivate static let plotHeightInEm = 11.0
    fileprivate static let plotTopInEm = 1.8
    /// More labels than this do not stand beside each other on a telephone.
    fileprivate static let maximumLabelCount = 8

    /// The times that are written under the axis: every one of few, even steps back from the last of many.
    fileprivate var written: [Int] {
        let step = (times.count + Self.maximumLabelCount - 1) / Self.maximumLabelCount
        return stride(from: times.count - 1, through: 0, by: -max(step, 1)).reversed()
    }

    /// Where a line's values are written, of those it has by their places: one line alone has every one of
    /// few, and of many the first largest and the last; of several lines each has its last.
    fileprivate func labelled(_ known: [(position: Int, value: Double)]) -> [Int] {
        if series.count == 1, times.count <= Self.maximumLabelCount { return known.map(\.position) }
        let largest =
            series.count == 1
            ? known.max { ($0.value, $1.position) < ($1.value, $0.position) } : nil
        return [largest, known.last].compactMap { $0?.position }
    }

    /// Where a time stands, in percent of the width; the ends leave room for their labels.
    fileprivate func x(_ index: Int) -> Double {
        times.count > 1 ? 26 + 62 * Double(index) / Double(times.count - 1) : 50
    }
}

/// Values over time, on an axis that starts at zero.
public func lineChart(_ chart: LineChart, in context: PageContext) -> HTML {
    let largest = chart.series.flatMap { $0.values.compactMap { $0 } }.max() ?? 0
    let scale = ChartScale(largest: largest)
    func y(_ value: Double) -> Double {
        LineChart.plotTopInEm + LineChart.plotHeightInEm * (1 - scale.share(value))
    }
    let axis = HTML(each: scale.ticks) { tick in
        let at = length(y(tick), "em")
        let label: HTML = HTML(text: chart.unit.tick(tick, context.language))
        return """
            <line class="grid" x1="0" x2="100%" y1="\(at)" y2="\(at)"/>\
            <text class="tick" x="0" y="\(at)" dy="-.3em">\(label)</text>
            """
    }
    let bottom = LineChart.plotTopInEm + LineChart.plotHeightInEm
    let times = HTML(each: chart.written) { index in
        """
        <text x="\(length(chart.x(index), "%"))" y="\(length(bottom + 1.5, "em"))" \
        text-anchor="middle">\(chart.times[index])</text>
        """
    }
    let lines = HTML(each: chart.series.enumerated()) { index, series in
        line(chart, series, index, scale) + marks(chart, series, index, y, context.language)
    }
    let numbers = DataTable(
        caption: chart.caption.title,
        hidesCaption: true,
        columns: [.init(chart.timeTitle, isRowHeader: true)]
            + chart.series.map { .init($0.name, isNumeric: true) },
        rows: chart.times.enumerated().map { index, time in
            [HTML(text: time)]
                + chart.series.map { series in
                    let value = index < series.values.count ? series.values[index] : nil
                    return HTML(text: value.map { chart.unit.text($0, context.language) } ?? "–")
                }
        },
        phoneLayout: .scroll
    )
    return chartFigure(
        chart.caption,
        heightInEm: bottom + 2.2,
        drawing: axis + times + lines,
        numbers: numbers,
        in: context
    )
}

/// The strokes of a line, in a square that is stretched over the plot without its strokes; times
/// without a value are bridged by dots.
private func line(
    _ chart: LineChart,
    _ series: LineChart.Series,
    _ index: Int,
    _ scale: ChartScale
) -> HTML {
    var path = ""
    var bridges = ""
    var previous: (position: Int, point: String)?
    for (position, value) in series.values.prefix(chart.times.count).enumerated() {
        guard let value else { continue }
        let x = length(chart.x(position), "").markup
        let point = "\(x) \(length(100 - 100 * scale.share(value), "").markup)"
        if let previous, previous.position + 1 == position {
            path += "L" + point
        } else {
            if let previous { bridges += "M\(previous.point)L\(point)" }
            path += "M" + point
        }
        previous = (position, point)
    }
    return """
        <svg x="0" y="\(length(LineChart.plotTopInEm, "em"))" width="100%" \
        height="\(length(LineChart.plotHeightInEm, "em"))" viewBox="0 0 100 100" \
        preserveAspectRatio="none" overflow="visible"><path class="line unknown l\(index + 1)" \
        d="\(bridges)" vector-effect="non-scaling-stroke"/><path class="line l\(index + 1)" \
        d="\(path)" vector-effect="non-scaling-stroke"/></svg>
        """
}

/// The marks of a line; of several, each has its name at its end.
private func marks(
    _ chart: LineChart,
    _ series: LineChart.Series,
    _ index: Int,
    _ y: (Double) -> Double,
    _ language: Language
) -> HTML {
    let known = series.values.prefix(chart.times.count).enumerated()
        .compactMap { position, value in value.map { (position: position, value: $0) } }
    let labelled = chart.labelled(known)
    return HTML(each: known) { position, value in
        let x = length(chart.x(position), "%")
        let at = length(y(value), "em")
        let mark: HTML =
            index % 2 == 0
            ? "<circle class=\"point l\(index + 1)\" cx=\"\(x)\" cy=\"\(at)\" r=\"4.5\"/>"
            : """
            <rect class="point l\(index + 1)" x="\(x)" y="\(at)" width="9" height="9" \
            transform="translate(-4.5 -4.5)"/>
            """
        var label: String?
        if labelled.contains(position) {
            label =
                chart.series.count == 1
                ? chart.unit.tick(value, language)
                : "\(series.name) \(chart.unit.text(value, language))"
        }
        let text: HTML? = label.map {
            let anchor: HTML =
                chart.series.count > 1 ? "end" : "middle"
            let shift: HTML = chart.series.count > 1 ? " dx=\"10%\"" : .empty
            return """
                <text class="value inside" x="\(x)" y="\(at)" dy="-.8em"\(shift) \
                text-anchor="\(anchor)">\($0)</text>
                """
        }
        return mark + (text ?? .empty)
    }
}

extension LineChart {
    static let examples = [
        ComponentExample("line-chart", Bilingual("꺾은선그래프", "Line chart")) { context in
            lineChart(
                LineChart(
                    caption: ChartCaption(
                        id: "example-line",
                        title: context.text("연도별 사업비", "Budget by year"),
                        summary: context.text(
                            "두 해 사이에 15% 늘었습니다.",
                            "It grew by 15% in two years."
                        )
                    ),
                    timeTitle: context.text("연도", "Year"),
                    times: ["2021", "2022", "2023"],
                    unit: .won,
                    series: [
                        Series(
                            name: context.text("사업비", "Budget"),
                            values: [321_300_000_000, 345_900_000_000, 370_300_000_000]
                        )
                    ]
                ),
                in: context
            )
        },
        ComponentExample("line-chart-two", Bilingual("꺾은선그래프, 여러 줄", "Two lines")) { context in
            lineChart(
                LineChart(
                    caption: ChartCaption(
                        id: "example-lines",
                        title: context.text("기관별 사업비", "Budget by agency"),
                        summary: context.text(
                            "2022년은 기관별 금액이 공개되지 않았습니다.",
                            "Amounts by agency were not published for 2022."
                        )
                    ),
                    timeTitle: context.text("연도", "Year"),
                    times: ["2020", "2021", "2022", "2023"],
                    unit: .won,
                    series: [
                        Series(
                            name: context.text("서울시", "City"),
                            values: [141_000_000_000, 156_200_000_000, nil, 215_100_000_000]
                        ),
                        Series(
                            name: context.text("자치구", "Districts"),
                            values: [84_000_000_000, 90_200_000_000, nil, 111_300_000_000]
                        ),
                    ]
                ),
                in: context
            )
        },
    ]
}
