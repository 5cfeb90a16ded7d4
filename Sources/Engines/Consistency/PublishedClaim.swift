/// A statement about figures that can be checked by arithmetic.
public struct PublishedClaim: Sendable, Hashable, Codable {
    /// What is claimed.
    public enum Kind: Sendable, Hashable, Codable {
        /// A part is so many percent of a whole; `measure` is nil where the text does not say of what.
        case share(PrintedNumber, part: FigureReference, whole: FigureReference, measure: Measure?)
        /// A figure grew by so many percent; `base` is nil where the text does not say since when.
        case growth(
            PrintedNumber,
            figure: FigureReference,
            base: FigureReference?,
            measure: Measure
        )
        /// Parts of a whole, in percent, that together are everything.
        case split([Part], whole: FigureReference, measure: Measure)
        /// So many jobs follow from a budget.
        case jobs(Jobs, budget: FigureReference)
    }

    /// One percentage of a split.
    public struct Part: Sendable, Hashable, Codable {
        /// The percentage.
        public var percentage: PrintedNumber
        /// The figure it is of.
        public var figure: FigureReference

        /// Creates one percentage of a split.
        public init(_ percentage: PrintedNumber, _ figure: FigureReference) {
            self.percentage = percentage
            self.figure = figure
        }
    }

    /// A number of jobs and how it was reckoned.
    public struct Jobs: Sendable, Hashable, Codable {
        /// The number of jobs claimed.
        public var count: Int
        /// Workers per billion won.
        public var coefficient: PrintedNumber
        /// Whose jobs the text says they are, as it says it.
        public var label: String
        /// Whose jobs the coefficient counts.
        public var coverage: Coverage
        /// Where the coefficient is from.
        public var coefficientSource: String

        /// Whose jobs a coefficient counts.
        public enum Coverage: String, Sendable, Hashable, Codable {
            /// All ages, direct and indirect, all industries.
            case everyone
            /// Young people only.
            case youth
        }

        /// Creates a number of jobs.
        public init(
            count: Int,
            coefficient: PrintedNumber,
            label: String,
            coverage: Coverage,
            coefficientSource: String
        ) {
            self.count = count
            self.coefficient = coefficient
            self.label = label
            self.coverage = coverage
            self.coefficientSource = coefficientSource
        }
    }

    /// The claim in short, for messages.
    public var id: String
    /// The plan year it is about.
    public var year: Int
    /// What is claimed.
    public var kind: Kind
    /// Where it was published.
    public var source: String

    /// Creates a claim.
    public init(id: String, year: Int, kind: Kind, source: String) {
        self.id = id
        self.year = year
        self.kind = kind
        self.source = source
    }
}
