import Basics
import Packaging
import Testing

@testable import Tabular

@Suite struct `Reading CSV` {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let rows: [[String]]
        var faults: [CSVFault.Kind] = []
        var testDescription: String { text.debugDescription }
    }

    static let cases: [Case] = [
        Case(text: "a,b\r\nc,d\r\n", rows: [["a", "b"], ["c", "d"]]),
        Case(text: "a,b\nc,d", rows: [["a", "b"], ["c", "d"]]),
        Case(text: "a,b\rc,d\r", rows: [["a", "b"], ["c", "d"]]),
        Case(text: "a,b,\n,,\n", rows: [["a", "b", ""], ["", "", ""]]),
        Case(text: "\"a\",\"b\"\n", rows: [["a", "b"]]),
        Case(text: "\"a\"\"b\",c\n", rows: [["a\"b", "c"]]),
        Case(text: "\"\"\"\",\"\"\n", rows: [["\"", ""]]),
        Case(text: "\"a,b\nc\r\nd\",e\n", rows: [["a,b\nc\r\nd", "e"]]),
        Case(text: " a , b \n", rows: [[" a ", " b "]]),
        Case(text: "a\n\n\nb\n", rows: [["a"], ["b"]]),
        Case(text: "a,1\n\"\"\n", rows: [["a", "1"], [""]]),
        Case(text: "사업명,예산\n챗봇 구축,1\n", rows: [["사업명", "예산"], ["챗봇 구축", "1"]]),
        Case(text: "a\"b,c\n", rows: [["a\"b", "c"]], faults: [.strayQuote]),
        Case(text: "\"a\"b,c\n", rows: [["ab", "c"]], faults: [.textAfterQuote]),
        Case(text: "\"a\"\"b\"c\"d,e", rows: [["a\"bc\"d", "e"]], faults: [.textAfterQuote]),
        Case(text: "x,\"a\nb", rows: [["x", "a\nb"]], faults: [.unterminatedQuote]),
        Case(text: "x,\"", rows: [["x", ""]], faults: [.unterminatedQuote]),
    ]

    @Test(arguments: cases)
    func `every case of RFC 4180, and every departure from it, reads as expected`(
        _ test: Case
    ) throws {
        var reader = try CSVReader(SequentialSource(Array(test.text.utf8)))
        var row = CSVRow()
        var rows: [[String]] = []
        while try reader.next(&row) { rows.append(row.strings) }
        #expect(rows == test.rows)
        #expect(reader.faults.map(\.kind) == test.faults)
    }

    @Test func `rows know their number and physical line`() throws {
        let text = "머리\r\n\"a\nb\r\nc\rd\",x\r\n\r\nq\"q,1\r\n"
        var reader = try CSVReader(SequentialSource(Array(text.utf8)))
        var row = CSVRow()
        var places: [[Int]] = []
        while try reader.next(&row) { places.append([row.number, row.line]) }
        #expect(places == [[1, 1], [2, 2], [4, 7]])
        #expect(reader.faults == [CSVFault(kind: .strayQuote, row: 4, column: 1, line: 7)])
        #expect(reader.faults.first?.message.korean.hasPrefix("7번째 줄 1열") == true)
    }

    @Test(arguments: [
        ("a;b,c;d\n1;2;3\n", UInt8(ascii: ";")), ("a\tb c\n1\t2\n", UInt8(ascii: "\t")),
        ("a|b\n1|2\n", UInt8(ascii: "|")), ("한 열\n값\n", UInt8(ascii: ",")),
        ("\"a;b;c\",d\n\"x;y;z\",e\n", UInt8(ascii: ",")),
    ])
    func `the delimiter is found`(_ text: String, _ delimiter: UInt8) throws {
        #expect(try CSVReader(SequentialSource(Array(text.utf8))).delimiter == delimiter)
    }

    @Test func `fields read as numbers only where they are whole ones`() throws {
        let text = "12,-7,+3,1.5,,9223372036854775807,-9223372036854775808,9223372036854775808,-\n"
        var reader = try CSVReader(SequentialSource(Array(text.utf8)))
        var row = CSVRow()
        #expect(try reader.next(&row))
        #expect(
            row.map(\.int64) == [12, -7, 3, nil, nil, .max, .min, nil, nil]
        )
        #expect(row[99].isEmpty)
    }

    @Test func `random texts read as a parser of single characters reads them`() throws {
        var random = SeededRandom(seed: 4180)
        let alphabet = Array("a,\"\n\rㄱ, \"".unicodeScalars)
        var options = CSVOptions()
        options.delimiter = UInt8(ascii: ",")
        options.skipsBlankRows = false
        for round in 0..<3_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                text.append(alphabet.randomElement(using: &random) ?? "a")
            }
            let bytes = Array(String(text).utf8)
            let source = PiecewiseSource(
                bytes: bytes[...],
                random: SeededRandom(seed: UInt64(round))
            )
            var reader = try CSVReader(source, options: options)
            var row = CSVRow()
            var rows: [[String]] = []
            while try reader.next(&row) { rows.append(row.strings) }
            #expect(rows == CSVOracle.rows(String(text)), "\(String(text).debugDescription)")
        }
    }

    @Test func `rows that straddle blocks read whole`() throws {
        var random = SeededRandom(seed: 262_144)
        var text = ""
        var expected: [[String]] = []
        for index in 0..<400 {
            let long = String(
                repeating: "가\"\r\n,",
                count: Int.random(in: 0...900, using: &random)
            )
            expected.append(["\(index)", long, "끝"])
            let quoted = long.split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\"\"")
            text += "\(index),\"\(quoted)\",끝\r\n"
        }
        #expect(text.utf8.count > 1_000_000)
        #expect(try texts(Array(text.utf8)) == expected)
    }

    @Test func `limits are enforced with the place of the fault`() throws {
        var options = CSVOptions()
        options.limits.maximumColumnCount = 3
        options.limits.maximumRowCount = 2
        options.limits.maximumCellBytes = 10
        #expect(
            code { _ = try texts(Array("a,b,c,d\n".utf8), options: options) } == .tooManyColumns
        )
        #expect(code { _ = try texts(Array("a\nb\nc\n".utf8), options: options) } == .tooManyRows)
        let long = Array("a,b\nc,01234567890\n".utf8)
        #expect(code { _ = try texts(long, options: options) } == .cellTooLarge)
        do {
            _ = try texts(long, options: options)
        } catch let error as TabularError {
            #expect(error.row == 2 && error.column == 2 && error.line == 2)
        }
    }
}

/// A reader of single characters, slow and plain, to compare with.
enum CSVOracle {
    static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field = String.UnicodeScalarView()
        enum State { case start, plain, quoted, after }
        var state = State.start
        var rest = Array(text.unicodeScalars)[...]
        var isOpen = false
        func close() {
            row.append(String(field))
            field = .init()
            state = .start
        }
        while let scalar = rest.popFirst() {
            isOpen = true
            if state == .quoted {
                guard scalar == "\"" else {
                    field.append(scalar)
                    continue
                }
                if rest.first == "\"" {
                    field.append("\"")
                    rest.removeFirst()
                } else {
                    state = .after
                }
            } else if scalar == "," {
                close()
            } else if scalar == "\n" || scalar == "\r" {
                if scalar == "\r", rest.first == "\n" { rest.removeFirst() }
                close()
                rows.append(row)
                row = []
                isOpen = false
            } else if scalar == "\"", state == .start {
                state = .quoted
            } else {
                field.append(scalar)
                if state == .start { state = .plain }
            }
        }
        if isOpen {
            close()
            rows.append(row)
        }
        return rows
    }
}
