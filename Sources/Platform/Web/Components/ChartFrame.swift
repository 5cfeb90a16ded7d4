import Basics

/// What every chart says about itself.
public struct ChartCaption: Sendable, Hashable {
    /// The identifier of the chart on its page.
    public var id: String
    /// What the chart shows.
    public var title: String
    /// What there is to see in it, in a sentence.
    public var summary: String

    /// Creates a caption.
    public init(id: String, title: String, summary: String) {
        self.id = id
        self.title = title
        self.summary = summary
    }
}

/// A drawing with its caption and, under it, the same numbers as a table.
func chartFigure(
    _ caption: ChartCaption,
    heightInEm: Double,
    drawing: HTML,
    legend: HTML = .empty,
    numbers: DataTable,
    in context: PageContext
) -> HTML {
    let id = caption.id
    return """
        <figure class="chart" id="\(id)"><figcaption><strong>\(caption.title)</strong>\
        <span>\(caption.summary)</span></figcaption>\(legend)\
        <svg width="100%" height="\(length(heightInEm, "em"))" role="img" \
        aria-labelledby="\(id)-title \(id)-desc"><title id="\(id)-title">\(caption.title)</title>\
        <desc id="\(id)-desc">\(caption.summary)</desc>\(drawing)</svg>\
        <details><summary>\(context.text("표로 보기", "Show as a table"))</summary>\
        \(table(numbers, in: context))</details></figure>
        """
}
