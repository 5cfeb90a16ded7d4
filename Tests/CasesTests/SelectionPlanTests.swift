import Basics
import Eligibility
import Testing

@testable import Cases

private func entrant(
    _ receipt: String,
    at second: Int64 = 0,
    points: Int? = nil,
    income: Int64? = nil
) -> SelectionPlan.Entrant {
    SelectionPlan.Entrant(
        caseID: receipt,
        receipt: receipt,
        submittedAt: Instant(millisecondsSinceEpoch: second * 1000),
        points: points,
        income: income,
        stratum: ""
    )
}

@Suite struct `A selection by order` {
    @Test func `takes those who came first, and two of the same second by their receipts`() {
        let plan = SelectionPlan(
            [entrant("c", at: 5), entrant("b", at: 5), entrant("a", at: 9), entrant("d", at: 1)],
            by: .firstCome,
            places: 2
        )
        #expect(plan.selected.map(\.receipt) == ["d", "b"])
        #expect(plan.tied.isEmpty)
        #expect(plan.rest.map(\.receipt) == ["c", "a"])
    }

    @Test func `leaves equals at the last place to a draw`() {
        let plan = SelectionPlan(
            [
                entrant("a", points: 90), entrant("b", points: 80), entrant("c", points: 80),
                entrant("d", points: 80), entrant("e", points: 70),
            ],
            by: .points,
            places: 3
        )
        #expect(plan.selected.map(\.receipt) == ["a"])
        #expect(plan.tied.map(\.receipt) == ["b", "c", "d"])
        #expect(plan.tiedPlaces == 2)
        #expect(plan.rest.map(\.receipt) == ["e"])
    }

    @Test func `needs no draw where the equals all have a place`() {
        let plan = SelectionPlan(
            [entrant("a", income: 10), entrant("b", income: 10), entrant("c", income: 30)],
            by: .lowestIncome,
            places: 2
        )
        #expect(plan.selected.map(\.receipt) == ["a", "b"])
        #expect(plan.tied.isEmpty)
    }

    @Test func `says of whom the rules have nothing to order by`() {
        let plan = SelectionPlan(
            [entrant("a", points: 1), entrant("b")],
            by: .points,
            places: 1
        )
        #expect(plan.unranked.map(\.receipt) == ["b"])
        #expect(plan.selected.map(\.receipt) == ["a"])
    }

    @Test(arguments: 0..<30) func `gives every place once and loses nobody`(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let all = (0..<40).map {
            entrant("r\($0)", points: Int.random(in: 0...6, using: &random))
        }
        let places = Int.random(in: 0...45, using: &random)
        let plan = SelectionPlan(all, by: .points, places: places)
        let seats = plan.selected.count + plan.tiedPlaces
        #expect(seats == min(places, all.count))
        let everybody = plan.selected + plan.tied + plan.rest
        #expect(Set(everybody.map(\.receipt)) == Set(all.map(\.receipt)))
        #expect(everybody.count == all.count)
        let worst = plan.selected.compactMap(\.points).min() ?? .max
        let best = (plan.tied + plan.rest).compactMap(\.points).max() ?? .min
        #expect(worst >= best)
    }
}

@Suite struct `The statistics of a desk` {
    private func fact(
        _ state: CaseState,
        _ received: String,
        _ decided: String? = nil,
        due: String? = nil
    ) throws -> DeskStatistics.Fact {
        DeskStatistics.Fact(
            procedureID: "p",
            state: state,
            submittedAt: Instant(try #require(LocalDate(iso: received)), hour: 10),
            decidedAt: try decided.map { Instant(try #require(LocalDate(iso: $0)), hour: 10) },
            dueOn: try due.map { try #require(LocalDate(iso: $0)) },
            hasCorrection: state == .refused,
            amount: state == .approved ? Won(100) : nil
        )
    }

    @Test func `count working days, what is late, and what was granted`() throws {
        let statistics = DeskStatistics(
            [
                try fact(.approved, "2026-11-02", "2026-11-03", due: "2026-11-09"),
                try fact(.approved, "2026-11-02", "2026-11-09", due: "2026-11-06"),
                try fact(.refused, "2026-11-06", "2026-11-09", due: "2026-11-20"),
                try fact(.inReview, "2026-11-03", due: "2026-11-10"),
                try fact(.correctionRequested, "2026-11-03", due: "2026-11-10"),
                try fact(.submitted, "2026-10-30", due: "2026-12-10"),
            ],
            refusals: [("p", ["income", "age"]), ("p", ["income"])],
            days: WorkingDays(),
            today: try #require(LocalDate(iso: "2026-11-25"))
        )
        let november = try #require(statistics.rows.first)
        #expect(november.month.iso == "2026-11-01")
        #expect(november.received == 5)
        #expect(november.decided == 3)
        #expect(november.daysTaken == [1, 1, 5])
        #expect(november.medianDays == 1)
        #expect(november.ninetiethDays == 5)
        #expect(november.overdue == 2)
        #expect(november.granted == Won(200))
        #expect(statistics.rows.count == 2)
        #expect(statistics.reasons.map(\.clause) == ["income", "age"])
    }

    @Test(arguments: [(0, 0), (1, nil), (4, nil), (5, 5), (60, 60)] as [(Int, Int?)])
    func `show no count that could point to a person`(count: Int, shown: Int?) {
        #expect(DeskStatistics.shown(count) == shown)
    }
}
