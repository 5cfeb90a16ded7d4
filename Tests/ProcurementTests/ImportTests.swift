import Basics
import Foundation
import Testing

@testable import Procurement

/// Real data beside the repository; absent on most machines.
enum SharedData {
    static func text(_ path: String) -> String? {
        let named = ProcessInfo.processInfo.environment["HAECHI_SHARED_DATA"]
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folders = [named, "../shared/data", root.path + "/../shared/data"].compactMap { $0 }
        for folder in folders {
            if let text = try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8) {
                return text
            }
        }
        return nil
    }
}

/// The smallest reader of quoted CSV that these tests need; the product reads with Tabular.
enum TestCSV {
    static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var isQuoted = false
        var characters = text.unicodeScalars.drop { $0 == "\u{FEFF}" }
        while let scalar = characters.popFirst() {
            switch scalar {
            case "\"" where isQuoted && characters.first == "\"":
                cell.unicodeScalars.append(scalar)
                characters.removeFirst()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                row.append(cell)
                cell = ""
            case "\r" where !isQuoted: continue
            case "\n" where !isQuoted:
                rows.append(row + [cell])
                (row, cell) = ([], "")
            default: cell.unicodeScalars.append(scalar)
            }
        }
        if !row.isEmpty || !cell.isEmpty { rows.append(row + [cell]) }
        return rows
    }
}

private func importing(
    _ lines: [[String]],
    _ change: (inout PlanImportOptions) -> Void = { _ in }
) -> PlanImport {
    var options = PlanImportOptions()
    options.planYear = 2023
    options.agency = SeoulAgencies.districts[10]
    options.directory = SeoulAgencies.directory
    change(&options)
    return PlanImporter.importing(
        header: lines[0],
        rows: lines.dropFirst().enumerated().map { ImportRow(number: $0 + 2, cells: $1) },
        options: options
    )
}

@Suite struct `Importing real notices` {
    static let isPresent = SharedData.text("procurement/kr_rfp_meta.csv") != nil
    private static let absence: Comment = "HAECHI_SHARED_DATA has no kr_rfp_meta.csv"

    private func notices() throws -> PlanImport {
        let text = try #require(SharedData.text("procurement/kr_rfp_meta.csv"))
        return importing(TestCSV.rows(text)) { options in
            options.planYear = nil
            options.agency = nil
            options.directory = AgencyDirectory([])
        }
    }

    @Test(.enabled(if: isPresent, absence))
    func `every defect is named and counted`() throws {
        let result = try notices()
        #expect(result.rows.count == 60)
        let counts = result.issueCounts
        #expect(counts["missingAmount"] == 1)
        #expect(counts["zeroAmount"] == 4)
        // Four amounts lie below one million won: the four zeros, each reported once.
        #expect(counts["smallAmount"] == nil)
        #expect(counts["missingNoticeNumber"] == 11)
        #expect(counts["missingBidOpening"] == 19)
        #expect(counts["missingBidClosing"] == 5)
        // 59 amounts and 49 ordinals are written as floats.
        #expect(counts["wholeWithDecimals"] == 59 + 49)
        #expect(counts["unknownColumn"] == 2)
        #expect(result.issueCount(.error) == 5)
        #expect(result.issues.filter { $0.kind == .missingAmount }.map(\.row) == [35])
        #expect(result.issues.filter { $0.kind == .zeroAmount }.map(\.row) == [30, 44, 47, 60])
        #expect(result.issues.first { $0.kind == .zeroAmount }?.columnName == "사업 금액")
    }

    @Test(.enabled(if: isPresent, absence))
    func `the other rows import as announced projects of their publication's year`() throws {
        let result = try notices()
        #expect(result.projects.count == 55)
        #expect(result.refusedRowCount == 5)
        #expect((result.totals.budget.inEok).decimals(1) == "424.7")
        #expect(result.projects.allSatisfy { $0.status == .announced })
        let years = Dictionary(grouping: result.projects, by: \.planYear).mapValues(\.count)
        #expect(years[2021] == 1)
        #expect(years.values.reduce(0, +) == 55)
        let first = try #require(result.projects.first)
        #expect(first.key == "20240524568")
        #expect(first.notice?.ordinal == 0)
        #expect(first.budget == Won(986_945_000))
        #expect(first.notice?.bidClosesAt?.minuteText == "2024-06-04 17:00")
        #expect(first.order.month == 5 && first.order.timing == .secondQuarter)
        #expect(first.description.contains("\n"))
    }

