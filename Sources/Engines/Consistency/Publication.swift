internal import Basics

/// What was published: figures, claims about them, and what is known of the names of types.
public struct Publication: Sendable {
    /// The figures in the order they were given, repeated ones included.
    public let figures: [PublishedFigure]
    /// The claims.
    public let claims: [PublishedClaim]
    /// Which names of types mean the same.
    public let crosswalk: TypeCrosswalk

    private let firstByReference: [FigureReference: PublishedFigure]
    private let breakdowns: [Int: [Dimension: [PublishedFigure]]]
    /// The years with at least one figure, ascending.
    let years: [Int]

    /// Creates a publication; of a figure given twice the first counts, and the rule on duplicates
    /// or the one on sources reports the other.
    public init(
        figures: [PublishedFigure],
        claims: [PublishedClaim] = [],
        crosswalk: TypeCrosswalk = .seoul
    ) {
        self.figures = figures
        self.claims = claims
        self.crosswalk = crosswalk
        var firstByReference: [FigureReference: PublishedFigure] = [:]
        var breakdowns: [Int: [Dimension: [PublishedFigure]]] = [:]
        for figure in figures where firstByReference[figure.reference] == nil {
            let reference = figure.reference
            firstByReference[reference] = figure
            breakdowns[reference.year, default: [:]][reference.dimension, default: []]
                .append(figure)
        }
        self.firstByReference = firstByReference
        self.breakdowns = breakdowns
        years = Set(figures.map(\.reference.year)).sorted()
    }

    /// The figure of a reference.
    public subscript(reference: FigureReference) -> PublishedFigure? {
        firstByReference[reference]
    }

    /// The total of a year.
    func total(_ year: Int) -> PublishedFigure? { self[.total(year)] }

    /// The categories of one breakdown of one year, each once, in the order they were given.
    func parts(_ year: Int, _ dimension: Dimension) -> [PublishedFigure] {
        breakdowns[year]?[dimension] ?? []
    }

    /// The breakdowns of a year that sum up, in a stable order.
    func summableDimensions(_ year: Int) -> [Dimension] {
        (breakdowns[year] ?? [:]).keys.filter(\.isSummable).sorted { $0.rawValue < $1.rawValue }
    }
}

/// Words for numbers.
extension Measure {
    /// A number of this measure for people: `1,431건`, `3,703억원`.
    func text(_ value: Int64) -> Bilingual {
        switch self {
        case .projects: Bilingual("\(value.grouped)건", "\(value.grouped) projects")
        case .amount:
            Bilingual(Won(value).text(.korean), Won(value).text(.english))
        }
    }

    /// How far a sum of rounded parts may be from its rounded total: half a unit a part.
    func tolerance(_ parts: [PublishedFigure]) -> Int64 {
        guard self == .amount else { return 0 }
        return parts.reduce(0) { $0 + ($1.amount == nil ? 0 : $1.roundingUnit.amount) } / 2
    }
}

/// A percentage with one decimal and its sign.
func signed(_ percent: Double) -> String {
    (percent >= 0 ? "+" : "−") + percent.magnitude.decimals(1) + "%"
}

extension FigureReference {
    /// The reference for people.
    var text: Bilingual {
        guard !category.isEmpty else { return Bilingual("\(year)년 총계", "the total of \(year)") }
        return Bilingual("\(year)년 \(category)", "\(category) of \(year)")
    }
}
