import Basics

/// What a person typed into a search box: words that must all occur somewhere in a text.
///
/// A word matches any substring, without regard to case, to NFC or NFD, to full-width forms, and to
/// white space in the text: `지능형CCTV` finds "지능형 CCTV". Words are separated by white space. A phrase
/// in quotation marks (`"지능형 CCTV"`) must occur with white space at exactly its places (a run of
/// white space counts as one). The empty query matches every text.
public struct SubstringQuery: Sendable, Hashable {
    /// The longest query, in bytes of UTF-8.
    public static let maximumByteCount = 4_096
    /// The most words and phrases of a query.
    public static let maximumTermCount = 32

    /// A word or a phrase, folded.
    struct Term: Sendable, Hashable {
        let units: [UInt16]
        /// Where white space stands before a unit; empty for a word, which ignores it.
        let spaces: [Bool]

        /// Whether two adjacent units decide a match, so that no text needs to be read.
        var isDecidedByBigrams: Bool { units.count <= 2 && !(spaces.count == 2) }
    }

    let terms: [Term]

    /// Whether the query has no words and so matches every text.
    public var isEmpty: Bool { terms.isEmpty }

    /// Reads a query as a person typed it.
    public init(_ text: String) throws(KoreanError) {
        guard text.utf8.count <= Self.maximumByteCount else {
            throw KoreanError(
                .queryTooLong,
                Bilingual(
                    "검색어가 너무 깁니다. \(Self.maximumByteCount.grouped)바이트 이하로 줄여 주세요.",
                    "The query is too long. Please keep it within \(Self.maximumByteCount.grouped) bytes."
                ),
                context: "\(text.utf8.count) bytes"
            )
        }
        let folded = FoldedText(text)
        var terms: [Term] = []
        for part in Self.parts(of: folded) {
            let term = Term(part, in: folded)
            if !terms.contains(term) { terms.append(term) }
        }
        guard terms.count <= Self.maximumTermCount else {
            throw KoreanError(
                .tooManyTerms,
                Bilingual(
                    "검색어의 낱말이 너무 많습니다. \(Self.maximumTermCount)개 이하로 줄여 주세요.",
                    "The query has too many words. Please use at most \(Self.maximumTermCount)."
                ),
                context: "\(terms.count) terms"
            )
        }
        self.terms = terms
    }

    init(terms: [Term]) {
        self.terms = terms
    }

    /// A word or a phrase of a folded query, by its units.
    struct Part: Hashable {
        let units: Range<Int>
        let isPhrase: Bool
    }

    /// The words and phrases of a folded query, in its order.
    static func parts(of text: FoldedText) -> [Part] {
        let quotes: Set<UInt16> = [0x22, 0x201C, 0x201D]
        var parts: [Part] = []
        var start = 0
        var isInPhrase = false
        func close(at end: Int) {
            guard start < end else { return }
            parts.append(Part(units: start..<end, isPhrase: isInPhrase))
        }
        for index in 0..<text.count {
            if quotes.contains(text.units[index]) {
                close(at: index)
                start = index + 1
                isInPhrase.toggle()
            } else if text.isAfterSpace[index], !isInPhrase {
                close(at: index)
                start = index
            }
        }
        close(at: text.count)
        return parts
    }

    /// Whether every word and phrase occurs in a text.
    public func matches(_ text: String) -> Bool {
        let folded = FoldedText(text)
        return terms.allSatisfy { !occurrences(of: $0, in: folded).isEmpty }
    }

    /// Where the words and phrases occur in a text: ranges of its UTF-8 bytes, ascending, joined
    /// where they touch.
    public func highlights(in text: String) -> [Range<Int>] {
        let folded = FoldedText(text)
        var ranges = terms.flatMap { term in
            occurrences(of: term, in: folded).map {
                folded.source(of: $0..<($0 + term.units.count))
            }
        }
        ranges.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        var joined: [Range<Int>] = []
        for range in ranges {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                joined[joined.count - 1] =
                    last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }

    private func occurrences(of term: Term, in text: FoldedText) -> [Int] {
        let length = term.units.count
        guard length <= text.count else { return [] }
        return (0...(text.count - length)).filter { start in
            for offset in 0..<length where text.units[start + offset] != term.units[offset] {
                return false
            }
            for offset in term.spaces.indices.dropFirst()
            where text.isAfterSpace[start + offset] != term.spaces[offset] {
                return false
            }
            return true
        }
    }
}

extension SubstringQuery.Term {
    init(_ part: SubstringQuery.Part, in text: FoldedText) {
        let range = part.units
        units = Array(text.units[range])
        spaces =
            part.isPhrase
            ? [false] + text.isAfterSpace[(range.lowerBound + 1)..<range.upperBound] : []
    }

    /// A word, which ignores white space.
    init(word units: some Sequence<UInt16>) {
        self.units = Array(units)
        spaces = []
    }
}
