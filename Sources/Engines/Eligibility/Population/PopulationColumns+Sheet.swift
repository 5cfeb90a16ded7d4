public import Basics

extension PopulationColumns {
    /// Everything known of one resident, read out of the columns.
    ///
    /// - Throws: `EligibilityError` `contradiction`, which names the facts.
    public func sheet(
        of resident: Int,
        in catalogue: CompiledCatalogue,
        on date: LocalDate
    ) throws -> FactSheet {
        let rules = catalogue.catalogue
        var numbers: [UInt32: Int] = [UInt32(resident): 0]
        var people: [[Int64]] = []
        let given = row(resident, rules, date, relation: 0)
        let households = rules.households.map { household -> [Int]? in
            guard let graph = graphs.first(where: { $0.household == household.name }),
                let lists = lists(graph)
            else { return nil }
            let range = Int(lists.starts[resident])..<Int(lists.starts[resident + 1])
            if range.isEmpty { return nil }
            return range.map { place in
                let member = lists.members[place]
                if let known = numbers[member] { return known }
                let relation = lists.relations[place]
                people.append(
                    row(
                        Int(member),
                        rules,
                        date,
                        relation: relation == 0 ? FactCode.unknown : Int64(relation) - 1
                    )
                )
                numbers[member] = people.count
                return people.count
            }
        }
        let isAlone = households.allSatisfy { $0 == nil }
        return try FactSheet(
            given: given,
            people: isAlone ? [] : [given] + people,
            households: households,
            in: catalogue
        )
    }

    private func row(
        _ resident: Int,
        _ rules: RuleCatalogue,
        _ date: LocalDate,
        relation: Int64
    ) -> [Int64] {
        var values = [Int64](repeating: FactCode.unknown, count: rules.facts.count)
        values[RuleReader.BuiltIn.applicationDate] = Int64(date.daysSinceEpoch)
        values[RuleReader.BuiltIn.relation] = relation
        for (place, column) in columns.enumerated() {
            if let fact = rules.factIndex[column.fact] { values[fact] = value(place, of: resident) }
        }
        return values
    }
}

extension Judge {
    /// What one resident newly fits or no longer fits after a change.
    public mutating func changes(
        from old: FactSheet,
        to new: FactSheet
    ) -> [(programme: Int, fits: Bool)] {
        let (before, after) = (verdicts(of: old), verdicts(of: new))
        var result: [(programme: Int, fits: Bool)] = []
        for programme in before.indices
        where (before[programme] == .eligible) != (after[programme] == .eligible) {
            result.append((programme, after[programme] == .eligible))
        }
        return result
    }
}
