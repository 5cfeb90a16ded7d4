public import Basics
import City
public import Hosting
import Identity
import Store
public import Web

/// The list of a portal: the programmes that the city judges and the listings of its catalogues,
/// searched and narrowed together, at `BASE/programmes`.
public struct ListingRoutes: Sendable {
    let collection: ProgrammeCollection
    let sources: Set<ListingSource>
    let categories: [ListingCategory]
    let platform: Platform

    /// Describes the list.
    ///
    /// - Parameters:
    ///   - collection: The programmes of the rules.
    ///   - sources: The catalogues.
    ///   - categories: The fields, in the order of their filter.
    ///   - platform: What the portal works with.
    public init(
        collection: ProgrammeCollection,
        sources: Set<ListingSource>,
        categories: [ListingCategory],
        platform: Platform
    ) {
        self.collection = collection
        self.sources = sources
        self.categories = categories
        self.platform = platform
    }

    /// The address of the list.
    public var link: Link { Link("\(collection.base)/programmes") }

    /// The list narrowed to a field.
    public func link(_ category: ListingCategory) -> Link {
        Link("\(collection.base)/programmes", query: [("category", category.id)])
    }

    /// Adds the list.
    public func add(to table: inout RouteTable) {
        table.page("\(collection.base)/programmes") { incoming in
            let query = PortalQuery(incoming.query)
            let found = try await ProgrammeEntries.of(platform).find(query.words)
            return PortalListPage(
                routes: self,
                query: query,
                selection: PortalSelection(
                    query,
                    among: found.entries.filter(belongs),
                    categories: categories,
                    on: incoming.now.date
                ),
                search: found.search,
                pageNumber: incoming.query.pageNumber(),
                today: incoming.now.date
            ).page(in: incoming.page)
        }
    }

    /// How many programmes and listings each field has now, by its name.
    ///
    /// - Throws: Where the store cannot be read.
    public func counts(on today: LocalDate) async throws -> [String: Int] {
        let all = try await ProgrammeEntries.of(platform).find("").entries.filter(belongs)
        let query = PortalQuery(QueryItems())
        return PortalSelection(query, among: all, categories: categories, on: today)
            .counts[.category] ?? [:]
    }

    private func belongs(_ entry: ProgrammeEntry) -> Bool {
        switch entry.content {
        case .programme(let programme): collection.contains(programme)
        case .listing(let kept): sources.contains(kept.listing.source)
        }
    }
}
