import Basics
import Hosting
import Identity
public import Store

// What an applicant, or whoever applies for them, writes before the application arrives.
extension CaseKeeping {
    /// The most drafts and running applications of one account.
    public static let maximumRunningCount = 100

    /// Begins a draft; where the applicant has one that is still going on, that one comes back.
    ///
    /// - Parameters:
    ///   - procedure: What is applied for.
    ///   - applicant: Who gets it.
    ///   - proxy: Who applies, where it is not the applicant.
    ///   - answers: What is known already.
    ///   - isSample: Whether it is made up for the sample city.
    ///   - tx: The transaction.
    /// - Returns: The draft.
    /// - Throws: `CaseError` where no applications are taken today.
    public func open(
        _ procedure: CaseProcedure,
        applicant: CaseApplicant,
        proxy: CaseProxy? = nil,
        answers: CaseAnswers = CaseAnswers(),
        isSample: Bool = false,
        in tx: WriteTransaction
    ) throws -> Case {
        guard let account = actor.account else {
            throw AccessError(.signInRequired, context: "apply for \(procedure.id)")
        }
        let round = try openRound(of: procedure, in: tx)
        if proxy == nil,
            let running = try Cases.running(
                of: account.id,
                procedure: procedure.id,
                round: round?.id,
                in: tx
            )
        {
            return running
        }
        try refuseTooMany(account.id, in: tx)
        var record = Case(
            id: RandomName.make(byteCount: 12),
            receipt: "",
            procedureID: procedure.id,
            organizationID: procedure.organizationID,
            roundID: round?.id,
            accountID: proxy == nil ? account.id : "",
            applicantName: applicant.name,
            applicant: JSONColumn(applicant),
            proxyAccountID: proxy == nil ? nil : account.id,
            proxy: proxy.map { JSONColumn($0) },
            answers: JSONColumn(answers),
            state: .draft,
            version: 0,
            reviewerIDs: JSONColumn([]),
            isSample: isSample,
            createdAt: tx.now,
            updatedAt: tx.now
        )
        record.version = 1
        try Cases.save(record, in: tx)
        try audit(record, .create, ["procedure": procedure.id], in: tx)
        return record
    }

    private func openRound(
        of procedure: CaseProcedure,
        in tx: WriteTransaction
    ) throws -> CaseRound? {
        switch try CaseProcedures.intake(of: procedure, on: tx.now.date, in: tx) {
        case .always: return nil
        case .round(let round): return round
        case .closed(let opens):
            throw CaseError(
                .closed,
                opens.map {
                    Bilingual(
                        "지금은 신청 기간이 아닙니다. \($0.iso)부터 신청할 수 있습니다.",
                        "Applications are not taken now; they are from \($0.iso) on."
                    )
                } ?? Bilingual("지금은 신청 기간이 아닙니다.", "Applications are not taken now."),
                context: procedure.id
            )
        }
    }

    private func refuseTooMany(_ accountID: String, in tx: WriteTransaction) throws {
        let finished = CaseState.allCases.filter { !$0.isOpen }.map(\.rawValue)
        let count =
            try tx.value(
                """
                SELECT COUNT(*) FROM case_record
                WHERE (account_id = \(accountID) OR proxy_account_id = \(accountID))
                    AND state NOT IN \(list: finished)
                """,
                as: Int.self
            ) ?? 0
        guard count < Self.maximumRunningCount else {
            throw CaseError(
                .tooMany,
                Bilingual(
                    "진행 중인 신청은 \(Self.maximumRunningCount)건까지 둘 수 있습니다.",
                    "At most \(Self.maximumRunningCount) applications may run at a time."
                ),
                context: accountID
            )
        }
    }

    /// Saves what was typed into a draft; nothing of it has to be complete or right.
    public func save(_ record: Case, in tx: WriteTransaction) throws -> Case {
        let old = try current(record, in: tx)
        try requireApplicant(of: old)
        try requireDraft(old)
        var new = record
        new.state = .draft
        new.version += 1
        new.updatedAt = tx.now
        guard new != old else { return old }
        try Cases.save(new, in: tx)
        try audit(new, ["event": "saved"], in: tx)
        return new
    }

