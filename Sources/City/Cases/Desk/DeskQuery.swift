import Basics
import Identity
import Store
import Web

/// Which cases an officer looks for.
struct DeskQuery: Sendable, Hashable {
    /// When the office's time ends.
    enum Due: String, Sendable, CaseIterable {
        /// It has gone by.
        case overdue
        /// It ends within three working days.
        case soon
        /// Later, or no time is set.
        case later

        var title: Bilingual {
            switch self {
            case .overdue: Bilingual("기한 지남", "Overdue")
            case .soon: Bilingual("3일 안", "Within three days")
            case .later: Bilingual("그 뒤", "Later")
            }
        }
    }

    /// Whose work it is.
    enum Assignee: String, Sendable, CaseIterable {
        /// The officer's own.
        case mine
        /// Nobody's yet.
        case nobody
        /// A colleague's.
        case others

        var title: Bilingual {
            switch self {
            case .mine: Bilingual("내 담당", "Mine")
            case .nobody: Bilingual("담당자 없음", "Nobody’s")
            case .others: Bilingual("다른 담당자", "Colleagues’")
            }
        }
    }

    /// One of the properties.
    enum Property { case procedure, state, due, assignee }

    /// The longest text that is searched for, in characters.
    static let maximumWordsCharacterCount = 60

    /// A part of a receipt number or of a name; empty finds every case.
    var words: String
    var procedures: Set<String>
    var states: Set<CaseState>
    var dues: Set<Due>
    var assignees: Set<Assignee>

    /// Reads the query of an address.
    init(_ items: QueryItems) {
        words = String((items.text("q") ?? "").prefix(Self.maximumWordsCharacterCount))
        procedures = Set(items.all("procedure"))
        states = Set(items.all("state").compactMap(CaseState.init))
        dues = Set(items.all("due").compactMap(Due.init))
        assignees = Set(items.all("assignee").compactMap(Assignee.init))
    }

    /// The conditions of the rows, with one of the properties left out.
    ///
    /// Where no state is chosen, the queue holds what waits for somebody.
    func conditions(
        for actor: Actor,
        on today: LocalDate,
        soon: LocalDate,
        without left: Property? = nil
    ) -> SQL {
        var parts: [SQL] = [Desk.condition(actor), "state <> \(CaseState.draft)"]
        if !words.isEmpty {
            let receipt = SQL.containing(words, in: "receipt")
            let name = SQL.containing(words, in: "applicant_name")
            parts.append("(\(receipt) OR \(name))")
        }
        if left != .procedure, !procedures.isEmpty {
            parts.append("procedure_id IN \(list: procedures.sorted())")
        }
        if left != .state {
            let shown =
                states.isEmpty && words.isEmpty
                ? CaseState.allCases.filter { $0.waitsForOffice || $0 == .correctionRequested }
                : Array(states)
            if !shown.isEmpty { parts.append("state IN \(list: shown.map(\.rawValue).sorted())") }
        }
        if left != .due, !dues.isEmpty {
            let found = dues.sorted { $0.rawValue < $1.rawValue }.map {
                Self.condition($0, today, soon)
            }
            parts.append("(\(found.joined(separator: " OR ")))")
        }
        if left != .assignee, !assignees.isEmpty {
            let found = assignees.sorted { $0.rawValue < $1.rawValue }.map {
                Self.condition($0, actor)
            }
            parts.append("(\(found.joined(separator: " OR ")))")
        }
        return parts.joined(separator: " AND ")
    }

    private static func condition(_ due: Due, _ today: LocalDate, _ soon: LocalDate) -> SQL {
        switch due {
        case .overdue: "due_on < \(today)"
        case .soon: "(due_on >= \(today) AND due_on <= \(soon))"
        case .later: "(due_on IS NULL OR due_on > \(soon))"
        }
    }

    private static func condition(_ assignee: Assignee, _ actor: Actor) -> SQL {
        switch assignee {
        case .mine: "assignee_id = \(actor.id)"
        case .nobody: "assignee_id IS NULL"
        case .others: "(assignee_id IS NOT NULL AND assignee_id <> \(actor.id))"
        }
    }
}

