public import Basics

/// The value of a fact.
public enum FactValue: Sendable, Hashable {
    /// Yes or no.
    case bool(Bool)
    /// A whole number.
    case integer(Int)
    /// An amount of won.
    case money(Won)
    /// A date.
    case date(LocalDate)
    /// A count of months.
    case months(Int)
    /// Whole hundredths of a percent; a share that is a fraction of them is rounded up.
    case percent(hundredths: Int)
    /// One choice.
    case choice(String)
    /// Several choices.
    case set(Set<String>)
    /// There is none: no child, so no date of its birth.
    case absent
}

extension FactDefinition {
    /// The number a value is kept as; nil where the value is not of the fact's type.
    func code(of value: FactValue) -> Int64? {
        guard value == .absent else { return type.code(of: value) }
        return absence.map { FactCode.absent(type, $0) }
    }
}

extension FactType {
    /// The number a value is kept as; nil where the value is not of the type.
    func code(of value: FactValue) -> Int64? {
        switch (self, value) {
        case (.bool, .bool(let value)): FactCode.bool(value)
        case (.integer, .integer(let value)): bounded(Int64(value))
        case (.money, .money(let value)): bounded(value.amount)
        case (.date, .date(let value)): bounded(Int64(value.daysSinceEpoch))
        case (.months, .months(let value)): bounded(Int64(value))
        case (.percent, .percent(let hundredths)):
            bounded(Int64(hundredths)).map(FactCode.percent(hundredths:))
        case (.choice(let list), .choice(let name)): list.index(of: name).map(Int64.init)
        case (.set(let list), .set(let names)): Self.mask(of: names, in: list)
        default: nil
        }
    }

    private func bounded(_ value: Int64) -> Int64? {
        value.magnitude < UInt64(FactCode.maximumMagnitude) ? value : nil
    }

    private static func mask(of names: Set<String>, in list: ChoiceList) -> Int64? {
        var mask: Int64 = 0
        for name in names {
            guard let index = list.index(of: name) else { return nil }
            mask |= 1 << Int64(index)
        }
        return mask
    }

    /// The value behind a number; nil where it is unknown.
    func value(of code: Int64) -> FactValue? {
        guard code != FactCode.unknown else { return nil }
        if isOrdered, FactCode.isAbsent(code, self) { return .absent }
        switch self {
        case .bool: return .bool(code != 0)
        case .integer: return .integer(Int(code))
        case .money: return .money(Won(code))
        case .date: return .date(LocalDate(daysSinceEpoch: Int(code)))
        case .months: return .months(Int(code))
        case .percent: return .percent(hundredths: Int((code + 1) / 2))
        case .choice(let list):
            return list.choices.indices.contains(Int(code))
                ? .choice(list.choices[Int(code)].name) : nil
        case .set(let list):
            let chosen = list.choices.indices.filter { code & (1 << Int64($0)) != 0 }
            return .set(Set(chosen.map { list.choices[$0].name }))
        }
    }
}
