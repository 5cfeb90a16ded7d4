/// A passage that a search found, with its text, to be read for an answer.
public struct FoundPassage: Sendable, Hashable {
    /// The passage's number in the index.
    public var document: UInt32
    /// The text to quote from.
    public var text: String
    /// The score of the search.
    public var score: Double

    /// Creates a passage.
    public init(document: UInt32, text: String, score: Double) {
        self.document = document
        self.text = text
        self.score = score
    }
}

/// A sentence quoted as an answer.
public struct AnswerSentence: Sendable, Hashable {
    /// The passage's number in the index.
    public let document: UInt32
    /// Where the sentence stands in the passage, in bytes of UTF-8.
    public let utf8Range: Range<Int>
    /// The sentence.
    public let text: String
    /// How well the sentence fits what the sentences before it left open.
    public let score: Double
}

/// What passages answer to a question, in their own words.
public struct ExtractedAnswer: Sendable, Hashable {
    /// The sentences, the best first.
    public let sentences: [AnswerSentence]
    /// The signals that the confidence is computed from.
    public let signals: AnswerSignals

    /// How likely it is that the passages hold an answer, 0 to 1; see `AnswerSignals`.
    public var confidence: Double { signals.confidence }
}

/// Quotes the sentences that answer a question from the passages that a search found.
///
/// A sentence counts the terms of the question that it has, by idf and by how few sentences of the
/// passage have them, and the score of its passage. Each further sentence counts mostly what those
/// before it left open (greedy coverage, as in J. Carbonell, J. Goldstein, "The use of MMR", SIGIR
/// 1998), and a little that it stands beside one of them.
public struct AnswerReader: Sendable {
    /// The passages that are read.
    public static let maximumPassageCount = 3
    /// What a bigram counts beside a stem.
    static let bigramWeight = 0.5
    /// What a term counts again in a further sentence.
    static let repeatedWeight = 0.2
    /// What the score of the passage counts.
    static let passageWeight = 1.5
    /// What standing beside a chosen sentence counts, in nats of idf.
    static let neighbourBonus = 1.5

    private let index: TextIndex

    /// Creates a reader over the statistics of an index.
    public init(index: TextIndex) {
        self.index = index
    }

    /// The sentences that answer a question best, from the first passages, best first.
    ///
    /// - Parameters:
    ///   - query: The question as it was searched.
    ///   - passages: What the search found, best first; the score of the second tells how clear the
    ///     first is, so hand in at least two.
    ///   - count: How many sentences to quote, at most.
    /// - Returns: The sentences, and how likely it is that they answer.
    public func answer(
        to query: TextQuery,
        from passages: [FoundPassage],
        count: Int = 2
    ) -> ExtractedAnswer {
        let weighted = WeightedQuery(index.corrected(query), index)
        let read = passages.prefix(Self.maximumPassageCount).map { PassageReading($0, weighted) }
        let signals = AnswerSignals(weighted, passages, read.first)
        var open = read.enumerated().flatMap { number, reading in
            reading.sentences.indices.map { Candidate(passage: number, sentence: $0) }
        }
        var chosen: [Candidate] = []
        var sentences: [AnswerSentence] = []
        var covered: Set<Int> = []
        while sentences.count < count, !open.isEmpty {
            let scores = open.map { score($0, read, covered, beside: chosen) }
            guard let best = open.indices.max(by: { scores[$0] < scores[$1] }) else { break }
            let candidate = open.remove(at: best)
            let reading = read[candidate.passage]
            let sentence = reading.sentences[candidate.sentence]
            covered.formUnion(sentence.terms)
            chosen.append(candidate)
            sentences.append(
                AnswerSentence(
                    document: reading.passage.document,
                    utf8Range: sentence.range,
                    text: reading.text(of: sentence.range),
                    score: scores[best]
                )
            )
        }
        return ExtractedAnswer(sentences: sentences, signals: signals)
    }

    private struct Candidate {
        let passage: Int
        let sentence: Int
    }

