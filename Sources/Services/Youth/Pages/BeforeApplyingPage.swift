import Basics
import Cases
import Eligibility
import Korean
import Programmes
import Web

/// What to weigh before an application: how it stands, what it shuts out, what is better together,
/// and which documents are at hand.
struct BeforeApplyingPage: Sendable {
    let item: PersonalResults.Item
    let results: PersonalResults
    /// The title of a programme.
    let titles: @Sendable (String) -> Bilingual
    /// The programmes the person says they receive now.
    let receiving: Set<String>
    /// The documents in the person's wallet.
    let documents: [WalletDocument]
    let isSignedIn: Bool

    func page(in context: PageContext) -> Page {
        Page(
            title: context.text(
                "신청하기 전에: \(item.programme.title.korean)",
                "Before you apply: \(item.programme.title.english)"
            ),
            breadcrumbs: [
                Breadcrumb(
                    title: YouthCollection.programmes.title[context.language],
                    link: Link("/youth")
                )
            ],
            lead: HTML(text: item.programme.summary[context.language]),
            main: """
                \(standing(context))\(conflicts(context))\(papers(context))\
                \(duties(context))\(ways(context))
                """
        )
    }

    // MARK: How it stands

    private func standing(_ context: PageContext) -> HTML {
        let language = context.language
        let judgement = item.judgement
        let (kind, title): (NotificationBanner.Kind, String) =
            switch judgement.verdict {
            case .eligible:
                (
                    .success,
                    context.text("지금 답으로는 모든 조건에 맞습니다.", "By your answers every condition is met.")
                )
            case .undecided:
                (
                    .information,
                    context.text(
                        "아직 모르는 조건이 \(judgement.open.count)개 있습니다. 질문에 더 답하면 정확해집니다.",
                        "\(judgement.open.count) conditions are not known yet."
                    )
                )
            case .ineligible:
                (
                    .warning,
                    context.text(
                        "지금 답으로는 맞지 않는 조건이 있습니다.",
                        "By your answers a condition is not met."
                    )
                )
            case .notInForce:
                (.warning, context.text("지금 시행하지 않는 사업입니다.", "It is not in force now."))
            }
        let failing = judgement.failingFindings
        let reasons: HTML? =
            failing.isEmpty
            ? nil : "<ul>\(HTML(each: failing) { "<li>\($0.sentence[language])</li>" })</ul>"
        let remedy: HTML? = judgement.remedy.map { "<p>\($0.sentence[language])</p>" }
        return notificationBanner(
            NotificationBanner(kind: kind, title: title, body: "\(reasons)\(remedy)")
        )
    }

    // MARK: What it shuts out

    private var exclusions: [Exclusion] {
        item.programme.version(on: results.date)?.exclusions
            .filter { $0.programme != item.programme.name } ?? []
    }

    private func conflicts(_ context: PageContext) -> HTML {
        let language = context.language
        let name = item.programme.name
        let names = Set(exclusions.map(\.programme)).union(
            results.combination.conflicts.compactMap { conflict in
                conflict.first == name
                    ? conflict.second : conflict.second == name ? conflict.first : nil
            }
        ).sorted()
        guard !names.isEmpty else {
            return section(
                context.text("함께 받을 수 없는 지원", "What it shuts out"),
                "<p>\(context.text("규칙에 적힌 것이 없습니다.", "The rules name none."))</p>"
            )
        }
        let fitting = Set(results.fits.map(\.programme.name))
        let items = HTML(each: names) { other in
            let mark: HTML? =
                receiving.contains(other)
                ? statusTag(StatusTag(context.text("지금 받는 중", "you receive it"), kind: .attention))
                : fitting.contains(other)
                    ? statusTag(StatusTag(context.text("이것도 받을 수 있음", "fits too"), kind: .active))
                    : nil
            return "<li>\(titles(other)[language]) \(mark)</li>"
        }
        return section(
            context.text("함께 받을 수 없는 지원", "What it shuts out"),
            "<ul>\(items)</ul>\(better(context))"
        )
    }

