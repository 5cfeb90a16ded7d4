import Basics
import Eligibility
import Hosting
import Korean
import Web

/// The programmes as every search box finds them.
struct ProgrammeIndex: Sendable {
    let rules: RulesInForce
    private let words: SubstringIndex

    init(_ rules: RulesInForce) throws {
        self.rules = rules
        words = try SubstringIndex(rules.catalogue.programmes.lazy.map(Self.text))
    }

    private static func text(_ programme: Programme) -> String {
        let tags = programme.tags.map { ProgrammeTag.title($0).korean }
        let lines =
            [
                programme.title.korean, programme.title.english, programme.summary.korean,
                programme.summary.english, programme.provider.korean, programme.provider.english,
            ] + tags
        return lines.joined(separator: "\n")
    }

    /// Programmes that answer words, the best first.
    ///
    /// - Throws: `KoreanError` where the words are beyond the limits of a search.
    func find(_ query: TextQuery) throws -> (programmes: [Programme], search: SubstringSearch) {
        let finding = words.find(try SubstringSearch(query))
        let rows = finding.matches.rowNumbers
        let ranked = words.ranked(rows, by: finding.search) ?? rows
        return (ranked.map { rules.catalogue.programmes[Int($0)] }, finding.search)
    }

    /// The programmes, for the city's search: everybody reads them.
    var source: SearchSource {
        SearchSource("programmes", Bilingual("지원사업", "Programmes")) { request in
            let found = try find(request.query)
            let language = request.language
            return SearchFound(
                count: found.programmes.count,
                results: request.window(of: found.programmes).map { programme in
                    SearchResult(
                        title: programme.title[language],
                        text: programme.summary[language],
                        facts: [programme.provider[language]],
                        link: programme.link,
                        marks: found.search.highlights
                    )
                },
                listing: Link("/programmes", query: [("q", request.query.text)]),
                alternatives: found.search.alternatives
            )
        }
    }
}
