import Testing

@testable import Basics

@Suite struct `Local dates` {
    @Test func `the announcement's day was a Wednesday`() throws {
        let date = try #require(LocalDate(iso: "2023-01-25"))
        #expect(date.weekday == 3)
        #expect(date.quarter == 1)
        #expect(date.iso == "2023-01-25")
    }

    @Test(arguments: [
        "2023-02-29", "2023-13-01", "2023-1-1", "23-01-01", "2023-01-0a", "", "2023/01/01",
    ])
    func `a date the calendar does not have is refused`(text: String) {
        #expect(LocalDate(iso: text) == nil)
    }

    @Test func `every day of eight centuries comes back from its components`() {
        for days in stride(from: -146_097, through: 146_097, by: 1) {
            let date = LocalDate(daysSinceEpoch: days)
            let (year, month, day) = date.components
            #expect(LocalDate(year: year, month: month, day: day) == date)
        }
    }

    @Test func `an instant before midnight in London is the next day in Seoul`() {
        let instant = Instant(millisecondsSinceEpoch: 1_674_572_400_000)
        #expect(instant.rfc3339 == "2023-01-25T00:00:00+09:00")
        #expect(Instant(instant.date) == instant)
    }
}

@Suite struct `Money and numbers` {
    @Test(arguments: [
        (Won.eok(3703), "3,703억원", "KRW 370.3bn"),
        (Won(180_000_000), "1억 8,000만원", "KRW 180.0m"),
        (Won(9_500_000), "950만원", "KRW 9.5m"),
        (Won(9_999), "9,999원", "KRW 9,999"),
        (Won(-180_000_000), "-1억 8,000만원", "-KRW 180.0m"),
        (Won(99_999_999), "1억원", "KRW 100.0m"),
    ])
    func `an amount reads the way people say it`(won: Won, korean: String, english: String) {
        #expect(won.text(.korean) == korean)
        #expect(won.text(.english) == english)
    }

    @Test func `decimals round half away from zero`() {
        #expect((1270.0 / 3703 * 100).decimals(1) == "34.3")
        #expect((-0.05).decimals(1) == "-0.1")
        #expect((-0.01).decimals(1) == "0.0")
        #expect(1234.5.decimals(0) == "1,235")
    }

    @Test func `the same seed gives the same numbers`() {
        var one = SeededRandom(seed: 7)
        var other = SeededRandom(seed: 7)
        #expect((0..<100).map { _ in one.next() } == (0..<100).map { _ in other.next() })
    }
}
