public import Basics
import Store

/// An account in a list: enough to find it, with the person behind it masked.
public struct AccountSummary: Sendable, Hashable {
    /// The account's id.
    public let id: String
    /// What the account stands for.
    public let kind: AccountKind
    /// The login name, masked: `ki***@seoul.example`.
    public let maskedLoginName: String
    /// The name, masked: `김*수`.
    public let maskedDisplayName: String
    /// The organization the account belongs to.
    public let organization: String?
    /// Whether the account is in use.
    public let state: AccountState
    /// When it last signed in.
    public let lastSignInAt: Instant?
}

/// A page of accounts, and where the next one begins.
public struct AccountPage: Sendable, Hashable {
    /// The accounts, by login name.
    public let accounts: [AccountSummary]
    /// What to hand in for the next page; nothing where this is the last.
    public let next: String?
}

extension Accounts {
    /// The most accounts of one page.
    public static let maximumPageCount = 100

    /// A page of the accounts that an administrator keeps; the look is written to the audit trail.
    ///
    /// - Parameters:
    ///   - next: The `next` of the page before; nothing for the first.
    ///   - count: The accounts of a page, 1 to `maximumPageCount`.
    ///   - actor: An administrator, of every organization or of some.
    /// - Returns: The page, people masked.
    /// - Throws: `AccessError` where the actor is no administrator.
    public func page(
        after next: String? = nil,
        count: Int = 50,
        by actor: Actor
    ) async throws -> AccountPage {
        try actor.require(.role(.administrator))
        let count = min(max(count, 1), Accounts.maximumPageCount)
        let organizations = actor.organizations(for: .administrator)
        let scope: SQL = organizations.map { "AND organization IN \(list: $0.sorted())" } ?? ""
        // The cursor is an id, so that no address carries a login name.
        let start: SQL =
            next.map {
                """
                AND login_name > COALESCE(
                    (SELECT login_name FROM identity_account WHERE id = \($0)), '')
                """
            } ?? ""
        let rows = try await store.write { tx in
            try tx.record(
                .listAccounts,
                on: AuditSubject(kind: "accounts", id: "list"),
                by: actor.auditActor,
                purpose: .accountKeeping,
                details: ["count": "\(count)", "after": next ?? ""]
            )
            return try tx.rows(
                """
                SELECT \(AccountRow.columns) FROM identity_account WHERE 1 = 1 \(scope) \(start)
                ORDER BY login_name LIMIT \(count + 1)
                """,
                as: AccountRow.self
            )
        }
        let page = rows.prefix(count)
        return AccountPage(
            accounts: page.map(\.summary),
            next: rows.count > count ? page.last?.id : nil
        )
    }

    /// Replaces what an account may do, and ends its sessions so that it begins anew.
    ///
    /// An administrator gives and takes only what lies within their own reach, and somebody must be left
    /// who administrates everything.
    public func setGrants(_ grants: [Grant], of id: String, by actor: Actor) async throws {
        let wanted = Set(grants)
        guard wanted.count <= Accounts.maximumGrantCount else {
            throw IdentityError(
                .unacceptableField,
                Bilingual("권한이 너무 많습니다.", "There are too many grants."),
                context: "\(wanted.count) grants"
            )
        }
        try await store.write { tx in
            _ = try Accounts.administered(id, by: actor, in: tx)
            let administratorCount = try Accounts.administratorCount(in: tx)
            let present = Set(try GrantRow.grants(of: id, in: tx))
            let (given, taken) = (wanted.subtracting(present), present.subtracting(wanted))
            try actor.requireGiving(Array(given) + Array(taken))
            for grant in taken { try GrantRow.delete(grant, of: id, in: tx) }
            for grant in given { try GrantRow.insert(grant, of: id, in: tx) }
            try Accounts.requireAdministrator(before: administratorCount, in: tx)
            try Sessions.deleteAll(of: id, in: tx)
            try tx.record(
                .changeGrants,
                on: .account(id),
                by: actor.auditActor,
                purpose: .accountKeeping,
                details: ["given": Grant.text(given), "taken": Grant.text(taken)]
            )
        }
        sessions.forget(accountID: id)
    }

