import Basics
import Store
import Web

/// The talks in the store.
enum Conversations {
    /// The most messages of one talk; a longer one is begun anew.
    static let maximumMessageCount = 400

    static func find(_ id: String, in db: ReadTransaction) throws -> Conversation? {
        try db.first(
            "SELECT * FROM assistant_conversation WHERE id = \(id)",
            as: Conversation.self
        )
    }

    /// A person's own talk; anybody else's is not there.
    @discardableResult
    static func own(
        _ id: String,
        of accountID: String,
        in db: ReadTransaction
    ) throws -> Conversation {
        guard let talk = try find(id, in: db), talk.accountID == accountID else {
            throw Problem.notFound
        }
        return talk
    }

    /// The talks of a person, the newest first.
    static func recent(of accountID: String, in db: ReadTransaction) throws -> [Conversation] {
        try db.rows(
            """
            SELECT * FROM assistant_conversation WHERE account_id = \(accountID)
            ORDER BY updated_at DESC, id LIMIT \(Conversation.listedCount)
            """,
            as: Conversation.self
        )
    }

    static func messages(of id: String, in db: ReadTransaction) throws -> [Message] {
        try db.rows(
            "SELECT * FROM assistant_message WHERE conversation_id = \(id) ORDER BY number",
            as: Message.self
        )
    }

    static func message(_ id: String, in db: ReadTransaction) throws -> Message? {
        try db.first("SELECT * FROM assistant_message WHERE id = \(id)", as: Message.self)
    }

    /// Begins a talk.
    static func begin(_ conversation: Conversation, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO assistant_conversation (id, account_id, title, started_at, updated_at)
            VALUES (\(conversation.id), \(conversation.accountID), \(conversation.title),
                \(conversation.startedAt), \(conversation.updatedAt))
            """
        )
    }

    /// Adds a message at the end of its talk; its number is set here.
    @discardableResult
    static func append(_ message: Message, in tx: WriteTransaction) throws -> Message {
        var message = message
        let last = try tx.value(
            """
            SELECT max(number) FROM assistant_message
            WHERE conversation_id = \(message.conversationID)
            """,
            as: Int.self
        )
        message.number = (last ?? 0) + 1
        try tx.run(
            """
            INSERT INTO assistant_message (id, conversation_id, number, author, text, answer,
                created_at, is_helpful)
            VALUES (\(message.id), \(message.conversationID), \(message.number),
                \(message.author), \(message.text), \(message.answer), \(message.createdAt),
                \(message.isHelpful))
            """
        )
        try tx.run(
            """
            UPDATE assistant_conversation SET updated_at = \(message.createdAt)
            WHERE id = \(message.conversationID)
            """
        )
        return message
    }

    /// Puts an answer with its draft in the place of the one without.
    static func update(_ answer: Answer, of messageID: String, in tx: WriteTransaction) throws {
        try tx.run(
            """
            UPDATE assistant_message SET answer = \(JSONColumn(answer)), text = \(answer.plainText)
            WHERE id = \(messageID)
            """
        )
    }

    static func rate(_ messageID: String, isHelpful: Bool, in tx: WriteTransaction) throws {
        try tx.run(
            "UPDATE assistant_message SET is_helpful = \(isHelpful) WHERE id = \(messageID)"
        )
    }
}

/// The questions handed over, in the store.
enum HandOvers {
    /// Questions on one page of the queue.
    static let pageSize = 30

    /// Hands a question over; one that already was stays as it is.
    static func save(_ handOver: HandOver, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO assistant_hand_over (id, conversation_id, message_id, account_id,
                organization_id, question, state, created_at, due_at, answered_by, answered_at,
                reply, document_id)
            VALUES (\(handOver.id), \(handOver.conversationID), \(handOver.messageID),
                \(handOver.accountID), \(handOver.organizationID), \(handOver.question),
                \(handOver.state), \(handOver.createdAt), \(handOver.dueAt),
                \(handOver.answeredBy), \(handOver.answeredAt), \(handOver.reply),
                \(handOver.documentID))
            ON CONFLICT (message_id) DO NOTHING
            """
        )
    }

    static func update(_ handOver: HandOver, in tx: WriteTransaction) throws {
        try tx.run(
            """
            UPDATE assistant_hand_over SET state = \(handOver.state),
                answered_by = \(handOver.answeredBy), answered_at = \(handOver.answeredAt),
                reply = \(handOver.reply), document_id = \(handOver.documentID)
            WHERE id = \(handOver.id)
            """
        )
    }

    static func find(_ id: String, in db: ReadTransaction) throws -> HandOver? {
        try db.first("SELECT * FROM assistant_hand_over WHERE id = \(id)", as: HandOver.self)
    }

    /// The questions of a talk that were handed over.
    static func of(conversation id: String, in db: ReadTransaction) throws -> [HandOver] {
        try db.rows(
            "SELECT * FROM assistant_hand_over WHERE conversation_id = \(id) ORDER BY created_at",
            as: HandOver.self
        )
    }

    /// A page of the queue of some organizations (nothing: of all), what is due first on top.
    static func page(
        _ state: HandOver.State,
        page: Int,
        organizations: Set<String>?,
        in db: ReadTransaction
    ) throws -> (items: [HandOver], total: Int) {
        let scope: SQL =
            organizations.map { "AND organization_id IN \(list: $0.sorted())" } ?? ""
        let total = try db.value(
            "SELECT count(*) FROM assistant_hand_over WHERE state = \(state) \(scope)",
            as: Int.self
        )
        let order: SQL = state == .waiting ? "due_at, id" : "answered_at DESC, id"
        let items = try db.rows(
            """
            SELECT * FROM assistant_hand_over WHERE state = \(state) \(scope)
            ORDER BY \(order) LIMIT \(pageSize) OFFSET \((page - 1) * pageSize)
            """,
            as: HandOver.self
        )
        return (items, total ?? 0)
    }
}
