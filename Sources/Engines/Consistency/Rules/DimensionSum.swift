internal import Basics

extension ConsistencyRule {
    /// Categories against their total.
    public static let dimensionSum = ConsistencyRule(
        id: .dimensionSum,
        title: Bilingual("항목의 합과 총계", "Categories against their total"),
        explanation: Bilingual(
            "한 구분의 항목을 모두 더하면 총계가 되어야 합니다. 금액은 반올림되어 있으므로 항목 수 × 0.5단위까지의 차이는 반올림으로 봅니다. 일부 유형만 밝힌 경우에는 남는 몫을 셉니다.",
            "The categories of a breakdown sum up to the total. Amounts are rounded, so a difference of up to half a unit a category is rounding. Where only some types are itemised, the rest is stated."
        ),
        evaluate: { publication in
            publication.years.flatMap { year in
                publication.summableDimensions(year).flatMap { dimension in
                    Closure.findings(publication, year, dimension)
                }
            }
        }
    )
}

/// How far the categories of one breakdown are from the total.
struct Closure {
    let measure: Measure
    let parts: [PublishedFigure]
    let total: PublishedFigure
    let sum: Int64
    let expected: Int64

    /// Nil where the total or any category lacks this number, or where there is but one category.
    init?(_ parts: [PublishedFigure], _ total: PublishedFigure?, _ measure: Measure) {
        guard let total, let expected = total.value(measure), parts.count > 1 else { return nil }
        var sum: Int64 = 0
        for part in parts {
            guard let value = part.value(measure) else { return nil }
            let (next, overflows) = sum.addingReportingOverflow(value)
            guard !overflows else { return nil }
            sum = next
        }
        // Beyond this the plausibility rule speaks, and the arithmetic below stays within Int64.
        guard sum.magnitude < 1 << 61, expected.magnitude < 1 << 61 else { return nil }
        self.measure = measure
        self.parts = parts
        self.total = total
        self.sum = sum
        self.expected = expected
    }

    /// What is missing from the total; negative where the categories are too many.
    var remainder: Int64 { expected - sum }
    /// Whether the difference is none or rounding.
    var closes: Bool { remainder.magnitude <= UInt64(measure.tolerance(parts)) }

    private var year: Int { total.reference.year }
    private var dimension: Dimension { parts[0].reference.dimension }
    private var evidence: [FigureReference] { [total.reference] + parts.map(\.reference) }

    static func findings(
        _ publication: Publication,
        _ year: Int,
        _ dimension: Dimension
    ) -> [Finding] {
        let parts = publication.parts(year, dimension)
        let total = publication.total(year)
        let closures = Measure.allCases.compactMap { Closure(parts, total, $0) }
        let open = closures.filter { !$0.closes }
        var findings = closures.filter(\.closes).map(\.closedFinding)
        // Only types are published in part, and then both numbers fall short together and by a
        // share that no slip of one category explains.
        if dimension == .type, open.count == closures.count, !open.isEmpty,
            open.allSatisfy(\.looksItemisedInPart)
        {
            findings.append(incomplete(open))
        } else {
            findings += open.map(\.openFinding)
        }
        return findings
    }

    /// Whether the shortfall is that of types left out rather than of a wrong number.
    private var looksItemisedInPart: Bool {
        let hasOther = parts.contains { $0.reference.category.contains("기타") }
        return remainder > 0 && !hasOther && Double(remainder) >= 0.05 * Double(expected)
            && unitSlip == nil
    }

    private var terms: String {
        parts.compactMap { $0.value(measure) }.map { value in
            measure == .projects ? value.grouped : Closure.eok(value)
        }.joined(separator: "+")
    }

    private static func eok(_ value: Int64) -> String {
        value % 100_000_000 == 0
            ? (value / 100_000_000).grouped : Won(value).inEok.decimals(2)
    }

    private func finding(_ severity: Finding.Severity, _ statement: Bilingual) -> Finding {
        Finding(
            rule: .dimensionSum,
            severity: severity,
            year: year,
            statement: statement,
            evidence: evidence
        )
    }

