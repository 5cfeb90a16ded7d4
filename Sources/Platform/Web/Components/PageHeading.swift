import Basics

/// The heading of a page, with what can be done here beside it.
public func pageHeading(title: String, lead: HTML? = nil, actions: HTML? = nil) -> HTML {
    let lead: HTML? = lead.map { "<p class=\"lead\">\($0)</p>" }
    let actions: HTML? = actions.map { "<div class=\"buttons\">\($0)</div>" }
    return """
        <div class="heading"><div><h1>\(title)</h1>\(lead)</div>\(actions)</div>
        """
}

/// A part of a page under a heading of the second level.
public func section(_ title: String, id: String? = nil, _ content: HTML) -> HTML {
    let attributes: Attributes = ["id": id]
    return "<section\(attributes)><h2>\(title)</h2>\(content)</section>"
}
