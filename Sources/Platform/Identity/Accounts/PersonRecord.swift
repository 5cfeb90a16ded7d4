public import Basics
public import Store

/// What the house knows of a person or company behind an account.
///
/// Nobody outside of this module can make one: the only way to it is `Accounts.record(of:by:purpose:in:)`,
/// which decides, and writes down who looked and why.
public struct PersonRecord: Sendable, Hashable {
    /// The account's id.
    public let id: String
    /// What the account stands for.
    public let kind: AccountKind
    /// The name the person signs in with.
    public let loginName: String
    /// The person's or the company's name.
    public let displayName: String
    /// The mail address.
    public let email: String?
    /// The telephone number.
    public let telephone: String?
    /// The organization the account belongs to.
    public let organization: String?
    /// Whether the account is in use.
    public let state: AccountState
    /// When the account was made.
    public let createdAt: Instant
    /// When it last signed in.
    public let lastSignInAt: Instant?
    /// What it may do.
    public let grants: [Grant]
}

/// Whether an account is in use.
public enum AccountState: String, Sendable, Hashable, Codable, CaseIterable {
    /// It can sign in.
    case active
    /// It cannot sign in.
    case suspended
}

extension Accounts {
    /// A person's record, for a purpose; the look is written to the audit trail in the same transaction.
    ///
    /// The person themself may look, and an administrator or support officer for the account's
    /// organization. For everyone else there is no such record (404, not 403: an id must not tell whether
    /// there is somebody behind it).
    public func record(
        of id: String,
        by actor: Actor,
        purpose: Purpose,
        in tx: WriteTransaction
    ) throws -> PersonRecord {
        let hidden = AccessError(.notFound, context: "\(actor.auditName): record of \(id)")
        guard actor.account != nil else { throw AccessError(.signInRequired, context: "a record") }
        guard let row = try AccountRow.find(id, in: tx) else { throw hidden }
        let organization = row.organization ?? ""
        guard
            actor.id == id || actor.may(.administrator, in: organization)
                || actor.may(.supportOfficer, in: organization)
        else { throw hidden }
        try tx.record(.read, on: .account(id), by: actor.auditActor, purpose: purpose)
        return PersonRecord(
            id: row.id,
            kind: row.kind,
            loginName: row.loginName,
            displayName: row.displayName,
            email: row.email,
            telephone: row.telephone,
            organization: row.organization,
            state: row.state,
            createdAt: row.createdAt,
            lastSignInAt: row.lastSignInAt,
            grants: try GrantRow.grants(of: id, in: tx)
        )
    }
}

/// A row of `identity_account`.
struct AccountRow: Codable, Sendable {
    let id: String
    let kind: AccountKind
    let loginName: String
    let displayName: String
    let email: String?
    let telephone: String?
    let organization: String?
    let state: AccountState
    let createdAt: Instant
    let lastSignInAt: Instant?

    static let columns: SQL = """
        id, kind, login_name, display_name, email, telephone, organization, state, created_at,
        last_sign_in_at
        """

    static func find(_ id: String, in db: ReadTransaction) throws -> AccountRow? {
        try db.first(
            "SELECT \(columns) FROM identity_account WHERE id = \(id)",
            as: AccountRow.self
        )
    }
}

/// A row of `identity_grant`; an empty text stands for every organization or service, since a
/// primary key holds no NULL.
struct GrantRow: Codable, Sendable {
    let role: String
    let organization: String
    let service: String

    var grant: Grant {
        Grant(
            Role(rawValue: role),
            organization: organization.isEmpty ? nil : organization,
            service: service.isEmpty ? nil : service
        )
    }

    static func grants(of id: String, in db: ReadTransaction) throws -> [Grant] {
        try db.rows(
            """
            SELECT role, organization, service FROM identity_grant WHERE account_id = \(id)
            ORDER BY role, organization, service
            """,
            as: GrantRow.self
        ).map(\.grant)
    }

    static func insert(
        _ grant: Grant,
        of id: String,
        source: String = "",
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO identity_grant (account_id, role, organization, service, source)
            VALUES (\(id), \(grant.role.rawValue), \(grant.organization ?? ""),
                \(grant.service ?? ""), \(source))
            """
        )
    }

    static func delete(_ grant: Grant, of id: String, in tx: WriteTransaction) throws {
        try tx.run(
            """
            DELETE FROM identity_grant WHERE account_id = \(id) AND role = \(grant.role.rawValue)
                AND organization = \(grant.organization ?? "") AND service = \(grant.service ?? "")
            """
        )
    }
}
