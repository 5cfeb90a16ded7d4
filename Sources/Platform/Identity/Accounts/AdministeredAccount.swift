import Basics
import Store

/// An account as the administrator who keeps it sees it.
public struct AdministeredAccount: Sendable, Hashable {
    /// The person or company behind it.
    public let record: PersonRecord
    /// Whether a confirmed second factor guards it.
    public let hasSecondFactor: Bool
    /// Whether the next sign-in asks for a new password.
    public let mustChangePassword: Bool
    /// Whether it signs in with an OpenID Connect provider too.
    public let isLinked: Bool
    /// How many sessions are open.
    public let sessionCount: Int
    /// Whether everything it may do lies within the administrator's own reach.
    public let isWithinReach: Bool
    /// Whether it is the administrator's own.
    public let isOwn: Bool
}

extension Accounts {
    /// An account for the administrator who keeps it; the look is written to the audit trail.
    ///
    /// - Throws: `AccessError`: for everyone but an administrator of its organization there is no
    ///   such account.
    public func administered(_ id: String, by actor: Actor) async throws -> AdministeredAccount {
        try actor.require(.role(.administrator))
        return try await store.write { tx in
            let record = try record(of: id, by: actor, purpose: .accountKeeping, in: tx)
            // The record itself opens to others too: to the person, and to support officers.
            guard actor.may(.administrator, in: record.organization ?? "") else {
                throw AccessError(.notFound, context: "\(actor.auditName): account \(id)")
            }
            func exists(_ sql: SQL) throws -> Bool { try tx.value(sql, as: Int.self) != nil }
            let sessionCount = try tx.value(
                """
                SELECT COUNT(*) FROM identity_session
                WHERE account_id = \(id) AND expires_at > \(tx.now)
                """,
                as: Int.self
            )
            return AdministeredAccount(
                record: record,
                hasSecondFactor: try exists(
                    """
                    SELECT 1 FROM identity_one_time_code
                    WHERE account_id = \(id) AND confirmed_at IS NOT NULL
                    """
                ),
                mustChangePassword: try exists(
                    """
                    SELECT 1 FROM identity_password WHERE account_id = \(id) AND must_change <> 0
                    """
                ),
                isLinked: try exists("SELECT 1 FROM identity_external WHERE account_id = \(id)"),
                sessionCount: sessionCount ?? 0,
                isWithinReach: (try? actor.requireGiving(record.grants)) != nil,
                isOwn: actor.id == id
            )
        }
    }

    /// Gives an account a grant; what it already holds stays as it is.
    public func give(_ grant: Grant, to id: String, by actor: Actor) async throws {
        try await changeGrants(of: id, by: actor) { $0.union([grant]) }
    }

    /// Takes a grant from an account; one it does not hold is no fault.
    public func take(_ grant: Grant, from id: String, by actor: Actor) async throws {
        try await changeGrants(of: id, by: actor) { $0.subtracting([grant]) }
    }

    /// Ends every session of an account but the one that asks for it.
    public func endSessions(of id: String, by actor: Actor) async throws {
        try await store.write { tx in
            _ = try Accounts.administered(id, by: actor, in: tx)
            try Sessions.deleteAll(of: id, except: actor, in: tx)
            try tx.record(
                .signOut,
                on: .account(id),
                by: actor.auditActor,
                purpose: .accountKeeping
            )
        }
        sessions.forget(accountID: id)
    }

    /// Takes the second factor from an account whose owner lost theirs, and ends its sessions.
    ///
    /// Nobody does this to themself: the own factor is removed by a session that used it.
    public func resetSecondFactor(of id: String, by actor: Actor) async throws {
        guard actor.id != id else {
            throw AccessError(.refused, context: "\(id): own second factor")
        }
        try await store.write { tx in
            _ = try Accounts.administered(id, by: actor, in: tx)
            try tx.run("DELETE FROM identity_one_time_code WHERE account_id = \(id)")
            try tx.run("DELETE FROM identity_recovery_code WHERE account_id = \(id)")
            try Sessions.deleteAll(of: id, in: tx)
            try tx.record(
                .removeSecondFactor,
                on: .account(id),
                by: actor.auditActor,
                purpose: .accountKeeping
            )
        }
        sessions.forget(accountID: id)
    }
}
