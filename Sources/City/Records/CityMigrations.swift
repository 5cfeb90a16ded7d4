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
            ),
            Migration(
                number: 2,
                name: "districts, addresses and sources of places",
                statements: [
                    "ALTER TABLE city_place ADD COLUMN district TEXT NOT NULL DEFAULT ''",
                    "ALTER TABLE city_place ADD COLUMN address TEXT NOT NULL DEFAULT ''",
                    """
                    ALTER TABLE city_place
                    ADD COLUMN source TEXT NOT NULL DEFAULT 'organization'
                    """,
                    "CREATE INDEX city_place_district ON city_place (district, name)",
                ]
            ),
            Migration(
                number: 3,
                name: "staff directory",
                statements: [
                    """
                    CREATE TABLE city_person (
                        id TEXT PRIMARY KEY,
                        organization_id TEXT NOT NULL REFERENCES city_organization (id),
                        department TEXT NOT NULL,
                        position TEXT NOT NULL,
                        name TEXT NOT NULL,
                        duty TEXT NOT NULL,
                        telephone TEXT NOT NULL,
                        email TEXT,
                        account_id TEXT,
                        is_sample BIGINT NOT NULL,
                        updated_at BIGINT NOT NULL
                    )
                    """,
                    """
                    CREATE INDEX city_person_organization
                    ON city_person (organization_id, department)
                    """,
                ]
            ),
            Migration(
                number: 4,
                name: "assets",
                statements: [
                    """
                    CREATE TABLE city_asset_kind (
                        id TEXT PRIMARY KEY,
                        description TEXT NOT NULL
                    )
                    """,
                    """
                    CREATE TABLE city_asset (
                        id TEXT PRIMARY KEY,
                        kind TEXT NOT NULL,
                        number TEXT NOT NULL,
                        name TEXT NOT NULL,
                        maker TEXT NOT NULL,
                        model TEXT NOT NULL,
                        serial TEXT NOT NULL,
                        organization_id TEXT NOT NULL REFERENCES city_organization (id),
                        place_id TEXT,
                        spot TEXT NOT NULL,
                        state TEXT NOT NULL,
                        acquired_on TEXT,
                        price BIGINT,
                        replaced_by TEXT,
                        facts TEXT NOT NULL,
                        note TEXT NOT NULL,
                        is_sample BIGINT NOT NULL,
                        version BIGINT NOT NULL,
                        created_at BIGINT NOT NULL,
                        updated_at BIGINT NOT NULL,
                        UNIQUE (organization_id, number)
                    )
                    """,
                    "CREATE INDEX city_asset_serial ON city_asset (kind, serial)",
                    """
                    CREATE TABLE city_asset_event (
                        asset_id TEXT NOT NULL REFERENCES city_asset (id),
                        number BIGINT NOT NULL,
                        kind TEXT NOT NULL,
                        title TEXT NOT NULL,
                        note TEXT NOT NULL,
                        actor_id TEXT NOT NULL,
                        actor_name TEXT NOT NULL,
                        at BIGINT NOT NULL,
                        PRIMARY KEY (asset_id, number)
                    )
                    """,
                    """
                    CREATE TABLE city_asset_file (
                        id TEXT PRIMARY KEY,
                        asset_id TEXT NOT NULL REFERENCES city_asset (id),
                        file_name TEXT NOT NULL,
                        media_type TEXT NOT NULL,
                        byte_count BIGINT NOT NULL,
                        digest TEXT NOT NULL,
                        created_at BIGINT NOT NULL
                    )
                    """,
                    "CREATE INDEX city_asset_file_asset ON city_asset_file (asset_id, created_at)",
                    """
                    CREATE TABLE city_asset_upload (
                        id TEXT PRIMARY KEY,
                        account_id TEXT NOT NULL,
                        file_name TEXT NOT NULL,
                        digest TEXT NOT NULL,
                        created_at BIGINT NOT NULL,
                        taken_count BIGINT
                    )
                    """,
                ]
            ),
            Migration(
                number: 5,
                name: "how often searched records changed",
                statements: [
                    """
                    CREATE TABLE city_record_version (
                        name TEXT PRIMARY KEY,
                        version BIGINT NOT NULL
                    )
                    """
                ]
            ),
        ]
    )
}
