import Basics
import Facets
import Hosting
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
        /// The order of the page: by budget where too many projects answer to rank them.
        var order: ProjectOrder
        /// What was searched; nothing where there were no words.
        var search: SubstringSearch?
    }

    private let snapshot: Mutex<Snapshot>
    private let synonyms: SharedSynonyms

    private init(_ snapshot: Snapshot, synonyms: SharedSynonyms) {
        self.snapshot = Mutex(snapshot)
        self.synonyms = synonyms
    }

    /// Reads every current project of the store.
    static func load(from store: Store, synonyms: SharedSynonyms) async throws -> Catalogue {
        Catalogue(
            try await store.read { try CatalogueReader.read(in: $0) },
            synonyms: synonyms
        )
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
        let finding = try finding(query, snapshot)
        let found = try snapshot.facets.evaluate(facetQuery(query, finding))
        let order = rankedOrder(query, found.total.count)
        let rows = try rows(
            of: found.matches,
            by: order,
            finding,
            in: snapshot,
            offset: (query.page - 1) * ProjectQuery.pageSize,
            limit: ProjectQuery.pageSize
        )
        return Result(
            ids: rows.map { snapshot.ids[Int($0)] },
            count: found.total.count,
            sum: Won(found.total.sum),
            facets: found.facets,
            updatedAt: snapshot.updatedAt,
            order: order,
            search: finding?.search
        )
    }

    /// Every project a query finds, in its order, by row number in the store.
    func allIDs(_ query: ProjectQuery, limit: Int) throws -> [Int64] {
        let snapshot = snapshot.withLock { $0 }
        let finding = try finding(query, snapshot)
        let found = try snapshot.facets.evaluate(facetQuery(query, finding))
        return try rows(
            of: found.matches,
            by: rankedOrder(query, found.total.count),
            finding,
            in: snapshot,
            offset: 0,
            limit: min(limit, found.total.count)
        ).map { snapshot.ids[Int($0)] }
    }

    /// The projects that answer words alone, without counts of facets.
    func find(
        _ words: TextQuery,
        offset: Int,
        limit: Int
    ) throws -> (ids: [Int64], count: Int, search: SubstringSearch) {
        let snapshot = snapshot.withLock { $0 }
        let finding = snapshot.words.find(try SubstringSearch(words))
        let count = finding.matches.count
        let isRanked = count <= SubstringIndex.maximumRankedRowCount
        let rows = try rows(
            of: RowSet(bitset: finding.matches.bitset),
            by: isRanked ? .relevance : .budget,
            finding,
            in: snapshot,
            offset: offset,
            limit: limit
        )
        return (rows.map { snapshot.ids[Int($0)] }, count, finding.search)
    }

    /// Rows in an order, from an offset.
    private func rows(
        of matches: RowSet,
        by order: ProjectOrder,
        _ finding: SubstringFinding?,
        in snapshot: Snapshot,
        offset: Int,
        limit: Int
    ) throws -> [UInt32] {
        if order == .relevance, let finding,
            let ranked = snapshot.words.ranked(matches.rowNumbers, by: finding.search)
        {
            return Array(ranked.dropFirst(offset).prefix(limit))
        }
        var rows: [UInt32] = []
        while rows.count < limit {
            let more = try snapshot.facets.page(
                of: matches,
                by: Self.rowOrder(order),
                offset: offset + rows.count,
                limit: min(FacetIndex.maximumPageRowCount, limit - rows.count)
            )
            guard !more.isEmpty else { break }
            rows += more
        }
        return rows
    }

    /// The order of so many projects.
    private func rankedOrder(_ query: ProjectQuery, _ count: Int) -> ProjectOrder {
        query.order == .relevance && count > SubstringIndex.maximumRankedRowCount
            ? .budget : query.order
    }

    private func finding(
        _ query: ProjectQuery,
        _ snapshot: Snapshot
    ) throws -> SubstringFinding? {
        guard !query.text.isEmpty else { return nil }
        let words = TextQuery(query.text, synonyms: synonyms.table)
        return snapshot.words.find(try SubstringSearch(words))
    }

    private func facetQuery(_ query: ProjectQuery, _ finding: SubstringFinding?) -> FacetQuery {
        var filters: [String: Set<String>] = [:]
        for (facet, values) in query.filters { filters[facet.rawValue] = Set(values) }
        return FacetQuery(
            filters: filters,
            candidates: finding.map { RowSet(bitset: $0.matches.bitset) },
            measure: "budget"
        )
    }

    private static func rowOrder(_ order: ProjectOrder) -> RowOrder {
        switch order {
        case .budget, .relevance: .number("budget", descending: true)
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
