import Basics
import Store

/// What a new account is made of.
public struct NewAccount: Sendable, Hashable {
    /// What it stands for.
    public var kind: AccountKind
    /// The name to sign in with, in the form of a mail address.
    public var loginName: String
    /// The person's or the company's name.
    public var displayName: String
    /// The mail address.
    public var email: String?
    /// The telephone number.
    public var telephone: String?
    /// The organization it belongs to.
    public var organization: String?
    /// The department of the organization it works in.
    public var department: String?
    /// What it may do; only an administrator's or a sample's account begins with grants.
    public var grants: [Grant]

    /// Creates the description of an account.
    public init(
        kind: AccountKind,
        loginName: String,
        displayName: String,
        email: String? = nil,
        telephone: String? = nil,
        organization: String? = nil,
        department: String? = nil,
        grants: [Grant] = []
    ) {
        self.kind = kind
        self.loginName = loginName
        self.displayName = displayName
        self.email = email
        self.telephone = telephone
        self.organization = organization
        self.department = department
        self.grants = grants
    }
}

/// An account made for somebody else, and the password to hand them once.
public struct HandedAccount: Sendable, Hashable {
    /// The account's id.
    public let id: String
    /// The name to sign in with.
    public let loginName: String
    /// The password for the first sign-in, which asks for another at once; it is kept nowhere.
    public let oneTimePassword: String
}

/// Accounts, their passwords and their grants.
public struct Accounts: Sendable {
    /// The most grants of one account.
    public static let maximumGrantCount = 64
    /// The longest name, organization, mail address or telephone number.
    public static let maximumFieldCharacterCount = 254

    let store: Store
    let hasher: PasswordHasher
    let sessions: Sessions
    let gate: LoginGate

    /// Makes an account for the person or company that asks for it, and gives its id.
    ///
    /// - Throws: `IdentityError` with `unacceptablePassword`, `unacceptableLoginName`,
    ///   `unacceptableField` or `tooManyAttempts`.
    public func signUp(
        _ new: NewAccount,
        password: String,
        origin: SessionOrigin
    ) async throws -> String {
        guard [.resident, .company].contains(new.kind), new.grants.isEmpty, new.organization == nil
        else { throw AccessError(.refused, context: "sign-up as \(new.kind.rawValue)") }
        let account = try Accounts.checked(new)
        try PasswordPolicy.check(password, loginName: account.loginName)
        try gate.admitSignUp(origin)
        do {
            let hash = try await hasher.hash(password)
            let id = try await store.write { tx in
                try Accounts.insert(account, hash: hash, mustChange: false, by: .themself, in: tx)
            }
            gate.signUpEnded(made: true, origin)
            return id
        } catch {
            gate.signUpEnded(made: false, origin)
            throw error
        }
    }

    /// Makes an account for somebody else: an administrator's work.
    ///
    /// - Throws: `AccessError` where the actor is no administrator for the organization, or cannot give
    ///   one of the grants.
    public func create(_ new: NewAccount, by actor: Actor) async throws -> HandedAccount {
        try actor.require(.administrator, in: new.organization ?? "")
        try actor.requireGiving(new.grants)
        return try await hand(new, by: .administrator(actor))
    }

    /// Makes the first administrator where there is none yet, and nothing where there is one.
    ///
    /// The one-time password is for the console of whoever starts the house.
    public func createFirstAdministrator(
        loginName: String = "admin@haechi"
    ) async throws -> HandedAccount? {
        let isNeeded = try await store.read { db in try Accounts.administratorCount(in: db) == 0 }
        guard isNeeded else { return nil }
        return try await hand(
            NewAccount(
                kind: .staff,
                loginName: loginName,
                displayName: "관리자",
                grants: [Grant(.administrator)]
            ),
            by: .house
        )
    }

    /// Changes the actor's own password, ends the account's other sessions, and gives this one a new
    /// cookie.
    public func changePassword(
        of actor: Actor,
        from old: String,
        to new: String,
        origin: SessionOrigin
    ) async throws -> SessionTicket {
        guard let account = actor.account else {
            throw AccessError(.signInRequired, context: "password change")
        }
        let (kept, loginName) = try await store.read { db in
            (
                try db.value(
                    "SELECT hash FROM identity_password WHERE account_id = \(account.id)",
                    as: String.self
                ), try AccountRow.find(account.id, in: db)?.loginName ?? ""
            )
        }
        try gate.admit("change \(account.id)", origin)
        guard try await hasher.verify(old, against: kept) != .wrong else {
            throw IdentityError.wrongCredentials("password change of \(account.id)")
        }
        gate.succeeded("change \(account.id)", origin)
        try PasswordPolicy.check(new, loginName: loginName)
        let hash = try await hasher.hash(new)
        let ticket = try await store.write { tx in
            try tx.run(
                """
                UPDATE identity_password
                SET hash = \(hash), changed_at = \(tx.now), must_change = 0
                WHERE account_id = \(account.id)
                """
            )
            try Sessions.deleteAll(of: account.id, in: tx)
            try tx.record(
                .changePassword,
                on: .account(account.id),
                by: actor.auditActor,
                purpose: .ownRecord
            )
            var renewed = account
            renewed.mustChangePassword = false
            return try Sessions.insert(renewed, origin: origin, in: tx)
        }
        sessions.forget(accountID: account.id)
        return ticket
    }

