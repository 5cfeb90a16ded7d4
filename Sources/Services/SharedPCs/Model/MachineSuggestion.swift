import Basics
import City

/// Which ready machines fit a place on the list, the best first, each with why.
struct MachineSuggestion: Sendable, Hashable {
    /// The most that are suggested.
    static let maximumCount = 20

    var row: MachineRow
    /// Whether it has the form that was asked for.
    var isOfWishedForm: Bool

    /// Suggests machines of the form that was asked for, better grades first, then those that wait
    /// longest; an all-in-one does for a desktop.
    ///
    /// A notebook is kept for whoever asked for one.
    static func of(_ ready: [MachineRow], for wish: MachineForm) -> [MachineSuggestion] {
        let fitting = ready.filter { row in
            wish == .laptop ? row.machine.form == .laptop : row.machine.form != .laptop
        }
        let order = fitting.sorted { left, right in
            let (first, second) = (left.machine, right.machine)
            if (first.form == wish) != (second.form == wish) { return first.form == wish }
            if first.grade != second.grade { return (first.grade ?? .c) < (second.grade ?? .c) }
            return (first.since, left.asset.number) < (second.since, right.asset.number)
        }
        return order.prefix(maximumCount).map {
            MachineSuggestion(row: $0, isOfWishedForm: $0.machine.form == wish)
        }
    }
}
