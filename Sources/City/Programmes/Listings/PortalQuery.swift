import Basics
import City
import Web

/// Which programmes of a portal somebody looks for.
struct PortalQuery: Sendable, Hashable {
    /// The longest text that is searched for, in characters.
    static let maximumWordsCharacterCount = 100

    /// A property that the list can be narrowed by.
    enum Property: String, Sendable, Hashable, CaseIterable {
        case judged, category, provider, district, age, state
    }

    /// Groups of ages to choose from.
    static let ageGroups: [AgeRange] = [
        AgeRange(from: 9, to: 18), AgeRange(from: 19, to: 24), AgeRange(from: 25, to: 29),
        AgeRange(from: 30, to: 34), AgeRange(from: 35, to: 39), AgeRange(from: 40, to: nil),
    ]

    var words: String
    var chosen: [Property: Set<String>]

    /// Reads the query of an address.
    init(_ items: QueryItems) {
        words = String((items.text("q") ?? "").prefix(Self.maximumWordsCharacterCount))
        chosen = [:]
        for property in Property.allCases {
            let values = Set(items.all(property.rawValue))
            if !values.isEmpty { chosen[property] = values }
        }
    }

    /// The values of a property that an entry has.
    static func values(
        _ property: Property,
        of entry: ProgrammeEntry,
        categories: [ListingCategory],
        on today: LocalDate
    ) -> [String] {
        switch property {
        case .judged: [entry.isJudged ? "yes" : "no"]
        case .category: categories.filter(entry.isOf).map(\.id)
        case .provider: [entry.provider.rawValue]
        case .district:
            entry.provider == .otherRegion
                ? [] : entry.districts.isEmpty ? District.all.map(\.code) : entry.districts
        case .age:
            // An age that cannot be read shuts nobody out.
            ageGroups.filter { group in
                guard let ages = entry.ages else { return true }
                return group.from <= ages.to ?? .max && ages.from <= group.to ?? .max
            }.map(Self.name)
        case .state: [entry.state(on: today).rawValue]
        }
    }

    /// The name of a group of ages in an address.
    static func name(_ group: AgeRange) -> String {
        group.to.map { "\(group.from)-\($0)" } ?? "\(group.from)"
    }

    /// The values of a property that count; without a choice, what is over is left out.
    func wanted(_ property: Property) -> Set<String>? {
        if property == .state {
            return chosen[.state] ?? [KeptListing.State.current.rawValue]
        }
        return chosen[property]
    }
}

/// What a query finds among entries, with what other choices would leave.
struct PortalSelection: Sendable {
    /// The entries, in the order in which they were handed in.
    private(set) var entries: [ProgrammeEntry] = []
    /// How many there are of each value of a property, whatever values of it the query names.
    private(set) var counts: [PortalQuery.Property: [String: Int]] = [:]

    init(
        _ query: PortalQuery,
        among all: [ProgrammeEntry],
        categories: [ListingCategory],
        on today: LocalDate
    ) {
        let properties = PortalQuery.Property.allCases
        let wanted = properties.map(query.wanted)
        for entry in all {
            let values = properties.map {
                PortalQuery.values($0, of: entry, categories: categories, on: today)
            }
            let fits = zip(values, wanted).map { values, wanted in
                wanted.map { !$0.isDisjoint(with: values) } ?? true
            }
            let missCount = fits.count { !$0 }
            if missCount == 0 { entries.append(entry) }
            guard missCount <= 1 else { continue }
            for (place, property) in properties.enumerated() where missCount == 0 || !fits[place] {
                for value in values[place] {
                    counts[property, default: [:]][value, default: 0] += 1
                }
            }
        }
    }
}
