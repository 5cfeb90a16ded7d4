import Basics

/// When a planned project is ordered, in the four buckets the programme publishes.
///
/// "Ordered at the end of the previous year" (maintenance, mostly) is a bucket of its own: a tool
/// that knows only four quarters loses 41% of the 2023 projects.
enum OrderTiming: String, PlanTerm {
    /// Already ordered in the year before the plan year.
    case orderedInPreviousYear
    /// January to March.
    case firstQuarter
    /// April to June.
    case secondQuarter
    /// July or later.
    case thirdQuarterOrLater

    /// The bucket of a calendar month, 1 to 12, of the plan year.
    init(month: Int) {
        switch month {
        case ...3: self = .firstQuarter
        case ...6: self = .secondQuarter
        default: self = .thirdQuarterOrLater
        }
    }

    /// The name shown to people.
    var label: Bilingual {
        switch self {
        case .orderedInPreviousYear: Bilingual("전년도 발주완료", "Ordered in the previous year")
        case .firstQuarter: Bilingual("1분기", "First quarter")
        case .secondQuarter: Bilingual("2분기", "Second quarter")
        case .thirdQuarterOrLater: Bilingual("3분기 이후", "Third quarter or later")
        }
    }

    /// Other spellings; `OrderTimeText` reads months and dates too.
    var synonyms: [String] {
        switch self {
        case .orderedInPreviousYear: ["전년도 발주완료(유지관리 등)", "기발주", "전년발주", "발주완료"]
        case .firstQuarter: ["1/4", "1/4분기", "1Q", "Q1"]
        case .secondQuarter: ["2/4", "2/4분기", "2Q", "Q2"]
        case .thirdQuarterOrLater:
            ["3분기", "4분기", "3/4", "4/4", "3/4분기", "4/4분기", "3Q", "Q3", "4Q", "Q4", "하반기"]
        }
    }

    /// Only whole words count.
    static let reader = TermReader<OrderTiming>(matchesInside: false)

    /// The months of the bucket in the plan year; none for the previous year's.
    var months: ClosedRange<Int>? {
        switch self {
        case .orderedInPreviousYear: nil
        case .firstQuarter: 1...3
        case .secondQuarter: 4...6
        case .thirdQuarterOrLater: 7...12
        }
    }
}

/// The planned time of an order: its bucket, its year and, where known, its month.
struct OrderTime: Sendable, Codable, Hashable {
    /// The bucket the programme counts it in.
    var timing: OrderTiming
    /// The calendar year of the order, which need not be the plan year.
    var year: Int
    /// The month, 1 to 12, where the plan names one.
    var month: Int?
}
