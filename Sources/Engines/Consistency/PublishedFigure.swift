public import Basics

/// By what a published total is broken down.
public struct Dimension: RawRepresentable, Sendable, Hashable, Codable {
    /// The name, as in the `dimension` column of a series.
    public let rawValue: String

    /// Creates a dimension of any name; what is unknown is never summed.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// No breakdown: the total of a year.
    public static let total = Dimension(rawValue: "total")
    /// By the kind of body that orders.
    public static let organization = Dimension(rawValue: "org")
    /// By the type of project.
    public static let type = Dimension(rawValue: "type")
    /// By the time of the order.
    public static let quarter = Dimension(rawValue: "quarter")
    /// By technology: a project may have several, so these are never summed.
    public static let technology = Dimension(rawValue: "tech")

    /// Whether every project belongs to exactly one of the categories, so that they have to sum up
    /// to the total.
    ///
    /// Types too, but publishers often itemise only some of them.
    var isExhaustive: Bool { self == .organization || self == .quarter }
    var isSummable: Bool { isExhaustive || self == .type }

    /// The name for people.
    public var title: Bilingual {
        switch self {
        case .total: Bilingual("총계", "total")
        case .organization: Bilingual("기관별", "by agency kind")
        case .type: Bilingual("유형별", "by type")
        case .quarter: Bilingual("발주시기별", "by order time")
        case .technology: Bilingual("신기술", "new technology")
        default: Bilingual(same: rawValue)
        }
    }
}

/// Which of a figure's two numbers is meant.
public enum Measure: String, Sendable, Hashable, Codable, CaseIterable {
    /// How many projects.
    case projects
    /// How much money.
    case amount

    /// The name for people.
    public var title: Bilingual {
        switch self {
        case .projects: Bilingual("건수", "the number of projects")
        case .amount: Bilingual("예산", "the budget")
        }
    }
}

/// Where a figure stands in a series: evidence points at figures by it.
public struct FigureReference: Sendable, Hashable, Codable {
    /// The plan year.
    public var year: Int
    /// The breakdown.
    public var dimension: Dimension
    /// The category within it; empty for a total.
    public var category: String

    /// Creates a reference.
    public init(year: Int, dimension: Dimension, category: String) {
        self.year = year
        self.dimension = dimension
        self.category = category
    }

    /// The total of a year.
    public static func total(_ year: Int) -> FigureReference {
        FigureReference(year: year, dimension: .total, category: "")
    }
}

/// A figure as it was published: a number of projects, an amount, or both.
///
/// Either number has at most nine digits before its decimals, in projects and in 억원, as
/// `FigureTable` makes sure; the arithmetic of the rules relies on it.
public struct PublishedFigure: Sendable, Hashable, Codable {
    /// Where it stands.
    public var reference: FigureReference
    /// How many projects.
    public var projects: Int?
    /// How much money.
    public var amount: Won?
    /// To what the publisher rounded the amount; a sum of n rounded amounts may be off by n/2 units.
    public var roundingUnit: Won
    /// Where it was published.
    public var source: String
    /// What other sources say instead.
    public var alternatives: [Alternative]

    /// Another source's word for the same figure.
    public struct Alternative: Sendable, Hashable, Codable {
        /// The other source.
        public var source: String
        /// Which number it gives.
        public var measure: Measure
        /// The number, in projects or in won.
        public var value: Int64

        /// Creates another source's word.
        public init(source: String, measure: Measure, value: Int64) {
            self.source = source
            self.measure = measure
            self.value = value
        }
    }

    /// Creates a figure.
    public init(
        _ reference: FigureReference,
        projects: Int? = nil,
        amount: Won? = nil,
        roundingUnit: Won = .eok(1),
        source: String,
        alternatives: [Alternative] = []
    ) {
        self.reference = reference
        self.projects = projects
        self.amount = amount
        self.roundingUnit = roundingUnit
        self.source = source
        self.alternatives = alternatives
    }

    /// One of its two numbers, in projects or in won.
    public func value(_ measure: Measure) -> Int64? {
        switch measure {
        case .projects: projects.map(Int64.init)
        case .amount: amount?.amount
        }
    }

    /// The figure with one of its numbers replaced.
    func replacing(_ measure: Measure, with value: Int64) -> PublishedFigure {
        var figure = self
        switch measure {
        case .projects: figure.projects = Int(value)
        case .amount: figure.amount = Won(value)
        }
        return figure
    }
}
