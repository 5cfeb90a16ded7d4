import Basics
import Testing

@testable import Eligibility

@Suite struct `Lengths of time` {
    private func day(_ iso: String) throws -> Int64 {
        Int64(try #require(LocalDate(iso: iso)).daysSinceEpoch)
    }

    @Test(arguments: [
        ("2004-03-01", "2023-02-28", 18), ("2004-03-01", "2023-03-01", 19),
        // 29 February comes only every fourth year: the year is full on 1 March.
        ("2004-02-29", "2023-02-28", 18), ("2004-02-29", "2023-03-01", 19),
        ("2004-02-29", "2024-02-28", 19), ("2004-02-29", "2024-02-29", 20),
        ("2000-12-31", "2001-01-01", 0),
    ])
    func `a year is full on the birthday`(birth: String, on: String, age: Int64) throws {
        #expect(DateArithmetic.years(from: try day(birth), to: try day(on)) == age)
    }

    @Test(arguments: [
        ("2026-01-31", "2026-02-28", 0, 1), ("2026-01-31", "2026-03-01", 1, 2),
        ("2024-10-15", "2026-10-14", 23, 24), ("2024-10-15", "2026-10-15", 24, 24),
    ])
    func `months are whole, or counted to the month's end`(
        from: String,
        to: String,
        whole: Int64,
        calendar: Int64
    ) throws {
        #expect(DateArithmetic.months(from: try day(from), to: try day(to)) == whole)
        #expect(DateArithmetic.calendarMonths(from: try day(from), to: try day(to)) == calendar)
    }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
        ("2026-01-31", -2, "2025-11-30"), ("2024-02-29", 12, "2025-02-28"),
    ])
    func `a day a month does not have becomes its last`(
        from: String,
        months: Int64,
        to: String
    ) throws {
        #expect(DateArithmetic.adding(months: months, to: try day(from)) == (try day(to)))
    }

    @Test func `a share stands exactly between the hundredths around it`() {
        let limit = FactCode.percent(hundredths: 15_000)
        #expect(FactCode.percent(of: 3, in: 2) == limit)
        #expect(FactCode.percent(of: 3_000_001, in: 2_000_000) > limit)
        #expect(FactCode.percent(of: 2_999_999, in: 2_000_000) < limit)
    }
}
