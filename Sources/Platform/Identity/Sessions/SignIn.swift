import Basics
import Crypto
import Logging
import Store

/// Signing in with a login name and a password, and the second factor where there is one.
public final class SignIn: Sendable {
    /// How long a person may take to type the one-time code.
    public static let challengeSeconds = 300

    /// What comes after the password.
    public enum Step: Sendable, Hashable {
        /// The person is in.
        case signedIn(SessionTicket)
        /// A one-time code is needed; the challenge goes into the form that asks for it.
        case secondFactor(challenge: String)
    }

    private struct Credential: Codable, Sendable {
        let id: String
        let kind: AccountKind
        let displayName: String
        let organization: String?
        let state: AccountState
        let hash: String?
        let mustChange: Bool?
        let confirmedAt: Instant?

        /// Changes with the password, and tells nothing of it.
        var fingerprint: String { SignIn.fingerprint(ofHash: hash ?? "") }

        func account(_ assurance: Assurance, grants: [Grant]) -> SignedInAccount {
            SignedInAccount(
                id: id,
                kind: kind,
                displayName: displayName,
                organization: organization,
                grants: grants,
                assurance: assurance,
                mustChangePassword: mustChange ?? false
            )
        }
    }

    private let store: Store
    private let hasher: PasswordHasher
    private let sessions: Sessions
    private let secretBox: SecretBox
    private let time: TimeSource
    private let logger: Logger
    private let gate: LoginGate

    init(
        store: Store,
        hasher: PasswordHasher,
        sessions: Sessions,
        secretBox: SecretBox,
        gate: LoginGate,
        time: TimeSource,
        logger: Logger
    ) {
        self.store = store
        self.hasher = hasher
        self.sessions = sessions
        self.secretBox = secretBox
        self.gate = gate
        self.time = time
        self.logger = logger
    }

    /// Checks a password.
    ///
    /// An account that does not exist costs the same time and gets the same answer as a wrong password.
    ///
    /// - Throws: `IdentityError` with `wrongCredentials`, `tooManyAttempts`, `suspended` (only where the
    ///   password is right) or `busy`.
    public func password(
        _ password: String,
        loginName: String,
        origin: SessionOrigin
    ) async throws -> Step {
        let name = Accounts.normalized(loginName: String(loginName.prefix(320)))
        try gate.admit(name, origin)
        let credential = try await store.read { db in
            try SignIn.credential(where: "a.login_name = \(name)", in: db)
        }
        let verdict = try await hasher.verify(password, against: credential?.hash)
        guard let credential, verdict != .wrong else {
            // The name itself may be a password typed into the wrong field: it is not logged.
            logger.notice(
                "sign-in refused",
                metadata: ["account": "\(credential?.id ?? "none")", "from": "\(origin.address)"]
            )
            throw IdentityError.wrongCredentials("password")
        }
        gate.succeeded(name, origin)
        try SignIn.checkState(credential)
        var fingerprint = credential.fingerprint
        if case .rightAndRehashed(let hash) = verdict {
            fingerprint = SignIn.fingerprint(ofHash: hash)
            try await store.write { tx in
                _ = try tx.run(
                    """
                    UPDATE identity_password SET hash = \(hash)
                    WHERE account_id = \(credential.id) AND hash = \(credential.hash)
                    """
                )
            }
        }
        if credential.confirmedAt != nil {
            return .secondFactor(challenge: try challenge(for: credential.id, fingerprint))
        }
        return .signedIn(
            try await open((credential.id, fingerprint), .password, origin: origin) { _ in }
        )
    }

    /// Checks the one-time code, or one of the recovery codes, that a challenge asks for.
    ///
    /// - Throws: `IdentityError` with `wrongCredentials`, `expired` or `tooManyAttempts`.
    public func oneTimeCode(
        _ code: String,
        challenge: String,
        origin: SessionOrigin
    ) async throws -> SessionTicket {
        let (id, fingerprint) = try account(ofChallenge: challenge)
        try gate.admit("code \(id)", origin)
        let secretBox = secretBox
        let ticket = try await open(
            (id, fingerprint),
            .passwordAndOneTimeCode,
            origin: origin
        ) { tx in
            try SecondFactor.use(code, of: id, secretBox: secretBox, in: tx)
        }
        gate.succeeded("code \(id)", origin)
        return ticket
    }

