import Basics
import Facets
import Korean
import Store
import Synchronization

/// The current projects in memory: what answers every listing.
///
/// The store is the truth; this is rebuilt from it at the start and brought up to date with every
/// edition. Readers work on an immutable snapshot, so a publication never holds them up.
final class Catalogue: Sendable {
    /// One state of the catalogue: row `n` of both indexes is project `ids[n]`.
    struct Snapshot: Sendable {
        var ids: [Int64]
        var facets: FacetIndex
        var words: SubstringIndex
        var agencies: [String: Bilingual]
        var updatedAt: Instant?
        /// The newest edition it was made with; 0 where there is none.
        var newestEditionID: Int64
    }

    /// What a query found.
    struct Result: Sendable {
        /// The projects of the page, by row number in the store.
        var ids: [Int64]
        var count: Int
        var sum: Won
        var facets: [Facet]
        var updatedAt: Instant?
    }

    private let snapshot: Mutex<Snapshot>

    private init(_ snapshot: Snapshot) {
        self.snapshot = Mutex(snapshot)
    }

    /// Reads every current project of the store.
    static func load(from store: Store) async throws -> Catalogue {
        Catalogue(try await store.read { try CatalogueReader.read(in: $0) })
    }

    /// Brings the catalogue up to the store.
    func reload(from store: Store) async throws {
        let fresh = try await store.read { try CatalogueReader.read(in: $0) }
        // Of two that read at once the one that saw less must not come last.
        snapshot.withLock { if fresh.newestEditionID >= $0.newestEditionID { $0 = fresh } }
    }

    /// Brings the catalogue up to the store where an edition was published since, perhaps by
    /// another process.
    func refresh(from store: Store) async throws {
        let newest = try await store.read { try Editions.newestID(in: $0) }
        if newest != snapshot.withLock(\.newestEditionID) { try await reload(from: store) }
    }

    /// The name of an agency that has a plan.
    func agencyName(_ id: String) -> Bilingual? {
        snapshot.withLock { $0.agencies[id] }
    }

    /// When the newest edition was published.
    var updatedAt: Instant? { snapshot.withLock { $0.updatedAt } }

    /// Answers a query: the page's projects, counts and sums of every facet value.
    func answer(_ query: ProjectQuery) throws -> Result {
        let snapshot = snapshot.withLock { $0 }
        let found = try snapshot.facets.evaluate(facetQuery(query, snapshot))
        let rows = try snapshot.facets.page(
            of: found.matches,
            by: Self.rowOrder(query.order),
            offset: (query.page - 1) * ProjectQuery.pageSize,
            limit: ProjectQuery.pageSize
        )
        return Result(
            ids: rows.map { snapshot.ids[Int($0)] },
            count: found.total.count,
            sum: Won(found.total.sum),
            facets: found.facets,
            updatedAt: snapshot.updatedAt
        )
    }

    /// Every project a query finds, in its order, by row number in the store.
    func allIDs(_ query: ProjectQuery, limit: Int) throws -> [Int64] {
        let snapshot = snapshot.withLock { $0 }
        let found = try snapshot.facets.evaluate(facetQuery(query, snapshot))
        var ids: [Int64] = []
        while ids.count < min(limit, found.total.count) {
            let rows = try snapshot.facets.page(
                of: found.matches,
                by: Self.rowOrder(query.order),
                offset: ids.count,
                limit: min(FacetIndex.maximumPageRowCount, limit - ids.count)
            )
            guard !rows.isEmpty else { break }
            ids += rows.map { snapshot.ids[Int($0)] }
        }
        return ids
    }

    private func facetQuery(_ query: ProjectQuery, _ snapshot: Snapshot) throws -> FacetQuery {
        var filters: [String: Set<String>] = [:]
        for (facet, values) in query.filters { filters[facet.rawValue] = Set(values) }
        var candidates: RowSet?
        if !query.text.isEmpty {
            let matches = snapshot.words.matches(try SubstringQuery(query.text))
            candidates = RowSet(bitset: matches.bitset)
        }
        return FacetQuery(filters: filters, candidates: candidates, measure: "budget")
    }

    private static func rowOrder(_ order: ProjectOrder) -> RowOrder {
        switch order {
        case .budget: .number("budget", descending: true)
        case .budgetAscending: .number("budget", descending: false)
        case .order: .number("order", descending: false)
        }
    }

    static func schema() throws -> FacetSchema {
        try FacetSchema(
            dimensions: ProjectFacet.allCases.map { facet in
                facet == .technology ? .multiple(facet.rawValue) : .single(facet.rawValue)
            },
            numbers: ["budget", "order"]
        )
    }

    /// Orders by year, then month; a quarter counts as its first month, the year before as none.
    static func orderNumber(year: Int, month: Int) -> Int64 { Int64(year * 100 + month) }

    /// What stands between the texts of a project.
    static let separator = UInt8(ascii: "\n")

    /// The words a project is found by: title, agency, department and what it does.
    static func searchText(_ project: PlannedProject) -> String {
        let text = [
            project.title, project.titleEnglish ?? "", project.agencyName, project.department,
            project.type.label.korean, project.description,
        ].joined(separator: "\n")
        return shortened(text)
    }

    /// A text as far as the index takes it, cut between characters; what is past the limit is on
    /// the project's page.
    static func shortened(_ text: String) -> String {
        guard text.utf8.count > SubstringIndex.maximumTextByteCount else { return text }
        var cut = ""
        for character in text {
            if cut.utf8.count + character.utf8.count > SubstringIndex.maximumTextByteCount { break }
            cut.append(character)
        }
        return cut
    }
}