    /// Gives an account a new one-time password and ends its sessions: an administrator's work.
    public func resetPassword(of id: String, by actor: Actor) async throws -> HandedAccount {
        let password = Accounts.oneTimePassword()
        let hash = try await hasher.hash(password)
        let loginName = try await store.write { tx in
            let row = try Accounts.administered(id, by: actor, in: tx)
            try tx.run("DELETE FROM identity_password WHERE account_id = \(id)")
            try Accounts.insertPassword(of: id, hash: hash, mustChange: true, in: tx)
            try Sessions.deleteAll(of: id, in: tx)
            try tx.record(
                .resetPassword,
                on: .account(id),
                by: actor.auditActor,
                purpose: .accountKeeping
            )
            return row.loginName
        }
        sessions.forget(accountID: id)
        return HandedAccount(id: id, loginName: loginName, oneTimePassword: password)
    }

    func hand(_ new: NewAccount, by author: Author) async throws -> HandedAccount {
        let account = try Accounts.checked(new)
        let password = Accounts.oneTimePassword()
        let hash = try await hasher.hash(password)
        let id = try await store.write { tx in
            try Accounts.insert(account, hash: hash, mustChange: true, by: author, in: tx)
        }
        return HandedAccount(id: id, loginName: account.loginName, oneTimePassword: password)
    }
}

extension Accounts {
    /// Who makes an account, for the audit trail.
    enum Author: Sendable {
        /// The person or company it is for.
        case themself
        /// An administrator.
        case administrator(Actor)
        /// The program: the first account, and samples.
        case house

        var actor: AuditActor {
            switch self {
            case .themself: Actor.anonymous.auditActor
            case .administrator(let actor): actor.auditActor
            case .house: AuditActor(kind: .system, id: "haechi")
            }
        }

        var purpose: Purpose {
            if case .themself = self { .ownRecord } else { .accountKeeping }
        }
    }

    /// 100 random bits in groups that can be read out over the telephone.
    private static func oneTimePassword() -> String {
        let text = Array(Encodings.base32(Secrets.random(byteCount: 13))).prefix(20)
        return stride(from: 0, to: 20, by: 5).map { String(text[$0..<$0 + 5]) }
            .joined(separator: "-")
    }

    /// The account with its login name in the one form that is kept, or an error for the field.
    static func checked(_ new: NewAccount) throws(IdentityError) -> NewAccount {
        var account = new
        account.loginName = normalized(loginName: new.loginName)
        do {
            try MIME.checkAddress(account.loginName)
        } catch {
            throw IdentityError(
                .unacceptableLoginName,
                Bilingual(
                    "로그인 이름은 이메일 주소 형식이어야 합니다.",
                    "The login name has the form of an e-mail address."
                )
            )
        }
        guard new.grants.count <= maximumGrantCount else { throw field("grants") }
        for (name, text) in [
            ("displayName", new.displayName), ("email", new.email), ("telephone", new.telephone),
            ("organization", new.organization),
        ] {
            guard let text else { continue }
            let isClean = (try? MIME.checkLine(text)) != nil
            guard isClean, !text.isEmpty, text.count <= maximumFieldCharacterCount else {
                throw field(name)
            }
        }
        return account
    }

    static func normalized(loginName: String) -> String {
        loginName.filter { !$0.isWhitespace }.lowercased()
    }

    private static func field(_ name: String) -> IdentityError {
        IdentityError(
            .unacceptableField,
            Bilingual(
                "비어 있거나 너무 긴 항목이 있습니다.",
                "A field is empty or too long."
            ),
            context: name
        )
    }

    static func insert(
        _ account: NewAccount,
        hash: String?,
        mustChange: Bool,
        by author: Author,
        grantSource: String = "",
        in tx: WriteTransaction
    ) throws -> String {
        let isTaken = try tx.value(
            "SELECT 1 FROM identity_account WHERE login_name = \(account.loginName)",
            as: Int.self
        )
        guard isTaken == nil else {
            throw IdentityError(
                .unacceptableLoginName,
                Bilingual(
                    "이미 사용 중인 로그인 이름입니다.",
                    "This login name is already in use."
                )
            )
        }
        let id = Secrets.identifier()
        try tx.run(
            """
            INSERT INTO identity_account (id, kind, login_name, display_name, email, telephone,
                organization, department, state, created_at)
            VALUES (\(id), \(account.kind.rawValue), \(account.loginName), \(account.displayName),
                \(account.email), \(account.telephone), \(account.organization), \(account.department),
                \(AccountState.active.rawValue), \(tx.now))
            """
        )
        if let hash { try insertPassword(of: id, hash: hash, mustChange: mustChange, in: tx) }
        for grant in Set(account.grants) {
            try GrantRow.insert(grant, of: id, source: grantSource, in: tx)
        }
        try tx.record(.createAccount, on: .account(id), by: author.actor, purpose: author.purpose)
        return id
    }

    static func insertPassword(
        of id: String,
        hash: String,
        mustChange: Bool,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO identity_password (account_id, hash, changed_at, must_change)
            VALUES (\(id), \(hash), \(tx.now), \(mustChange))
            """
        )
    }

    /// The active accounts that administrate every organization.
    static func administratorCount(in db: ReadTransaction) throws -> Int {
        try db.value(
            """
            SELECT COUNT(DISTINCT g.account_id) FROM identity_grant g
            JOIN identity_account a ON a.id = g.account_id
            WHERE g.role = \(Role.administrator.rawValue) AND g.organization = ''
                AND g.service = '' AND a.state = \(AccountState.active.rawValue)
            """,
            as: Int.self
        ) ?? 0
    }
}
