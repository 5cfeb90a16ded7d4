import Basics
import Testing

@testable import Tabular

@Suite struct `Money in cells` {
    @Test(
        arguments: [
            ("130,000,000", .won, 130_000_000), ("130000000.0", .won, 130_000_000),
            ("1.3E+08", .won, 130_000_000), ("1234", .thousandWon, 1_234_000),
            ("123.45", .thousandWon, 123_450), ("3.5억", .won, 350_000_000),
            ("3억 5,000만원", .thousandWon, 350_000_000), ("3억5천만원", .won, 350_000_000),
            ("1조 2,345억", .won, 1_234_500_000_000), ("3억 5천2백만원", .won, 352_000_000),
            ("1,234천원", .millionWon, 1_234_000), ("12백만원", .won, 12_000_000),
            ("₩1,000", .won, 1_000), ("￦ １，０００ 원", .won, 1_000), ("금1,000원정", .won, 1_000),
            ("(1,000)", .won, -1_000), ("△1,000", .millionWon, -1_000_000_000),
            ("-1,000원", .millionWon, -1_000), ("(1,000)원", .won, -1_000), ("0.0", .won, 0),
            ("\u{00A0}42\u{3000}", .won, 42), ("5천", .won, 5_000), ("3억 5,000원", .won, 300_005_000),
            ("9223372036854775807", .won, .max), ("0.000001", .trillionWon, 1_000_000),
            ("1,000 KRW", .won, 1_000), ("+7", .won, 7), ("2.5천만원", .won, 25_000_000),
        ] as [(String, MoneyUnit, Int64)]
    )
    func `amounts read exactly`(_ text: String, _ unit: MoneyUnit, _ won: Int64) throws {
        #expect(try MoneyText.won(text, in: unit) == Won(won))
    }

    @Test(arguments: [
        "", " ", "미정", "오억", "1,00", "1,0000", "12,34,567", "1.5", "0.1원", "억원", "3만 5억",
        "3억 5,000", "1..5", "1.5.2", "--1", "1-2", "9223372036854775808", "1E99", "1e", "₩", "1,",
        ".5억", "5%", "1백 2천", "3억 1 2원", "1억억", "()", "1,234.", "1억원(부가세 포함)",
        "99999999999999999999999999999999999조", "1E30조", "0x10",
    ])
    func `everything else is refused with a reason in both languages`(_ text: String) {
        do {
            let won = try MoneyText.won(text)
            Issue.record("\(text) read as \(won)")
        } catch let error as TabularError {
            #expect(error.code == .notMoney)
            #expect(!error.message.korean.isEmpty && !error.message.english.isEmpty)
        } catch {
            Issue.record("not a TabularError: \(error)")
        }
    }

    @Test(
        arguments: [
            ("사업비(천원)", .thousandWon), ("단위: 백만원", .millionWon), ("(단위 : 원)", .won),
            ("예산액_억원", .hundredMillionWon), ("금액 [VAT 포함, 천원]", .thousandWon),
            ("사업비 백만원", .millionWon), ("사업비\n(백만 원)", .millionWon), ("예산(억)", .hundredMillionWon),
            ("단위:1,000원", .thousandWon), ("budget (KRW)", .won), ("（단위：만원）", .tenThousandWon),
            ("총사업비(십억원)", .billionWon), ("사업명", nil), ("제3조", nil), ("지원", nil), ("팀/조", nil),
            ("회원", nil), ("사업비(천원, 백만원)", nil), ("시민지원과", nil),
        ] as [(String, MoneyUnit?)]
    )
    func `units are found in headers`(_ header: String, _ unit: MoneyUnit?) {
        #expect(MoneyUnit.detect(in: header) == unit)
    }

    @Test func `what Won writes, money reads`() throws {
        var random = SeededRandom(seed: 100)
        for _ in 0..<2_000 {
            let amount = Won(Int64.random(in: 0...9_999, using: &random) * 10_000)
            #expect(try MoneyText.won(amount.text(.korean), in: .millionWon) == amount)
        }
        for _ in 0..<2_000 {
            let amount = Int64.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random)
            #expect(try MoneyText.won(amount.grouped) == Won(amount))
        }
    }

    @Test func `a cell's binary noise is not money`() throws {
        #expect(
            try Cell.number(12.299999999999999).won(in: .hundredMillionWon) == Won(1_230_000_000)
        )
        #expect(try Cell.number(0.1 + 0.2).won(in: .hundredMillionWon) == Won(30_000_000))
        #expect(try Cell.text("1.2억").won(in: .thousandWon) == Won(120_000_000))
        #expect(code { _ = try Cell.empty.won(in: .won) } == .notMoney)
    }
}

@Suite struct `Numbers as text` {
    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (1.1, "1.1"), (-2.5, "-2.5"), (0.1 + 0.2, "0.3"),
            (1.1000000000000001, "1.1"), (12.299999999999999, "12.3"), (0.00012, "0.00012"),
            (123_456_789_012_345_680, "123456789012346000"), (1e21, "1E+21"), (1.5e-9, "1.5E-9"),
            (9.999999999999998, "10"), (999_999_999_999_999, "999999999999999"),
            (2e15, "2000000000000000"),
        ] as [(Double, String)]
    )
    func `numbers show fifteen digits`(_ value: Double, _ text: String) {
        #expect(NumberText.general(value) == text)
    }
}

@Suite struct `Dates in cells` {
    @Test(arguments: [
        "2023-01-05", "2023.1.5.", "2023.01.05", "2023/01/05 09:00:00", "20230105", "2023년 1월 5일",
        "2023년1월5일", "2023. 1. 5.(목)", " 2023-1-5 ", "'23.1.5.", "2023-01-05T09:00:00+09:00",
        "２０２３－０１－０５", "2023.1.5. 오후 3시 30분", "2023-01-05 24:00", "2023. 1. 5 (목요일)",
    ])
    func `dates of offices read`(_ text: String) {
        #expect(LocalDate(tabularText: text)?.iso == "2023-01-05")
    }

    @Test(arguments: [
        "", "2023", "2023-13-01", "2023-02-29", "23.1.5", "2023-01", "2023년 1월", "5/1/2023",
        "20230229", "2023010", "2023-01-05 미정", "2023-01/05", "2023-01-05~2023-02-01", "1월 5일",
        "2023-001-05", "202301051", "99999999999999999999",
    ])
    func `what is no date is none`(_ text: String) {
        #expect(LocalDate(tabularText: text) == nil)
    }
}
