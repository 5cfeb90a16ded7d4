/// Marks what a query found in a text, and cuts the part out that shows most of it.
///
/// Marked are the words of the query, without their endings; parts of words where at least three
/// neighbours of the query stand together, as in a query without spaces; and a word of two syllables
/// at the beginning of a compound. Question words are not marked.
public struct Highlighter: Sendable {
    private let stems: [TermKey: Float]
    private let bigrams: [TermKey: Float]

    /// Creates a highlighter for a query.
    public init(_ query: TextQuery) {
        var stems: [TermKey: Float] = [:]
        var bigrams: [TermKey: Float] = [:]
        for term in query.terms where term.weight > Interrogatives.weight {
            if term.key.stream == .stem {
                stems[term.key] = term.weight
            } else {
                bigrams[term.key] = term.weight
            }
        }
        self.stems = stems
        self.bigrams = bigrams
    }

    /// Where a text shows words of the query: bytes of UTF-8, ascending, apart, each from the
    /// beginning of a character to the end of one.
    public func ranges(in text: String) -> [Range<Int>] {
        let folded = FoldedText(text)
        var marked = Self.joined(matches(in: folded).map { folded.source(of: $0) })
        let characters = CharacterEdges(text)
        marked = Self.joined(marked.map { characters.widened($0) })
        return marked
    }

    /// The part of a text that shows most of the query.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - maximumCharacterCount: The most characters of the part, at least 16.
    /// - Returns: The part, from the beginning of a word where one is near.
    public func snippet(of text: String, maximumCharacterCount: Int = 160) -> Snippet {
        Snippet(
            text,
            marks: ranges(in: text),
            maximumCharacterCount: max(16, maximumCharacterCount)
        )
    }

    /// The units of a folded text that match.
    private func matches(in text: FoldedText) -> [Range<Int>] {
        var matches: [Range<Int>] = []
        var run: (range: Range<Int>, count: Int)?
        func closeRun() {
            if let run, run.count > 1 { matches.append(run.range) }
            run = nil
        }
        for span in TermSpan.spans(of: text) {
            if span.kind != .bigram {
                if stems[span.key] != nil { matches.append(span.units) }
                continue
            }
            if beginsCompound(span, in: text) { matches.append(span.units) }
            guard bigrams[span.key] != nil else {
                closeRun()
                continue
            }
            if let open = run, open.range.upperBound > span.units.lowerBound {
                run = (open.range.lowerBound..<span.units.upperBound, open.count + 1)
            } else {
                closeRun()
                run = (span.units, 1)
            }
        }
        closeRun()
        return matches
    }

    /// Whether a bigram is a word of the query at the beginning of a word of Hangul.
    private func beginsCompound(_ span: TermSpan, in text: FoldedText) -> Bool {
        let start = span.units.lowerBound
        guard span.units.count == 2, !text.isAfterSpace[start + 1],
            start == 0 || text.isAfterSpace[start] || !text.isSameRun(start - 1, start)
        else { return false }
        var hash = TermHash()
        for unit in text.units[span.units] { hash.combine(UInt64(unit)) }
        return stems[TermKey(stem: hash)] != nil
    }

    /// Ranges in order, those that touch or overlap as one.
    private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }
}

/// A part of a text, with what is to be marked in it.
public struct Snippet: Sendable, Hashable {
    /// The part, without an ellipsis.
    public let text: String
    /// Where the part stands in the whole, in bytes of UTF-8.
    public let utf8Range: Range<Int>
    /// What to mark in the part, in bytes of UTF-8 from its beginning.
    public let highlights: [Range<Int>]
    /// Whether text of the whole stands before the part.
    public let isCutAtStart: Bool
    /// Whether text of the whole stands after the part.
    public let isCutAtEnd: Bool

    /// Cuts the part out of a text that holds most of what is marked.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - marks: What is marked: bytes of UTF-8, ascending, apart, of whole characters.
    ///   - maximumCharacterCount: The most characters of the part.
    public init(_ text: String, marks: [Range<Int>], maximumCharacterCount: Int) {
        let edges = CharacterEdges(text).edges
        let count = edges.count - 1
        var low = 0
        var high = min(count, maximumCharacterCount)
        if count > maximumCharacterCount {
            // The part that holds the most marked bytes; of equal ones the first.
            var best = -1
            for mark in marks {
                let first = Self.place(of: mark.lowerBound, in: edges)
                let start = max(
                    0,
                    min(first - maximumCharacterCount / 8, count - maximumCharacterCount)
                )
                let end = start + maximumCharacterCount
                let held = marks.reduce(0) {
                    $1.lowerBound >= edges[start] && $1.upperBound <= edges[end]
                        ? $0 + $1.count : $0
                }
                if held > best { (best, low, high) = (held, start, end) }
            }
            (low, high) = Self.wholeWords(text, edges, low, high)
        }
        let range = edges[low]..<edges[high]
        utf8Range = range
        self.text = String(decoding: Array(text.utf8)[range], as: UTF8.self)
        highlights = marks.compactMap { mark in
            let part = mark.clamped(to: range)
            return part.isEmpty
                ? nil : (part.lowerBound - range.lowerBound)..<(part.upperBound - range.lowerBound)
        }
        isCutAtStart = low > 0
        isCutAtEnd = high < count
    }

    /// The part without the halves of words at its ends, where the words are not too long.
    private static func wholeWords(
        _ text: String,
        _ edges: [Int],
        _ low: Int,
        _ high: Int
    ) -> (Int, Int) {
        let bytes = Array(text.utf8)
        func isSpace(_ place: Int) -> Bool {
            [0x20, 0x0A, 0x0D, 0x09].contains(bytes[edges[place]])
        }
        let slack = (high - low) / 8
        var (start, end) = (low, high)
        if low > 0, let space = (low..<(low + slack)).first(where: isSpace) { start = space + 1 }
        if high < edges.count - 1,
            let space = ((high - slack)...high).reversed().first(where: isSpace)
        {
            end = space
        }
        return (start, end)
    }

    /// The last place whose edge is not after an offset.
    private static func place(of offset: Int, in edges: [Int]) -> Int {
        edges.withUnsafeBufferPointer { edges in
            let place = edges.lowerBound(of: offset)
            return place < edges.count && edges[place] == offset ? place : max(0, place - 1)
        }
    }
}

/// Where the characters (grapheme clusters) of a text begin, in bytes of UTF-8, and its end.
struct CharacterEdges {
    private(set) var edges: [Int] = [0]

    init(_ text: String) {
        edges.reserveCapacity(text.utf8.count / 2)
        var offset = 0
        for character in text {
            offset += character.utf8.count
            edges.append(offset)
        }
    }

    /// The least range of whole characters around a range.
    func widened(_ range: Range<Int>) -> Range<Int> {
        edges.withUnsafeBufferPointer { edges in
            let low = edges.lowerBound(of: range.lowerBound)
            let high = edges.lowerBound(of: range.upperBound)
            let start = low < edges.count && edges[low] == range.lowerBound ? low : max(0, low - 1)
            return edges[start]..<edges[min(high, edges.count - 1)]
        }
    }
}
