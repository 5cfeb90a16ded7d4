import Basics

/// The sums that the sample has to meet, and what goes with what inside them.
///
/// Sums named in the announcement of January 2023 are published; the five types it does not
/// itemise and every prior are the sample's own. Money is in thousand won (천원).
enum SampleFigures {
    /// Projects and budget of each agency kind, in the order of `AgencyKind` (published).
    static let kinds: [(count: Int, budget: Int)] = [
        (422, 215_100_000), (857, 111_300_000), (152, 43_900_000),
    ]

    /// Projects and budget of each type, in the order of `ProjectType`: the first three are
    /// published; the other five share the 1,059 projects and 207.7 billion won that remain.
    static let types: [(count: Int, budget: Int)] = [
        (95, 55_000_000), (193, 84_000_000), (84, 23_600_000), (806, 155_200_000),
        (132, 22_100_000), (20, 15_000_000), (30, 5_600_000), (71, 9_800_000),
    ]

    /// Projects of each order time, in the order of `OrderTiming` (published).
    static let timings = [589, 637, 160, 45]

    /// Projects and budget without and with new technology (published).
    static let newTechnology: [(count: Int, budget: Int)] = [
        (1157, 243_300_000), (274, 127_000_000),
    ]

    /// The budget of all projects with CCTV in their title (published).
    static let cameras = 9_200_000

    /// How often each type occurs in each agency kind.
    static let typePrior: [[Double]] = [
        [0.09, 0.12, 0.09, 0.50, 0.09, 0.03, 0.05, 0.03],
        [0.05, 0.15, 0.04, 0.59, 0.10, 0.01, 0.01, 0.06],
        [0.08, 0.12, 0.08, 0.55, 0.08, 0.01, 0.03, 0.05],
    ]

    /// How often each type uses new technology.
    static let newTechnologyPrior: [Double] = [0.55, 0.20, 0.50, 0.13, 0.15, 0.40, 0.25, 0.20]
    /// How much more or less often each agency kind does.
    static let newTechnologyFactor: [Double] = [1.5, 0.7, 1.0]

    /// When each type is ordered, in the order of `OrderTiming`; maintenance mostly the year before.
    static let timingPrior: [[Double]] = [
        [0.03, 0.62, 0.25, 0.10], [0.10, 0.60, 0.24, 0.06], [0.05, 0.66, 0.24, 0.05],
        [0.62, 0.31, 0.05, 0.02], [0.40, 0.46, 0.11, 0.03], [0.08, 0.70, 0.18, 0.04],
        [0.04, 0.60, 0.26, 0.10], [0.15, 0.66, 0.15, 0.04],
    ]

    /// The usual budget of each type, in thousand won.
    static let usualBudget: [Double] = [
        450_000, 350_000, 220_000, 150_000, 140_000, 600_000, 160_000, 120_000,
    ]
    /// How much larger or smaller budgets of each agency kind are.
    static let budgetFactor: [Double] = [2.4, 0.65, 1.3]
    /// How much larger budgets with new technology are.
    static let newTechnologyBudgetFactor = 2.0

    /// The smallest budget of a generated project, in thousand won.
    static let minimumBudget = 5_000
}
