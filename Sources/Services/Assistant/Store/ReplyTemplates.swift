import Basics
import Store

/// A reply that colleagues write again and again, ready to be taken over and changed.
struct ReplyTemplate: Codable, Sendable, Hashable {
    /// The longest title, in characters.
    static let maximumTitleLength = 80

    var id: String
    /// The organization whose agents use it.
    var organizationID: String
    var title: String
    var text: String
    var updatedBy: String
    var updatedAt: Instant
}

/// The templates in the store.
enum ReplyTemplates {
    /// The most templates of an organization: all of them fit on one page and into one list.
    static let maximumCount = 100

    /// The templates of some organizations (nothing: of all), by title.
    static func all(
        of organizations: Set<String>?,
        in db: ReadTransaction
    ) throws -> [ReplyTemplate] {
        let scope: SQL =
            organizations.map { "WHERE organization_id IN \(list: $0.sorted())" } ?? ""
        return try db.rows(
            """
            SELECT * FROM assistant_reply_template \(scope) ORDER BY title, id
            LIMIT \(maximumCount)
            """,
            as: ReplyTemplate.self
        )
    }

    static func find(_ id: String, in db: ReadTransaction) throws -> ReplyTemplate? {
        try db.first(
            "SELECT * FROM assistant_reply_template WHERE id = \(id)",
            as: ReplyTemplate.self
        )
    }

    static func save(_ template: ReplyTemplate, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO assistant_reply_template (id, organization_id, title, text, updated_by,
                updated_at)
            VALUES (\(template.id), \(template.organizationID), \(template.title),
                \(template.text), \(template.updatedBy), \(template.updatedAt))
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, text = excluded.text,
                updated_by = excluded.updated_by, updated_at = excluded.updated_at
            """
        )
    }

    static func remove(_ id: String, in tx: WriteTransaction) throws {
        try tx.run("DELETE FROM assistant_reply_template WHERE id = \(id)")
    }
}
