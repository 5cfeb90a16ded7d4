import Basics
import Hosting
public import Identity
public import Store

extension Purpose {
    /// A person keeps documents of their own.
    public static let wallet = Purpose(
        code: "cases.wallet",
        Bilingual("서류지갑", "Wallet of documents")
    )
}

/// The documents that people keep for several applications.
///
/// A wallet is its owner's alone: no officer ever looks into one, only at what was put into an
/// application.
public enum Wallet {
    /// The documents of an actor, the latest first.
    public static func documents(
        of actor: Actor,
        in db: ReadTransaction
    ) throws -> [WalletDocument] {
        guard let account = actor.id else { return [] }
        return try db.rows(
            """
            SELECT * FROM case_wallet_document WHERE account_id = \(account)
            ORDER BY created_at DESC, id
            """,
            as: WalletDocument.self
        )
    }

    /// A document, for its owner.
    public static func document(
        _ id: String,
        of actor: Actor,
        in db: ReadTransaction
    ) throws -> WalletDocument? {
        guard let account = actor.id else { return nil }
        return try db.first(
            """
            SELECT * FROM case_wallet_document WHERE id = \(id) AND account_id = \(account)
            """,
            as: WalletDocument.self
        )
    }

    /// What the documents of an actor were used for, the latest first.
    public static func uses(of actor: Actor, in db: ReadTransaction) throws -> [WalletUse] {
        guard let account = actor.id else { return [] }
        return try db.rows(
            """
            SELECT * FROM case_wallet_use WHERE account_id = \(account)
            ORDER BY consented_at DESC, id LIMIT \(maximumShownUseCount)
            """,
            as: WalletUse.self
        )
    }

    /// The uses that are shown; the audit has all.
    public static let maximumShownUseCount = 100

    /// The documents whose time is over, the oldest first.
    static func due(in db: ReadTransaction) throws -> [WalletDocument] {
        let last = Instant(db.now.date.adding(days: -WalletDocument.retentionDayCount))
        return try db.rows(
            """
            SELECT * FROM case_wallet_document WHERE created_at < \(last)
            ORDER BY created_at, id LIMIT \(CaseRetention.maximumCaseCount)
            """,
            as: WalletDocument.self
        )
    }

    /// Documents of an actor that can stand for what a procedure asks for, on a day.
    public static func candidates(
        for requirement: CaseDocumentRequirement,
        of actor: Actor,
        in db: ReadTransaction
    ) throws -> [WalletDocument] {
        try documents(of: actor, in: db).filter {
            $0.kind.fits(requirement) && $0.isYoungEnough(for: requirement, on: db.now.date)
        }
    }
}

/// Writes the wallet of an actor: every change with its audit record in the same transaction.
public struct WalletKeeping: Sendable {
    private let actor: Actor

    /// The hand of the program, which lets times go by.
    static let program = WalletKeeping(by: .anonymous)

    /// Creates the hand of an actor, over their own wallet alone.
    public init(by actor: Actor) {
        self.actor = actor
    }

    /// Puts a document into the wallet.
    ///
    /// - Throws: `CaseError` where it is full or the day of issue has not come yet.
    func add(_ document: WalletDocument, in tx: WriteTransaction) throws {
        guard try Wallet.documents(of: actor, in: tx).count < WalletDocument.maximumCount else {
            throw CaseError(
                .tooMany,
                Bilingual(
                    "서류지갑에는 \(WalletDocument.maximumCount)개까지 넣을 수 있습니다. 오래된 서류를 지워 주세요.",
                    "A wallet holds \(WalletDocument.maximumCount) documents. Remove old ones."
                ),
                context: document.accountID
            )
        }
        try tx.run(
            """
            INSERT INTO case_wallet_document (id, account_id, kind, title, file_name, media_type,
                byte_count, digest, issued_on, created_at)
            VALUES (\(document.id), \(document.accountID), \(document.kind), \(document.title),
                \(document.fileName), \(document.mediaType), \(document.byteCount),
                \(document.digest), \(document.issuedOn), \(document.createdAt))
            """
        )
        try audit(.create, document.id, ["kind": document.kind.rawValue], in: tx)
    }

    /// Takes a document out of the wallet; what applications have of it stays with them.
    public func remove(_ document: WalletDocument, in tx: WriteTransaction) throws {
        try tx.run(
            """
            DELETE FROM case_wallet_document
            WHERE id = \(document.id) AND account_id = \(document.accountID)
            """
        )
        try audit(.delete, document.id, ["kind": document.kind.rawValue], in: tx)
    }

    /// Puts a copy of a document into an application that is being written; its owner agreed.
    ///
    /// - Parameters:
    ///   - document: The document of the wallet.
    ///   - digest: The blob of the copy, which has a salt of its own.
    ///   - requirement: What it stands for.
    ///   - record: The application.
    ///   - tx: The transaction.
    /// - Throws: `CaseError` where the application takes no files now, or the document is too old.
    func use(
        _ document: WalletDocument,
        digest: String,
        as requirement: CaseDocumentRequirement,
        in record: Case,
        in tx: WriteTransaction
    ) throws {
        guard document.isYoungEnough(for: requirement, on: tx.now.date) else {
            let days = requirement.maximumAgeDays ?? WalletDocument.usualAgeDayCount
            throw CaseError(
                .unusableFile,
                Bilingual(
                    "‘\(requirement.title.korean)’은(는) 발급한 지 \(days)일 이내여야 합니다. 새로 발급받아 주세요.",
                    "\(requirement.title.english) must be issued within \(days) days."
                ),
                context: document.id
            )
        }
        try CaseKeeping(by: actor, for: .caseApplication).attach(
            CaseDocument(
                id: RandomName.make(byteCount: 12),
                caseID: record.id,
                requirement: requirement.name,
                fileName: document.fileName,
                mediaType: document.mediaType,
                byteCount: document.byteCount,
                digest: digest,
                createdAt: tx.now
            ),
            to: record,
            in: tx
        )
        try tx.run(
            """
            INSERT INTO case_wallet_use (id, document_id, title, account_id, case_id, requirement,
                consented_at)
            VALUES (\(RandomName.make(byteCount: 12)), \(document.id),
                \(document.shownTitle.korean), \(document.accountID), \(record.id),
                \(requirement.name), \(tx.now))
            """
        )
        try audit(
            .update,
            document.id,
            ["case": record.id, "consent": "yes", "requirement": requirement.name],
            in: tx
        )
    }

    private func audit(
        _ action: AuditAction,
        _ id: String,
        _ details: [String: String],
        in tx: WriteTransaction
    ) throws {
        try tx.record(
            action,
            on: AuditSubject(kind: "walletDocument", id: id),
            by: actor.auditActor,
            purpose: .wallet,
            details: details
        )
    }
}
