import Basics
import Hosting
import Store
import Web

/// A question with its answer, in the talk it belongs to.
struct Exchange: Sendable, Hashable {
    var talk: Conversation
    var question: Message
    var reply: Message
    /// Whether it was asked before under the same key.
    var isRepeated: Bool

    /// What was asked under a key already; nothing where nothing was.
    ///
    /// Throws `Problem.notFound` where somebody else asked it.
    static func find(
        _ key: String,
        of accountID: String,
        in db: ReadTransaction
    ) throws -> Exchange? {
        guard let question = try Conversations.message(key, in: db) else { return nil }
        let talk = try Conversations.own(question.conversationID, of: accountID, in: db)
        let reply = try Conversations.messages(of: talk.id, in: db)
            .first { $0.author == .assistant && $0.number > question.number }
        guard let reply else { throw Problem.notFound }
        return Exchange(talk: talk, question: question, reply: reply, isRepeated: true)
    }

    /// Keeps a question with its answer at the end of a talk.
    static func keep(
        _ question: String,
        _ answer: Answer,
        key: String,
        in talk: Conversation,
        _ tx: WriteTransaction
    ) throws -> Exchange {
        func message(_ id: String, _ author: Message.Author, _ text: String) -> Message {
            Message(
                id: id,
                conversationID: talk.id,
                number: 0,
                author: author,
                text: text,
                createdAt: tx.now
            )
        }
        var reply = message(RandomName.make(byteCount: 12), .assistant, answer.plainText)
        reply.answer = JSONColumn(answer)
        return Exchange(
            talk: talk,
            question: try Conversations.append(message(key, .person, question), in: tx),
            reply: try Conversations.append(reply, in: tx),
            isRepeated: false
        )
    }
}
