import Basics

/// A thing in a short list that people look over rather than compare.
public struct Card: Sendable, Hashable {
    /// Its name.
    public var title: String
    /// Its page.
    public var link: Link?
    /// A sentence about it.
    public var text: HTML?
    /// Small facts under the sentence.
    public var facts: [HTML]
    /// Where it stands.
    public var status: StatusTag?

    /// Creates a card.
    public init(
        title: String,
        link: Link? = nil,
        text: HTML? = nil,
        facts: [HTML] = [],
        status: StatusTag? = nil
    ) {
        self.title = title
        self.link = link
        self.text = text
        self.facts = facts
        self.status = status
    }
}

/// A card; its title is a heading of the third level.
public func card(_ card: Card) -> HTML {
    let title: HTML =
        card.link.map { "<a href=\"\($0)\">\(card.title)</a>" } ?? HTML(text: card.title)
    let text: HTML? = card.text.map { "<p>\($0)</p>" }
    let facts: HTML? =
        card.facts.isEmpty
        ? nil : "<ul class=\"facts\">\(HTML(each: card.facts) { "<li>\($0)</li>" })</ul>"
    return """
        <article class="card">\(card.status.map(statusTag))<h3>\(title)</h3>\(text)\(facts)</article>
        """
}

/// Cards in as many columns as fit.
public func cardGrid(_ cards: [Card]) -> HTML {
    "<div class=\"cardgrid\">\(HTML(each: cards) { card($0) })</div>"
}

extension Card {
    static let examples = [
        ComponentExample("card", Bilingual("카드", "Cards")) { context in
            cardGrid([
                Card(
                    title: context.text("메타버스 서울 고도화", "Metaverse Seoul, stage two"),
                    link: Link("/projects/1"),
                    text: HTML(
                        text: context.text(
                            "시민이 아바타로 민원과 상담을 받는 가상 공간.",
                            "A virtual space for civic services."
                        )
                    ),
                    facts: [money(.eok(28), in: context), dateText(context.now.date, in: context)],
                    status: StatusTag(context.text("입찰 중", "Open"), kind: .active)
                ),
                Card(
                    title: context.text("공공와이파이 확대", "More public Wi-Fi"),
                    link: Link("/projects/2"),
                    text: HTML(
                        text: context.text("공원과 버스정류소에 설치.", "In parks and at bus stops.")
                    ),
                    facts: [money(.eok(92), in: context)],
                    status: StatusTag(context.text("발주 예정", "Planned"), kind: .planned)
                ),
            ])
        }
    ]
}
