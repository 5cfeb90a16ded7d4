import Store

extension MigrationSet {
    /// The tables of the officers' side of the room.
    static let desk: [Migration] = [
        payments, selections, letters, settings,
    ]

    /// The ledger is kept by the database too: what was written is neither changed nor removed.
    private static let payments = Migration(
        number: 5,
        name: "payments",
        statements: [
            """
            CREATE TABLE case_payment (
                case_id TEXT NOT NULL,
                number BIGINT NOT NULL,
                kind TEXT NOT NULL,
                amount BIGINT NOT NULL,
                concerns BIGINT,
                reference TEXT UNIQUE,
                reason TEXT NOT NULL,
                day TEXT NOT NULL,
                actor_id TEXT NOT NULL,
                actor_name TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (case_id, number)
            )
            """,
            """
            CREATE TABLE case_settlement (
                id TEXT PRIMARY KEY,
                account_id TEXT NOT NULL,
                file_name TEXT NOT NULL,
                digest TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                taken_count BIGINT
            )
            """,
        ],
        sqlite: [
            """
            CREATE TRIGGER case_payment_no_update BEFORE UPDATE ON case_payment
            BEGIN SELECT RAISE(ABORT, 'case_payment is append only'); END
            """,
            """
            CREATE TRIGGER case_payment_no_delete BEFORE DELETE ON case_payment
            BEGIN SELECT RAISE(ABORT, 'case_payment is append only'); END
            """,
        ],
        postgres: [
            """
            CREATE FUNCTION case_payment_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'case_payment is append only'; END $$
            """,
            """
            CREATE TRIGGER case_payment_append_only BEFORE UPDATE OR DELETE ON case_payment
            FOR EACH ROW EXECUTE FUNCTION case_payment_append_only()
            """,
        ]
    )

    private static let selections = Migration(
        number: 6,
        name: "selections and draws",
        statements: [
            """
            CREATE TABLE case_draw (
                id TEXT PRIMARY KEY,
                round_id TEXT NOT NULL,
                procedure_id TEXT NOT NULL,
                organization_id TEXT NOT NULL,
                title TEXT NOT NULL,
                state TEXT NOT NULL,
                strata TEXT NOT NULL,
                inputs TEXT NOT NULL,
                officials TEXT NOT NULL,
                entrants TEXT NOT NULL,
                committed_digest TEXT,
                commitment_hash TEXT,
                merkle_root TEXT,
                completed_digest TEXT,
                created_at BIGINT NOT NULL,
                committed_at BIGINT,
                completed_at BIGINT
            )
            """,
            "CREATE INDEX case_draw_round ON case_draw (round_id)",
            """
            CREATE TABLE case_selection (
                round_id TEXT NOT NULL,
                case_id TEXT NOT NULL,
                stratum TEXT NOT NULL,
                outcome TEXT NOT NULL,
                place BIGINT NOT NULL,
                decided_at BIGINT NOT NULL,
                PRIMARY KEY (round_id, case_id)
            )
            """,
            """
            CREATE INDEX case_selection_place
            ON case_selection (round_id, stratum, outcome, place)
            """,
        ]
    )

    private static let letters = Migration(
        number: 7,
        name: "letters",
        statements: [
            """
            CREATE TABLE case_letter (
                case_id TEXT NOT NULL,
                number BIGINT NOT NULL,
                kind TEXT NOT NULL,
                content TEXT NOT NULL,
                pdf_digest TEXT,
                created_at BIGINT NOT NULL,
                PRIMARY KEY (case_id, number)
            )
            """
        ]
    )

    private static let settings = Migration(
        number: 8,
        name: "what officers changed of procedures",
        statements: [
            """
            CREATE TABLE case_procedure_change (
                procedure_id TEXT NOT NULL,
                number BIGINT NOT NULL,
                summary TEXT NOT NULL,
                actor_id TEXT NOT NULL,
                actor_name TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (procedure_id, number)
            )
            """
        ]
    )

    /// The texts of procedures, each version of each.
    static let texts = Migration(
        number: 10,
        name: "versions of the texts of procedures",
        statements: [
            """
            CREATE TABLE case_text_version (
                procedure_id TEXT NOT NULL,
                number BIGINT NOT NULL,
                name TEXT NOT NULL,
                text TEXT,
                state TEXT NOT NULL,
                actor_id TEXT NOT NULL,
                actor_name TEXT NOT NULL,
                at BIGINT NOT NULL,
                decider_name TEXT NOT NULL,
                decided_at BIGINT,
                PRIMARY KEY (procedure_id, number)
            )
            """,
            "CREATE INDEX case_text_version_name ON case_text_version (procedure_id, name, number)",
        ]
    )
}
