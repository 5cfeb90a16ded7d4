import Basics
import Eligibility

/// Who gets a place where an order decides: by time, by points, by income.
///
/// Where the last places lie among equals, those are left to a draw.
struct SelectionPlan: Sendable, Hashable {
    /// Somebody who qualifies and waits for a place.
    struct Entrant: Sendable, Hashable {
        var caseID: String
        var receipt: String
        var submittedAt: Instant
        var points: Int?
        /// The income, or whatever fact of the programme orders applicants; the least comes first.
        var income: Int64?
        /// The part of a draw, in words; empty where the programme has none.
        var stratum: String
    }

    /// Those who have a place, the first first.
    private(set) var selected: [Entrant] = []
    /// Equals of whom only some get a place.
    private(set) var tied: [Entrant] = []
    /// The places that the draw among the equals gives out.
    private(set) var tiedPlaces = 0
    /// The others in their order: the waiting list.
    private(set) var rest: [Entrant] = []
    /// Those for whom the rules say nothing to put them in an order.
    private(set) var unranked: [Entrant] = []

    /// Puts entrants in the order of a method and gives out the places.
    ///
    /// - Parameters:
    ///   - entrants: Those who qualify, in any order.
    ///   - method: By time, by points or by income; a draw has no order, so all are equals.
    ///   - places: How many places there are; nothing where there is no limit.
    init(_ entrants: [Entrant], by method: Selection.Method, places: Int?) {
        let ranked = entrants.compactMap { entrant in
            Self.rank(entrant, method).map { (rank: $0, entrant: entrant) }
        }.sorted { ($0.rank, $0.entrant.receipt) < ($1.rank, $1.entrant.receipt) }
        unranked = entrants.filter { Self.rank($0, method) == nil }
        let places = min(places ?? ranked.count, ranked.count)
        guard places < ranked.count, places > 0 else {
            selected = ranked.prefix(places).map(\.entrant)
            rest = ranked.dropFirst(places).map(\.entrant)
            return
        }
        let cut = ranked[places].rank
        guard method != .firstCome, ranked[places - 1].rank == cut else {
            selected = ranked.prefix(places).map(\.entrant)
            rest = ranked.dropFirst(places).map(\.entrant)
            return
        }
        selected = ranked.filter { $0.rank < cut }.map(\.entrant)
        tied = ranked.filter { $0.rank == cut }.map(\.entrant)
        tiedPlaces = places - selected.count
        rest = ranked.filter { $0.rank > cut }.map(\.entrant)
    }

    /// The place in the order, the smallest first; nothing where it is not known.
    private static func rank(_ entrant: Entrant, _ method: Selection.Method) -> Int64? {
        switch method {
        case .points: entrant.points.map { -Int64($0) }
        case .lowestIncome: entrant.income
        case .draw: 0
        case .firstCome, .everyone, .review: entrant.submittedAt.millisecondsSinceEpoch
        }
    }
}
