public import Basics
import City
import Hosting
import Identity
public import Store

// What officers do with an application that arrived.
extension CaseKeeping {
    /// The most working days an applicant is given for a correction.
    public static let maximumCorrectionDayCount = 60
    /// The working days given where the consent to look documents up was taken back.
    static let consentCorrectionDayCount = 10
    /// The most officers told of something.
    static let maximumToldCount = 50

    /// Begins the review; the officer becomes the one who works on it.
    public func startReview(_ record: Case, in tx: WriteTransaction) throws -> Case {
        var new = marked(record)
        new.assigneeID = record.assigneeID ?? actor.id
        return try move(
            new,
            to: .inReview,
            as: .officer,
            Words(
                kind: .moved,
                title: Bilingual("검토 시작", "Review begun"),
                standing: .reviewBegun
            ),
            in: tx
        )
    }

    /// Puts an officer on a case, or nobody.
    public func assign(
        _ record: Case,
        to officerID: String?,
        named name: String = "",
        in tx: WriteTransaction
    ) throws -> Case {
        let old = try current(record, in: tx)
        try requireOfficer(of: old)
        guard officerID == nil || !old.belongs(to: officerID) else {
            throw CaseError(
                .ownApplication,
                Bilingual(
                    "신청한 사람에게 심사를 맡길 수 없습니다.",
                    "The applicant cannot be put on their own application."
                ),
                context: record.id
            )
        }
        var new = old
        new.assigneeID = officerID
        return try keep(
            new,
            over: old,
            Words(
                kind: .assigned,
                title: officerID == nil
                    ? Bilingual("담당자 없음", "Nobody assigned")
                    : Bilingual("담당자 지정: \(name)", "Assigned to \(name)"),
                isPublic: false
            ),
            in: tx
        )
    }

    /// Asks the applicant for what is missing (보완요청); the days until the answer do not count as
    /// the office's.
    public func requestCorrection(
        _ record: Case,
        reason text: String,
        documents: [String] = [],
        days: Int,
        in tx: WriteTransaction
    ) throws -> Case {
        let text = try reason(text, of: record)
        let days = min(max(days, 1), Self.maximumCorrectionDayCount)
        let deadline = try CaseHolidays.workingDays(in: tx).day(tx.now.date, plus: days)
        return try correct(
            marked(record),
            CaseCorrection(
                reason: text,
                documents: documents,
                deadline: deadline,
                askedAt: tx.now
            ),
            as: .officer,
            in: tx
        )
    }

    private func correct(
        _ record: Case,
        _ correction: CaseCorrection,
        as party: CaseParty,
        in tx: WriteTransaction
    ) throws -> Case {
        var new = record
        new.correction = JSONColumn(correction)
        return try move(
            new,
            to: .correctionRequested,
            as: party,
            Words(
                kind: .correction,
                title: Bilingual(
                    "보완요청 (\(correction.deadline.iso)까지)",
                    "More is needed (by \(correction.deadline.iso))"
                ),
                note: correction.reason,
                notice: Bilingual(
                    "\(correction.reason) — \(correction.deadline.iso)까지 답해 주세요.",
                    "\(correction.reason) — please answer by \(correction.deadline.iso)."
                )
            ),
            in: tx
        )
    }

    /// Answers what was asked for; the office's days go on from there.
    public func answerCorrection(
        _ record: Case,
        text: String,
        in tx: WriteTransaction
    ) throws -> Case {
        var new = record
        if var correction = record.correction?.value {
            correction.answer = String(text.trimmed.prefix(Self.maximumTextCharacterCount))
            correction.answeredAt = tx.now
            new.correction = JSONColumn(correction)
            let calendar = try CaseHolidays.workingDays(in: tx)
            let waited = calendar.count(after: correction.askedAt.date, through: tx.now.date)
            new.dueOn = record.dueOn.map { calendar.day($0, plus: waited) }
        }
        let answered = try move(
            new,
            to: .inReview,
            as: .applicant,
            Words(
                kind: .correction,
                title: Bilingual("보완함", "Answered"),
                note: text.trimmed,
                standing: .correctionAnswered
            ),
            in: tx
        )
        try tellOfficers(Bilingual("보완 접수", "A correction arrived"), of: answered, in: tx)
        return answered
    }

    /// Asks for the documents that can no longer be looked up.
    func askAgain(
        _ documents: [CaseDocumentRequirement],
        of record: Case,
        in tx: WriteTransaction
    ) throws -> Case {
        let titles = documents.map(\.title.korean).joined(separator: ", ")
        let calendar = try CaseHolidays.workingDays(in: tx)
        let correction = CaseCorrection(
            reason: "행정정보 공동이용 동의를 철회하여 서류를 직접 내야 합니다: \(titles)",
            documents: documents.map(\.name),
            deadline: calendar.day(tx.now.date, plus: Self.consentCorrectionDayCount),
            askedAt: tx.now
        )
        return try correct(record, correction, as: .program, in: tx)
    }

