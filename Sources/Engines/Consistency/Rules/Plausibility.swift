public import Basics

extension ConsistencyRule {
    /// A whole programme above this is a slip of the unit: a hundred times Seoul's of 2023.
    public static let maximumPlausibleAmount = Won.eok(370_300)
    /// Projects of a category above or below the year's mean by this factor are a slip of the unit.
    public static let maximumMeanRatio = 50.0

    /// Numbers that no programme can have.
    public static let plausibility = ConsistencyRule(
        id: .plausibility,
        title: Bilingual("있을 수 없는 수치", "Numbers that cannot be"),
        explanation: Bilingual(
            "음수, 총계보다 큰 항목, 사업 없는 금액, 그해 평균의 50배를 벗어난 사업당 금액을 찾습니다.",
            "Looks for negative numbers, categories larger than their total, money without a project, and means per project fifty times off the year's."
        ),
        evaluate: { publication in
            publication.figures.compactMap { figure in
                complaint(figure, publication.total(figure.reference.year)).map { words in
                    let text = figure.reference.text
                    return Finding(
                        rule: .plausibility,
                        severity: .contradiction,
                        year: figure.reference.year,
                        statement: Bilingual(
                            "\(text.korean): \(words.korean)",
                            "\(text.english): \(words.english)"
                        ),
                        evidence: [figure.reference]
                    )
                }
            }
        }
    )

    private static func complaint(
        _ figure: PublishedFigure,
        _ total: PublishedFigure?
    ) -> Bilingual? {
        for measure in Measure.allCases {
            guard let value = figure.value(measure) else { continue }
            let text = measure.text(value)
            if value < 0 {
                return Bilingual("음수(\(text.korean))입니다.", "\(text.english) is negative.")
            }
            if let whole = total?.value(measure), value > whole {
                let wholeText = measure.text(whole)
                return Bilingual(
                    "\(text.korean)은 총계 \(wholeText.korean)보다 큽니다.",
                    "\(text.english) is more than the total of \(wholeText.english)."
                )
            }
        }
        guard let amount = figure.amount else { return nil }
        if amount > maximumPlausibleAmount {
            return Bilingual(
                "\(amount.text(.korean))은 있을 수 없는 금액입니다. 단위를 확인해 주세요.",
                "\(amount.text(.english)) is implausible; check the unit."
            )
        }
        guard let projects = figure.projects else { return nil }
        if projects == 0, amount != .zero {
            return Bilingual("사업은 없는데 금액이 있습니다.", "There is money but no project.")
        }
        guard let total, let all = total.projects, let whole = total.amount, all > 0,
            projects > 0, whole > .zero, amount > .zero
        else { return nil }
        let ratio =
            Double(amount.amount) / Double(projects) / (Double(whole.amount) / Double(all))
        guard ratio > maximumMeanRatio || ratio < 1 / maximumMeanRatio else { return nil }
        let mean = Won(amount.amount / Int64(projects))
        return Bilingual(
            "사업당 \(mean.text(.korean))으로 그해 평균과 \(maximumMeanRatio.decimals(0))배 넘게 다릅니다. 단위를 확인해 주세요.",
            "A mean of \(mean.text(.english)) a project is more than \(maximumMeanRatio.decimals(0)) times off the year's; check the unit."
        )
    }

    /// Years between the first and the last that were not published.
    public static let missingYears = ConsistencyRule(
        id: .missingYears,
        title: Bilingual("빠진 연도", "Missing years"),
        explanation: Bilingual(
            "첫 해와 마지막 해 사이에 수치가 없는 해, 그리고 총계만 있는 해를 밝힙니다.",
            "Names the years between the first and the last without figures, and those with a total only."
        ),
        evaluate: { publication in
            guard let first = publication.years.first, let last = publication.years.last else {
                return []
            }
            let known = Set(publication.years)
            let missing = (first...last).filter { !known.contains($0) }
            var findings = publication.years.compactMap { totalOnly(publication, $0) }
            if !missing.isEmpty {
                let list = missing.map(String.init).joined(separator: ", ")
                findings.insert(
                    Finding(
                        rule: .missingYears,
                        severity: .note,
                        year: first,
                        statement: Bilingual(
                            "\(first)–\(last)년 가운데 \(list)년의 수치가 없습니다.",
                            "Of \(first)–\(last), \(list) have no figures."
                        ),
                        evidence: [.total(first), .total(last)]
                    ),
                    at: 0
                )
            }
            return findings
        }
    )

    private static func totalOnly(_ publication: Publication, _ year: Int) -> Finding? {
        guard publication.years.count > 1,
            publication.figures.allSatisfy({
                $0.reference.year != year || $0.reference.dimension == .total
            })
        else { return nil }
        return Finding(
            rule: .missingYears,
            severity: .note,
            year: year,
            statement: Bilingual(
                "\(year)년은 총계만 있고 기관별·유형별·발주시기별 수치가 없습니다.",
                "\(year) has a total only: nothing by agency, type or order time."
            ),
            evidence: [.total(year)]
        )
    }
}
