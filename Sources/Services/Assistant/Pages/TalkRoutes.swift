import Basics
import HTTPTypes
import Hosting
import Identity
import Store
import Web

/// Asking the assistant: the start page, the talk, what people say of an answer, handing over.
struct TalkRoutes {
    let desk: AssistantDesk

    /// The assistant is a colleague of the staff.
    static let access = RouteAccess.kind([.staff])

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/assistant", access: Self.access) { incoming in
            try await Self.start(desk, incoming).page(in: incoming.page)
        }
        table.submission(
            "/assistant/talks",
            access: Self.access,
            maximumBodyByteCount: QuestionForm.maximumByteCount
        ) { incoming, form in
            let question = form["question"] ?? ""
            if QuestionForm.fault(question) != nil {
                var page = try await Self.start(desk, incoming)
                page.refused = question
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            return try await Self.ask(form, in: nil, desk, incoming)
        }
        table.page("/assistant/talks/{id}", access: Self.access) { incoming in
            try await Self.talk(desk, incoming).page(in: incoming.page)
        }
        table.submission(
            "/assistant/talks/{id}",
            access: Self.access,
            maximumBodyByteCount: QuestionForm.maximumByteCount
        ) { incoming, form in
            let question = form["question"] ?? ""
            if QuestionForm.fault(question) != nil {
                var page = try await Self.talk(desk, incoming)
                page.refused = question
                return .page(page.page(in: incoming.page), .unprocessableContent)
            }
            return try await Self.ask(form, in: try incoming.pathParameter("id"), desk, incoming)
        }
        table.submission("/assistant/messages/{id}/helpful", access: Self.access) {
            incoming,
            form in
            let id = try incoming.pathParameter("id")
            let account = try incoming.accountID()
            let isHelpful = form["helpful"] == "yes"
            let talk = try await desk.store.write { tx in
                guard let message = try Conversations.message(id, in: tx),
                    message.author == .assistant,
                    let talk = try Conversations.find(message.conversationID, in: tx),
                    talk.accountID == account
                else { throw Problem.notFound }
                try Conversations.rate(id, isHelpful: isHelpful, in: tx)
                return talk
            }
            return .other(.seeOther(TalkPage.link(talk.id, message: id)))
        }
        table.submission("/assistant/messages/{id}/hand-over", access: Self.access) {
            incoming,
            form in
            let id = try incoming.pathParameter("id")
            let talk = try await desk.handOver(messageID: id, incoming)
            return .other(.seeOther(TalkPage.link(talk.id, message: id)))
        }
    }

    /// Answers a form with the talk's page, and a script of ours with a stream of events.
    static func ask(
        _ form: FormFields,
        in id: String?,
        bot: String? = nil,
        _ desk: AssistantDesk,
        _ incoming: Incoming
    ) async throws -> Web.Answer {
        let key = form["key"].flatMap(Self.key) ?? RandomName.make(byteCount: 12)
        let exchange = try await desk.ask(
            form["question"] ?? "",
            key: key,
            in: id,
            bot: bot,
            incoming
        )
        if incoming.headers[.accept] == "text/event-stream" {
            return .other(TalkStream(desk: desk, exchange: exchange, page: incoming.page).outgoing)
        }
        _ = try await desk.drafting(exchange)
        return .other(.seeOther(TalkPage.link(exchange.talk.id, message: key)))
    }

    /// A key as our own pages make them.
    private static func key(_ text: String) -> String? {
        let isKey =
            (12...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
        return isKey ? text : nil
    }

    private static func start(
        _ desk: AssistantDesk,
        _ incoming: Incoming
    ) async throws -> StartPage {
        let account = try incoming.accountID()
        let recent = try await desk.store.read { try Conversations.recent(of: account, in: $0) }
        let shelf = incoming.query["category"].flatMap(KnowledgeCategory.init(rawValue:))
        let shelves = Self.shelves(desk, incoming)
        return StartPage(
            recent: recent,
            bots: try await desk.usableBots(by: incoming.actor),
            shelf: shelf,
            documents: shelves,
            questions: desk.index.snapshot.questions(
                of: shelf.flatMap { shelves[$0] } ?? [],
                limit: StartPage.maximumQuestionCount
            ),
            mayAnswer: incoming.actor.holds(.assistantAgent),
            mayKeep: incoming.actor.holds(.knowledgeKeeper)
        )
    }

    /// The documents a person may be quoted, by their shelf.
    private static func shelves(
        _ desk: AssistantDesk,
        _ incoming: Incoming
    ) -> [KnowledgeCategory: [KnowledgeDocument]] {
        let day = incoming.now.date
        return Dictionary(
            grouping: desk.index.snapshot.documents.values.filter {
                $0.isQuotable(to: incoming.actor, on: day)
            },
            by: \.category
        ).mapValues { $0.sorted { ($0.title, $0.id) < ($1.title, $1.id) } }
    }

    private static func talk(_ desk: AssistantDesk, _ incoming: Incoming) async throws -> TalkPage {
        let account = try incoming.accountID()
        let id = try incoming.pathParameter("id")
        let documents = desk.index.snapshot.documents
        return try await desk.store.read { db in
            guard let talk = try Conversations.find(id, in: db), talk.accountID == account else {
                throw Problem.notFound
            }
            let messages = try Conversations.messages(of: id, in: db)
            return TalkPage(
                talk: talk,
                messages: messages,
                handOvers: try HandOvers.of(conversation: id, in: db),
                surroundings: try TalkSurroundings(talk, messages, for: incoming, documents, in: db)
            )
        }
    }
}