    @Test(.enabled(if: isPresent, absence))
    func `brackets become flags while titles stay`() throws {
        let result = try notices()
        func flags(_ row: Int) -> Set<NoticeFlag>? {
            result.rows.first { $0.number == row }?.project?.notice?.flags
        }
        #expect(flags(18) == [.urgent, .international])
        #expect(flags(21) == [.repeated])
        #expect(flags(22) == [.repeated])
        #expect(flags(33) == [.urgent])
        #expect(flags(36) == [.urgent])
        #expect(flags(46) == [.negotiated])
        let negotiated = result.rows.first { $0.number == 46 }?.project
        #expect(negotiated?.contractMethod == .negotiated)
        #expect(negotiated?.title.hasSuffix("(협상에 의한 계약)") == true)
    }

    @Test(.enabled(if: isPresent, absence))
    func `a corrected cell makes its row importable`() throws {
        var result = try notices()
        let column = try #require(result.mapping.columns[.amount])
        let left = try result.correct(row: 35, column: column, value: "1억 2,000만원")
        #expect(!left.contains { $0.severity == .error })
        #expect(result.issueCounts["missingAmount"] == nil)
        #expect(result.projects.count == 56)
        #expect(result.rows[33].project?.budget == Won(120_000_000))
    }
}

@Suite struct `Importing plans` {
    private let header = [
        "연번", "사업명", "발주부서", "담당자", "사업유형", "예산액(천원)", "발주시기", "계약방법", "신기술", "비고",
    ]

    private func row(
        _ title: String,
        _ amount: String = "50,000",
        _ timing: String = "1분기",
        type: String = "시스템구축",
        department: String = "스마트도시과"
    ) -> [String] {
        ["1", title, department, "표본 담당자", type, amount, timing, "협상에 의한 계약", "AI", ""]
    }

