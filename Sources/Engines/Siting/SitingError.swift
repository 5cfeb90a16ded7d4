public import Basics

/// Why a plan of sites could not be made.
public struct SitingError: ExplainedError, Hashable {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable, Codable {
        /// A number is not one, or is out of range.
        case badValue
        /// A shape has too few corners.
        case badShape
        /// There are more sites, points or pairs than the limit.
        case tooMany
        /// The sites that are fixed, or those every district must have, cost more than the budget.
        case budgetTooSmall
        /// A district has fewer candidates than it must get.
        case tooFewCandidates
        /// A solver found no plan that is proven to be the best.
        case notProven
    }

    /// The kind of failure.
    public var code: Code
    /// What went wrong, for the person.
    public var message: Bilingual
    /// What the log needs.
    public var context: String

    init(_ code: Code, _ message: Bilingual, context: String = "") {
        self.code = code
        self.message = message
        self.context = context
    }

    static func tooMany(_ what: Bilingual, maximum: Int) -> SitingError {
        SitingError(
            .tooMany,
            Bilingual(
                "\(what.korean) 너무 많습니다(최대 \(maximum)).",
                "There are too many \(what.english) (at most \(maximum))."
            )
        )
    }
}