    /// Opens the session in the transaction that uses up the factor.
    ///
    /// A password that was changed since it was checked opens nothing.
    private func open(
        _ checked: (id: String, fingerprint: String),
        _ assurance: Assurance,
        origin: SessionOrigin,
        _ factor: @escaping @Sendable (WriteTransaction) throws -> Void
    ) async throws -> SessionTicket {
        try await store.write { tx in
            try factor(tx)
            let id = checked.id
            guard let credential = try SignIn.credential(where: "a.id = \(id)", in: tx),
                credential.fingerprint == checked.fingerprint
            else { throw IdentityError.expired("password of \(id) was changed") }
            try SignIn.checkState(credential)
            return try SignIn.opened(
                credential.account(assurance, grants: try GrantRow.grants(of: id, in: tx)),
                origin: origin,
                in: tx
            )
        }
    }

    /// The session of a fresh sign-in, its time on the account, and its line in the audit trail.
    static func opened(
        _ account: SignedInAccount,
        origin: SessionOrigin,
        in tx: WriteTransaction
    ) throws -> SessionTicket {
        let ticket = try Sessions.insert(account, origin: origin, in: tx)
        try tx.run(
            "UPDATE identity_account SET last_sign_in_at = \(tx.now) WHERE id = \(account.id)"
        )
        try tx.record(
            .signIn,
            on: .account(account.id),
            by: ticket.actor.auditActor,
            purpose: .ownRecord,
            details: ["assurance": account.assurance.rawValue]
        )
        return ticket
    }

    private static func credential(
        where condition: SQL,
        in db: ReadTransaction
    ) throws -> Credential? {
        try db.first(
            """
            SELECT a.id, a.kind, a.display_name, a.organization, a.state, p.hash, p.must_change,
                c.confirmed_at
            FROM identity_account a
            LEFT JOIN identity_password p ON p.account_id = a.id
            LEFT JOIN identity_one_time_code c ON c.account_id = a.id
            WHERE \(condition)
            """,
            as: Credential.self
        )
    }

    private static func checkState(_ credential: Credential) throws(IdentityError) {
        guard credential.state == .active else { throw IdentityError.suspended(credential.id) }
    }

    private static func fingerprint(ofHash hash: String) -> String {
        Encodings.hex(SHA256.hash(data: Array(hash.utf8)).prefix(8))
    }

    private func challenge(for id: String, _ fingerprint: String) throws(IdentityError) -> String {
        let expiry = time.now().adding(seconds: SignIn.challengeSeconds).millisecondsSinceEpoch
        return Encodings.base64URL(
            try secretBox.seal(
                Array("\(expiry) \(id) \(fingerprint)".utf8),
                for: "sign-in challenge"
            )
        )
    }

    private func account(
        ofChallenge challenge: String
    ) throws(IdentityError) -> (id: String, fingerprint: String) {
        guard challenge.utf8.count < 500, let sealed = Encodings.bytes(base64URL: challenge),
            let opened = try? secretBox.open(sealed, for: "sign-in challenge")
        else { throw IdentityError.expired("not a challenge") }
        let parts = String(decoding: opened, as: UTF8.self).split(separator: " ")
        guard parts.count == 3, let expiry = Int64(parts[0]),
            time.now().millisecondsSinceEpoch < expiry
        else { throw IdentityError.expired("challenge ran out") }
        return (String(parts[1]), String(parts[2]))
    }
}

extension IdentityError {
    static func suspended(_ id: String) -> IdentityError {
        IdentityError(
            .suspended,
            Bilingual(
                "사용이 중지된 계정입니다. 관리자에게 문의해 주세요.",
                "This account is suspended. Please ask the administrator."
            ),
            context: id
        )
    }
}
