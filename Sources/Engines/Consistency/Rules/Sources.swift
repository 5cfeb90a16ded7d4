internal import Basics

extension ConsistencyRule {
    /// Two sources, two numbers.
    public static let conflictingSources = ConsistencyRule(
        id: .conflictingSources,
        title: Bilingual("출처끼리 다른 수치", "Sources that disagree"),
        explanation: Bilingual(
            "같은 수치를 두 출처가 다르게 전하면, 각각을 넣었을 때 그 구분의 합이 총계와 닫히는지를 봅니다. 10·100·1,000배 차이는 단위 착오로 봅니다.",
            "Where two sources give one figure differently, each is put into its breakdown to see which one closes. A factor of 10, 100 or 1,000 is taken for a unit slip."
        ),
        evaluate: { publication in
            var findings: [Finding] = []
            var first: [FigureReference: PublishedFigure] = [:]
            for figure in publication.figures {
                var alternatives = figure.alternatives
                let known = first[figure.reference]
                if let known {
                    for measure in Measure.allCases {
                        guard let value = figure.value(measure), let other = known.value(measure),
                            value != other
                        else { continue }
                        alternatives.append(
                            .init(source: figure.source, measure: measure, value: value)
                        )
                    }
                } else {
                    first[figure.reference] = figure
                }
                findings += alternatives.compactMap {
                    conflict(publication, known ?? figure, $0)
                }
            }
            return findings
        }
    )

    private static func conflict(
        _ publication: Publication,
        _ figure: PublishedFigure,
        _ other: PublishedFigure.Alternative
    ) -> Finding? {
        let measure = other.measure
        guard let value = figure.value(measure), value != other.value else { return nil }
        let reference = figure.reference
        let ours = measure.text(value)
        let theirs = measure.text(other.value)
        var statement = Bilingual(
            "\(reference.text.korean): \(figure.source) \(ours.korean), \(other.source) \(theirs.korean).",
            "\(reference.text.english): \(figure.source) says \(ours.english), \(other.source) \(theirs.english)."
        )
        let ratio = Double(max(value, other.value)) / Double(max(1, min(value, other.value)))
        if let factor = [10.0, 100, 1000].first(where: { abs(ratio / $0 - 1) < 0.01 }) {
            statement.korean += " \(factor.decimals(0))배 차이로, 단위 착오로 보입니다."
            statement.english += " They differ by a factor of \(factor.decimals(0)): a unit slip."
        }
        let parts = publication.parts(reference.year, reference.dimension)
        let replaced = parts.map { part in
            part.reference == reference ? part.replacing(measure, with: other.value) : part
        }
        let total = publication.total(reference.year)
        var evidence = [reference]
        if reference.dimension.isSummable, let mine = Closure(parts, total, measure),
            let theirsClosed = Closure(replaced, total, measure)
        {
            evidence += [mine.total.reference]
            let verdict = verdict(mine, theirsClosed, ours, theirs)
            statement.korean += " \(verdict.korean)"
            statement.english += " \(verdict.english)"
        }
        return Finding(
            rule: .conflictingSources,
            severity: .contradiction,
            year: reference.year,
            statement: statement,
            evidence: evidence
        )
    }

    private static func verdict(
        _ mine: Closure,
        _ other: Closure,
        _ ours: Bilingual,
        _ theirs: Bilingual
    ) -> Bilingual {
        let total = mine.measure.text(mine.expected)
        let mySum = mine.measure.text(mine.sum)
        let otherSum = mine.measure.text(other.sum)
        let sums = Bilingual(
            "\(ours.korean)이면 합 \(mySum.korean), \(theirs.korean)이면 합 \(otherSum.korean), 총계 \(total.korean)",
            "with \(ours.english) the sum is \(mySum.english), with \(theirs.english) \(otherSum.english), the total is \(total.english)"
        )
        switch (mine.closes, other.closes) {
        case (true, false):
            return Bilingual(
                "\(sums.korean): \(ours.korean)만 닫힙니다.",
                "\(sums.english): only \(ours.english) closes."
            )
        case (false, true):
            return Bilingual(
                "\(sums.korean): \(theirs.korean)만 닫힙니다.",
                "\(sums.english): only \(theirs.english) closes."
            )
        case (true, true):
            return Bilingual(
                "\(sums.korean): 둘 다 닫혀 가릴 수 없습니다.",
                "\(sums.english): both close, so this does not decide."
            )
        case (false, false):
            return Bilingual("\(sums.korean): 어느 쪽도 닫히지 않습니다.", "\(sums.english): neither closes.")
        }
    }

    /// The same figure twice.
    public static let duplicate = ConsistencyRule(
        id: .duplicate,
        title: Bilingual("중복된 수치", "The same figure twice"),
        explanation: Bilingual(
            "같은 연도·구분·항목이 두 번 나오면 합에 한 번만 넣습니다.",
            "A year, breakdown and category that occurs twice is counted once."
        ),
        evaluate: { publication in
            var seen: Set<FigureReference> = []
            return publication.figures.compactMap { figure in
                guard !seen.insert(figure.reference).inserted else { return nil }
                let text = figure.reference.text
                return Finding(
                    rule: .duplicate,
                    severity: .ambiguity,
                    year: figure.reference.year,
                    statement: Bilingual(
                        "\(text.korean) 수치가 두 번 나옵니다. 처음 것만 셉니다.",
                        "\(text.english) occurs twice; only the first one is counted."
                    ),
                    evidence: [figure.reference]
                )
            }
        }
    )
}
