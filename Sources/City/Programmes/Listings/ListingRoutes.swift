public import Basics
import City
import Eligibility
public import Hosting
import Identity
import Store
public import Web

/// The list of a portal: the programmes that the city judges and the listings of its catalogues,
/// searched and narrowed together, at `BASE/programmes`; the list of everything is at `/programmes`.
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

    /// The list of every programme and every catalogue, its fields those with most programmes first.
    init(all platform: Platform) {
        let counts = RulesInForce.of(platform).catalogue.programmes.flatMap(\.tags)
            .reduce(into: ProgrammeTag.ofCatalogues.mapValues { _ in 0 }) {
                $0[$1, default: 0] += 1
            }
        self.init(
            collection: .all,
            sources: Set(ListingSource.all),
            categories: counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                ListingCategory(id: $0.key, title: ProgrammeTag.title($0.key), tags: [$0.key])
            },
            platform: platform
        )
    }

    private var path: String {
        collection == .all ? collection.base : "\(collection.base)/programmes"
    }

    /// The address of the list.
    public var link: Link { Link(path) }

    /// The list narrowed to a field.
    public func link(_ category: ListingCategory) -> Link {
        Link(path, query: [("category", category.id)])
    }

    /// Adds the list.
    public func add(to table: inout RouteTable) {
        table.personalPage(path) { try await list($0) }
    }

    private func list(_ incoming: Incoming) async throws -> Page {
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
            failure: rules.failure,
            verdicts: try await verdicts(incoming),
            pageNumber: incoming.query.pageNumber(),
            today: incoming.now.date
        ).page(in: incoming.page)
    }

    private var rules: RulesInForce { RulesInForce.of(platform) }

    /// What the programmes say to whoever has answered something; nothing for everybody else.
    private func verdicts(_ incoming: Incoming) async throws -> [String: Verdict] {
        let answers = try await AnswerDesk(platform: platform).answers(incoming)
        guard !answers.isEmpty else { return [:] }
        let date = incoming.now.date
        let situation = answers.situation(on: date, in: rules.catalogue)
        // Answers that contradict each other judge nothing; their own pages say so.
        guard let sheet = try? FactSheet(situation, in: rules.compiled) else { return [:] }
        var judge = Judge(rules.compiled, on: date)
        return Dictionary(
            zip(rules.catalogue.programmes.map(\.name), judge.verdicts(of: sheet)),
            uniquingKeysWith: { first, _ in first }
        )
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
