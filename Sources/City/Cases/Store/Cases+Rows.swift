import Basics
import Store

// What the writing hand puts into the tables.
extension Cases {
    static func save(_ record: Case, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO case_record (\(columns))
            VALUES (\(record.id), \(record.receipt), \(record.procedureID),
                \(record.organizationID), \(record.roundID), \(record.accountID),
                \(record.applicantName), \(record.applicant), \(record.proxyAccountID),
                \(record.proxy), \(record.answers), \(record.verdict), \(record.state),
                \(record.version), \(record.assigneeID), \(record.reviewerIDs),
                \(record.proposal), \(record.decision), \(record.correction), \(record.dueOn),
                \(record.submittedAt), \(record.decidedAt), \(record.erasedAt),
                \(record.isSample), \(record.createdAt), \(record.updatedAt))
            ON CONFLICT (id) DO UPDATE SET receipt = excluded.receipt,
                round_id = excluded.round_id, account_id = excluded.account_id,
                applicant_name = excluded.applicant_name, applicant = excluded.applicant,
                proxy_account_id = excluded.proxy_account_id, proxy = excluded.proxy,
                answers = excluded.answers, verdict = excluded.verdict, state = excluded.state,
                version = excluded.version, assignee_id = excluded.assignee_id,
                reviewer_ids = excluded.reviewer_ids, proposal = excluded.proposal,
                decision = excluded.decision, correction = excluded.correction,
                due_on = excluded.due_on, submitted_at = excluded.submitted_at,
                decided_at = excluded.decided_at, erased_at = excluded.erased_at,
                updated_at = excluded.updated_at
            """
        )
    }

    /// Writes the next line of a timeline.
    ///
    /// - Returns: Its number.
    static func save(_ event: CaseEvent, in tx: WriteTransaction) throws -> Int {
        try tx.value(
            """
            INSERT INTO case_event (case_id, number, kind, title, note, is_public, actor_id,
                actor_name, at)
            SELECT \(event.caseID), COALESCE(MAX(number), 0) + 1, \(event.kind), \(event.title),
                \(event.note), \(event.isPublic), \(event.actorID), \(event.actorName),
                \(event.at)
            FROM case_event WHERE case_id = \(event.caseID) RETURNING number
            """,
            as: Int.self
        ) ?? 1
    }

    static func save(_ document: CaseDocument, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO case_document (id, case_id, requirement, file_name, media_type, byte_count,
                digest, created_at)
            VALUES (\(document.id), \(document.caseID), \(document.requirement),
                \(document.fileName), \(document.mediaType), \(document.byteCount),
                \(document.digest), \(document.createdAt))
            """
        )
    }

    static func save(_ consent: CaseConsent, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO case_consent (id, case_id, kind, account_id, given_at, withdrawn_at)
            VALUES (\(consent.id), \(consent.caseID), \(consent.kind), \(consent.accountID),
                \(consent.givenAt), \(consent.withdrawnAt))
            ON CONFLICT (id) DO UPDATE SET withdrawn_at = excluded.withdrawn_at
            """
        )
    }

    static func save(_ appeal: CaseAppeal, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO case_appeal (id, case_id, reason, made_at, outcome, answer, answered_at)
            VALUES (\(appeal.id), \(appeal.caseID), \(appeal.reason), \(appeal.madeAt),
                \(appeal.outcome), \(appeal.answer), \(appeal.answeredAt))
            ON CONFLICT (id) DO UPDATE SET reason = excluded.reason, outcome = excluded.outcome,
                answer = excluded.answer, answered_at = excluded.answered_at
            """
        )
    }

    static func save(_ claim: CaseClaim, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO case_claim (id, case_id, amount, note, made_at, returned)
            VALUES (\(claim.id), \(claim.caseID), \(claim.amount), \(claim.note),
                \(claim.madeAt), \(claim.returned))
            ON CONFLICT (id) DO UPDATE SET note = excluded.note, returned = excluded.returned
            """
        )
    }

    /// The next receipt number of a prefix and year: `2026-PC-000123`.
    static func nextReceipt(
        prefix: String,
        year: Int,
        in tx: WriteTransaction
    ) throws -> String {
        let number =
            try tx.value(
                """
                INSERT INTO case_receipt_number (prefix, year, last) VALUES (\(prefix), \(year), 1)
                ON CONFLICT (prefix, year) DO UPDATE SET last = case_receipt_number.last + 1
                RETURNING last
                """,
                as: Int.self
            ) ?? 1
        let digits = String(number)
        let zeros = String(repeating: "0", count: max(0, 6 - digits.count))
        return "\(year)-\(prefix)-\(zeros)\(digits)"
    }
}
