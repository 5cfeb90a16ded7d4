/// A part of a text by which it can be found.
public struct Token: Sendable, Hashable {
    /// What a token is.
    public enum Kind: String, Sendable, Hashable {
        /// A Korean word without its particle or ending.
        case word
        /// Two neighbours (syllables, letters of another script, whole Latin words or numbers) with
        /// spaces and signs left out: finds what is written without spaces or with an error.
        case bigram
        /// A word with Latin letters, digits included: `cctv`, `5g`, `h264`.
        case latin
        /// Digits without their commas and leading zeros: `2023`, `3.5`; of a date each part.
        case number
        /// Digits with their unit: `2023년`, `3.5억원`.
        case quantity
        /// A word of another script.
        case other

        /// The stream of terms that tokens of this kind belong to.
        public var stream: TermStream { self == .bigram ? .bigram : .stem }
    }

    /// The text of the token: NFC, lower case, half width.
    public let text: String
    /// What the token is.
    public let kind: Kind
    /// Where the token stands in the source, in bytes of UTF-8.
    public let utf8Range: Range<Int>
    /// The fingerprint of the term.
    let key: TermKey
}

/// Divides Korean texts into tokens, without a dictionary.
///
/// A run of Hangul gives its stem; a run of Latin letters and digits stays whole, and so does a
/// number with its unit, after its digits alone. Every two neighbours give a bigram, across spaces:
/// `연가 일수` has the bigrams 연가, 가일, 일수. Punctuation and signs give nothing. A measured choice:
/// stems with bigrams retrieve as well as a morphological analyser, and survive missing spaces and
/// typing errors, which stems alone do not.
public struct Analyzer: Sendable {
    /// Creates an analyser.
    public init() {}

    /// The tokens of a text, in the order of the source; the bigrams that end in a run follow its
    /// stem.
    public func tokens(of text: String) -> TokenStream {
        TokenStream(FoldedText(text))
    }

    /// Counts the terms of a text by stream, without making tokens; the fastest way through a text.
    public func termCount(utf8 bytes: UnsafeBufferPointer<UInt8>) -> (stems: Int, bigrams: Int) {
        struct Counter: TermSink {
            var stems = 0
            var bigrams = 0
            mutating func take(_ kind: Token.Kind, _ key: TermKey, _ units: Range<Int>) {
                if kind == .bigram { bigrams += 1 } else { stems += 1 }
            }
        }
        var scanned = ScannedUnits()
        scanned.reserve(bytes.count / 2)
        Folding.fold(bytes, into: &scanned)
        var counter = Counter()
        TermScanner.scan(scanned, into: &counter)
        return (counter.stems, counter.bigrams)
    }
}

/// The tokens of a text; the text of each is made when it is asked for.
public struct TokenStream: Sequence, IteratorProtocol, Sendable {
    private let text: FoldedText
    private let spans: [TermSpan]
    private var position = 0

    init(_ text: FoldedText) {
        self.text = text
        spans = TermSpan.spans(of: text)
    }

    /// The next token.
    public mutating func next() -> Token? {
        guard position < spans.count else { return nil }
        defer { position += 1 }
        return spans[position].token(in: text)
    }
}

/// A term with its place in a folded text.
struct TermSpan: Sendable {
    let kind: Token.Kind
    let key: TermKey
    let units: Range<Int>

    private struct Collector: TermSink {
        var spans: [TermSpan] = []

        mutating func take(_ kind: Token.Kind, _ key: TermKey, _ units: Range<Int>) {
            spans.append(TermSpan(kind: kind, key: key, units: units))
        }
    }

    /// Every term of a folded text.
    static func spans(of text: FoldedText) -> [TermSpan] {
        var collector = Collector()
        collector.spans.reserveCapacity(text.count * 2)
        TermScanner.scan(ScannedUnits(text), into: &collector)
        return collector.spans
    }

    func token(in text: FoldedText) -> Token {
        Token(text: self.text(in: text), kind: kind, utf8Range: text.source(of: units), key: key)
    }

    /// The term's text: of a number without its commas and leading zeros.
    func text(in text: FoldedText) -> String {
        let units = text.units[self.units]
        guard kind == .number || kind == .quantity else { return String(units: units) }
        let digits = units.dropFirst(Units.leadingZeroCount(units))
        return String(units: digits.filter { $0 != Units.comma }[...])
    }
}
