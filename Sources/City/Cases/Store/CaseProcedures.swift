public import Basics
import Programmes
public import Store

/// The procedures in the store, with their rounds.
public enum CaseProcedures {
    /// The most procedures there are; lists are never longer.
    public static let maximumCount = 1000
    /// The most rounds of a procedure that are listed.
    public static let maximumRoundCount = 100

    private struct Row: Codable {
        var description: JSONColumn<CaseProcedure>
    }

    /// Brings in a procedure, or what is known of it now; called by a service when it starts.
    ///
    /// What officers set themselves, the days, the second person and the texts, stays as they set it.
    public static func describe(_ procedure: CaseProcedure, in tx: WriteTransaction) throws {
        var procedure = procedure
        let known = try find(procedure.id, in: tx)
        if let known, try !ProcedureSettings.history(of: procedure.id, in: tx).isEmpty {
            procedure.dueDays = known.dueDays
            procedure.needsFourEyes = known.needsFourEyes
            procedure.texts = known.texts
        }
        guard known != procedure else { return }
        try save(procedure, in: tx)
    }

    /// Writes a procedure down as it is.
    static func save(_ procedure: CaseProcedure, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO case_procedure (id, organization_id, description)
            VALUES (\(procedure.id), \(procedure.organizationID), \(JSONColumn(procedure)))
            ON CONFLICT (id) DO UPDATE SET organization_id = excluded.organization_id,
                description = excluded.description
            """
        )
        try offer(procedure, in: tx)
    }

    /// Tells the programme's pages that it can be applied for here, and when.
    private static func offer(_ procedure: CaseProcedure, in tx: WriteTransaction) throws {
        guard let programme = procedure.programme else { return }
        let rounds = try rounds(of: procedure.id, in: tx)
        let today = tx.now.date
        let coming = rounds.filter { $0.state == .running && $0.closes >= today }
        let round = coming.min { $0.opens < $1.opens } ?? rounds.first
        try ProgrammeOffers.set(
            ProgrammeOffer(
                programme: programme,
                link: "/apply/\(procedure.id)",
                opens: round?.opens,
                closes: round?.closes
            ),
            in: tx
        )
    }

    /// Every procedure, by its title.
    public static func all(in db: ReadTransaction) throws -> [CaseProcedure] {
        try db.rows("SELECT description FROM case_procedure LIMIT \(maximumCount)", as: Row.self)
            .map(\.description.value)
            .sorted { $0.title.korean < $1.title.korean }
    }

    /// A procedure, or nothing.
    public static func find(_ id: String, in db: ReadTransaction) throws -> CaseProcedure? {
        try db.first("SELECT description FROM case_procedure WHERE id = \(id)", as: Row.self)?
            .description.value
    }

    /// Writes a round down, or changes it.
    public static func save(_ round: CaseRound, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO case_round (id, procedure_id, title, opens, closes, places, state)
            VALUES (\(round.id), \(round.procedureID), \(round.title), \(round.opens),
                \(round.closes), \(round.places), \(round.state))
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, opens = excluded.opens,
                closes = excluded.closes, places = excluded.places, state = excluded.state
            """
        )
        if let procedure = try find(round.procedureID, in: tx) { try offer(procedure, in: tx) }
    }

    /// The rounds of a procedure, the latest first.
    public static func rounds(
        of procedureID: String,
        in db: ReadTransaction
    ) throws -> [CaseRound] {
        try db.rows(
            """
            SELECT id, procedure_id, title, opens, closes, places, state FROM case_round
            WHERE procedure_id = \(procedureID) ORDER BY opens DESC, id LIMIT \(maximumRoundCount)
            """,
            as: CaseRound.self
        )
    }

    /// A round, or nothing.
    public static func round(_ id: String, in db: ReadTransaction) throws -> CaseRound? {
        try db.first(
            """
            SELECT id, procedure_id, title, opens, closes, places, state FROM case_round
            WHERE id = \(id)
            """,
            as: CaseRound.self
        )
    }

    /// Whether applications are taken on a day, and for which round.
    public static func intake(
        of procedure: CaseProcedure,
        on day: LocalDate,
        in db: ReadTransaction
    ) throws -> CaseIntake {
        let rounds = try rounds(of: procedure.id, in: db)
        guard !rounds.isEmpty else { return .always }
        if let open = rounds.last(where: { $0.isOpen(on: day) }) { return .round(open) }
        let next = rounds.filter { $0.state == .running && $0.opens > day }.map(\.opens).min()
        return .closed(opens: next)
    }
}

/// Whether applications of a procedure are taken on a day.
public enum CaseIntake: Sendable, Hashable {
    /// They always are.
    case always
    /// They are taken for a round.
    case round(CaseRound)
    /// They are not; the next round opens on a day, where one is known.
    case closed(opens: LocalDate?)
}

/// A public holiday beside those of a fixed date.
public struct CaseHoliday: Sendable, Hashable, Codable {
    /// The day.
    public var day: LocalDate
    /// What it is called.
    public var title: String

    /// Names a day.
    public init(day: LocalDate, title: String) {
        self.day = day
        self.title = title
    }
}

/// The holidays that the calendar alone does not tell.
public enum CaseHolidays {
    /// The most holidays kept.
    public static let maximumCount = 1000

    /// The days of the moon's calendar that are known (관공서의 공휴일에 관한 규정), written down when
    /// the room first opens.
    static let ofTheMoon: [CaseHoliday] = [
        ("2026-02-16", "설날 연휴"), ("2026-02-17", "설날"), ("2026-02-18", "설날 연휴"),
        ("2026-05-24", "부처님오신날"), ("2026-05-25", "부처님오신날 대체공휴일"),
        ("2026-09-24", "추석 연휴"), ("2026-09-25", "추석"), ("2026-09-26", "추석 연휴"),
        ("2027-02-06", "설날 연휴"), ("2027-02-07", "설날"), ("2027-02-08", "설날 연휴"),
        ("2027-02-09", "설날 대체공휴일"), ("2027-05-13", "부처님오신날"),
        ("2027-09-14", "추석 연휴"), ("2027-09-15", "추석"), ("2027-09-16", "추석 연휴"),
    ].compactMap { day, title in
        LocalDate(iso: day).map { CaseHoliday(day: $0, title: title) }
    }

    /// Every day that was added.
    public static func all(in db: ReadTransaction) throws -> [CaseHoliday] {
        try db.rows(
            "SELECT day, title FROM case_holiday ORDER BY day LIMIT \(maximumCount)",
            as: CaseHoliday.self
        )
    }

    /// Adds a day, or names it anew.
    public static func save(_ holiday: CaseHoliday, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO case_holiday (day, title) VALUES (\(holiday.day), \(holiday.title))
            ON CONFLICT (day) DO UPDATE SET title = excluded.title
            """
        )
    }

    /// Takes a day out.
    public static func remove(_ day: LocalDate, in tx: WriteTransaction) throws {
        try tx.run("DELETE FROM case_holiday WHERE day = \(day)")
    }

    /// The working days as the store knows them.
    public static func workingDays(in db: ReadTransaction) throws -> WorkingDays {
        WorkingDays(added: Set(try all(in: db).map(\.day)))
    }
}
