import Basics
import Identity
import Store

/// How an office is doing: per procedure and month of the application.
struct DeskStatistics: Sendable, Hashable {
    /// Counts below this are not shown where a breakdown could point to a person.
    static let minimumShownCount = 5
    /// The months that are looked at.
    static let monthCount = 12
    /// The most cases that are counted.
    static let maximumCaseCount = 200_000

    /// What is counted of one case.
    struct Fact: Codable, Sendable, Hashable {
        var procedureID: String
        var state: CaseState
        var submittedAt: Instant
        var decidedAt: Instant?
        var dueOn: LocalDate?
        var hasCorrection: Bool
        var amount: Won?
    }

    /// A procedure in a month.
    struct Row: Sendable, Hashable {
        var procedureID: String
        /// The first day of the month.
        var month: LocalDate
        var received = 0
        var decided = 0
        /// Decided after the office's time, or not yet though it has gone by.
        var overdue = 0
        var corrected = 0
        var refused = 0
        /// What was granted.
        var granted = Won.zero
        /// Working days from the application to the decision, sorted.
        var daysTaken: [Int] = []

        /// Half of the cases took so many working days at most.
        var medianDays: Int? { percentile(50) }
        /// Nine of ten took so many at most.
        var ninetiethDays: Int? { percentile(90) }

        /// The nearest rank: the smallest value that so many percent do not exceed.
        private func percentile(_ percent: Int) -> Int? {
            guard !daysTaken.isEmpty else { return nil }
            let rank = (daysTaken.count * percent + 99) / 100
            return daysTaken[max(0, rank - 1)]
        }
    }

    /// How often a clause kept somebody from it.
    struct Reason: Sendable, Hashable {
        var procedureID: String
        var clause: String
        var count: Int
    }

    /// The rows, the latest month first.
    var rows: [Row]
    /// The reasons of refusals, the most frequent first.
    var reasons: [Reason]

    /// Counts.
    ///
    /// - Parameters:
    ///   - facts: The cases.
    ///   - refusals: The failing clauses of each refused case.
    ///   - days: The working days.
    ///   - today: The day, for what is overdue and not decided.
    init(
        _ facts: [Fact],
        refusals: [(procedureID: String, clauses: [String])],
        days: WorkingDays,
        today: LocalDate
    ) {
        struct Key: Hashable {
            var procedureID: String
            var month: LocalDate
        }
        var rows: [Key: Row] = [:]
        for fact in facts {
            let day = fact.submittedAt.date
            let month = day.adding(days: 1 - day.day)
            let key = Key(procedureID: fact.procedureID, month: month)
            var row = rows[key] ?? Row(procedureID: fact.procedureID, month: month)
            row.received += 1
            if fact.hasCorrection { row.corrected += 1 }
            if fact.state == .refused { row.refused += 1 }
            let end = fact.decidedAt?.date
            if let end {
                row.decided += 1
                row.daysTaken.append(days.count(after: day, through: end))
                if fact.state != .refused { row.granted += fact.amount ?? .zero }
            }
            let isOpen = end == nil && (fact.state.waitsForOffice)
            if let due = fact.dueOn, end.map({ $0 > due }) ?? (isOpen && today > due) {
                row.overdue += 1
            }
            rows[key] = row
        }
        self.rows = rows.values.map { row in
            var row = row
            row.daysTaken.sort()
            return row
        }.sorted { ($1.month, $0.procedureID) < ($0.month, $1.procedureID) }
        var counts: [String: [String: Int]] = [:]
        for refusal in refusals {
            for clause in refusal.clauses {
                counts[refusal.procedureID, default: [:]][clause, default: 0] += 1
            }
        }
        reasons = counts.flatMap { procedureID, clauses in
            clauses.map { Reason(procedureID: procedureID, clause: $0.key, count: $0.value) }
        }.sorted { ($1.count, $0.procedureID, $0.clause) < ($0.count, $1.procedureID, $1.clause) }
    }

    /// A count of a breakdown; nothing where it could point to a person.
    static func shown(_ count: Int) -> Int? {
        count == 0 || count >= minimumShownCount ? count : nil
    }

    /// Reads what is counted of the organizations of an actor.
    static func read(for actor: Actor, in db: ReadTransaction) throws -> DeskStatistics {
        struct Refusal: Codable {
            var procedureID: String
            var verdict: JSONColumn<CaseVerdict>
        }
        let first = db.now.date.adding(days: -31 * monthCount)
        let since = Instant(first.adding(days: 1 - first.day))
        let scope: SQL = """
            \(Desk.condition(actor)) AND submitted_at >= \(since) AND state <> \(CaseState.draft)
            """
        let facts = try db.rows(
            """
            SELECT procedure_id, state, submitted_at, decided_at, due_on,
                CASE WHEN correction IS NULL THEN 0 ELSE 1 END AS has_correction,
                (SELECT CAST(SUM(p.amount) AS BIGINT) FROM case_payment p
                    WHERE p.case_id = case_record.id AND p.kind = \(PaymentEntry.Kind.decided)
                    AND NOT EXISTS (SELECT 1 FROM case_payment c WHERE c.case_id = p.case_id
                        AND c.concerns = p.number
                        AND c.kind = \(PaymentEntry.Kind.correction))) AS amount
            FROM case_record WHERE \(scope) LIMIT \(maximumCaseCount)
            """,
            as: Fact.self
        )
        let refusals = try db.rows(
            """
            SELECT procedure_id, verdict FROM case_record
            WHERE \(scope) AND state = \(CaseState.refused) AND verdict IS NOT NULL
            LIMIT \(maximumCaseCount)
            """,
            as: Refusal.self
        )
        return DeskStatistics(
            facts,
            refusals: refusals.map { ($0.procedureID, $0.verdict.value.failing) },
            days: try CaseHolidays.workingDays(in: db),
            today: db.now.date
        )
    }
}
