import Basics
import Testing

@testable import Tabular

@Suite struct `Writing tables` {
    func csv(_ rows: [[Cell]], _ options: CSVWriter.Options = .init()) throws -> [UInt8] {
        let collector = Collector()
        var writer = CSVWriter(options: options, sink: collector.sink)
        for row in rows { try writer.write(row) }
        try writer.finish()
        return collector.bytes
    }

    func xlsx(
        _ rows: [[Cell]],
        columns: [XLSXColumn] = [],
        _ options: XLSXWriter.Options = .init()
    ) throws -> [UInt8] {
        let collector = Collector()
        var writer = XLSXWriter(options: options, sink: collector.sink)
        try writer.beginSheet("발주계획", columns: columns)
        for row in rows { try writer.write(row) }
        try writer.finish()
        return collector.bytes
    }

    @Test func `CSV is written by RFC 4180`() throws {
        let date = try #require(LocalDate(iso: "2023-01-25"))
        let rows: [[Cell]] = [
            [.text("a"), .text("b,c"), .text("d\"e"), .text("f\ng"), .empty],
            [.won(Won(-1_000)), .date(date, secondOfDay: 60), .boolean(false), .number(1.5)],
            [.empty],
        ]
        let expected =
            "a,\"b,c\",\"d\"\"e\",\"f\ng\",\r\n-1000,2023-01-25 00:01:00,FALSE,1.5\r\n\"\"\r\n"
        #expect(String(decoding: try csv(rows), as: UTF8.self) == expected)
        var options = CSVWriter.Options()
        options.writesByteOrderMark = true
        #expect(try csv(rows, options) == [0xEF, 0xBB, 0xBF] + Array(expected.utf8))
    }

    @Test(arguments: ["=1+1", "+82", "-1,000", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0"])
    func `a text that would run as a formula is neutralised`(_ text: String) throws {
        let read = try texts(try csv([[.text(text), .number(-1)]]))
        #expect(read == [["'" + text, "-1"]])
        #expect(try rows(try xlsx([[.text(text)]]))[0].cells == [.text(text)])
    }

    static func randomText(_ random: inout SeededRandom) -> String {
        let pieces = [
            "a", "가", "\"", ",", "\n", "\r", "\r\n", " ", "\t", "😀", "&", "<", ">", "'", "=", "_",
            "_x0041_", "_x", "\u{1}", "\u{B}", "\u{7F}", "\u{FFFE}", "\u{FFFF}", "]]>", "&amp;",
            "ㅎ",
        ]
        return (0..<Int.random(in: 1...8, using: &random))
            .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    static func randomTable(_ random: inout SeededRandom) -> [[Cell]] {
        (0..<Int.random(in: 1...6, using: &random)).map { _ in
            (0..<Int.random(in: 1...5, using: &random)).map { _ -> Cell in
                switch Int.random(in: 0...5, using: &random) {
                case 0: return .empty
                case 1:
                    return .integer(
                        Int64.random(in: -1_000_000_000...1_000_000_000, using: &random)
                    )
                case 2:
                    return .number(Double(Int.random(in: -99_999...99_999, using: &random)) / 64)
                case 3:
                    let days = Int.random(in: -25_000...60_000, using: &random)
                    let second =
                        Bool.random(using: &random) ? Int.random(in: 0..<86_400, using: &random) : 0
                    return .date(LocalDate(daysSinceEpoch: days), secondOfDay: second)
                default: return .text(randomText(&random))
                }
            }
        }
    }

    @Test func `random tables come back from CSV as the same texts`() throws {
        var random = SeededRandom(seed: 13)
        var options = CSVOptions()
        options.delimiter = UInt8(ascii: ",")
        var plain = CSVWriter.Options()
        plain.neutralizesFormulas = false
        for _ in 0..<1_000 {
            let table = `Writing tables`.randomTable(&random)
            let read = try texts(try csv(table, plain), options: options)
            #expect(read == table.map { $0.map(\.text) })
        }
    }

    @Test func `random tables come back from XLSX as the same cells`() throws {
        var random = SeededRandom(seed: 14)
        for _ in 0..<300 {
            let table = `Writing tables`.randomTable(&random)
            let read = try rows(try xlsx(table))
            let expected = table.map { row in
                Array(row.reversed().drop { $0 == .empty }.reversed())
            }
            #expect(read.map(\.cells) == expected)
        }
    }

    @Test func `a header is repeated on the sheets that a long table goes on in`() throws {
        var options = XLSXWriter.Options()
        options.maximumRowCount = 10
        let table = (0..<25).map { [Cell.integer(Int64($0))] }
        let file = try xlsx(table, columns: [XLSXColumn("번호")], options)
        let opened = try TabularReader.open(file, fileName: "a.xlsx")
        #expect(opened.sheets.map(\.name) == ["발주계획", "발주계획 (2)", "발주계획 (3)"])
        let sheets = try (0..<3).map { try rows(file, sheet: $0) }
        #expect(sheets.map(\.count) == [10, 10, 8])
        #expect(sheets.allSatisfy { $0[0].cells == [.text("번호")] })
        #expect(sheets[2][7].cells == [.number(24, text: "24")])
    }

    @Test(arguments: [
        ("발주[1]:계획*?/\\", "발주 1 계획"), ("", "Sheet"), ("'", "Sheet"),
        (String(repeating: "가", count: 40), String(repeating: "가", count: 31)),
    ])
    func `names of sheets are made acceptable`(_ name: String, _ accepted: String) {
        #expect(SheetName.accepted(name, besides: []) == accepted)
        #expect(SheetName.accepted("A", besides: ["a"]) == "A (2)")
    }

    @Test func `what does not fit a cell is refused with its place`() throws {
        let long = Cell.text(String(repeating: "가", count: 32_768))
        do {
            _ = try xlsx([[.empty], [.empty, long]])
            Issue.record("written")
        } catch let error as TabularError {
            #expect(error.code == .cellTooLarge && error.row == 2 && error.column == 2)
        }
        let fits = Cell.text(String(repeating: "가", count: 32_767))
        #expect(try rows(try xlsx([[fits]]))[0].cells == [fits])
        #expect(Cell.integer(.max) == .text("9223372036854775807"))
    }

    @Test func `a conversion to XLSX and back gives the same texts`() throws {
        let text = "id,예산,전화,비고\n1,1500000,02-2133-1,\"가\n나\"\n007,1.5,\"1,000\",\n"
        let there = Collector()
        _ = try TabularConversion.convert(
            try TabularReader.open(Array(text.utf8), fileName: "a.csv"),
            to: .init(fileName: "b.XLSX"),
            sink: there.sink
        )
        #expect(try rows(there.bytes)[1][1] == .number(1_500_000, text: "1500000"))
        #expect(try rows(there.bytes)[2][0] == .text("007"))
        let back = Collector()
        let summary = try TabularConversion.convert(
            try TabularReader.open(there.bytes, fileName: "b.csv"),
            to: .init(fileName: "c.csv"),
            sink: back.sink
        )
        #expect(summary.rowCount == 3 && summary.warnings.count == 1)
        let padded = try texts(back.bytes).map { $0 + Array(repeating: "", count: 4 - $0.count) }
        #expect(padded == (try texts(Array(text.utf8))))
    }
}
