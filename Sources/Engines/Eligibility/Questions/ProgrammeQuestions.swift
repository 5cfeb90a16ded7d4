public import Basics

extension CompiledCatalogue {
    /// The facts that a form for one programme asks: what the clauses in force on a day read, traced
    /// back to what people can be asked for, in the order of the clauses.
    ///
    /// A fact that follows from others but can be asked for directly is asked for directly.
    ///
    /// - Parameters:
    ///   - programme: The programme.
    ///   - date: The day of the application.
    /// - Returns: The facts; none where the programme is not in force.
    public func questions(of programme: String, on date: LocalDate) -> [FactDefinition] {
        guard let index = programmeIndex(programme),
            let place = versionsInForce(on: Int64(date.daysSinceEpoch))[index]
        else { return [] }
        let version = versions[place]
        let definition = catalogue.programmes[index].versions[version.version]
        var open = definition.clauses.map(\.fact) + version.columns.sorted()
        var seen: Set<Int> = []
        var found: [FactDefinition] = []
        open.reverse()
        while let column = open.popLast() {
            guard seen.insert(column).inserted else { continue }
            if column < catalogue.facts.count, catalogue.facts[column].question != nil {
                found.append(catalogue.facts[column])
            } else {
                let inputs = derivations.first { $0.column == column }?.inputs ?? []
                open += inputs.sorted().reversed()
            }
        }
        return found
    }
}
