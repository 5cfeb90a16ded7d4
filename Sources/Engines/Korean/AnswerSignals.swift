/// What an index knows about whether the passages found hold an answer: the basis for saying "I do
/// not know" and handing over to a person.
///
/// A share is of the question's typed terms, each by its idf and weight; a term also counts as found
/// where a synonym or correction searched in its stead is.
public struct AnswerSignals: Sendable, Hashable {
    /// The score of the first passage, as a share of the greatest that the question could give.
    public let scoreShare: Double
    /// The lead of the first passage over the second, as a difference of scores.
    public let lead: Double
    /// The share of the question's bigrams that one sentence of the first passage has, at best.
    public let sentenceCoverage: Double
    /// The share of the question's stems that two neighbouring sentences have, at best.
    public let pairStemCoverage: Double
    /// The share of the question's bigrams that the same two sentences have.
    public let pairBigramCoverage: Double
    /// The greatest weight of a stem that the first passage lacks, in nats: of two questions covered
    /// alike, one rare word missing is a lesser doubt than several common ones.
    public let missingWeight: Double

    init(_ query: WeightedQuery, _ passages: [FoundPassage], _ first: PassageReading?) {
        let score = passages.first?.score ?? 0
        lead = score - (passages.count > 1 ? passages[1].score : 0)
        scoreShare = query.greatestScore > 0 ? score / query.greatestScore : 0
        let sentences = first?.sentences.map(\.terms) ?? []
        let pairs = zip(sentences, sentences.dropFirst()).map { $0.union($1) }
        let pair = Coverage.best(of: pairs.isEmpty ? sentences : pairs, query)
        sentenceCoverage = Coverage.best(of: sentences, query).bigrams
        pairStemCoverage = pair.stems
        pairBigramCoverage = pair.bigrams
        let found = sentences.reduce(into: Set<Int>()) { $0.formUnion($1) }
        missingWeight = query.terms.indices.reduce(0) { greatest, place in
            let term = query.terms[place]
            guard term.origin == .typed, term.key.stream == .stem, !query.covers(place, found)
            else {
                return greatest
            }
            return max(greatest, query.weights[place])
        }
    }

    /// How likely it is that the passages hold an answer, 0 to 1: a logistic regression of the
    /// signals.
    ///
    /// Fitted to questions with their passage in the index and with it taken out, its neighbours left
    /// in, as many of each: 0.5 is the line between them, not the share of right answers. A service
    /// sets its own threshold from its own questions.
    public var confidence: Double {
        Self.regression.likelihood(of: [
            scoreShare, lead, sentenceCoverage, pairStemCoverage, pairBigramCoverage, missingWeight,
        ])
    }

    private static let regression = LogisticRegression(
        constant: -7.43,
        weights: [4.6, 0.078, 3.72, 4.31, 1.28, 0.24]
    )
}

/// The shares of a question's terms that a set of them makes up.
private struct Coverage {
    var stems = 0.0
    var bigrams = 0.0

    init(_ terms: Set<Int>, _ query: WeightedQuery) {
        var all = (stems: 0.0, bigrams: 0.0)
        for (place, term) in query.terms.enumerated() where term.origin == .typed {
            let weight = query.weights[place]
            let found = query.covers(place, terms) ? weight : 0
            if term.key.stream == .stem {
                all.stems += weight
                stems += found
            } else {
                all.bigrams += weight
                bigrams += found
            }
        }
        stems = all.stems > 0 ? stems / all.stems : 0
        bigrams = all.bigrams > 0 ? bigrams / all.bigrams : 0
    }

    /// The coverage of the set that covers most.
    static func best(of sets: [Set<Int>], _ query: WeightedQuery) -> Coverage {
        let all = sets.map { Coverage($0, query) }
        return all.max { $0.stems + $0.bigrams < $1.stems + $1.bigrams } ?? Coverage([], query)
    }
}
