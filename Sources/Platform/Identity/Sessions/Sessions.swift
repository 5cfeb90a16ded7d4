public import Basics
import Crypto
import Store
import Synchronization

/// Where a session came from, as its owner sees it in their list.
public struct SessionOrigin: Sendable, Hashable {
    /// The longest agent that is kept.
    public static let maximumAgentCharacterCount = 200

    /// The address of the other end.
    public let address: String
    /// What the browser calls itself.
    public let agent: String

    /// Creates an origin; a long agent is cut.
    public init(address: String, agent: String) {
        self.address = String(address.prefix(64))
        self.agent = String(agent.prefix(SessionOrigin.maximumAgentCharacterCount))
    }
}

/// A fresh session: the only time its cookie is known.
public struct SessionTicket: Sendable, Hashable {
    /// The value for the cookie `Sessions.cookieName`.
    public let cookie: String
    /// The moment at which the session ends whatever happens.
    public let expiresAt: Instant
    /// Who it is.
    public let actor: Actor
}

/// One of a person's sessions, as they see it.
public struct SessionSummary: Sendable, Hashable, Codable {
    /// The public handle.
    public let id: String
    /// When it was opened.
    public let createdAt: Instant
    /// When it was last used, to the minute.
    public let lastSeenAt: Instant
    /// The address it was opened from.
    public let address: String
    /// The browser it was opened in.
    public let agent: String
}

/// How long sessions live.
public struct SessionLifetime: Sendable, Hashable {
    /// Seconds without a request after which a session is over.
    public let idleSeconds: Int
    /// Seconds after which a session is over whatever happens.
    public let absoluteSeconds: Int

    /// Staff and devices: half an hour idle, twelve hours in all.
    public static let staff = SessionLifetime(idleSeconds: 30 * 60, absoluteSeconds: 12 * 3600)
    /// Residents and companies: two hours idle, twenty-four in all.
    public static let resident = SessionLifetime(idleSeconds: 2 * 3600, absoluteSeconds: 24 * 3600)

    static func of(_ kind: AccountKind) -> SessionLifetime {
        switch kind {
        case .staff, .device: staff
        case .resident, .company: resident
        }
    }
}

/// Sessions: 256 random bits in a cookie, their SHA-256 in the store (OWASP ASVS 5.0 §7).
///
/// A request costs one indexed read, and none within `maximumStalenessSeconds` of the one before: a
/// small cache answers, which every change made by this program empties at once.
public final class Sessions: Sendable {
    /// The cookie's name; the prefix binds it to this host and to TLS (RFC 6265bis §4.1.3.2).
    public static let cookieName = "__Host-haechi"
    /// How old an answer of the cache may be: another program's change shows after this at the latest.
    public static let maximumStalenessSeconds = 5
    /// The most sessions in the cache.
    public static let maximumCachedCount = 4096
    /// How often a session in use is marked as seen.
    public static let touchSeconds = 60
    private static let tokenByteCount = 32

    private struct CachedActor {
        let actor: Actor
        let accountID: String
        let readAt: Instant
        let validUntil: Instant
    }

    private struct Cache {
        var entries: [[UInt8]: CachedActor] = [:]
        /// Grows with every change, so that a read begun before a change cannot bring the old state back.
        var generation = 0
    }

    let store: Store
    private let secretBox: SecretBox
    private let cache = Mutex(Cache())

    init(store: Store, secretBox: SecretBox) {
        self.store = store
        self.secretBox = secretBox
    }

    /// Who sends a cookie; `anonymous` for none, a made-up one, and one whose session is over.
    public func actor(forCookie cookie: String?, now: Instant) async throws -> Actor {
        guard let cookie, let hash = Sessions.hash(ofCookie: cookie) else { return .anonymous }
        let (cached, generation) = cache.withLock { ($0.entries[hash], $0.generation) }
        if let cached, now < cached.readAt.adding(seconds: Sessions.maximumStalenessSeconds),
            now >= cached.readAt, now < cached.validUntil
        {
            return cached.actor
        }
        let rows = try await store.read { db in
            try db.rows(Sessions.query(tokenHash: hash), as: SessionRow.self)
        }
        guard let row = rows.first, now < row.validUntil else { return .anonymous }
        if now >= row.lastSeenAt.adding(seconds: Sessions.touchSeconds) {
            try await store.write { tx in
                _ = try tx.run(
                    "UPDATE identity_session SET last_seen_at = \(now) WHERE id = \(row.id)"
                )
            }
        }
        let actor = row.actor(grants: rows.compactMap(\.grant))
        remember(
            CachedActor(
                actor: actor,
                accountID: row.accountID,
                readAt: now,
                validUntil: row.validUntil
            ),
            hash: hash,
            generation: generation
        )
        return actor
    }