    @Test func `a plan in thousand won becomes projects in won`() throws {
        let result = importing([
            header, row("민원 챗봇 구축"), row("홈페이지 유지관리", "120,000", "기발주", type: "유지보수"),
            row("CCTV 교체", "350,500", "2023.5월", type: "전산장비·솔루션 도입"), ["", "", ""],
            ["합계", "", "", "", "", "520,500", "", "", "", ""],
        ])
        #expect(result.issueCount(.error) == 0)
        #expect(result.projects.map(\.budget.amount) == [50_000_000, 120_000_000, 350_500_000])
        #expect(
            result.projects.map(\.order.timing) == [
                .firstQuarter, .orderedInPreviousYear, .secondQuarter,
            ]
        )
        #expect(result.projects[1].order.year == 2022 && result.projects[2].order.month == 5)
        #expect(
            result.projects.map(\.type) == [
                .systemBuilding, .operationAndMaintenance, .hardwareAndSoftware,
            ]
        )
        #expect(result.projects[0].agencyName == "노원구")
        #expect(result.projects[0].technologies == [.artificialIntelligence])
        #expect(result.issueCounts == ["unknownColumn": 1, "totalRow": 1])
        #expect(result.rows[0].cells[0] == "1", "cells of unknown columns are kept")
    }

    @Test(arguments: [
        ("", "1분기", "missingAmount"), ("미정", "1분기", "undecidedAmount"),
        ("많음", "1분기", "unreadableAmount"), ("-500", "1분기", "negativeAmount"),
        ("0", "1분기", "zeroAmount"), ("500", "1분기", "smallAmount"),
        ("9,999,999,999", "1분기", "tooLargeAmount"), ("5,0000", "1분기", "oddGrouping"),
        ("50,000", "", "missingTiming"), ("50,000", "수시", "unreadableTiming"),
        ("50,000", "상반기", "coarseTiming"), ("50,000", "2024년 2월", "laterOrderYear"),
    ])
    func `each bad cell is named by its code`(amount: String, timing: String, code: String) throws {
        let result = importing([header, row("가 사업 구축", amount, timing)])
        let issue = try #require(result.issues.first { $0.code == code })
        #expect(issue.row == 2)
        #expect(issue.column == (timing == "1분기" ? 6 : 7))
        #expect(result.projects.isEmpty == (issue.severity == .error))
        #expect(result.issueCount(.error) + result.issueCount(.warning) == 1)
    }

    @Test func `one bad row does not keep the others out`() {
        let result = importing([header, row(""), row("나 사업 구축"), row("다 사업", type: "요리")])
        #expect(result.projects.map(\.title) == ["나 사업 구축"])
        #expect(result.issueCounts["missingTitle"] == 1 && result.issueCounts["unknownType"] == 1)
    }

    @Test func `repeated projects are refused, or told apart where only the title repeats`() throws
    {
        var result = importing([header, row("가 구축"), row("가 구축"), row("가 구축", "70,000")])
        #expect(result.projects.count == 2)
        #expect(Set(result.projects.map(\.reference)).count == 2)
        #expect(result.issueCounts["repeatedProject"] == 1)
        #expect(result.issueCounts["repeatedTitle"] == 1)
        try result.correct(row: 3, column: 2, value: "나 구축")
        #expect(result.projects.count == 3)
        #expect(result.issueCounts["repeatedProject"] == nil)
    }

    @Test func `a written number that repeats is refused`() {
        let result = importing([
            ["사업번호", "사업명", "사업비", "발주시기"], ["A1", "가 구축", "50000000", "3월"],
            ["A1", "나 구축", "60000000", "4월"],
        ])
        #expect(result.projects.map(\.key) == ["A1"])
        #expect(result.issues.first { $0.kind == .duplicateKey }?.row == 3)
    }

    @Test func `a header that says thousand over values in won is questioned and can be overruled`()
    {
        let rows = (1...5).map { row("사업 \($0) 구축", "\($0)20,000,000") }
        var result = importing([header] + rows)
        #expect(result.suggestedUnit == .won)
        #expect(result.issueCounts["ambiguousUnit"] == 1)
        #expect(result.issues.first { $0.kind == .ambiguousUnit }?.suggestion == "원")
        result.reinterpret(moneyUnit: .won)
        #expect(result.suggestedUnit == nil)
        #expect(result.projects.map(\.budget.amount).max() == 520_000_000)
    }

    @Test func `amounts without a unit that look like thousands are questioned`() {
        let rows = (1...4).map { ["사업 \($0) 구축", "\($0)20,000", "3월"] }
        let result = importing([["사업명", "사업비", "발주시기"]] + rows)
        #expect(result.suggestedUnit == .thousandWon)
    }

    @Test func `a total that does not close is told with the sum`() {
        let result = importing([
            ["사업명", "사업비(원)", "발주시기"], ["가 구축", "50000000", "3월"], ["합 계", "60000000", ""],
        ])
        #expect(result.issues.first { $0.kind == .totalMismatch }?.suggestion == "50,000,000")
    }

    @Test func `issues of a kind are kept up to the limit and all are counted`() {
        let rows = (1...50).map { row("사업 \($0) 구축", "") }
        let result = importing([header] + rows) { $0.maximumIssueCountPerKind = 7 }
        #expect(result.issues.count { $0.kind == .missingAmount } == 7)
        #expect(result.issueCounts["missingAmount"] == 50)
    }

    @Test func `rows past the limit are not read and that is said`() {
        let rows = (1...10).map { row("사업 \($0) 구축") }
        let result = importing([header] + rows) { $0.maximumRowCount = 4 }
        #expect(result.rows.count == 4 && result.unreadRowCount == 6)
        #expect(result.issueCounts["tooManyRows"] == 1)
    }

    @Test func `missing columns are told once for the file`() {
        let result = importing([["이름", "값"], ["가", "1"], ["나", "2"]])
        #expect(result.projects.isEmpty)
        #expect(result.issueCounts["missingTitleColumn"] == 1)
        #expect(result.issueCounts["missingAmountColumn"] == 1)
        #expect(result.issueCounts["missingTimingColumn"] == 1)
    }

    @Test func `a correction outside the file is refused in words`() {
        var result = importing([header, row("가 구축")])
        #expect(throws: ImportError.self) { try result.correct(row: 99, column: 1, value: "") }
        #expect(throws: ImportError.self) { try result.correct(row: 2, column: 0, value: "") }
    }

    @Test func `after any corrections the import is what a fresh one would be`() throws {
        var random = SeededRandom(seed: 29)
        let values = ["", "0", "50,000", "1억원", "미정", "가 구축", "3월", "상반기", "유지보수", "AI"]
        var lines = [header] + (0..<12).map { row("사업 \($0 % 5) 구축") }
        var result = importing(lines)
        for _ in 0..<200 {
            let line = Int.random(in: 1...12, using: &random)
            let column = Int.random(in: 1...10, using: &random)
            let value = values[Int.random(in: values.indices, using: &random)]
            lines[line][column - 1] = value
            try result.correct(row: line + 1, column: column, value: value)
            let fresh = importing(lines)
            #expect(result.rows == fresh.rows)
            #expect(result.issueCounts == fresh.issueCounts)
            #expect(result.issues == fresh.issues)
        }
    }

    @Test func `an exported sample comes back as the same figures`() {
        let projects = SampleCity.projects()
        let lines = projects.map { project in
            [
                project.key, project.title, project.agencyName, project.department,
                project.type.label.korean, String(project.budget.amount / 1000),
                project.order.month.map { "\(project.order.year).\($0)" }
                    ?? project.order.timing.label.korean,
                project.sortedTechnologies.map(\.label.korean).joined(separator: ", "),
                project.titleEnglish ?? "",
            ]
        }
        let names = ["관리번호", "사업명", "기관명", "부서", "유형", "소요예산(단위: 천원)", "발주월", "적용 신기술", "영문사업명"]
        let result = importing([names] + lines) { $0.agency = nil }
        #expect(result.issueCount(.error) == 0)
        let (before, after) = (
            PlanReport(year: 2023, projects: projects),
            PlanReport(year: 2023, projects: result.projects)
        )
        #expect((after == before) == true, "a report is too long to print")
    }
}