    /// Suspends an account, which ends its sessions, or takes it into use again.
    public func setState(_ state: AccountState, of id: String, by actor: Actor) async throws {
        try await store.write { tx in
            _ = try Accounts.administered(id, by: actor, in: tx)
            let administratorCount = try Accounts.administratorCount(in: tx)
            try tx.run(
                "UPDATE identity_account SET state = \(state.rawValue) WHERE id = \(id)"
            )
            if state == .suspended {
                try Accounts.requireAdministrator(before: administratorCount, in: tx)
                try Sessions.deleteAll(of: id, in: tx)
            }
            try tx.record(
                state == .active ? .resumeAccount : .suspendAccount,
                on: .account(id),
                by: actor.auditActor,
                purpose: .accountKeeping
            )
        }
        sessions.forget(accountID: id)
    }

    /// The account, where the actor administrates it; otherwise there is none.
    static func administered(
        _ id: String,
        by actor: Actor,
        in db: ReadTransaction
    ) throws -> AccountRow {
        try actor.require(.role(.administrator))
        guard let row = try AccountRow.find(id, in: db),
            actor.may(.administrator, in: row.organization ?? "")
        else { throw AccessError(.notFound, context: "\(actor.auditName): account \(id)") }
        // An administrator of one district cannot take over somebody who reaches further than they do.
        try actor.requireGiving(try GrantRow.grants(of: id, in: db))
        return row
    }

    private static func requireAdministrator(
        before count: Int,
        in db: ReadTransaction
    ) throws {
        guard try count == 0 || administratorCount(in: db) > 0 else {
            throw IdentityError(
                .lastAdministrator,
                Bilingual(
                    "마지막 전체 관리자의 권한은 없앨 수 없습니다.",
                    "The last administrator cannot be removed."
                )
            )
        }
    }
}

extension Actor {
    /// Passes where the actor administrates everything that the grants reach.
    func requireGiving(_ grants: [Grant]) throws(AccessError) {
        let own = account?.grants.filter { $0.role == .administrator } ?? []
        for grant in grants {
            let isWithinReach = own.contains {
                ($0.organization == nil || $0.organization == grant.organization)
                    && ($0.service == nil || $0.service == grant.service)
            }
            guard isWithinReach else {
                throw AccessError(.refused, context: "\(auditName): giving \(grant)")
            }
        }
    }
}

extension Grant {
    /// Grants as the audit trail keeps them: `role/organization/service`, sorted.
    static func text(_ grants: Set<Grant>) -> String {
        grants.map { "\($0.role.rawValue)/\($0.organization ?? "*")/\($0.service ?? "*")" }
            .sorted().joined(separator: " ")
    }
}

extension AccountRow {
    fileprivate var summary: AccountSummary {
        AccountSummary(
            id: id,
            kind: kind,
            maskedLoginName: Masking.loginName(loginName),
            maskedDisplayName: Masking.name(displayName),
            organization: organization,
            state: state,
            lastSignInAt: lastSignInAt
        )
    }
}

/// Personal fields as lists show them.
enum Masking {
    /// The first and the last character of a name, the rest as stars; of two characters the first.
    static func name(_ name: String) -> String {
        guard let first = name.first else { return "" }
        guard name.count > 2, let last = name.last else { return "\(first)*" }
        return "\(first)\(String(repeating: "*", count: name.count - 2))\(last)"
    }

    /// The first two characters before the `@`, three stars, and the domain.
    static func loginName(_ name: String) -> String {
        let parts = name.split(separator: "@", maxSplits: 1)
        guard parts.count == 2 else { return "***" }
        return "\(parts[0].prefix(min(2, parts[0].count - 1)))***@\(parts[1])"
    }
}
