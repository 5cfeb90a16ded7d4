/// The words of a question, each with what may stand for it in a passage.
///
/// Of several words that mean the same, a passage needs one: a rule of ten synonyms counts as much
/// as a word without any, where a sum over terms would let it drown the rest of the question.
struct QuestionConcepts {
    /// A way to say a word: the word itself, a synonym of one or more words, a correction.
    struct Wording {
        /// The pairs of syllables that make it up, by their places; a word of one syllable by itself.
        var parts: [Int] = []
        /// The place of the stem, of a wording of one word.
        var stem: Int?
        /// How well it stands for the word, 1 for the word itself.
        var quality: Double
    }

    /// A word of the question.
    struct Concept {
        let units: Range<Int>
        let weight: Double
        var wordings: [Wording]
    }

    /// What a synonym or a correction counts beside the typed word.
    static let otherQuality = 0.85
    /// What a word counts that stands in a passage only as a part of longer ones.
    static let partQuality = 0.95
    /// With a lesser share of its pairs a word is not there.
    static let leastShare = 0.5
    /// A longer run of Hangul is a question without spaces: its pairs count by themselves.
    static let maximumWordLength = 6
    /// A word that no document has counts as one that so many have.
    static let unknownWordFrequency = 20

    private(set) var concepts: [Concept] = []
    /// The pairs that the person typed, with their weights.
    private(set) var typedPairs: [(place: Int, weight: Double)] = []
    private var places: [TermKey: Int] = [:]
    /// A bit for each of 4,096 values of a key: most terms of a passage are none of the question's.
    private var filter = [UInt64](repeating: 0, count: 64)

    /// The weights of all concepts together, above 0.
    let totalWeight: Double
    /// The weights of all typed pairs together, above 0.
    let totalPairWeight: Double

    /// The number of terms that may be found.
    var termCount: Int { places.count }

    /// Reads a query; its corrections are among its alternatives already.
    init(_ query: TextQuery, _ index: TextIndex) {
        let folded = FoldedText(query.searchedText)
        let spans = TermSpan.spans(of: folded)
        var places: [TermKey: Int] = [:]
        var concepts = Self.words(of: spans, index).map { span in
            Concept(
                units: span.units,
                weight: Self.weight(of: span, folded, index),
                wordings: [Self.wording([span], of: spans, quality: 1, &places)]
            )
        }
        for alternative in query.alternatives {
            let typed = FoldedText(alternative.typed).units
            guard let start = folded.units.firstRange(of: typed)?.lowerBound else { continue }
            let others = alternative.searched.map { text in
                let spans = TermSpan.spans(of: FoldedText(text))
                let words = spans.filter { $0.kind != .bigram }
                return Self.wording(words, of: spans, quality: Self.otherQuality, &places)
            }.filter { !$0.parts.isEmpty }
            for place in concepts.indices
            where concepts[place].units.overlaps(start..<(start + typed.count)) {
                concepts[place].wordings += others
            }
        }
        var seen: Set<TermKey> = []
        for span in spans where span.kind == .bigram && seen.insert(span.key).inserted {
            let frequency = index.documentFrequency(of: span.key)
            guard frequency > 0 else { continue }
            let idf = BM25.inverseDocumentFrequency(frequency, of: index.documentCount)
            let asks =
                Interrogatives.contains(pair: folded.units[span.units])
                || span.units.contains(where: folded.asks)
            let weight = asks ? idf * Interrogatives.weight : idf
            typedPairs.append((Self.place(of: span.key, &places), Double(weight)))
        }
        self.concepts = concepts
        self.places = places
        totalWeight = max(concepts.reduce(0) { $0 + $1.weight }, .leastNonzeroMagnitude)
        totalPairWeight = max(typedPairs.reduce(0) { $0 + $1.weight }, .leastNonzeroMagnitude)
        for key in places.keys { filter[Int(key.bits >> 6 & 63)] |= 1 << (key.bits & 63) }
    }

    /// The place of a term of the question; nothing for any other.
    @inline(__always)
    func place(of key: TermKey) -> Int? {
        guard filter[Int(key.bits >> 6 & 63)] >> (key.bits & 63) & 1 == 1 else { return nil }
        return places[key]
    }

    /// How much of the question is there, each word by its weight, 0 to 1.
    func coverage(where isFound: (Int) -> Bool) -> Double {
        concepts.reduce(0) { $0 + $1.weight * match($1, isFound) } / totalWeight
    }

    /// How much of the question's typed pairs is there, 0 to 1.
    func pairCoverage(where isFound: (Int) -> Bool) -> Double {
        typedPairs.reduce(0) { $0 + (isFound($1.place) ? $1.weight : 0) } / totalPairWeight
    }

