public import Store

extension MigrationSet {
    /// The tables of the records that several services share.
    public static let city = MigrationSet(
        component: "city",
        migrations: [
            Migration(
                number: 1,
                name: "organizations, places, notices",
                statements: [
                    """
                    CREATE TABLE city_organization (
                        id TEXT PRIMARY KEY,
                        kind TEXT NOT NULL,
                        name TEXT NOT NULL,
                        name_english TEXT NOT NULL
                    )
                    """,
                    """
                    CREATE TABLE city_place (
                        id TEXT PRIMARY KEY,
                        kind TEXT NOT NULL,
                        name TEXT NOT NULL,
                        name_english TEXT NOT NULL,
                        organization_id TEXT NOT NULL REFERENCES city_organization (id),
                        longitude DOUBLE PRECISION NOT NULL,
                        latitude DOUBLE PRECISION NOT NULL
                    )
                    """,
                    """
                    CREATE INDEX city_place_organization ON city_place (organization_id)
                    """,
                    """
                    CREATE TABLE city_notice (
                        id TEXT PRIMARY KEY,
                        account_id TEXT NOT NULL,
                        title TEXT NOT NULL,
                        title_english TEXT NOT NULL,
                        body TEXT NOT NULL,
                        body_english TEXT NOT NULL,
                        link TEXT NOT NULL,
                        created_at BIGINT NOT NULL,
                        read_at BIGINT
                    )
                    """,
                    """
                    CREATE INDEX city_notice_account ON city_notice (account_id, created_at)
                    """,
                    """
                    CREATE INDEX city_notice_unread ON city_notice (account_id, read_at)
                    """,
                    """
                    CREATE TABLE city_notice_channel (
                        id TEXT PRIMARY KEY,
                        account_id TEXT NOT NULL,
                        kind TEXT NOT NULL,
                        address TEXT NOT NULL,
                        created_at BIGINT NOT NULL,
                        UNIQUE (account_id, kind, address)
                    )
                    """,
                ]
            )
        ]
    )
}
