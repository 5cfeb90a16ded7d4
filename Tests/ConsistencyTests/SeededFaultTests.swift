import Basics
import Testing

@testable import Consistency

/// A series that closes, made from exact projects and rounded as a publisher does.
struct SyntheticSeries {
    var figures: [PublishedFigure] = []
    var claims: [PublishedClaim] = []

    static let types = ["시스템구축", "HW 및 SW 도입", "SW개발", "DB구축", "운영·유지관리", "교육 등 기타"]
    static let agencies = ["서울시", "자치구", "투자·출연기관"]
    static let buckets = ["1분기", "2분기", "3분기 이후", "전년도 발주완료"]

    init(using random: inout SeededRandom) {
        for year in [2021, 2022, 2023] { addYear(year, using: &random) }
        addClaims()
    }

    private mutating func addYear(_ year: Int, using random: inout SeededRandom) {
        var cells: [String: (Int, Int64)] = [:]
        var total: (Int, Int64) = (0, 0)
        func add(_ key: String, _ won: Int64) {
            let (count, amount) = cells[key] ?? (0, 0)
            cells[key] = (count + 1, amount + won)
        }
        for _ in 0..<Int.random(in: 150...300, using: &random) {
            let won = Int64.random(in: 50...900, using: &random) * 1_000_000
            add(Self.types.randomElement(using: &random) ?? "", won)
            add(Self.agencies.randomElement(using: &random) ?? "", won)
            add(Self.buckets.randomElement(using: &random) ?? "", won)
            if random.unit() < 0.2 { add("신기술 적용", won) }
            total = (total.0 + 1, total.1 + won)
        }
        func rounded(_ won: Int64) -> Won { .eok((won + 50_000_000) / 100_000_000) }
        figures.append(
            PublishedFigure(
                .total(year),
                projects: total.0,
                amount: rounded(total.1),
                source: "a"
            )
        )
        let groups: [(Dimension, [String])] = [
            (.organization, Self.agencies), (.type, Self.types), (.quarter, Self.buckets),
            (.technology, ["신기술 적용"]),
        ]
        for (dimension, categories) in groups {
            for category in categories {
                let (count, amount) = cells[category] ?? (0, 0)
                figures.append(
                    PublishedFigure(
                        .init(year: year, dimension: dimension, category: category),
                        projects: count,
                        amount: dimension == .quarter ? nil : rounded(amount),
                        source: "a"
                    )
                )
            }
        }
    }

    func value(_ reference: FigureReference, _ measure: Measure) -> Double {
        Double(figures.first { $0.reference == reference }?.value(measure) ?? 0)
    }

    private mutating func addClaims() {
        let total = FigureReference.total(2023)
        func percent(_ part: Double, _ whole: Double) -> PrintedNumber {
            PrintedNumber(Int((part / whole * 1000).rounded()), decimals: 1)
        }
        let technology = FigureReference(year: 2023, dimension: .technology, category: "신기술 적용")
        claims.append(
            PublishedClaim(
                id: "share",
                year: 2023,
                kind: .share(
                    percent(value(technology, .amount), value(total, .amount)),
                    part: technology,
                    whole: total,
                    measure: .amount
                ),
                source: "a"
            )
        )
        let growth = value(total, .amount) / value(.total(2022), .amount) - 1
        claims.append(
            PublishedClaim(
                id: "growth",
                year: 2023,
                kind: .growth(
                    PrintedNumber(Int((growth * 1000).rounded()), decimals: 1),
                    figure: total,
                    base: .total(2022),
                    measure: .amount
                ),
                source: "a"
            )
        )
        let parts = Self.buckets.map { bucket in
            let reference = FigureReference(year: 2023, dimension: .quarter, category: bucket)
            return PublishedClaim.Part(
                percent(value(reference, .projects), value(total, .projects)),
                reference
            )
        }
        claims.append(
            PublishedClaim(
                id: "split",
                year: 2023,
                kind: .split(parts, whole: total, measure: .projects),
                source: "a"
            )
        )
        let jobs = Int((10.1 * value(total, .amount) / 1e9).rounded())
        claims.append(
            PublishedClaim(
                id: "jobs",
                year: 2023,
                kind: .jobs(
                    .init(
                        count: jobs,
                        coefficient: PrintedNumber(101, decimals: 1),
                        label: "취업유발",
                        coverage: .everyone,
                        coefficientSource: "b"
                    ),
                    budget: total
                ),
                source: "a"
            )
        )
    }

    /// What a reader would be alarmed by.
    var alarms: [Finding] {
        ConsistencyAudit().findings(in: Publication(figures: figures, claims: claims)).filter {
            [.contradiction, .ambiguity, .gap].contains($0.severity)
        }
    }
}

/// A fault of one kind, put into a series that closed.
enum SeededFault: CaseIterable {
    case sum, percentage, splitPercentage, baseYear, denominator, unit, quarterBucket, label
    case typeName, jobs, duplicate, sibling

    /// The rules that have to notice it: one of them is enough.
    var rules: Set<ConsistencyRule.ID> {
        switch self {
        case .sum, .unit: [.dimensionSum]
        case .percentage, .denominator: [.share]
        case .splitPercentage: [.split]
        case .baseYear: [.growth]
        case .quarterBucket: [.quarterBuckets]
        case .label, .jobs: [.jobs]
        case .typeName: [.typeDrift]
        case .duplicate: [.duplicate]
        case .sibling: [.conflictingSources]
        }
    }

