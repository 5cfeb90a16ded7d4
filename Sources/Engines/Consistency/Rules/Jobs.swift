internal import Basics

extension ConsistencyRule {
    /// Jobs and their coefficient.
    public static let jobs = ConsistencyRule(
        id: .jobs,
        title: Bilingual("일자리와 취업유발계수", "Jobs and their coefficient"),
        explanation: Bilingual(
            "계수(10억원당 명) × 예산(10억원)을 셈하고, 계수가 세는 사람과 글이 말하는 사람이 같은지 봅니다. 계수가 해마다 같으면 일자리의 변화는 예산의 변화일 뿐입니다.",
            "Reckons coefficient (workers per 1bn won) × budget, and asks whether the people the coefficient counts are those the text names. With the same coefficient every year the series of jobs is the series of budgets."
        ),
        evaluate: { publication in
            var findings: [Finding] = []
            var coefficients: [(PrintedNumber, PublishedClaim)] = []
            for claim in publication.claims {
                guard case .jobs(let jobs, let budget) = claim.kind else { continue }
                findings += check(publication, claim, jobs, budget)
                if let (_, earlier) = coefficients.first(where: { $0.0 == jobs.coefficient }),
                    earlier.year != claim.year
                {
                    findings.append(
                        claim.finding(
                            .jobs,
                            .note,
                            "\(earlier.year)년과 \(claim.year)년의 계수가 \(jobs.coefficient.text)명으로 같습니다. 일자리 수의 변화는 예산의 변화와 같은 말입니다.",
                            "The coefficient is \(jobs.coefficient.text) in \(earlier.year) and in \(claim.year): the change in jobs says nothing the change in budget does not.",
                            [.total(earlier.year), budget]
                        )
                    )
                }
                coefficients.append((jobs.coefficient, claim))
            }
            return findings
        }
    )

    private static func check(
        _ publication: Publication,
        _ claim: PublishedClaim,
        _ jobs: PublishedClaim.Jobs,
        _ budget: FigureReference
    ) -> [Finding] {
        guard let figure = publication[budget], let amount = figure.amount else {
            return [claim.unverifiable(.jobs, [budget])]
        }
        let billions = Double(amount.amount) / 1e9
        let exact = jobs.coefficient.value * billions
        // The budget is rounded, and the jobs are.
        let tolerance =
            0.5 + jobs.coefficient.value * Double(figure.roundingUnit.amount) / 2e9
        let holds = abs(exact - Double(jobs.count)) <= tolerance
        let product = "\(jobs.coefficient.text) × \(billions.decimals(1)) = \(exact.decimals(2))"
        var findings = [
            claim.finding(
                .jobs,
                holds ? .confirmed : .contradiction,
                "\(claim.year)년 일자리 \(jobs.count.grouped)개: \(product)(10억원당 명 × 10억원), \(holds ? "셈은 맞습니다" : "셈이 맞지 않습니다").",
                "The \(jobs.count.grouped) jobs of \(claim.year): \(product) (workers per KRW 1bn × KRW bn); the arithmetic \(holds ? "holds" : "does not hold").",
                [budget]
            )
        ]
        let label = jobs.label.lowercased()
        let saysYouth = label.contains("청년") || label.contains("youth") || label.contains("young")
        if saysYouth != (jobs.coverage == .youth) {
            let counted =
                jobs.coverage == .youth
                ? Bilingual("청년만", "young people only")
                : Bilingual("전 연령의 직접·간접 취업(전산업)", "all ages, direct and indirect, all industries")
            findings.append(
                claim.finding(
                    .jobs,
                    .contradiction,
                    "\(claim.year)년 글의 표현은 “\(jobs.label)”, 계수(\(jobs.coefficientSource))가 세는 것은 \(counted.korean): 둘은 같지 않습니다.",
                    "The text of \(claim.year) says “\(jobs.label)”\(saysYouth ? " (youth jobs)" : ""), but the coefficient (\(jobs.coefficientSource)) counts \(counted.english).",
                    [budget]
                )
            )
        }
        return findings
    }
}