    /// Throws a draft away, with its files.
    public func discard(_ record: Case, in tx: WriteTransaction) throws {
        let old = try current(record, in: tx)
        try requireApplicant(of: old)
        try requireDraft(old)
        for table: SQL in ["case_document", "case_consent", "case_event"] {
            try tx.run("DELETE FROM \(table) WHERE case_id = \(old.id)")
        }
        try tx.run("DELETE FROM case_record WHERE id = \(old.id)")
        try audit(old, .delete, ["event": "discarded"], in: tx)
    }

    private func requireDraft(_ record: Case) throws {
        guard record.state == .draft else {
            throw CaseError(
                .impossibleState,
                Bilingual(
                    "이미 접수된 신청은 고칠 수 없습니다. 보완요청을 받으면 고칠 수 있습니다.",
                    "An application that arrived cannot be changed until you are asked to."
                ),
                context: record.id
            )
        }
    }

    // MARK: Submission

    /// Hands a draft in, once however often it is asked for.
    ///
    /// - Parameters:
    ///   - record: The draft as it was read.
    ///   - verdict: What the rules say of it today; nothing where no programme judges it.
    ///   - key: The key of the form that was sent.
    ///   - tx: The transaction.
    /// - Returns: The application with its receipt number and due date.
    /// - Throws: `CaseError` where no applications are taken, a consent is missing, or another
    ///   application of the same person runs.
    public func submit(
        _ record: Case,
        verdict: CaseVerdict?,
        key: String,
        in tx: WriteTransaction
    ) throws -> Case {
        try requireApplicant(of: record)
        let once = try tx.once(scope: "cases.submit.\(record.id)", key: key) {
            try submitted(record, verdict: verdict, in: tx).id
        }
        guard let submitted = try Cases.find(once.value, in: tx) else {
            throw CaseError(
                .outdated,
                Bilingual("신청이 없습니다.", "There is no such application."),
                context: record.id
            )
        }
        return submitted
    }

    private func submitted(
        _ record: Case,
        verdict: CaseVerdict?,
        in tx: WriteTransaction
    ) throws -> Case {
        guard let procedure = try CaseProcedures.find(record.procedureID, in: tx),
            try Cases.holds(.processing, of: record.id, in: tx)
        else {
            throw CaseError(
                .incomplete,
                Bilingual("개인정보 수집·이용에 동의해야 신청할 수 있습니다.", "The consent is missing."),
                context: record.id
            )
        }
        var new = record
        new.roundID = try openRound(of: procedure, in: tx)?.id
        new.receipt = try Cases.nextReceipt(
            prefix: procedure.receiptPrefix,
            year: tx.now.date.year,
            in: tx
        )
        new.verdict = verdict.map { JSONColumn($0) }
        new.submittedAt = tx.now
        new.dueOn = try CaseHolidays.workingDays(in: tx).deadline(
            receivedAt: tx.now,
            days: procedure.dueDays
        )
        return try move(
            new,
            to: .submitted,
            as: .applicant,
            Words(
                kind: .moved,
                title: Bilingual("접수됨 (\(new.receipt))", "Received (\(new.receipt))"),
                standing: .received
            ),
            in: tx
        )
    }

    /// Takes an application back.
    public func withdraw(
        _ record: Case,
        reason: String = "",
        in tx: WriteTransaction
    ) throws -> Case {
        try move(
            record,
            to: .withdrawn,
            as: .applicant,
            Words(
                kind: .moved,
                title: Bilingual("취하함", "Withdrawn"),
                note: reason.trimmed,
                standing: .withdrawn
            ),
            in: tx
        )
    }

    // MARK: Documents and consents

