import Basics
import Store

/// The bots in the store.
enum Bots {
    /// Bots on one page of a list.
    static let pageSize = 20
    /// The most bots of a city; each is a page that somebody has to keep true.
    static let maximumCount = 500

    static func find(_ id: String, in db: ReadTransaction) throws -> Bot? {
        try db.first("SELECT * FROM assistant_bot WHERE id = \(id)", as: Bot.self)
    }

    /// The bots that are in use, the longest in use first.
    static func published(in db: ReadTransaction) throws -> [Bot] {
        try db.rows(
            """
            SELECT * FROM assistant_bot WHERE published IS NOT NULL
            ORDER BY created_at, id LIMIT \(maximumCount)
            """,
            as: Bot.self
        )
    }

    /// A page of the bots of some organizations (nothing: of all), the latest changed first.
    static func page(
        _ number: Int,
        organizations: Set<String>?,
        in db: ReadTransaction
    ) throws -> (items: [Bot], total: Int) {
        let scope: SQL =
            organizations.map { "WHERE organization_id IN \(list: $0.sorted())" } ?? ""
        let total = try db.value("SELECT count(*) FROM assistant_bot \(scope)", as: Int.self)
        let items = try db.rows(
            """
            SELECT * FROM assistant_bot \(scope) ORDER BY updated_at DESC, id
            LIMIT \(pageSize) OFFSET \((number - 1) * pageSize)
            """,
            as: Bot.self
        )
        return (items, total ?? 0)
    }

    static func count(in db: ReadTransaction) throws -> Int {
        try db.value("SELECT count(*) FROM assistant_bot", as: Int.self) ?? 0
    }

    /// Keeps a bot, new or changed.
    static func save(_ bot: Bot, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO assistant_bot (id, organization_id, status, content, published, version,
                created_by, created_at, updated_by, updated_at)
            VALUES (\(bot.id), \(bot.organizationID), \(bot.status), \(bot.content),
                \(bot.published), \(bot.version), \(bot.createdBy), \(bot.createdAt),
                \(bot.updatedBy), \(bot.updatedAt))
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, content = excluded.content,
                published = excluded.published, version = excluded.version,
                updated_by = excluded.updated_by, updated_at = excluded.updated_at
            """
        )
    }
}