    /// Writes down what the reviewer proposes, for whoever decides.
    public func propose(
        _ record: Case,
        _ outcome: CaseState,
        reason text: String,
        amount: Won? = nil,
        in tx: WriteTransaction
    ) throws -> Case {
        let old = try current(record, in: tx)
        try requireOfficer(of: old)
        var new = marked(old)
        new.proposal = JSONColumn(
            decision(outcome, try reason(text, of: record), amount, in: tx)
        )
        return try keep(
            new,
            over: old,
            Words(
                kind: .proposed,
                title: Bilingual(
                    "검토 의견: \(outcome.title.korean)",
                    "Proposed: \(outcome.title.english)"
                ),
                note: text.trimmed,
                isPublic: false
            ),
            in: tx
        )
    }

    /// Decides: approved, refused, to the selection, or onto the waiting list.
    ///
    /// - Throws: `CaseError` with `.sameEyes` where the actor reviewed it and four eyes are asked for,
    ///   `.ownApplication` where they made it, for themselves or for somebody else.
    public func decide(
        _ record: Case,
        _ outcome: CaseState,
        reason text: String,
        amount: Won? = nil,
        in tx: WriteTransaction
    ) throws -> Case {
        let text = try reason(text, of: record)
        var new = record
        new.decision = JSONColumn(decision(outcome, text, amount, in: tx))
        new.decidedAt = tx.now
        return try move(
            new,
            to: outcome,
            as: .decider,
            Words(
                kind: .moved,
                title: Bilingual(
                    "결정: \(outcome.title.korean)",
                    "Decision: \(outcome.title.english)"
                ),
                note: text,
                notice: Bilingual(
                    outcome == .refused
                        ? "\(text) — 이 통지를 받은 날부터 \(CaseAppeal.maximumDayCount)일 안에 이의신청할 수 있습니다."
                        : text,
                    outcome == .refused
                        ? "\(text) — you may appeal within \(CaseAppeal.maximumDayCount) days."
                        : text
                )
            ),
            in: tx
        )
    }

    private func decision(
        _ outcome: CaseState,
        _ reason: String,
        _ amount: Won?,
        in tx: WriteTransaction
    ) -> CaseDecision {
        CaseDecision(
            outcome: outcome,
            reason: reason,
            amount: amount,
            officerID: actor.id ?? "",
            officerName: actor.account?.displayName ?? "",
            at: tx.now
        )
    }

    /// Notes that the applicant has what was granted; a service that carries the grant out does so with
    /// the hand of nobody, ``Actor/anonymous``.
    public func fulfil(
        _ record: Case,
        note: String = "",
        in tx: WriteTransaction
    ) throws -> Case {
        try move(
            record,
            to: .fulfilled,
            as: actor.id == nil ? .program : .officer,
            Words(
                kind: .moved,
                title: Bilingual("지원 완료", "Fulfilled"),
                note: note.trimmed,
                notice: Bilingual("지원이 끝났습니다. \(note.trimmed)", "It is done. \(note.trimmed)")
            ),
            in: tx
        )
    }

    /// Writes a remark that officers alone see.
    public func note(_ text: String, of record: Case, in tx: WriteTransaction) throws -> Case {
        let old = try current(record, in: tx)
        try requireOfficer(of: old)
        return try keep(
            old,
            over: old,
            Words(
                kind: .note,
                title: Bilingual("내부 메모", "Remark"),
                note: try reason(text, of: record),
                isPublic: false
            ),
            in: tx
        )
    }

    /// Lets a time go by: a draft of a closed round, a correction nobody answered.
    public func expire(_ record: Case, reason: Bilingual, in tx: WriteTransaction) throws -> Case {
        try move(
            record,
            to: .expired,
            as: actor.id == nil ? .program : .officer,
            Words(kind: .moved, title: reason, notice: reason),
            in: tx
        )
    }

    /// Tells the officer who works on a case, or those of the organization where nobody does.
    func tellOfficers(_ title: Bilingual, of record: Case, in tx: WriteTransaction) throws {
        guard record.state != .draft else { return }
        let told = record.assigneeID.map { [$0] } ?? record.reviewerIDs.value
        for officer in told.prefix(Self.maximumToldCount) where !record.belongs(to: officer) {
            try Notices.send(
                Notice(
                    id: "case.\(record.id).\(record.version).officer.\(officer)",
                    accountID: officer,
                    title: Bilingual(
                        "\(record.receipt): \(title.korean)",
                        "\(record.receipt): \(title.english)"
                    ),
                    body: Bilingual(
                        "\(record.applicantName) 님의 신청",
                        "The application of \(record.applicantName)"
                    ),
                    link: "/desk/cases/\(record.id)",
                    createdAt: tx.now
                ),
                in: tx
            )
        }
    }
}
