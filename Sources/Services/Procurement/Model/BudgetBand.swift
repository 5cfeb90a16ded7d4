import Basics

/// Bands of budget that suppliers search by; a limit belongs to the band below it.
enum BudgetBand: String, PlanTerm {
    /// Up to 20 million won, the limit of small direct contracts.
    case upTo20Million
    /// Over 20 million, up to 100 million won.
    case upTo100Million
    /// Over 100 million, up to 500 million won.
    case upTo500Million
    /// Over 500 million, up to one billion won.
    case upTo1Billion
    /// Over one billion, up to five billion won.
    case upTo5Billion
    /// Over five billion won.
    case over5Billion

    /// The largest amount of each band but the last, in won.
    static let limits: [Int64] = [
        20_000_000, 100_000_000, 500_000_000, 1_000_000_000, 5_000_000_000,
    ]

    /// The band of an amount.
    init(_ budget: Won) { self = Self.allCases[Self.rank(of: budget)] }

    /// The place of an amount's band among all.
    static func rank(of budget: Won) -> Int {
        limits.firstIndex { budget.amount <= $0 } ?? limits.count
    }

    /// The name shown to people.
    var label: Bilingual {
        switch self {
        case .upTo20Million: Bilingual("2천만원 이하", "Up to KRW 20m")
        case .upTo100Million: Bilingual("2천만원 초과 1억원 이하", "KRW 20m–100m")
        case .upTo500Million: Bilingual("1억원 초과 5억원 이하", "KRW 100m–500m")
        case .upTo1Billion: Bilingual("5억원 초과 10억원 이하", "KRW 500m–1bn")
        case .upTo5Billion: Bilingual("10억원 초과 50억원 이하", "KRW 1bn–5bn")
        case .over5Billion: Bilingual("50억원 초과", "Over KRW 5bn")
        }
    }

    /// Short spellings.
    var synonyms: [String] {
        switch self {
        case .upTo20Million: ["≤2천만", "2천만 이하"]
        case .upTo100Million: ["2천만–1억"]
        case .upTo500Million: ["1–5억"]
        case .upTo1Billion: ["5–10억"]
        case .upTo5Billion: ["10–50억"]
        case .over5Billion: [">50억", "50억 초과"]
        }
    }

    /// Only whole words count.
    static let reader = TermReader<BudgetBand>(matchesInside: false)
}
