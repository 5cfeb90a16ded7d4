public import Basics
public import Store

/// The listings of catalogues in the store.
///
/// Rows are written by ``ListingKeeping`` alone.
public enum Listings {
    private struct ListingRow: Codable {
        var record: JSONColumn<Listing>
        var findings: JSONColumn<[ListingFinding]>
        var isGone: Bool
        var isSample: Bool
        var firstSeen: Instant
        var lastSeen: Instant
        var decision: JSONColumn<ListingDecision>?
        var version: Int?
        var actorName: String?
        var decidedAt: Instant?

        var kept: KeptListing {
            KeptListing(
                listing: record.value,
                decision: decision?.value ?? ListingDecision(),
                version: version ?? 0,
                decidedBy: actorName,
                decidedAt: decidedAt,
                known: findings.value,
                isGone: isGone,
                isSample: isSample,
                firstSeen: firstSeen,
                lastSeen: lastSeen
            )
        }
    }

    private static let columns: SQL = """
        record, findings, is_gone, is_sample, first_seen, last_seen, decision, version, actor_name,
        at AS decided_at
        FROM programmes_listing LEFT JOIN programmes_listing_decision
        ON programmes_listing_decision.listing_id = programmes_listing.id
        """

    /// Every listing, by its source and name.
    public static func all(in db: ReadTransaction) throws -> [KeptListing] {
        try db.rows("SELECT \(columns) ORDER BY source, id", as: ListingRow.self).map(\.kept)
    }

    /// The listings of a catalogue, by name.
    static func all(of source: ListingSource, in db: ReadTransaction) throws -> [KeptListing] {
        try db.rows(
            "SELECT \(columns) WHERE source = \(source.rawValue) ORDER BY id",
            as: ListingRow.self
        ).map(\.kept)
    }

    /// A listing, or nothing.
    public static func find(_ id: String, in db: ReadTransaction) throws -> KeptListing? {
        try db.first("SELECT \(columns) WHERE id = \(id)", as: ListingRow.self)?.kept
    }

    /// Adds a listing or replaces what its catalogue says of it.
    static func save(
        _ listing: Listing,
        findings: [ListingFinding],
        isSample: Bool,
        isChanged: Bool,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO programmes_listing (id, source, record, findings, is_gone, is_sample,
                first_seen, last_seen, changed_at)
            VALUES (\(listing.id), \(listing.source.rawValue), \(JSONColumn(listing)),
                \(JSONColumn(findings)), \(false), \(isSample), \(tx.now), \(tx.now), \(tx.now))
            ON CONFLICT (id) DO UPDATE SET record = excluded.record,
                findings = excluded.findings, is_gone = excluded.is_gone,
                last_seen = excluded.last_seen
            """
        )
        guard isChanged else { return }
        try tx.run("UPDATE programmes_listing SET changed_at = \(tx.now) WHERE id = \(listing.id)")
    }

    /// Says that the last edition of its catalogue no longer has a listing.
    static func markGone(_ id: String, in tx: WriteTransaction) throws {
        try tx.run(
            """
            UPDATE programmes_listing SET is_gone = \(true), changed_at = \(tx.now)
            WHERE id = \(id)
            """
        )
    }

    /// Keeps a decision.
    static func save(
        _ decision: ListingDecision,
        of id: String,
        version: Int,
        actorID: String,
        actorName: String,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO programmes_listing_decision (listing_id, decision, version, actor_id,
                actor_name, at)
            VALUES (\(id), \(JSONColumn(decision)), \(version), \(actorID), \(actorName),
                \(tx.now))
            ON CONFLICT (listing_id) DO UPDATE SET decision = excluded.decision,
                version = excluded.version, actor_id = excluded.actor_id,
                actor_name = excluded.actor_name, at = excluded.at
            """
        )
    }

    // MARK: Editions

    /// The editions of every catalogue, the latest first.
    public static func editions(in db: ReadTransaction) throws -> [ListingEdition] {
        try db.rows(
            "SELECT * FROM programmes_listing_edition ORDER BY published_at DESC, source",
            as: ListingEdition.self
        )
    }

    /// The number of the last edition of a catalogue; 0 where there is none.
    static func lastNumber(of source: ListingSource, in db: ReadTransaction) throws -> Int {
        try db.value(
            """
            SELECT MAX(number) FROM programmes_listing_edition WHERE source = \(source.rawValue)
            """,
            as: Int?.self
        ).flatMap(\.self) ?? 0
    }

    static func save(_ edition: ListingEdition, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO programmes_listing_edition (source, number, file_name, digest, actor_name,
                published_at, listing_count, new_count, changed_count, gone_count)
            VALUES (\(edition.source.rawValue), \(edition.number), \(edition.fileName),
                \(edition.digest), \(edition.actorName), \(edition.publishedAt),
                \(edition.listingCount), \(edition.newCount), \(edition.changedCount),
                \(edition.goneCount))
            """
        )
    }
}

/// One publication of a catalogue.
public struct ListingEdition: Codable, Sendable, Hashable {
    /// The catalogue.
    public var source: ListingSource
    /// Which publication of it, from 1.
    public var number: Int
    /// The file.
    public var fileName: String
    /// The blob that holds it.
    public var digest: String
    /// Who published it.
    public var actorName: String
    /// When.
    public var publishedAt: Instant
    /// How many listings it has.
    public var listingCount: Int
    /// How many the one before did not have.
    public var newCount: Int
    /// How many read otherwise than before.
    public var changedCount: Int
    /// How many the one before had and it has not.
    public var goneCount: Int
}

/// A file of a catalogue on its way: brought, looked over, not yet published.
struct ListingUpload: Codable, Sendable, Hashable {
    var id: String
    var accountID: String
    var fileName: String
    /// The blob that holds it.
    var digest: String
    var createdAt: Instant
    /// The number of the edition it became, once it did.
    var editionNumber: Int?

    static func find(_ id: String, in db: ReadTransaction) throws -> ListingUpload? {
        try db.first(
            "SELECT * FROM programmes_listing_upload WHERE id = \(id)",
            as: ListingUpload.self
        )
    }

    func save(in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO programmes_listing_upload (id, account_id, file_name, digest, created_at,
                edition_number)
            VALUES (\(id), \(accountID), \(fileName), \(digest), \(createdAt), \(editionNumber))
            ON CONFLICT (id) DO UPDATE SET edition_number = excluded.edition_number
            """
        )
    }
}
