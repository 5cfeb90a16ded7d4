import Store

extension MigrationSet {
    /// The tables of the service.
    static let missingPersons = MigrationSet(
        component: "missingPersons",
        migrations: [
            Migration(
                number: 1,
                name: "missing persons",
                statements: [
                    """
                    CREATE TABLE missing_case (
                        id TEXT PRIMARY KEY,
                        number TEXT NOT NULL UNIQUE,
                        organization_id TEXT NOT NULL,
                        kind TEXT NOT NULL,
                        report_number TEXT NOT NULL,
                        requester TEXT NOT NULL,
                        basis TEXT NOT NULL,
                        state TEXT NOT NULL,
                        cameras TEXT,
                        starts_at BIGINT NOT NULL,
                        expires_at BIGINT NOT NULL,
                        requested_by TEXT NOT NULL,
                        decided_by TEXT,
                        decision_note TEXT NOT NULL,
                        outcome TEXT,
                        person BLOB,
                        erasure TEXT,
                        is_sample BIGINT NOT NULL,
                        created_at BIGINT NOT NULL,
                        decided_at BIGINT,
                        closed_at BIGINT,
                        version BIGINT NOT NULL
                    )
                    """,
                    """
                    CREATE INDEX missing_case_order
                    ON missing_case (organization_id, state, created_at)
                    """,
                    """
                    CREATE TABLE missing_photo (
                        case_id TEXT NOT NULL REFERENCES missing_case (id),
                        number BIGINT NOT NULL,
                        width BIGINT NOT NULL,
                        height BIGINT NOT NULL,
                        picture BLOB NOT NULL,
                        look BLOB,
                        created_at BIGINT NOT NULL,
                        PRIMARY KEY (case_id, number)
                    )
                    """,
                    """
                    CREATE TABLE missing_mark (
                        case_id TEXT NOT NULL REFERENCES missing_case (id),
                        token TEXT NOT NULL,
                        verdict TEXT NOT NULL,
                        camera BIGINT NOT NULL,
                        seen_at BIGINT NOT NULL,
                        marked_by TEXT NOT NULL,
                        marked_at BIGINT NOT NULL,
                        PRIMARY KEY (case_id, token)
                    )
                    """,
                    """
                    CREATE TABLE missing_live (
                        case_id TEXT NOT NULL REFERENCES missing_case (id),
                        token TEXT NOT NULL,
                        camera BIGINT NOT NULL,
                        seen_at BIGINT NOT NULL,
                        score DOUBLE PRECISION NOT NULL,
                        PRIMARY KEY (case_id, token)
                    )
                    """,
                    """
                    CREATE TABLE missing_packet (
                        case_id TEXT NOT NULL REFERENCES missing_case (id),
                        number BIGINT NOT NULL,
                        recipient TEXT NOT NULL,
                        sighting_count BIGINT NOT NULL,
                        root TEXT NOT NULL,
                        given_by TEXT NOT NULL,
                        given_at BIGINT NOT NULL,
                        PRIMARY KEY (case_id, number)
                    )
                    """,
                ]
            )
        ]
    )
}