    /// Adds a file whose bytes are a blob already.
    ///
    /// - Throws: `CaseError` where files are not taken now, or there are as many as there may be.
    public func attach(
        _ document: CaseDocument,
        to record: Case,
        in tx: WriteTransaction
    ) throws {
        try requireOpenForFiles(record)
        let known = try Cases.documents(of: record.id, in: tx)
        let same = known.count { $0.requirement == document.requirement }
        guard known.count < CaseDocument.maximumCount,
            same < CaseDocument.maximumCountPerRequirement
        else {
            throw CaseError(
                .tooMany,
                Bilingual(
                    "서류 하나에 파일 \(CaseDocument.maximumCountPerRequirement)개, "
                        + "모두 \(CaseDocument.maximumCount)개까지 올릴 수 있습니다.",
                    "At most \(CaseDocument.maximumCountPerRequirement) files for a document and "
                        + "\(CaseDocument.maximumCount) in all."
                ),
                context: record.id
            )
        }
        try Cases.save(document, in: tx)
        try audit(
            record,
            ["event": "document", "document": document.id, "digest": document.digest],
            in: tx
        )
    }

    /// Takes a file out of a draft or of an answer that was not sent yet.
    public func detach(
        _ documentID: String,
        from record: Case,
        in tx: WriteTransaction
    ) throws {
        try requireOpenForFiles(record)
        // What the office has seen stays.
        let floor: Instant? =
            switch record.state {
            case .draft: record.createdAt
            case .approved: record.decidedAt
            default: record.correction?.value.askedAt
            }
        let removed = try tx.run(
            """
            DELETE FROM case_document WHERE id = \(documentID) AND case_id = \(record.id)
                AND created_at >= \(floor ?? tx.now)
            """
        )
        guard removed > 0 else { return }
        try audit(record, .delete, ["event": "document", "document": documentID], in: tx)
    }

    private func requireOpenForFiles(_ record: Case) throws {
        try requireApplicant(of: record)
        guard [.draft, .correctionRequested, .approved].contains(record.state) else {
            throw CaseError(
                .impossibleState,
                Bilingual(
                    "지금은 서류를 더할 수 없습니다. 보완요청을 받으면 올릴 수 있습니다.",
                    "Files are taken while it is written and when you are asked for them."
                ),
                context: record.id
            )
        }
    }

    /// Gives a consent; one that is in force stays as it is.
    public func give(
        _ kind: CaseConsent.Kind,
        for record: Case,
        in tx: WriteTransaction
    ) throws {
        try requireApplicant(of: record)
        guard try !Cases.holds(kind, of: record.id, in: tx) else { return }
        try Cases.save(
            CaseConsent(
                id: RandomName.make(byteCount: 12),
                caseID: record.id,
                kind: kind,
                accountID: actor.id ?? "",
                givenAt: tx.now
            ),
            in: tx
        )
        try audit(record, ["event": "consent", "consent": kind.rawValue], in: tx)
    }

    /// Takes a consent back.
    ///
    /// In mid-review the officer is told, and what the office would have looked up is asked of the
    /// applicant; without the consent to the use of personal data the application ends.
    ///
    /// - Returns: The application as it stands then.
    public func takeBack(
        _ kind: CaseConsent.Kind,
        of record: Case,
        lookedUp: [CaseDocumentRequirement],
        in tx: WriteTransaction
    ) throws -> Case {
        let old = try current(record, in: tx)
        try requireApplicant(of: old)
        let given = try Cases.consents(of: record.id, in: tx)
            .filter { $0.kind == kind && $0.isInForce }
        guard !given.isEmpty else { return old }
        for var consent in given {
            consent.withdrawnAt = tx.now
            try Cases.save(consent, in: tx)
        }
        let words = Words(
            kind: .consent,
            title: Bilingual(
                "동의 철회: \(kind.title.korean)",
                "Consent taken back: \(kind.title.english)"
            ),
            notice: old.state == .draft
                ? nil
                : Bilingual(
                    "동의를 철회했습니다. 이제부터 쓰지 않습니다.",
                    "Your consent was taken back; nothing is done by it from now on."
                )
        )
        let kept = try keep(old, over: old, words, in: tx)
        try tellOfficers(words.title, of: kept, in: tx)
        switch kind {
        case .lookUp where !lookedUp.isEmpty && [.submitted, .inReview].contains(kept.state):
            return try askAgain(lookedUp, of: kept, in: tx)
        case .processing where CaseTransition.between(kept.state, .withdrawn) != nil:
            return try withdraw(kept, reason: words.title.korean, in: tx)
        default: return kept
        }
    }
}
