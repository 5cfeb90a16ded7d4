import Basics
import Eligibility
import Hosting
import Korean
import Web

/// What a program asks of the programmes.
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

    /// The programmes it finds, the best first.
    func find(in index: ProgrammeIndex, synonyms: SynonymTable) throws -> [Programme] {
        let answering =
            words.isEmpty
            ? index.rules.catalogue.programmes
            : try index.find(TextQuery(words, synonyms: synonyms)).programmes
        return answering.filter { hasTag($0) && hasProvider($0) }
    }

    private func hasTag(_ programme: Programme) -> Bool {
        tags.isEmpty || !tags.isDisjoint(with: programme.tags)
    }

    private func hasProvider(_ programme: Programme) -> Bool {
        providers.isEmpty || providers.contains(programme.provider.korean)
    }
}
