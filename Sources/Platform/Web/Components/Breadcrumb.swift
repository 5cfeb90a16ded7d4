import Basics

/// A step on the way to a page.
public struct Breadcrumb: Sendable, Hashable {
    /// What the step is called.
    public var title: String
    /// Where it stands.
    public var link: Link

    /// Creates a step.
    public init(title: String, link: Link) {
        self.title = title
        self.link = link
    }
}

/// The way to a page: the steps, then the page itself.
public func breadcrumbTrail(
    _ steps: [Breadcrumb],
    current: String,
    in context: PageContext
) -> HTML {
    let items = HTML(each: steps) { "<li><a href=\"\($0.link)\">\($0.title)</a></li>" }
    return """
        <nav class="crumbs" aria-label="\(context.text("현재 위치", "Breadcrumb"))"><ol>\
        \(items)<li aria-current="page">\(current)</li></ol></nav>
        """
}

extension Breadcrumb {
    static let examples = [
        ComponentExample("breadcrumb", Bilingual("현재 위치", "Breadcrumb")) { context in
            breadcrumbTrail(
                [
                    Breadcrumb(title: context.text("처음", "Home"), link: Link("/")),
                    Breadcrumb(
                        title: context.text("발주정보", "Procurement"),
                        link: Link("/procurement")
                    ),
                ],
                current: context.text("사업 목록", "Projects"),
                in: context
            )
        }
    ]
}
