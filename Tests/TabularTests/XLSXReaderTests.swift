import Basics
import Testing

@testable import Tabular

@Suite struct `Reading workbooks` {
    @Test func `a workbook of openpyxl reads with its sheets, dates and rich text`() throws {
        var table = try TabularReader.open(PeerFixtures.plan, fileName: "계획.xlsx")
        #expect(table.format == .xlsx)
        #expect(table.sheets.map(\.name) == ["발주계획", "숨김", "둘째"])
        #expect(table.sheets.map(\.isHidden) == [false, true, false])
        let rows = try table.rows(upTo: .max)
        #expect(rows.map(\.number) == [1, 2, 3, 4, 5, 6, 7, 12])
        let day = try #require(LocalDate(iso: "2023-01-25"))
        let third = try #require(LocalDate(iso: "2023-03-02"))
        #expect(
            rows[4].cells == [
                .text("챗봇 & 민원 <고도화>"), .text("스마트도시과"), .number(120, text: "120"),
                .number(30.5, text: "30.5"), .number(150.5, text: "150.5"),
                .date(day, secondOfDay: 0), .boolean(true),
            ]
        )
        #expect(rows[5][2].text == "1.1")
        #expect(rows[5][3].text == "0.3")
        #expect(rows[5][4] == .empty)
        #expect(rows[5][5] == .date(third, secondOfDay: 9 * 3600 + 30 * 60))
        #expect(rows[5][5].text == "2023-03-02 09:30:00")
        #expect(rows[6][0] == .text("굵은 글씨"))
        #expect(rows[6][5] == .text("09:00:00"))
        #expect(rows[7].cells == [.text("끝")])
        try table.select(sheet: 1)
        #expect(
            try table.rows(upTo: 9) == [TabularRow(number: 2, cells: [.empty, .text("보이지 않음")])]
        )
        #expect(code { try table.select(sheet: 3) } == .noSuchSheet)
    }

    @Test func `dates count from 1904 where the workbook says so`() throws {
        let rows = try rows(PeerFixtures.macintosh)
        #expect(rows[0].cells.map(\.text) == ["2023-01-25", "1904-01-02"])
    }

    static let dateStyles = """
        <styleSheet><numFmts><numFmt numFmtId="170" formatCode="[h]:mm"/></numFmts><cellStyleXfs>
        <xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>
        <xf numFmtId="170"/><xf numFmtId="31"/></cellXfs></styleSheet>
        """

    @Test(arguments: [
        ("1", "1900-01-01"), ("59", "1900-02-28"), ("60", "1900-02-29"), ("61", "1900-03-01"),
        ("44951", "2023-01-25"), ("44951.999999999", "2023-01-26"),
        ("44951.5", "2023-01-25 12:00:00"),
        ("0.375", "09:00:00"), ("2958465", "9999-12-31"), ("2958466", "2958466"), ("-1", "-1"),
    ])
    func `serials are days since 1900 with the day that never was`(
        _ serial: String,
        _ text: String
    ) throws {
        let cells = (0...3).map { "<c s=\"\($0)\"><v>\(serial)</v></c>" }.joined()
        let file = try workbook(
            sheet: sheet("<row>\(cells)</row>"),
            styles: `Reading workbooks`.dateStyles
        )
        let row = try rows(file)[0]
        #expect(row[1].text == text && row[3].text == text)
        if case .date = row[0] { Issue.record("a plain number became a date") }
        if case .date = row[2] { Issue.record("elapsed hours became a date") }
    }

    @Test(arguments: [
        ("yyyy\\-mm\\-dd", true), ("yyyy\"년\" m\"월\" d\"일\"", true), ("[$-412]yyyy/m/d;@", true),
        ("mm:ss.0", true), ("h:mm AM/PM", true), ("General", false), ("G/표준", false),
        ("#,##0", false), ("0.00E+00", false), ("[Red]#,##0", false), ("[h]:mm", false),
        ("#,##0\"days\"", false), ("@", false), ("0;[Red]-0;d", false), ("_-* #,##0_-", false),
    ])
    func `formats of dates are told apart`(_ code: String, _ isDate: Bool) {
        #expect(NumberFormat.isDate(code: code) == isDate)
    }

    @Test func `cells of every type read, sparse or not`() throws {
        let strings = """
            <sst><si><t>가</t></si><si><r><t>나</t></r><r><t xml:space="preserve"> 다</t></r>
            <rPh sb="0" eb="1"><t>ナ</t></rPh></si><si/><si><t>_x000D_a_x005F_x0041_</t></si></sst>
            """
        let cells = """
            <row r="2" spans="1:9"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c>
            <c t="s"><v>2</v></c><c t="s"><v>3</v></c></row><row><c t="inlineStr"><is><t>라&amp;</t>
            <rPh><t>x</t></rPh></is></c><c><f>A1&lt;2</f><v>7</v></c><c t="str"><f>B1</f>
            <v>마&#xBC14;</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d">
            <v>2023-01-25T09:00:00</v></c><c s="9"/><c><v>1.5E3</v></c></row>
            <row r="9"><c r="A9" t="inlineStr"><is><t><![CDATA[<b> & ]]></t></is></c></row>
            """
        let rows = try rows(workbook(sheet: sheet(cells), sharedStrings: strings))
        #expect(rows.map(\.number) == [2, 3, 9])
        #expect(
            rows[0].cells == [
                .empty, .text("가"), .empty, .text("나 다"), .empty, .text("\ra_x0041_"),
            ]
        )
        let date = try #require(LocalDate(iso: "2023-01-25"))
        #expect(
            rows[1].cells == [
                .text("라&"), .number(7, text: "7"), .text("마바"), .boolean(true), .text("#N/A"),
                .date(date, secondOfDay: 32_400), .empty, .number(1_500, text: "1500"),
            ]
        )
        #expect(rows[2].cells == [.text("<b> & ")])
    }

    @Test func `prefixed names, comments and processing instructions are understood`() throws {
        let xml = """
            <?xml version="1.0"?><!-- <x:row> --><x:worksheet xmlns:x="m"><x:sheetData><x:row
            r='1'><x:c r='A1' t="inlineStr"><x:is><x:t>값 "></x:t></x:is></x:c></x:row>
            </x:sheetData></x:worksheet>
            """
        #expect(try rows(workbook(sheet: xml))[0].cells == [.text("값 \">")])
    }

    @Test func `merged cells give their value to the whole range when asked`() throws {
        var options = TabularOptions()
        options.fillsMergedCells = true
        let rows = try rows(PeerFixtures.plan, options: options)
        #expect(rows[0].cells.map(\.text) == Array(repeating: "2023년 정보화사업 발주계획", count: 7))
        #expect(
            rows[2].cells.map(\.text) == [
                "사업명", "발주\n부서", "사업비", "사업비", "사업비", "발주 예정일", "계속사업",
            ]
        )
        #expect(
            rows[3].cells.map(\.text) == [
                "사업명", "발주\n부서", "시비", "구비", "합 계", "발주 예정일", "계속사업",
            ]
        )
    }
}

