/// A search box's words for a substring index: what the person typed, without particles, and with
/// what a table of synonyms knows of them.
///
/// A word finds what its stem is part of (챗봇을 finds 챗봇), which every text with the word itself has
/// too; a phrase in quotation marks stays as it is. Synonyms make further queries, each the whole
/// query with one part replaced.
public struct SubstringSearch: Sendable, Hashable {
    /// The most queries of a search, the typed one included.
    public static let maximumQueryCount = 16

    /// What is searched: a text answers that one of them matches.
    ///
    /// The first is what was typed.
    public let queries: [SubstringQuery]
    /// What was searched for parts of the query, where it is not what was typed.
    public let alternatives: [TextQuery.Alternative]
    /// The words of the first query, by their place in what was typed.
    let words: [Word]

    /// A word or phrase as it was typed, and the term that is searched for it.
    struct Word: Sendable, Hashable {
        let typed: String
        var term: SubstringQuery.Term
        /// Whether the table of synonyms has it, so that it is no error.
        var isKnown = false
    }

    /// Reads a query that was analysed, with its synonyms.
    ///
    /// - Throws: `KoreanError` as `SubstringQuery` does.
    public init(_ query: TextQuery) throws(KoreanError) {
        // The limits, and the plain words.
        _ = try SubstringQuery(query.text)
        let words = Self.words(of: query.text).map { word in
            var word = word
            word.isKnown = query.alternatives.contains { word.typed.contains($0.typed) }
            return word
        }
        self.words = words
        var queries = [SubstringQuery(words)]
        for alternative in query.alternatives {
            for searched in alternative.searched where queries.count < Self.maximumQueryCount {
                // Written as one word, a synonym of several words is found where they stand together.
                let word = searched.filter { !$0.isWhitespace }
                let text = query.text.replacing(alternative.typed, with: " \(word) ")
                let replaced = SubstringQuery(Self.words(of: text))
                if replaced.terms.count <= SubstringQuery.maximumTermCount,
                    !queries.contains(replaced)
                {
                    queries.append(replaced)
                }
            }
        }
        self.queries = queries
        let stripped = words.compactMap { word -> TextQuery.Alternative? in
            let stem = String(units: word.term.units[...])
            return word.term.spaces.isEmpty && FoldedText(word.typed).units != word.term.units
                ? TextQuery.Alternative(typed: word.typed, searched: [stem]) : nil
        }
        alternatives = stripped + query.alternatives
    }

    private init(_ words: [Word], alternatives: [TextQuery.Alternative]) {
        self.words = words
        queries = [SubstringQuery(words)]
        self.alternatives = alternatives
    }

    /// Whether the search has no words and so finds every text.
    public var isEmpty: Bool { queries[0].isEmpty }

    /// Whether a text answers.
    public func matches(_ text: String) -> Bool { queries.contains { $0.matches(text) } }

    /// Where a text shows what was searched: ranges of its UTF-8 bytes, ascending, apart, of whole
    /// characters.
    public func highlights(in text: String) -> [Range<Int>] {
        let edges = CharacterEdges(text)
        let ranges = queries.flatMap { $0.highlights(in: text) }.map { edges.widened($0) }
        var joined: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                let end = max(last.upperBound, range.upperBound)
                joined[joined.count - 1] = last.lowerBound..<end
            } else {
                joined.append(range)
            }
        }
        return joined
    }

    private static func words(of text: String) -> [Word] {
        let folded = FoldedText(text)
        let bytes = Array(text.utf8)
        return SubstringQuery.parts(of: folded).map { part in
            Word(
                typed: String(decoding: bytes[folded.source(of: part.units)], as: UTF8.self),
                term: part.isPhrase
                    ? SubstringQuery.Term(part, in: folded)
                    : SubstringQuery.Term(word: folded.units[part.units].withoutEnding)
            )
        }
    }

    /// The search with other words in the place of those that no text has.
    fileprivate func replacing(
        _ other: (Word) -> [[UInt16]]?
    ) -> SubstringSearch? {
        var replaced: [Word] = []
        var told = alternatives
        var isChanged = false
        for word in words {
            guard let units = other(word) else {
                replaced.append(word)
                continue
            }
            isChanged = true
            replaced += units.map { Word(typed: word.typed, term: .init(word: $0)) }
            told.removeAll { $0.typed == word.typed }
            let searched = units.map { String(units: $0[...]) }.joined(separator: " ")
            told.append(TextQuery.Alternative(typed: word.typed, searched: [searched]))
        }
        guard isChanged, replaced.count <= SubstringQuery.maximumTermCount else { return nil }
        return SubstringSearch(replaced, alternatives: told)
    }
}

