import FoundationEssentials
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

@Suite struct `JSON as bytes` {
    @Test(arguments: [
        (JSONValue.null, "null"), (.integer(.min), "-9223372036854775808"), (.number(1), "1"),
        (.number(-0.25), "-0.25"), (.number(1e300), "1e+300"), (.number(5e-7), "5e-07"),
        (.string("\u{1}\u{8}\t\n\u{c}\r\"\\/é한"), #""\u0001\b\t\n\f\r\"\\/é한""#),
        (
            .object(["b": .array([true, "x"]), "a": .object([:]), "": .array([])]),
            #"{"":[],"a":{},"b":[true,"x"]}"#
        ),
    ])
    func `is written with sorted members and the short escapes`(
        value: JSONValue,
        text: String
    ) {
        #expect(String(decoding: value.utf8, as: UTF8.self) == text)
    }

    @Test func `comes back as it was, whatever it is`() throws {
        var random = SeededRandom(seed: 7)
        for _ in 0..<300 {
            let value = JSONValue.array([Self.random(depth: 4, &random)])
            let read = try JSONDecoder().decode(JSONValue.self, from: Data(value.utf8))
            #expect(read == value)
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `has only null for what is no number`(number: Double) {
        #expect(JSONValue.array([.number(number)]).utf8 == Array("[null]".utf8))
    }

    /// A value of any shape; its fractions are halves, so that none is read as a whole number.
    private static func random(depth: Int, _ random: inout SeededRandom) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: .null
        case 1: .boolean(.random(using: &random))
        case 2: .integer(.random(in: -1_000_000...1_000_000, using: &random))
        case 3: .number(Double(Int.random(in: -99...99, using: &random)) + 0.5)
        case 4: .string(text(&random))
        case 5:
            .array((0..<3).map { _ in Self.random(depth: depth - 1, &random) })
        default:
            .object(
                Dictionary(
                    (0..<3).map { _ in (text(&random), Self.random(depth: depth - 1, &random)) },
                    uniquingKeysWith: { $1 }
                )
            )
        }
    }

    private static func text(_ random: inout SeededRandom) -> String {
        String(
            String.UnicodeScalarView(
                (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in
                    Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &random))
                }
            )
        )
    }
}
