public import Basics

/// One way in which published figures have to close.
public struct ConsistencyRule: Sendable {
    /// Which rule it is; stable, for links and for JSON.
    public enum ID: String, Sendable, Hashable, Codable, CaseIterable {
        /// Numbers that no programme can have.
        case plausibility
        /// The same figure twice.
        case duplicate
        /// Two sources, two numbers.
        case conflictingSources
        /// Categories against their total.
        case dimensionSum
        /// Order times need a bucket for what was ordered in the year before.
        case quarterBuckets
        /// Years between the first and the last that were not published.
        case missingYears
        /// A share and its denominator.
        case share
        /// Percentages that together are everything.
        case split
        /// Growth and its base.
        case growth
        /// Jobs and their coefficient.
        case jobs
        /// Names of types that change from year to year.
        case typeDrift
        /// Categories that move against the total.
        case headlineMask
    }

    /// Which rule it is.
    public let id: ID
    /// The name of the rule.
    public let title: Bilingual
    /// The arithmetic it applies.
    public let explanation: Bilingual
    /// Applies it; findings come in the order of the years.
    let evaluate: @Sendable (Publication) -> [Finding]

    /// Every rule, in the order in which a reader wants them.
    public static let all: [ConsistencyRule] = [
        .plausibility, .duplicate, .conflictingSources, .dimensionSum, .quarterBuckets,
        .missingYears, .share, .split, .growth, .jobs, .typeDrift, .headlineMask,
    ]
}

/// Finds out where published figures do not close.
public struct ConsistencyAudit: Sendable {
    /// The rules to apply.
    public var rules: [ConsistencyRule]

    /// Creates an audit; every rule is applied unless said otherwise.
    public init(rules: [ConsistencyRule] = ConsistencyRule.all) {
        self.rules = rules
    }

    /// What the rules find, by year, then in the order of the rules; the same for the same input.
    public func findings(in publication: Publication) -> [Finding] {
        rules.flatMap { $0.evaluate(publication) }.enumerated()
            .sorted { ($0.element.year, $0.offset) < ($1.element.year, $1.offset) }
            .map(\.element)
    }
}
