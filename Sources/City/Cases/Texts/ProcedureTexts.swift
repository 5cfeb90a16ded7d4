import Basics
import Identity
import Programmes
import Store

/// A version of one text of a procedure.
struct ProcedureTextVersion: Codable, Sendable, Hashable {
    /// What became of it.
    enum State: String, Codable, Sendable, Hashable {
        /// It waits for a second person.
        case proposed
        /// It was put in force; the latest of these is what is said now.
        case inForce
        /// It never was: somebody declined it, or a later proposal took its place.
        case declined

        /// What people call it.
        var title: Bilingual {
            switch self {
            case .proposed: Bilingual("결재 대기", "Waits for approval")
            case .inForce: Bilingual("시행", "Put in force")
            case .declined: Bilingual("쓰지 않음", "Not used")
            }
        }
    }

    /// The versions of one text that are shown.
    static let maximumCount = 100

    var procedureID: String
    /// The place among the versions of the procedure, from 1.
    var number: Int
    /// The name of the text, as ``CaseTextKey`` writes it.
    var name: String
    /// How it reads; nothing where it goes back to what is described.
    var text: JSONColumn<Bilingual>?
    var state: State
    var actorID: String
    var actorName: String
    var at: Instant
    /// Who approved or declined it; empty where nobody had to.
    var deciderName: String
    var decidedAt: Instant?
}

extension Actor {
    /// Whether the actor may word the texts of an organization's procedures.
    func wordsTexts(of organizationID: String) -> Bool {
        may(.programmeEditor, in: organizationID) || may(.caseApprover, in: organizationID)
    }
}

/// The versions of texts in the store.
enum ProcedureTexts {
    /// A procedure whose texts an actor may see.
    static func procedure(
        _ id: String,
        for actor: Actor,
        in db: ReadTransaction
    ) throws -> CaseProcedure? {
        try CaseProcedures.find(id, in: db).flatMap { mayRead($0, actor) ? $0 : nil }
    }

    /// The procedures whose texts an actor may see.
    static func procedures(of actor: Actor, in db: ReadTransaction) throws -> [CaseProcedure] {
        try CaseProcedures.all(in: db).filter { mayRead($0, actor) }
    }

    private static func mayRead(_ procedure: CaseProcedure, _ actor: Actor) -> Bool {
        actor.wordsTexts(of: procedure.organizationID)
            || actor.reviewsCases(of: procedure.organizationID)
    }

    /// The versions of a text, the latest first.
    static func versions(
        of key: CaseTextKey,
        _ procedureID: String,
        in db: ReadTransaction
    ) throws -> [ProcedureTextVersion] {
        try db.rows(
            """
            SELECT * FROM case_text_version
            WHERE procedure_id = \(procedureID) AND name = \(key.name)
            ORDER BY number DESC LIMIT \(ProcedureTextVersion.maximumCount)
            """,
            as: ProcedureTextVersion.self
        )
    }

    /// What waits for a second person, by procedure and name.
    static func proposals(in db: ReadTransaction) throws -> [String: Set<String>] {
        let rows = try db.rows(
            "SELECT * FROM case_text_version WHERE state = \(ProcedureTextVersion.State.proposed)",
            as: ProcedureTextVersion.self
        )
        return Dictionary(grouping: rows, by: \.procedureID).mapValues { Set($0.map(\.name)) }
    }
}

// The wording of texts.
extension ProcedureSettings {
    /// Words a text anew, or takes it back to what is described.
    ///
    /// Where a decision takes a second person, so does the text: it waits for an approver.
    ///
    /// - Parameters:
    ///   - key: Which text.
    ///   - text: How it shall read; nothing for what is described.
    ///   - seen: The number of the version that the actor saw last, 0 where there was none.
    ///   - procedure: The procedure.
    ///   - tx: The transaction.
    /// - Throws: `CaseError` where the actor may not, the text says too little, or somebody was faster.
    func word(
        _ key: CaseTextKey,
        as text: Bilingual?,
        over seen: Int,
        of procedure: CaseProcedure,
        in tx: WriteTransaction
    ) throws {
        guard actor.wordsTexts(of: procedure.organizationID) else {
            throw fault(
                "문구는 지원사업 편집자와 결재자가 고칩니다.",
                "Programme editors and approvers word the texts.",
                procedure
            )
        }
        if let text { try check(text, key, procedure) }
        let last = try ProcedureTexts.versions(of: key, procedure.id, in: tx).first
        guard (last?.number ?? 0) == seen else {
            throw fault(
                "그 사이 다른 사람이 이 문구를 고쳤습니다. 아래 이력을 보고 다시 고쳐 주세요.",
                "Somebody else worded it meanwhile. See the versions below.",
                procedure
            )
        }
        let waits = last?.state == .proposed
        guard waits || text != procedure.texts?[key] else { return }
        if waits { try decline(key, procedure, in: tx) }
        try add(key, text, procedure, in: tx)
        guard !procedure.needsFourEyes else {
            try note(procedure, Self.summary(key, "고칠 문구를 올림", "proposed"), in: tx)
            return
        }
        try put(key, text, procedure, in: tx)
    }

