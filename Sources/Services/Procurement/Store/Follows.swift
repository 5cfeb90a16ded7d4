import Basics
import Store

/// The projects and searches that people keep an eye on.
enum Follows {
    /// The most projects one account may follow, and the most searches it may save.
    static let maximumCountPerAccount = 500

    /// Follows a project; false where the account follows as many as it may.
    static func follow(
        _ reference: String,
        by accountID: String,
        in tx: WriteTransaction
    ) throws -> Bool {
        if try isFollowed(reference, by: accountID, in: tx) { return true }
        let count = try tx.value(
            "SELECT count(*) FROM procurement_follow WHERE account_id = \(accountID)",
            as: Int.self
        )
        guard (count ?? 0) < maximumCountPerAccount else { return false }
        try tx.run(
            """
            INSERT INTO procurement_follow (account_id, reference, created_at)
            VALUES (\(accountID), \(reference), \(tx.now))
            ON CONFLICT (account_id, reference) DO NOTHING
            """
        )
        return true
    }

    /// Lets the followers of a project go on following it under its new reference.
    static func move(from old: String, to new: String, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO procurement_follow (account_id, reference, created_at)
            SELECT account_id, \(new), created_at FROM procurement_follow WHERE reference = \(old)
            ON CONFLICT (account_id, reference) DO NOTHING
            """
        )
        try tx.run("DELETE FROM procurement_follow WHERE reference = \(old)")
    }

    static func unfollow(
        _ reference: String,
        by accountID: String,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            DELETE FROM procurement_follow
            WHERE account_id = \(accountID) AND reference = \(reference)
            """
        )
    }

    static func isFollowed(
        _ reference: String,
        by accountID: String,
        in db: ReadTransaction
    ) throws -> Bool {
        try db.value(
            """
            SELECT 1 FROM procurement_follow
            WHERE account_id = \(accountID) AND reference = \(reference)
            """,
            as: Int.self
        ) != nil
    }

    static func references(of accountID: String, in db: ReadTransaction) throws -> [String] {
        try db.rows(
            """
            SELECT reference FROM procurement_follow WHERE account_id = \(accountID)
            ORDER BY created_at DESC, reference LIMIT \(maximumCountPerAccount)
            """,
            as: String.self
        )
    }

    /// Whether anybody follows a project or has saved a search.
    static func isAnybodyWaiting(in db: ReadTransaction) throws -> Bool {
        try db.value(
            """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM procurement_follow)
                OR EXISTS (SELECT 1 FROM procurement_saved_search)
            """,
            as: Int.self
        ) != nil
    }

    /// Who follows any of some projects: pairs of account and reference.
    static func followers(
        of references: [String],
        in db: ReadTransaction
    ) throws -> [Follower] {
        var result: [Follower] = []
        for start in stride(from: 0, to: references.count, by: Projects.maximumBatchCount) {
            let batch = references[
                start..<min(start + Projects.maximumBatchCount, references.count)
            ]
            result += try db.rows(
                """
                SELECT account_id, reference FROM procurement_follow
                WHERE reference IN \(list: batch) ORDER BY account_id, reference
                """,
                as: Follower.self
            )
        }
        return result
    }
}

/// An account that follows a project.
struct Follower: Codable, Sendable, Hashable {
    var accountID: String
    var reference: String
}

/// A search a person saved, to be told when a new edition answers it.
struct SavedSearch: Codable, Sendable, Hashable {
    /// The longest name, in characters.
    static let maximumNameLength = 100

    var id: String
    var accountID: String
    var name: String
    /// The query as it stands in the listing's address.
    var query: String
    var createdAt: Instant
}

/// The saved searches in the store.
enum SavedSearches {
    /// Keeps a search; false where the account has saved as many as it may.
    static func save(_ search: SavedSearch, in tx: WriteTransaction) throws -> Bool {
        let count = try tx.value(
            """
            SELECT count(*) FROM procurement_saved_search WHERE account_id = \(search.accountID)
            """,
            as: Int.self
        )
        guard (count ?? 0) < Follows.maximumCountPerAccount else { return false }
        try tx.run(
            """
            INSERT INTO procurement_saved_search (id, account_id, name, query, created_at)
            VALUES (\(search.id), \(search.accountID), \(search.name), \(search.query),
                \(search.createdAt))
            """
        )
        return true
    }

    static func remove(_ id: String, of accountID: String, in tx: WriteTransaction) throws {
        try tx.run(
            """
            DELETE FROM procurement_saved_search WHERE id = \(id) AND account_id = \(accountID)
            """
        )
    }

    static func list(of accountID: String, in db: ReadTransaction) throws -> [SavedSearch] {
        try db.rows(
            """
            SELECT * FROM procurement_saved_search WHERE account_id = \(accountID)
            ORDER BY created_at DESC, id LIMIT \(Follows.maximumCountPerAccount)
            """,
            as: SavedSearch.self
        )
    }

    static func forEach(in db: ReadTransaction, _ body: (SavedSearch) throws -> Void) throws {
        var last = ""
        while true {
            let batch = try db.rows(
                """
                SELECT * FROM procurement_saved_search WHERE id > \(last) ORDER BY id
                LIMIT \(Projects.maximumBatchCount)
                """,
                as: SavedSearch.self
            )
            for search in batch { try body(search) }
            guard let end = batch.last else { return }
            last = end.id
        }
    }
}