    /// The actor's sessions, the latest first.
    public func list(of actor: Actor, now: Instant) async throws -> [SessionSummary] {
        guard let id = actor.id else { throw AccessError(.signInRequired, context: "sessions") }
        return try await store.read { db in
            try db.rows(
                """
                SELECT id, created_at, last_seen_at, address, agent FROM identity_session
                WHERE account_id = \(id) AND expires_at > \(now) ORDER BY last_seen_at DESC
                """,
                as: SessionSummary.self
            )
        }
    }

    /// Ends the actor's session: signing out.
    public func end(_ actor: Actor) async throws {
        guard let account = actor.account else { return }
        try await end(account.sessionID, by: actor)
    }

    /// Ends one of the actor's sessions; one of somebody else is not there.
    public func end(_ sessionID: String, by actor: Actor) async throws {
        guard let id = actor.id else { throw AccessError(.signInRequired, context: "sessions") }
        let count = try await store.write { tx in
            let count = try tx.run(
                "DELETE FROM identity_session WHERE id = \(sessionID) AND account_id = \(id)"
            )
            if count > 0 {
                try tx.record(
                    .signOut,
                    on: .account(id),
                    by: actor.auditActor,
                    purpose: .ownRecord
                )
            }
            return count
        }
        forget(accountID: id)
        guard count > 0 else { throw AccessError(.notFound, context: "session \(sessionID)") }
    }

    /// Ends all of the actor's sessions: signing out everywhere.
    public func endAll(of actor: Actor) async throws {
        guard let id = actor.id else { throw AccessError(.signInRequired, context: "sessions") }
        try await store.write { tx in
            try Sessions.deleteAll(of: id, in: tx)
            try tx.record(.signOut, on: .account(id), by: actor.auditActor, purpose: .ownRecord)
        }
        forget(accountID: id)
    }

    /// Replaces the actor's session by a fresh one, with a higher assurance where one is given: after
    /// every change of what a session may do.
    public func rotate(
        _ actor: Actor,
        assurance: Assurance? = nil,
        origin: SessionOrigin
    ) async throws -> SessionTicket {
        guard var account = actor.account else {
            throw AccessError(.signInRequired, context: "rotation")
        }
        account.assurance = max(account.assurance, assurance ?? account.assurance)
        let renewed = account
        let ticket = try await store.write { tx in
            let count = try tx.run(
                "DELETE FROM identity_session WHERE id = \(renewed.sessionID)"
            )
            guard count == 1 else {
                throw AccessError(.signInRequired, context: "session \(renewed.sessionID) is over")
            }
            return try Sessions.insert(renewed, origin: origin, in: tx)
        }
        forget(accountID: account.id)
        return ticket
    }

    /// Deletes what is over; for a job that runs now and then.
    public func purge(now: Instant) async throws {
        try await store.write { tx in
            try tx.run("DELETE FROM identity_session WHERE expires_at <= \(now)")
            try tx.run("DELETE FROM identity_oidc_attempt WHERE expires_at <= \(now)")
        }
    }

    /// Drops an account's sessions from the cache, after a change that concerns it.
    func forget(accountID: String) {
        cache.withLock { cache in
            cache.generation += 1
            cache.entries = cache.entries.filter { $0.value.accountID != accountID }
        }
    }

    private func remember(_ entry: CachedActor, hash: [UInt8], generation: Int) {
        cache.withLock { cache in
            guard cache.generation == generation else { return }
            if cache.entries.count >= Sessions.maximumCachedCount {
                let oldest = entry.readAt.adding(seconds: -Sessions.maximumStalenessSeconds)
                cache.entries = cache.entries.filter { $0.value.readAt > oldest }
                if cache.entries.count >= Sessions.maximumCachedCount { cache.entries = [:] }
            }
            cache.entries[hash] = entry
        }
    }
}

