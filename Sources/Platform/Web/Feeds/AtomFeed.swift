public import Basics

/// An Atom feed (RFC 4287).
public struct AtomFeed: Sendable {
    /// An entry of the feed.
    public struct Entry: Sendable {
        /// A stable identifier; it becomes part of a `tag:` URI.
        public var id: String
        /// The title.
        public var title: String
        /// When the entry last changed.
        public var updated: Instant
        /// Where it stands.
        public var link: Link
        /// What it says.
        public var summary: String

        /// Creates an entry.
        public init(id: String, title: String, updated: Instant, link: Link, summary: String) {
            self.id = id
            self.title = title
            self.updated = updated
            self.link = link
            self.summary = summary
        }
    }

    /// The most entries of a feed; readers page through the listing for more.
    public static let maximumEntryCount = 200

    private let title: String
    private let selfLink: Link
    private let pageLink: Link
    private let publicURL: String
    private let author: String
    private let entries: [Entry]

    /// Creates a feed; entries past the limit are left out.
    ///
    /// - Parameters:
    ///   - title: What it lists.
    ///   - selfLink: Where the feed stands.
    ///   - pageLink: The page that shows the same.
    ///   - publicURL: The address of the site, without a slash at its end.
    ///   - author: Who publishes it.
    ///   - entries: The entries, the newest first.
    public init(
        title: String,
        selfLink: Link,
        pageLink: Link,
        publicURL: String,
        author: String,
        entries: [Entry]
    ) {
        self.title = title
        self.selfLink = selfLink
        self.pageLink = pageLink
        self.publicURL = publicURL
        self.author = author
        self.entries = Array(entries.prefix(Self.maximumEntryCount))
    }

    /// The feed as an answer.
    public func outgoing(emptyAt now: Instant) -> Outgoing {
        let updated = entries.map(\.updated).max() ?? now
        let body: HTML = """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom"><title>\(title)</title>\
            <id>\(publicURL)\(selfLink)</id><updated>\(updated.rfc3339)</updated>\
            <author><name>\(author)</name></author>\
            <link rel="self" type="application/atom+xml" href="\(publicURL)\(selfLink)"/>\
            <link rel="alternate" type="text/html" href="\(publicURL)\(pageLink)"/>\
            \(HTML(each: entries, entry))</feed>

            """
        return Outgoing(
            contentType: "application/atom+xml; charset=utf-8",
            body: .bytes(Array(XMLText.allowed(body.markup).utf8))
        )
    }

    private func entry(_ entry: Entry) -> HTML {
        """
        <entry><title>\(entry.title)</title><id>\(publicURL)/id/\(entry.id)</id>\
        <updated>\(entry.updated.rfc3339)</updated>\
        <link rel="alternate" type="text/html" href="\(publicURL)\(entry.link)"/>\
        <summary>\(entry.summary)</summary></entry>
        """
    }
}

/// What XML 1.0 cannot carry.
enum XMLText {
    /// The text without the control characters that XML 1.0 §2.2 forbids.
    static func allowed(_ text: String) -> String {
        let isForbidden: (Unicode.Scalar) -> Bool = { scalar in
            (scalar.value < 0x20 && ![0x09, 0x0A, 0x0D].contains(scalar.value))
                || scalar.value == 0xFFFE || scalar.value == 0xFFFF
        }
        guard text.unicodeScalars.contains(where: isForbidden) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isForbidden($0) }))
    }
}
