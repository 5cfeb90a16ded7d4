import Basics
import Korean
import Web

/// What the search endpoint answers.
struct SearchAnswer: Encodable, Sendable {
    struct Alternative: Encodable, Sendable {
        var typed: String
        var searched: [String]
    }

    struct Result: Encodable, Sendable {
        var title: String
        var text: String
        var marked: [String]
        var facts: [String]
        var url: String
    }

    struct Group: Encodable, Sendable {
        var id: String
        var title: String
        var titleEnglish: String
        var count: Int
        var url: String?
        var results: [Result]
    }

    var query: String
    var page: Int
    var count: Int
    var alternatives: [Alternative]
    var groups: [Group]

    init(_ search: CitySearch) {
        query = search.query.text
        page = search.page
        count = search.count
        alternatives = search.alternatives.map {
            Alternative(typed: $0.typed, searched: $0.searched)
        }
        groups = search.groups.map { group in
            Group(
                id: group.source.id,
                title: group.source.title.korean,
                titleEnglish: group.source.title.english,
                count: group.found.count,
                url: group.found.listing?.target,
                results: group.found.results.map(Result.init)
            )
        }
    }

    static let schema = Schema.object([
        "query": .string(), "page": .integer(),
        "count": .integer().described("Records found, of those the caller may see."),
        "alternatives": .array(
            of: .object(["typed": .string(), "searched": .array(of: .string())])
        ).described("What was searched beside or instead of the typed words."),
        "groups": .array(
            of: .object(
                [
                    "id": .string(), "title": .string(), "titleEnglish": .string(),
                    "count": .integer(),
                    "results": .array(
                        of: .object([
                            "title": .string(), "text": .string(),
                            "marked": .array(of: .string())
                                .described("The parts of title and text that answer."),
                            "facts": .array(of: .string()), "url": .uriReference,
                        ])
                    ),
                ],
                optional: [
                    "url": Schema.uriReference.described("The service's own list, narrowed.")
                ]
            )
        ),
    ])
}

extension SearchAnswer.Result {
    init(_ result: SearchResult) {
        title = result.title.text
        text = result.text?.text ?? ""
        marked = result.title.marked + (result.text?.marked ?? [])
        facts = result.facts
        url = result.link.target
    }
}

extension Snippet {
    /// The marked parts.
    fileprivate var marked: [String] {
        let bytes = Array(text.utf8)
        return highlights.map { String(decoding: bytes[$0], as: UTF8.self) }
    }
}
