import Basics

/// How many jobs a budget is said to bring (취업유발계수), with what that number means.
///
/// The announcement's 3,740 jobs are this coefficient times the budget. The coefficient covers all
/// industries, all ages, and direct and indirect employment; it is no count of young people's jobs.
struct JobsCoefficient: Sendable, Codable, Hashable {
    /// Workers per one billion won of final demand.
    var workersPerBillionWon: Double
    /// The table it comes from.
    var source: Bilingual
    /// What it counts, to be printed next to every figure made with it.
    var scope: Bilingual

    /// The coefficient of the 2021 and 2023 announcements.
    static let announced = JobsCoefficient(
        workersPerBillionWon: 10.1,
        source: Bilingual(
            "한국은행 2019년 산업연관표, 전산업",
            "Bank of Korea, 2019 input-output tables, all industries"
        ),
        scope: Bilingual("전 연령·직간접", "all ages, direct and indirect")
    )

    /// The jobs of a budget, rounded to a whole number.
    func jobs(of budget: Won) -> Int {
        Int((workersPerBillionWon * Double(budget.amount) / 1_000_000_000).rounded())
    }
}
