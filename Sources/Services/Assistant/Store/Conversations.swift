import Basics
import Hosting
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

    /// Begins a talk with a question.
    static func begin(
        with question: String,
        by accountID: String,
        of organizationID: String,
        bot botID: String?,
        in tx: WriteTransaction
    ) throws -> Conversation {
        let talk = Conversation(
            id: RandomName.make(byteCount: 12),
            accountID: accountID,
            title: String(question.prefix(Conversation.maximumTitleLength)),
            startedAt: tx.now,
            updatedAt: tx.now,
            botID: botID,
            organizationID: organizationID
        )
        try tx.run(
            """
            INSERT INTO assistant_conversation (id, account_id, title, started_at, updated_at,
                bot_id, organization_id)
            VALUES (\(talk.id), \(talk.accountID), \(talk.title), \(talk.startedAt),
                \(talk.updatedAt), \(talk.botID), \(talk.organizationID))
            """
        )
        return talk
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
                reply, document_id, bot_id, department, assigned_to)
            VALUES (\(handOver.id), \(handOver.conversationID), \(handOver.messageID),
                \(handOver.accountID), \(handOver.organizationID), \(handOver.question),
                \(handOver.state), \(handOver.createdAt), \(handOver.dueAt),
                \(handOver.answeredBy), \(handOver.answeredAt), \(handOver.reply),
                \(handOver.documentID), \(handOver.botID), \(handOver.department),
                \(handOver.assignedTo))
            ON CONFLICT (message_id) DO NOTHING
            """
        )
    }

    static func update(_ handOver: HandOver, in tx: WriteTransaction) throws {
        try tx.run(
            """
            UPDATE assistant_hand_over SET state = \(handOver.state),
                answered_by = \(handOver.answeredBy), answered_at = \(handOver.answeredAt),
                reply = \(handOver.reply), document_id = \(handOver.documentID),
                department = \(handOver.department), assigned_to = \(handOver.assignedTo)
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

    /// A page of the queue, what is due first on top: what is late stands before all else.
    static func page(
        _ number: Int,
        of query: QueueQuery,
        in db: ReadTransaction
    ) throws -> (items: [HandOver], total: Int) {
        let total = try db.value(
            "SELECT count(*) FROM assistant_hand_over WHERE \(query.condition)",
            as: Int.self
        )
        let order: SQL = query.state == .waiting ? "due_at, id" : "answered_at DESC, id"
        let items = try db.rows(
            """
            SELECT * FROM assistant_hand_over WHERE \(query.condition)
            ORDER BY \(order) LIMIT \(pageSize) OFFSET \((number - 1) * pageSize)
            """,
            as: HandOver.self
        )
        return (items, total ?? 0)
    }

    /// The departments whose queues have something in a state, with how much, by name.
    static func departments(
        of query: QueueQuery,
        in db: ReadTransaction
    ) throws -> [(name: String, count: Int)] {
        struct Row: Decodable {
            var department: String
            var count: Int
        }
        var whole = query
        whole.department = nil
        whole.assignedTo = nil
        return try db.rows(
            """
            SELECT department, count(*) AS count FROM assistant_hand_over
            WHERE \(whole.condition) GROUP BY department ORDER BY department
            LIMIT \(QueueQuery.maximumDepartmentCount)
            """,
            as: Row.self
        ).map { ($0.department, $0.count) }
    }

    /// What colleagues did with a question, oldest first.
    static func steps(of id: String, in db: ReadTransaction) throws -> [HandOverStep] {
        try db.rows(
            """
            SELECT hand_over_id, kind, made_by, made_at, department, note
            FROM assistant_hand_over_step
            WHERE hand_over_id = \(id) ORDER BY id LIMIT \(HandOverStep.maximumCount)
            """,
            as: HandOverStep.self
        )
    }

    /// Writes down what a colleague did with a question.
    static func add(_ step: HandOverStep, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO assistant_hand_over_step (hand_over_id, kind, made_by, made_at, department,
                note)
            VALUES (\(step.handOverID), \(step.kind), \(step.madeBy), \(step.madeAt),
                \(step.department), \(step.note))
            """
        )
    }
}

/// Which part of the queue somebody looks at.
struct QueueQuery: Sendable, Hashable {
    /// The most departments that are listed to choose from.
    static let maximumDepartmentCount = 30

    var state: HandOver.State
    var department: String?
    /// Only what this account took upon itself.
    var assignedTo: String?
    /// The organizations whose questions the person answers; nothing where it is every one's.
    var organizations: Set<String>?

    fileprivate var condition: SQL {
        var condition: SQL = "state = \(state)"
        if let organizations {
            condition += " AND organization_id IN \(list: organizations.sorted())"
        }
        if let department { condition += " AND department = \(department)" }
        if let assignedTo { condition += " AND assigned_to = \(assignedTo)" }
        return condition
    }
}
