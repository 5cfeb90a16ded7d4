import Basics
import Store

/// What an authenticator program needs to know, shown once.
public struct SecondFactorSetUp: Sendable, Hashable {
    /// The address for the program, also as a QR code.
    public let uri: String
    /// The secret to type where no camera is at hand, in base 32.
    public let secretText: String
}

/// Setting up, using and removing one-time codes; secrets are sealed at rest.
public struct SecondFactor: Sendable {
    let store: Store
    let secretBox: SecretBox

    /// Makes a new secret for the actor; it counts for nothing until `confirm`.
    ///
    /// Where a confirmed one is there already, only a session that used it may replace it.
    public func setUp(for actor: Actor, issuer: String) async throws -> SecondFactorSetUp {
        let account = try signedIn(actor)
        let code = OneTimeCode(secret: Secrets.random(byteCount: OneTimeCode.secretByteCount))
        let sealed = try secretBox.seal(code.secret, for: SecondFactor.place(account.id))
        let loginName = try await store.write { tx in
            try SecondFactor.requireSure(account, in: tx)
            try tx.run(
                "DELETE FROM identity_one_time_code WHERE account_id = \(account.id)"
            )
            try tx.run(
                """
                INSERT INTO identity_one_time_code (account_id, sealed_secret, last_used_step)
                VALUES (\(account.id), \(sealed), 0)
                """
            )
            return try AccountRow.find(account.id, in: tx)?.loginName ?? ""
        }
        return SecondFactorSetUp(
            uri: code.uri(issuer: issuer, account: loginName),
            secretText: Encodings.base32(code.secret)
        )
    }

    /// Confirms the new secret with a code of it, and gives the recovery codes, shown once.
    ///
    /// The caller then rotates the session: `sessions.rotate(actor, assurance: .passwordAndOneTimeCode)`.
    public func confirm(_ code: String, by actor: Actor) async throws -> [String] {
        let account = try signedIn(actor)
        let recoveryCodes = (0..<RecoveryCode.count).map { _ in RecoveryCode.make() }
        try await store.write { tx in
            try SecondFactor.useOneTimeCode(code, of: account.id, secretBox: secretBox, in: tx)
            try tx.run(
                """
                UPDATE identity_one_time_code SET confirmed_at = \(tx.now)
                WHERE account_id = \(account.id)
                """
            )
            try tx.run("DELETE FROM identity_recovery_code WHERE account_id = \(account.id)")
            for code in recoveryCodes {
                try tx.run(
                    """
                    INSERT INTO identity_recovery_code (account_id, code_hash)
                    VALUES (\(account.id), \(RecoveryCode.hash(code)))
                    """
                )
            }
            try tx.record(
                .addSecondFactor,
                on: .account(account.id),
                by: actor.auditActor,
                purpose: .ownRecord
            )
        }
        return recoveryCodes
    }

    /// Removes the second factor; only a session that used it may.
    public func remove(by actor: Actor) async throws {
        let account = try signedIn(actor)
        try await store.write { tx in
            try SecondFactor.requireSure(account, in: tx)
            try tx.run("DELETE FROM identity_one_time_code WHERE account_id = \(account.id)")
            try tx.run("DELETE FROM identity_recovery_code WHERE account_id = \(account.id)")
            try tx.record(
                .removeSecondFactor,
                on: .account(account.id),
                by: actor.auditActor,
                purpose: .ownRecord
            )
        }
    }

    /// Uses up a one-time code or a recovery code within a sign-in.
    static func use(
        _ code: String,
        of id: String,
        secretBox: SecretBox,
        in tx: WriteTransaction
    ) throws {
        let typed = code.filter { $0.isLetter || $0.isNumber }
        guard typed.count > 8 else {
            return try useOneTimeCode(typed, of: id, secretBox: secretBox, in: tx)
        }
        let count = try tx.run(
            """
            UPDATE identity_recovery_code SET used_at = \(tx.now)
            WHERE account_id = \(id) AND code_hash = \(RecoveryCode.hash(typed))
                AND used_at IS NULL
            """
        )
        guard count == 1 else { throw IdentityError.wrongCredentials("recovery code of \(id)") }
        try tx.record(
            .useRecoveryCode,
            on: .account(id),
            by: Actor.anonymous.auditActor,
            purpose: .ownRecord
        )
    }

    private static func useOneTimeCode(
        _ code: String,
        of id: String,
        secretBox: SecretBox,
        in tx: WriteTransaction
    ) throws {
        struct Row: Codable {
            let sealedSecret: [UInt8]
            let lastUsedStep: Int64
        }
        let row = try tx.first(
            """
            SELECT sealed_secret, last_used_step FROM identity_one_time_code
            WHERE account_id = \(id)
            """,
            as: Row.self
        )
        guard let row else { throw IdentityError.expired("no second factor for \(id)") }
        let secret = try secretBox.open(row.sealedSecret, for: place(id))
        let step = OneTimeCode(secret: secret)
            .matchingStep(code, at: tx.now, lastUsedStep: row.lastUsedStep)
        guard let step else { throw IdentityError.wrongCredentials("one-time code of \(id)") }
        try tx.run(
            "UPDATE identity_one_time_code SET last_used_step = \(step) WHERE account_id = \(id)"
        )
    }

    /// What the seal of a secret is bound to: this use, this account.
    private static func place(_ id: String) -> String { "one-time code secret of \(id)" }

    private static func requireSure(_ account: SignedInAccount, in tx: WriteTransaction) throws {
        let confirmed = try tx.value(
            """
            SELECT 1 FROM identity_one_time_code
            WHERE account_id = \(account.id) AND confirmed_at IS NOT NULL
            """,
            as: Int.self
        )
        guard confirmed == nil || account.assurance == .passwordAndOneTimeCode else {
            throw AccessError(.strongerSignInRequired, context: "second factor of \(account.id)")
        }
    }

    private func signedIn(_ actor: Actor) throws(AccessError) -> SignedInAccount {
        guard let account = actor.account else {
            throw AccessError(.signInRequired, context: "second factor")
        }
        return account
    }
}