    /// Which programmes to take for the largest sum, where this one is not among them.
    private func better(_ context: PageContext) -> HTML {
        let language = context.language
        let combination = results.combination
        let name = item.programme.name
        guard item.judgement.verdict == .eligible, !combination.conflicts.isEmpty else {
            return .empty
        }
        let sum = money(combination.sum, in: context)
        let list = combination.chosen.sorted().map { titles($0)[language] }
            .joined(separator: ", ")
        let words =
            combination.chosen.contains(name)
            ? context.text(
                "예상 금액으로는 이 지원을 넣은 조합이 가장 큽니다:",
                "The best combination has this programme:"
            )
            : context.text(
                "예상 금액으로는 이 지원을 빼고 다음을 함께 받는 쪽이 큽니다:",
                "Without this one you would have more:"
            )
        return """
            <div class="panel \(combination.chosen.contains(name) ? "information" : "warning")">\
            <p><strong>\(words)</strong> \(list) (\(sum))</p></div>
            """
    }

    // MARK: Documents

    private func papers(_ context: PageContext) -> HTML {
        let language = context.language
        let needed = item.judgement.documents
        guard !needed.isEmpty else { return .empty }
        let items = HTML(each: needed.enumerated()) { number, document in
            let requirement = CaseDocumentRequirement(
                "document\(number)",
                document.title,
                canBeLookedUp: document.canBeLookedUp,
                maximumAgeDays: document.maximumAgeDays
            )
            let held = documents.first {
                $0.kind != .other && $0.kind.fits(requirement)
                    && $0.isYoungEnough(for: requirement, on: results.date)
            }
            let mark: StatusTag =
                if held != nil {
                    StatusTag(context.text("서류지갑에 있음", "in your wallet"), kind: .done)
                } else if document.canBeLookedUp {
                    StatusTag(context.text("동의하면 담당자가 확인", "looked up with consent"), kind: .active)
                } else {
                    StatusTag(context.text("준비할 것", "to be prepared"), kind: .planned)
                }
            let age: HTML? = document.maximumAgeDays.map {
                "<small>\(context.text("발급 \($0)일 이내", "issued within \($0) days"))</small>"
            }
            return "<li>\(document.title[language]) \(age) \(statusTag(mark))</li>"
        }
        return section(
            context.text("서류", "Documents"),
            "<ul>\(items)</ul>"
                + (isSignedIn
                    ? "<p><a href=\"/wallet\">\(context.text("서류지갑 열기", "Open the wallet"))</a></p>"
                    : "<p>\(context.text("로그인하면 서류지갑의 서류를 다시 쓸 수 있습니다.", "Sign in to reuse documents of your wallet."))</p>")
        )
    }

    // MARK: Afterwards

    private func duties(_ context: PageContext) -> HTML {
        let duties = item.programme.version(on: results.date)?.duties ?? []
        guard !duties.isEmpty else { return .empty }
        return section(
            context.text("받은 뒤에 지킬 것", "Duties afterwards"),
            "<ul>\(HTML(each: duties) { "<li>\($0[context.language])</li>" })</ul>"
        )
    }

    private func ways(_ context: PageContext) -> HTML {
        var buttons: [HTML] = []
        if let offer = item.offer, offer.isOpen(on: results.date) {
            buttons.append(
                linkButton(context.text("신청하기", "Apply"), offer.target, style: .primary)
            )
        } else if let link = item.programme.url.flatMap({ Link(external: $0) }) {
            buttons.append(
                linkButton(context.text("신청하는 누리집으로", "Apply on its site"), link)
            )
        }
        if item.judgement.verdict == .undecided {
            buttons.append(
                linkButton(
                    context.text("질문 이어가기", "Go on with the questions"),
                    YouthCollection.programmes.checkLink
                )
            )
        }
        buttons.append(
            linkButton(
                context.text("조항과 근거 보기", "Clauses and sources"),
                .path("programmes", item.programme.name),
                style: .quiet
            )
        )
        return buttonRow(buttons)
    }
}
