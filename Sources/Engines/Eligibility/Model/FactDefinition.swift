public import Basics

/// A fact the rules know: declared, derived, or told by the history of benefits.
public struct FactDefinition: Sendable, Hashable {
    /// Whose fact it is.
    public enum Owner: Sendable, Hashable {
        /// Of one person.
        case person
        /// Of a household of the kind named.
        case household(String)
    }

    /// How sure a value has to be.
    public enum Proof: String, Sendable, Hashable, Codable, CaseIterable {
        /// What the person says is enough.
        case declared
        /// A document or a register shows it.
        case document
    }

    /// What a person can do about the value.
    public enum Change: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nothing: a birth date.
        case never
        /// It can get lower: a rent, hours of work.
        case lower
        /// It can get higher.
        case higher
        /// It can be another: a place of living, a household.
        case any
    }

    /// The name in rules and in data.
    public var name: String
    /// What people read.
    public var label: Bilingual
    /// The question that asks for it; a fact without one is never asked.
    public var question: Bilingual?
    /// More about the question.
    public var help: Bilingual?
    /// The type.
    public var type: FactType
    /// Whose fact it is.
    public var owner: Owner
    /// How sure it has to be.
    public var proof: Proof
    /// What a person can do about it.
    public var change: Change
    /// Facts asked on one page share a group.
    public var group: String?
    /// Where it is declared.
    public var position: RulePosition

    /// The smallest and largest value; a date may be bounded by the day of judging.
    var range: FactRange
    /// On which side of every limit it lies where nobody has it; nil where everybody has one.
    var absence: Absence?
    /// How it is computed, where it is derived.
    var derivation: Expression?
    /// Which benefits it tells of, where the history tells it.
    var history: HistoryFact?

    /// Whether it is computed from others.
    public var isDerived: Bool { derivation != nil }
}

/// The values a fact may take.
struct FactRange: Sendable, Hashable {
    var lowest: Int64?
    var highest: Int64?
    /// Whether the day of judging is the last date.
    var endsToday = false

    func contains(_ code: Int64, on today: Int64) -> Bool {
        if let lowest, code < lowest { return false }
        if let highest, code > highest { return false }
        return !(endsToday && code > today)
    }
}

/// What the history of benefits says of a programme.
struct HistoryFact: Sendable, Hashable {
    enum Tense: Sendable, Hashable {
        case receiving, everReceived
        case receivedWithin(months: Int)
        /// At least so many times, in all or in the calendar year of the application.
        case received(times: Int, thisYear: Bool)
    }

    var programme: String
    var tense: Tense
    /// The household whose members count; nil for the applicant alone.
    var household: Int?
}

/// A kind of household: one person may live in several at once.
public struct HouseholdDefinition: Sendable, Hashable {
    /// The name in rules and in data.
    public var name: String
    /// What people read.
    public var label: Bilingual
}

/// Where a rule is written down.
public struct RuleSource: Sendable, Hashable, Codable {
    /// The title of the notice, law or page.
    public var title: Bilingual
    /// Its address.
    public var url: String
    /// The day somebody last compared the rule with it.
    public var checked: LocalDate
}

/// A figure of the law that changes by date: 기준중위소득, a cap.
public struct ParameterDefinition: Sendable, Hashable {
    /// The name in rules.
    public var name: String
    /// What people read.
    public var label: Bilingual
    /// The type of its values.
    public var type: FactType

    /// The values, newest first.
    var entries: [Entry]

    struct Entry: Sendable, Hashable {
        var from: Int64
        var source: RuleSource?
        /// The value by key, from `firstKey` on; a figure without a key has one value.
        var firstKey: Int64
        var values: [Int64]
        /// What each further key adds beyond the table; nil where the table ends.
        var eachMore: Int64?
    }

    func value(key: Int64, on date: Int64) -> Int64 {
        guard let entry = entries.first(where: { $0.from <= date }), let last = entry.values.last
        else { return FactCode.unknown }
        let index = key - entry.firstKey
        if index < 0 { return FactCode.unknown }
        if index < entry.values.count { return entry.values[Int(index)] }
        guard let eachMore = entry.eachMore, index < 1000 else { return FactCode.unknown }
        return last + eachMore * (index - Int64(entry.values.count - 1))
    }
}
