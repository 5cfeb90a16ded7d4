import Basics
import Store
import Web

/// A talk with the assistant, message by message.
struct TalkPage: Sendable {
    var talk: Conversation
    var messages: [Message]
    var handOvers: [HandOver]
    var surroundings = TalkSurroundings()
    /// A question that was refused, as it was typed.
    var refused: String?

    /// A talk's page, at a message.
    static func link(_ id: String, message: String? = nil) -> Link {
        let page: Link = .path("assistant", "talks", id)
        return message.map { page.at("message-\($0)") } ?? page
    }

    func page(in context: PageContext) -> Page {
        Page(
            title: talk.title,
            breadcrumbs: surroundings.breadcrumbs(context),
            main: """
                \(TalkView(
                    messages: messages, handOvers: handOvers, surroundings: surroundings, isOwn: true
                ).html(in: context))\
                \(surroundings.nextQuestion(of: talk, refused: refused, context))
                """,
            hasErrors: refused != nil,
            scripts: [QuestionForm.script],
            styles: ["assistant.css"]
        )
    }
}

/// The messages of a talk, as the person and the colleague who answers see them.
struct TalkView: Sendable {
    var messages: [Message]
    var handOvers: [HandOver]
    var surroundings = TalkSurroundings()
    /// Forms and annexes listed under one quotation.
    private static let maximumAttachmentCount = 5

    /// Whether it is the reader's own talk, with its buttons.
    var isOwn: Bool

    func html(in context: PageContext) -> HTML {
        "<ol class=\"talk\" aria-live=\"polite\">\(HTML(each: messages) { message($0, in: context) })</ol>"
    }

    /// One message of the talk.
    func message(_ message: Message, in context: PageContext) -> HTML {
        let author =
            switch message.author {
            case .person: isOwn ? context.text("나", "You") : context.text("질문한 사람", "The person")
            case .assistant: context.text("서우리 주무관", "Assistant")
            case .colleague: context.text("담당자", "Colleague")
            }
        let body: HTML =
            message.answer.map { answer(message, $0.value, in: context) }
            ?? HTML(each: message.text.split(whereSeparator: \.isNewline)) { "<p>\($0)</p>" }
        return """
            <li class="\(message.author.rawValue)" id="message-\(message.id)">\
            <p class="author">\(author) · \(dateText(message.createdAt, in: context))</p>\(body)</li>
            """
    }

    private func answer(_ message: Message, _ answer: Answer, in context: PageContext) -> HTML {
        let body: HTML =
            switch answer.kind {
            case .quoted: quoted(answer, of: message, in: context)
            case .unclear: unclear(answer, in: context)
            case .unknown:
                UnknownAnswer(question: question(before: message)?.text ?? "").html(in: context)
            }
        return body + alternatives(answer, in: context) + after(message, answer, in: context)
    }

    /// A sentence of a draft, with the way to the passage that supports it.
    func sentence(
        _ sentence: Answer.DraftedSentence,
        of message: Message,
        in context: PageContext
    ) -> HTML {
        let number = sentence.quotation + 1
        let link = Link.fragment(Self.quotationID(message, number))
        let label = context.text("\(number)번 원문", "Passage \(number)")
        return """
            <p>\(sentence.text) <a class="cite" href="\(link)" aria-label="\(label)">[\(number)]</a></p>
            """
    }

    /// The draft of an answer with what it is, or why there is none.
    func draft(_ answer: Answer, of message: Message, in context: PageContext) -> HTML {
        if let fault = answer.draftFault {
            return "<p class=\"note\">\(fault.message[context.language])</p>"
        }
        guard let sentences = answer.drafted else { return .empty }
        let note = context.text(
            "언어 모델이 아래 글로 쓴 초안입니다. 문장마다 아래 글과 맞춰 보았습니다.",
            "A language model wrote this from the passages below; each sentence was held against them."
        )
        return HTML(each: sentences) { sentence($0, of: message, in: context) }
            + "<p class=\"note\">\(note)</p>"
    }

    private static func quotationID(_ message: Message, _ number: Int) -> String {
        "message-\(message.id)-\(number)"
    }

