import Basics
import Hosting
import Identity
import Korean
import Web

/// The passages of documents as the city's search finds them: those a person may be quoted today.
struct KnowledgeSearch: Sendable {
    /// How much of the query a passage has to have, each word by how rare it is.
    private static let minimumCoverage = 0.6
    /// The most passages that are found.
    private static let maximumCount = SearchOptions.maximumLimit

    let index: KnowledgeIndex

    var source: SearchSource {
        SearchSource("knowledge", Bilingual("업무 지식", "Staff knowledge")) { find($0) }
    }

    private func find(_ request: SearchRequest) -> SearchFound {
        let snapshot = index.snapshot
        let query = snapshot.index.corrected(request.query)
        let found = hits(query, in: snapshot, for: request.actor, on: request.now.date)
        let highlighter = Highlighter(query)
        return SearchFound(
            count: found.count,
            results: request.window(of: found).compactMap { hit in
                let passage = snapshot.passages[Int(hit.document)]
                guard let document = snapshot.documents[passage.documentID] else { return nil }
                return SearchResult(
                    title: passage.locator.isEmpty
                        ? document.title : "\(document.title) · \(passage.locator)",
                    text: passage.body,
                    facts: [
                        document.kind.label[request.language],
                        document.audience.label[request.language], document.department,
                    ],
                    link: document.link.at("passage-\(passage.id)"),
                    marks: highlighter.ranges
                )
            },
            listing: Link("/assistant/knowledge", query: [("q", request.query.text)]),
            alternatives: alternatives(of: query, in: found, snapshot)
        )
    }

    /// The documents that the words of the list find, for a person.
    func documents(_ words: String, _ incoming: Incoming) -> Set<String> {
        let snapshot = index.snapshot
        let query = snapshot.index.corrected(TextQuery(words, synonyms: snapshot.synonyms))
        let found = hits(query, in: snapshot, for: incoming.actor, on: incoming.now.date)
        return Set(found.map { snapshot.passages[Int($0.document)].documentID })
    }

    /// The passages that answer a corrected query and that a person may be quoted.
    private func hits(
        _ query: TextQuery,
        in snapshot: KnowledgeIndex.Snapshot,
        for actor: Actor,
        on day: LocalDate
    ) -> [SearchHit] {
        let options = SearchOptions(
            limit: Self.maximumCount,
            documents: snapshot.readable(by: actor, on: day),
            preferences: snapshot.preferences,
            correctsWords: false
        )
        return snapshot.index.search(query, options: options).filter { hit in
            let terms = snapshot.index.explanation(of: hit.document, for: query, options: options)
            return Self.coverage(terms) >= Self.minimumCoverage
        }
    }

    /// What was searched beside the typed words: of corrections those that a found passage has, so that
    /// nobody learns the words of documents they may not read.
    private func alternatives(
        of query: TextQuery,
        in found: [SearchHit],
        _ snapshot: KnowledgeIndex.Snapshot
    ) -> [TextQuery.Alternative] {
        guard !found.isEmpty else { return [] }
        var searched: Set<String> = []
        var corrected: Set<String> = []
        for term in query.terms {
            if case .correction = term.origin { corrected.insert(term.text) }
        }
        for hit in found.prefix(corrected.isEmpty ? 0 : found.count) {
            for part in snapshot.index.explanation(of: hit.document, for: query)
            where part.contribution > 0 { searched.insert(part.term.text) }
        }
        return query.alternatives.filter { alternative in
            alternative.searched.allSatisfy { !corrected.contains($0) || searched.contains($0) }
        }
    }

    /// How much of a query a passage has, by its words or, where they were written together or with an
    /// error, by its pairs of letters.
    private static func coverage(_ terms: [TermExplanation]) -> Double {
        func share(of stream: TermStream) -> Double {
            var weights: [String: Double] = [:]
            var covered: Set<String> = []
            for part in terms where part.term.kind.stream == stream {
                if part.term.origin == .typed {
                    weights[part.term.text] = part.inverseDocumentFrequency
                }
                guard part.contribution > 0 else { continue }
                switch part.term.origin {
                case .typed: covered.insert(part.term.text)
                case .synonym(let word), .correction(let word): covered.insert(word)
                }
            }
            let total = weights.values.reduce(0, +)
            let held = weights.filter { word, _ in
                // A synonym stands for the whole word as it was typed, endings included.
                covered.contains { $0 == word || $0.hasPrefix(word) }
            }.values.reduce(0, +)
            return total > 0 ? held / total : 0
        }
        return max(share(of: .stem), share(of: .bigram))
    }
}
