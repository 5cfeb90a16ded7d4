import Basics
import Identity
import Store

/// Something an officer does with a case that comes to them.
enum DeskAction: String, Sendable, Hashable, CaseIterable {
    /// Takes it on: assigned to the officer, and the review begins.
    case take
    /// Asks the applicant for something.
    case correction
    /// Proposes to grant it, for another to decide.
    case proposeApproval
    /// Proposes to refuse it.
    case proposeRefusal
    /// Grants it, or passes it on to the selection.
    case approve
    /// Refuses it.
    case refuse
    /// Notes that the applicant has what was granted.
    case fulfil
    /// Sends a claim back.
    case returnClaim
    /// Grants an appeal: the case is reviewed again.
    case grantAppeal
    /// Dismisses an appeal.
    case dismissAppeal
    /// Ends a case whose correction nobody answered.
    case expire
    /// Writes a remark that officers alone see.
    case note

    /// What is done with several cases at once.
    static let bulk: [DeskAction] = [
        .take, .correction, .proposeApproval, .proposeRefusal, .approve, .refuse,
    ]

    /// The action in words.
    var title: Bilingual {
        switch self {
        case .take: Bilingual("내가 맡아 검토 시작", "Take on and review")
        case .correction: Bilingual("보완 요청", "Ask for a correction")
        case .proposeApproval: Bilingual("승인 의견 올리기", "Propose to approve")
        case .proposeRefusal: Bilingual("미승인 의견 올리기", "Propose to refuse")
        case .approve: Bilingual("승인", "Approve")
        case .refuse: Bilingual("미승인", "Refuse")
        case .fulfil: Bilingual("지원 완료", "Mark as fulfilled")
        case .returnClaim: Bilingual("청구 반려", "Send the claim back")
        case .grantAppeal: Bilingual("이의신청 인용(다시 검토)", "Grant the appeal")
        case .dismissAppeal: Bilingual("이의신청 기각", "Dismiss the appeal")
        case .expire: Bilingual("보완 기한 지나 종결", "End: not answered in time")
        case .note: Bilingual("내부 메모", "Internal remark")
        }
    }

    /// Whether it takes a reason.
    var needsReason: Bool { ![.take, .fulfil, .expire].contains(self) }

    /// The state it leads to, where it changes the state.
    func outcome(of procedure: CaseProcedure) -> CaseState? {
        switch self {
        case .take, .grantAppeal: .inReview
        case .correction: .correctionRequested
        case .approve, .proposeApproval: procedure.isSelected ? .selecting : .approved
        case .refuse, .proposeRefusal: .refused
        case .fulfil: .fulfilled
        case .returnClaim: .approved
        case .expire: .expired
        case .dismissAppeal, .note: nil
        }
    }

    /// What may be done with a case in its state, whoever does it.
    static func possible(
        _ record: Case,
        _ procedure: CaseProcedure,
        hasAppeal: Bool
    ) -> [DeskAction] {
        switch record.state {
        case .submitted: [.take, .correction, .note]
        case .inReview:
            procedure.needsFourEyes
                ? [.correction, .proposeApproval, .proposeRefusal, .approve, .refuse, .note]
                : [.correction, .approve, .refuse, .note]
        case .correctionRequested: [.expire, .note]
        case .approved: [.fulfil, .note]
        case .claimed: [.fulfil, .returnClaim, .note]
        case .refused: hasAppeal ? [.grantAppeal, .dismissAppeal, .note] : [.note]
        case .draft: []
        default: [.note]
        }
    }
}

/// What an officer wants done, with what belongs to it.
struct DeskOrder: Sendable, Hashable {
    /// The working days an applicant is given where the officer names none.
    static let defaultCorrectionDayCount = 10

    var action: DeskAction
    var reason = ""
    /// The working days for a correction.
    var days = Self.defaultCorrectionDayCount
    /// The documents asked for again, by name.
    var documents: [String] = []
    /// What is granted, where the officer says another amount than the rules.
    var amount: Won?

    /// Does it to one case.
    ///
    /// - Throws: `CaseError` where it cannot be done; nothing of it was written then.
    func perform(on record: Case, by actor: Actor, in tx: WriteTransaction) throws {
        let hand = CaseKeeping(by: actor, for: .caseReview)
        guard let procedure = try CaseProcedures.find(record.procedureID, in: tx) else {
            throw CaseError(
                .refused,
                Bilingual("없어진 절차입니다.", "The procedure is gone."),
                context: record.id
            )
        }
        let outcome = action.outcome(of: procedure)
        switch action {
        case .take:
            let mine = try hand.assign(
                record,
                to: actor.id,
                named: actor.account?.displayName ?? "",
                in: tx
            )
            _ = try hand.startReview(mine, in: tx)
        case .correction:
            _ = try hand.requestCorrection(
                record,
                reason: reason,
                documents: documents,
                days: days,
                in: tx
            )
        case .proposeApproval, .proposeRefusal, .approve, .refuse:
            try decide(record, outcome ?? .refused, hand, in: tx)
        case .fulfil: _ = try hand.fulfil(record, note: reason, in: tx)
        case .returnClaim: _ = try hand.returnClaim(record, reason: reason, in: tx)
        case .grantAppeal, .dismissAppeal: try answerAppeal(record, hand, in: tx)
        case .expire: try expire(record, hand, in: tx)
        case .note: _ = try hand.note(reason, of: record, in: tx)
        }
    }

    private func decide(
        _ record: Case,
        _ outcome: CaseState,
        _ hand: CaseKeeping,
        in tx: WriteTransaction
    ) throws {
        let estimate = record.proposal?.value.amount ?? record.verdict?.value.estimate
        let amount = outcome == .refused ? nil : amount ?? estimate
        if [.proposeApproval, .proposeRefusal].contains(action) {
            guard record.state == .inReview else {
                throw CaseError(
                    .impossibleState,
                    Bilingual(
                        "검토 중인 신청에만 의견을 올릴 수 있습니다.",
                        "Only what is in review can be proposed."
                    ),
                    context: record.id
                )
            }
            _ = try hand.propose(record, outcome, reason: reason, amount: amount, in: tx)
        } else {
            _ = try hand.decide(record, outcome, reason: reason, amount: amount, in: tx)
        }
    }

    private func answerAppeal(
        _ record: Case,
        _ hand: CaseKeeping,
        in tx: WriteTransaction
    ) throws {
        let open = try Cases.appeals(of: record.id, in: tx).first { $0.outcome == nil }
        guard let appeal = open else {
            throw CaseError(
                .impossibleState,
                Bilingual("답할 이의신청이 없습니다.", "There is no appeal to answer."),
                context: record.id
            )
        }
        _ = try hand.answerAppeal(
            appeal,
            of: record,
            action == .grantAppeal ? .granted : .dismissed,
            answer: reason,
            in: tx
        )
    }

    private func expire(
        _ record: Case,
        _ hand: CaseKeeping,
        in tx: WriteTransaction
    ) throws {
        guard let deadline = record.correction?.value.deadline, deadline < tx.now.date else {
            throw CaseError(
                .impossibleState,
                Bilingual("보완 기한이 아직 지나지 않았습니다.", "The time for the correction still runs."),
                context: record.id
            )
        }
        _ = try hand.expire(
            record,
            reason: Bilingual(
                "보완 기한(\(deadline.iso))이 지나 종결합니다.",
                "It ends, because nothing came until \(deadline.iso)."
            ),
            in: tx
        )
    }
}
