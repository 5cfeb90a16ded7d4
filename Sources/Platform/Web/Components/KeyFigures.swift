import Basics

/// A number that says much about a page.
public struct KeyFigure: Sendable, Hashable {
    /// What is counted.
    public var label: String
    /// The number, written out.
    public var value: String
    /// What it counts in.
    public var unit: String
    /// What it is compared with, or how it comes about.
    public var note: HTML?
    /// The list behind the number.
    public var link: Link?

    /// Creates a figure.
    public init(
        label: String,
        value: String,
        unit: String = "",
        note: HTML? = nil,
        link: Link? = nil
    ) {
        self.label = label
        self.value = value
        self.unit = unit
        self.note = note
        self.link = link
    }
}

/// The numbers that say most about a page, large and side by side.
public func keyFigures(_ figures: [KeyFigure]) -> HTML {
    let items = HTML(each: figures) { figure in
        let unit: HTML? = figure.unit.isEmpty ? nil : "<span class=\"unit\">\(figure.unit)</span>"
        let label: HTML =
            figure.link.map { "<a href=\"\($0)\">\(figure.label)</a>" } ?? HTML(text: figure.label)
        let note: HTML? = figure.note.map { "<dd class=\"note\">\($0)</dd>" }
        return """
            <div><dt>\(label)</dt><dd class="value">\(figure.value)\(unit)</dd>\(note)</div>
            """
    }
    return "<dl class=\"figures\">\(items)</dl>"
}

extension KeyFigure {
    static let examples = [
        ComponentExample("figures", Bilingual("주요 수치", "Key figures")) { context in
            keyFigures([
                KeyFigure(
                    label: context.text("전체 사업", "Projects"),
                    value: "1,431",
                    unit: context.text("건", ""),
                    link: Link("/example")
                ),
                KeyFigure(
                    label: context.text("전체 사업비", "Budget"),
                    value: "3,703",
                    unit: context.text("억원", " 억원"),
                    note: HTML(text: context.text("작년보다 7.1% 늘었습니다", "7.1% more than last year"))
                ),
                KeyFigure(
                    label: context.text("신기술 사업", "New technology"),
                    value: "274",
                    unit: context.text("건", ""),
                    note: "1,270억원 · 34.3%"
                ),
            ])
        }
    ]
}
