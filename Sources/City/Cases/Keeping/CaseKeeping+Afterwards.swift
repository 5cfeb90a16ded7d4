public import Basics
import Hosting
public import Store

// What follows a decision: appeal and claim.
extension CaseKeeping {
    /// The most appeals against the refusals of one case.
    public static let maximumAppealCount = 3

    /// Appeals against a refusal (이의신청).
    ///
    /// - Throws: `CaseError` with `.late` where the time has gone by, `.duplicate` where an appeal is
    ///   not answered yet.
    public func appeal(
        _ record: Case,
        reason text: String,
        in tx: WriteTransaction
    ) throws -> Case {
        let old = try current(record, in: tx)
        try requireApplicant(of: old)
        let text = try reason(text, of: old)
        guard let deadline = old.appealDeadline else {
            throw CaseError(
                .impossibleState,
                Bilingual("미승인 결정에만 이의신청할 수 있습니다.", "Only a refusal can be appealed."),
                context: old.id
            )
        }
        guard tx.now.date <= deadline else {
            throw CaseError(
                .late,
                Bilingual(
                    "이의신청 기간(\(deadline.iso)까지)이 지났습니다.",
                    "The time for an appeal ended on \(deadline.iso)."
                ),
                context: old.id
            )
        }
        let earlier = try Cases.appeals(of: old.id, in: tx)
        guard !earlier.contains(where: { $0.outcome == nil }),
            earlier.count < Self.maximumAppealCount
        else {
            throw CaseError(
                .duplicate,
                Bilingual(
                    "이미 접수한 이의신청이 있습니다.",
                    "There is an appeal already."
                ),
                context: old.id
            )
        }
        try Cases.save(
            CaseAppeal(
                id: RandomName.make(byteCount: 12),
                caseID: old.id,
                reason: text,
                madeAt: tx.now,
                answer: ""
            ),
            in: tx
        )
        let kept = try keep(
            old,
            over: old,
            Words(
                kind: .appeal,
                title: Bilingual("이의신청 접수", "Appeal received"),
                note: text,
                standing: .appealReceived
            ),
            in: tx
        )
        try tellOfficers(Bilingual("이의신청 접수", "An appeal arrived"), of: kept, in: tx)
        return kept
    }

    /// Answers an appeal; one that is granted opens the case again.
    public func answerAppeal(
        _ appeal: CaseAppeal,
        of record: Case,
        _ outcome: CaseAppeal.Outcome,
        answer text: String,
        in tx: WriteTransaction
    ) throws -> Case {
        let old = try current(record, in: tx)
        try requireOfficer(of: old)
        guard
            var known = try Cases.appeals(of: old.id, in: tx).first(where: { $0.id == appeal.id }),
            known.outcome == nil
        else {
            throw CaseError(
                .duplicate,
                Bilingual("이미 답한 이의신청입니다.", "The appeal was answered already."),
                context: old.id
            )
        }
        let text = try reason(text, of: old)
        known.outcome = outcome
        known.answer = text
        known.answeredAt = tx.now
        try Cases.save(known, in: tx)
        let isGranted = outcome == .granted
        let words = Words(
            kind: .appeal,
            title: isGranted
                ? Bilingual("이의신청 인용: 다시 검토", "Appeal granted: reviewed again")
                : Bilingual("이의신청 기각", "Appeal dismissed"),
            note: text,
            notice: Bilingual(same: text)
        )
        guard isGranted else { return try keep(old, over: old, words, in: tx) }
        // The new review is somebody else's: whoever refused it may review, not decide again.
        var again = old
        again.reviewerIDs.value = old.decision.map { [$0.value.officerID] } ?? []
        again.proposal = nil
        return try move(again, to: .inReview, as: .decider, words, in: tx)
    }

    /// Claims what was granted, with the receipts already attached (청구).
    public func claim(
        _ record: Case,
        amount: Won,
        note: String,
        in tx: WriteTransaction
    ) throws -> Case {
        let procedure = try CaseProcedures.find(record.procedureID, in: tx)
        guard procedure?.isTwoPhase == true else {
            throw CaseError(
                .impossibleState,
                Bilingual("청구가 필요 없는 지원입니다.", "Nothing has to be claimed here."),
                context: record.id
            )
        }
        guard amount > .zero, amount <= CaseClaim.maximumAmount else {
            throw CaseError(
                .incomplete,
                Bilingual("청구할 금액을 원 단위로 적어 주세요.", "Say the amount in won."),
                context: record.id
            )
        }
        try Cases.save(
            CaseClaim(
                id: RandomName.make(byteCount: 12),
                caseID: record.id,
                amount: amount,
                note: String(note.trimmed.prefix(Self.maximumTextCharacterCount)),
                madeAt: tx.now,
                returned: ""
            ),
            in: tx
        )
        let claimed = try move(
            record,
            to: .claimed,
            as: .applicant,
            Words(
                kind: .moved,
                title: Bilingual(
                    "청구함: \(amount.amount.grouped)원",
                    "Claimed: \(amount.amount.grouped) won"
                ),
                note: note.trimmed,
                standing: .claimReceived
            ),
            in: tx
        )
        try tellOfficers(Bilingual("청구 접수", "A claim arrived"), of: claimed, in: tx)
        return claimed
    }

    /// Sends a claim back with the reason; it may be made again.
    public func returnClaim(
        _ record: Case,
        reason text: String,
        in tx: WriteTransaction
    ) throws -> Case {
        let text = try reason(text, of: record)
        let returned = try move(
            record,
            to: .approved,
            as: .officer,
            Words(
                kind: .moved,
                title: Bilingual("청구 반려", "Claim sent back"),
                note: text,
                notice: Bilingual(same: text)
            ),
            in: tx
        )
        if var claim = try Cases.claims(of: record.id, in: tx).first {
            claim.returned = text
            try Cases.save(claim, in: tx)
        }
        return returned
    }
}