extension SubstringQuery {
    fileprivate init(_ words: [SubstringSearch.Word]) {
        var terms: [Term] = []
        for word in words where !terms.contains(word.term) { terms.append(word.term) }
        self.init(terms: terms)
    }
}

extension ArraySlice<UInt16> {
    /// A word's units without its particle or ending: the whole where there is none.
    fileprivate var withoutEnding: ArraySlice<UInt16> {
        let text = FoldedText(String(units: self))
        guard let stem = TermSpan.spans(of: text).first(where: { $0.kind != .bigram }),
            stem.units.lowerBound == 0, stem.units.upperBound < text.count,
            text.count == count
        else { return self }
        let ending = text.units[stem.units.upperBound...]
        let isEnding = ending.withUnsafeBufferPointer { Endings.isEnding($0) }
        return isEnding || ending.allSatisfy { Script(of: $0) == .hangul } && stem.kind == .word
            ? prefix(stem.units.count) : self
    }

    /// The stems of a word that was written together, apart: 지능형CCTV노원.
    fileprivate var stems: [[UInt16]] {
        let text = FoldedText(String(units: self))
        var spans: [Range<Int>] = []
        for span in TermSpan.spans(of: text) where span.kind != .bigram {
            // A quantity follows the number it begins with.
            if let last = spans.last, last.lowerBound == span.units.lowerBound {
                spans[spans.count - 1] = span.units
            } else {
                spans.append(span.units)
            }
        }
        return spans.map { Array(text.units[$0]) }
    }
}

/// What a substring index found for the words of a search box.
public struct SubstringFinding: Sendable {
    /// What was searched in the end: `alternatives` tell where it is not what was typed.
    public let search: SubstringSearch
    /// The rows that answer.
    public let matches: SubstringMatches
}

extension SubstringIndex {
    /// The longest run of Hangul that is divided in search of its words.
    private static let maximumDividedLength = 12

    /// Finds the rows that answer a search box.
    ///
    /// Every row that a query of the search matches is found. Where there is none, words that no row
    /// has are divided into words that rows have, and then read with one letter (jamo) changed.
    public func find(_ search: SubstringSearch) -> SubstringFinding {
        var matches = matches(search.queries[0])
        for query in search.queries.dropFirst() { matches = matches.union(self.matches(query)) }
        guard matches.count == 0, !search.isEmpty else {
            return SubstringFinding(search: search, matches: matches)
        }
        var found = SubstringFinding(search: search, matches: matches)
        for other in [divided, corrected] {
            let replaced = found.search.replacing { word in
                guard word.term.spaces.isEmpty, !has(word.term.units) else { return nil }
                return other(word)
            }
            guard let replaced else { continue }
            found = SubstringFinding(
                search: replaced,
                matches: self.matches(replaced.queries[0])
            )
            if found.matches.count > 0 { return found }
        }
        return SubstringFinding(search: search, matches: matches)
    }

    private func has(_ units: [UInt16]) -> Bool { count(of: units) > 0 }

    /// In how many rows a word occurs; pairs that no segment has decide at once.
    private func count(of units: [UInt16]) -> Int {
        let mayOccur = segments.contains { segment in
            segment.indexedRowCount < segment.rows.rowCount
                || zip(units, units.dropFirst()).allSatisfy {
                    segment.postings.position(of: UInt32($0) << 16 | UInt32($1)) != nil
                }
        }
        guard mayOccur else { return 0 }
        return matches(SubstringQuery(terms: [.init(word: units)])).count
    }

