public import Basics
import Crypto
import Store

/// Personal access keys: 256 random bits that a program sends for a person (RFC 6750 §2.1), their
/// SHA-256 in the store.
///
/// A key acts with the grants its account has at that moment, for its purposes only, until it expires
/// or is revoked. It opens no page and no form.
public final class AccessKeys: Sendable {
    /// The keys an account may have, expired ones included.
    public static let maximumCountPerAccount = 20
    /// The longest name, in characters.
    public static let maximumNameLength = 60
    /// The days a key may be made for.
    public static let lifetimesInDays = [30, 90, 365]
    /// Stands before every key, so that a key in a file or a log is known for what it is.
    public static let prefix = "haechi_"
    /// How long a key that has ended is still listed.
    static let keptSeconds = 30 * 86_400
    /// How often the use of a key is noted.
    static let touchSeconds = 60
    private static let byteCount = 32

    private let store: Store

    init(store: Store) {
        self.store = store
    }

    /// Makes a key for the actor.
    ///
    /// - Parameters:
    ///   - name: What the person calls it.
    ///   - purposes: What it is for, among those `titles` lets the actor choose.
    ///   - days: How long it works, one of `lifetimesInDays`.
    ///   - titles: The purposes there are.
    ///   - actor: Whose key it is.
    /// - Returns: The key, whose text is shown once.
    /// - Throws: `IdentityError` where a field does not fit or the account has too many keys.
    public func make(
        named name: String,
        for purposes: [KeyPurpose],
        days: Int,
        among titles: [KeyPurposeTitle],
        by actor: Actor
    ) async throws -> NewAccessKey {
        // A key makes no keys: it has no session.
        guard let account = actor.account, !account.sessionID.isEmpty else {
            throw AccessError(.signInRequired, context: "access keys")
        }
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !name.isEmpty, name.count <= Self.maximumNameLength else {
            throw Self.unacceptable(
                Bilingual(
                    "이름을 \(Self.maximumNameLength)자 안으로 적어 주세요.",
                    "Give it a name of at most \(Self.maximumNameLength) characters."
                )
            )
        }
        let allowed = titles.filter { $0.access.allows(actor) == .allowed }.map(\.purpose)
        let chosen = allowed.filter(purposes.contains)
        guard !chosen.isEmpty, Self.lifetimesInDays.contains(days) else {
            throw Self.unacceptable(
                Bilingual("쓸 곳과 기간을 골라 주세요.", "Choose what it is for and how long.")
            )
        }
        let token = Secrets.random(byteCount: Self.byteCount)
        let summary = try await store.write { tx in
            let count = try tx.value(
                "SELECT count(*) FROM identity_access_key WHERE account_id = \(account.id)",
                as: Int.self
            )
            guard (count ?? 0) < Self.maximumCountPerAccount else { throw Self.tooMany }
            let summary = AccessKeySummary(
                id: Secrets.identifier(),
                name: name,
                purposes: chosen,
                createdAt: tx.now,
                expiresAt: tx.now.adding(seconds: days * 86_400),
                lastUsedAt: nil
            )
            try tx.run(
                """
                INSERT INTO identity_access_key (id, key_hash, account_id, name, purposes,
                    created_at, expires_at)
                VALUES (\(summary.id), \(Self.hash(token)), \(account.id), \(name),
                    \(JSONColumn(chosen)), \(summary.createdAt), \(summary.expiresAt))
                """
            )
            try Self.record(.createKey, summary.id, name, by: actor, in: tx)
            return summary
        }
        return NewAccessKey(secret: Self.prefix + Encodings.base64URL(token), summary: summary)
    }

    /// The actor's keys, the newest first.
    public func list(of actor: Actor) async throws -> [AccessKeySummary] {
        guard let id = actor.id else { throw AccessError(.signInRequired, context: "access keys") }
        return try await store.read { db in
            try db.rows(
                """
                SELECT id, name, purposes, created_at, expires_at, last_used_at
                FROM identity_access_key WHERE account_id = \(id) ORDER BY created_at DESC, id
                """,
                as: KeyRow.self
            ).map(\.summary)
        }
    }

