/// The tables of the platform itself.
enum PlatformSchema {
    static let migrations = MigrationSet(
        component: "platform",
        migrations: [
            Migration(number: 1, name: "events", statements: events),
            Migration(number: 2, name: "jobs", statements: jobs),
            Migration(
                number: 3,
                name: "audit",
                statements: audit,
                sqlite: auditGuardsSQLite,
                postgres: auditGuardsPostgres
            ),
            Migration(number: 4, name: "idempotency", statements: idempotency),
        ]
    )

    private static let events: [SQL] = [
        """
        CREATE TABLE event_outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            payload TEXT NOT NULL,
            published_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX event_outbox_name ON event_outbox (name, id)",
        """
        CREATE TABLE event_delivery (
            handler TEXT NOT NULL,
            event_id BIGINT NOT NULL REFERENCES event_outbox (id) ON DELETE CASCADE,
            state TEXT NOT NULL CHECK (state IN ('delivered', 'failed', 'dead')),
            attempts BIGINT NOT NULL,
            next_attempt_at BIGINT NOT NULL,
            last_error TEXT,
            PRIMARY KEY (handler, event_id)
        )
        """,
        "CREATE INDEX event_delivery_event ON event_delivery (event_id)",
        "CREATE INDEX event_delivery_state ON event_delivery (state)",
        """
        CREATE TABLE event_cursor (
            handler TEXT PRIMARY KEY,
            settled_through BIGINT NOT NULL
        )
        """,
    ]

    private static let jobs: [SQL] = [
        """
        CREATE TABLE job (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            payload TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'done', 'dead')),
            run_at BIGINT NOT NULL,
            lease_until BIGINT,
            attempts BIGINT NOT NULL,
            maximum_attempts BIGINT NOT NULL,
            unique_key TEXT,
            last_error TEXT,
            created_at BIGINT NOT NULL,
            finished_at BIGINT
        )
        """,
        "CREATE INDEX job_ready ON job (state, run_at)",
        """
        CREATE UNIQUE INDEX job_unique ON job (name, unique_key)
        WHERE state IN ('waiting', 'leased')
        """,
        """
        CREATE TABLE job_schedule (
            name TEXT PRIMARY KEY,
            job_name TEXT NOT NULL,
            payload TEXT NOT NULL,
            maximum_attempts BIGINT NOT NULL,
            recurrence TEXT NOT NULL,
            next_run_at BIGINT NOT NULL
        )
        """,
    ]

    private static let audit: [SQL] = [
        """
        CREATE TABLE audit_record (
            sequence BIGINT PRIMARY KEY,
            at BIGINT NOT NULL,
            action TEXT NOT NULL,
            subject_kind TEXT NOT NULL,
            subject_id TEXT NOT NULL,
            actor_kind TEXT NOT NULL,
            actor_id TEXT NOT NULL,
            purpose_code TEXT NOT NULL,
            purpose_korean TEXT NOT NULL,
            purpose_english TEXT NOT NULL,
            details TEXT NOT NULL,
            hash BLOB NOT NULL
        )
        """,
        "CREATE INDEX audit_record_subject ON audit_record (subject_kind, subject_id, sequence)",
        "CREATE INDEX audit_record_actor ON audit_record (actor_kind, actor_id, sequence)",
        """
        CREATE TABLE audit_day (
            day TEXT PRIMARY KEY,
            first_sequence BIGINT NOT NULL,
            last_sequence BIGINT NOT NULL,
            root BLOB NOT NULL
        )
        """,
        """
        CREATE TABLE audit_head (
            id BIGINT PRIMARY KEY CHECK (id = 1),
            sequence BIGINT NOT NULL,
            at BIGINT NOT NULL,
            hash BLOB NOT NULL,
            day TEXT NOT NULL,
            day_first_sequence BIGINT NOT NULL,
            day_subtrees BLOB NOT NULL
        )
        """,
    ]

    /// Guards against slips of a program; the hash chain guards against the rest.
    private static let auditGuardsSQLite: [SQL] = [
        """
        CREATE TRIGGER audit_record_no_update BEFORE UPDATE ON audit_record
        BEGIN SELECT RAISE(ABORT, 'audit_record is append-only'); END
        """,
        """
        CREATE TRIGGER audit_record_no_delete BEFORE DELETE ON audit_record
        BEGIN SELECT RAISE(ABORT, 'audit_record is append-only'); END
        """,
    ]

    private static let auditGuardsPostgres: [SQL] = [
        """
        CREATE FUNCTION audit_record_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'audit_record is append-only' USING ERRCODE = '23514'; END $$
        """,
        """
        CREATE TRIGGER audit_record_append_only BEFORE UPDATE OR DELETE ON audit_record
        FOR EACH ROW EXECUTE FUNCTION audit_record_is_append_only()
        """,
    ]

    private static let idempotency: [SQL] = [
        """
        CREATE TABLE idempotency (
            scope TEXT NOT NULL,
            key TEXT NOT NULL,
            request BLOB NOT NULL,
            response BLOB NOT NULL,
            created_at BIGINT NOT NULL,
            PRIMARY KEY (scope, key)
        )
        """,
        "CREATE INDEX idempotency_created ON idempotency (created_at)",
    ]
}