    private func score(
        _ candidate: Candidate,
        _ read: [PassageReading],
        _ covered: Set<Int>,
        beside chosen: [Candidate]
    ) -> Double {
        let reading = read[candidate.passage]
        let sum = reading.sentences[candidate.sentence].terms.reduce(0) { sum, term in
            sum + reading.weights[term] * (covered.contains(term) ? Self.repeatedWeight : 1)
        }
        let isBeside = chosen.contains {
            $0.passage == candidate.passage && abs($0.sentence - candidate.sentence) == 1
        }
        return sum + Self.passageWeight * reading.passage.score
            + (isBeside ? Self.neighbourBonus : 0)
    }
}

/// A question's terms with what each counts in a sentence.
struct WeightedQuery {
    let terms: [TextQuery.Term]
    /// By the place of the term: weight times idf.
    let weights: [Double]
    let places: [TermKey: Int]
    /// By the place of a typed term: the terms of its synonyms and corrections.
    let substitutes: [[Int]]
    /// The score of a document that has every term without end.
    let greatestScore: Double

    init(_ query: TextQuery, _ index: TextIndex) {
        terms = query.terms
        weights = query.terms.map { term in
            let frequency = index.documentFrequency(of: term.key)
            let idf = BM25.inverseDocumentFrequency(frequency, of: index.documentCount)
            return Double(term.weight * idf)
        }
        places = Dictionary(
            zip(query.terms.map(\.key), query.terms.indices),
            uniquingKeysWith: { first, _ in first }
        )
        substitutes = query.terms.map { Self.substitutes(of: $0, query.terms) }
        greatestScore = zip(terms, weights).reduce(0) { sum, term in
            guard term.0.origin == .typed else { return sum }
            return sum + term.1 * Double(index.configuration.weight(term.0.key.stream))
        }
    }
}

extension WeightedQuery {
    /// The places of the terms searched in the stead of a typed one.
    private static func substitutes(
        of typed: TextQuery.Term,
        _ terms: [TextQuery.Term]
    ) -> [Int] {
        terms.indices.filter { place in
            guard typed.origin == .typed, terms[place].key.stream == typed.key.stream else {
                return false
            }
            switch terms[place].origin {
            case .typed: return false
            case .synonym(let word), .correction(let word):
                return FoldedText(word).units.contains(FoldedText(typed.text).units)
            }
        }
    }

    /// Whether a set of terms has a typed one, or at least half of what is searched in its stead.
    func covers(_ place: Int, _ found: Set<Int>) -> Bool {
        if found.contains(place) { return true }
        let substitutes = substitutes[place]
        return !substitutes.isEmpty
            && substitutes.count(where: { found.contains($0) }) * 2 >= substitutes.count
    }
}

/// A passage divided into sentences, with the question's terms in each.
struct PassageReading {
    struct Sentence {
        let range: Range<Int>
        /// The places of the question's terms that the sentence has.
        var terms: Set<Int> = []
    }

    let passage: FoundPassage
    var sentences: [Sentence]
    /// By the place of the term: what it counts in a sentence of this passage.
    var weights: [Double]

    init(_ passage: FoundPassage, _ query: WeightedQuery) {
        self.passage = passage
        sentences = SentenceSplitter().ranges(in: passage.text).map { Sentence(range: $0) }
        weights = query.weights
        let folded = FoldedText(passage.text)
        for span in TermSpan.spans(of: folded) {
            guard let term = query.places[span.key] else { continue }
            let source = folded.source(of: span.units)
            guard let place = sentence(containing: source.lowerBound),
                source.upperBound <= sentences[place].range.upperBound
            else { continue }
            sentences[place].terms.insert(term)
        }
        var counts = [Int](repeating: 0, count: weights.count)
        for term in sentences.lazy.flatMap(\.terms) { counts[term] += 1 }
        for (term, count) in counts.enumerated() where count > 0 {
            let stream = query.terms[term].key.stream == .stem ? 1 : AnswerReader.bigramWeight
            weights[term] *= stream * naturalLogarithm(1 + Double(sentences.count) / Double(count))
        }
    }

    /// The bytes of a range as text.
    func text(of range: Range<Int>) -> String {
        let utf8 = passage.text.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
        return String(passage.text[start..<utf8.index(start, offsetBy: range.count)])
    }

    private func sentence(containing offset: Int) -> Int? {
        var low = 0
        var high = sentences.count
        while low < high {
            let middle = (low + high) / 2
            if sentences[middle].range.upperBound <= offset {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < sentences.count && sentences[low].range.contains(offset) ? low : nil
    }
}
