public import Basics
public import Eligibility
public import Web

/// The fields that ask for facts, what was typed into them, and what is wrong with it.
public struct FactFields: Sendable {
    /// What stands before a fact's name in a form.
    let prefix: String
    /// The facts.
    public let facts: [FactDefinition]
    /// What is filled in, by fact.
    public var values: [String: [String]] = [:]
    /// What is wrong, by fact.
    public var errors: [String: Bilingual] = [:]

    /// From how many choices on a list opens instead of all being shown.
    private static let maximumShownChoiceCount = 8

    /// Shows answers that were given.
    public init(_ facts: [FactDefinition], answers: [String: AnswerValue], prefix: String = "fact.")
    {
        self.prefix = prefix
        self.facts = facts
        for fact in facts {
            guard let value = try? answers[fact.name]?.value(of: fact) else { continue }
            values[fact.name] = Self.written(value)
        }
    }

    /// Takes what was typed.
    public init(_ facts: [FactDefinition], form: FormFields, prefix: String = "fact.") {
        self.prefix = prefix
        self.facts = facts
        for fact in facts { values[fact.name] = form.all(prefix + fact.name) }
    }

    private static let none = "none"

    private static func written(_ value: FactValue) -> [String] {
        switch value {
        case .bool(let value): [value ? "yes" : "no"]
        case .integer(let number), .months(let number): [String(number)]
        case .money(let amount): [String(amount.amount)]
        case .date(let date): [date.iso]
        case .percent(let hundredths):
            [hundredths % 100 == 0 ? "\(hundredths / 100)" : Self.decimal(hundredths)]
        case .choice(let name): [name]
        case .set(let names): names.isEmpty ? [none] : names.sorted()
        case .absent: [none]
        }
    }

    private static func decimal(_ hundredths: Int) -> String {
        let rest = hundredths % 100
        return "\(hundredths / 100)." + (rest < 10 ? "0\(rest)" : "\(rest)")
    }

    // MARK: Reading

    /// The answers; only those that can be taken, with what is wrong with the others in `errors`.
    ///
    /// - Parameters:
    ///   - date: The day of the application.
    ///   - isRequired: Whether an empty field is a fault.
    /// - Returns: The answers by fact.
    public mutating func read(on date: LocalDate, isRequired: Bool = true) -> [String: FactValue] {
        var read: [String: FactValue] = [:]
        for fact in facts {
            let written = (values[fact.name] ?? []).map { $0.trimmingWhitespace() }
                .filter { !$0.isEmpty }
            guard !written.isEmpty else {
                if isRequired { errors[fact.name] = Self.missing }
                continue
            }
            do {
                let value = try Self.value(written, of: fact)
                try fact.check(value, on: date)
                read[fact.name] = value
            } catch let error as any ExplainedError {
                errors[fact.name] = error.message
            } catch {
                errors[fact.name] = fact.howToAnswer
            }
        }
        return read
    }

    private static let missing = Bilingual(
        "답해 주세요. 모르면 ‘모름·나중에’를 누르면 됩니다.",
        "Answer this, or choose “Not sure, later”."
    )

    private static func value(_ written: [String], of fact: FactDefinition) throws -> FactValue {
        if case .set(let list) = fact.type {
            let chosen = written.filter { $0 != none || list.choices.contains { $0.name == none } }
            return try AnswerValue.list(chosen).value(of: fact)
        }
        guard let text = written.first, text.count <= maximumCharacterCount else {
            throw AnswerError(.wrongType, fact: fact)
        }
        if fact.mayBeAbsent, written.contains(none) { return .absent }
        guard let value = fact.value(written: text) else {
            throw AnswerError(.wrongType, fact: fact)
        }
        return value
    }

    private static let maximumCharacterCount = 40

    // MARK: Showing

    /// The fields, each labelled by the fact's question or, where the page asks it already, its name.
    public func fields(labels: Label, isRequired: Bool = true, in context: PageContext)
        -> [FormField]
    {
        facts.flatMap { fact -> [FormField] in
            let language = context.language
            let label = labels == .question ? fact.question ?? fact.label : fact.label
            let field = FormField(
                name: prefix + fact.name,
                label: label[language],
                control: Self.control(fact, context),
                hint: hint(fact, language),
                error: errors[fact.name]?[language],
                isRequired: isRequired && !fact.mayBeAbsent,
                values: values[fact.name] ?? [],
                autocomplete: fact.name == "birthDate" && prefix == "fact." ? "bday" : "off"
            )
            guard fact.mayBeAbsent else { return [field] }
            let absence = FormField(
                name: prefix + fact.name,
                label: context.text("해당이 없으면", "Where there is none"),
                control: .checkboxes([
                    .init(value: Self.none, label: context.text("없습니다", "There is none"))
                ]),
                isRequired: true,
                values: values[fact.name] ?? []
            )
            return [field, absence]
        }
    }

    /// How fields are called.
    public enum Label: Sendable {
        /// By the question.
        case question
        /// By the fact's name, where the page asks already.
        case name
    }

    private static func control(_ fact: FactDefinition, _ context: PageContext)
        -> FormField.Control
    {
        switch fact.type {
        case .bool:
            return .radios([
                .init(value: "yes", label: context.text("예", "Yes")),
                .init(value: "no", label: context.text("아니요", "No")),
            ])
        case .choice(let list):
            let choices = choices(list, context)
            return choices.count <= maximumShownChoiceCount
                ? .radios(choices)
                : .select([.init(value: "", label: context.text("고르세요", "Choose"))] + choices)
        case .set(let list):
            let nothing =
                list.choices.contains { $0.name == none }
                ? [] : [FormField.Choice(value: none, label: context.text("해당 없음", "None"))]
            return .checkboxes(choices(list, context) + nothing)
        case .date: return .date(latest: nil)
        case .integer, .months: return .text(.number)
        case .money, .percent: return .text()
        }
    }

    private static func choices(_ list: ChoiceList, _ context: PageContext) -> [FormField.Choice] {
        list.choices.map { .init(value: $0.name, label: $0.label[context.language]) }
    }

    private func hint(_ fact: FactDefinition, _ language: Language) -> String? {
        var hints = [fact.help?[language]].compactMap { $0 }
        switch fact.type {
        case .money:
            hints.append(
                Bilingual("8000만원처럼 적거나, 원 단위 숫자로 적어 주세요.", "In won.")[language]
            )
            // A long row of zeros is easily one too long.
            if let value = values[fact.name]?.first.flatMap(fact.value(written:)) {
                let text = fact.text(of: value)[language]
                hints.append(Bilingual("지금 적힌 금액: \(text)", "Now: \(text)")[language])
            }
        case .percent: hints.append(Bilingual("퍼센트(%)로 적어 주세요.", "In percent.")[language])
        case .months: hints.append(Bilingual("개월 수", "Months")[language])
        case .integer(let unit):
            let word = unit.word[language]
            if !word.isEmpty {
                hints.append(Bilingual("단위: \(word)", "In \(word)")[language])
            }
        default: break
        }
        return hints.isEmpty ? nil : hints.joined(separator: " ")
    }
}
