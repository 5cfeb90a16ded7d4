public import Basics

/// A page before it is dressed: what stands between the masthead and the footer.
public struct Page: Sendable {
    /// How wide the content runs.
    public enum Width: String, Sendable, Hashable {
        /// A column of text and forms.
        case reading
        /// Lists, tables, charts and maps.
        case wide
    }

    /// The heading and the window's title.
    public var title: String
    /// The way here from the front page, without the page itself.
    public var breadcrumbs: [Breadcrumb]
    /// A sentence or two under the heading.
    public var lead: HTML?
    /// What the page is about.
    public var main: HTML
    /// Where the data comes from and as of when.
    public var source: PageSource?
    /// Other forms of the page, such as its Atom feed.
    public var alternates: [Alternate]
    /// A message above the heading.
    public var notification: HTML?
    /// How wide the content runs.
    public var width: Width
    /// How dense the page is set.
    public var density: Density
    /// What stands beside the content on a wide screen and before it on a phone.
    public var aside: HTML?
    /// Buttons beside the heading.
    public var actions: HTML?
    /// Whether a form on the page was refused; the window's title then says so first.
    public var hasErrors: Bool
    /// Whether it shows what a visitor said of themself, so that no browser keeps it; what is shown to
    /// somebody signed in is never kept.
    public var isPersonal = false
    /// Names of the house's scripts that the page has beside those of every page.
    public var scripts: [String]
    /// Names of the style sheets that the page has beside the house's.
    public var styles: [String]

    /// Creates a page.
    public init(
        title: String,
        breadcrumbs: [Breadcrumb] = [],
        lead: HTML? = nil,
        main: HTML,
        source: PageSource? = nil,
        alternates: [Alternate] = [],
        notification: HTML? = nil,
        width: Width = .reading,
        density: Density = .resident,
        aside: HTML? = nil,
        actions: HTML? = nil,
        hasErrors: Bool = false,
        scripts: [String] = [],
        styles: [String] = []
    ) {
        self.title = title
        self.breadcrumbs = breadcrumbs
        self.lead = lead
        self.main = main
        self.source = source
        self.alternates = alternates
        self.notification = notification
        self.width = width
        self.density = density
        self.aside = aside
        self.actions = actions
        self.hasErrors = hasErrors
        self.scripts = scripts
        self.styles = styles
    }
}

/// Where the data of a page comes from.
public struct PageSource: Sendable, Hashable {
    /// Who keeps the data.
    public var name: String
    /// As of when.
    public var updatedAt: Instant?
    /// Where the data itself can be had.
    public var link: Link?

    /// Creates a source.
    public init(name: String, updatedAt: Instant? = nil, link: Link? = nil) {
        self.name = name
        self.updatedAt = updatedAt
        self.link = link
    }
}

/// Another form of a page (`<link rel="alternate">`).
public struct Alternate: Sendable, Hashable {
    /// What it is.
    public var title: String
    /// Its media type, `application/atom+xml`.
    public var mediaType: String
    /// Where it stands.
    public var link: Link

    /// Creates an alternate.
    public init(title: String, mediaType: String, link: Link) {
        self.title = title
        self.mediaType = mediaType
        self.link = link
    }

    /// An Atom feed (RFC 4287) of what the page lists.
    public static func atom(title: String, link: Link) -> Alternate {
        Alternate(title: title, mediaType: "application/atom+xml", link: link)
    }
}
