import Basics
import Testing

@testable import Eligibility

@Suite struct `The days on which a verdict changes` {
    private static let family: [String: FactValue] = [
        "seoulResident": .bool(true), "childAtSameAddress": .bool(true),
        "birthRegistered": .bool(true), "birthRegisteredInSeoul": .bool(true),
        "youngestBirthDate": .date(LocalDate(iso: "2024-12-10") ?? .init(daysSinceEpoch: 0)),
        "insuranceIncome": .money(Won(4_000_000)), "insuranceHouseholdSize": .integer(4),
        "doubleIncome": .bool(true), "childrenCaredFor": .integer(2), "daycare": .bool(false),
        "bothParentsForeign": .bool(false), "birthOrder": .integer(1),
        "multipleBirth": .integer(1), "pregnantWeeks": .integer(0), "adopted": .bool(false),
    ]

    private func sweep(_ names: [String], _ first: String, _ last: String) throws -> DateSweep {
        let from = try #require(LocalDate(iso: first))
        return try DateSweep(
            [Situation(date: from, facts: Self.family, history: [])],
            through: try #require(LocalDate(iso: last)),
            of: names,
            in: CityRules.compiled()
        )
    }

    @Test func `every day says what a judge of that day says`() throws {
        let catalogue = try CityRules.compiled()
        let names = catalogue.catalogue.programmes.filter { $0.tags.contains("childcare") }
            .map(\.name)
        let sweep = try sweep(names, "2026-06-01", "2027-09-30")
        var random = SeededRandom(seed: 4)
        var found: Set<Verdict> = []
        for _ in 0..<60 {
            let start = try #require(LocalDate(iso: "2026-06-01"))
            let day = start.adding(days: Int(random.unit() * 486))
            let situation = Situation(date: day, facts: Self.family, history: [])
            var judge = Judge(catalogue, on: day)
            let judgements = judge.judgements(of: try FactSheet(situation, in: catalogue))
            for judgement in judgements where names.contains(judgement.programme) {
                let run = try #require(
                    sweep.runs[judgement.programme]?.last { $0.from <= day }
                )
                let (standing, name) = (run.standing, judgement.programme)
                #expect(standing.verdict == judgement.verdict, "\(name) on \(day)")
                found.insert(standing.verdict)
                guard [.eligible, .undecided].contains(standing.verdict) else { continue }
                let isOpen = if case .open = judgement.window { true } else { false }
                #expect((standing.window == .open) == isOpen, "\(name) on \(day)")
                #expect(standing.each == judgement.estimate?.each, "\(name) on \(day)")
            }
        }
        #expect(found == Set(Verdict.allCases))
    }

    @Test func `a window of the first fifteen days of a month opens and closes every month`() throws
    {
        let runs = try sweep(["seoul-childminding"], "2026-10-20", "2027-01-31")
            .runs["seoul-childminding"]
        let open = runs?.filter(\.standing.isPossible).map { [$0.from.iso, $0.to?.iso] }
        #expect(
            open == [
                ["2026-11-01", "2026-11-15"], ["2026-12-01", "2026-12-15"],
                ["2027-01-01", "2027-01-15"],
            ]
        )
    }

    @Test func `24 months end with the month`() throws {
        let runs = try sweep(["parents-taxi"], "2026-11-01", "2027-02-28").runs["parents-taxi"]
        #expect(runs?.first?.to?.iso == "2026-12-31")
        #expect(runs?.last?.standing.verdict == .ineligible)
        #expect(runs?.last?.to == nil)
    }

    @Test func `an amount that changes begins a run of its own`() throws {
        let runs = try sweep(["parental-benefit"], "2025-06-01", "2026-11-30")
            .runs["parental-benefit"]
        let amounts = runs?.filter(\.standing.isPossible).map {
            "\($0.from) \($0.standing.each?.amount ?? 0)"
        }
        #expect(amounts == ["2025-06-01 1000000", "2025-12-01 500000"])
        #expect(runs?.last?.standing.isPossible == true)
    }

    @Test func `an unknown programme and too long a time are refused`() throws {
        #expect(throws: EligibilityError.self) { try sweep(["none"], "2026-06-01", "2026-06-02") }
        #expect(throws: EligibilityError.self) { try sweep([], "2026-06-01", "2056-06-02") }
    }
}
