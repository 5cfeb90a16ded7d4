public import Basics

/// The conditions of programmes as SQL, for a table with a column for each fact: what an engine of another make
/// says to the same people.
///
/// SQL's logic has three values like ours: a missing fact is NULL. Facts that follow from others are
/// columns of the table like the rest; what a comparison computes beyond sums and differences has no SQL here.
public struct ConditionSQL {
    private let catalogue: RuleCatalogue
    private let date: LocalDate

    /// Makes ready for the versions in force on a day.
    public init(_ catalogue: RuleCatalogue, on date: LocalDate) {
        self.catalogue = catalogue
        self.date = date
    }

    /// The condition of a programme; nil where no version is in force or it cannot be said.
    public func expression(of programme: Programme) -> String? {
        guard let version = programme.version(on: date), version.paused == nil else { return nil }
        return text(version.condition, version.clauses)
    }

    private func text(_ condition: Condition, _ clauses: [Clause]) -> String? {
        switch condition {
        case .all(let parts, _): joined(parts.map { text($0, clauses) }, "AND", empty: "TRUE")
        case .any(let parts, _): joined(parts.map { text($0, clauses) }, "OR", empty: "FALSE")
        case .not(let inner, _): text(inner, clauses).map { "(NOT \($0))" }
        case .clause(let index): text(clauses[index].expression)
        }
    }

    private func text(_ expression: Expression) -> String? {
        switch expression {
        case .constant(let value): return "\(value)"
        case .fact(let fact): return "\"\(catalogue.facts[fact].name)\""
        case .atMost(let left, let right): return joined([text(left), text(right)], "<=")
        case .equals(let left, let right): return joined([text(left), text(right)], "=")
        case .combine(.add, let parts): return joined(parts.map(text), "+")
        case .combine(.subtract, let parts): return joined(parts.map(text), "-")
        case .isOneOf(let inner, let mask):
            let places = (0..<63).filter { mask & (1 << $0) != 0 }.map { "\($0)" }
            return text(inner).map { "(\($0) IN (\(places.joined(separator: ", "))))" }
        case .hasAny(let inner, let mask): return text(inner).map { "((\($0) & \(mask)) <> 0)" }
        case .hasAll(let inner, let mask):
            return text(inner).map { "((\($0) & \(mask)) = \(mask))" }
        case .all(let parts): return joined(parts.map(text), "AND", empty: "TRUE")
        case .any(let parts): return joined(parts.map(text), "OR", empty: "FALSE")
        case .not(let inner): return text(inner).map { "(NOT \($0))" }
        default: return nil
        }
    }

    private func joined(_ parts: [String?], _ word: String, empty: String? = nil) -> String? {
        let known = parts.compactMap { $0 }
        guard known.count == parts.count else { return nil }
        return known.isEmpty ? empty : "(\(known.joined(separator: " \(word) ")))"
    }
}
