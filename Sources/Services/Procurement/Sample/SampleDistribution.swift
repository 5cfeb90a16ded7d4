import Basics

/// Spreads the published sums over slots that meet every one of them.
enum SampleDistribution {
    /// The generated slots that, with the named ones, meet all published sums.
    ///
    /// Counts are fitted over agency kind × type, then × new technology, then × order time; each
    /// step is a two-way table whose row sums are the cells of the step before, so every step has a
    /// solution. Budgets take the same way without the order time.
    static func slots(besides named: [SampleSlot], using random: inout SeededRandom) -> [SampleSlot]
    {
        let counts = counts(besides: named)
        let budgets = budgets(besides: named, counts: counts)
        var slots: [SampleSlot] = []
        let cells = pairs.count
        let timings = ExactTable(
            rowSums: counts.flatMap { $0 },
            columnSums: remainder(SampleFigures.timings, named.map { index(of: $0.timing) }),
            prior: counts.indices.flatMap { row in
                counts[row].map { count in
                    SampleFigures.timingPrior[pairs[row].type].map { $0 * Double(count) }
                }
            }
        )
        for row in 0..<cells {
            for isNew in 0...1 where counts[row][isNew] > 0 {
                let weights = (0..<counts[row][isNew]).map { _ in logNormalWeight(using: &random) }
                let amounts = exactShares(
                    of: budgets[row][isNew],
                    weights: weights,
                    minimum: SampleFigures.minimumBudget
                )
                var times = timings.cells[row * 2 + isNew].enumerated().flatMap { timing, count in
                    Array(repeating: OrderTiming.allCases[timing], count: count)
                }
                times.shuffle(using: &random)
                for (amount, timing) in zip(amounts, times) {
                    var slot = SampleSlot(
                        kind: AgencyKind.allCases[pairs[row].kind],
                        type: ProjectType.allCases[pairs[row].type],
                        usesNewTechnology: isNew == 1,
                        timing: timing
                    )
                    slot.budget = amount
                    slots.append(slot)
                }
            }
        }
        return slots
    }

    /// The cells of agency kind × type, row by row.
    private static let pairs: [(kind: Int, type: Int)] = AgencyKind.allCases.indices.flatMap {
        kind in ProjectType.allCases.indices.map { (kind, $0) }
    }

    /// The number of slots in each pair, without and with new technology.
    private static func counts(besides named: [SampleSlot]) -> [[Int]] {
        let kindByType = ExactTable(
            rowSums: remainder(SampleFigures.kinds.map(\.count), named.map { index(of: $0.kind) }),
            columnSums: remainder(
                SampleFigures.types.map(\.count),
                named.map { index(of: $0.type) }
            ),
            prior: SampleFigures.typePrior
        )
        let rowSums = kindByType.cells.flatMap { $0 }
        return ExactTable(
            rowSums: rowSums,
            columnSums: remainder(
                SampleFigures.newTechnology.map(\.count),
                named.map { $0.usesNewTechnology ? 1 : 0 }
            ),
            prior: zip(pairs, rowSums).map { pair, count in
                let share = min(
                    0.9,
                    SampleFigures.newTechnologyPrior[pair.type]
                        * SampleFigures.newTechnologyFactor[pair.kind]
                )
                return [Double(count) * (1 - share), Double(count) * share]
            }
        ).cells
    }

    /// The budget of each cell of `counts`, in thousand won.
    private static func budgets(besides named: [SampleSlot], counts: [[Int]]) -> [[Int]] {
        let amounts = named.map(\.budget)
        func usual(_ row: Int) -> [Double] {
            let mean =
                SampleFigures.usualBudget[pairs[row].type]
                * SampleFigures.budgetFactor[pairs[row].kind]
            let withNew = mean * SampleFigures.newTechnologyBudgetFactor
            return [mean * Double(counts[row][0]), withNew * Double(counts[row][1])]
        }
        let typeCount = ProjectType.allCases.count
        let kindByType = ExactTable(
            rowSums: remainder(
                SampleFigures.kinds.map(\.budget),
                named.map { index(of: $0.kind) },
                amounts
            ),
            columnSums: remainder(
                SampleFigures.types.map(\.budget),
                named.map { index(of: $0.type) },
                amounts
            ),
            prior: AgencyKind.allCases.indices.map { kind in
                (0..<typeCount).map { usual(kind * typeCount + $0).reduce(0, +) }
            }
        )
        return ExactTable(
            rowSums: kindByType.cells.flatMap { $0 },
            columnSums: remainder(
                SampleFigures.newTechnology.map(\.budget),
                named.map { $0.usesNewTechnology ? 1 : 0 },
                amounts
            ),
            prior: pairs.indices.map { usual($0) }
        ).cells
    }

    /// What is left of published sums after the named projects: `places` says which sum each of
    /// them belongs to, `amounts` how much it takes (one, where only counted).
    private static func remainder(
        _ sums: [Int],
        _ places: [Int],
        _ amounts: [Int]? = nil
    ) -> [Int] {
        var left = sums
        for (index, place) in places.enumerated() { left[place] -= amounts?[index] ?? 1 }
        return left
    }

    /// A weight that is log-normal to a good approximation, without its extreme tail.
    ///
    /// By the central limit theorem the logarithm of a product of independent factors is normal.
    /// It needs no library function, so that the sample is the same on every machine.
    private static func logNormalWeight(using random: inout SeededRandom) -> Double {
        var weight = Double.infinity
        while weight > maximumWeight {
            weight = (0..<8).reduce(1.0) { product, _ in product * (0.4 + 1.2 * random.unit()) }
        }
        return weight
    }

    /// No project is given more than about this many times its cell's mean.
    private static let maximumWeight = 5.0

    private static func index<Term: PlanTerm>(of term: Term) -> Int {
        Array(Term.allCases).firstIndex(of: term) ?? 0
    }
}