@Suite struct `Finding headers` {
    static let names = [
        "title": ["사업명", "과업명"], "department": ["발주부서"], "city": ["시비"],
        "total": ["합계", "총사업비"], "date": ["발주예정일"], "continued": ["계속사업"],
    ]

    @Test(arguments: [true, false])
    func `a header of two rows below titles is found, with its unit`(_ fills: Bool) throws {
        var options = TabularOptions()
        options.fillsMergedCells = fills
        let rows = try rows(PeerFixtures.plan, options: options)
        let header = try #require(HeaderFinder(`Finding headers`.names).find(in: rows))
        #expect(
            header.columns == [
                "title": 0, "department": 1, "city": 2, "total": 4, "date": 5, "continued": 6,
            ]
        )
        #expect(header.rowsBeforeData == 4)
        #expect(header.rowNumbers.upperBound == 4)
        #expect(header.unit(ofColumn: 2) == .millionWon)
    }

    @Test func `a header in the first row is found without its neighbours`() throws {
        let file = Array("사 업 명,발주부서(과),총사업비(천원)\n챗봇,과,1\n".utf8)
        var table = try TabularReader.open(file, fileName: "계획.csv")
        let header = try #require(
            HeaderFinder(`Finding headers`.names).find(in: try table.rows(upTo: 10))
        )
        #expect(header.columns == ["title": 0, "department": 1, "total": 2])
        #expect(header.rowNumbers == 1...1)
        #expect(header.unit(ofColumn: 2) == .thousandWon)
        #expect(header.unit(ofColumn: 0) == nil)
    }

    @Test func `a title row is not taken for the upper half of the header`() throws {
        let file = Array("2023년 계획,,\n사업명,발주부서,시비\n챗봇,과,1\n".utf8)
        var table = try TabularReader.open(file, fileName: "계획.csv")
        let header = try #require(
            HeaderFinder(`Finding headers`.names).find(in: try table.rows(upTo: 10))
        )
        #expect(header.rowNumbers == 2...2)
        #expect(header.preamble == ["2023년 계획"])
    }

    @Test func `rows without known names have no header`() throws {
        let rows = [TabularRow(number: 1, cells: [.text("사업명"), .text("x")])]
        #expect(HeaderFinder(`Finding headers`.names).find(in: rows) == nil)
    }
}
