import Basics
import City
public import Identity
public import Store
import Web

/// Writes applications: every change with its line of the timeline, its audit record, the event for
/// other rooms and the notice to the applicant, in one transaction.
///
/// The one way to change an application. A change takes the case as it was read and refuses it where
/// somebody changed it since.
public struct CaseKeeping: Sendable {
    /// The longest reason, answer or remark, in characters.
    public static let maximumTextCharacterCount = 4_000

    let actor: Actor
    let purpose: Purpose

    /// Creates the hand of an actor.
    ///
    /// - Parameters:
    ///   - actor: Who changes applications; each change asks whether they may.
    ///   - purpose: Why.
    public init(by actor: Actor, for purpose: Purpose) {
        self.actor = actor
        self.purpose = purpose
    }

    /// The hand of the program, which lets times go by.
    static let program = CaseKeeping(by: .anonymous, for: .caseRetention)

    /// What a change says: the line of the timeline and the notice.
    struct Words {
        var kind: CaseEvent.Kind
        var title: Bilingual
        var note = ""
        var isPublic = true
        /// The notice to the applicant; nothing where they did it themselves.
        var notice: Bilingual?
        /// The notice to the applicant, where it is one that the office words.
        var standing: CaseSentence?
    }

    // MARK: One change

    /// Takes a case to another state.
    func move(
        _ record: Case,
        to state: CaseState,
        as party: CaseParty,
        _ words: Words,
        in tx: WriteTransaction
    ) throws -> Case {
        let old = try current(record, in: tx)
        try require(party, for: old, to: state, in: tx)
        var new = record
        new.state = state
        return try keep(new, over: old, words, in: tx)
    }

    /// Writes a case with what is said of the change.
    func keep(
        _ record: Case,
        over old: Case,
        _ words: Words,
        in tx: WriteTransaction
    ) throws -> Case {
        var new = record
        new.version = old.version + 1
        new.updatedAt = tx.now
        try Cases.save(new, in: tx)
        let number = try write(words, of: new, in: tx)
        try audit(new, ["event": words.kind.rawValue, "state": new.state.rawValue], in: tx)
        if old.state != new.state {
            try tx.publish(
                CaseChanged(
                    caseID: new.id,
                    procedureID: new.procedureID,
                    from: old.state,
                    to: new.state
                )
            )
        }
        try tell(words, number, of: new, in: tx)
        return new
    }

    /// The case as it is now, where nobody changed it since it was read.
    func current(_ record: Case, in tx: WriteTransaction) throws -> Case {
        guard let old = try Cases.find(record.id, in: tx), old.version == record.version else {
            throw CaseError(
                .outdated,
                Bilingual(
                    "그 사이 이 신청이 바뀌었습니다. 새로 열어 확인해 주세요.",
                    "This application changed meanwhile. Open it again."
                ),
                context: record.id
            )
        }
        return old
    }

    func audit(
        _ record: Case,
        _ action: AuditAction = .update,
        _ details: [String: String],
        in tx: WriteTransaction
    ) throws {
        try tx.record(
            action,
            on: .caseRecord(record.id),
            by: actor.id == nil ? AuditActor(kind: .system, id: "cases") : actor.auditActor,
            purpose: purpose,
            details: details
        )
    }

    func audit(_ record: Case, _ details: [String: String], in tx: WriteTransaction) throws {
        try audit(record, .update, details, in: tx)
    }

    private func write(_ words: Words, of record: Case, in tx: WriteTransaction) throws -> Int {
        try Cases.save(
            CaseEvent(
                caseID: record.id,
                number: 0,
                kind: words.kind,
                title: JSONColumn(words.title),
                note: String(words.note.prefix(Self.maximumTextCharacterCount)),
                isPublic: words.isPublic,
                actorID: actor.id ?? "",
                actorName: actor.account?.displayName ?? "",
                at: tx.now
            ),
            in: tx
        )
    }

