import Basics
import Hosting
import Identity
import Store
import Web

/// What an administrator reads on Monday morning.
struct OverviewRoutes {
    let desk: AssistantDesk

    static let access = RouteAccess.anyRole([.knowledgeKeeper, .assistantAgent])

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/assistant/overview", access: Self.access) { incoming in
            let days = incoming.query["days"].flatMap(Int.init).map { min(max($0, 1), 366) } ?? 7
            let since = incoming.now.adding(seconds: -days * 86_400)
            let figures = try await desk.store.read { try Figures.read(since: since, in: $0) }
            return OverviewPage(figures: figures, days: days).page(in: incoming.page)
        }
    }
}

/// What the assistant did in a time.
struct Figures: Sendable {
    /// A question with how often it was asked.
    struct Asked: Codable, Sendable, Hashable {
        var text: String
        var count: Int
    }

    /// A document with how often it was quoted.
    struct Quoted: Sendable, Hashable {
        var document: String
        var title: String
        var count: Int
    }

    /// Lines of each list.
    static let listedCount = 20
    /// Answers looked at; a longer time is told of its last ones.
    static let maximumAnswerCount = 20_000

    var asked = 0
    var answered = 0
    var handedOver = 0
    var late = 0
    var helpful = 0
    var unhelpful = 0
    var unknown: [Asked] = []
    var quoted: [Quoted] = []

    /// The share of questions that were answered from documents.
    var answeredShare: Double { asked == 0 ? 0 : Double(answered) / Double(asked) }
    /// The share of those who said so that found an answer helpful.
    var helpfulShare: Double? {
        helpful + unhelpful == 0 ? nil : Double(helpful) / Double(helpful + unhelpful)
    }

    /// Counts what was asked since a time.
    static func read(since: Instant, in db: ReadTransaction) throws -> Figures {
        struct Row: Decodable {
            var question: String?
            var answer: JSONColumn<Answer>
            var isHelpful: Bool?
        }
        let rows = try db.rows(
            """
            SELECT (SELECT q.text FROM assistant_message q
                    WHERE q.conversation_id = m.conversation_id AND q.author = 'person'
                        AND q.number < m.number ORDER BY q.number DESC LIMIT 1) AS question,
                m.answer, m.is_helpful
            FROM assistant_message m
            WHERE m.created_at >= \(since) AND m.author = 'assistant' AND m.answer IS NOT NULL
            ORDER BY m.created_at DESC LIMIT \(maximumAnswerCount)
            """,
            as: Row.self
        )
        var figures = Figures()
        var unknown: [String: Int] = [:]
        var quoted: [String: Quoted] = [:]
        for row in rows {
            figures.asked += 1
            switch row.answer.value.kind {
            case .quoted:
                figures.answered += 1
                for quotation in row.answer.value.quotations {
                    quoted[
                        quotation.documentID,
                        default: Quoted(
                            document: quotation.documentID,
                            title: quotation.documentTitle,
                            count: 0
                        )
                    ].count += 1
                }
            case .unknown: unknown[row.question ?? "", default: 0] += 1
            case .unclear: break
            }
            if row.isHelpful == true { figures.helpful += 1 }
            if row.isHelpful == false { figures.unhelpful += 1 }
        }
        figures.unknown = unknown.map { Asked(text: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.text) < ($0.count, $1.text) }.prefix(listedCount).map { $0 }
        figures.quoted = quoted.values
            .sorted { ($1.count, $0.title) < ($0.count, $1.title) }.prefix(listedCount).map { $0 }
        figures.handedOver =
            try db.value(
                "SELECT count(*) FROM assistant_hand_over WHERE created_at >= \(since)",
                as: Int.self
            ) ?? 0
        figures.late =
            try db.value(
                """
                SELECT count(*) FROM assistant_hand_over
                WHERE created_at >= \(since) AND due_at < coalesce(answered_at, \(db.now))
                """,
                as: Int.self
            ) ?? 0
        return figures
    }
}