    func apply(to series: inout SyntheticSeries, using random: inout SeededRandom) {
        switch self {
        case .sum, .unit, .quarterBucket, .typeName, .duplicate, .sibling:
            damageFigure(&series, using: &random)
        default: damageClaim(&series, using: &random)
        }
    }

    private func damageFigure(_ series: inout SyntheticSeries, using random: inout SeededRandom) {
        let summable = series.figures.indices.filter {
            series.figures[$0].reference.dimension.isSummable
        }
        let index = summable.randomElement(using: &random) ?? 0
        let figure = series.figures[index]
        switch self {
        case .sum:
            if let amount = figure.amount, random.unit() < 0.5 {
                let change = Int64.random(in: 5...40, using: &random)
                series.figures[index].amount = amount + .eok(random.unit() < 0.5 ? change : -change)
            } else {
                let change = Int.random(in: 1...9, using: &random)
                series.figures[index].projects = (figure.projects ?? 0) + change
            }
        case .unit:
            let withAmount = summable.filter { series.figures[$0].amount != nil }
            let index = withAmount.randomElement(using: &random) ?? 0
            let factor = [10, 100, 1000].randomElement(using: &random) ?? 10
            let amount = series.figures[index].amount?.amount ?? 0
            series.figures[index].amount =
                random.unit() < 0.5 ? Won(amount * Int64(factor)) : Won(amount / Int64(factor))
        case .quarterBucket:
            let year = figure.reference.year
            series.figures.removeAll {
                $0.reference.year == year && $0.reference.category == "전년도 발주완료"
            }
        case .typeName:
            let types = series.figures.indices.filter {
                series.figures[$0].reference.dimension == .type
            }
            series.figures[types.randomElement(using: &random) ?? 0].reference.category = "정보화 사업"
        case .duplicate: series.figures.append(figure)
        default:
            let value = figure.value(.projects) ?? 0
            series.figures[index].alternatives = [
                .init(source: "c", measure: .projects, value: value + 1)
            ]
        }
    }

    private func damageClaim(_ series: inout SyntheticSeries, using random: inout SeededRandom) {
        let off = Int.random(in: 6...90, using: &random) * (random.unit() < 0.5 ? 1 : -1)
        for index in series.claims.indices {
            switch (self, series.claims[index].kind) {
            case (.percentage, .share(var percentage, let part, let whole, let measure)):
                percentage.units += off
                series.claims[index].kind = .share(
                    percentage,
                    part: part,
                    whole: whole,
                    measure: measure
                )
            case (.denominator, .share(_, let part, _, let measure)):
                // The share of the city's own budget, printed as one of the whole.
                let whole = FigureReference(
                    year: 2023,
                    dimension: .organization,
                    category: "자치구"
                )
                let exact = series.value(part, .amount) / series.value(whole, .amount)
                series.claims[index].kind = .share(
                    PrintedNumber(Int((exact * 1000).rounded()), decimals: 1),
                    part: part,
                    whole: .total(2023),
                    measure: measure
                )
            case (.splitPercentage, .split(var parts, let whole, let measure)):
                let part = Int.random(in: 0..<parts.count, using: &random)
                parts[part].percentage.units += off
                series.claims[index].kind = .split(parts, whole: whole, measure: measure)
            case (.baseYear, .growth(let percentage, let figure, _, let measure)):
                series.claims[index].kind = .growth(
                    percentage,
                    figure: figure,
                    base: random.unit() < 0.5 ? .total(2021) : nil,
                    measure: measure
                )
            case (.label, .jobs(var jobs, let budget)):
                jobs.label = ["청년 일자리", "youth jobs"].randomElement(using: &random) ?? ""
                series.claims[index].kind = .jobs(jobs, budget: budget)
            case (.jobs, .jobs(var jobs, let budget)):
                jobs.count += off
                series.claims[index].kind = .jobs(jobs, budget: budget)
            default: break
            }
        }
    }
}

@Suite struct `Seeded faults` {
    @Test func `at least 99 percent are found, with at most 1 percent of false alarms`() {
        var random = SeededRandom(seed: 2023)
        let runs = 504
        var found = 0
        var falseAlarms = 0
        var missed: [SeededFault: Int] = [:]
        for run in 0..<runs {
            var series = SyntheticSeries(using: &random)
            if !series.alarms.isEmpty { falseAlarms += 1 }
            let fault = SeededFault.allCases[run % SeededFault.allCases.count]
            fault.apply(to: &series, using: &random)
            if series.alarms.contains(where: { fault.rules.contains($0.rule) }) {
                found += 1
            } else {
                missed[fault, default: 0] += 1
            }
        }
        #expect(Double(found) >= 0.99 * Double(runs), "missed: \(missed)")
        #expect(Double(falseAlarms) <= 0.01 * Double(runs), "\(falseAlarms) false alarms")
    }

    @Test func `a unit slip is named with the factor that closes it`() throws {
        var random = SeededRandom(seed: 5)
        var series = SyntheticSeries(using: &random)
        let index = try #require(
            series.figures.firstIndex {
                $0.reference == .init(year: 2023, dimension: .organization, category: "서울시")
            }
        )
        series.figures[index].amount = Won((series.figures[index].amount?.amount ?? 0) / 10)
        let slip = series.alarms.first { $0.rule == .dimensionSum }
        #expect(slip?.statement.english.contains("factor of 10") == true)
    }
}
