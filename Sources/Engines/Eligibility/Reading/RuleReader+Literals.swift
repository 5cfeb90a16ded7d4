import Basics
import Tabular

/// Values as people write them: `19`, `24 months`, `150 %`, `8,000만원`, `2026-05-06`, `yes`.
extension RuleReader {
    /// The number behind a written value; a fault where it is not of the type.
    func literal(_ node: YAMLNode, as type: FactType) -> Int64? {
        guard let text = text(node) else { return nil }
        switch Literal.read(text, as: type) {
        case .code(let code): return code
        case .wrongUnit(let unit):
            fault(
                .wrongUnit,
                node.position,
                Bilingual(
                    "단위가 다릅니다: ‘\(text)’. \(type.name.korean)이(가) 와야 하는데 ‘\(unit)’입니다.",
                    "The unit of “\(text)” differs. Expected: \(type.name.english)."
                )
            )
        case .unknownChoice:
            unknownName(
                text,
                Bilingual("선택지", "choice"),
                among: type.choices?.choices.map(\.name) ?? [],
                at: node.position
            )
        case .wrongType:
            fault(
                .wrongType,
                node.position,
                Bilingual(
                    "‘\(text)’은(는) \(type.name.korean)이(가) 아닙니다.",
                    "“\(text)” cannot be read as: \(type.name.english)."
                )
            )
        }
        return nil
    }

    /// The mask of several choices.
    func mask(_ node: YAMLNode, of type: FactType) -> Int64? {
        guard let choices = type.choices else { return nil }
        var mask: Int64 = 0
        for item in items(node) {
            guard let index = literal(item, as: .choice(choices)) else { return nil }
            mask |= 1 << index
        }
        return mask
    }
}

/// A written value.
enum Literal {
    enum Outcome: Equatable {
        case code(Int64)
        case wrongUnit(String)
        case unknownChoice
        case wrongType
    }

    private static let units: [String: FactType] = [
        "세": .integer(.age), "살": .integer(.age), "years": .integer(.years),
        "year": .integer(.years), "days": .integer(.days), "day": .integer(.days),
        "일": .integer(.days), "people": .integer(.people), "person": .integer(.people),
        "명": .integer(.people), "hours": .integer(.hours), "hour": .integer(.hours),
        "시간": .integer(.hours), "times": .integer(.times), "회": .integer(.times),
        "points": .integer(.points), "점": .integer(.points), "months": .months,
        "month": .months, "개월": .months, "%": .percent,
    ]

    static func read(_ text: String, as type: FactType) -> Outcome {
        switch type {
        case .bool:
            switch text {
            case "yes", "true", "예": return .code(1)
            case "no", "false", "아니요": return .code(0)
            default: return .wrongType
            }
        case .date:
            return LocalDate(iso: text).map { .code(Int64($0.daysSinceEpoch)) } ?? .wrongType
        case .money:
            if let (_, unit) = counted(text), units[unit] != nil { return .wrongUnit(unit) }
            guard let won = try? MoneyText.won(text) else { return .wrongType }
            return abs(won.amount) < FactCode.maximumMagnitude ? .code(won.amount) : .wrongType
        case .choice(let list):
            return list.index(of: text).map { .code(Int64($0)) } ?? .unknownChoice
        case .set(let list):
            return list.index(of: text).map { .code(1 << Int64($0)) } ?? .unknownChoice
        case .integer, .months, .percent:
            return number(text, as: type)
        }
    }

    private static func number(_ text: String, as type: FactType) -> Outcome {
        guard let (hundredths, unit) = counted(text) else { return .wrongType }
        if !unit.isEmpty {
            guard let named = units[unit] else {
                return (try? MoneyText.won(text)) == nil ? .wrongType : .wrongUnit(unit)
            }
            // 년 and 세 are both “years” in English, of a life or of the calendar.
            guard named.isComparable(to: type) else { return .wrongUnit(unit) }
        }
        if type == .percent { return .code(FactCode.percent(hundredths: hundredths)) }
        return hundredths % 100 == 0 ? .code(hundredths / 100) : .wrongType
    }

    /// A number in hundredths and the word after it.
    private static func counted(_ text: String) -> (hundredths: Int64, unit: String)? {
        let isNegative = text.first == "-"
        let body = isNegative ? text.dropFirst() : text[...]
        let digits = body.prefix { $0.isASCII && $0.isNumber || $0 == "," || $0 == "." }
        let unit = body.dropFirst(digits.count).drop { $0 == " " }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), digits.count <= 20,
            let whole = Int64(parts[0].filter { $0 != "," }), whole < 1 << 50
        else { return nil }
        var fraction: Int64 = 0
        if parts.count == 2 {
            guard (1...2).contains(parts[1].count), let read = Int64(parts[1]) else { return nil }
            fraction = parts[1].count == 1 ? read * 10 : read
        }
        let hundredths = whole * 100 + fraction
        return (isNegative ? -hundredths : hundredths, String(unit))
    }
}
