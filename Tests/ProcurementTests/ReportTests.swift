import Basics
import Foundation
import Testing

@testable import Procurement

@Suite struct `Plan report` {
    private let projects = SampleCity.projects()
    private var report: PlanReport { PlanReport(year: 2023, projects: projects) }

    @Test func `the announcement's figures come out of its projects`() {
        let report = report
        #expect(report.total.count == 1431)
        #expect(report.total.budget == .eok(3703))
        #expect(report.agencyKinds.map(\.count) == [422, 857, 152])
        #expect(report.agencyKinds.map(\.budget) == [.eok(2151), .eok(1113), .eok(439)])
        #expect(report.types.prefix(3).map(\.count) == [95, 193, 84])
        #expect(report.timings.map(\.count) == [589, 637, 160, 45])
        #expect(
            report.timings.map { ($0.countShare * 100).decimals(0) } == ["41", "45", "11", "3"]
        )
        #expect(report.jobs.count == 3740)
        #expect(report.jobs.coefficient.scope.korean == "전 연령·직간접")
    }

    @Test func `new technology is a third of the budget but a fifth of the projects`() {
        let share = report.newTechnology
        #expect((share.count, share.budget.amount) == (274, Won.eok(1270).amount))
        #expect((share.budgetShare * 100).decimals(1) == "34.3")
        #expect((share.countShare * 100).decimals(1) == "19.1")
        #expect(report.technologies.reduce(0) { $0 + $1.count } > 274)
    }

    @Test func `every figure's query yields the figure`() {
        let report = report
        let parts =
            [report.total, report.newTechnology] + report.agencyKinds + report.types
            + report.timings + report.technologies + report.budgetBands + report.districts
        #expect(parts.count == 2 + 3 + 8 + 4 + 9 + 6 + 25)
        for figure in parts {
            let found = projects.filter { $0.matches(figure.query) }
            #expect(found.count == figure.count, "\(figure.name)")
            #expect(found.reduce(.zero) { $0 + $1.budget } == figure.budget, "\(figure.name)")
        }
        for project in report.largest {
            #expect(projects.filter { $0.matches(project.query) }.map(\.title) == [project.title])
        }
        for change in report.typeChanges + report.agencyKindChanges {
            let found = projects.filter { project in change.queries.contains { project.matches($0) }
            }
            #expect(found.count == change.countAfter, "\(change.historicName)")
        }
    }

    @Test func `parts of a whole add up to it`() {
        let report = report
        for parts in [report.agencyKinds, report.types, report.timings, report.budgetBands] {
            #expect(parts.reduce(0) { $0 + $1.count } == 1431)
            #expect(parts.reduce(.zero) { $0 + $1.budget } == .eok(3703))
        }
        #expect(report.districts.count == 25)
        #expect(report.districts.reduce(.zero) { $0 + $1.budget } == .eok(1113))
        let sizes = report.largest.map(\.budget)
        #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 >= $1 })
    }

    @Test func `year on year names the year it compares with`() throws {
        let rows = report.years
        #expect(rows.map(\.year) == [2013, 2015, 2021, 2022, 2023])
        let last = try #require(rows.last)
        #expect(last.comparedWith == 2022)
        #expect(last.budgetChangePercent?.decimals(2) == "7.05")
        #expect(last.countChangePercent == nil)
        #expect(rows[1].comparedWith == 2013)
        #expect(rows[3].count == nil)
    }

    @Test func `invested agencies fell while the total rose`() throws {
        let changes = report.agencyKindChanges
        #expect(changes.map(\.fromYear) == [2021, 2021, 2021])
        #expect(changes.map { $0.budgetChangePercent?.decimals(0) } == ["38", "23", "-41"])
        #expect(changes.map(\.opposesTotal) == [false, false, true])
        #expect(report.typeChanges.count == 8)
        #expect(report.typeChanges.allSatisfy { $0.isComparable })
    }

    @Test func `types that were one figure are compared as one, and narrower ones not at all`()
        throws
    {
        let old = PublishedSeries.entries.filter { $0.year <= 2015 }
        let changes = PlanReport(year: 2023, projects: projects, series: old).typeChanges
        #expect(changes.count == 7)
        let joint = try #require(changes.first { $0.historicName == "정보화계획수립·교육" })
        #expect(joint.label.korean == "컨설팅 + 교육 등 기타")
        #expect(joint.countAfter == 101 && joint.isComparable)
        let narrower = try #require(changes.first { $0.historicName == "통신망 구축" })
        #expect(!narrower.isComparable && !narrower.opposesTotal)
    }

    @Test func `the JSON form comes back`() throws {
        let data = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(PlanReport.self, from: data) == report)
        let text = try #require(String(data: data, encoding: .utf8))
        #expect(text.contains("\"agencyKinds\"") && text.contains("\"budgetShare\""))
    }

    @Test func `the text names figures, denominators and the coefficient's scope`() {
        let korean = report.text(.korean)
        #expect(korean.contains("1,431개 사업, 3,703억원"))
        #expect(korean.contains("전년도 발주완료"))
        #expect(korean.contains("전 연령·직간접"))
        let english = report.text(.english)
        #expect(english.contains("1,431 projects, KRW 370.3bn"))
        #expect(english.contains("all ages, direct and indirect"))
        #expect(!english.contains("서울시"))
    }

    @Test func `a year without projects has no division by zero`() {
        let empty = PlanReport(year: 2030, projects: projects)
        #expect(empty.total.count == 0 && empty.total.meanBudget == nil)
        #expect(empty.newTechnology.budgetShare == 0)
        #expect(empty.text(.korean).contains("0개 사업"))
    }

    @Test func `cancelled projects and other years do not count`() {
        var changed = projects
        changed[0].status = .cancelled
        changed[1].planYear = 2024
        #expect(PlanReport(year: 2023, projects: changed).total.count == 1429)
    }
}

