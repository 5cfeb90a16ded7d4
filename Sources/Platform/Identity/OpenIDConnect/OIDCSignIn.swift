import Basics
import Crypto
import Store

/// Where to send the person, and the cookie that ties the attempt to their browser.
public struct OIDCDeparture: Sendable, Hashable {
    /// The provider's address.
    public let url: String
    /// The value for the cookie `OIDCSignIn.cookieName`.
    public let cookie: String
}

/// Who came back.
public struct OIDCArrival: Sendable, Hashable {
    /// The session.
    public let ticket: SessionTicket
    /// The path of the house to go on to.
    public let returnPath: String
}

/// Sign-in with an OpenID Connect provider, over the store: attempts, linked accounts, grants.
public struct OIDCSignIn: Sendable {
    /// The cookie of an attempt; without it somebody else's answer could be slipped to a browser.
    public static let cookieName = "__Host-haechi-oidc"
    /// The most attempts under way; the oldest give way.
    public static let maximumAttemptCount = 10_000

    let client: OIDCClient
    let store: Store
    let sessions: Sessions
    let time: TimeSource

    /// Starts a sign-in, or the linking of the provider to the account of `actor` where it is given.
    public func begin(
        returnPath: String = "/",
        linking actor: Actor = .anonymous
    ) async throws -> OIDCDeparture {
        let (attempt, url) = try await client.begin(returnPath: returnPath, now: time.now())
        try await store.write { tx in
            try tx.run("DELETE FROM identity_oidc_attempt WHERE expires_at <= \(tx.now)")
            let count = try tx.value("SELECT COUNT(*) FROM identity_oidc_attempt", as: Int.self)
            if count ?? 0 >= OIDCSignIn.maximumAttemptCount {
                try tx.run(
                    """
                    DELETE FROM identity_oidc_attempt WHERE expires_at =
                        (SELECT MIN(expires_at) FROM identity_oidc_attempt)
                    """
                )
            }
            try tx.run(
                """
                INSERT INTO identity_oidc_attempt (state_hash, nonce, verifier, return_path,
                    expires_at, link_account_id)
                VALUES (\(OIDCSignIn.hash(attempt.state)), \(attempt.nonce), \(attempt.verifier),
                    \(attempt.returnPath), \(attempt.expiresAt), \(actor.id))
                """
            )
        }
        return OIDCDeparture(url: url, cookie: attempt.state)
    }

    /// Ends a sign-in: takes the attempt (once), asks the provider, finds or makes the account.
    ///
    /// Where the attempt is to link, `actor` has to be who began it; their session is replaced.
    ///
    /// - Throws: `IdentityError` with `expired`, `providerRefused`, `notInvited` or `suspended`.
    public func finish(
        _ callback: OIDCCallback,
        cookie: String?,
        origin: SessionOrigin,
        actor: Actor = .anonymous
    ) async throws -> OIDCArrival {
        guard let state = callback.state, let cookie,
            Secrets.equal(Array(state.utf8), Array(cookie.utf8))
        else { throw IdentityError.providerRefused("state is not this browser's") }
        let (attempt, linkAccountID) = try await take(state)
        let identity = try await client.finish(callback, of: attempt, now: time.now())
        let settings = client.settings
        let ticket = try await store.write { tx in
            if let linkAccountID {
                guard let account = actor.account, account.id == linkAccountID else {
                    throw IdentityError.providerRefused("linking of another session")
                }
                return try OIDCSignIn.link(identity, to: account, origin: origin, in: tx)
            }
            let account = try OIDCSignIn.account(of: identity, settings: settings, in: tx)
            return try SignIn.opened(account, origin: origin, in: tx)
        }
        sessions.forget(accountID: ticket.actor.id ?? "")
        return OIDCArrival(ticket: ticket, returnPath: attempt.returnPath)
    }

    private func take(_ state: String) async throws -> (OIDCAttempt, linkAccountID: String?) {
        struct Row: Codable {
            let nonce: String
            let verifier: String
            let returnPath: String
            let expiresAt: Instant
            let linkAccountID: String?
        }
        let found = try await store.write { tx -> (OIDCAttempt, linkAccountID: String?)? in
            let hash = OIDCSignIn.hash(state)
            let row = try tx.first(
                """
                SELECT nonce, verifier, return_path, expires_at, link_account_id
                FROM identity_oidc_attempt
                WHERE state_hash = \(hash)
                """,
                as: Row.self
            )
            try tx.run("DELETE FROM identity_oidc_attempt WHERE state_hash = \(hash)")
            return row.map {
                (
                    OIDCAttempt(
                        state: state,
                        nonce: $0.nonce,
                        verifier: $0.verifier,
                        returnPath: $0.returnPath,
                        expiresAt: $0.expiresAt
                    ), $0.linkAccountID
                )
            }
        }
        guard let found else { throw IdentityError.expired("no such attempt") }
        return found
    }

    private static func hash(_ state: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(state.utf8)))
    }

    /// The account linked to the person.
    ///
    /// A mail address never links by itself: whoever controls a provider's mail field would control the
    /// account.
    private static func account(
        of identity: ExternalIdentity,
        settings: OIDCSettings,
        in tx: WriteTransaction
    ) throws -> SignedInAccount {
        let linked = try linkedAccount(of: identity, in: tx)
        let id = try linked ?? create(identity, settings: settings, in: tx)
        guard let row = try AccountRow.find(id, in: tx) else {
            throw IdentityError.expired("account \(id) is gone")
        }
        guard row.state == .active else { throw IdentityError.suspended(id) }
        try refreshGrants(of: id, identity, in: tx)
        return SignedInAccount(
            id: id,
            kind: row.kind,
            displayName: row.displayName,
            organization: row.organization,
            grants: try GrantRow.grants(of: id, in: tx),
            assurance: .openIDConnect
        )
    }

    private static func create(
        _ identity: ExternalIdentity,
        settings: OIDCSettings,
        in tx: WriteTransaction
    ) throws -> String {
        guard case .createsAccount(let kind) = settings.firstSignIn else {
            throw IdentityError(
                .notInvited,
                Bilingual(
                    "이어진 계정이 없습니다. 비밀번호로 로그인해 ‘내 계정’에서 기관 계정을 잇거나, "
                        + "관리자에게 문의해 주세요.",
                    "No account is linked. Sign in with your password and link it under My account, "
                        + "or ask the administrator."
                ),
                context: "\(identity.issuer) \(identity.subject)"
            )
        }
        // A login name of its own, so that a claim can never collide with somebody else's account.
        let account = try Accounts.checked(
            NewAccount(
                kind: kind,
                loginName: "\(Encodings.hex(Secrets.random(byteCount: 12)))@oidc",
                displayName: identity.name ?? "이름 없음",
                email: identity.email
            )
        )
        let id = try Accounts.insert(
            account,
            hash: nil,
            mustChange: false,
            by: .themself,
            in: tx
        )
        try insertLink(identity, to: id, by: .anonymous, in: tx)
        return id
    }

    /// What came from the provider follows the provider; what an administrator gave stays.
    private static func refreshGrants(
        of id: String,
        _ identity: ExternalIdentity,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            DELETE FROM identity_grant WHERE account_id = \(id) AND source = \(identity.issuer)
            """
        )
        let given = Set(try GrantRow.grants(of: id, in: tx))
        for grant in Set(identity.grants).subtracting(given) {
            try GrantRow.insert(grant, of: id, source: identity.issuer, in: tx)
        }
    }
}
