import Basics
import Eligibility
import Korean
import Web

/// What a portal's programmes say to one person, a group at a time.
struct ResultsPage: Sendable {
    /// The groups, in the order in which people look for them.
    enum Group: String, Sendable, CaseIterable {
        case fits, questions, closed, not

        var title: Bilingual {
            switch self {
            case .fits: Bilingual("받을 수 있음", "Fits")
            case .questions: Bilingual("더 답하면 알 수 있음", "More answers needed")
            case .closed: Bilingual("지금은 신청 기간이 아님", "Not open now")
            case .not: Bilingual("받을 수 없음", "Does not fit")
            }
        }

        func count(_ results: PersonalResults) -> Int {
            switch self {
            case .fits: results.fits.count
            case .questions: results.needsAnswers.count
            case .closed: results.notOpen.count
            case .not: results.doesNotFit.count
            }
        }

        /// A part of the group; only for these are the reasons put into sentences.
        func items(
            _ results: PersonalResults,
            in range: Range<Int>
        ) throws -> [PersonalResults.Item] {
            switch self {
            case .fits: Array(results.fits[range])
            case .questions: Array(results.needsAnswers[range])
            case .closed: Array(results.notOpen[range])
            case .not: try results.doesNotFit[range].map(results.item)
            }
        }
    }

    static let pageSize = 10

    let collection: ProgrammeCollection
    let results: PersonalResults
    let hasAnswers: Bool
    let group: Group
    let number: Int
    let items: [PersonalResults.Item]

