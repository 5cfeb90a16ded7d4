/// What the rows of a facet index have: dimensions to filter and count by, and numbers to sum and
/// order by.
public struct FacetSchema: Sendable, Hashable {
    /// A property of a row that takes one of a limited number of values.
    public struct Dimension: Sendable, Hashable {
        /// How a row takes its value.
        public enum Kind: Sendable, Hashable {
            /// Exactly one label a row.
            case single
            /// Any number of labels a row, of at most `FacetSchema.maximumTagCount` in all.
            case multiple
            /// The band of one of the row's numbers: band i begins at cut i − 1.
            case bands(of: String, cuts: [Int64], labels: [String])
        }

        /// The name that queries use.
        public let name: String
        /// How a row takes its value.
        public let kind: Kind

        /// A dimension of exactly one label a row, such as the ordering agency.
        public static func single(_ name: String) -> Dimension {
            Dimension(name: name, kind: .single)
        }

        /// A dimension of any number of labels a row, such as the technologies of a project.
        public static func multiple(_ name: String) -> Dimension {
            Dimension(name: name, kind: .multiple)
        }

        /// A dimension derived from a number when a row is added: n ascending cuts make n + 1
        /// bands, and a value equal to a cut belongs to the band above it.
        public static func bands(
            _ name: String,
            of number: String,
            cuts: [Int64],
            labels: [String]
        ) -> Dimension {
            Dimension(name: name, kind: .bands(of: number, cuts: cuts, labels: labels))
        }
    }

    /// The most labels of a `multiple` dimension: the bits of a word.
    public static let maximumTagCount = 64
    /// The most values of a dimension; for a `multiple` one, the most combinations that occur.
    public static let maximumValueCount = 1 << 16

    /// The dimensions, in the order in which rows give their labels and results list their facets.
    public let dimensions: [Dimension]
    /// The names of the whole numbers of a row, in the order in which rows give them: measures to
    /// sum (won), dates to order by (days).
    public let numbers: [String]

    /// Creates a schema.
    public init(dimensions: [Dimension], numbers: [String]) throws(FacetsError) {
        self.dimensions = dimensions
        self.numbers = numbers
        guard Set(dimensions.map(\.name)).count == dimensions.count,
            Set(numbers).count == numbers.count
        else { throw Self.invalid("a name occurs twice") }
        for dimension in dimensions {
            guard case .bands(let number, let cuts, let labels) = dimension.kind else { continue }
            guard numbers.contains(number) else { throw Self.invalid("no number \(number)") }
            guard labels.count == cuts.count + 1, Set(labels).count == labels.count,
                zip(cuts, cuts.dropFirst()).allSatisfy({ $0 < $1 })
            else { throw Self.invalid("bands of \(dimension.name)") }
        }
    }

    private static func invalid(_ context: String) -> FacetsError {
        FacetsError(
            .invalidSchema,
            "집계 항목의 정의가 잘못되었습니다.",
            "The definition of the facets is invalid.",
            context: context
        )
    }

    func dimension(_ name: String) throws(FacetsError) -> Int {
        guard let index = dimensions.firstIndex(where: { $0.name == name }) else {
            throw .unknownName(name)
        }
        return index
    }

    func number(_ name: String) throws(FacetsError) -> Int {
        guard let index = numbers.firstIndex(of: name) else { throw .unknownName(name) }
        return index
    }
}

/// A row as a caller writes it.
public struct FacetRow: Sendable, Hashable {
    /// The labels for each dimension of the schema: one for `single`, any for `multiple`, none for
    /// `bands`.
    public var labels: [[String]]
    /// The numbers of the schema.
    public var numbers: [Int64]

    /// Creates a row.
    public init(labels: [[String]], numbers: [Int64]) {
        self.labels = labels
        self.numbers = numbers
    }
}