/// A case as the queue shows it; nothing of what was answered is read for it.
struct DeskRow: Codable, Sendable, Hashable {
    var id: String
    var receipt: String
    var procedureID: String
    var applicantName: String
    var state: CaseState
    var version: Int
    var assigneeID: String?
    var dueOn: LocalDate?
    var submittedAt: Instant?
}

/// A page of the queue with the counts beside it.
struct DeskQueue: Sendable {
    /// Rows of one page.
    static let pageSize = 50

    var rows: [DeskRow]
    var total: Int
    var number: Int
    var procedureCounts: [String: Int]
    var stateCounts: [String: Int]
    var dueCounts: [DeskQuery.Due: Int]
    var assigneeCounts: [DeskQuery.Assignee: Int]
    var days: WorkingDays
    /// The names of those who work on the cases.
    var names: [String: String] = [:]
    var procedures: [CaseProcedure]

    /// Reads a page: what is overdue stands first, then what is due next.
    static func read(
        _ query: DeskQuery,
        page number: Int,
        for actor: Actor,
        in db: ReadTransaction
    ) throws -> DeskQueue {
        let days = try CaseHolidays.workingDays(in: db)
        let today = db.now.date
        let soon = days.day(today, plus: 3)
        func conditions(without left: DeskQuery.Property? = nil) -> SQL {
            query.conditions(for: actor, on: today, soon: soon, without: left)
        }
        func count(_ conditions: SQL, _ more: SQL = "1 = 1") throws -> Int {
            try db.value(
                "SELECT COUNT(*) FROM case_record WHERE \(conditions) AND \(more)",
                as: Int.self
            ) ?? 0
        }
        let all = conditions()
        let rows = try db.rows(
            """
            SELECT id, receipt, procedure_id, applicant_name, state, version, assignee_id, due_on,
                submitted_at
            FROM case_record WHERE \(all)
            ORDER BY due_on ASC NULLS LAST, submitted_at, id
            LIMIT \(pageSize) OFFSET \((number - 1) * pageSize)
            """,
            as: DeskRow.self
        )
        var dues: [DeskQuery.Due: Int] = [:]
        let withoutDue = conditions(without: .due)
        for (due, condition) in [
            (DeskQuery.Due.overdue, "due_on < \(today)" as SQL),
            (.soon, "due_on >= \(today) AND due_on <= \(soon)"),
            (.later, "(due_on IS NULL OR due_on > \(soon))"),
        ] { dues[due] = try count(withoutDue, condition) }
        var assignees: [DeskQuery.Assignee: Int] = [:]
        let withoutAssignee = conditions(without: .assignee)
        for (assignee, condition) in [
            (DeskQuery.Assignee.mine, "assignee_id = \(actor.id)" as SQL),
            (.nobody, "assignee_id IS NULL"),
            (.others, "assignee_id IS NOT NULL AND assignee_id <> \(actor.id)"),
        ] { assignees[assignee] = try count(withoutAssignee, condition) }
        return DeskQueue(
            rows: rows,
            total: try count(all),
            number: number,
            procedureCounts: try counts("procedure_id", conditions(without: .procedure), in: db),
            stateCounts: try counts("state", conditions(without: .state), in: db),
            dueCounts: dues,
            assigneeCounts: assignees,
            days: days,
            procedures: try Desk.procedures(of: actor, in: db)
        )
    }

    private static func counts(
        _ column: SQL,
        _ conditions: SQL,
        in db: ReadTransaction
    ) throws -> [String: Int] {
        struct Row: Codable {
            var name: String
            var count: Int
        }
        let rows = try db.rows(
            """
            SELECT \(column) AS name, COUNT(*) AS count FROM case_record WHERE \(conditions)
            GROUP BY \(column)
            """,
            as: Row.self
        )
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.name, $0.count) })
    }
}
