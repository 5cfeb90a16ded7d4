import Basics
import Foundation
import SharedDataTesting
import Testing

@testable import Consistency

@Suite(.enabled(if: SharedData.isPresent, "no shared data"))
struct `The published series of Seoul` {
    let publication: Publication
    let findings: [Finding]

    init() throws {
        let file = SharedData.procurement.appendingPathComponent("seoul_plan_series.csv")
        // The file has no quoted cell; a reader of CSV is another engine's business.
        let rows = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        publication = Publication(
            figures: try FigureTable.figures(rows: rows),
            claims: PublishedClaims.seoul2013to2023
        )
        findings = ConsistencyAudit().findings(in: publication)
    }

    static let expected: [(ConsistencyRule.ID, Finding.Severity, Int, [String])] = [
        (.share, .ambiguity, 2023, ["34.3%", "19.1%", "예산의 비율"]),
        (.dimensionSum, .gap, 2023, ["1,059건", "2,077억원", "74% / 56%"]),
        (.jobs, .contradiction, 2023, ["청년", "전 연령", "전산업"]),
        (.jobs, .confirmed, 2023, ["10.1 × 370.3 = 3,740.03"]),
        (.jobs, .confirmed, 2021, ["10.1 × 321.3 = 3,245.13"]),
        (.jobs, .note, 2023, ["2021년과 2023년", "10.1"]),
        (.conflictingSources, .contradiction, 2021, ["29건이면 합 1,045건", "28건이면 합 1,044건", "29건만"]),
        (
            .conflictingSources, .contradiction, 2013,
            ["643억원이면 합 1,545억원", "677억원이면 합 1,579억원", "643억원만"]
        ),
        (.dimensionSum, .note, 2013, ["1,545억원", "1,544억원", "3억 5,000만원"]),
        (.dimensionSum, .confirmed, 2013, ["577건"]),
        (.growth, .ambiguity, 2015, ["1,243억원", "1,544억원", "−2.0%"]),
        (.growth, .confirmed, 2023, ["3,459억원", "7.05%"]),
        (.split, .confirmed, 2023, ["45+11+3+41 = 100%"]),
        (.quarterBuckets, .note, 2023, ["589건(41.2%)", "842+589 = 1,431"]),
        (.quarterBuckets, .note, 2021, ["432건"]),
        (.typeDrift, .ambiguity, 2015, ["기타(ISP·교육)"]),
        (.typeDrift, .ambiguity, 2021, ["‘유지보수’ → ‘운영·유지관리’", "새로 나온 ‘컨설팅’"]),
        (.typeDrift, .ambiguity, 2023, ["‘전산장비·솔루션 도입’ → ‘HW 및 SW 도입’"]),
        (.headlineMask, .note, 2023, ["투자·출연기관", "−41.4%", "+15.3%"]),
        (.missingYears, .note, 2013, ["2014, 2016, 2017, 2018, 2019, 2020"]),
        (.missingYears, .note, 2022, ["총계만"]),
        (.dimensionSum, .confirmed, 2023, ["422+857+152 = 1,431건"]),
        (.dimensionSum, .confirmed, 2023, ["2,151+1,113+439 = 3,703억원"]),
    ]

    @Test(arguments: expected)
    func `a known fault or confirmation is reported`(
        rule: ConsistencyRule.ID,
        severity: Finding.Severity,
        year: Int,
        words: [String]
    ) {
        let matching = findings.filter { finding in
            finding.rule == rule && finding.severity == severity && finding.year == year
                && words.allSatisfy(finding.statement.korean.contains)
        }
        #expect(matching.count == 1)
        #expect(matching.allSatisfy { !$0.statement.english.isEmpty && !$0.evidence.isEmpty })
    }

    @Test func `nothing else is called wrong`() {
        let contradictions = findings.filter { $0.severity == .contradiction }
        #expect(contradictions.map(\.rule) == [.conflictingSources, .conflictingSources, .jobs])
        #expect(findings.filter { $0.severity == .gap }.count == 1)
        #expect(findings.filter { $0.severity == .ambiguity }.count == 5)
    }

    @Test func `all rows are read, and quotes become alternatives`() {
        #expect(publication.figures.count == 48)
        let alternatives = publication.figures.flatMap(\.alternatives)
        #expect(
            alternatives == [
                .init(source: "ddaily 2013-01-18", measure: .amount, value: 67_700_000_000),
                .init(source: "newsnjob", measure: .projects, value: 28),
            ]
        )
    }

    @Test func `findings are JSON with stable keys and order`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = try encoder.encode(findings)
        #expect(try JSONDecoder().decode([Finding].self, from: json) == findings)
        #expect(ConsistencyAudit().findings(in: publication) == findings)
        #expect(findings.map(\.year) == findings.map(\.year).sorted())
        let text = String(decoding: json.prefix(2000), as: UTF8.self)
        #expect(text.contains(#""rule":"conflictingSources""#))
    }
}