@Suite struct `Reading cells` {
    @Test(arguments: [
        ("1,234", MoneyUnit.thousandWon, 1_234_000), ("130000000.0", .won, 130_000_000),
        ("12억 3,000만원", .won, 1_230_000_000), ("1.5억", .thousandWon, 150_000_000),
        ("₩ 5,000,000", .won, 5_000_000), ("금 5,000,000원정", .won, 5_000_000),
        ("350백만원", .won, 350_000_000), ("4,500천원", .won, 4_500_000),
        ("３５０", .millionWon, 350_000_000),
        ("2.8", .eok, 280_000_000), ("1.3E8", .won, 130_000_000), ("9.86945e+8", .won, 986_945_000),
        ("5천만원", .won, 50_000_000), ("1억2천만", .won, 120_000_000), ("△500", .won, -500),
        ("120,000,000 (VAT 포함)", .won, 120_000_000), ("3조", .won, 3_000_000_000_000),
    ])
    func `amounts read as people write them`(text: String, unit: MoneyUnit, won: Int) throws {
        #expect(try MoneyText.read(text, unit: unit).amount == Won(Int64(won)))
    }

    @Test(arguments: ["1억~2억", "12a", "1..2", "억", "3만 2억", "1 2억 억", "e5", "99999999999999999999"])
    func `what is no amount is refused`(text: String) {
        #expect(throws: MoneyText.Refusal.self) { try MoneyText.read(text, unit: .won) }
    }