    /// The page that is there, and its part of the group.
    static func window(_ number: Int, of count: Int) -> (number: Int, range: Range<Int>) {
        let number = min(max(1, number), max(1, (count + pageSize - 1) / pageSize))
        let start = min((number - 1) * pageSize, count)
        return (number, start..<min(start + pageSize, count))
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text("내게 맞는 지원", "What fits me"),
            breadcrumbs: collection.trail(context),
            lead: lead(context),
            main: hasAnswers ? groups(context) : start(context),
            actions: hasAnswers
                ? buttonRow([
                    linkButton(
                        context.text("질문 이어가기", "Go on with the questions"),
                        collection.checkLink,
                        style: .primary
                    ), linkButton(context.text("내 답", "My answers"), collection.answersLink),
                ]) : nil
        )
    }

    private func lead(_ context: PageContext) -> HTML {
        let day = dateText(results.date, style: .long, in: context)
        return """
            \(day)\(context.text(
                "에 신청한다고 보고 규칙에 따라 미리 살펴본 결과입니다. 심사 결과와 다를 수 있습니다.",
                ": a preview by the rules for an application on this day. The decision may differ."))
            """
    }

    private func start(_ context: PageContext) -> HTML {
        emptyState(
            title: context.text("아직 답한 것이 없습니다", "Nothing is answered yet"),
            text: context.text(
                "질문 몇 개에 답하면 받을 수 있는 지원과 까닭을 알려 드립니다. 로그인하지 않아도 됩니다.",
                "Answer a few questions to see what fits and why. No need to sign in."
            ),
            actions: [
                linkButton(context.text("질문 시작", "Start"), collection.checkLink, style: .primary)
            ]
        )
    }

    private func groups(_ context: PageContext) -> HTML {
        let tabs = Group.allCases.map { group in
            TabLink(
                title: "\(group.title[context.language]) \(group.count(results))",
                link: Link("\(collection.base)/results", query: [("group", group.rawValue)]),
                isCurrent: group == self.group
            )
        }
        return """
            \(tabLinks(tabs, label: context.text("결과", "Results")))\
            \(group == .fits ? sum(context) : nil)\
            <h2 class="unseen">\(group.title[context.language])</h2>\
            \(items.isEmpty ? nothing(context) : HTML(each: items) {
                ResultCard(item: $0, collection: collection).html(in: context)
            })\
            \(pagination(
                Pagination(page: number, itemCount: group.count(results), pageSize: Self.pageSize),
                in: context))
            """
    }

    private func nothing(_ context: PageContext) -> HTML {
        let text =
            switch group {
            case .fits:
                context.text(
                    "아직 모든 조건이 확인된 사업이 없습니다. 질문에 더 답하면 나올 수 있습니다.",
                    "No programme is known to fit yet. More answers may show some."
                )
            case .questions:
                context.text("더 물어볼 사업이 없습니다.", "Nothing is left to ask.")
            case .closed:
                context.text("신청 기간 때문에 기다릴 사업이 없습니다.", "Nothing waits for its window.")
            case .not: context.text("맞지 않는 사업이 없습니다.", "Nothing is ruled out.")
            }
        return "<p>\(text)</p>"
    }

    // MARK: Sums and conflicts

    private func sum(_ context: PageContext) -> HTML {
        let combination = results.combination
        guard !results.fits.isEmpty else { return .empty }
        let amount = money(combination.sum, in: context)
        let bound =
            combination.isUpperBound ? context.text("까지", " at most") : ""
        let known = combination.chosen.count - combination.unknownCount
        let together: HTML = """
            <p>\(context.text(
                "함께 받을 수 있는 것 가운데 금액을 아는 \(known)개를 더한 예상 금액: ",
                "Estimated sum of the \(known) that can be had together and whose amount is known: "
            ))<strong>\(amount)\(bound)</strong></p>
            """
        let unknown: HTML? =
            combination.unknownCount == 0
            ? nil
            : """
            <p>\(context.text(
                "돈이 아니거나 금액을 아직 알 수 없는 \(combination.unknownCount)개는 더하지 않았습니다.",
                "\(combination.unknownCount) that give no money, or an amount not known yet, "
                    + "are not in it."))</p>
            """
        let isOpenEnded = results.fits.contains { item in
            item.judgement.estimate?.isOpenEnded ?? false
        }
        let oneTime: HTML? =
            isOpenEnded
            ? """
            <p>\(context.text(
                "횟수가 정해지지 않고 되풀이되는 것은 한 번 치만 더했습니다.",
                "What is paid again and again without a set number counts once."))</p>
            """ : nil
        return """
            <div class="panel information">\(together)\(unknown)\(oneTime)</div>\
            \(conflicts(combination, context))
            """
    }

    private func conflicts(_ combination: BenefitCombination, _ context: PageContext) -> HTML {
        guard !combination.conflicts.isEmpty else { return .empty }
        let titles = Dictionary(
            results.fits.map { ($0.programme.name, $0.programme.title[context.language]) },
            uniquingKeysWith: { first, _ in first }
        )
        let items = HTML(each: combination.conflicts) { conflict in
            let first = titles[conflict.first] ?? conflict.first
            let second = titles[conflict.second] ?? conflict.second
            return """
                <li>\(context.text(
                    "\(Particle.companion.attach("‘\(first)’")) "
                        + "\(Particle.topic.attach("‘\(second)’")) 함께 받을 수 없습니다.",
                    "“\(first)” and “\(second)” cannot be received together."
                )) \(better(conflict, combination, titles, context))</li>
                """
        }
        return section(
            context.text("함께 받을 수 없는 지원", "What cannot be had together"),
            "<ul>\(items)</ul>"
        )
    }

    private func better(
        _ conflict: BenefitCombination.Conflict,
        _ combination: BenefitCombination,
        _ titles: [String: String],
        _ context: PageContext
    ) -> HTML {
        let chosen = [conflict.first, conflict.second].filter(combination.chosen.contains)
        guard chosen.count == 1, let better = titles[chosen[0]] else { return .empty }
        return HTML(
            text: context.text(
                "예상 금액으로는 \(Particle.subject.attach("‘\(better)’")) 낫습니다.",
                "By the estimated amount “\(better)” is the better one."
            )
        )
    }
}
