public import Basics
public import Eligibility

/// The value of an answer as JSON has it, by the type of its fact.
///
/// | type | JSON |
/// |---|---|
/// | bool | `true`, `false` |
/// | integer, months | a whole number |
/// | money | whole won |
/// | percent | whole hundredths of a percent |
/// | date | `"2026-05-10"` |
/// | choice | its name |
/// | set | a list of names |
/// | there is none | `"none"`, where the fact's type has an order |
public enum AnswerValue: Sendable, Hashable, Codable {
    /// Yes or no.
    case bool(Bool)
    /// A whole number.
    case number(Int64)
    /// A date, a choice or `none`.
    case text(String)
    /// Several choices.
    case list([String])

    private static let none = "none"

    /// Writes a value of a fact.
    public init(_ value: FactValue) {
        self =
            switch value {
            case .bool(let value): .bool(value)
            case .integer(let number), .months(let number): .number(Int64(number))
            case .money(let amount): .number(amount.amount)
            case .percent(let hundredths): .number(Int64(hundredths))
            case .date(let date): .text(date.iso)
            case .choice(let name): .text(name)
            case .set(let names): .list(names.sorted())
            case .absent: .text(Self.none)
            }
    }

    /// Reads JSON.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let number = try? container.decode(Int64.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try container.decode([String].self))
        }
    }

    /// Writes JSON.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .bool(let value): try container.encode(value)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let names): try container.encode(names)
        }
    }

    /// The value as the rules take it.
    ///
    /// - Throws: `AnswerError` `wrongType` where it is not of the fact's type.
    public func value(of fact: FactDefinition) throws(AnswerError) -> FactValue {
        let value: FactValue? =
            switch (fact.type, self) {
            case (.bool, .bool(let value)): .bool(value)
            case (.integer, .number(let number)): Int(exactly: number).map { .integer($0) }
            case (.months, .number(let number)): Int(exactly: number).map { .months($0) }
            case (.money, .number(let number)): .money(Won(number))
            case (.percent, .number(let number)):
                Int(exactly: number).map { .percent(hundredths: $0) }
            case (.choice(let list), .text(let name)):
                list.choices.contains { $0.name == name } ? .choice(name) : nil
            case (.set(let list), .list(let names)):
                Set(names).isSubset(of: list.choices.map(\.name)) ? .set(Set(names)) : nil
            case (_, .text(Self.none)): fact.mayBeAbsent ? .absent : nil
            case (.date, .text(let text)): LocalDate(iso: text).map { .date($0) }
            default: nil
            }
        guard let value else { throw AnswerError(.wrongType, fact: fact) }
        return value
    }
}

/// An answer that cannot be taken.
public struct AnswerError: ExplainedError, Hashable {
    /// The kinds of refusal.
    public enum Code: String, Sendable, Hashable {
        /// It is not of the fact's type.
        case wrongType
        /// A value is given, and that there is none.
        case both
        /// There are as many people as may be told of.
        case tooManyPeople
    }

    /// The kind of refusal.
    public let code: Code
    /// What is wrong and what to do.
    public let message: Bilingual
    /// Which fact, for the log; never a value of a person.
    public let context: String

    init(_ code: Code, _ message: Bilingual, context: String) {
        self.code = code
        self.message = message
        self.context = context
    }

    /// A value is given for a fact, and that there is none.
    static func both(_ fact: FactDefinition) -> AnswerError {
        AnswerError(
            .both,
            Bilingual(
                "값을 적었으면 ‘없습니다’를 풀어 주세요.",
                "Give a value or say that there is none, not both."
            ),
            context: fact.name
        )
    }

    init(_ code: Code, fact: FactDefinition) {
        self.init(code, fact.howToAnswer, context: fact.name)
    }
}

extension FactDefinition {
    /// What to write as an answer.
    var howToAnswer: Bilingual {
        switch type {
        case .bool: Bilingual("예나 아니요를 골라 주세요.", "Choose yes or no.")
        case .integer(let unit):
            unit == .count
                ? Bilingual("숫자로 적어 주세요.", "Write a whole number.")
                : Bilingual("숫자로 적어 주세요. 단위: \(unit.word.korean)", "Write a whole number.")
        case .money:
            Bilingual(
                "금액을 적어 주세요. 보기: 8000만원, 1억 3000만원, 600000",
                "Write an amount of won, such as 600000."
            )
        case .date:
            Bilingual(
                "달력에 있는 날짜를 2026-05-10처럼 적어 주세요.",
                "Write a date of the calendar as 2026-05-10."
            )
        case .months: Bilingual("개월 수를 숫자로 적어 주세요.", "Write a number of months.")
        case .percent: Bilingual("백분율을 적어 주세요. 보기: 62.5", "Write a percentage, such as 62.5.")
        case .choice: Bilingual("하나를 골라 주세요.", "Choose one.")
        case .set: Bilingual("해당하는 것을 골라 주세요.", "Choose what applies.")
        }
    }
}
