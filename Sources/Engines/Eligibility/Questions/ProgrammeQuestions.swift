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
        guard let (definition, version) = version(of: programme, on: date) else { return [] }
        return asked(behind: definition.clauses.map(\.fact) + version.columns.sorted())
    }

    /// The facts on which the amount and the time of the application depend, traced back like those
    /// of the clauses.
    ///
    /// - Parameters:
    ///   - programme: The programme.
    ///   - date: The day of the application.
    /// - Returns: The facts; none where the programme is not in force.
    public func amountQuestions(of programme: String, on date: LocalDate) -> [FactDefinition] {
        guard let (definition, _) = version(of: programme, on: date) else { return [] }
        let benefit = definition.benefits.flatMap { [$0.pays, $0.times, $0.condition] }
        let windows = definition.windows.flatMap { [$0.from, $0.to] }
        let read = (benefit + windows).compactMap { $0 }.reduce(into: Set<Int>()) {
            $0.formUnion($1.facts)
        }
        return asked(behind: read.sorted())
    }

    private func version(
        of programme: String,
        on date: LocalDate
    ) -> (ProgrammeVersion, Version)? {
        guard let index = programmeIndex(programme),
            let place = versionsInForce(on: Int64(date.daysSinceEpoch))[index]
        else { return nil }
        let version = versions[place]
        return (catalogue.programmes[index].versions[version.version], version)
    }

    private func asked(behind columns: [Int]) -> [FactDefinition] {
        var open = Array(columns.reversed())
        var seen: Set<Int> = []
        var found: [FactDefinition] = []
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
