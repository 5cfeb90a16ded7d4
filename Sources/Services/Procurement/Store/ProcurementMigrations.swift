import Store

extension MigrationSet {
    /// The tables of the procurement portal.
    ///
    /// An edition is never changed once published; "current" is the newest edition of an agency and
    /// year. A project's address is its reference (year, agency, key), which outlives editions.
    static let procurement = MigrationSet(
        component: "procurement",
        migrations: [
            Migration(
                number: 1,
                name: "plans",
                statements: [
                    """
                    CREATE TABLE procurement_edition (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        agency_id TEXT NOT NULL,
                        agency_name TEXT NOT NULL,
                        agency_name_english TEXT NOT NULL,
                        agency_kind TEXT NOT NULL,
                        plan_year BIGINT NOT NULL,
                        kind TEXT NOT NULL,
                        number BIGINT NOT NULL,
                        published_at BIGINT NOT NULL,
                        published_by TEXT NOT NULL,
                        source_file TEXT NOT NULL,
                        source_digest TEXT NOT NULL,
                        project_count BIGINT NOT NULL,
                        budget BIGINT NOT NULL,
                        is_current BIGINT NOT NULL,
                        UNIQUE (agency_id, plan_year, number)
                    )
                    """,
                    """
                    CREATE TABLE procurement_project (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        edition_id BIGINT NOT NULL REFERENCES procurement_edition (id),
                        project_key TEXT NOT NULL,
                        title TEXT NOT NULL,
                        title_english TEXT,
                        description TEXT NOT NULL,
                        department TEXT NOT NULL,
                        contact_name TEXT,
                        contact_phone TEXT,
                        type TEXT NOT NULL,
                        budget BIGINT NOT NULL,
                        funding TEXT,
                        order_timing TEXT NOT NULL,
                        order_year BIGINT NOT NULL,
                        order_month BIGINT,
                        technologies TEXT NOT NULL,
                        contract_method TEXT,
                        route TEXT,
                        continuity TEXT,
                        status TEXT NOT NULL,
                        is_software_project BIGINT,
                        restricts_large_companies BIGINT,
                        period_start TEXT,
                        period_end TEXT,
                        notes TEXT NOT NULL,
                        notice TEXT
                    )
                    """,
                    """
                    CREATE UNIQUE INDEX procurement_project_key
                    ON procurement_project (edition_id, project_key)
                    """,
                    """
                    CREATE TABLE procurement_upload (
                        id TEXT PRIMARY KEY,
                        account_id TEXT NOT NULL,
                        agency_id TEXT NOT NULL,
                        plan_year BIGINT NOT NULL,
                        kind TEXT NOT NULL,
                        file_name TEXT NOT NULL,
                        digest TEXT NOT NULL,
                        unit TEXT,
                        sheet BIGINT NOT NULL,
                        corrections TEXT NOT NULL,
                        created_at BIGINT NOT NULL,
                        edition_id BIGINT
                    )
                    """,
                    """
                    CREATE INDEX procurement_upload_account
                    ON procurement_upload (account_id, created_at)
                    """,
                    """
                    CREATE TABLE procurement_follow (
                        account_id TEXT NOT NULL,
                        reference TEXT NOT NULL,
                        created_at BIGINT NOT NULL,
                        PRIMARY KEY (account_id, reference)
                    )
                    """,
                    """
                    CREATE INDEX procurement_follow_reference ON procurement_follow (reference)
                    """,
                    """
                    CREATE TABLE procurement_saved_search (
                        id TEXT PRIMARY KEY,
                        account_id TEXT NOT NULL,
                        name TEXT NOT NULL,
                        query TEXT NOT NULL,
                        created_at BIGINT NOT NULL
                    )
                    """,
                    """
                    CREATE INDEX procurement_saved_search_account
                    ON procurement_saved_search (account_id, created_at)
                    """,
                ]
            )
        ]
    )
}
