import Store

extension Migration {
    /// The tables of the catalogues that the city publishes, appended to those of the room.
    static let listings = Migration(
        number: 3,
        name: "listings of catalogues, their editions and decisions",
        statements: [
            """
            CREATE TABLE programmes_listing (
                id TEXT PRIMARY KEY,
                source TEXT NOT NULL,
                record TEXT NOT NULL,
                findings TEXT NOT NULL,
                is_gone BIGINT NOT NULL,
                is_sample BIGINT NOT NULL,
                first_seen BIGINT NOT NULL,
                last_seen BIGINT NOT NULL,
                changed_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX programmes_listing_source ON programmes_listing (source, id)",
            """
            CREATE TABLE programmes_listing_decision (
                listing_id TEXT PRIMARY KEY,
                decision TEXT NOT NULL,
                version BIGINT NOT NULL,
                actor_id TEXT NOT NULL,
                actor_name TEXT NOT NULL,
                at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE programmes_listing_edition (
                source TEXT NOT NULL,
                number BIGINT NOT NULL,
                file_name TEXT NOT NULL,
                digest TEXT NOT NULL,
                actor_name TEXT NOT NULL,
                published_at BIGINT NOT NULL,
                listing_count BIGINT NOT NULL,
                new_count BIGINT NOT NULL,
                changed_count BIGINT NOT NULL,
                gone_count BIGINT NOT NULL,
                PRIMARY KEY (source, number)
            )
            """,
            """
            CREATE TABLE programmes_listing_upload (
                id TEXT PRIMARY KEY,
                account_id TEXT NOT NULL,
                file_name TEXT NOT NULL,
                digest TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                edition_number BIGINT
            )
            """,
        ]
    )
}
