import Basics
import Identity
public import Store

/// What officers changed of a procedure, line by line.
struct ProcedureChange: Codable, Sendable, Hashable {
    /// The lines that are shown.
    static let maximumCount = 100

    var procedureID: String
    var number: Int
    var summary: JSONColumn<Bilingual>
    var actorID: String
    var actorName: String
    var at: Instant
}

extension Purpose {
    /// An officer sets how a procedure works.
    public static let caseProcedure = Purpose(
        code: "cases.procedure",
        Bilingual("신청 절차 관리", "Keeping of procedures")
    )
}

/// Changes what an officer may change of a procedure, with its history.
struct ProcedureSettings: Sendable {
    /// The longest title of a round, in characters.
    static let maximumTitleCharacterCount = 80
    /// The most places of a round.
    static let maximumPlaceCount = 1_000_000

    let actor: Actor

    /// The history of a procedure, the latest first.
    static func history(
        of procedureID: String,
        in db: ReadTransaction
    ) throws -> [ProcedureChange] {
        try db.rows(
            """
            SELECT * FROM case_procedure_change WHERE procedure_id = \(procedureID)
            ORDER BY number DESC LIMIT \(ProcedureChange.maximumCount)
            """,
            as: ProcedureChange.self
        )
    }

    /// Sets the office's working days and whether a decision takes a second person.
    func set(
        _ procedure: CaseProcedure,
        dueDays: Int,
        needsFourEyes: Bool,
        in tx: WriteTransaction
    ) throws {
        try require(procedure)
        guard (1...WorkingDays.maximumDayCount).contains(dueDays) else {
            throw fault(
                "처리기한은 1일부터 \(WorkingDays.maximumDayCount)일까지입니다.",
                "The days are 1 to \(WorkingDays.maximumDayCount).",
                procedure
            )
        }
        var new = procedure
        new.dueDays = dueDays
        new.needsFourEyes = needsFourEyes
        guard new != procedure else { return }
        try CaseProcedures.save(new, in: tx)
        func eyes(_ procedure: CaseProcedure) -> Bilingual {
            procedure.needsFourEyes
                ? Bilingual("2인 결재", "two persons") : Bilingual("단독", "one person")
        }
        try note(
            procedure,
            Bilingual(
                "처리기한 \(procedure.dueDays)일 → \(dueDays)일, \(eyes(procedure).korean) → \(eyes(new).korean)",
                "\(procedure.dueDays) → \(dueDays) days, \(eyes(procedure).english) → "
                    + eyes(new).english
            ),
            in: tx
        )
    }

    /// Writes a new round down.
    func add(_ round: CaseRound, to procedure: CaseProcedure, in tx: WriteTransaction) throws {
        try require(procedure)
        let title = round.title.value.korean.trimmed
        guard !title.isEmpty, title.count <= Self.maximumTitleCharacterCount else {
            throw fault("회차 이름을 적어 주세요.", "Name the round.", procedure)
        }
        guard round.opens <= round.closes else {
            throw fault(
                "마감일이 시작일보다 앞섭니다.",
                "The last day is before the first.",
                procedure
            )
        }
        guard round.places.map({ (1...Self.maximumPlaceCount).contains($0) }) ?? true else {
            throw fault("자리 수를 확인해 주세요.", "Check the places.", procedure)
        }
        let others = try CaseProcedures.rounds(of: procedure.id, in: tx)
        let overlaps = others.contains {
            $0.state == .running && $0.opens <= round.closes && round.opens <= $0.closes
        }
        guard !overlaps, others.count < CaseProcedures.maximumRoundCount else {
            throw fault(
                "접수 중인 다른 회차와 기간이 겹칩니다.",
                "It overlaps another round.",
                procedure
            )
        }
        try CaseProcedures.save(round, in: tx)
        try note(
            procedure,
            Bilingual(
                "회차 추가: \(title) (\(round.opens.iso)–\(round.closes.iso))",
                "Round added: \(title) (\(round.opens.iso)–\(round.closes.iso))"
            ),
            in: tx
        )
    }

    /// Closes a round, or opens a closed one again while its days last.
    func setState(
        _ state: CaseRound.State,
        of round: CaseRound,
        _ procedure: CaseProcedure,
        in tx: WriteTransaction
    ) throws {
        try require(procedure)
        guard round.state != .selected, state != .selected, state != round.state else {
            throw fault("회차를 그렇게 바꿀 수 없습니다.", "The round cannot change so.", procedure)
        }
        // What was promised for a draw must not gain entrants.
        let draws = try CaseDraws.all(of: round.id, in: tx)
        guard state == .closed || draws.allSatisfy({ $0.state == .preparing }) else {
            throw fault(
                "약속값을 공개한 회차는 다시 열 수 없습니다.",
                "A round with a published commitment stays closed.",
                procedure
            )
        }
        var round = round
        round.state = state
        try CaseProcedures.save(round, in: tx)
        let title = round.title.value
        try note(
            procedure,
            Bilingual(
                "\(title.korean): \(state.title.korean)",
                "\(title.english): \(state.title.english)"
            ),
            in: tx
        )
    }

    private func require(_ procedure: CaseProcedure) throws {
        guard actor.reviewsCases(of: procedure.organizationID) else {
            throw fault("권한이 없습니다.", "You may not.", procedure)
        }
    }

    func fault(
        _ korean: String,
        _ english: String,
        _ procedure: CaseProcedure
    ) -> CaseError {
        CaseError(.incomplete, Bilingual(korean, english), context: procedure.id)
    }

    func note(
        _ procedure: CaseProcedure,
        _ summary: Bilingual,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO case_procedure_change (procedure_id, number, summary, actor_id, actor_name,
                at)
            SELECT \(procedure.id), COALESCE(MAX(number), 0) + 1, \(JSONColumn(summary)),
                \(actor.id ?? ""), \(actor.account?.displayName ?? ""), \(tx.now)
            FROM case_procedure_change WHERE procedure_id = \(procedure.id)
            """
        )
        try tx.record(
            .update,
            on: AuditSubject(kind: "procedure", id: procedure.id),
            by: actor.auditActor,
            purpose: .caseProcedure,
            details: ["change": summary.korean]
        )
    }
}
