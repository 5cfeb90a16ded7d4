import Basics
import Testing

@testable import Consistency

@Suite struct `Reading a table of figures` {
    static let header = [
        "year", "scope", "dimension", "category", "projects", "amount_eok", "source",
    ]

    @Test(arguments: [
        (["2023", "total", "", "", "1,431", "3703", "x"], Int?(1431), Won.eok(3703), Won.eok(1)),
        (["2023", "total", "", "", "", "12.5", "x"], nil, Won(1_250_000_000), Won(10_000_000)),
        (["2023", "org", "org", "시", "-3", "-1", "x"], -3, Won.eok(-1), Won.eok(1)),
    ])
    func `numbers keep their unit of rounding`(
        row: [String],
        projects: Int?,
        amount: Won,
        unit: Won
    ) throws {
        let figure = try #require(try FigureTable.figures(rows: [Self.header, row]).first)
        #expect(figure.projects == projects)
        #expect(figure.amount == amount)
        #expect(figure.roundingUnit == unit)
    }

    @Test(arguments: [
        ([[String]](), ConsistencyError.Code.empty, ""),
        ([["year"]], .missingColumn, "dimension"),
        ([header, ["이천", "total", "", "", "1", "1", ""]], .badCell, "row 2 column year"),
        ([header, ["2023", "total", "", "", "많음", "1", ""]], .badCell, "row 2 column projects"),
        ([header, ["2023", "total", "", "", "1", "1.2.3", ""]], .badCell, "column amount_eok"),
        (
            [header, ["2023", "total", "", "", "1", "99999999999", ""]], .badCell,
            "column amount_eok"
        ),
        ([header, ["2023", "", "", "", "1", "1", ""]], .badCell, "column dimension"),
    ])
    func `a bad table is refused with its row and column`(
        rows: [[String]],
        code: ConsistencyError.Code,
        context: String
    ) throws {
        let error = try #require(throws: ConsistencyError.self) {
            try FigureTable.figures(rows: rows)
        }
        #expect(error.code == code)
        #expect(error.context.contains(context))
    }

    @Test(arguments: [
        ("mbn (newsnjob says 28)", "mbn", ["newsnjob|28"]),
        ("same (a says 1; b says 2,000)", "same", ["a|1", "b|2,000"]),
        ("a (corrected) (b says 3)", "a (corrected)", ["b|3"]),
        ("a (b says nothing)", "a (b says nothing)", []),
        ("a (says 3)", "a (says 3)", []),
        ("a (unclosed says 3", "a (unclosed says 3", []),
    ])
    func `quotes of other sources are taken out of the source`(
        cell: String,
        own: String,
        quotes: [String]
    ) {
        let (source, found) = QuotedSource.split(cell)
        #expect(source == own)
        #expect(found.map { "\($0.source)|\($0.number)" } == quotes)
    }

    @Test(arguments: [("S/W개발", "SW 개발"), ("정보통신·보안", "정보통신 보안")])
    func `spelling is not a name`(one: String, other: String) {
        #expect(TypeCrosswalk.spelling(one) == TypeCrosswalk.spelling(other))
    }

    @Test func `the largest numbers a table may hold stop nothing`() throws {
        let parts = (0..<200).map { index in
            ["2023", "type", "type", "t\(index)", "999999999", "999999999.99999999", "x"]
        }
        let rows =
            [Self.header, ["2023", "total", "", "", "-999999999", "-999999999", "x"]] + parts
        let findings = ConsistencyAudit().findings(
            in: Publication(figures: try FigureTable.figures(rows: rows))
        )
        #expect(findings.filter { $0.rule == .plausibility }.count == 201)
    }
}
