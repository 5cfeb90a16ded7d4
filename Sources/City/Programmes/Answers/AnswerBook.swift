import Basics
import Crypto
public import Hosting
public import Identity
public import Store
public import Web

/// Whose answers they are: an account's, or those of a visitor with an unguessable name.
public struct AnswerOwner: Sendable, Hashable {
    /// The key of the row: a visitor's name is kept as its digest only.
    let key: String
    /// The account; nil for a visitor.
    public let accountID: String?

    /// An account.
    public init(accountID: String) {
        key = "account:\(accountID)"
        self.accountID = accountID
    }

    /// A visitor, by the secret of their cookie.
    init(secret: String) {
        let digest = SHA256.hash(data: Array(secret.utf8))
        let hexDigits = Array("0123456789abcdef".utf8)
        let hex = digest.flatMap { [hexDigits[Int($0 >> 4)], hexDigits[Int($0 & 15)]] }
        key = "visitor:" + String(decoding: hex, as: UTF8.self)
        accountID = nil
    }
}

/// The answers in the store.
///
/// A visitor's are kept for a day, and so are those of an account that did not agree to more; with
/// consent they stay in the profile for `profileDayCount` days after the last change.
public enum AnswerBook {
    /// How long answers stay that nobody agreed to keep.
    public static let visitHourCount = 24
    /// How long answers stay in a profile after the last change.
    public static let profileDayCount = 730

    /// The answers of whoever asks; nothing where there are none or their time is over.
    public static func answers(of owner: AnswerOwner, in db: ReadTransaction) throws -> Answers? {
        try db.value(
            """
            SELECT answers FROM programmes_answers
            WHERE owner = \(owner.key) AND expires_at > \(db.now)
            """,
            as: JSONColumn<Answers>.self
        )?.value
    }

    /// The answers of an account, for a purpose.
    ///
    /// The person themself reads them as their own; everybody else needs the right to the person's
    /// record, and the look is written to the audit trail.
    public static func answers(
        ofAccount id: String,
        by actor: Actor,
        purpose: Purpose,
        accounts: Accounts,
        in tx: WriteTransaction
    ) throws -> Answers? {
        if actor.id != id {
            _ = try accounts.record(of: id, by: actor, purpose: purpose, in: tx)
        }
        return try answers(of: AnswerOwner(accountID: id), in: tx)
    }

    /// Keeps answers, for as long as their owner agreed to.
    public static func save(
        _ answers: Answers,
        of owner: AnswerOwner,
        in tx: WriteTransaction
    ) throws {
        let isKept =
            try owner.accountID.map { try Consents.isGiven(.profile, by: $0, in: tx) } ?? false
        let hours = Int64(isKept ? profileDayCount * 24 : visitHourCount)
        let expiry = Instant(
            millisecondsSinceEpoch: tx.now.millisecondsSinceEpoch + hours * 3_600_000
        )
        try tx.run(
            """
            INSERT INTO programmes_answers (owner, answers, updated_at, expires_at)
            VALUES (\(owner.key), \(JSONColumn(answers)), \(tx.now), \(expiry))
            ON CONFLICT (owner) DO UPDATE SET answers = excluded.answers,
                updated_at = excluded.updated_at, expires_at = excluded.expires_at
            """
        )
    }

    /// Forgets everything somebody answered.
    public static func forget(_ owner: AnswerOwner, in tx: WriteTransaction) throws {
        try tx.run("DELETE FROM programmes_answers WHERE owner = \(owner.key)")
        guard let account = owner.accountID else { return }
        try tx.run("DELETE FROM programmes_verdict WHERE account_id = \(account)")
        try tx.run("DELETE FROM programmes_change WHERE account_id = \(account)")
    }

    /// Forgets what has had its time.
    static func forgetExpired(in tx: WriteTransaction) throws {
        try tx.run("DELETE FROM programmes_answers WHERE expires_at <= \(tx.now)")
    }
}

/// How answers reach the one who asks: by the account, or by a cookie.
public struct AnswerDesk: Sendable {
    let platform: Platform

    /// Opens the desk of a city.
    public init(platform: Platform) {
        self.platform = platform
    }

    private var isSecure: Bool { platform.publicURL.hasPrefix("https://") }
    private var cookieName: String { isSecure ? "__Host-haechi-answers" : "haechi-answers" }
    private static let secretByteCount = 24

    /// Whose answers a request is about; nothing for a visitor who has answered nothing yet.
    public func owner(_ incoming: Incoming) -> AnswerOwner? {
        incoming.actor.id.map { AnswerOwner(accountID: $0) } ?? visitor(incoming)
    }

    /// The visitor this browser was before its person signed in.
    func visitor(_ incoming: Incoming) -> AnswerOwner? {
        incoming.cookie(cookieName).map { AnswerOwner(secret: $0) }
    }

    /// The answers a request is about.
    public func answers(_ incoming: Incoming) async throws -> Answers {
        guard let owner = owner(incoming) else { return Answers() }
        return try await platform.store.read { try AnswerBook.answers(of: owner, in: $0) }
            ?? Answers()
    }

    /// Changes the answers of whoever asks; a visitor's first answer gives them their cookie.
    ///
    /// - Parameters:
    ///   - incoming: The request.
    ///   - next: Where the browser goes.
    ///   - change: Changes the answers; what it throws undoes everything.
    /// - Returns: The way on, with the cookie of a visitor.
    /// - Throws: What the change throws, or `StoreError`.
    func change(
        _ incoming: Incoming,
        then next: Link,
        _ change: @escaping @Sendable (inout Answers) throws -> Void
    ) async throws -> Outgoing {
        let known = owner(incoming)
        let secret = RandomName.make(byteCount: Self.secretByteCount)
        let owner = known ?? AnswerOwner(secret: secret)
        try await platform.store.write { tx in
            var answers = try AnswerBook.answers(of: owner, in: tx) ?? Answers()
            try change(&answers)
            try AnswerBook.save(answers, of: owner, in: tx)
        }
        guard owner.accountID == nil else { return .seeOther(next) }
        let content = known == nil ? secret : incoming.cookie(cookieName) ?? secret
        return .seeOther(next).settingCookie(cookie(content, hours: AnswerBook.visitHourCount))
    }

    /// Takes the cookie away.
    func forgetting(_ outgoing: Outgoing) -> Outgoing {
        outgoing.settingCookie(cookie("", hours: 0))
    }

    private func cookie(_ content: String, hours: Int) -> SetCookie {
        SetCookie(
            name: cookieName,
            content: content,
            maximumAgeSeconds: hours * 3600,
            isSecure: isSecure
        )
    }
}
