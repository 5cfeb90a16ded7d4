import Basics
import Store

/// A piece of a document, fit to be found and quoted.
struct KnowledgePassage: Codable, Sendable, Hashable {
    var id: Int64
    var documentID: String
    /// The place in the document, from 1.
    var number: Int
    /// The headings above it, outermost first: `제2장 복무 > 제7조(연가)`.
    var heading: String
    /// What a citation names: `제7조의2`, or the last heading.
    var locator: String
    var body: String
}

/// The documents and their passages in the store.
enum Knowledge {
    /// Documents on one page of the list.
    static let pageSize = 30
    /// The most passages of one document.
    static let maximumPassageCount = 20_000

    /// Keeps a document, and in the place of its passages these.
    static func save(
        _ document: KnowledgeDocument,
        passages: [(heading: String, locator: String, body: String)],
        in tx: WriteTransaction
    ) throws {
        try save(document, in: tx)
        try tx.run("DELETE FROM assistant_passage WHERE document_id = \(document.id)")
        let inserter = try tx.insert(
            into: "assistant_passage",
            columns: ["document_id", "number", "heading", "locator", "body"]
        )
        for (index, passage) in passages.prefix(maximumPassageCount).enumerated() {
            try inserter.append(
                document.id,
                index + 1,
                passage.heading,
                passage.locator,
                passage.body
            )
        }
    }

    /// Keeps what is known of a document; its passages stay.
    static func save(_ document: KnowledgeDocument, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO assistant_document (id, title, kind, status, jurisdiction, category,
                audience, organization_id, department, contact, effective_from, effective_until,
                source, attachments, file_name, digest, created_by, created_at, updated_at)
            VALUES (\(document.id), \(document.title), \(document.kind), \(document.status),
                \(document.jurisdiction), \(document.category), \(document.audience),
                \(document.organizationID), \(document.department), \(document.contact),
                \(document.effectiveFrom), \(document.effectiveUntil), \(document.source),
                \(document.attachments), \(document.fileName), \(document.digest),
                \(document.createdBy), \(document.createdAt), \(document.updatedAt))
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind,
                status = excluded.status, jurisdiction = excluded.jurisdiction,
                category = excluded.category, audience = excluded.audience,
                organization_id = excluded.organization_id, department = excluded.department,
                contact = excluded.contact, effective_from = excluded.effective_from,
                effective_until = excluded.effective_until, source = excluded.source,
                attachments = excluded.attachments, file_name = excluded.file_name,
                digest = excluded.digest, updated_at = excluded.updated_at
            """
        )
    }

    static func find(_ id: String, in db: ReadTransaction) throws -> KnowledgeDocument? {
        try db.first(
            "SELECT * FROM assistant_document WHERE id = \(id)",
            as: KnowledgeDocument.self
        )
    }

    static func all(in db: ReadTransaction) throws -> [KnowledgeDocument] {
        try db.rows(
            "SELECT * FROM assistant_document ORDER BY title, id",
            as: KnowledgeDocument.self
        )
    }

    /// When each document was last changed.
    static func versions(in db: ReadTransaction) throws -> [String: Instant] {
        struct Version: Decodable {
            var id: String
            var updatedAt: Instant
        }
        let rows = try db.rows("SELECT id, updated_at FROM assistant_document", as: Version.self)
        return Dictionary(
            rows.map { ($0.id, $0.updatedAt) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The passages of a document, in its order.
    static func passages(
        of documentID: String,
        in db: ReadTransaction
    ) throws -> [KnowledgePassage] {
        try db.rows(
            """
            SELECT * FROM assistant_passage WHERE document_id = \(documentID) ORDER BY number
            """,
            as: KnowledgePassage.self
        )
    }
}
