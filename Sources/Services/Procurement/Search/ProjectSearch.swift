import Basics
import Hosting
import Korean
import Store
import Web

/// The projects as the city's search finds them: everybody sees the current plans.
struct ProjectSearch: Sendable {
    let store: Store
    let catalogue: Catalogue

    var source: SearchSource {
        SearchSource("projects", CitySystem.procurement.title) { try await find($0) }
    }

    private func find(_ request: SearchRequest) async throws -> SearchFound {
        let found = try catalogue.find(
            request.query,
            offset: request.offset,
            limit: request.limit
        )
        let projects = try await store.read { try Projects.rows(found.ids, in: $0) }
        let language = request.language
        return SearchFound(
            count: found.count,
            results: projects.map { project in
                SearchResult(
                    title: project.title(language),
                    text: project.description,
                    facts: [
                        Places.agencyName(project, language), project.type.label[language],
                        project.budget.text(language), Places.orderText(project.order)[language],
                    ],
                    link: Places.project(project),
                    marks: found.search.highlights
                )
            },
            listing: Places.listing([("q", request.query.text)]),
            alternatives: found.search.alternatives
        )
    }
}
