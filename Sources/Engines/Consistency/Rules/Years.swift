internal import Basics

extension ConsistencyRule {
    /// Names of types that change from year to year.
    public static let typeDrift = ConsistencyRule(
        id: .typeDrift,
        title: Bilingual("해마다 달라지는 유형 이름", "Type names that drift"),
        explanation: Bilingual(
            "유형이 있는 두 해의 이름을 견줍니다. 띄어쓰기와 기호만 다르면 같은 이름으로 보고, 이름이 바뀐 유형은 판이 매겨진 대조표로만 이어 비교할 수 있습니다.",
            "Compares the type names of one year with those of the next that has types. Spelling aside, a type that was renamed can be compared only through a versioned crosswalk."
        ),
        evaluate: { publication in
            let years = publication.years.filter { !publication.parts($0, .type).isEmpty }
            return zip(years, years.dropFirst()).map { drift(publication, $0, $1) }
        }
    )

    private static func drift(_ publication: Publication, _ before: Int, _ after: Int) -> Finding {
        let old = publication.parts(before, .type).map(\.reference)
        let new = publication.parts(after, .type).map(\.reference)
        let spelling = { (reference: FigureReference) in
            TypeCrosswalk.spelling(reference.category)
        }
        let oldNames = Set(old.map(spelling))
        let newNames = Set(new.map(spelling))
        let gone = old.filter { !newNames.contains(spelling($0)) }
        let come = new.filter { !oldNames.contains(spelling($0)) }
        let measure = Measure.amount
        // Where a year itemises some types only, a name that is absent is not one that went away.
        let isPartial =
            Closure(publication.parts(after, .type), publication.total(after), measure)
            .map { !$0.closes && $0.remainder > 0 } ?? false
        guard !come.isEmpty || (!gone.isEmpty && !isPartial) else {
            return Finding(
                rule: .typeDrift,
                severity: .confirmed,
                year: after,
                statement: Bilingual(
                    "\(before)년과 \(after)년의 유형 이름이 이어집니다.",
                    "The type names of \(before) and \(after) agree."
                ),
                evidence: old + new
            )
        }
        var korean: [String] = []
        var english: [String] = []
        var matched: Set<FigureReference> = []
        for reference in come {
            let concept = publication.crosswalk.concept(of: reference.category)
            let former = gone.first { publication.crosswalk.concept(of: $0.category) == concept }
            if concept != nil, let former {
                matched.insert(former)
                korean.append("‘\(former.category)’ → ‘\(reference.category)’")
                english.append("“\(former.category)” → “\(reference.category)”")
            } else {
                korean.append("새로 나온 ‘\(reference.category)’")
                english.append("“\(reference.category)” is new")
            }
        }
        for reference in gone where !isPartial && !matched.contains(reference) {
            korean.append("사라진 ‘\(reference.category)’")
            english.append("“\(reference.category)” is gone")
        }
        let partial =
            isPartial
            ? Bilingual(
                " \(after)년은 일부 유형만 밝혀 사라진 이름은 가릴 수 없습니다.",
                " \(after) names some types only, so what went away cannot be told."
            )
            : Bilingual(same: "")
        return Finding(
            rule: .typeDrift,
            severity: .ambiguity,
            year: after,
            statement: Bilingual(
                "\(before)년과 \(after)년의 유형 이름이 다릅니다: \(korean.joined(separator: ", ")). 대조표(\(publication.crosswalk.version)) 없이 유형별 증감을 말할 수 없습니다.\(partial.korean)",
                "The type names of \(before) and \(after) differ: \(english.joined(separator: ", ")). No change by type can be stated without the crosswalk (\(publication.crosswalk.version)).\(partial.english)"
            ),
            evidence: gone + come
        )
    }

    /// A category that moves against the total by at least this share is reported.
    public static let minimumMaskedChangePercent = 10.0

    /// Categories that move against the total.
    public static let headlineMask = ConsistencyRule(
        id: .headlineMask,
        title: Bilingual("총계에 가려진 변화", "What the headline hides"),
        explanation: Bilingual(
            "총예산과 반대로 10% 이상 움직인 기관을 찾아, 사업당 평균 금액의 변화를 함께 밝힙니다.",
            "Finds agency kinds whose budget moved against the total by 10% or more, with the change of the mean per project."
        ),
        evaluate: { publication in
            let years = publication.years.filter { !publication.parts($0, .organization).isEmpty }
            return zip(years, years.dropFirst()).flatMap { before, after in
                publication.parts(after, .organization).compactMap {
                    masked(publication, $0, before)
                }
            }
        }
    )

    private static func masked(
        _ publication: Publication,
        _ figure: PublishedFigure,
        _ before: Int
    ) -> Finding? {
        let after = figure.reference.year
        var reference = figure.reference
        reference.year = before
        guard let earlier = publication[reference], let oldAmount = earlier.amount,
            let newAmount = figure.amount, let oldTotal = publication.total(before)?.amount,
            let newTotal = publication.total(after)?.amount, oldAmount > .zero, oldTotal > .zero
        else { return nil }
        let change = (Double(newAmount.amount) / Double(oldAmount.amount) - 1) * 100
        let overall = (Double(newTotal.amount) / Double(oldTotal.amount) - 1) * 100
        guard (change < 0) != (overall < 0), change.magnitude >= minimumMaskedChangePercent else {
            return nil
        }
        var korean =
            "\(before)→\(after)년 총예산은 \(signed(overall))이지만 \(reference.category) 예산은 \(oldAmount.text(.korean)) → \(newAmount.text(.korean)), \(signed(change))입니다."
        var english =
            "From \(before) to \(after) the total changed by \(signed(overall)), but the budget of \(reference.category) by \(signed(change)): \(oldAmount.text(.english)) → \(newAmount.text(.english))."
        if let oldCount = earlier.projects, let newCount = figure.projects, oldCount > 0,
            newCount > 0
        {
            let oldMean = Won(oldAmount.amount / Int64(oldCount))
            let newMean = Won(newAmount.amount / Int64(newCount))
            korean +=
                " 사업은 \(oldCount.grouped)건 → \(newCount.grouped)건, 사업당 평균은 \(oldMean.text(.korean)) → \(newMean.text(.korean))입니다."
            english +=
                " Projects \(oldCount.grouped) → \(newCount.grouped), mean per project \(oldMean.text(.english)) → \(newMean.text(.english))."
        }
        return Finding(
            rule: .headlineMask,
            severity: .note,
            year: after,
            statement: Bilingual(korean, english),
            evidence: [reference, figure.reference, .total(before), .total(after)]
        )
    }
}