    private var closedFinding: Finding {
        let sumText = measure.text(sum)
        let totalText = measure.text(expected)
        guard remainder != 0 else {
            return finding(
                .confirmed,
                Bilingual(
                    "\(year)년 \(dimension.title.korean) \(measure.title.korean): \(terms) = \(sumText.korean), 총계와 같습니다.",
                    "\(year), \(dimension.title.english), \(measure.title.english): \(terms) = \(sumText.english), equal to the total."
                )
            )
        }
        let difference = measure.text(Int64(remainder.magnitude))
        let tolerance = measure.text(measure.tolerance(parts))
        return finding(
            .note,
            Bilingual(
                "\(year)년 \(dimension.title.korean) 합 \(sumText.korean), 총계 \(totalText.korean): 차이 \(difference.korean)은 반올림 허용 범위(\(parts.count)개 × 0.5단위 = \(tolerance.korean)) 안입니다.",
                "\(year), \(dimension.title.english): the categories sum up to \(sumText.english), the total is \(totalText.english); the difference of \(difference.english) is rounding (\(parts.count) × 0.5 units = \(tolerance.english))."
            )
        )
    }

    private var openFinding: Finding {
        let sumText = measure.text(sum)
        let totalText = measure.text(expected)
        let difference = measure.text(Int64(remainder.magnitude))
        let direction = remainder > 0 ? ("모자랍니다", "short of") : ("많습니다", "more than")
        var statement = Bilingual(
            "\(year)년 \(dimension.title.korean) \(measure.title.korean): \(terms) = \(sumText.korean), 총계 \(totalText.korean)보다 \(difference.korean) \(direction.0).",
            "\(year), \(dimension.title.english), \(measure.title.english): \(terms) = \(sumText.english), \(difference.english) \(direction.1) the total of \(totalText.english)."
        )
        if let slip = unitSlip {
            statement.korean += " \(slip.korean)"
            statement.english += " \(slip.english)"
        }
        return finding(.contradiction, statement)
    }

    /// Says where a factor of 10, 100 or 1,000 would make the breakdown close.
    private var unitSlip: Bilingual? {
        let tolerance = measure.tolerance(parts)
        for factor in [10, 100, 1000] as [Int64] {
            for part in parts + [total] {
                guard let value = part.value(measure), (1..<Int64(1) << 50).contains(value) else {
                    continue
                }
                for candidate in [value / factor, value * factor] {
                    let isTotal = part.reference == total.reference
                    let open =
                        isTotal ? candidate - sum : remainder - (candidate - value)
                    guard open.magnitude <= UInt64(tolerance) else { continue }
                    let text = part.reference.text
                    return Bilingual(
                        "\(text.korean)의 단위가 \(factor)배 어긋난 것으로 보입니다(\(measure.text(candidate).korean)이면 맞음).",
                        "\(text.english) seems off by a factor of \(factor): \(measure.text(candidate).english) would close."
                    )
                }
            }
        }
        return nil
    }

    private static func incomplete(_ open: [Closure]) -> Finding {
        let first = open[0]
        func texts(_ value: (Closure) -> Int64) -> (String, String) {
            (
                open.map { $0.measure.text(value($0)).korean }.joined(separator: " / "),
                open.map { $0.measure.text(value($0)).english }.joined(separator: " / ")
            )
        }
        let shares = open.map {
            (Double($0.remainder) / Double($0.expected) * 100).decimals(0) + "%"
        }
        .joined(separator: " / ")
        let rest = texts(\.remainder)
        let sum = texts(\.sum)
        let total = texts(\.expected)
        return first.finding(
            .gap,
            Bilingual(
                "\(first.year)년 \(first.dimension.title.korean): 밝힌 \(first.parts.count)개 유형은 \(sum.0), 총계는 \(total.0)입니다. 나머지 \(rest.0)(\(shares))의 유형이 밝혀지지 않았습니다.",
                "\(first.year), \(first.dimension.title.english): the \(first.parts.count) types named come to \(sum.1), the total is \(total.1). The remaining \(rest.1) (\(shares)) are not itemised."
            )
        )
    }
}
