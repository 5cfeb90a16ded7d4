import Basics

/// How a value reads in a sentence.
extension FactType {
    /// The value behind a number, in words; exact, as a limit must be.
    func text(of code: Int64, _ language: Language) -> String {
        let isKorean = language == .korean
        guard let value = value(of: code) else { return isKorean ? "모름" : "not known" }
        switch value {
        case .absent: return isKorean ? "없음" : "none"
        case .bool(let value):
            return value ? (isKorean ? "예" : "yes") : (isKorean ? "아니요" : "no")
        case .integer(let number): return counted(number, language)
        case .money(let amount): return Self.exact(amount, language)
        case .date(let date): return date.iso
        case .months(let count): return isKorean ? "\(count)개월" : Self.plural(count, "month")
        case .percent: return Self.percentText(code)
        case .choice(let name): return label(name, language)
        case .set(let names):
            let labels = choices?.choices.filter { names.contains($0.name) } ?? []
            if labels.isEmpty { return isKorean ? "없음" : "none" }
            return labels.map { $0.label[language] }.joined(separator: ", ")
        }
    }

    private func counted(_ number: Int, _ language: Language) -> String {
        guard case .integer(let unit) = self else { return "\(number)" }
        if unit == .calendarYear { return language == .korean ? "\(number)년" : "\(number)" }
        if unit == .age { return language == .korean ? "\(number)세" : "\(number)" }
        if unit == .count { return number.grouped }
        if language == .korean { return number.grouped + unit.word.korean }
        if unit == .people { return number == 1 ? "1 person" : "\(number.grouped) people" }
        return Self.plural(number, String(unit.word.english.dropLast()))
    }

    private func label(_ name: String, _ language: Language) -> String {
        choices?.choices.first { $0.name == name }?.label[language] ?? name
    }

    static func plural(_ count: Int, _ noun: String) -> String {
        "\(count.grouped) \(noun)\(count == 1 ? "" : "s")"
    }

    /// An amount to the won: `8,000만원`, `1억 3,000만원`, `753만 9,000원`.
    static func exact(_ won: Won, _ language: Language) -> String {
        guard language == .korean else { return "KRW \(won.amount.grouped)" }
        guard won.amount != 0 else { return "0원" }
        var rest = won.amount.magnitude
        var parts: [String] = []
        for (unit, word) in [(UInt64(100_000_000), "억"), (10_000, "만"), (1, "")] {
            let (count, remainder) = rest.quotientAndRemainder(dividingBy: unit)
            if count > 0 { parts.append(count.grouped + word) }
            rest = remainder
        }
        return (won.amount < 0 ? "-" : "") + parts.joined(separator: " ") + "원"
    }

    /// A share: `150 %`, `62.5 %`; one that lies between two hundredths is rounded up.
    private static func percentText(_ code: Int64) -> String {
        let hundredths = (code + 1) / 2
        let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        if rest == 0 { return "\(whole.grouped) %" }
        let digits = rest % 10 == 0 ? "\(rest / 10)" : (rest < 10 ? "0\(rest)" : "\(rest)")
        return "\(whole.grouped).\(digits) %"
    }
}
