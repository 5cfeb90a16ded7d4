import Basics
import Store
import Web

/// A file of assets on its way: brought, looked over, not yet taken in.
struct AssetUpload: Codable, Sendable, Hashable {
    var id: String
    var accountID: String
    var fileName: String
    /// The blob that holds it.
    var digest: String
    var createdAt: Instant
    /// How many assets were taken in from it, once they were.
    var takenCount: Int?

    var link: Link { .path("inventory", "import", id) }

    static func find(_ id: String, in db: ReadTransaction) throws -> AssetUpload? {
        try db.first("SELECT * FROM city_asset_upload WHERE id = \(id)", as: AssetUpload.self)
    }

    func save(in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO city_asset_upload (id, account_id, file_name, digest, created_at,
                taken_count)
            VALUES (\(id), \(accountID), \(fileName), \(digest), \(createdAt), \(takenCount))
            ON CONFLICT (id) DO UPDATE SET taken_count = excluded.taken_count
            """
        )
    }
}