    /// Puts a proposed text in force, or declines it; an approver other than whoever wrote it.
    func decide(
        _ key: CaseTextKey,
        _ number: Int,
        accepting isAccepted: Bool,
        of procedure: CaseProcedure,
        in tx: WriteTransaction
    ) throws {
        let version = try ProcedureTexts.versions(of: key, procedure.id, in: tx).first
        guard let version, version.number == number, version.state == .proposed else {
            throw fault("이미 처리한 문구입니다.", "It was decided already.", procedure)
        }
        guard actor.may(.caseApprover, in: procedure.organizationID), actor.id != version.actorID
        else {
            throw fault(
                "문구를 쓴 사람이 아닌 결재자가 결재합니다.",
                "An approver who did not write it decides.",
                procedure
            )
        }
        let state: ProcedureTextVersion.State = isAccepted ? .inForce : .declined
        try tx.run(
            """
            UPDATE case_text_version SET state = \(state),
                decider_name = \(actor.account?.displayName ?? ""), decided_at = \(tx.now)
            WHERE procedure_id = \(procedure.id) AND number = \(number)
            """
        )
        guard isAccepted else {
            try note(procedure, Self.summary(key, "올린 문구를 쓰지 않음", "declined"), in: tx)
            return
        }
        try put(key, version.text?.value, procedure, in: tx)
    }

    private func put(
        _ key: CaseTextKey,
        _ text: Bilingual?,
        _ procedure: CaseProcedure,
        in tx: WriteTransaction
    ) throws {
        var new = procedure
        var texts = procedure.texts ?? CaseTexts()
        texts[key] = text
        new.texts = texts
        try CaseProcedures.save(new, in: tx)
        let summary =
            text == nil
            ? Self.summary(key, "원래 문구로 되돌림", "back to the original")
            : Self.summary(key, "문구를 고침", "worded anew")
        try note(procedure, summary, in: tx)
    }

    private func add(
        _ key: CaseTextKey,
        _ text: Bilingual?,
        _ procedure: CaseProcedure,
        in tx: WriteTransaction
    ) throws {
        let state: ProcedureTextVersion.State = procedure.needsFourEyes ? .proposed : .inForce
        try tx.run(
            """
            INSERT INTO case_text_version (procedure_id, number, name, text, state, actor_id,
                actor_name, at, decider_name)
            SELECT \(procedure.id), COALESCE(MAX(number), 0) + 1, \(key.name),
                \(text.map { JSONColumn($0) }), \(state), \(actor.id ?? ""),
                \(actor.account?.displayName ?? ""), \(tx.now), ''
            FROM case_text_version WHERE procedure_id = \(procedure.id)
            """
        )
    }

    /// A later proposal takes the place of one that waits.
    private func decline(
        _ key: CaseTextKey,
        _ procedure: CaseProcedure,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE case_text_version SET state = \(ProcedureTextVersion.State.declined)
            WHERE procedure_id = \(procedure.id) AND name = \(key.name)
                AND state = \(ProcedureTextVersion.State.proposed)
            """
        )
    }

    private func check(
        _ text: Bilingual,
        _ key: CaseTextKey,
        _ procedure: CaseProcedure
    ) throws {
        let isEmpty = text.korean.isEmpty && text.english.isEmpty
        guard !text.korean.isEmpty && !text.english.isEmpty || isEmpty && key.canBeEmpty else {
            throw fault(
                "한국어와 영어를 모두 적어 주세요.",
                "Write it in Korean and in English.",
                procedure
            )
        }
        let maximum = key.maximumCharacterCount
        guard max(text.korean.count, text.english.count) <= maximum else {
            throw fault(
                "\(maximum)자까지 적을 수 있습니다.",
                "At most \(maximum) characters.",
                procedure
            )
        }
        if case .sentence(let sentence) = key, let fault = sentence.fault(of: text) {
            throw CaseError(.incomplete, fault, context: procedure.id)
        }
    }

    private static func summary(
        _ key: CaseTextKey,
        _ korean: String,
        _ english: String
    ) -> Bilingual {
        let title = key.shortTitle
        return Bilingual("\(title.korean): \(korean)", "\(title.english): \(english)")
    }
}

extension CaseTextKey {
    /// What a line of the history calls it.
    var shortTitle: Bilingual {
        switch self {
        case .sentence(let sentence): sentence.title
        case .document(let name, let aspect):
            Bilingual(
                "서류 ‘\(name)’의 \(aspect.title.korean)",
                "document “\(name)”, \(aspect.title.english)"
            )
        }
    }
}
