import Basics
import Store

/// How many questions there were, and what became of them.
struct AnswerCounts: Sendable, Hashable {
    var asked = 0
    var answered = 0
    var unknown = 0
    var handedOver = 0
    var late = 0
    var helpful = 0
    var unhelpful = 0

    /// The share of questions that were answered from documents; nothing where none was asked.
    var answeredShare: Double? { asked == 0 ? nil : Double(answered) / Double(asked) }
    /// The share of those who said so that found an answer helpful.
    var helpfulShare: Double? {
        helpful + unhelpful == 0 ? nil : Double(helpful) / Double(helpful + unhelpful)
    }

    fileprivate mutating func add(_ row: AssistantReport.AnswerRow) {
        asked += 1
        if row.answer.value.kind == .quoted { answered += 1 }
        if row.answer.value.kind == .unknown { unknown += 1 }
        if row.isHelpful == true { helpful += 1 }
        if row.isHelpful == false { unhelpful += 1 }
    }

    fileprivate mutating func add(_ row: AssistantReport.HandOverRow, at now: Instant) {
        handedOver += 1
        if row.dueAt < row.answeredAt ?? now { late += 1 }
    }
}

/// What the assistant did in some days, beside the same number of days before.
struct AssistantReport: Sendable {
    /// A bot or a department with its counts.
    struct Part: Sendable, Hashable {
        var name: String
        var counts: AnswerCounts
    }

    /// A document with how often it was quoted.
    struct Coverage: Sendable, Hashable {
        var id: String
        var title: String
        var department: String
        var count: Int
        var lastQuotedAt: Instant?
    }

    fileprivate struct AnswerRow: Decodable {
        var question: String?
        var answer: JSONColumn<Answer>
        var isHelpful: Bool?
        var createdAt: Instant
        var botID: String?
    }

    fileprivate struct HandOverRow: Decodable {
        var department: String
        var botID: String?
        var createdAt: Instant
        var dueAt: Instant
        var answeredAt: Instant?
    }

    /// The lengths of time to choose from, in days.
    static let dayCounts = [7, 30, 90]
    /// Answers and hand-overs looked at; a longer time is told of its last ones.
    static let maximumRowCount = 20_000
    /// Lines of each list on the page; the files have all of them.
    static let listedCount = 20
    /// How long before its last day a document is named, in days.
    static let expiryNoticeDays = 30

    let days: Int
    private(set) var counts = AnswerCounts()
    private(set) var previous = AnswerCounts()
    /// Questions a day, oldest first, with those of the day as long before.
    private(set) var daily: [(day: LocalDate, asked: Int, before: Int)] = []
    private(set) var unknown: [QuestionGroup] = []
    private(set) var bots: [Part] = []
    private(set) var departments: [Part] = []
    /// Every document in force, those quoted most first, those never quoted last.
    private(set) var coverage: [Coverage] = []
    /// Documents whose last day is near, the nearest first.
    private(set) var expiring: [KnowledgeDocument] = []

    /// The documents in force that nobody was quoted.
    var neverQuoted: [Coverage] { coverage.filter { $0.count == 0 } }

    /// Reads the report of some organizations (nothing: of all) from the store.
    init(
        days: Int,
        of organizations: Set<String>?,
        _ documents: [String: KnowledgeDocument],
        in db: ReadTransaction
    ) throws {
        self.days = days
        let today = db.now.date
        let first = Instant(today.adding(days: 1 - days), hour: 0)
        let start = Instant(today.adding(days: 1 - 2 * days), hour: 0)
        let scope: SQL =
            organizations.map { "AND organization_id IN \(list: $0.sorted())" } ?? ""
        let answers = try Self.answers(since: start, scope, in: db)
        let handOvers = try Self.handOvers(since: start, scope, in: db)
        for row in answers {
            if row.createdAt >= first { counts.add(row) } else { previous.add(row) }
        }
        for row in handOvers {
            if row.createdAt >= first {
                counts.add(row, at: db.now)
            } else {
                previous.add(row, at: db.now)
            }
        }
        daily = Self.daily(answers, days: days, until: today)
        let recent = answers.filter { $0.createdAt >= first }
        unknown = QuestionGroups.make(
            recent.filter { $0.answer.value.kind == .unknown }
                .reduce(into: [:]) { $0[$1.question ?? "", default: 0] += 1 }
        )
        try sort(recent, handOvers.filter { $0.createdAt >= first }, documents, in: db)
        let seen = documents.values.filter { document in
            document.audience != .owner && document.holds(on: today)
                && (organizations?.contains(document.organizationID) ?? true)
        }
        coverage = Self.coverage(recent, of: seen)
        expiring = seen.filter { document in
            document.effectiveUntil.map { $0 <= today.adding(days: Self.expiryNoticeDays) } ?? false
        }.sorted { ($0.effectiveUntil ?? today, $0.title) < ($1.effectiveUntil ?? today, $1.title) }
    }

