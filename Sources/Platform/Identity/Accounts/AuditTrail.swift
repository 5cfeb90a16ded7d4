import Basics
public import Store

extension AuditAction {
    static let listAccounts = AuditAction(
        "account.list",
        Bilingual("계정 목록을 봄", "Listed accounts")
    )
    static let createAccount = AuditAction(
        "account.create",
        Bilingual("계정을 만듦", "Made the account")
    )
    static let linkAccount = AuditAction(
        "account.link",
        Bilingual("기관 계정을 이음", "Linked an organization account")
    )
    static let suspendAccount = AuditAction(
        "account.suspend",
        Bilingual("계정을 멈춤", "Suspended the account")
    )
    static let resumeAccount = AuditAction(
        "account.resume",
        Bilingual("계정을 다시 엶", "Took the account into use again")
    )
    static let changeGrants = AuditAction(
        "account.changeGrants",
        Bilingual("권한을 바꿈", "Changed what it may do")
    )
    static let changeDepartment = AuditAction(
        "account.changeDepartment",
        Bilingual("부서를 바꿈", "Changed the department")
    )
    static let changePassword = AuditAction(
        "account.changePassword",
        Bilingual("비밀번호를 바꿈", "Changed the password")
    )
    static let resetPassword = AuditAction(
        "account.resetPassword",
        Bilingual("비밀번호를 새로 줌", "Reset the password")
    )
    static let addSecondFactor = AuditAction(
        "account.addSecondFactor",
        Bilingual("일회용 비밀번호를 설정함", "Set up one-time codes")
    )
    static let removeSecondFactor = AuditAction(
        "account.removeSecondFactor",
        Bilingual("일회용 비밀번호를 해제함", "Removed one-time codes")
    )
    static let createKey = AuditAction(
        "account.createKey",
        Bilingual("접근 키를 만듦", "Made an access key")
    )
    static let revokeKey = AuditAction(
        "account.revokeKey",
        Bilingual("접근 키를 폐기함", "Revoked an access key")
    )
    static let useRecoveryCode = AuditAction(
        "account.useRecoveryCode",
        Bilingual("복구 코드를 씀", "Used a recovery code")
    )
}

extension AuditAction {
    static let unlinkAccount = AuditAction(
        "account.unlink",
        Bilingual("기관 계정 연결을 끊음", "Unlinked the organization account")
    )

    /// The actions on accounts.
    public static let identity: [AuditAction] = [
        listAccounts, createAccount, linkAccount, unlinkAccount, suspendAccount, resumeAccount,
        changeGrants, changeDepartment, changePassword, resetPassword, addSecondFactor,
        removeSecondFactor, createKey, revokeKey, useRecoveryCode,
    ]
}

extension Purpose {
    /// The longest purpose an officer writes, in characters.
    public static let maximumCharacterCount = 200

    /// The person looks at, or changes, their own record.
    public static let ownRecord = Purpose(
        code: "identity.own",
        Bilingual("본인 이용", "The person themself")
    )
    /// An administrator keeps accounts.
    public static let accountKeeping = Purpose(
        code: "identity.accountKeeping",
        Bilingual("계정 관리", "Keeping of accounts")
    )

    /// A purpose in an officer's own words; nothing where there are none, or too many.
    public static func stated(_ words: String) -> Purpose? {
        let text = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !text.isEmpty, text.count <= maximumCharacterCount else { return nil }
        return Purpose(code: "identity.stated", Bilingual(same: text))
    }
}

extension AuditSubject {
    /// An account, and the person behind it.
    public static func account(_ id: String) -> AuditSubject {
        AuditSubject(kind: "account", id: id)
    }
}

extension Actor {
    /// The actor as the audit trail names them.
    public var auditActor: AuditActor {
        guard let account else { return AuditActor(kind: .visitor, id: "") }
        let kind: AuditActor.Kind =
            switch account.kind {
            case .resident: .resident
            case .staff: .staff
            case .company: .company
            case .device: .device
            }
        return AuditActor(kind: kind, id: account.id)
    }
}

extension Accounts {
    /// Who looked at, or changed, the actor's own record, the latest first.
    ///
    /// - Parameters:
    ///   - actor: The person who asks; nobody else's trail is to be had here.
    ///   - before: The `sequence` of the last line of the page before; nothing for the first.
    ///   - limit: Lines of a page.
    /// - Returns: Lines of the audit trail.
    /// - Throws: `AccessError` where nobody is signed in.
    public func trail(
        of actor: Actor,
        before: Int64? = nil,
        limit: Int = 50
    ) async throws -> [AuditRecord] {
        guard let id = actor.id else { throw AccessError(.signInRequired, context: "own trail") }
        return try await store.read { db in
            try db.auditRecords(on: .account(id), before: before, limit: limit)
        }
    }
}