    /// The weights of the words that are there in no wording.
    func unknownWeight(where isFound: (Int) -> Bool) -> Double {
        concepts.reduce(0) { sum, concept in
            match(concept, isFound) > Self.leastShare ? sum : sum + concept.weight
        }
    }

    /// How well a word is there, in its best wording, 0 to 1.
    private func match(_ concept: Concept, _ isFound: (Int) -> Bool) -> Double {
        concept.wordings.reduce(0) { best, wording in
            guard wording.quality > best else { return best }
            if let stem = wording.stem, isFound(stem) { return wording.quality }
            let share = Double(wording.parts.count(where: isFound)) / Double(wording.parts.count)
            guard share >= Self.leastShare else { return best }
            let part = share == 1 ? Self.partQuality : share * share
            return max(best, wording.quality * part)
        }
    }

    /// The words of a question; of a run too long for a word, the pairs that documents have.
    private static func words(of spans: [TermSpan], _ index: TextIndex) -> [TermSpan] {
        let runs = spans.filter { $0.kind == .word && $0.units.count > maximumWordLength }
        return spans.filter { span in
            guard span.kind == .bigram else { return !runs.contains { $0.units == span.units } }
            return runs.contains { $0.units.clamped(to: span.units) == span.units }
                && index.documentFrequency(of: span.key) > 0
        }
    }

    private static func weight(
        of span: TermSpan,
        _ text: FoldedText,
        _ index: TextIndex
    ) -> Double {
        let known = index.documentFrequency(of: span.key)
        // A tenth of the documents at most: also in a small collection the word is rare.
        let unknown = min(unknownWordFrequency, 1 + index.documentCount / 10)
        let frequency = known > 0 ? known : unknown
        let idf = BM25.inverseDocumentFrequency(frequency, of: index.documentCount)
        let word = text.units[span.units.lowerBound..<text.endOfRun(span.units.lowerBound)]
        let pair = text.units[span.units]
        let asks =
            span.kind == .bigram && Interrogatives.contains(pair: pair)
            || span.kind == .word
                && (Interrogatives.contains(word: text.units[span.units])
                    || Interrogatives.isLight(word))
        return Double(asks ? idf * Interrogatives.weight : idf)
    }

    private static func wording(
        _ words: [TermSpan],
        of spans: [TermSpan],
        quality: Double,
        _ places: inout [TermKey: Int]
    ) -> Wording {
        var wording = Wording(quality: quality)
        for word in words {
            let stem = place(of: word.key, &places)
            // A pair by itself is no word.
            guard word.kind != .bigram else {
                wording.parts.append(stem)
                continue
            }
            let pairs = spans.filter { span in
                span.kind == .bigram && word.units.lowerBound <= span.units.lowerBound
                    && span.units.upperBound <= word.units.upperBound
            }
            wording.stem = words.count == 1 ? stem : nil
            wording.parts += pairs.isEmpty ? [stem] : pairs.map { place(of: $0.key, &places) }
        }
        return wording
    }

    private static func place(of key: TermKey, _ places: inout [TermKey: Int]) -> Int {
        if let known = places[key] { return known }
        places[key] = places.count
        return places.count - 1
    }
}

extension [UInt16] {
    /// Where a part stands first.
    fileprivate func firstRange(of part: [UInt16]) -> Range<Int>? {
        guard !part.isEmpty, part.count <= count else { return nil }
        return (0...(count - part.count)).first { self[$0...].starts(with: part) }
            .map { $0..<($0 + part.count) }
    }
}

extension FoldedText {
    /// Whether a syllable belongs to how a question asks rather than to what it asks about: to an
    /// asking or light word, or to the ending of a predicate, 신청하나요 but for 신청.
    fileprivate func asks(at position: Int) -> Bool {
        var start = position
        while start > 0, !isAfterSpace[start], isSameRun(start - 1, start) { start -= 1 }
        let word = units[start..<endOfRun(position)]
        if Interrogatives.contains(word: word) || Interrogatives.isLightWord(word) { return true }
        // The syllable before the ending is mostly that of the verb: 하, 되.
        let count = Interrogatives.predicateEndCount(of: word)
        return count > 0 && position >= word.endIndex - count - 1
    }

    /// Where the run of one script that a position stands in ends.
    fileprivate func endOfRun(_ position: Int) -> Int {
        var end = position + 1
        while end < count, !isAfterSpace[end], isSameRun(end - 1, end) { end += 1 }
        return end
    }
}