    private static func answers(
        since start: Instant,
        _ scope: SQL,
        in db: ReadTransaction
    ) throws -> [AnswerRow] {
        try db.rows(
            """
            SELECT (SELECT q.text FROM assistant_message q
                    WHERE q.conversation_id = m.conversation_id AND q.author = 'person'
                        AND q.number < m.number ORDER BY q.number DESC LIMIT 1) AS question,
                m.answer, m.is_helpful, m.created_at, c.bot_id
            FROM assistant_message m JOIN assistant_conversation c ON c.id = m.conversation_id
            WHERE m.created_at >= \(start) AND m.author = 'assistant' AND m.answer IS NOT NULL
                \(scope)
            ORDER BY m.created_at DESC LIMIT \(maximumRowCount)
            """,
            as: AnswerRow.self
        )
    }

    private static func handOvers(
        since start: Instant,
        _ scope: SQL,
        in db: ReadTransaction
    ) throws -> [HandOverRow] {
        try db.rows(
            """
            SELECT department, bot_id, created_at, due_at, answered_at FROM assistant_hand_over
            WHERE created_at >= \(start) \(scope)
            ORDER BY created_at DESC LIMIT \(maximumRowCount)
            """,
            as: HandOverRow.self
        )
    }

    private static func daily(
        _ answers: [AnswerRow],
        days: Int,
        until today: LocalDate
    ) -> [(day: LocalDate, asked: Int, before: Int)] {
        let asked = answers.reduce(into: [:]) { $0[$1.createdAt.date, default: 0] += 1 }
        return (0..<days).map { index in
            let day = today.adding(days: index + 1 - days)
            return (day, asked[day] ?? 0, asked[day.adding(days: -days)] ?? 0)
        }
    }

    /// Counts by bot and by department: of an answer that of its first document, of a hand-over that
    /// of its queue.
    private mutating func sort(
        _ answers: [AnswerRow],
        _ handOvers: [HandOverRow],
        _ documents: [String: KnowledgeDocument],
        in db: ReadTransaction
    ) throws {
        var byBot: [String: AnswerCounts] = [:]
        var byDepartment: [String: AnswerCounts] = [:]
        for row in answers {
            byBot[row.botID ?? "", default: AnswerCounts()].add(row)
            let first = row.answer.value.quotations.first.flatMap { documents[$0.documentID] }
            guard let department = first?.department, !department.isEmpty else { continue }
            byDepartment[department, default: AnswerCounts()].add(row)
        }
        for row in handOvers {
            byBot[row.botID ?? "", default: AnswerCounts()].add(row, at: db.now)
            guard !row.department.isEmpty else { continue }
            byDepartment[row.department, default: AnswerCounts()].add(row, at: db.now)
        }
        bots = Self.parts(
            try Dictionary(
                byBot.map { id, counts in
                    (id, (try Bots.find(id, in: db)?.content.value.name ?? "", counts))
                },
                uniquingKeysWith: { $1 }
            ).values.map { Part(name: $0.0, counts: $0.1) }
        )
        departments = Self.parts(byDepartment.map { Part(name: $0.key, counts: $0.value) })
    }

    private static func parts(_ parts: [Part]) -> [Part] {
        parts.sorted { ($1.counts.asked, $0.name) < ($0.counts.asked, $1.name) }
    }

    private static func coverage(
        _ answers: [AnswerRow],
        of documents: [KnowledgeDocument]
    ) -> [Coverage] {
        var found: [String: Coverage] = Dictionary(
            documents.map {
                ($0.id, Coverage(id: $0.id, title: $0.title, department: $0.department, count: 0))
            },
            uniquingKeysWith: { $1 }
        )
        for row in answers where row.answer.value.kind == .quoted {
            for id in Set(row.answer.value.quotations.map(\.documentID)) {
                guard var document = found[id] else { continue }
                document.count += 1
                document.lastQuotedAt = max(document.lastQuotedAt ?? row.createdAt, row.createdAt)
                found[id] = document
            }
        }
        return found.values.sorted { ($1.count, $0.title, $0.id) < ($0.count, $1.title, $1.id) }
    }
}
