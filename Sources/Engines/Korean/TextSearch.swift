/// A document that a search found.
public struct SearchHit: Sendable, Hashable {
    /// The document's number in the index.
    public let document: UInt32
    /// How well the document fits: the sum of BM25 over the terms, times what it is preferred by.
    public let score: Double
}

/// What limits and shapes a search, beside the query.
public struct SearchOptions: Sendable {
    /// The most hits a search gives.
    public static let maximumLimit = 1_000
    /// The greatest factor of a preference.
    public static let maximumFactor: Float = 4

    /// How many hits to give, best first.
    public var limit: Int
    /// The documents to search in; nothing: all.
    public var documents: DocumentSet?
    /// Documents whose scores count times a factor of 0 to `maximumFactor`.
    ///
    /// For the rules of one's own jurisdiction, or the newest edition; for a document in several sets
    /// the factors multiply.
    public var preferences: [(documents: DocumentSet, factor: Float)]
    /// Whether a word that no document has is also searched with one letter changed.
    public var correctsWords: Bool

    /// Creates options.
    public init(
        limit: Int = 10,
        documents: DocumentSet? = nil,
        preferences: [(documents: DocumentSet, factor: Float)] = [],
        correctsWords: Bool = true
    ) {
        self.limit = limit
        self.documents = documents
        self.preferences = preferences
        self.correctsWords = correctsWords
    }

    func factor(_ document: UInt32) -> Float {
        preferences.reduce(1) {
            $1.documents.contains(document)
                ? $0 * min(max($1.factor, 0), Self.maximumFactor) : $0
        }
    }

    /// A bound of `factor(_:)`.
    var greatestFactor: Float {
        preferences.reduce(1) { $0 * max(1, min($1.factor, Self.maximumFactor)) }
    }
}

/// What a term of the query added to a document's score.
public struct TermExplanation: Sendable, Hashable {
    /// The term.
    public let term: TextQuery.Term
    /// How often the document has it, fields counted by their weights, at most 255.
    public let frequency: Int
    /// In how many documents it occurs.
    public let documentFrequency: Int
    /// Its inverse document frequency, in nats.
    public let inverseDocumentFrequency: Double
    /// What it added to the score; 0 where the document does not have it.
    public let contribution: Double
}

extension TextIndex {
    /// The documents that fit a query best, best first; of equal ones the older first.
    public func search(
        _ query: TextQuery,
        options: SearchOptions = SearchOptions()
    ) -> [SearchHit] {
        let limit = min(max(options.limit, 0), SearchOptions.maximumLimit)
        guard limit > 0, documentCount > 0 else { return [] }
        let query = options.correctsWords ? corrected(query) : query
        var top = TopDocuments(limit: limit, options: options)
        let searches = searches(for: query)
        // The most promising segment first: its hits let the others skip more.
        let order = searches.count < 2 ? [] : searches.map(\.bound)
        for index in searches.indices.sorted(by: { order[$0] > order[$1] }) {
            searches[index].run(into: &top)
        }
        return top.hits
    }

    /// What each term of a query, corrections included, added to a document's score.
    public func explanation(
        of document: UInt32,
        for query: TextQuery,
        options: SearchOptions = SearchOptions()
    ) -> [TermExplanation] {
        let query = options.correctsWords ? corrected(query) : query
        let place = segments.lazy.compactMap { segment in
            segment.position(ofNumber: document).map { (segment, $0) }
        }.first
        let factor = Double(options.factor(document))
        return query.terms.map { term in
            let frequency = documentFrequency(of: term.key)
            let scorer = scorer(for: term, documentFrequency: frequency)
            var count: UInt8 = 0
            var contribution = 0.0
            if let (segment, position) = place, let list = segment.postings(of: term.key) {
                count = segment.frequency(in: list, of: position)
                let length = segment.lengths(term.key.stream)[position]
                let added = scorer.contribution(frequency: count, length: length)
                contribution = count == 0 ? 0 : Double(added) * factor / Double(TermScorer.scale)
            }
            return TermExplanation(
                term: term,
                frequency: Int(count),
                documentFrequency: frequency,
                inverseDocumentFrequency: Double(
                    BM25.inverseDocumentFrequency(frequency, of: documentCount)
                ),
                contribution: contribution
            )
        }
    }

    /// In how many documents a term occurs.
    func documentFrequency(of key: TermKey) -> Int {
        segments.reduce(0) { $0 + ($1.postings(of: key)?.count ?? 0) }
    }

    func scorer(for term: TextQuery.Term, documentFrequency: Int) -> TermScorer {
        let stream = term.key.stream
        let idf = BM25.inverseDocumentFrequency(documentFrequency, of: documentCount)
        return TermScorer(
            weight: term.weight * configuration.weight(stream) * idf,
            parameters: configuration.parameters(stream),
            averageLength: averageLength(stream)
        )
    }

    /// The search of each segment: the lists of the terms, with their scorers.
    private func searches(for query: TextQuery) -> [SegmentSearch] {
        var terms = [[SegmentTerm]](repeating: [], count: segments.count)
        for index in terms.indices { terms[index].reserveCapacity(query.terms.count) }
        var lists = [PostingList?](repeating: nil, count: segments.count)
        for term in query.terms {
            var frequency = 0
            for (index, segment) in segments.enumerated() {
                lists[index] = segment.postings(of: term.key)
                frequency += lists[index]?.count ?? 0
            }
            guard frequency > 0 else { continue }
            let scorer = scorer(for: term, documentFrequency: frequency)
            for (index, segment) in segments.enumerated() {
                guard let list = lists[index] else { continue }
                let lengths = segment.lengths(term.key.stream)
                terms[index].append(SegmentTerm(scorer: scorer, list: list, lengths: lengths))
            }
        }
        return zip(segments, terms).map { SegmentSearch($0, $1) }
    }
}

extension PostingSegment {
    /// How often a document has a term, by its list; 0 for never.
    func frequency(in list: PostingList, of document: Int) -> UInt8 {
        if list.isSingle { return list.singleDocument == document ? list.singleFrequency : 0 }
        let end = list.start + list.count
        let place = documents.lowerBound(of: UInt16(document), from: list.start, to: end)
        return place < end && documents[place] == UInt16(document) ? frequencies[place] : 0
    }
}
