import Basics
import City
import Eligibility
import Web

/// The page of a listing: what its catalogue says, and where it leads.
struct ListingPage: Sendable {
    let kept: KeptListing
    /// The listing it is one with.
    let into: KeptListing?
    /// What took its place.
    let successor: (title: Bilingual, link: Link)?
    /// The programme of the rules that it is.
    let rule: Programme?
    /// Whether the reader keeps catalogues.
    let isEditor: Bool

    func page(in context: PageContext) -> Page {
        let listing = kept.shown
        return Page(
            title: listing.title,
            breadcrumbs: [],
            lead: HTML(text: listing.source.title[context.language]),
            main: "\(facts(listing, context))\(outside(listing, context))",
            source: PageSource(
                name: context.text(
                    "\(listing.source.title.korean)에 공개된 내용을 그대로 옮겼습니다",
                    "As published in \(listing.source.title.english)"
                ),
                updatedAt: kept.lastSeen
            ),
            notification: notice(context),
            actions: isEditor
                ? linkButton(
                    context.text("검토하기", "Review"),
                    .path("programmes", "listings", kept.listing.id, "review")
                ) : nil
        )
    }

    private func notice(_ context: PageContext) -> HTML? {
        let language = context.language
        func banner(_ kind: NotificationBanner.Kind, _ title: String, _ more: (String, Link)?)
            -> HTML
        {
            notificationBanner(
                NotificationBanner(
                    kind: kind,
                    title: title,
                    body: more.map { "<p><a href=\"\($0.1)\">\($0.0)</a></p>" }
                )
            )
        }
        if let rule {
            return banner(
                .information,
                context.text("이 사업은 여기서 바로 자격을 확인할 수 있습니다.", "It can be checked right here."),
                (rule.title[language], rule.link)
            )
        }
        if let into {
            return banner(
                .information,
                context.text("같은 사업이 다른 이름으로 올라와 있습니다.", "It stands under another name too."),
                (into.shown.title, into.link)
            )
        }
        switch kept.state(on: context.now.date) {
        case .ended:
            return banner(
                .warning,
                context.text("끝난 사업입니다.", "This programme has ended."),
                successor.map { ($0.title[language], $0.link) }
            )
        case .past:
            return banner(
                .warning,
                context.text(
                    "지난 해의 공고입니다. 올해 모집이 있는지 담당 기관에 확인해 주세요.",
                    "A notice of a past year. Ask the provider whether there is one this year."
                ),
                successor.map { ($0.title[language], $0.link) }
            )
        case .gone:
            return banner(
                .warning,
                context.text("원래 목록에서 사라진 사업입니다.", "Its catalogue no longer has it."),
                nil
            )
        case .current, .merged: return nil
        }
    }

    private func facts(_ listing: Listing, _ context: PageContext) -> HTML {
        let language = context.language
        var rows: [SummaryList.Row] = []
        func row(_ title: Bilingual, _ text: String) {
            guard !text.isEmpty else { return }
            rows.append(.init(title[language], Self.lines(text)))
        }
        for field in [ListingField.summary, .target, .howToApply, .when, .contact] {
            row(field.label, listing[field])
        }
        row(
            listing.source.agesAreOfChild
                ? Bilingual("아이 나이", "Age of the child") : Bilingual("나이", "Age"),
            listing.ages?.text[language] ?? listing.ageText
        )
        row(Bilingual("분야", "Field"), listing.categories.joined(separator: " · "))
        row(Bilingual("지역", "Region"), region(listing, language))
        if rows.isEmpty { return .empty }
        return summaryList(SummaryList(rows), in: context)
    }

    private func region(_ listing: Listing, _ language: Language) -> String {
        guard !listing.districts.isEmpty else {
            return listing.provider == .otherRegion
                ? listing.region : listing.provider.title[language]
        }
        return listing.districts.compactMap { District.named($0)?.name[language] }
            .joined(separator: ", ")
    }

    private func outside(_ listing: Listing, _ context: PageContext) -> HTML {
        var buttons: [HTML] = []
        if let link = listing.applicationURL.flatMap({ Link(external: $0) }) {
            buttons.append(
                linkButton(
                    context.text("신청하는 누리집으로", "Apply on its site"),
                    link,
                    style: .primary
                )
            )
        }
        if let link = listing.informationURL.flatMap({ Link(external: $0) }) {
            buttons.append(
                linkButton(context.text("안내하는 누리집으로", "Read on its site"), link)
            )
        }
        guard buttons.isEmpty else { return buttonRow(buttons) }
        return """
            <p>\(context.text(
                "신청하는 누리집이 알려져 있지 않습니다. 문의처나 다산콜 120으로 물어보세요.",
                "No site to apply on is known. Ask the contact or call 120."))</p>
            """
    }

    private static func lines(_ text: String) -> HTML {
        text.split(whereSeparator: \.isNewline).map { HTML(text: String($0)) }
            .joined(separator: "<br>")
    }
}
