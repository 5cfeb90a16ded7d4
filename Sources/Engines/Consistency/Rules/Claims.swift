internal import Basics

extension PublishedClaim {
    func finding(
        _ rule: ConsistencyRule.ID,
        _ severity: Finding.Severity,
        _ korean: String,
        _ english: String,
        _ evidence: [FigureReference]
    ) -> Finding {
        Finding(
            rule: rule,
            severity: severity,
            year: year,
            statement: Bilingual(korean, english),
            evidence: evidence
        )
    }

    /// Says that a claim rests on a figure nobody published.
    func unverifiable(_ rule: ConsistencyRule.ID, _ references: [FigureReference]) -> Finding {
        let korean = references.map(\.text.korean).joined(separator: ", ")
        let english = references.map(\.text.english).joined(separator: ", ")
        return finding(
            rule,
            .gap,
            "\(korean) 수치가 없어 주장(\(source))을 확인할 수 없습니다.",
            "The claim (\(source)) cannot be checked: \(english) was not published.",
            references
        )
    }
}

extension ConsistencyRule {
    /// A share and its denominator.
    public static let share = ConsistencyRule(
        id: .share,
        title: Bilingual("비율과 분모", "A share and its denominator"),
        explanation: Bilingual(
            "부분 ÷ 전체를 건수와 예산 각각으로 셈해, 밝힌 비율이 어느 쪽에서 성립하는지 봅니다.",
            "Divides the part by the whole, by number and by budget, and says for which of them the published share holds."
        ),
        evaluate: { publication in
            publication.claims.compactMap { claim in
                guard case .share(let percentage, let part, let whole, let measure) = claim.kind
                else { return nil }
                return share(publication, claim, percentage, part, whole, measure)
            }
        }
    )

    private static func share(
        _ publication: Publication,
        _ claim: PublishedClaim,
        _ percentage: PrintedNumber,
        _ part: FigureReference,
        _ whole: FigureReference,
        _ stated: Measure?
    ) -> Finding {
        let measures = stated.map { [$0] } ?? Measure.allCases.reversed()
        var words: [Bilingual] = []
        var holding: [Measure] = []
        var failing: [Measure] = []
        for measure in measures {
            guard let value = publication[part]?.value(measure),
                let all = publication[whole]?.value(measure), all > 0
            else { continue }
            let exact = Double(value) / Double(all) * 100
            if percentage.matches(exact) {
                holding.append(measure)
            } else {
                failing.append(measure)
            }
            let (left, right) = (measure.text(value), measure.text(all))
            words.append(
                Bilingual(
                    "\(measure.title.korean) 기준으로 \(left.korean) ÷ \(right.korean) = \(exact.decimals(1))%",
                    "by \(measure.title.english) \(left.english) / \(right.english) = \(exact.decimals(1))%"
                )
            )
        }
        let evidence = [part, whole]
        guard !words.isEmpty else { return claim.unverifiable(.share, evidence) }
        let arithmetic = Bilingual(
            words.map(\.korean).joined(separator: ", "),
            words.map(\.english).joined(separator: ", ")
        )
        let korean = "\(part.text.korean) \(percentage.text)%: \(arithmetic.korean)."
        let english = "\(part.text.english), \(percentage.text)%: \(arithmetic.english)."
        guard let holds = holding.first else {
            return claim.finding(
                .share,
                .contradiction,
                "\(korean) 밝힌 비율과 맞지 않습니다.",
                "\(english) The published share does not hold.",
                evidence
            )
        }
        guard failing.isEmpty else {
            return claim.finding(
                .share,
                .ambiguity,
                "\(korean) 무엇의 비율인지 밝히지 않았으나 \(holds.title.korean)의 비율일 때만 맞습니다.",
                "\(english) Of what was not said; it holds for \(holds.title.english) only.",
                evidence
            )
        }
        return claim.finding(
            .share,
            .confirmed,
            "\(korean) 맞습니다.",
            "\(english) It holds.",
            evidence
        )
    }

    /// Percentages that together are everything.
    public static let split = ConsistencyRule(
        id: .split,
        title: Bilingual("합이 100%인 비율", "Percentages that make up everything"),
        explanation: Bilingual(
            "각 비율을 수치에서 다시 셈하고, 모두 더해 100%가 되는지 봅니다. 비율 n개의 합은 반올림으로 n × 0.5단위까지 어긋날 수 있습니다.",
            "Reckons each percentage anew and adds them up to 100%; n rounded percentages may be off by n × 0.5 units."
        ),
        evaluate: { publication in
            publication.claims.flatMap { claim in
                guard case .split(let parts, let whole, let measure) = claim.kind else {
                    return [Finding]()
                }
                return split(publication, claim, parts, whole, measure)
            }
        }
    )

