import Basics

/// Horizontal bars cut into the same few parts, such as quarters; each bar is a whole.
public struct StackedBarChart: Sendable, Hashable {
    /// A bar.
    public struct Bar: Sendable, Hashable {
        /// The category.
        public var label: String
        /// The value of each part.
        public var values: [Double]

        /// Creates a bar.
        public init(label: String, values: [Double]) {
            self.label = label
            self.values = values
        }
    }

    /// What the chart says about itself.
    public var caption: ChartCaption
    /// What the bars are.
    public var categoryTitle: String
    /// The parts, at most four; further ones belong into "other" before they come here.
    public var parts: [String]
    /// What the values count.
    public var unit: ChartUnit
    /// The bars, in the order shown.
    public var bars: [Bar]

    /// Creates a chart.
    public init(
        caption: ChartCaption,
        categoryTitle: String,
        parts: [String],
        unit: ChartUnit,
        bars: [Bar]
    ) {
        precondition(parts.count <= ChartFill.maximumCount, "four parts can be told apart")
        self.caption = caption
        self.categoryTitle = categoryTitle
        self.parts = parts
        self.unit = unit
        self.bars = bars
    }
}

/// Horizontal bars cut into parts, each bar as wide as the chart, with its total beside its name.
public func stackedBarChart(_ chart: StackedBarChart, in context: PageContext) -> HTML {
    let language = context.language
    var drawing = ChartFill.definitions(chart.caption.id)
    var top = 0.0
    for bar in chart.bars {
        let total = bar.values.reduce(0, +)
        top += 1.4
        drawing =
            drawing + """
                <text x="0" y="\(length(top - 0.3, "em"))">\(bar.label)</text>\
                <text class="value" x="100%" y="\(length(top - 0.3, "em"))" text-anchor="end">\
                \(chart.unit.text(total, language))</text>
                """
        var left = 0.0
        for (index, value) in bar.values.enumerated() where total > 0 && value > 0 {
            let width = value / total * 100
            drawing =
                drawing + """
                    <rect x="\(length(left, "%"))" y="\(length(top + 0.1, "em"))" \
                    width="\(length(width, "%"))" height="2em" \
                    \(ChartFill.attribute(chart.caption.id, index))/>
                    """
            // A part too narrow for its number on a phone leaves it to the table.
            if width >= 15 {
                drawing =
                    drawing + """
                        <text class="inside\(index == 0 ? " on" : "")" x="\(length(left + width / 2, "%"))" \
                        y="\(length(top + 1.45, "em"))" text-anchor="middle">\
                        \((value / total * 100).decimals(0))%</text>
                        """
            }
            left += width
        }
        top += 2.7
    }
    let numbers = DataTable(
        caption: chart.caption.title,
        hidesCaption: true,
        columns: [.init(chart.categoryTitle, isRowHeader: true)]
            + chart.parts.map { .init($0, isNumeric: true) }
            + [.init(context.text("합계", "Total"), isNumeric: true)],
        rows: chart.bars.map { bar in
            [HTML(text: bar.label)]
                + (bar.values + [bar.values.reduce(0, +)]).map {
                    HTML(text: chart.unit.text($0, language))
                }
        },
        phoneLayout: .scroll
    )
    return chartFigure(
        chart.caption,
        heightInEm: top,
        drawing: drawing,
        legend: ChartFill.legend(chart.caption.id, chart.parts),
        numbers: numbers,
        in: context
    )
}

extension StackedBarChart {
    static let examples = [
        ComponentExample("stacked-chart", Bilingual("나눈 막대그래프", "Stacked bars")) { context in
            stackedBarChart(
                StackedBarChart(
                    caption: ChartCaption(
                        id: "example-stack",
                        title: context.text("발주 시기별 사업 수", "Projects by time of order"),
                        summary: context.text(
                            "86%가 1분기까지 발주됩니다.",
                            "86% are ordered by the first quarter."
                        )
                    ),
                    categoryTitle: context.text("기관", "Agency"),
                    parts: [
                        context.text("전년도 말", "Late 2022"), context.text("1분기", "Q1"),
                        context.text("2분기", "Q2"), context.text("하반기", "Later"),
                    ],
                    unit: .count(context.text("건", "")),
                    bars: [
                        Bar(label: context.text("전체", "All"), values: [589, 637, 160, 45]),
                        Bar(label: context.text("서울시", "City"), values: [150, 204, 52, 16]),
                    ]
                ),
                in: context
            )
        }
    ]
}
