public import Basics

/// Horizontal bars, one a category: Korean names are long, so each stands above its bar.
public struct BarChart: Sendable, Hashable {
    /// A bar.
    public struct Bar: Sendable, Hashable {
        /// The category.
        public var label: String
        /// Its value.
        public var value: Double
        /// The list behind the value; the table links to it.
        public var link: Link?

        /// Creates a bar.
        public init(label: String, value: Double, link: Link? = nil) {
            self.label = label
            self.value = value
            self.link = link
        }

        /// Creates a bar of money.
        public init(label: String, amount: Won, link: Link? = nil) {
            self.init(label: label, value: Double(amount.amount), link: link)
        }
    }

    /// What the chart says about itself.
    public var caption: ChartCaption
    /// What the bars are: `기관`.
    public var categoryTitle: String
    /// What the values are: `사업비`.
    public var valueTitle: String
    /// What the values count.
    public var unit: ChartUnit
    /// The bars, in the order shown.
    public var bars: [Bar]

    /// Creates a chart.
    public init(
        caption: ChartCaption,
        categoryTitle: String,
        valueTitle: String,
        unit: ChartUnit,
        bars: [Bar]
    ) {
        self.caption = caption
        self.categoryTitle = categoryTitle
        self.valueTitle = valueTitle
        self.unit = unit
        self.bars = bars
    }
}

/// Horizontal bars, drawn in shares of the width and in em, so that they fit a phone and large text
/// without becoming small.
public func barChart(_ chart: BarChart, in context: PageContext) -> HTML {
    // The bars end at two thirds: what is left holds the longest value at the largest text size.
    let plotPercent = 66.0
    let lineEm = 1.4
    let barEm = 1.0
    let scale = ChartScale(largest: chart.bars.map(\.value).max() ?? 0)
    var drawing = HTML.empty
    var top = 0.0
    for bar in chart.bars {
        for line in labelLines(bar.label, maximumWidth: 20) {
            top += lineEm
            drawing =
                drawing
                + "<text class=\"inside\" x=\"0\" y=\"\(length(top - 0.3, "em"))\">\(line)</text>"
        }
        let width = scale.share(bar.value) * plotPercent
        drawing =
            drawing + """
                <rect x="0" y="\(length(top + 0.1, "em"))" width="\(length(width, "%"))" \
                height="\(length(barEm, "em"))" class="shape f1"/>\
                <text class="value inside" x="\(length(width, "%"))" dx=".4em" \
                y="\(length(top + 0.95, "em"))">\(chart.unit.text(bar.value, context.language))</text>
                """
        top += barEm + 0.5
    }
    let axis = HTML(each: scale.ticks.enumerated()) { index, tick in
        let x = length(scale.share(tick) * plotPercent, "%")
        // Every second tick is written out, so that labels keep apart on a phone.
        let isWritten = index == 0 || index == scale.ticks.count - 1
        let anchor: HTML = index == 0 ? "start" : "middle"
        let label: HTML? =
            isWritten
            ? """
            <text class="tick" x="\(x)" y="\(length(top + 1.2, "em"))" text-anchor="\(anchor)">\
            \(chart.unit.tick(tick, context.language))</text>
            """ : nil
        return """
            <line class="grid" x1="\(x)" x2="\(x)" y1="0" y2="\(length(top, "em"))"/>\(label)
            """
    }
    let numbers = DataTable(
        caption: chart.caption.title,
        hidesCaption: true,
        columns: [
            .init(chart.categoryTitle, isRowHeader: true), .init(chart.valueTitle, isNumeric: true),
        ],
        rows: chart.bars.map { bar in
            let value = HTML(text: chart.unit.text(bar.value, context.language))
            let label = HTML(text: bar.label)
            return [bar.link.map { "<a href=\"\($0)\">\(label)</a>" } ?? label, value]
        },
        phoneLayout: .scroll
    )
    return chartFigure(
        chart.caption,
        heightInEm: top + 1.7,
        drawing: axis + drawing,
        numbers: numbers,
        in: context
    )
}

extension BarChart {
    static let examples = [
        ComponentExample("bar-chart", Bilingual("막대그래프", "Bar chart")) { context in
            barChart(
                BarChart(
                    caption: ChartCaption(
                        id: "example-bars",
                        title: context.text("유형별 사업비", "Budget by type"),
                        summary: context.text(
                            "시스템 구축이 전체의 23%로 가장 큽니다.",
                            "Building systems takes most, 23% of the total."
                        )
                    ),
                    categoryTitle: context.text("유형", "Type"),
                    valueTitle: context.text("사업비", "Budget"),
                    unit: .won,
                    bars: [
                        Bar(
                            label: context.text("시스템 구축 및 기능 개선", "Building systems"),
                            amount: .eok(840),
                            link: Link("/example?type=build")
                        ),
                        Bar(
                            label: context.text(
                                "하드웨어 및 소프트웨어 도입과 통신망 고도화 사업",
                                "Hardware and software"
                            ),
                            amount: .eok(550)
                        ),
                        Bar(
                            label: context.text("정보화 컨설팅", "Consulting"),
                            amount: .eok(236)
                        ),
                    ]
                ),
                in: context
            )
        }
    ]
}