    private func tell(
        _ words: Words,
        _ number: Int,
        of record: Case,
        in tx: WriteTransaction
    ) throws {
        guard words.notice != nil || words.standing != nil else { return }
        let procedure = try CaseProcedures.find(record.procedureID, in: tx)
        let name = procedure?.title ?? Bilingual(same: record.procedureID)
        let open: [CaseSentence.Variable: Bilingual] = [
            .receipt: Bilingual(same: record.receipt),
            .deadline: record.dueOn?.written ?? Bilingual(same: ""),
        ]
        let standing = words.standing.flatMap { procedure?.text($0, open) }
        guard let body = words.notice ?? standing else { return }
        for accountID in record.noticeAccountIDs {
            try Notices.send(
                Notice(
                    id: "case.\(record.id).\(number).\(accountID)",
                    accountID: accountID,
                    title: Bilingual(
                        "\(name.korean): \(words.title.korean)",
                        "\(name.english): \(words.title.english)"
                    ),
                    body: body,
                    link: "/applications/\(record.id)",
                    createdAt: tx.now
                ),
                in: tx
            )
        }
    }

    // MARK: Who may

    /// Asks whether the actor may take a case to a state.
    private func require(
        _ party: CaseParty,
        for record: Case,
        to state: CaseState,
        in tx: WriteTransaction
    ) throws {
        guard let step = CaseTransition.between(record.state, state),
            step.parties.contains(party)
        else {
            throw CaseError(
                .impossibleState,
                Bilingual(
                    "‘\(record.state.title.korean)’ 상태에서는 ‘\(state.title.korean)’(으)로 바꿀 수 없습니다.",
                    "What is “\(record.state.title.english)” cannot become "
                        + "“\(state.title.english)”."
                ),
                context: record.id
            )
        }
        switch party {
        case .applicant: try requireApplicant(of: record)
        case .officer: try requireOfficer(of: record)
        case .decider: try requireDecider(of: record, in: tx)
        case .program: break
        }
    }

    func requireApplicant(of record: Case) throws {
        guard record.belongs(to: actor.id) else { throw refusal(record) }
    }

    /// An officer of the organization, who has no part in the application.
    func requireOfficer(of record: Case) throws {
        guard actor.reviewsCases(of: record.organizationID) else { throw refusal(record) }
        guard !record.belongs(to: actor.id) else {
            throw CaseError(
                .ownApplication,
                Bilingual(
                    "본인이 신청했거나 대리한 건은 처리할 수 없습니다. 다른 담당자에게 맡겨 주세요.",
                    "You cannot work on an application you made. Give it to a colleague."
                ),
                context: "\(record.id) by \(actor.auditName)"
            )
        }
    }

    private func requireDecider(of record: Case, in tx: WriteTransaction) throws {
        try requireOfficer(of: record)
        let procedure = try CaseProcedures.find(record.procedureID, in: tx)
        guard procedure?.needsFourEyes == true else { return }
        guard actor.may(.caseApprover, in: record.organizationID) else { throw refusal(record) }
        guard !record.reviewerIDs.value.contains(actor.id ?? "") else {
            throw CaseError(
                .sameEyes,
                Bilingual(
                    "검토한 사람은 결재할 수 없습니다. 다른 결재자가 결정해야 합니다.",
                    "Who reviewed it cannot decide on it; another approver has to."
                ),
                context: "\(record.id) by \(actor.auditName)"
            )
        }
    }

    private func refusal(_ record: Case) -> CaseError {
        CaseError(
            .refused,
            Bilingual("이 신청을 바꿀 권한이 없습니다.", "You may not change this application."),
            context: "\(record.id) by \(actor.auditName)"
        )
    }

    /// Writes down that the actor had a hand in the review.
    func marked(_ record: Case) -> Case {
        var record = record
        if let id = actor.id, !record.reviewerIDs.value.contains(id) {
            record.reviewerIDs.value.append(id)
        }
        return record
    }

    /// A reason that says something.
    func reason(_ text: String, of record: Case) throws -> String {
        let text = text.trimmed
        guard !text.isEmpty else {
            throw CaseError(
                .incomplete,
                Bilingual("사유를 적어 주세요.", "Say why."),
                context: record.id
            )
        }
        guard text.count <= Self.maximumTextCharacterCount else {
            throw CaseError(
                .tooMany,
                Bilingual(
                    "\(Self.maximumTextCharacterCount)자까지 적을 수 있습니다.",
                    "At most \(Self.maximumTextCharacterCount) characters."
                ),
                context: record.id
            )
        }
        return text
    }
}

extension String {
    /// The text without spaces and line ends around it.
    var trimmed: String { trimmingWhitespace() }
}
