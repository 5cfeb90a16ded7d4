public import Basics

/// The type of a fact's value.
///
/// Every value is kept as one 64-bit number, so that a threshold is one comparison: see `FactCode`.
public enum FactType: Sendable, Hashable {
    /// Yes or no.
    case bool
    /// A whole number with its unit.
    case integer(FactUnit)
    /// An amount of won.
    case money
    /// A calendar date.
    case date
    /// A count of months.
    case months
    /// A share in percent, exact to 0.01 % (`FactCode.percent`).
    case percent
    /// One of several choices.
    case choice(ChoiceList)
    /// Any number of several choices.
    case set(ChoiceList)

    /// Whether values of the type stand in an order.
    var isOrdered: Bool {
        switch self {
        case .integer, .money, .date, .months, .percent: true
        case .bool, .choice, .set: false
        }
    }

    /// Whether a value of one type may be held against the other: ages count in years.
    func isComparable(to other: FactType) -> Bool {
        switch (self, other) {
        case (.integer(let left), .integer(let right)):
            left == right || [left, right].allSatisfy { [.age, .years].contains($0) }
        default: self == other
        }
    }

    /// The choices, where the type has any.
    public var choices: ChoiceList? {
        switch self {
        case .choice(let list), .set(let list): list
        default: nil
        }
    }

    /// What the type is called in messages.
    var name: Bilingual {
        switch self {
        case .bool: Bilingual("예·아니요", "yes or no")
        case .integer(let unit):
            unit == .count
                ? Bilingual("수", "number")
                : Bilingual("수(\(unit.word.korean))", "number of \(unit)")
        case .money: Bilingual("금액", "amount of money")
        case .date: Bilingual("날짜", "date")
        case .months: Bilingual("개월 수", "number of months")
        case .percent: Bilingual("백분율", "percentage")
        case .choice: Bilingual("선택 하나", "one choice")
        case .set: Bilingual("선택 여럿", "several choices")
        }
    }
}

/// What a whole number counts.
public enum FactUnit: String, Sendable, Hashable, CaseIterable, Codable {
    /// No unit: a rank, an order of birth.
    case count
    /// 세: years of somebody's life.
    case age
    /// 년: years.
    case years
    /// 일.
    case days
    /// 명.
    case people
    /// 시간.
    case hours
    /// 회.
    case times
    /// 점.
    case points
    /// 년: a year of the calendar.
    case calendarYear

    /// The word after the number.
    public var word: Bilingual {
        switch self {
        case .count: Bilingual("", "")
        case .age: Bilingual("세", "")
        case .years: Bilingual("년", "years")
        case .days: Bilingual("일", "days")
        case .people: Bilingual("명", "people")
        case .hours: Bilingual("시간", "hours")
        case .times: Bilingual("회", "times")
        case .points: Bilingual("점", "points")
        case .calendarYear: Bilingual("년", "")
        }
    }
}

/// The choices of a fact, in the order in which they are shown.
public struct ChoiceList: Sendable, Hashable {
    /// One choice.
    public struct Choice: Sendable, Hashable {
        /// Its name in the rules and in data.
        public var name: String
        /// What people read.
        public var label: Bilingual
    }

    /// The choices.
    public var choices: [Choice]

    /// The place of a choice in the list.
    func index(of name: String) -> Int? { choices.firstIndex { $0.name == name } }
}
