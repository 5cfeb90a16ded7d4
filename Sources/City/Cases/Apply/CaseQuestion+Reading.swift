import Basics
import Web

/// Telephone numbers as people write them.
enum CasePhone {
    /// The digits of a number that a Korean line can have; a hyphen, a space or `+82` is fine.
    static func isTelephone(_ text: String) -> Bool {
        let allowed = text.allSatisfy { $0.isNumber && $0.isASCII || "-+ ()".contains($0) }
        return allowed && (8...13).contains(text.count { $0.isNumber })
    }

    static let fault = Bilingual(
        "010-1234-5678처럼 지역번호까지 숫자로 적어 주세요.",
        "Write the number with its area code, such as 010-1234-5678."
    )
}

extension CaseQuestion {
    /// Reads an answer: the text as it is kept, or what is wrong with it.
    func read(_ text: String, on today: LocalDate) -> Result<String, CaseAnswerFault> {
        let text = text.trimmed
        switch content {
        case .line: return limited(text, Self.maximumLineCharacterCount)
        case .text: return limited(text, Self.maximumTextCharacterCount)
        case .number(let range):
            guard let number = Int(text.filter { $0 != "," }), range.contains(number) else {
                return .failure(.outside(range))
            }
            return .success(String(number))
        case .money:
            let digits = text.filter { $0 != "," && $0 != "원" && $0 != " " }
            guard let amount = Int64(digits), amount >= 0, amount <= CaseClaim.maximumAmount.amount
            else { return .failure(.notMoney) }
            return .success(String(amount))
        case .date, .pastDate:
            guard let day = LocalDate(iso: text) else { return .failure(.notADay) }
            if case .pastDate = content, day > today { return .failure(.future) }
            return .success(day.iso)
        case .telephone:
            return CasePhone.isTelephone(text) ? .success(text) : .failure(.notATelephone)
        case .bankAccount:
            let digits = text.count { $0.isNumber }
            guard (8...16).contains(digits), text.contains(where: \.isLetter) else {
                return .failure(.notAnAccount)
            }
            return limited(text, Self.maximumLineCharacterCount)
        case .choice(let choices):
            return choices.contains { $0.value == text } ? .success(text) : .failure(.notAChoice)
        }
    }

    private func limited(_ text: String, _ limit: Int) -> Result<String, CaseAnswerFault> {
        text.count <= limit ? .success(text) : .failure(.tooLong(limit))
    }

    /// An answer as people read it.
    func shown(_ value: String) -> Bilingual {
        switch content {
        case .choice(let choices):
            choices.first { $0.value == value }?.title ?? Bilingual(same: value)
        case .money:
            Bilingual("\(Int64(value)?.grouped ?? value)원", "\(Int64(value)?.grouped ?? value) won")
        default: Bilingual(same: value)
        }
    }

    /// The field that asks it.
    func field(value: String, error: Bilingual?, in context: PageContext) -> FormField {
        let control: FormField.Control =
            switch content {
            case .line, .bankAccount: .text()
            case .text: .textArea(rowCount: 6)
            case .number, .money: .text(.number)
            case .date, .pastDate: .date()
            case .telephone: .text(.telephone)
            case .choice(let choices):
                .radios(
                    choices.map { .init(value: $0.value, label: $0.title[context.language]) }
                )
            }
        var hints = [hint[context.language]].filter { !$0.isEmpty }
        if case .bankAccount = content {
            hints.append(context.text("예: 서울은행 110-123-456789", "Bank and number"))
        }
        return FormField(
            name: "own.\(name)",
            label: title[context.language],
            control: control,
            hint: hints.isEmpty ? nil : hints.joined(separator: " "),
            error: error?[context.language],
            isRequired: isRequired,
            values: [value],
            autocomplete: "off"
        )
    }
}

/// What is wrong with an answer to a procedure's own question.
enum CaseAnswerFault: Error, Sendable, Hashable {
    case missing, notADay, future, notMoney, notATelephone, notAnAccount, notAChoice
    case tooLong(Int)
    case outside(ClosedRange<Int>)

    var message: Bilingual {
        switch self {
        case .missing: Bilingual("답해 주세요.", "Answer this.")
        case .notADay:
            Bilingual("달력에 있는 날짜를 2026-05-10처럼 적어 주세요.", "A date such as 2026-05-10.")
        case .future: Bilingual("아직 오지 않은 날입니다.", "This day has not come yet.")
        case .notMoney: Bilingual("원 단위의 숫자만 적어 주세요.", "A whole number of won.")
        case .notATelephone: CasePhone.fault
        case .notAnAccount:
            Bilingual("은행 이름과 계좌번호를 함께 적어 주세요.", "Write the bank and the number.")
        case .notAChoice: Bilingual("하나를 골라 주세요.", "Choose one.")
        case .tooLong(let limit):
            Bilingual("\(limit)자까지 적을 수 있습니다.", "At most \(limit) characters.")
        case .outside(let range):
            Bilingual(
                "\(range.lowerBound)부터 \(range.upperBound)까지의 숫자를 적어 주세요.",
                "A whole number from \(range.lowerBound) to \(range.upperBound)."
            )
        }
    }
}
