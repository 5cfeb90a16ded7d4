import Korean

/// An article, a section or a question that was found, with its best passage.
struct FoundArticle: Sendable {
    /// The passage's number in the index.
    let number: UInt32
    let passage: KnowledgePassage
    let document: KnowledgeDocument
    let features: RankingFeatures
    /// How well it fits, in units of the search's score.
    var score: Double
}

/// What decides between the passages that a search found.
struct RankingFeatures: Sendable, Hashable {
    /// How the passage has the question's words.
    var words = PassageFeatures()
    /// Whether it is a rule for the state's own officials, which the city's staff seldom ask for.
    var isNational = false
    /// Whether it is a ministry's rule (규칙), which holds the details of a decree.
    var isMinistryRule = false
    /// Whether it stands outside the articles of a statute: an annex, supplementary provisions.
    var isOutsideArticles = false

    /// The names of the features, in the order of `values`.
    static let names = [
        "searchScore", "proximity", "captionPairs", "national", "ministryRule", "outsideArticles",
    ]
    /// What each feature counts.
    ///
    /// Fitted on the half of the questions that is for tuning:
    /// `haechi assistant evaluate-articles Benchmarks/assistant/staff-questions.csv --folder LAW
    /// --tuning --features ranking | Benchmarks/assistant/fit-ranking.py`.
    private static let weights = [7.0, 8.0, 5.1, -3.0, -0.7, -2.3]

    var values: [Double] {
        [words.searchScore, words.proximity, words.captionPairs]
            + [isNational, isMinistryRule, isOutsideArticles].map { $0 ? 1 : 0 }
    }

    /// The sum that orders passages, in units of the best search's score.
    var score: Double {
        zip(values, Self.weights).reduce(0) { $0 + $1.0 * $1.1 } / Self.weights[0]
    }

    init(_ words: PassageFeatures, _ passage: KnowledgePassage, of document: KnowledgeDocument) {
        self.words = words
        guard document.kind == .statute else { return }
        isNational = document.jurisdiction == .national
        isMinistryRule = document.title.hasSuffix("규칙")
        isOutsideArticles = !passage.locator.hasPrefix("제")
    }
}

extension KnowledgeIndex.Snapshot {
    /// The articles that fit a question best, best first: of each its best passage.
    func articles(for query: TextQuery, in documents: DocumentSet, limit: Int) -> [FoundArticle] {
        var seen: Set<ArticleKey> = []
        let ranked = rankedPassages(for: query, in: documents)
        return Array(
            ranked.filter {
                seen.insert(ArticleKey(document: $0.document.id, heading: $0.passage.heading))
                    .inserted
            }.prefix(limit)
        )
    }

    /// The passages that a search finds, ranked anew, best first.
    func rankedPassages(for query: TextQuery, in documents: DocumentSet) -> [FoundArticle] {
        let options = SearchOptions(
            limit: PassageRanker.maximumPassageCount,
            documents: documents,
            preferences: preferences
        )
        let hits = index.search(query, options: options)
        let found = hits.compactMap { hit in
            let passage = passages[Int(hit.document)]
            return self.documents[passage.documentID].map {
                (hit: hit, passage: passage, document: $0)
            }
        }
        let features = PassageRanker(index: index).features(
            of: found.map {
                RankedPassage(
                    hit: $0.hit,
                    title: $0.document.title,
                    caption: $0.passage.topic,
                    body: $0.passage.body
                )
            },
            for: query
        )
        let best = hits.first?.score ?? 0
        return zip(found, features).map { item, words in
            let features = RankingFeatures(words, item.passage, of: item.document)
            return FoundArticle(
                number: item.hit.document,
                passage: item.passage,
                document: item.document,
                features: features,
                score: features.score * best
            )
        }.sorted { ($0.score, $1.number) > ($1.score, $0.number) }
    }
}

/// An article by its place: its passages share document and headings.
private struct ArticleKey: Hashable {
    let document: String
    let heading: String
}