    private static func split(
        _ publication: Publication,
        _ claim: PublishedClaim,
        _ parts: [PublishedClaim.Part],
        _ whole: FigureReference,
        _ measure: Measure
    ) -> [Finding] {
        let references = [whole] + parts.map(\.figure)
        guard let all = publication[whole]?.value(measure), all > 0 else {
            return [claim.unverifiable(.split, [whole])]
        }
        var findings: [Finding] = []
        for part in parts {
            guard let value = publication[part.figure]?.value(measure) else {
                findings.append(claim.unverifiable(.split, [part.figure]))
                continue
            }
            let exact = Double(value) / Double(all) * 100
            guard !part.percentage.matches(exact) else { continue }
            let (left, right) = (measure.text(value), measure.text(all))
            findings.append(
                claim.finding(
                    .split,
                    .contradiction,
                    "\(part.figure.text.korean) \(part.percentage.text)%: \(left.korean) ÷ \(right.korean) = \(exact.decimals(2))%로 밝힌 비율과 다릅니다.",
                    "\(part.figure.text.english), \(part.percentage.text)%: \(left.english) / \(right.english) = \(exact.decimals(2))%, not what was published.",
                    [whole, part.figure]
                )
            )
        }
        let sum = parts.reduce(0) { $0 + $1.percentage.value }
        let tolerance = parts.reduce(0) { $0 + $1.percentage.tolerance }
        let decimals = parts.map(\.percentage.decimals).max() ?? 0
        let terms = parts.map(\.percentage.text).joined(separator: "+")
        if abs(sum - 100) > tolerance + 1e-9 {
            findings.append(
                claim.finding(
                    .split,
                    .contradiction,
                    "\(claim.year)년 비율의 합 \(terms) = \(sum.decimals(decimals))%, 100%가 아닙니다.",
                    "The percentages of \(claim.year), \(terms) = \(sum.decimals(decimals))%, are not 100%.",
                    references
                )
            )
        } else if findings.isEmpty {
            findings.append(
                claim.finding(
                    .split,
                    .confirmed,
                    "\(claim.year)년 비율 \(terms) = \(sum.decimals(decimals))%: 각각도, 합도 맞습니다.",
                    "The percentages of \(claim.year), \(terms) = \(sum.decimals(decimals))%: each holds, and so does the sum.",
                    references
                )
            )
        }
        return findings
    }

    /// Growth and its base.
    public static let growth = ConsistencyRule(
        id: .growth,
        title: Bilingual("증가율과 기준", "Growth and its base"),
        explanation: Bilingual(
            "수치 ÷ 기준 − 1을 셈합니다. 기준을 밝히지 않았으면 증가율에서 거꾸로 구한 기준을 발표된 수치와 견줍니다.",
            "Reckons figure / base − 1. Where no base was said, the one the growth implies is compared with what was published."
        ),
        evaluate: { publication in
            publication.claims.compactMap { claim in
                guard case .growth(let percentage, let figure, let base, let measure) = claim.kind
                else { return nil }
                guard let value = publication[figure]?.value(measure) else {
                    return claim.unverifiable(.growth, [figure])
                }
                guard let base else {
                    return growthWithoutBase(publication, claim, percentage, figure, value, measure)
                }
                guard let before = publication[base]?.value(measure), before > 0 else {
                    return claim.unverifiable(.growth, [base])
                }
                let exact = (Double(value) / Double(before) - 1) * 100
                let (left, right) = (measure.text(value), measure.text(before))
                let holds = percentage.matches(exact)
                return claim.finding(
                    .growth,
                    holds ? .confirmed : .contradiction,
                    "\(figure.text.korean) \(signed(percentage)): \(left.korean) ÷ \(right.korean) − 1 = \(exact.decimals(2))%, \(holds ? "맞습니다" : "맞지 않습니다").",
                    "\(figure.text.english), \(signed(percentage)): \(left.english) / \(right.english) − 1 = \(exact.decimals(2))%, which \(holds ? "holds" : "does not hold").",
                    [figure, base]
                )
            }
        }
    )

    private static func signed(_ percentage: PrintedNumber) -> String {
        (percentage.units >= 0 ? "+" : "") + percentage.text + "%"
    }

    private static func growthWithoutBase(
        _ publication: Publication,
        _ claim: PublishedClaim,
        _ percentage: PrintedNumber,
        _ figure: FigureReference,
        _ value: Int64,
        _ measure: Measure
    ) -> Finding {
        let implied = Int64((Double(value) / (1 + percentage.value / 100)).rounded())
        var korean =
            "\(figure.text.korean) \(signed(percentage))의 기준이 없습니다. 거꾸로 셈한 기준은 \(measure.text(value).korean) ÷ \((1 + percentage.value / 100).decimals(percentage.decimals + 2)) = \(measure.text(implied).korean)입니다."
        var english =
            "\(figure.text.english), \(signed(percentage)): no base was said. It implies \(measure.text(value).english) / \((1 + percentage.value / 100).decimals(percentage.decimals + 2)) = \(measure.text(implied).english)."
        var evidence = [figure]
        let earlier = publication.years.last { year in
            year < figure.year
                && publication[
                    .init(year: year, dimension: figure.dimension, category: figure.category)
                ]?
                .value(measure) != nil
        }
        if let earlier {
            let base = FigureReference(
                year: earlier,
                dimension: figure.dimension,
                category: figure.category
            )
            if let published = publication[base]?.value(measure), published > 0 {
                let exact = (Double(value) / Double(published) - 1) * 100
                evidence.append(base)
                korean +=
                    " 발표된 가장 가까운 수치(\(earlier)년)는 \(measure.text(published).korean)이고, 그에 견주면 \(Consistency.signed(exact))입니다."
                english +=
                    " The nearest one published (\(earlier)) is \(measure.text(published).english), against which it is \(Consistency.signed(exact))."
            }
        } else {
            korean += " 그 앞의 수치는 발표되지 않았습니다."
            english += " Nothing earlier was published."
        }
        return claim.finding(.growth, .ambiguity, korean, english, evidence)
    }
}
