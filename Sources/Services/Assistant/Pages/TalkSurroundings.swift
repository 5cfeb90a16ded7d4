import Basics
import City
import Identity
import Store
import Web

/// What stands around the messages of a talk, as it is today: the bot it is with, who is in charge of
/// what was quoted, and what of it is no longer in force.
///
/// The messages keep what was said when it was said; this may have changed since.
struct TalkSurroundings: Sendable {
    /// People named beside one answer.
    static let maximumPersonCount = 3
    /// People of a department that are looked through.
    private static let maximumDepartmentCount = 200

    /// The bot the talk is with.
    private(set) var bot: BotInUse?
    /// Whether the talk was with a bot that the person can no longer use.
    private(set) var isClosed = false
    /// Quoted documents that are no longer in force.
    private(set) var lapsed: Set<String> = []
    /// Who is in charge of a quoted document, by the staff directory.
    private(set) var people: [String: [Person]] = [:]

    /// Nothing is known around the messages.
    init() {}

    /// Reads what stands around a talk today.
    init(
        _ talk: Conversation,
        _ messages: [Message],
        for incoming: Incoming,
        _ documents: [String: KnowledgeDocument],
        in db: ReadTransaction
    ) throws {
        if let id = talk.botID {
            let found = try Bots.find(id, in: db)
            bot = found.flatMap { $0.isUsable(by: incoming.actor) ? BotInUse($0) : nil }
            isClosed = bot == nil
        }
        let quoted = Set(messages.flatMap { $0.answer?.value.quotations ?? [] }.map(\.documentID))
        lapsed = quoted.filter { id in
            guard let document = documents[id] else { return true }
            return document.audience != .owner && !document.holds(on: incoming.now.date)
        }
        for id in quoted.subtracting(lapsed) {
            guard let document = documents[id], !document.department.isEmpty else { continue }
            let members = try People.members(
                of: document.department,
                in: document.organizationID,
                limit: Self.maximumDepartmentCount,
                db: db
            )
            // Whose extension the document names is in charge; else the department answers.
            let named = members.filter { document.contact.contains($0.telephone) }
            people[id] = Array((named.isEmpty ? members : named).prefix(Self.maximumPersonCount))
        }
    }

    /// Says of a quotation that its document is no longer in force, where it is not.
    func lapse(of quotation: Answer.Quotation, _ context: PageContext) -> HTML {
        guard lapsed.contains(quotation.documentID) else { return .empty }
        let tag = StatusTag(context.text("효력 없음", "No longer in force"), kind: .refused)
        return """
            <p class="note">\(statusTag(tag)) \(context.text(
                "이 답을 드린 뒤에 문서가 효력을 잃었습니다. 지금의 규정은 다시 물어봐 주세요.",
                "The document has lapsed since this answer. Ask again for the rules of today."))</p>
            """
    }

    /// Who is in charge of the first document of an answer: department, name, extension.
    func inCharge(of answer: Answer, _ context: PageContext) -> HTML {
        guard let id = answer.quotations.first?.documentID, let people = people[id],
            !people.isEmpty
        else { return .empty }
        let items = HTML(each: people) { person in
            let link = Link.path("people", person.id)
            return """
                <li><a href="\(link)">\(person.department) \(person.name) \(person.position)</a> \
                · \(person.telephone) · \(person.duty)</li>
                """
        }
        return """
            <div class="note"><p>\(context.text("담당자", "Who is in charge")):</p><ul>\(items)</ul></div>
            """
    }

    /// Where the next question of the talk is asked: the bot's menu and the box, or why there is none.
    func nextQuestion(of talk: Conversation, refused: String?, _ context: PageContext) -> HTML {
        guard !isClosed else {
            return """
                <p class="note">\(context.text(
                    "이 도우미는 더 쓰지 않습니다. 대화는 그대로 남습니다.",
                    "This bot is no longer in use. The talk stays."))</p>\
                <p>\(linkButton(context.text("새 대화 시작하기", "Begin a new talk"), Link("/assistant")))</p>
                """
        }
        let action = TalkPage.link(talk.id)
        let menu = bot.map { BotMenuView(menu: $0.content.menu, action: action).html(in: context) }
        return """
            \(menu)\(QuestionForm(action: action, refused: refused).html(in: context))
            """
    }

    /// The way back from a talk.
    func breadcrumbs(_ context: PageContext) -> [Breadcrumb] {
        let own = bot.map {
            Breadcrumb(title: $0.content.name, link: .path("assistant", "bots", $0.id))
        }
        return [StartPage.breadcrumb(context)] + [own].compactMap { $0 }
    }
}

/// What is said where no document answers.
struct UnknownAnswer: Sendable {
    /// The question, as it was kept.
    var question: String

    /// Whether the question is written in another language than the documents are.
    private var isForeign: Bool {
        let scalars = question.unicodeScalars
        let isHangul = { (scalar: Unicode.Scalar) in
            (0xAC00...0xD7A3).contains(scalar.value) || (0x1100...0x11FF).contains(scalar.value)
                || (0x3131...0x318E).contains(scalar.value)
        }
        return !scalars.contains(where: isHangul)
            && scalars.contains { $0.properties.isAlphabetic }
    }

    func html(in context: PageContext) -> HTML {
        guard isForeign else {
            return """
                <p>\(context.text(
                    "문서에서 답을 찾지 못했습니다. 담당자에게 넘기면 이 대화에서 답을 받습니다.",
                    "No document answers this. Hand it over, and a colleague answers in this talk."))</p>
                """
        }
        return """
            <p>\(context.text(
                "문서에서 답을 찾지 못했습니다. 문서가 한국어라서 한국어로 물으면 더 잘 찾습니다.",
                "No document answers this."))</p>\
            <p lang="en">The documents are in Korean, and I answer in their own words: I find and quote \
            them when you ask in Korean. I do not translate. You can also hand your question over as it \
            is, and a colleague answers in this talk.</p>
            """
    }
}
