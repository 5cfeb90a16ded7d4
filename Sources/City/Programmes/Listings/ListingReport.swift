public import Basics
import City
public import Eligibility

/// What is wrong with catalogues: listing by listing, between listings, and against the rules.
public struct ListingReport: Sendable, Encodable {
    /// How many listings there are.
    public var listingCount: Int
    /// How many there are of each catalogue.
    public var sourceCounts: [String: Int]
    /// How many findings of each kind there are.
    public var counts: [String: Int]
    /// The findings, by the kind and then as the listings stand.
    public var findings: [ListingFinding]

    /// Checks listings.
    ///
    /// - Parameters:
    ///   - listings: The listings of all catalogues together.
    ///   - known: What their readers found.
    ///   - rules: The programmes that the city can judge.
    ///   - today: The day against which days are held.
    public init(
        _ listings: [Listing],
        known: [ListingFinding] = [],
        rules: [RuleDigest] = [],
        on today: LocalDate
    ) {
        listingCount = listings.count
        sourceCounts = Dictionary(listings.map { ($0.source.rawValue, 1) }, uniquingKeysWith: +)
        var all = known
        for listing in listings where !listing.isEnded { all += Self.past(listing, today) }
        all += Self.twins(listings)
        all += Self.rules(listings, rules)
        let order = Dictionary(
            uniqueKeysWithValues: ListingFinding.Kind.allCases.enumerated().map {
                ($0.element, $0.offset)
            }
        )
        findings = all.enumerated().sorted { left, right in
            let (first, second) = (order[left.element.kind] ?? 0, order[right.element.kind] ?? 0)
            return (first, left.offset) < (second, right.offset)
        }.map(\.element)
        counts = Dictionary(all.map { ($0.kind.rawValue, 1) }, uniquingKeysWith: +)
    }

    /// Checks files.
    public init(_ files: [ListingFile], rules: [RuleDigest] = [], on today: LocalDate) {
        self.init(
            files.flatMap(\.listings),
            known: files.flatMap(\.findings),
            rules: rules,
            on: today
        )
    }

    // MARK: Days

    private static func past(_ listing: Listing, _ today: LocalDate) -> [ListingFinding] {
        var result: [ListingFinding] = []
        if let year = DayText.year(ofTitle: listing.title), year < today.year {
            result.append(ListingFinding(.pastYear, listing, Bilingual(same: "\(year)")))
        }
        let days = [listing.howToApply, listing.when].flatMap(DayText.days)
        if let last = days.max(), last < today {
            result.append(ListingFinding(.pastDate, listing, Bilingual(same: last.iso)))
        }
        return result
    }

    // MARK: Between listings

    private static func twins(_ listings: [Listing]) -> [ListingFinding] {
        var first: [String: Listing] = [:]
        var firstOfAny: [String: Listing] = [:]
        var result: [ListingFinding] = []
        for listing in listings {
            let place =
                listing.provider == .otherRegion
                ? listing.region : listing.districts.joined(separator: ",")
            let own = "\(listing.source.rawValue)/\(place)/\(TitleKey.make(listing.title))"
            if let twin = first[own] {
                result.append(finding(.duplicate, listing, twin))
                continue
            }
            first[own] = listing
            let any = "\(place)/\(TitleKey.loose(listing.title))"
            if let twin = firstOfAny[any], twin.source != listing.source {
                result.append(finding(.otherSource, listing, twin))
            } else if firstOfAny[any] == nil {
                firstOfAny[any] = listing
            }
        }
        return result
    }

    private static func finding(
        _ kind: ListingFinding.Kind,
        _ listing: Listing,
        _ twin: Listing
    ) -> ListingFinding {
        ListingFinding(
            kind,
            listing,
            Bilingual(
                "\(twin.title) (\(twin.source.title.korean))",
                "\(twin.title) (\(twin.source.title.english))"
            ),
            other: twin.id
        )
    }

    // MARK: Against the rules

    private static func rules(_ listings: [Listing], _ rules: [RuleDigest]) -> [ListingFinding] {
        let byTitle = Dictionary(grouping: rules) { TitleKey.loose($0.title.korean) }
        return listings.flatMap { listing -> [ListingFinding] in
            let candidates = byTitle[TitleKey.loose(listing.title)] ?? []
            guard let rule = candidates.first(where: { $0.isOfSamePlace(as: listing) }) else {
                return []
            }
            let same = ListingFinding(.ruleProgramme, listing, rule.title, other: rule.name)
            let figures = ListingFigures("\(listing.summary)\n\(listing.target)")
            return [same]
                + figures.disagreements(with: rule.figures).map {
                    ListingFinding(.figuresDiffer, listing, $0, other: rule.name)
                }
        }
    }
}

/// What a programme that the city can judge says, as far as a listing can be held against it.
public struct RuleDigest: Sendable, Hashable {
    /// Its name in the rules.
    public let name: String
    /// Its title.
    public let title: Bilingual
    /// Who runs it.
    public let provider: Bilingual
    /// The figures of its clauses and of its benefit.
    let figures: ListingFigures

    /// The ages that its clauses name, from the youngest to the oldest.
    var ages: AgeRange? {
        guard let from = figures.ages.map(\.from).min() else { return nil }
        return AgeRange(from: from, to: figures.ages.compactMap(\.to).max())
    }

    /// Digests every programme of the rules, as it is on a day.
    public static func all(of catalogue: CompiledCatalogue, on day: LocalDate) -> [RuleDigest] {
        var judge = Judge(catalogue, on: day)
        guard let nothing = try? FactSheet(Situation(date: day, facts: [:]), in: catalogue) else {
            return []
        }
        return catalogue.catalogue.programmes.map { programme in
            let judgement = try? judge.judgement(of: programme.name, nothing)
            var texts = [programme.summary.korean]
            if let each = judgement?.estimate?.each { texts.append("\(each.amount / 10_000)만원") }
            texts += judgement?.findings.map { $0.clause.label?.korean ?? $0.sentence.korean } ?? []
            // An income clause names its fact, not the words 중위소득 that catalogues write.
            let clauses = texts.joined(separator: "\n").replacing(
                /중위\s?소득\s?대비|중위소득 비율[은는]?/,
                with: "중위소득"
            )
            return RuleDigest(
                name: programme.name,
                title: programme.title,
                provider: programme.provider,
                figures: ListingFigures(clauses)
            )
        }
    }

    /// Whether a listing can be the same programme: a district's is that district's.
    func isOfSamePlace(as listing: Listing) -> Bool {
        let districts = District.all.filter { provider.korean.contains($0.name.korean) }
        switch listing.provider {
        case .otherRegion: return false
        case .district: return districts.contains { listing.districts.contains($0.code) }
        case .nation: return districts.isEmpty && !provider.korean.contains("서울")
        case .city: return districts.isEmpty
        }
    }
}
