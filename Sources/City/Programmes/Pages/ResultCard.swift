import Basics
import Eligibility
import Web

/// One programme in the results: what it says, why, and what to do now.
struct ResultCard: Sendable {
    let item: PersonalResults.Item
    let collection: ProgrammeCollection

    /// The most open conditions that are named outside of the list of all.
    private static let maximumOpenCount = 3

    private var judgement: Judgement { item.judgement }

    func html(in context: PageContext) -> HTML {
        let language = context.language
        let programme = item.programme
        return """
            <article class="card">\(statusTag(judgement.verdict.status(item.window, context)))\
            <h3><a href="\(programme.link)">\(programme.title[language])</a></h3>\
            <p>\(programme.summary[language])</p>\(reasons(context))\(facts(context))\
            \(members(context))\(why(context))\(actions(context))</article>
            """
    }

    /// A line for each of those for whom it is judged one by one: which child, and why not.
    private func members(_ context: PageContext) -> HTML {
        guard judgement.members.count > 1 else { return .empty }
        let lines = HTML(each: judgement.members) { "<li>\($0.text(context.language))</li>" }
        return "<ul>\(lines)</ul>"
    }

    private func facts(_ context: PageContext) -> HTML {
        var facts: [HTML] = [windowText(item.window, in: context)]
        if judgement.verdict != .ineligible, let estimate = judgement.estimate {
            facts.insert("<strong>\(estimate.text(context.language))</strong>", at: 0)
        }
        facts.append(HTML(text: item.programme.provider[context.language]))
        if judgement.verdict == .eligible, !judgement.documents.isEmpty {
            let titles = judgement.documents.map { $0.title[context.language] }
                .joined(separator: ", ")
            facts.append(HTML(text: context.text("서류: \(titles)", "Documents: \(titles)")))
        }
        return "<ul class=\"facts\">\(HTML(each: facts) { "<li>\($0)</li>" })</ul>"
    }

    /// What decides: the failing clauses and the way out, or what is still open.
    private func reasons(_ context: PageContext) -> HTML {
        let language = context.language
        switch judgement.verdict {
        case .ineligible:
            let sentences = judgement.failingFindings.map { $0.sentence[language] }
            let remedy: HTML? = judgement.remedy.map {
                "<p><strong>\($0.sentence[language])</strong></p>"
            }
            return "<ul>\(HTML(each: sentences) { "<li>\($0)</li>" })</ul>\(remedy)"
        case .undecided:
            let open = judgement.openFindings
            let shown = open.prefix(Self.maximumOpenCount).map { $0.sentence[language] }
            let rest = open.count - shown.count
            let more: HTML? =
                rest == 0
                ? nil
                : "<li>\(context.text("그 밖에 \(rest)가지", "and \(rest) more"))</li>"
            return "<ul>\(HTML(each: shown) { "<li>\($0)</li>" })\(more)</ul>"
        case .eligible, .notInForce: return .empty
        }
    }

    private func why(_ context: PageContext) -> HTML {
        """
        <details><summary>\(context.text("조항별로 보기", "Clause by clause"))\
        <span class="unseen"> \(item.programme.title[context.language])</span></summary>\
        \(findingList(judgement, in: context))</details>
        """
    }

    private func actions(_ context: PageContext) -> HTML {
        guard judgement.verdict != .ineligible, let offer = item.offer,
            case .open = item.window
        else { return .empty }
        return buttonRow([
            linkButton(
                context.text("신청하기", "Apply"),
                offer.target,
                style: .primary,
                more: [
                    "aria-label": context.text(
                        "\(item.programme.title.korean) 신청하기",
                        "Apply: \(item.programme.title.english)"
                    )
                ]
            )
        ])
    }
}

