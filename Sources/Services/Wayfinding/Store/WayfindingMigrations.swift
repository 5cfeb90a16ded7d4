import Store

extension MigrationSet {
    /// The tables of the service.
    static let wayfinding = MigrationSet(component: "wayfinding", migrations: [.reports])
}

extension Migration {
    /// Reports with their history, lifts by source, saved routes, and the number that changes with
    /// each of them.
    fileprivate static let reports = Migration(
        number: 1,
        name: "reports, lifts, saved routes",
        statements: [
            "CREATE TABLE wayfinding_revision (id BIGINT PRIMARY KEY, number BIGINT NOT NULL)",
            "INSERT INTO wayfinding_revision (id, number) VALUES (1, 0)",
            """
            CREATE TABLE wayfinding_report (
                number TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                latitude_e7 BIGINT NOT NULL,
                longitude_e7 BIGINT NOT NULL,
                place TEXT NOT NULL,
                area TEXT NOT NULL,
                text TEXT NOT NULL,
                photo TEXT,
                photo_type TEXT,
                state TEXT NOT NULL,
                account_id TEXT,
                code_digest TEXT NOT NULL,
                answer TEXT NOT NULL,
                assignee TEXT NOT NULL,
                due_on TEXT,
                is_sample BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL,
                version BIGINT NOT NULL
            )
            """,
            "CREATE INDEX wayfinding_report_state ON wayfinding_report (state, created_at)",
            "CREATE INDEX wayfinding_report_account ON wayfinding_report (account_id)",
            """
            CREATE TABLE wayfinding_report_event (
                report_number TEXT NOT NULL REFERENCES wayfinding_report (number),
                ordinal BIGINT NOT NULL,
                state TEXT NOT NULL,
                note TEXT NOT NULL,
                by_name TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (report_number, ordinal)
            )
            """,
            """
            CREATE TABLE wayfinding_lift_status (
                lift_id TEXT NOT NULL,
                source TEXT NOT NULL,
                is_working BIGINT NOT NULL,
                returns_on TEXT,
                note TEXT NOT NULL,
                at BIGINT NOT NULL,
                is_sample BIGINT NOT NULL,
                PRIMARY KEY (lift_id, source)
            )
            """,
            """
            CREATE TABLE wayfinding_saved_route (
                id TEXT PRIMARY KEY,
                account_id TEXT NOT NULL,
                title TEXT NOT NULL,
                question TEXT NOT NULL,
                line TEXT NOT NULL,
                south_e7 BIGINT NOT NULL,
                west_e7 BIGINT NOT NULL,
                north_e7 BIGINT NOT NULL,
                east_e7 BIGINT NOT NULL,
                consented_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX wayfinding_saved_route_account ON wayfinding_saved_route (account_id)",
            "CREATE INDEX wayfinding_saved_route_place ON wayfinding_saved_route (south_e7, north_e7)",
        ]
    )
}
