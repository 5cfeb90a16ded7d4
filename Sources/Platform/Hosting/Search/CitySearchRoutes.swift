import Basics
import HTTPTypes
import Identity
import Korean
import Web

/// The search of the whole city: as a page and as an endpoint.
struct CitySearchRoutes {
    /// Results of a group among others.
    static let shownCount = 5
    /// Results on a page of one group.
    static let pageSize = 20
    static let link = Link("/search")

    let platform: Platform
    let sources: [SearchSource]

    static func crumb(_ context: PageContext) -> Breadcrumb {
        Breadcrumb(title: context.text("검색", "Search"), link: link)
    }

    /// The box with what was typed.
    static func box(_ text: String, in context: PageContext) -> HTML {
        searchBox(
            SearchBox(
                action: link,
                label: context.text("도시 전체에서 찾기", "Search the whole city"),
                hint: context.text(
                    "띄어쓰기가 없거나 오타가 있어도 찾습니다. 예: 공공와이파이, 여권",
                    "Spaces may be missing and letters wrong. For example: 공공와이파이, 여권"
                ),
                text: text,
                maximumLength: SearchRequest.maximumTextLength
            ),
            in: context
        )
    }

    func add(to table: inout RouteTable) {
        guard !sources.isEmpty else { return }
        let search = self
        table.page(Self.link.target) { incoming in
            try await search.answer(incoming).page(in: incoming.page)
        }
        table.endpoint(
            EndpointDescription(
                .get,
                "/api/search",
                operationID: "searchCity",
                summary: "Search every service for what the caller may see, grouped by service.",
                tag: "city",
                parameters: [
                    .query(
                        "q",
                        .string(maximumLength: SearchRequest.maximumTextLength),
                        isRequired: true
                    ),
                    .query("in", .oneOf(sources.map(\.id))),
                    .query("page", .integer(1...QueryItems.maximumPageNumber)),
                ],
                response: SearchAnswer.schema
            )
        ) { (_: NoInput, incoming) in
            SearchAnswer(try await search.answer(incoming))
        }
    }

    private struct NoInput: Decodable, Sendable {}

    /// Reads the words once, and asks every room that was meant.
    private func answer(_ incoming: Incoming) async throws -> CitySearch {
        let typed = incoming.query.text("q") ?? ""
        let text = String(typed.prefix(SearchRequest.maximumTextLength))
        let query = TextQuery(text, synonyms: platform.synonyms.table)
        let chosen = sources.first { $0.id == incoming.query["in"] }
        let page = chosen == nil ? 1 : incoming.query.pageNumber()
        var search = CitySearch(
            query: query,
            isCut: text.count < typed.count,
            sources: sources,
            chosen: chosen?.id,
            page: page
        )
        // Signs alone have no terms: they would find everything or nothing, by the room.
        guard !query.isEmpty else { return search }
        let size = chosen == nil ? Self.shownCount : Self.pageSize
        let request = SearchRequest(
            query: query,
            actor: incoming.actor,
            language: incoming.language,
            now: incoming.now,
            offset: (page - 1) * size,
            limit: size
        )
        for source in chosen.map({ [$0] }) ?? sources {
            let found = try await source.find(request)
            search.groups.append(CitySearch.Group(source: source, found: found))
        }
        return search
    }
}

/// What a search of the city found.
struct CitySearch: Sendable {
    /// What one kind of records gave.
    struct Group: Sendable {
        var source: SearchSource
        var found: SearchFound
    }

    var query: TextQuery
    /// Whether more was typed than is searched for.
    var isCut: Bool
    var sources: [SearchSource]
    /// The one group that was asked for.
    var chosen: String?
    var page: Int
    var groups: [Group] = []

    /// How much was found in all.
    var count: Int { groups.reduce(0) { $0 + $1.found.count } }

    /// What was searched beside or instead of the typed words, each once.
    var alternatives: [TextQuery.Alternative] {
        var known: Set<TextQuery.Alternative> = []
        return groups.flatMap(\.found.alternatives).filter { known.insert($0).inserted }
    }
}
