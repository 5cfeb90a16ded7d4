public import Basics

/// How dense a page is set.
public enum Density: String, Sendable, Hashable, Codable {
    /// Airy, one thing at a time.
    case resident
    /// Dense, keyboard-first, dark unless the person chose otherwise.
    case `operator`
}

/// How a person wants pages to look; kept in the cookie `haechi-display`.
public struct DisplayPreferences: Sendable, Hashable, Codable {
    /// Light or dark.
    public enum Theme: String, Sendable, Hashable, Codable, CaseIterable {
        /// As the device says; dark on operators' pages.
        case system
        /// Ink on paper.
        case light
        /// Paper on ink.
        case dark
    }

    /// How strongly text stands out.
    public enum Contrast: String, Sendable, Hashable, Codable, CaseIterable {
        /// At least 4.5:1 (WCAG 2.2 §1.4.3).
        case standard
        /// At least 7:1 (WCAG 2.2 §1.4.6), with drawn borders.
        case high
    }

    /// How large text is.
    public enum TextSize: String, Sendable, Hashable, Codable, CaseIterable {
        /// The browser's own size.
        case standard
        /// A quarter larger.
        case large
    }

    /// Light or dark.
    public var theme: Theme
    /// How strongly text stands out.
    public var contrast: Contrast
    /// How large text is.
    public var textSize: TextSize

    /// Creates preferences; what is not said is as the device has it.
    public init(
        theme: Theme = .system,
        contrast: Contrast = .standard,
        textSize: TextSize = .standard
    ) {
        self.theme = theme
        self.contrast = contrast
        self.textSize = textSize
    }

    /// Reads the cookie's form, `light.high.standard`; nothing where it is anything else.
    public init?(cookie: some StringProtocol) {
        let parts = String(cookie).split(separator: ".", omittingEmptySubsequences: false)
            .map { String($0) }
        guard parts.count == 3, let theme = Theme(rawValue: parts[0]),
            let contrast = Contrast(rawValue: parts[1]),
            let textSize = TextSize(rawValue: parts[2])
        else { return nil }
        self.init(theme: theme, contrast: contrast, textSize: textSize)
    }

    /// The cookie's form, `light.high.standard`.
    public var cookie: String {
        "\(theme.rawValue).\(contrast.rawValue).\(textSize.rawValue)"
    }
}

/// Who is signed in, as the masthead shows it.
public struct Visitor: Sendable, Hashable {
    /// The name shown.
    public var displayName: String
    /// Notices not read yet.
    public var unreadNoticeCount: Int
    /// Whether the person works for the city.
    public var isStaff: Bool
    /// Whether the person administers the system.
    public var isAdministrator: Bool

    /// Creates a visitor.
    public init(
        displayName: String,
        unreadNoticeCount: Int = 0,
        isStaff: Bool = false,
        isAdministrator: Bool = false
    ) {
        self.displayName = displayName
        self.unreadNoticeCount = unreadNoticeCount
        self.isStaff = isStaff
        self.isAdministrator = isAdministrator
    }
}

/// A service in the main navigation.
public struct NavigationItem: Sendable, Hashable {
    /// What it is called.
    public var title: Bilingual
    /// Where it stands.
    public var link: Link

    /// Creates an item.
    public init(title: Bilingual, link: Link) {
        self.title = title
        self.link = link
    }
}

/// Where the pages about the person's own account stand.
public struct AccountLinks: Sendable, Hashable {
    /// The form to sign in.
    public var signIn = Link("/sign-in")
    /// The person's own page.
    public var account = Link("/account")
    /// The person's notices.
    public var notices = Link("/notices")
    /// Takes a POST that ends the session.
    public var signOut = Link("/sign-out")
    /// The accounts an administrator keeps.
    public var accounts = Link("/admin/accounts")
    /// What an administrator sees of the running city.
    public var operations = Link("/operations")

    /// The usual places.
    public init() {}
}

/// What every page knows about the request it answers.
public struct PageContext: Sendable {
    /// The language of the page.
    public var language: Language
    /// The current path without its query.
    public var path: String
    /// The query, in the order it came.
    public var query: [(name: String, value: String)]
    /// How the person wants pages to look.
    public var preferences: DisplayPreferences
    /// Who is signed in.
    public var visitor: Visitor?
    /// Whether the city shown is the generated sample; every page then says so.
    public var isSample: Bool
    /// The name of the site.
    public var siteName: Bilingual
    /// The main navigation.
    public var navigation: [NavigationItem]
    /// The token that forms of this session carry against forged requests.
    public var formToken: String
    /// When the request came.
    public var now: Instant
    /// Part of every asset's address, so that it changes with the content.
    public var assetVersion: String
    /// How dense this part of the site is; a page may ask for more.
    public var density: Density
    /// Whether the strip says that this is an official site.
    ///
    /// A city turns it on; it is off by default because only a government site may say so.
    public var showsOfficialBanner: Bool
    /// Where the pages about the person's own account stand.
    public var accountLinks: AccountLinks
    /// Where the whole city is searched; nothing where no room can be.
    public var searchLink: Link?

    /// Creates a context.
    public init(
        language: Language,
        path: String = "/",
        query: [(name: String, value: String)] = [],
        preferences: DisplayPreferences = DisplayPreferences(),
        visitor: Visitor? = nil,
        isSample: Bool = false,
        siteName: Bilingual = Bilingual("해치시", "Haechi City"),
        navigation: [NavigationItem] = [],
        formToken: String = "",
        now: Instant,
        assetVersion: String = "0",
        density: Density = .resident,
        showsOfficialBanner: Bool = false,
        accountLinks: AccountLinks = AccountLinks(),
        searchLink: Link? = nil
    ) {
        self.language = language
        self.path = path
        self.query = query
        self.preferences = preferences
        self.visitor = visitor
        self.isSample = isSample
        self.siteName = siteName
        self.navigation = navigation
        self.formToken = formToken
        self.now = now
        self.assetVersion = assetVersion
        self.density = density
        self.showsOfficialBanner = showsOfficialBanner
        self.accountLinks = accountLinks
        self.searchLink = searchLink
    }
}

extension PageContext {
    /// The text in the page's language.
    public func text(_ korean: String, _ english: String) -> String {
        language == .korean ? korean : english
    }

    /// The first value of a name in the query.
    public func value(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// This page with a value in its query replaced, or removed where it is nil.
    ///
    /// The page number goes unless it is what is set: another order or filter starts at page one.
    public func link(setting name: String, to value: String?) -> Link {
        var items = query.filter { $0.name != name && $0.name != "page" }
        if let value { items.append((name, value)) }
        return Link(path, query: items)
    }

    /// This page with one name-and-value pair taken out of its query.
    public func link(removing name: String, value: String) -> Link {
        Link(
            path,
            query: query.filter { !($0.name == name && $0.value == value) && $0.name != "page" }
        )
    }

    /// The address of one of our assets.
    public func asset(_ fileName: String) -> Link {
        .path("assets", assetVersion, fileName)
    }

    /// The current path with its query, to come back to.
    var returnPath: String { Link(path, query: query).target }
}