    @Test func `obvious slips come with a suggestion`() {
        #expect(throws: MoneyText.Refusal.unreadable(suggestion: "100,000")) {
            try MoneyText.read("1OO,OOO", unit: .won)
        }
        #expect(throws: MoneyText.Refusal.unreadable(suggestion: "1,234,567")) {
            try MoneyText.read("1.234.567", unit: .won)
        }
    }

    @Test(
        arguments: [
            ("1분기", OrderTiming.firstQuarter, 2023, nil), ("2/4", .secondQuarter, 2023, nil),
            ("1/4분기", .firstQuarter, 2023, nil), ("Ⅲ분기", .thirdQuarterOrLater, 2023, nil),
            ("Q2", .secondQuarter, 2023, nil), ("4Q", .thirdQuarterOrLater, 2023, nil),
            ("3월", .firstQuarter, 2023, 3), ("03", .firstQuarter, 2023, 3),
            ("2023.3", .firstQuarter, 2023, 3), ("2023-04-15", .secondQuarter, 2023, 4),
            ("'23.3월", .firstQuarter, 2023, 3), ("‘23. 3월", .firstQuarter, 2023, 3),
            ("23.10", .thirdQuarterOrLater, 2023, 10),
            ("2023년 12월", .thirdQuarterOrLater, 2023, 12),
            ("3~4월", .firstQuarter, 2023, 3), ("202305", .secondQuarter, 2023, 5),
            ("44986", .firstQuarter, 2023, 3), ("하반기", .thirdQuarterOrLater, 2023, nil),
            ("상반기", .secondQuarter, 2023, nil), ("전년도 발주완료", .orderedInPreviousYear, 2022, nil),
            ("기발주", .orderedInPreviousYear, 2022, nil),
            ("'22.12월", .orderedInPreviousYear, 2022, 12),
            ("2022년 11월 기발주", .orderedInPreviousYear, 2022, 11),
            ("2024.1", .firstQuarter, 2024, 1), ("2023년 2분기", .secondQuarter, 2023, nil),
        ] as [(String, OrderTiming, Int, Int?)]
    )
    func `order times read as officers write them`(
        text: String,
        timing: OrderTiming,
        year: Int,
        month: Int?
    ) throws {
        let reading = try #require(OrderTimeText.read(text, planYear: 2023))
        #expect(reading.time == OrderTime(timing: timing, year: year, month: month))
        #expect(reading.isCoarse == (text == "상반기"))
    }

    @Test(arguments: ["수시", "", "13월", "0월", "연중", "2023", "5/4분기"])
    func `what tells no order time is refused`(text: String) {
        #expect(OrderTimeText.read(text, planYear: 2023) == nil)
    }

    @Test func `a bare number is a quarter under a header that says so`() {
        let quarter = OrderTimeText.read("3", planYear: 2023, bareNumberIsQuarter: true)
        #expect(quarter?.time.timing == .thirdQuarterOrLater)
        #expect(OrderTimeText.read("3", planYear: 2023)?.time.month == 3)
    }

    @Test(arguments: [
        ("2024-05-20 17:23:27", "2024-05-20 17:23"), ("2024.5.20.", "2024-05-20 00:00"),
        ("20240520", "2024-05-20 00:00"), ("202405201723", "2024-05-20 17:23"),
        ("'24.5.20", "2024-05-20 00:00"), ("2024년 5월 20일 오후 3:05", "2024-05-20 15:05"),
        ("45432", "2024-05-20 00:00"), ("45432.0", "2024-05-20 00:00"),
        ("2024-05-20T09:00", "2024-05-20 09:00"), ("2024/05/20 24:00", "2024-05-21 00:00"),
    ])
    func `dates read in the forms of notices`(text: String, minute: String) {
        #expect(DateText.read(text)?.minuteText == minute)
    }

    @Test(arguments: ["2024-02-30", "5월 20일", "미정", "", "2024-05", "123", "2024-05-20 25:00"])
    func `what is no date is refused`(text: String) {
        #expect(DateText.read(text) == nil)
    }

    @Test func `periods read with the year once or twice`() {
        let period = PeriodText.read("2023.3.1 ~ 12.31")
        #expect(period?.start.iso == "2023-03-01" && period?.end.iso == "2023-12-31")
        #expect(PeriodText.read("착수일로부터 10개월") == nil)
    }

    @Test(
        arguments: [
            ("예산액(천원)", PlanColumn.amount, MoneyUnit.thousandWon),
            ("2023년 예산(백만원)", .amount, .millionWon),
            ("총사업비(단위:억원)", .amount, .eok), ("사업비", .amount, nil), ("과업명", .title, nil),
            ("발주 예정 시기", .timing, nil), ("담당부서", .department, nil), ("연락처", .contactPhone, nil),
            ("입찰 참여 마감일", .bidClosing, nil), ("구분", .type, nil), ("조달방식", .route, nil),
        ] as [(String, PlanColumn, MoneyUnit?)]
    )
    func `headers are understood with their units`(
        text: String,
        column: PlanColumn,
        unit: MoneyUnit?
    ) {
        let mapping = ColumnMapping(header: [text])
        #expect(mapping.columns == [column: 1])
        #expect(mapping.units[column] == unit)
    }

    @Test func `of two headers for one column the more telling one counts`() {
        let mapping = ColumnMapping(header: ["금액", "사업비", "구분", "사업유형"])
        #expect(mapping.columns[.amount] == 2 && mapping.columns[.type] == 4)
        #expect(mapping.repeatedColumns == [1, 3])
    }

    @Test func `no text whatever stops the readers`() {
        var random = SeededRandom(seed: 31)
        let pieces = Array("0123456789.,억만천원월년분기/'~-eQ() [재공고]△₩\n가")
        for _ in 0..<2000 {
            let count = Int.random(in: 0...14, using: &random)
            let text = String(
                (0..<count).map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }
            )
            _ = try? MoneyText.read(text, unit: .eok)
            _ = OrderTimeText.read(text, planYear: 2023, bareNumberIsQuarter: true)
            _ = DateText.read(text)
            _ = PeriodText.read(text)
            _ = NoticeTitle(text)
            _ = ColumnMapping(header: [text])
        }
    }
}
