import Basics
import Hosting
public import Identity
public import Store

/// The warrants in the store: the one hand that gives them, takes them back and asks for them.
public enum FootageWarrants {
    /// Gives a warrant; the rules of reach and of the second person hold here, whatever a service
    /// asked before.
    ///
    /// - Parameters:
    ///   - request: What is asked for.
    ///   - actor: Who says yes: whoever asked, or a second person.
    ///   - tx: The transaction.
    /// - Returns: The warrant.
    /// - Throws: `FootageError` with code `.needsSecondPerson` or `.limit`.
    public static func issue(
        _ request: FootageWarrantRequest,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws -> FootageWarrant {
        try checkReach(request, now: tx.now)
        try checkDecision(request, by: actor, in: tx)
        let warrant = FootageWarrant(
            id: RandomName.make(byteCount: 12),
            caseKind: request.caseKind,
            caseID: request.caseID,
            caseNumber: request.caseNumber,
            holderID: request.holderID,
            role: request.role,
            organizationID: request.organizationID,
            purpose: JSONColumn(request.purpose),
            basis: JSONColumn(request.basis),
            cameras: request.cameras.map { JSONColumn($0.sorted()) },
            startsAt: request.footage.lowerBound,
            endsAt: request.footage.upperBound,
            expiresAt: request.expiresAt,
            requestedBy: request.requestedBy,
            approvedBy: actor.auditName,
            issuedAt: tx.now
        )
        try save(warrant, in: tx)
        try tx.record(
            .issueWarrant,
            on: warrant.subject,
            by: actor.auditActor,
            purpose: request.purpose,
            details: [
                "caseNumber": warrant.caseNumber, "warrant": warrant.id,
                "holder": warrant.holderID, "requestedBy": warrant.requestedBy,
                "cameras": request.cameras.map { "\($0.count)" } ?? "all",
                "from": warrant.startsAt.rfc3339, "through": warrant.endsAt.rfc3339,
                "expires": warrant.expiresAt.rfc3339,
            ]
        )
        return warrant
    }

    private static func checkReach(_ request: FootageWarrantRequest, now: Instant) throws {
        let context = request.caseNumber
        guard (request.cameras?.count ?? 0) <= FootageWarrant.maximumCameraCount,
            request.cameras?.isEmpty != true
        else {
            throw FootageError(
                .limit,
                Bilingual(
                    "카메라는 1–\(FootageWarrant.maximumCameraCount)대까지 고를 수 있습니다.",
                    "Choose from 1 to \(FootageWarrant.maximumCameraCount) cameras."
                ),
                context: context
            )
        }
        let latest = now.adding(seconds: FootageWarrant.maximumLifetimeSeconds)
        guard request.expiresAt > now, request.expiresAt <= latest else {
            throw FootageError(
                .limit,
                Bilingual(
                    "승인은 \(FootageWarrant.maximumLifetimeSeconds / 86_400)일까지 줄 수 있습니다.",
                    "An approval lives up to \(FootageWarrant.maximumLifetimeSeconds / 86_400) days."
                ),
                context: context
            )
        }
    }

    private static func checkDecision(
        _ request: FootageWarrantRequest,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws {
        // One after another would be as long a reach as one long warrant: they count together.
        let alone = try of(case: request.caseID, in: tx).filter {
            $0.approvedBy == actor.auditName
        }
        let needsSecond = FootageWarrant.needsSecondPerson(
            isWholeCity: request.cameras == nil,
            startsAt: alone.map(\.startsAt).reduce(request.footage.lowerBound, min),
            endsAt: alone.map(\.endsAt).reduce(request.footage.upperBound, max),
            expiresAt: request.expiresAt,
            now: alone.map(\.issuedAt).reduce(tx.now, min)
        )
        let isOwn = actor.id == request.requestedBy || actor.id == request.holderID
        let role = isOwn ? request.role : request.approverRole
        guard actor.may(role, in: request.organizationID), !(isOwn && needsSecond) else {
            throw FootageError(
                .needsSecondPerson,
                Bilingual(
                    "24시간을 넘거나 도시 전체를 찾는 일은 다른 승인자가 승인해야 합니다.",
                    "Beyond 24 hours, or for the whole city, a second person has to approve."
                ),
                context: "\(request.caseNumber) by \(actor.auditName)"
            )
        }
    }

    /// Takes every warrant of a case back; what is over stays over.
    ///
    /// - Returns: How many were open.
    @discardableResult
    public static func revoke(
        case caseID: String,
        by actor: Actor,
        purpose: Purpose,
        in tx: WriteTransaction
    ) throws -> Int {
        let open = try of(case: caseID, in: tx).filter { $0.revokedAt == nil }
        for warrant in open {
            try tx.run(
                "UPDATE footage_warrant SET revoked_at = \(tx.now) WHERE id = \(warrant.id)"
            )
            try tx.run("DELETE FROM footage_watch WHERE warrant_id = \(warrant.id)")
            try tx.run("DELETE FROM footage_watch_pause WHERE warrant_id = \(warrant.id)")
            try tx.record(
                .revokeWarrant,
                on: warrant.subject,
                by: actor.auditActor,
                purpose: purpose,
                details: ["caseNumber": warrant.caseNumber, "warrant": warrant.id]
            )
        }
        return open.count
    }

    /// The warrants of a case, the newest first.
    public static func of(
        case caseID: String,
        in db: ReadTransaction
    ) throws -> [FootageWarrant] {
        try db.rows(
            """
            SELECT * FROM footage_warrant WHERE case_id = \(caseID) ORDER BY issued_at DESC, id
            """,
            as: FootageWarrant.self
        )
    }

    static func find(_ id: String, in db: ReadTransaction) throws -> FootageWarrant? {
        try db.first(
            "SELECT * FROM footage_warrant WHERE id = \(id)",
            as: FootageWarrant.self
        )
    }

    /// A warrant that opens now, for the one who holds it.
    ///
    /// - Throws: `FootageError`: `.noWarrant` where there is none for this person and case, so that an
    ///   identifier tells nobody whether it exists; `.revoked`, `.expired`.
    static func check(
        _ id: String,
        of caseID: String,
        by actor: Actor,
        in db: ReadTransaction
    ) throws -> FootageWarrant {
        let warrant = try find(id, in: db)
        let context = "\(actor.auditName): warrant \(id) of \(caseID)"
        guard let warrant, warrant.caseID == caseID, warrant.holderID == actor.id,
            actor.may(warrant.role, in: warrant.organizationID)
        else { throw FootageError.noWarrant(context) }
        guard warrant.revokedAt == nil else { throw FootageError.revoked(context) }
        let now = try FootageClock.effective(in: db)
        guard now < warrant.expiresAt else { throw FootageError.expired(context) }
        return warrant
    }

    private static func save(_ warrant: FootageWarrant, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO footage_warrant (id, case_kind, case_id, case_number, holder_id, role,
                organization_id, purpose, basis, cameras, starts_at, ends_at, expires_at,
                requested_by, approved_by, issued_at, revoked_at)
            VALUES (\(warrant.id), \(warrant.caseKind), \(warrant.caseID), \(warrant.caseNumber),
                \(warrant.holderID), \(warrant.role.rawValue), \(warrant.organizationID),
                \(warrant.purpose), \(warrant.basis), \(warrant.cameras), \(warrant.startsAt),
                \(warrant.endsAt), \(warrant.expiresAt), \(warrant.requestedBy),
                \(warrant.approvedBy), \(warrant.issuedAt), NULL)
            """
        )
    }
}
