import Store
public import Web

/// Which places somebody looks for.
public struct PlaceQuery: Sendable, Hashable {
    /// The longest text that is searched for, in characters.
    public static let maximumWordsCharacterCount = 100

    /// A part of a name or an address; empty finds every place.
    public var words: String
    /// Only these kinds; empty finds all.
    public var kinds: Set<PlaceKind>
    /// Only these districts, by code; empty finds all.
    public var districts: Set<String>
    /// The places that the city's search found for the words, which then no longer count as a part.
    var found: [String]?

    /// Creates a query; long words are cut.
    public init(words: String = "", kinds: Set<PlaceKind> = [], districts: Set<String> = []) {
        self.words = String(words.prefix(PlaceQuery.maximumWordsCharacterCount))
        self.kinds = kinds
        self.districts = districts
    }

    /// Reads the query of an address: `q`, `kind`, `district`.
    public init(_ items: QueryItems) {
        self.init(
            words: items.text("q") ?? "",
            kinds: Set(items.all("kind").map(PlaceKind.init)),
            districts: Set(items.all("district"))
        )
    }

    var wordsCondition: SQL {
        if let found { return "AND id IN \(list: found)" }
        guard !words.isEmpty else { return "" }
        return """
            AND (\(SQL.containing(words, in: "name")) OR \(SQL.containing(words, in: "name_english"))
                OR \(SQL.containing(words, in: "address")))
            """
    }

    var kindCondition: SQL {
        kinds.isEmpty ? "" : "AND kind IN \(list: kinds.map(\.rawValue).sorted())"
    }

    var districtCondition: SQL {
        districts.isEmpty ? "" : "AND district IN \(list: districts.sorted())"
    }
}

/// A page of places, with what other choices of the query would leave.
public struct PlacePage: Sendable, Hashable {
    /// The places by district and name, those that are made up last.
    public var places: [Place]
    /// The number of the page, from 1; the last one where a later one was asked for.
    public var number: Int
    /// How many places the query finds.
    public var total: Int
    /// How many there are of each kind, whatever kinds the query names.
    public var kindCounts: [String: Int]
    /// How many there are in each district, whatever districts the query names.
    public var districtCounts: [String: Int]
}
