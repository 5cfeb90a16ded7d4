import Basics
import City
import Hosting
import Identity
import Store
import Web

/// Looks every morning for documents whose last day is near or past: their keepers are told, and what
/// is past goes out of force.
struct KnowledgeExpiry: Job {
    static let name = "assistant.knowledge-expiry"
    /// Before people come to work.
    static let recurrence = Recurrence.daily(hour: 7, minute: 0)
    /// The most documents of one morning; the rest follow on the next.
    static let maximumDocumentCount = 1_000
    /// The most people told of one document.
    static let maximumRecipientCount = 50
}

extension AssistantDesk {
    /// Does the morning's work on documents that lapse.
    func reviewExpiry() async throws {
        let accounts = platform.identity.accounts
        let lapsed = try await store.write { tx -> [String] in
            let limit = tx.now.date.adding(days: AssistantReport.expiryNoticeDays)
            var lapsed: [String] = []
            for document in try Knowledge.expiring(until: limit, in: tx) {
                guard let last = document.effectiveUntil else { continue }
                let isPast = last < tx.now.date
                if isPast {
                    try Self.expire(document, in: tx)
                    lapsed.append(document.id)
                }
                let keepers = try Self.keepers(of: document, accounts, in: tx)
                for keeper in keepers {
                    try Notices.send(
                        Notice(
                            expiryOf: document,
                            on: last,
                            isPast: isPast,
                            to: keeper,
                            at: tx.now
                        ),
                        in: tx
                    )
                }
            }
            return lapsed
        }
        for id in lapsed { try await index.update(id, from: store) }
    }

    private static func expire(_ document: KnowledgeDocument, in tx: WriteTransaction) throws {
        var document = document
        document.status = .expired
        document.updatedAt = tx.now
        try Knowledge.save(document, in: tx)
        try tx.record(
            .setDocumentStatus,
            on: AuditSubject(kind: "document", id: document.id),
            by: AuditActor(kind: .system, id: KnowledgeExpiry.name),
            purpose: .knowledgeKeeping,
            details: ["status": KnowledgeDocument.Status.expired.rawValue]
        )
    }

    /// Who is told of a document: the keepers of its organization, and the people of its department.
    private static func keepers(
        of document: KnowledgeDocument,
        _ accounts: Accounts,
        in db: ReadTransaction
    ) throws -> Set<String> {
        let keepers = try accounts.holders(
            of: .knowledgeKeeper,
            in: document.organizationID,
            limit: KnowledgeExpiry.maximumRecipientCount,
            in: db
        )
        let department = try People.members(
            of: document.department,
            in: document.organizationID,
            limit: KnowledgeExpiry.maximumRecipientCount,
            db: db
        ).compactMap(\.accountID)
        return Set(keepers + department)
    }
}

extension Knowledge {
    /// The documents in force whose last day is a day or before it, the earliest first.
    fileprivate static func expiring(
        until day: LocalDate,
        in db: ReadTransaction
    ) throws -> [KnowledgeDocument] {
        try db.rows(
            """
            SELECT * FROM assistant_document
            WHERE status = 'effective' AND audience <> 'owner' AND effective_until IS NOT NULL
                AND effective_until <= \(day)
            ORDER BY effective_until, id LIMIT \(KnowledgeExpiry.maximumDocumentCount)
            """,
            as: KnowledgeDocument.self
        )
    }
}

extension Notice {
    /// Tells a keeper that a document lapses or has lapsed; each once, however often it is looked at.
    fileprivate init(
        expiryOf document: KnowledgeDocument,
        on last: LocalDate,
        isPast: Bool,
        to account: String,
        at now: Instant
    ) {
        self.init(
            id: "assistant/\(isPast ? "lapsed" : "lapses")/\(document.id)/\(last.iso)/\(account)",
            accountID: account,
            title: isPast
                ? Bilingual("문서의 효력이 끝났습니다", "A document has lapsed")
                : Bilingual("문서의 효력이 곧 끝납니다", "A document lapses soon"),
            body: Bilingual(
                "\(document.title) · 마지막 날 \(last.iso)",
                "\(document.title) · last day \(last.iso)"
            ),
            link: document.link.target,
            createdAt: now
        )
    }
}