    /// The words that a word written together is made of; nothing where they are not found.
    private func divided(_ typed: SubstringSearch.Word) -> [[UInt16]]? {
        let word = typed.term.units
        var parts: [[UInt16]] = []
        for stem in word[...].stems {
            if stem == word || !has(stem) {
                guard let pieces = pieces(of: stem) else { return nil }
                parts += pieces
            } else {
                parts.append(stem)
            }
        }
        return parts.count > 1 ? parts : nil
    }

    /// The two or three words that rows have together and a run of Hangul is made of.
    private func pieces(of run: [UInt16]) -> [[UInt16]]? {
        guard (4...Self.maximumDividedLength).contains(run.count),
            run.allSatisfy({ Script(of: $0) == .hangul })
        else { return nil }
        var known: [Range<Int>: Bool] = [:]
        func occurs(_ range: Range<Int>) -> Bool {
            if let known = known[range] { return known }
            let found = has(Array(run[range]))
            known[range] = found
            return found
        }
        var best: (count: Int, pieces: [[UInt16]]) = (0, [])
        func consider(_ cuts: [Int]) {
            let ranges = zip([0] + cuts, cuts + [run.count]).map { $0..<$1 }
            guard ranges.allSatisfy(occurs) else { return }
            let pieces = ranges.map { Array(run[$0]) }
            let count = matches(SubstringQuery(terms: pieces.map { .init(word: $0) })).count
            if count > best.count { best = (count, pieces) }
        }
        for cut in 2...(run.count - 2) { consider([cut]) }
        if best.count == 0, run.count >= 6 {
            for first in 2...(run.count - 4) {
                for second in (first + 2)...(run.count - 2) { consider([first, second]) }
            }
        }
        return best.count > 0 ? best.pieces : nil
    }

    /// The most frequent word that differs in one letter of one syllable; of a word of two syllables,
    /// which too many others are near, in a vowel that is easily mistaken.
    private func corrected(_ typed: SubstringSearch.Word) -> [[UInt16]]? {
        let word = typed.term.units
        guard !typed.isKnown, (2...8).contains(word.count) else { return nil }
        var best: (count: Int, units: [UInt16]) = (0, [])
        for place in word.indices {
            func consider(_ syllable: UInt16) {
                var units = word
                units[place] = syllable
                let count = count(of: units)
                if count > best.count { best = (count, units) }
            }
            if word.count == 2 {
                Hangul.forEachMistakenVowel(of: word[place], consider)
            } else {
                Hangul.forEachNeighbour(of: word[place], consider)
            }
        }
        return best.count > 0 ? [best.units] : nil
    }
}

extension Hangul {
    /// The vowels (by their order in Unicode) that are mistaken for each other, because they sound
    /// alike or differ in one stroke.
    private static let mistakenVowels: [[UInt16]] = [
        [1, 5], [3, 7], [10, 11], [10, 15], [11, 15], [0, 2], [4, 6], [8, 12], [13, 17], [4, 8],
        [6, 12], [13, 18], [18, 19], [19, 20], [16, 20],
    ]

    /// Every syllable that differs in a vowel that is easily mistaken.
    fileprivate static func forEachMistakenVowel(of syllable: UInt16, _ body: (UInt16) -> Void) {
        guard syllables.contains(syllable) else { return }
        let index = syllable - syllables.lowerBound
        let vowel = index % 588 / 28
        for pair in mistakenVowels where pair.contains(vowel) {
            let other = pair[0] == vowel ? pair[1] : pair[0]
            body(syllables.lowerBound + index / 588 * 588 + other * 28 + index % 28)
        }
    }
}

extension SubstringMatches {
    /// The rows of both.
    fileprivate func union(_ other: SubstringMatches) -> SubstringMatches {
        SubstringMatches(bitset: zip(bitset, other.bitset).map { $0 | $1 })
    }
}
