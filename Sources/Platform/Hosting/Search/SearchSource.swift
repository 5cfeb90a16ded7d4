public import Basics
public import Identity
public import Korean
public import Web

/// What is asked of a room: words that were analysed once, who asks, and which part of what is found.
public struct SearchRequest: Sendable {
    /// The longest text that is searched for, in characters; more is cut.
    public static let maximumTextLength = 200

    /// What was typed, with its synonyms.
    public let query: TextQuery
    /// Who asks; nothing they may not see is found, counted or hinted at.
    public let actor: Actor
    /// The language of the answer.
    public let language: Language
    /// When the request came.
    public let now: Instant
    /// How many results to leave out, the best first.
    public let offset: Int
    /// The most results to give.
    public let limit: Int

    /// The part of a list that was found whole.
    public func window<Item>(of items: [Item]) -> ArraySlice<Item> {
        items.dropFirst(offset).prefix(limit)
    }
}

/// What a room found.
public struct SearchFound: Sendable {
    /// How many records answer, of those the person may see.
    public var count: Int
    /// The part that was asked for, the best first.
    public var results: [SearchResult]
    /// The room's own list of the same records, narrowed by the query.
    public var listing: Link?
    /// What was searched where it is not what was typed.
    public var alternatives: [TextQuery.Alternative]

    /// Creates an answer.
    public init(
        count: Int,
        results: [SearchResult],
        listing: Link? = nil,
        alternatives: [TextQuery.Alternative] = []
    ) {
        self.count = count
        self.results = results
        self.listing = listing
        self.alternatives = alternatives
    }

    /// Nothing, for whoever may not see any of it.
    public static let nothing = SearchFound(count: 0, results: [])
}

/// One record that was found.
public struct SearchResult: Sendable {
    /// The most characters of a title.
    public static let maximumTitleLength = 120
    /// The most characters of the text that is shown.
    public static let maximumTextLength = 160

    /// What it is called, with what to mark.
    public var title: Snippet
    /// The part of its text that shows most of the query.
    public var text: Snippet?
    /// Small facts: whose it is, of when.
    public var facts: [String]
    /// Its page.
    public var link: Link

    /// Creates a result of whole texts.
    ///
    /// - Parameters:
    ///   - title: What it is called.
    ///   - text: What else was searched; the part that shows most of the query is cut out.
    ///   - facts: Small facts.
    ///   - link: Its page.
    ///   - marks: Where a text shows the query, in bytes of UTF-8.
    public init(
        title: String,
        text: String = "",
        facts: [String] = [],
        link: Link,
        marks: (String) -> [Range<Int>]
    ) {
        self.title = Snippet(
            title,
            marks: marks(title),
            maximumCharacterCount: Self.maximumTitleLength
        )
        self.text =
            text.isEmpty
            ? nil
            : Snippet(text, marks: marks(text), maximumCharacterCount: Self.maximumTextLength)
        self.facts = facts.filter { !$0.isEmpty }
        self.link = link
    }
}

/// Records of a room that the city's search finds.
public struct SearchSource: Sendable {
    /// The stable name in addresses and in the API.
    public let id: String
    /// What the records are called.
    public let title: Bilingual
    let find: @Sendable (SearchRequest) async throws -> SearchFound

    /// Describes records and how they are found.
    ///
    /// - Parameters:
    ///   - id: The stable name in addresses and in the API.
    ///   - title: What the records are called.
    ///   - find: Finds them, by the access rules of the room.
    public init(
        _ id: String,
        _ title: Bilingual,
        find: @escaping @Sendable (SearchRequest) async throws -> SearchFound
    ) {
        self.id = id
        self.title = title
        self.find = find
    }
}
