public import Basics
public import Identity
public import Store

/// What opens the archive: one case, one person, some cameras, some time, until a day.
///
/// Nothing else does. A warrant is a row that the gate asks for in the same transaction as the audit
/// record of what it opened, and it is dead without the key of its case, which lies beside the
/// footage and in no backup.
public struct FootageWarrant: Sendable, Hashable, Codable {
    /// The longest time that one person may search without a second one, in seconds.
    public static let maximumAloneSeconds = 24 * 3_600
    /// The longest time a warrant lives before it has to be approved again, in seconds.
    public static let maximumLifetimeSeconds = 7 * 86_400
    /// The most cameras that one warrant names; more is the whole city.
    public static let maximumCameraCount = 2_000

    /// The identifier.
    public var id: String
    /// What kind of case it belongs to, a word of the service: `missingPerson`.
    public var caseKind: String
    /// The case.
    public var caseID: String
    /// The case's number, as people write it.
    public var caseNumber: String
    /// Who may use it.
    public var holderID: String
    /// The role the holder must still have.
    public var role: Role
    /// The organization they must have it in.
    public var organizationID: String
    /// Why.
    public var purpose: JSONColumn<Purpose>
    /// The law it rests on, in words.
    public var basis: JSONColumn<Bilingual>
    /// The cameras it opens; nothing means the whole city.
    public var cameras: JSONColumn<[UInt32]>?
    /// The footage it opens begins here.
    public var startsAt: Instant
    /// The footage it opens ends here.
    public var endsAt: Instant
    /// When it ends.
    public var expiresAt: Instant
    /// Who asked for it.
    public var requestedBy: String
    /// Who approved it; whoever asked, where no second person is needed.
    public var approvedBy: String
    /// When it was given.
    public var issuedAt: Instant
    /// When it was taken back.
    public var revokedAt: Instant?

    /// The subject of the audit's records about its case.
    public var subject: AuditSubject { AuditSubject(kind: caseKind, id: caseID) }

    /// Whether it opens what a camera saw at a time.
    public func opens(camera: UInt32, at instant: Instant) -> Bool {
        (cameras?.value.contains(camera) ?? true) && (startsAt...endsAt).contains(instant)
    }

    /// Whether a second person has to decide on such reach: more than a day of footage, a life of more
    /// than a day, or every camera of the city.
    public static func needsSecondPerson(
        isWholeCity: Bool,
        startsAt: Instant,
        endsAt: Instant,
        expiresAt: Instant,
        now: Instant
    ) -> Bool {
        isWholeCity || endsAt > startsAt.adding(seconds: maximumAloneSeconds)
            || expiresAt > now.adding(seconds: maximumAloneSeconds)
    }
}

/// What is asked for, before anybody said yes.
public struct FootageWarrantRequest: Sendable, Hashable {
    /// What kind of case it belongs to.
    public var caseKind: String
    /// The case.
    public var caseID: String
    /// The case's number.
    public var caseNumber: String
    /// Who is to use it.
    public var holderID: String
    /// The role the holder must have.
    public var role: Role
    /// The role a second person must have.
    public var approverRole: Role
    /// The organization they must have them in.
    public var organizationID: String
    /// Why.
    public var purpose: Purpose
    /// The law it rests on.
    public var basis: Bilingual
    /// The cameras; nothing means the whole city.
    public var cameras: [UInt32]?
    /// The footage asked for.
    public var footage: ClosedRange<Instant>
    /// When it ends.
    public var expiresAt: Instant
    /// Who asks.
    public var requestedBy: String

    /// Creates a request.
    public init(
        caseKind: String,
        caseID: String,
        caseNumber: String,
        holderID: String,
        role: Role,
        approverRole: Role,
        organizationID: String,
        purpose: Purpose,
        basis: Bilingual,
        cameras: [UInt32]?,
        footage: ClosedRange<Instant>,
        expiresAt: Instant,
        requestedBy: String
    ) {
        self.caseKind = caseKind
        self.caseID = caseID
        self.caseNumber = caseNumber
        self.holderID = holderID
        self.role = role
        self.approverRole = approverRole
        self.organizationID = organizationID
        self.purpose = purpose
        self.basis = basis
        self.cameras = cameras
        self.footage = footage
        self.expiresAt = expiresAt
        self.requestedBy = requestedBy
    }
}