extension Sessions {
    /// The token of the actor's forms, bound to the session; nothing where nobody is signed in.
    ///
    /// It hides under a fresh mask each time, so that compressed pages do not give it away letter by
    /// letter (BREACH).
    public func formToken(for actor: Actor) -> String? {
        guard let account = actor.account else { return nil }
        let code = formCode(of: account)
        let mask = Secrets.random(byteCount: code.count)
        return Encodings.base64URL(mask + zip(mask, code).map { $0 ^ $1 })
    }

    /// Whether a form's token is the actor's.
    public func isFormToken(_ token: String?, of actor: Actor) -> Bool {
        guard let account = actor.account, let token, token.utf8.count <= 128,
            let bytes = Encodings.bytes(base64URL: token), bytes.count == 64
        else { return false }
        let code = zip(bytes.prefix(32), bytes.dropFirst(32)).map { $0 ^ $1 }
        return Secrets.equal(code, formCode(of: account))
    }

    private func formCode(of account: SignedInAccount) -> [UInt8] {
        secretBox.authenticationCode(
            for: Array(account.sessionID.utf8),
            purpose: "haechi form token"
        )
    }

    /// Opens a session for an account within a transaction.
    static func insert(
        _ account: SignedInAccount,
        origin: SessionOrigin,
        in tx: WriteTransaction
    ) throws -> SessionTicket {
        let token = Secrets.random(byteCount: tokenByteCount)
        var account = account
        account.sessionID = Secrets.identifier()
        let expiresAt = tx.now.adding(seconds: SessionLifetime.of(account.kind).absoluteSeconds)
        try tx.run(
            """
            INSERT INTO identity_session (id, token_hash, account_id, assurance, created_at,
                last_seen_at, expires_at, address, agent)
            VALUES (\(account.sessionID), \(hash(token)), \(account.id),
                \(account.assurance.rawValue), \(tx.now), \(tx.now), \(expiresAt),
                \(origin.address), \(origin.agent))
            """
        )
        return SessionTicket(
            cookie: Encodings.base64URL(token),
            expiresAt: expiresAt,
            actor: .account(account)
        )
    }

    /// Ends an account's sessions; the one of `actor` goes on where the account is their own.
    static func deleteAll(
        of accountID: String,
        except actor: Actor = .anonymous,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            DELETE FROM identity_session
            WHERE account_id = \(accountID) AND id <> \(actor.account?.sessionID ?? "")
            """
        )
    }

    private static func hash(ofCookie cookie: String) -> [UInt8]? {
        guard cookie.utf8.count == 43, let token = Encodings.bytes(base64URL: cookie),
            token.count == tokenByteCount
        else { return nil }
        return hash(token)
    }

    private static func hash(_ token: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: token))
    }
}

/// A session with its account; one row a grant.
private struct SessionRow: Codable, Sendable {
    let id: String
    let accountID: String
    let kind: AccountKind
    let displayName: String
    let organization: String?
    let department: String?
    let assurance: Assurance
    let mustChange: Bool?
    let lastSeenAt: Instant
    let expiresAt: Instant
    let grantRole: String?
    let grantOrganization: String?
    let grantService: String?

    var validUntil: Instant {
        min(expiresAt, lastSeenAt.adding(seconds: SessionLifetime.of(kind).idleSeconds))
    }

    var grant: Grant? {
        guard let grantRole else { return nil }
        return GrantRow(
            role: grantRole,
            organization: grantOrganization ?? "",
            service: grantService ?? ""
        ).grant
    }

    func actor(grants: [Grant]) -> Actor {
        .account(
            SignedInAccount(
                id: accountID,
                kind: kind,
                displayName: displayName,
                organization: organization,
                department: department,
                grants: grants,
                sessionID: id,
                assurance: assurance,
                mustChangePassword: mustChange ?? false
            )
        )
    }
}

extension Sessions {
    /// The one query of a request: the session, its account and the account's grants.
    static func query(tokenHash: [UInt8]) -> SQL {
        """
        SELECT s.id, s.account_id, a.kind, a.display_name, a.organization, a.department,
            s.assurance, p.must_change, s.last_seen_at, s.expires_at, g.role AS grant_role,
            g.organization AS grant_organization, g.service AS grant_service
        FROM identity_session s
        JOIN identity_account a ON a.id = s.account_id
        LEFT JOIN identity_password p ON p.account_id = a.id
        LEFT JOIN identity_grant g ON g.account_id = a.id
        WHERE s.token_hash = \(tokenHash) AND a.state = \(AccountState.active.rawValue)
        ORDER BY g.role, g.organization, g.service
        """
    }
}
