import Basics
import Eligibility
import Hosting
import Korean
import Web

/// What a list of programmes is narrowed to.
struct ProgrammeQuery: Sendable {
    /// The programmes on one page.
    static let pageSize = 20

    let words: String
    let tags: Set<String>
    let providers: Set<String>

    init(_ query: QueryItems) {
        words = String((query.text("q") ?? "").prefix(SearchRequest.maximumTextLength))
        tags = Set(query.all("tag"))
        providers = Set(query.all("provider"))
    }

    /// The programmes it finds, the best first, and how many more each facet would leave.
    func find(in index: ProgrammeIndex, synonyms: SynonymTable) throws -> Found {
        let answering =
            words.isEmpty
            ? index.rules.catalogue.programmes
            : try index.find(TextQuery(words, synonyms: synonyms)).programmes
        return Found(
            programmes: answering.filter { hasTag($0) && hasProvider($0) },
            tagCounts: Self.counts(answering.filter(hasProvider).flatMap(\.tags)),
            providerCounts: Self.counts(answering.filter(hasTag).map(\.provider.korean))
        )
    }

    /// What was found.
    struct Found: Sendable {
        var programmes: [Programme]
        var tagCounts: [String: Int]
        var providerCounts: [String: Int]
    }

    private func hasTag(_ programme: Programme) -> Bool {
        tags.isEmpty || !tags.isDisjoint(with: programme.tags)
    }

    private func hasProvider(_ programme: Programme) -> Bool {
        providers.isEmpty || providers.contains(programme.provider.korean)
    }

    private static func counts(_ names: [String]) -> [String: Int] {
        names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}
