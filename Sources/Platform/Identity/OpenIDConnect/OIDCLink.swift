import Basics
import Store

extension OIDCSignIn {
    /// The account linked to a person of the provider.
    static func linkedAccount(
        of identity: ExternalIdentity,
        in db: ReadTransaction
    ) throws -> String? {
        try db.value(
            """
            SELECT account_id FROM identity_external
            WHERE issuer = \(identity.issuer) AND subject = \(identity.subject)
            """,
            as: String.self
        )
    }

    /// Links the person of the provider to the account that asked for it, and replaces its session.
    static func link(
        _ identity: ExternalIdentity,
        to account: SignedInAccount,
        origin: SessionOrigin,
        in tx: WriteTransaction
    ) throws -> SessionTicket {
        let linked = try linkedAccount(of: identity, in: tx)
        guard linked == nil || linked == account.id else {
            throw IdentityError(
                .providerRefused,
                Bilingual(
                    "이 기관 계정은 이미 다른 계정과 이어져 있습니다.",
                    "This organization account is linked to another account already."
                ),
                context: "subject is linked to \(linked ?? "")"
            )
        }
        let count = try tx.run("DELETE FROM identity_session WHERE id = \(account.sessionID)")
        guard count == 1 else {
            throw AccessError(.signInRequired, context: "session \(account.sessionID) is over")
        }
        if linked == nil { try insertLink(identity, to: account.id, by: .account(account), in: tx) }
        return try Sessions.insert(account, origin: origin, in: tx)
    }

    static func insertLink(
        _ identity: ExternalIdentity,
        to id: String,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO identity_external (issuer, subject, account_id, linked_at)
            VALUES (\(identity.issuer), \(identity.subject), \(id), \(tx.now))
            """
        )
        try tx.record(
            .linkAccount,
            on: .account(id),
            by: actor.auditActor,
            purpose: .ownRecord,
            details: ["issuer": identity.issuer]
        )
    }

    /// Removes the link of the actor's account to this provider, and what the provider's word allowed it.
    ///
    /// - Throws: `IdentityError` where the account has no password: nobody could sign in any more.
    public func unlink(_ actor: Actor) async throws {
        guard let id = actor.id else { throw AccessError(.signInRequired, context: "unlinking") }
        let issuer = client.settings.issuer
        try await store.write { tx in
            let password = try tx.value(
                "SELECT 1 FROM identity_password WHERE account_id = \(id)",
                as: Int.self
            )
            guard password != nil else {
                throw IdentityError(
                    .providerRefused,
                    Bilingual(
                        "비밀번호가 없는 계정이라 연결을 끊으면 로그인할 수 없습니다. 관리자에게 비밀번호를 받아 주세요.",
                        "The account has no password and could not sign in. Ask the administrator for one."
                    ),
                    context: "unlinking \(id)"
                )
            }
            let count = try tx.run(
                "DELETE FROM identity_external WHERE issuer = \(issuer) AND account_id = \(id)"
            )
            guard count > 0 else { return }
            try tx.run(
                "DELETE FROM identity_grant WHERE account_id = \(id) AND source = \(issuer)"
            )
            try tx.record(
                .unlinkAccount,
                on: .account(id),
                by: actor.auditActor,
                purpose: .ownRecord,
                details: ["issuer": issuer]
            )
        }
    }

    /// Whether the actor's account is linked to this provider.
    public func isLinked(_ actor: Actor) async throws -> Bool {
        let (id, issuer) = (actor.id, client.settings.issuer)
        return try await store.read { db in
            try db.value(
                """
                SELECT 1 FROM identity_external WHERE issuer = \(issuer) AND account_id = \(id)
                """,
                as: Int.self
            ) != nil
        }
    }
}
