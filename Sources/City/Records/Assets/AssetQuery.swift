import Store
public import Web

/// Which assets somebody looks for.
public struct AssetQuery: Sendable, Hashable {
    /// The longest text that is searched for, in characters.
    public static let maximumWordsCharacterCount = 100

    /// A part of a number, a name, a model, a serial number or a spot; empty finds every asset.
    public var words: String
    /// Only these kinds; empty finds all.
    public var kinds: Set<AssetKind>
    /// Only these states; empty finds all.
    public var states: Set<AssetState>
    /// Only those of these organizations; empty finds all.
    public var organizations: Set<String>

    /// Creates a query; long words are cut.
    public init(
        words: String = "",
        kinds: Set<AssetKind> = [],
        states: Set<AssetState> = [],
        organizations: Set<String> = []
    ) {
        self.words = String(words.prefix(AssetQuery.maximumWordsCharacterCount))
        self.kinds = kinds
        self.states = states
        self.organizations = organizations
    }

    /// Reads the query of an address: `q`, `kind`, `state`, `organization`.
    public init(_ items: QueryItems) {
        self.init(
            words: items.text("q") ?? "",
            kinds: Set(items.all("kind").map(AssetKind.init)),
            states: Set(items.all("state").compactMap(AssetState.init)),
            organizations: Set(items.all("organization"))
        )
    }

    /// What limits the rows, with one of the properties left out.
    func conditions(without left: Property? = nil) -> SQL {
        var parts: [SQL] = []
        if !words.isEmpty {
            let columns: [SQL] = ["number", "name", "maker", "model", "serial", "spot"]
            let found = columns.map { SQL.containing(words, in: $0) }.joined(separator: " OR ")
            parts.append("AND (\(found))")
        }
        if left != .kind, !kinds.isEmpty {
            parts.append("AND kind IN \(list: kinds.map(\.rawValue).sorted())")
        }
        if left != .state, !states.isEmpty {
            parts.append("AND state IN \(list: states.map(\.rawValue).sorted())")
        }
        if left != .organization, !organizations.isEmpty {
            parts.append("AND organization_id IN \(list: organizations.sorted())")
        }
        return parts.joined(separator: " ")
    }

    /// A property that the list can be narrowed by.
    enum Property: Sendable, Hashable {
        case kind
        case state
        case organization
    }
}

/// A page of assets, with what other choices of the query would leave.
public struct AssetPage: Sendable, Hashable {
    /// The assets, by organization and number.
    public var assets: [Asset]
    /// The number of the page, from 1; the last one where a later one was asked for.
    public var number: Int
    /// How many assets the query finds.
    public var total: Int
    /// How many there are of each kind, whatever kinds the query names.
    public var kindCounts: [String: Int]
    /// How many there are in each state, whatever states the query names.
    public var stateCounts: [String: Int]
    /// How many each organization has, whatever organizations the query names.
    public var organizationCounts: [String: Int]
}