    private func quoted(_ answer: Answer, of message: Message, in context: PageContext) -> HTML {
        let draft: HTML = "<div data-draft>\(draft(answer, of: message, in: context))</div>"
        let quotes = HTML(each: answer.quotations.enumerated()) { index, quotation in
            let number = index + 1
            let sentences = PassageText(quotation.sentences)
                .html(tableName: quotation.citation, in: context)
            return """
                <figure class="quotation" id="\(Self.quotationID(message, number))">\
                <blockquote>\(sentences)</blockquote>\
                <figcaption>[\(number)] \
                <a href="\(quotation.link)">\(quotation.citation)</a>\
                \(attachments(quotation, in: context))</figcaption>\
                \(surroundings.lapse(of: quotation, context))</figure>
                """
        }
        let contact: HTML =
            answer.contact.isEmpty
            ? .empty
            : "<p class=\"note\">\(context.text("담당", "In charge")): \(answer.contact)</p>"
        return draft + quotes + contact + surroundings.inCharge(of: answer, context)
    }

    private func attachments(_ quotation: Answer.Quotation, in context: PageContext) -> HTML {
        let items = quotation.attachments.prefix(Self.maximumAttachmentCount).map { item -> HTML in
            guard let link = item.link(in: quotation.documentID) else {
                return "<li>\(item.name)</li>"
            }
            return "<li><a href=\"\(link)\" rel=\"noopener\">\(item.name)</a></li>"
        }
        return items.isEmpty ? .empty : "<ul>\(HTML(each: items) { $0 })</ul>"
    }

    private func unclear(_ answer: Answer, in context: PageContext) -> HTML {
        let choices = HTML(each: answer.choices) { choice in
            guard isOwn, let id = messages.first?.conversationID else { return "<p>\(choice)</p>" }
            return form(action: TalkPage.link(id), context: context) {
                "\(hiddenField("question", choice))\(button(choice, style: .secondary))"
            }
        }
        return """
            <p>\(context.text("어느 것을 물으셨나요?", "Which do you mean?"))</p>\
            <div class="buttons">\(choices)</div>
            """
    }

    private func alternatives(_ answer: Answer, in context: PageContext) -> HTML {
        guard !answer.alternatives.isEmpty else { return .empty }
        return """
            <p class="note">\(context.text("함께 찾은 말", "Also searched")): \
            \(answer.alternatives.joined(separator: " · "))</p>
            """
    }

    private func question(before message: Message) -> Message? {
        messages.last { $0.author == .person && $0.number < message.number }
    }

    /// What can be done with an answer: say whether it helped, hand it over.
    private func after(_ message: Message, _ answer: Answer, in context: PageContext) -> HTML {
        let handOver = handOvers.first { $0.messageID == question(before: message)?.id }
        if let handOver {
            let state: HTML =
                handOver.state == .answered
                ? "\(context.text("담당자가 답했습니다.", "A colleague has answered."))"
                : """
                \(context.text("담당자에게 넘겼습니다. 답할 때:", "Handed over; due:")) \
                \(dateText(handOver.dueAt, in: context))
                """
            return "<p class=\"note\">\(state)</p>"
        }
        guard isOwn else { return .empty }
        let path = Link.path("assistant", "messages", message.id, "hand-over")
        let over = form(action: path, context: context) {
            button(context.text("담당자에게 묻기", "Ask a person"), style: .secondary)
        }
        return "<div class=\"buttons\">\(helpful(message, answer, in: context))\(over)</div>"
    }

    private func helpful(_ message: Message, _ answer: Answer, in context: PageContext) -> HTML {
        guard answer.kind == .quoted else { return .empty }
        if let isHelpful = message.isHelpful {
            return """
                <p class="note">\(isHelpful
                    ? context.text("도움이 되었다고 하셨습니다.", "You found this helpful.")
                    : context.text("도움이 안 되었다고 하셨습니다.", "You did not find this helpful."))</p>
                """
        }
        let path = Link.path("assistant", "messages", message.id, "helpful")
        func vote(_ value: String, _ text: String) -> HTML {
            form(action: path, context: context) {
                "\(hiddenField("helpful", value))\(button(text, style: .quiet))"
            }
        }
        return vote("yes", context.text("도움이 됐어요", "Helpful"))
            + vote("no", context.text("도움이 안 됐어요", "Not helpful"))
    }
}
