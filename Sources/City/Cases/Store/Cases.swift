import Basics
public import Identity
public import Store

extension Role {
    /// Reviews the applications of an organization (심사 담당자).
    public static let caseOfficer = Role(rawValue: "caseOfficer")
    /// Decides on applications that another reviewed (결재자).
    public static let caseApprover = Role(rawValue: "caseApprover")
}

extension Purpose {
    /// An officer works on an application.
    public static let caseReview = Purpose(
        code: "cases.review",
        Bilingual("신청 심사", "Review of an application")
    )
    /// The applicant, or whoever applies for them, looks at or changes the application.
    public static let caseApplication = Purpose(
        code: "cases.application",
        Bilingual("본인·대리 신청", "The applicant’s own application")
    )
    /// The program erases what may no longer be kept.
    public static let caseRetention = Purpose(
        code: "cases.retention",
        Bilingual("보관 기간 지남", "End of the retention period")
    )
}

extension AuditSubject {
    /// An application.
    public static func caseRecord(_ id: String) -> AuditSubject {
        AuditSubject(kind: "case", id: id)
    }
}

extension Actor {
    /// Whether the actor works on the applications of an organization, as officer or approver.
    public func reviewsCases(of organizationID: String) -> Bool {
        may(.caseOfficer, in: organizationID) || may(.caseApprover, in: organizationID)
    }
}

/// The applications in the store.
///
/// A person's application is read through ``record(_:for:purpose:in:)`` alone; rows are written by
/// ``CaseKeeping`` alone.
public enum Cases {
    /// Applications on one page of a person's list.
    public static let pageSize = 20
    /// Lines of a timeline that are shown.
    public static let maximumEventCount = 500

    static let columns: SQL = """
        id, receipt, procedure_id, organization_id, round_id, account_id, applicant_name,
        applicant, proxy_account_id, proxy, answers, verdict, state, version, assignee_id,
        reviewer_ids, proposal, decision, correction, due_on, submitted_at, decided_at, erased_at,
        is_sample, created_at, updated_at
        """

    /// An application, for whoever may see it: the applicant, their proxy, an officer of the
    /// organization that decides; that it was looked at is written down.
    ///
    /// - Returns: The application, or nothing where there is none that the actor may know of.
    public static func record(
        _ id: String,
        for actor: Actor,
        purpose: Purpose,
        in tx: WriteTransaction
    ) throws -> Case? {
        guard let found = try find(id, in: tx), maySee(found, actor) else { return nil }
        try tx.record(
            .read,
            on: .caseRecord(id),
            by: actor.auditActor,
            purpose: purpose,
            details: ["state": found.state.rawValue]
        )
        return found
    }

    /// Whether an actor may see an application; an officer sees no draft but the one they write for
    /// somebody.
    public static func maySee(_ record: Case, _ actor: Actor) -> Bool {
        if record.belongs(to: actor.id) { return true }
        return record.state != .draft && actor.reviewsCases(of: record.organizationID)
    }

    /// A page of the applications an account made, for itself or for somebody else, the latest first.
    public static func page(
        _ number: Int,
        of accountID: String,
        in db: ReadTransaction
    ) throws -> (cases: [Case], total: Int) {
        let own: SQL = "(account_id = \(accountID) OR proxy_account_id = \(accountID))"
        let total =
            try db.value("SELECT COUNT(*) FROM case_record WHERE \(own)", as: Int.self) ?? 0
        let cases = try db.rows(
            """
            SELECT \(columns) FROM case_record WHERE \(own)
            ORDER BY updated_at DESC, id LIMIT \(pageSize)
            OFFSET \(max(0, number - 1) * pageSize)
            """,
            as: Case.self
        )
        return (cases, total)
    }

    /// The applications for some procedures that an account made for somebody else, the latest first.
    public static func broughtIn(
        by accountID: String,
        procedures: [String],
        in db: ReadTransaction
    ) throws -> [String] {
        struct Row: Codable {
            var id: String
        }
        return try db.rows(
            """
            SELECT id FROM case_record
            WHERE proxy_account_id = \(accountID) AND procedure_id IN \(list: procedures)
            ORDER BY updated_at DESC LIMIT \(maximumBroughtInCount)
            """,
            as: Row.self
        ).map(\.id)
    }

    /// The applications for others that are looked through.
    static let maximumBroughtInCount = 100

    /// The application of an account for a procedure that is still going on, and for the round where
    /// it has one; what a proxy writes for somebody else is not the proxy's.
    public static func running(
        of accountID: String,
        procedure: String,
        round: String?,
        in db: ReadTransaction
    ) throws -> Case? {
        try db.rows(
            """
            SELECT \(columns) FROM case_record
            WHERE account_id = \(accountID) AND procedure_id = \(procedure)
            ORDER BY created_at DESC, id LIMIT \(pageSize)
            """,
            as: Case.self
        ).first {
            $0.state == .draft || ($0.state.isOpen && $0.state != .approved)
                || (round != nil && $0.roundID == round && $0.state != .withdrawn
                    && $0.state != .expired)
        }
    }

    /// What happened to an application, the oldest first.
    public static func timeline(of id: String, in db: ReadTransaction) throws -> [CaseEvent] {
        try db.rows(
            """
            SELECT * FROM case_event WHERE case_id = \(id) ORDER BY number
            LIMIT \(maximumEventCount)
            """,
            as: CaseEvent.self
        )
    }

    /// The files of an application, in the order they came.
    public static func documents(of id: String, in db: ReadTransaction) throws -> [CaseDocument] {
        try db.rows(
            "SELECT * FROM case_document WHERE case_id = \(id) ORDER BY created_at, id",
            as: CaseDocument.self
        )
    }

    /// The consents of an application, those in force first.
    public static func consents(of id: String, in db: ReadTransaction) throws -> [CaseConsent] {
        try db.rows(
            """
            SELECT * FROM case_consent WHERE case_id = \(id)
            ORDER BY CASE WHEN withdrawn_at IS NULL THEN 0 ELSE 1 END, given_at, id
            """,
            as: CaseConsent.self
        )
    }

    /// Whether a consent of an application is in force.
    public static func holds(
        _ kind: CaseConsent.Kind,
        of id: String,
        in db: ReadTransaction
    ) throws -> Bool {
        try consents(of: id, in: db).contains { $0.kind == kind && $0.isInForce }
    }

    /// The appeals of an application, the latest first.
    public static func appeals(of id: String, in db: ReadTransaction) throws -> [CaseAppeal] {
        try db.rows(
            "SELECT * FROM case_appeal WHERE case_id = \(id) ORDER BY made_at DESC, id",
            as: CaseAppeal.self
        )
    }

    /// The claims of an application, the latest first.
    public static func claims(of id: String, in db: ReadTransaction) throws -> [CaseClaim] {
        try db.rows(
            "SELECT * FROM case_claim WHERE case_id = \(id) ORDER BY made_at DESC, id",
            as: CaseClaim.self
        )
    }

    /// An application as it stands, without asking who wants it: for the writing hand and for jobs.
    static func find(_ id: String, in db: ReadTransaction) throws -> Case? {
        try db.first("SELECT \(columns) FROM case_record WHERE id = \(id)", as: Case.self)
    }
}
