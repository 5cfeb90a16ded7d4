import Basics
import Eligibility
import FoundationEssentials

/// Random people under the city's rules as JSON lines: what is known of each, and which programmes fit.
struct RandomPeople {
    let folder: String
    let count: Int
    private static let date = LocalDate(daysSinceEpoch: 20_600)

    private struct Line: Encodable {
        var data: JSONValue
        var eligible: [String]
    }

    func write() throws {
        let rules = CompiledCatalogue(try RuleCatalogue(RuleFolder.files(at: folder)))
        let programmes = rules.catalogue.programmes.map(\.name)
        var judge = Judge(rules, on: Self.date)
        var random = SeededRandom(seed: 7)
        let encoder = JSONEncoder()
        for _ in 0..<count {
            let sheet = try person(in: rules, &random)
            let line = Line(
                data: JSONLogicExport.data(sheet),
                eligible: zip(programmes, judge.verdicts(of: sheet))
                    .filter { $1 == .eligible }.map(\.0)
            )
            print(String(decoding: try encoder.encode(line), as: UTF8.self))
        }
    }

    /// Somebody of whom one fact in ten is not known; what would contradict the rest is left out.
    private func person(
        in rules: CompiledCatalogue,
        _ random: inout SeededRandom
    ) throws -> FactSheet {
        var sheet = try FactSheet(Situation(date: Self.date), in: rules)
        for fact in rules.catalogue.facts.shuffled(using: &random)
        where fact.question != nil && random.unit() < 0.9 {
            guard let value = value(of: fact, &random) else { continue }
            sheet = (try? sheet.answering(fact.name, value)) ?? sheet
        }
        return sheet
    }

    private func value(of fact: FactDefinition, _ random: inout SeededRandom) -> FactValue? {
        if fact.isHistory { return .bool(random.unit() < 0.02) }
        if fact.mayBeAbsent, random.unit() < 0.3 { return .absent }
        switch fact.type {
        case .bool: return .bool(Bool.random(using: &random))
        case .integer: return .integer(Int.random(in: 0...40, using: &random))
        case .months: return .months(Int.random(in: 0...48, using: &random))
        case .percent: return .percent(hundredths: Int.random(in: 0...20_000, using: &random))
        case .money:
            // As many small amounts as large ones.
            let zeros = Int.random(in: 4...8, using: &random)
            let unit = (0..<zeros).reduce(1) { product, _ in product * 10 }
            return .money(Won(Int64(Int.random(in: 0...30, using: &random) * unit)))
        case .date:
            let days = random.unit() < 0.5 ? 0...1200 : 6000...14_500
            return .date(Self.date.adding(days: -Int.random(in: days, using: &random)))
        case .choice(let list):
            return list.choices.randomElement(using: &random).map { .choice($0.name) }
        case .set(let list):
            return .set(
                Set(list.choices.filter { _ in random.unit() < 0.3 }.map(\.name))
            )
        }
    }
}