    /// Revokes one of the actor's keys; one of somebody else is not there.
    public func revoke(_ keyID: String, by actor: Actor) async throws {
        guard let account = actor.account, !account.sessionID.isEmpty else {
            throw AccessError(.signInRequired, context: "access keys")
        }
        try await store.write { tx in
            let name = try tx.value(
                """
                SELECT name FROM identity_access_key
                WHERE id = \(keyID) AND account_id = \(account.id)
                """,
                as: String.self
            )
            guard let name else { throw AccessError(.notFound, context: "key \(keyID)") }
            try tx.run("DELETE FROM identity_access_key WHERE id = \(keyID)")
            try Self.record(.revokeKey, keyID, name, by: actor, in: tx)
        }
    }

    /// Who a key stands for, and what it may be used for; nothing for a made-up, revoked or expired
    /// one, and for one of a suspended account.
    public func holder(
        of secret: String,
        now: Instant
    ) async throws -> (actor: Actor, purposes: Set<KeyPurpose>)? {
        guard let hash = Self.hash(ofSecret: secret) else { return nil }
        let found = try await store.read { db -> (HolderRow, [Grant])? in
            let row = try db.first(
                """
                SELECT k.id, k.purposes, k.last_used_at, a.id AS account_id, a.kind,
                    a.display_name, a.organization
                FROM identity_access_key k JOIN identity_account a ON a.id = k.account_id
                WHERE k.key_hash = \(hash) AND k.expires_at > \(now)
                    AND a.state = \(AccountState.active.rawValue)
                """,
                as: HolderRow.self
            )
            return try row.map { ($0, try GrantRow.grants(of: $0.accountID, in: db)) }
        }
        guard let (row, grants) = found else { return nil }
        if row.lastUsedAt.map({ now >= $0.adding(seconds: Self.touchSeconds) }) ?? true {
            try await store.write { tx in
                _ = try tx.run(
                    "UPDATE identity_access_key SET last_used_at = \(now) WHERE id = \(row.id)"
                )
            }
        }
        let account = SignedInAccount(
            id: row.accountID,
            kind: row.kind,
            displayName: row.displayName,
            organization: row.organization,
            grants: grants
        )
        return (.account(account), Set(row.purposes.value))
    }

    /// Deletes keys that ended long ago; for a job that runs now and then.
    public func purge(now: Instant) async throws {
        let limit = now.adding(seconds: -Self.keptSeconds)
        try await store.write { tx in
            _ = try tx.run("DELETE FROM identity_access_key WHERE expires_at <= \(limit)")
        }
    }

    private static func record(
        _ action: AuditAction,
        _ id: String,
        _ name: String,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws {
        try tx.record(
            action,
            on: .account(actor.auditName),
            by: actor.auditActor,
            purpose: .ownRecord,
            details: ["key": id, "name": name]
        )
    }

    private static func hash(ofSecret secret: String) -> [UInt8]? {
        guard secret.hasPrefix(prefix), secret.utf8.count == prefix.utf8.count + 43,
            let token = Encodings.bytes(base64URL: secret.dropFirst(prefix.count)),
            token.count == byteCount
        else { return nil }
        return hash(token)
    }

    private static func hash(_ token: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: token))
    }

    private static func unacceptable(_ message: Bilingual) -> IdentityError {
        IdentityError(.unacceptableField, message, context: "access key")
    }

    private static var tooMany: IdentityError {
        IdentityError(
            .tooManyKeys,
            Bilingual(
                "열쇠는 \(maximumCountPerAccount)개까지 만들 수 있습니다. 쓰지 않는 것을 먼저 없애 주세요.",
                "An account has at most \(maximumCountPerAccount) keys. Revoke one first."
            )
        )
    }
}

private struct KeyRow: Codable, Sendable {
    let id: String
    let name: String
    let purposes: JSONColumn<[KeyPurpose]>
    let createdAt: Instant
    let expiresAt: Instant
    let lastUsedAt: Instant?

    var summary: AccessKeySummary {
        AccessKeySummary(
            id: id,
            name: name,
            purposes: purposes.value,
            createdAt: createdAt,
            expiresAt: expiresAt,
            lastUsedAt: lastUsedAt
        )
    }
}

private struct HolderRow: Codable, Sendable {
    let id: String
    let purposes: JSONColumn<[KeyPurpose]>
    let lastUsedAt: Instant?
    let accountID: String
    let kind: AccountKind
    let displayName: String
    let organization: String?
}
