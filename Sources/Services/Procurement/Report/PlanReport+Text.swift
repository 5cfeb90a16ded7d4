import Basics

extension PlanReport {
    /// The report as plain text, for a terminal or a message.
    func text(_ language: Language) -> String {
        var page = ReportText(language: language)
        page.line(
            Bilingual("\(year)년 정보화사업 발주계획", "Informatization programme \(year)")
        )
        page.line(
            Bilingual(
                "\(total.count.grouped)개 사업, \(total.budget.text(.korean))",
                "\(total.count.grouped) projects, \(total.budget.text(.english))"
            )
        )
        page.table(Bilingual("기관별", "By agency kind"), agencyKinds)
        page.table(Bilingual("유형별", "By type"), types)
        page.table(Bilingual("발주시기별", "By order time"), timings)
        page.table(
            Bilingual("신기술(중복 없이)", "New technology (each project once)"),
            [newTechnology]
        )
        page.table(
            Bilingual("기술별(여러 기술은 각각 셈)", "By technology (several count in each)"),
            technologies
        )
        page.table(Bilingual("금액대별", "By budget"), budgetBands)
        page.table(Bilingual("자치구별", "By district"), districts)
        page.rows(
            Bilingual("규모가 큰 사업", "Largest projects"),
            headers: [],
            largest.map { project in
                let title =
                    language == .english ? project.titleEnglish ?? project.title : project.title
                return [title, project.budget.text(language), project.agency[language]]
            }
        )
        page.years(years)
        page.changes(
            Bilingual("기관별 변화", "Change by agency kind"),
            agencyKindChanges
        )
        page.changes(Bilingual("유형별 변화", "Change by type"), typeChanges)
        page.blank()
        let scope = jobs.coefficient.scope
        let factor = jobs.coefficient.workersPerBillionWon.decimals(1)
        page.line(
            Bilingual(
                "취업유발 \(jobs.count.grouped)명 = 10억원당 \(factor)명 × \(jobs.budget.text(.korean))"
                    + " (\(jobs.coefficient.source.korean); \(scope.korean))",
                "Jobs \(jobs.count.grouped) = \(factor) per KRW 1bn × \(jobs.budget.text(.english))"
                    + " (\(jobs.coefficient.source.english); \(scope.english))"
            )
        )
        return page.text
    }
}

/// Lines of text with aligned columns.
private struct ReportText {
    let language: Language
    private(set) var text = ""

    init(language: Language) {
        self.language = language
    }

    mutating func line(_ line: Bilingual) { text += line[language] + "\n" }
    mutating func blank() { text += "\n" }

    mutating func table(_ title: Bilingual, _ figures: [PlanReport.Figure]) {
        let headers = [
            Bilingual("사업 수", "Projects"), Bilingual("비중", "Share"), Bilingual("사업비", "Budget"),
            Bilingual("비중", "Share"), Bilingual("평균", "Mean"),
        ]
        rows(
            title,
            headers: headers,
            figures.map { figure in
                [
                    figure.label[language], figure.count.grouped,
                    percent(figure.countShare * 100), figure.budget.text(language),
                    percent(figure.budgetShare * 100), figure.meanBudget?.text(language) ?? "–",
                ]
            }
        )
    }

    mutating func years(_ years: [PlanReport.YearRow]) {
        let headers = [
            Bilingual("사업 수", "Projects"), Bilingual("사업비", "Budget"), Bilingual("증감", "Change"),
            Bilingual("비교 연도", "Since"), Bilingual("평균", "Mean"),
        ]
        rows(
            Bilingual("연도별", "Year on year"),
            headers: headers,
            years.map { year in
                [
                    String(year.year), year.count?.grouped ?? "–", year.budget.text(language),
                    signed(year.budgetChangePercent), year.comparedWith.map { String($0) } ?? "–",
                    year.meanBudget?.text(language) ?? "–",
                ]
            }
        )
    }

    mutating func changes(_ title: Bilingual, _ changes: [PlanReport.PartChange]) {
        guard let first = changes.first else { return }
        let headers = [
            Bilingual("\(first.fromYear)년", String(first.fromYear)), Bilingual("올해", "Now"),
            Bilingual("증감", "Change"), Bilingual("비고", "Remark"),
        ]
        let opposes = Bilingual("전체와 반대", "against the total")
        let differs = Bilingual("범위가 달라 비교 불가", "not comparable")
        rows(
            title,
            headers: headers,
            changes.map { change in
                [
                    change.label[language], change.budgetBefore.text(language),
                    change.budgetAfter.text(language), signed(change.budgetChangePercent),
                    !change.isComparable
                        ? differs[language] : change.opposesTotal ? opposes[language] : "",
                ]
            }
        )
    }

    /// A table: the first column to the left, the others to the right.
    mutating func rows(_ title: Bilingual, headers: [Bilingual], _ rows: [[String]]) {
        guard !rows.isEmpty else { return }
        let head = headers.isEmpty ? [] : [[title[language]] + headers.map { $0[language] }]
        let all = head + rows
        let columnCount = all.map(\.count).max() ?? 0
        let widths = (0..<columnCount).map { column in
            all.map { $0.indices.contains(column) ? displayWidth($0[column]) : 0 }.max() ?? 0
        }
        text += "\n"
        if headers.isEmpty { text += title[language] + "\n" }
        for row in all {
            var line = ""
            for (column, cell) in row.enumerated() {
                let space = String(
                    repeating: " ",
                    count: max(0, widths[column] - displayWidth(cell))
                )
                line += column == 0 ? cell + space : "  " + space + cell
            }
            while line.last == " " { line.removeLast() }
            text += line + "\n"
        }
    }

    private func percent(_ value: Double) -> String { value.decimals(1) + "%" }

    private func signed(_ value: Double?) -> String {
        guard let value else { return "–" }
        return (value > 0 ? "+" : "") + value.decimals(1) + "%"
    }

    /// The number of terminal cells: Hangul and full-width letters take two (UAX #11).
    private func displayWidth(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
                0x4E00...0x9FFF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
                0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6:
                width + 2
            default: width + 1
            }
        }
    }
}