/// Every clause with how it stands, its source and the day somebody checked it.
func findingList(_ judgement: Judgement, in context: PageContext) -> HTML {
    let sources = ClauseSources(judgement.findings.map(\.clause))
    let items = HTML(each: judgement.findings) { finding in
        let status = finding.truth.status(context, decides: judgement.verdict != .eligible)
        return """
            <li>\(statusTag(status)) \(finding.sentence[context.language])\
            \(sources.note(finding.clause, in: context))</li>
            """
    }
    return "<ul>\(items)</ul>\(sources.common(in: context))"
}

/// The sources of clauses, so that one that most of them share is named once.
struct ClauseSources: Sendable {
    private let shared: RuleSource?

    init(_ clauses: [Clause]) {
        var counts: [RuleSource: Int] = [:]
        for clause in clauses { counts[clause.source, default: 0] += 1 }
        shared =
            counts.max { ($0.value, $1.key.title.korean) < ($1.value, $0.key.title.korean) }?
            .key
    }

    /// The source of a clause that has another than the rest; nothing for the rest.
    func note(_ clause: Clause, in context: PageContext) -> HTML {
        guard clause.source != shared else { return .empty }
        return " <small>\(sourceText(clause.source, in: context))</small>"
    }

    /// The source of every clause that names none of its own.
    func common(in context: PageContext) -> HTML {
        guard let shared else { return .empty }
        return "<p class=\"hint\">\(sourceText(shared, in: context))</p>"
    }
}

/// Where something is written down, and the day somebody compared the rule with it.
func sourceText(_ source: RuleSource, in context: PageContext) -> HTML {
    let title = source.title[context.language]
    let linked: HTML =
        Link(external: source.url).map { "<a href=\"\($0)\">\(title)</a>" } ?? HTML(text: title)
    return """
        \(context.text("출처:", "Source:")) \(linked), \
        \(dateText(source.checked, in: context)) \(context.text("확인", "checked"))
        """
}

/// When applications are taken, in words.
func windowText(_ window: Judgement.WindowState, in context: PageContext) -> HTML {
    switch window {
    case .open(.some(let last)):
        let day = dateText(last, in: context)
        return context.language == .korean ? "\(day)까지 신청" : "open until \(day)"
    case .open(nil): return HTML(text: context.text("언제나 신청", "open without end"))
    case .opens(let first):
        let day = dateText(first, in: context)
        return context.language == .korean ? "\(day)부터 신청" : "opens on \(day)"
    case .closed: return HTML(text: context.text("신청이 끝났습니다", "closed"))
    case .unknown:
        return HTML(text: context.text("신청 기간은 답에 따라 다릅니다", "the window depends on answers"))
    }
}

extension Truth {
    /// How a clause stands, as a status; where it does not decide, another way is met already.
    func status(_ context: PageContext, decides: Bool = true) -> StatusTag {
        switch self {
        case .yes: StatusTag(context.text("충족", "met"), kind: .done)
        case .no where !decides:
            StatusTag(context.text("해당 없음", "does not apply"), kind: .neutral)
        case .no: StatusTag(context.text("불충족", "not met"), kind: .refused)
        case .unknown: StatusTag(context.text("모름", "not known"), kind: .neutral)
        }
    }
}

extension Verdict {
    /// The verdict with the window, as a status.
    func status(_ window: Judgement.WindowState, _ context: PageContext) -> StatusTag {
        switch self {
        case .ineligible: return StatusTag(context.text("받을 수 없음", "does not fit"), kind: .refused)
        case .notInForce: return StatusTag(context.text("시행하지 않음", "not in force"), kind: .neutral)
        case .eligible, .undecided: break
        }
        switch window {
        case .closed: return StatusTag(context.text("신청 끝남", "closed"), kind: .neutral)
        case .opens: return StatusTag(context.text("곧 열림", "opens later"), kind: .planned)
        case .open, .unknown:
            return self == .eligible
                ? StatusTag(context.text("받을 수 있음", "fits"), kind: .done)
                : StatusTag(context.text("더 알아야 함", "more answers needed"), kind: .neutral)
        }
    }
}
