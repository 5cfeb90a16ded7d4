public import Basics
import Hosting
public import Identity
public import Store

extension Purpose {
    /// A person decides what the city may do with their answers.
    static let consentKeeping = Purpose(
        code: "programmes.consent",
        Bilingual("본인 동의 관리", "Keeping of consents")
    )
}

extension AuditAction {
    static let giveConsent = AuditAction("giveConsent", Bilingual("동의함", "Agreed"))
    static let withdrawConsent = AuditAction(
        "withdrawConsent",
        Bilingual("동의를 철회함", "Withdrew a consent")
    )
}

/// What a person agreed to, when, in which words, and until when.
public struct Consent: Codable, Sendable, Hashable {
    /// What can be agreed to.
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        /// The answers stay in the profile.
        case profile
        /// The city tells the person what newly fits (선제적 맞춤서비스).
        case notices
    }

    /// The identifier of the receipt.
    public var id: String
    /// Whose it is.
    public var accountID: String
    /// What was agreed to.
    public var kind: Kind
    /// The words that were agreed to.
    public var text: JSONColumn<Bilingual>
    /// When it was given.
    public var givenAt: Instant
    /// When it was withdrawn; nil while it stands.
    public var withdrawnAt: Instant?
}

extension Consent.Kind {
    /// What the person agrees to, in words.
    public var text: Bilingual {
        switch self {
        case .profile:
            Bilingual(
                "내 답을 프로필에 보관하고, 지원사업을 찾거나 신청할 때 다시 씁니다. 마지막으로 고친 날부터 "
                    + "2년 동안 보관하며, 언제든 철회하면 바로 지웁니다.",
                "My answers stay in my profile and are used again to find programmes and to apply, "
                    + "for two years after the last change. Withdrawing removes them at once."
            )
        case .notices:
            Bilingual(
                "보관한 답으로 밤마다 지원사업을 확인하여, 새로 받을 수 있게 되거나 신청이 열리고 닫히는 사업을 "
                    + "먼저 알려 줍니다. 언제든 철회할 수 있습니다.",
                "Every night the kept answers are held against the rules, and I am told what newly "
                    + "fits, opens or closes. I can withdraw at any time."
            )
        }
    }
}

extension Consent.Kind {
    /// What the button says that takes it back.
    var withdrawal: Bilingual {
        switch self {
        case .profile: Bilingual("보관 동의 철회하고 지우기", "Withdraw and remove")
        case .notices: Bilingual("알림 동의 철회", "Withdraw the notices")
        }
    }

    /// What the field `action` of the page of answers says to take it back.
    var withdrawalAction: String {
        switch self {
        case .profile: "withdraw"
        case .notices: "stopNotices"
        }
    }
}

extension Consent.Kind: SQLBindable, SQLDecodable {}

/// The consents in the store; every change has its audit record.
public enum Consents {
    /// Whether somebody agreed and has not withdrawn.
    public static func isGiven(
        _ kind: Consent.Kind,
        by accountID: String,
        in db: ReadTransaction
    ) throws -> Bool {
        try current(kind, of: accountID, in: db) != nil
    }

    /// The consent that stands, or nothing.
    public static func current(
        _ kind: Consent.Kind,
        of accountID: String,
        in db: ReadTransaction
    ) throws -> Consent? {
        try db.first(
            """
            SELECT id, account_id, kind, text, given_at, withdrawn_at FROM programmes_consent
            WHERE account_id = \(accountID) AND kind = \(kind) AND withdrawn_at IS NULL
            """,
            as: Consent.self
        )
    }

    /// Accounts whose consent stands.
    public static func accounts(_ kind: Consent.Kind, in db: ReadTransaction) throws -> [String] {
        struct Row: Codable {
            var accountID: String
        }
        return try db.rows(
            """
            SELECT account_id FROM programmes_consent
            WHERE kind = \(kind) AND withdrawn_at IS NULL ORDER BY account_id
            """,
            as: Row.self
        ).map(\.accountID)
    }

    /// Records that somebody agreed; a consent that stands already is left alone.
    public static func give(
        _ kind: Consent.Kind,
        by actor: Actor,
        accountID: String,
        in tx: WriteTransaction
    ) throws {
        guard try !isGiven(kind, by: accountID, in: tx) else { return }
        let id = RandomName.make(byteCount: 12)
        try tx.run(
            """
            INSERT INTO programmes_consent (id, account_id, kind, text, given_at, withdrawn_at)
            VALUES (\(id), \(accountID), \(kind), \(JSONColumn(kind.text)), \(tx.now), NULL)
            """
        )
        try record(.giveConsent, kind, id, by: actor, in: tx)
    }

    /// Records that somebody withdrew.
    public static func withdraw(
        _ kind: Consent.Kind,
        by actor: Actor,
        accountID: String,
        in tx: WriteTransaction
    ) throws {
        guard let consent = try current(kind, of: accountID, in: tx) else { return }
        try tx.run(
            "UPDATE programmes_consent SET withdrawn_at = \(tx.now) WHERE id = \(consent.id)"
        )
        try record(.withdrawConsent, kind, consent.id, by: actor, in: tx)
    }

    private static func record(
        _ action: AuditAction,
        _ kind: Consent.Kind,
        _ id: String,
        by actor: Actor,
        in tx: WriteTransaction
    ) throws {
        try tx.record(
            action,
            on: AuditSubject(kind: "consent", id: id),
            by: actor.auditActor,
            purpose: .consentKeeping,
            details: ["kind": kind.rawValue]
        )
    }
}
