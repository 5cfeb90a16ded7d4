/// What a person asks, as terms with weights.
///
/// Any text is a query: an empty one finds nothing, and of a very long one the first
/// `maximumByteCount` bytes and `maximumTermCount` terms count.
public struct TextQuery: Sendable, Hashable {
    /// The bytes of UTF-8 that are read of a query.
    public static let maximumByteCount = 4_096
    /// The terms that are searched of a query, synonyms included.
    public static let maximumTermCount = 512

    /// Why a term is searched.
    public enum Origin: Sendable, Hashable {
        /// The person typed it.
        case typed
        /// It means the same as what the person typed.
        case synonym(of: String)
        /// It differs by one letter from what the person typed, which no document has.
        case correction(of: String)
    }

    /// A term of a query.
    public struct Term: Sendable, Hashable {
        /// The term as it was analysed.
        public let text: String
        /// What the term is.
        public let kind: Token.Kind
        /// What the term counts beside a plain one of the same stream, above 0 to 1.
        public let weight: Float
        /// Why the term is searched.
        public let origin: Origin
        let key: TermKey
    }

    /// Other words that were searched for words of the query.
    public struct Alternative: Sendable, Hashable {
        /// What the person typed.
        public let typed: String
        /// What was searched as well.
        public let searched: [String]
    }

    /// What the person typed.
    public let text: String
    /// The terms, each once, in the order of the text; synonyms and corrections after them.
    public private(set) var terms: [Term]
    /// What was searched beside the typed words, for the line "also searched".
    public private(set) var alternatives: [Alternative]

    /// Reads a query, and adds what a table of synonyms knows of its words.
    public init(_ text: String, synonyms: SynonymTable = SynonymTable()) {
        self.text = text
        terms = []
        alternatives = []
        let folded = FoldedText(searchedText)
        add(folded, weight: 1, origin: .typed)
        for match in synonyms.matches(in: folded) {
            let source = folded.source(of: match.range)
            let typed = String(decoding: Array(text.utf8)[source], as: UTF8.self)
            alternatives.append(Alternative(typed: typed, searched: match.alternatives))
            for alternative in match.alternatives {
                add(FoldedText(alternative), weight: synonyms.weight, origin: .synonym(of: typed))
            }
        }
    }

    /// Whether the query has no terms and so finds nothing.
    public var isEmpty: Bool { terms.isEmpty }

    /// The part of the text that is read.
    var searchedText: String {
        guard text.utf8.count > Self.maximumByteCount else { return text }
        // A character cut in two at the end reads as U+FFFD, which is no term.
        return String(decoding: text.utf8.prefix(Self.maximumByteCount), as: UTF8.self)
    }

    /// Adds the terms of a text that the query does not have.
    private mutating func add(_ folded: FoldedText, weight: Float, origin: Origin) {
        // A query has few terms: reading them all is faster than a set.
        var known = terms.map(\.key.bits)
        terms.reserveCapacity(terms.count + folded.count * 2)
        for span in TermSpan.spans(of: folded) where terms.count < Self.maximumTermCount {
            guard !known.contains(span.key.bits) else { continue }
            known.append(span.key.bits)
            let units = folded.units[span.units]
            let asks =
                span.kind == .bigram
                ? Interrogatives.contains(pair: units)
                : span.kind == .word && Interrogatives.contains(word: units)
            terms.append(
                Term(
                    text: span.text(in: folded),
                    kind: span.kind,
                    weight: asks ? weight * Interrogatives.weight : weight,
                    origin: origin,
                    key: span.key
                )
            )
        }
    }

    /// Adds corrected words for a typed one.
    mutating func correct(_ typed: String, to words: [String], weight: Float) {
        alternatives.append(Alternative(typed: typed, searched: words))
        for word in words {
            add(FoldedText(word), weight: weight, origin: .correction(of: typed))
        }
    }
}
