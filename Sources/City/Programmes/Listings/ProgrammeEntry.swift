public import Basics
import City
import Eligibility
import Hosting
import Korean
import Store
import Web

/// A field of programmes in a portal: what its filter and its tiles name.
public struct ListingCategory: Sendable, Hashable {
    /// The name in addresses.
    public var id: String
    /// What people call it.
    public var title: Bilingual
    /// A programme of the rules with one of these tags is of the field.
    public let tags: Set<String>
    /// A listing is of the field where its catalogue calls it by one of these words.
    let words: Set<String>

    /// Describes a field; a listing is of it where its catalogue's words stand for one of the tags.
    public init(id: String, title: Bilingual, tags: Set<String>) {
        self.id = id
        self.title = title
        self.tags = tags
        words = Set(tags.flatMap { ProgrammeTag.ofCatalogues[$0] ?? [] })
    }
}

/// One programme in the list of a portal: one that the city judges, or a listing of a catalogue.
struct ProgrammeEntry: Sendable {
    /// What it is.
    enum Content: Sendable {
        /// A programme of the rules.
        case programme(Programme)
        /// A listing.
        case listing(KeptListing)
    }

    let content: Content
    let title: Bilingual
    let summary: Bilingual
    /// Who runs it, in words.
    let providerTitle: Bilingual
    let provider: ListingProvider
    /// The codes of its districts; empty is every one.
    let districts: [String]
    /// The ages of those it is for; nothing where they are not limited or cannot be read.
    let ages: AgeRange?

    /// A programme of the rules.
    init(_ programme: Programme, _ digest: RuleDigest?) {
        content = .programme(programme)
        title = programme.title
        summary = programme.summary
        providerTitle = programme.provider
        districts = District.all.filter { programme.provider.korean.contains($0.name.korean) }
            .map(\.code)
        provider =
            if !districts.isEmpty {
                .district
            } else if programme.provider.korean.contains("서울") {
                .city
            } else {
                .nation
            }
        ages = digest?.ages
    }

    /// A listing.
    init(_ kept: KeptListing) {
        let listing = kept.shown
        content = .listing(kept)
        title = Bilingual(same: listing.title)
        summary = Bilingual(same: listing.summary)
        provider = listing.provider
        districts = listing.districts
        let region = listing.region.count > 20 ? "" : listing.region
        providerTitle =
            provider == .city || region.isEmpty ? provider.title : Bilingual(same: region)
        ages = listing.source.agesAreOfChild ? nil : listing.ages
    }

    /// Whether the city judges it here.
    var isJudged: Bool { if case .programme = content { true } else { false } }

    /// Its page on this site.
    var link: Link {
        switch content {
        case .programme(let programme): programme.link
        case .listing(let kept): kept.link
        }
    }

    /// Where it stands on a day.
    func state(on today: LocalDate) -> KeptListing.State {
        switch content {
        case .listing(let kept): return kept.state(on: today)
        case .programme(let programme):
            let isOver = programme.versions.allSatisfy { $0.to.map { $0 < today } ?? false }
            return isOver ? .ended : .current
        }
    }

    /// Whether it is of a field.
    func isOf(_ category: ListingCategory) -> Bool {
        switch content {
        case .programme(let programme): return !category.tags.isDisjoint(with: programme.tags)
        case .listing(let kept): return !category.words.isDisjoint(with: kept.shown.categories)
        }
    }

    /// The words it is found by.
    var words: String {
        var texts = [title.korean, title.english, summary.korean, providerTitle.korean]
        if case .listing(let kept) = content {
            let listing = kept.shown
            texts += [listing.target, listing.region] + listing.categories + listing.needs
        }
        let names = District.all.filter { districts.contains($0.code) }.map(\.name.korean)
        // The index takes texts up to a limit; what says most stands first.
        let text = (texts + names).joined(separator: "\n")
        return String(text.prefix(SubstringIndex.maximumTextByteCount / 4))
    }
}

extension KeptListing {
    /// The page of the listing.
    var link: Link { .path("programmes", "listings", listing.id) }
}

/// Every programme and listing in memory, as all portals search them.
///
/// The rules do not change while the city runs; a change of a listing raises the number of its table.
final class ProgrammeEntries: Sendable {
    private let index: RecordIndex<ProgrammeEntry>
    private let platform: Platform

    private init(_ platform: Platform, _ rules: RulesInForce) {
        self.platform = platform
        index = RecordIndex(.listings) { db in
            let digests = Dictionary(
                RuleDigest.all(of: rules.compiled, on: db.now.date).map { ($0.name, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            return rules.catalogue.programmes.map { ProgrammeEntry($0, digests[$0.name]) }
                + (try Listings.all(in: db)).map { ProgrammeEntry($0) }
        } text: {
            $0.words
        }
    }

    /// The entries of a city.
    static func of(_ platform: Platform) -> ProgrammeEntries {
        let rules = RulesInForce.of(platform)
        return platform.shared.value(ProgrammeEntries.self) { ProgrammeEntries(platform, rules) }
    }

    /// What words find, the best first; everything, the judged first, where there are none.
    func find(_ words: String) async throws -> (entries: [ProgrammeEntry], search: SubstringSearch?)
    {
        guard !words.isEmpty else { return (try await index.all(in: platform.store), nil) }
        let query = TextQuery(words, synonyms: platform.synonyms.table)
        let found = try await index.find(query, in: platform.store)
        return (found.records, found.search)
    }
}
