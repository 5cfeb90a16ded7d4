import Basics

/// A view of the same thing, on its own page.
public struct TabLink: Sendable, Hashable {
    /// What the view is called.
    public var title: String
    /// Its page.
    public var link: Link
    /// Whether it is the one shown.
    public var isCurrent: Bool

    /// Creates a view.
    public init(title: String, link: Link, isCurrent: Bool = false) {
        self.title = title
        self.link = link
        self.isCurrent = isCurrent
    }
}

/// Links between views of the same thing: each is a page of its own, so each has an address.
public func tabLinks(_ tabs: [TabLink], label: String) -> HTML {
    let items = HTML(each: tabs) { tab in
        let current: HTML = tab.isCurrent ? " aria-current=\"page\"" : .empty
        return "<li><a href=\"\(tab.link)\"\(current)>\(tab.title)</a></li>"
    }
    return "<nav class=\"tabs\" aria-label=\"\(label)\"><ul>\(items)</ul></nav>"
}

extension TabLink {
    static let examples = [
        ComponentExample("tabs", Bilingual("보기 바꾸기", "Views")) { context in
            tabLinks(
                [
                    TabLink(
                        title: context.text("목록", "List"),
                        link: Link("/example"),
                        isCurrent: true
                    ),
                    TabLink(title: context.text("지도", "Map"), link: Link("/example/map")),
                    TabLink(title: context.text("통계", "Figures"), link: Link("/example/figures")),
                ],
                label: context.text("보기", "Views")
            )
        }
    ]
}