@Suite struct `Published series` {
    @Test func `it says what the press said, file and code alike`() throws {
        guard let text = SharedData.text("procurement/seoul_plan_series.csv") else { return }
        let rows = TestCSV.rows(text).dropFirst()
        #expect(rows.count == PublishedSeries.entries.count)
        for (row, entry) in zip(rows, PublishedSeries.entries) {
            #expect(Int(row[0]) == entry.year)
            #expect(Int(row[4]) == entry.count, "\(row)")
            #expect(Int64(row[5]) == entry.eok, "\(row)")
            let names = [MatchingText.form(of: row[3]), MatchingText.form(of: entry.name)]
            #expect(names[0] == names[1], "\(row)")
        }
    }

    @Test(arguments: [
        (2015, PublishedSeries.Entry.Dimension.type, 769, 1513),
        (2015, .agencyKind, 769, 1513), (2021, .agencyKind, 1045, 3213), (2021, .type, 1045, 3213),
        (2023, .agencyKind, 1431, 3703), (2013, .type, 577, 1545),
    ])
    func `parts add up as far as they were published`(
        year: Int,
        dimension: PublishedSeries.Entry.Dimension,
        count: Int,
        eok: Int64
    ) {
        let parts = PublishedSeries.entries(year, dimension)
        #expect(parts.compactMap(\.count).reduce(0, +) == count)
        #expect(parts.compactMap(\.eok).reduce(0, +) == eok)
    }

    @Test func `every published type of a year stands in that year's crosswalk`() {
        for entry in PublishedSeries.entries where entry.dimension == .type {
            #expect(
                TypeCrosswalk.types(named: entry.name, inYear: entry.year) != nil,
                "\(entry.name)"
            )
        }
    }

    @Test func `the same coefficient gives the announced jobs of 2021 and 2023`() {
        #expect(JobsCoefficient.announced.jobs(of: .eok(3213)) == 3245)
        #expect(JobsCoefficient.announced.jobs(of: .eok(3703)) == 3740)
    }
}
