/// What a person has chosen in a faceted list.
public struct FacetQuery: Sendable, Hashable {
    /// For a dimension, the labels of which a row must have at least one; an empty set is no
    /// filter, a label that no row has matches nothing.
    public var filters: [String: Set<String>]
    /// The rows to choose from, such as the result of a text search; every row where absent.
    public var candidates: RowSet?
    /// The number to sum; the schema's first where absent.
    public var measure: String?

    /// Creates a query.
    public init(
        filters: [String: Set<String>] = [:],
        candidates: RowSet? = nil,
        measure: String? = nil
    ) {
        self.filters = filters
        self.candidates = candidates
        self.measure = measure
    }
}

/// A number of rows and the sum of the query's measure over them.
public struct FacetTotal: Sendable, Hashable {
    /// The number of rows.
    public var count: Int
    /// The sum of the measure; 0 where the schema has no numbers.
    public var sum: Int64

    /// Creates a total.
    public init(count: Int, sum: Int64) {
        self.count = count
        self.sum = sum
    }
}

/// One dimension with the total of each of its values.
public struct Facet: Sendable, Hashable {
    /// A value of a dimension.
    public struct Value: Sendable, Hashable {
        /// The label of the value.
        public let label: String
        /// The rows that have the value and pass every filter but this dimension's own.
        public let total: FacetTotal
        /// Whether the query's filter names the value.
        public let isSelected: Bool
    }

    /// The name of the dimension.
    public let name: String
    /// Every value in the order in which it first occurred (bands: ascending), empty ones included.
    public let values: [Value]

    /// The value with a label.
    public func value(_ label: String) -> Value? {
        values.first { $0.label == label }
    }
}

/// The answer to a facet query.
public struct FacetResult: Sendable, Hashable {
    /// The rows that pass every filter.
    public let matches: RowSet
    /// Their number and sum.
    public let total: FacetTotal
    /// The facets, in the schema's order.
    ///
    /// A row with several labels counts in each, so that the
    /// values of a `multiple` dimension may add up to more than the total.
    public let facets: [Facet]

    /// The facet of a dimension.
    public func facet(_ name: String) -> Facet? {
        facets.first { $0.name == name }
    }
}
