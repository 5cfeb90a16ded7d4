import Store

extension MigrationSet {
    /// The tables of applications.
    static let cases = MigrationSet(
        component: "cases",
        migrations: [procedures, applications, parts, afterwards] + desk + [
            .wallet(number: 9), texts,
        ]
    )

    private static let procedures = Migration(
        number: 1,
        name: "procedures, rounds, receipt numbers, holidays",
        statements: [
            """
            CREATE TABLE case_procedure (
                id TEXT PRIMARY KEY,
                organization_id TEXT NOT NULL,
                description TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE case_round (
                id TEXT PRIMARY KEY,
                procedure_id TEXT NOT NULL REFERENCES case_procedure (id),
                title TEXT NOT NULL,
                opens TEXT NOT NULL,
                closes TEXT NOT NULL,
                places BIGINT,
                state TEXT NOT NULL
            )
            """,
            "CREATE INDEX case_round_procedure ON case_round (procedure_id, opens)",
            """
            CREATE TABLE case_receipt_number (
                prefix TEXT NOT NULL,
                year BIGINT NOT NULL,
                last BIGINT NOT NULL,
                PRIMARY KEY (prefix, year)
            )
            """,
            "CREATE TABLE case_holiday (day TEXT PRIMARY KEY, title TEXT NOT NULL)",
        ]
    )

    private static let applications = Migration(
        number: 2,
        name: "applications and their timeline",
        statements: [
            """
            CREATE TABLE case_record (
                id TEXT PRIMARY KEY,
                receipt TEXT NOT NULL,
                procedure_id TEXT NOT NULL REFERENCES case_procedure (id),
                organization_id TEXT NOT NULL,
                round_id TEXT REFERENCES case_round (id),
                account_id TEXT NOT NULL,
                applicant_name TEXT NOT NULL,
                applicant TEXT NOT NULL,
                proxy_account_id TEXT,
                proxy TEXT,
                answers TEXT NOT NULL,
                verdict TEXT,
                state TEXT NOT NULL,
                version BIGINT NOT NULL,
                assignee_id TEXT,
                reviewer_ids TEXT NOT NULL,
                proposal TEXT,
                decision TEXT,
                correction TEXT,
                due_on TEXT,
                submitted_at BIGINT,
                decided_at BIGINT,
                erased_at BIGINT,
                is_sample BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX case_record_account ON case_record (account_id, updated_at)",
            "CREATE INDEX case_record_proxy ON case_record (proxy_account_id, updated_at)",
            """
            CREATE INDEX case_record_queue
            ON case_record (organization_id, state, due_on, submitted_at)
            """,
            "CREATE INDEX case_record_round ON case_record (round_id, state)",
            "CREATE UNIQUE INDEX case_record_receipt ON case_record (receipt) WHERE receipt <> ''",
            "CREATE INDEX case_record_retention ON case_record (erased_at, state, updated_at)",
            """
            CREATE TABLE case_event (
                case_id TEXT NOT NULL REFERENCES case_record (id),
                number BIGINT NOT NULL,
                kind TEXT NOT NULL,
                title TEXT NOT NULL,
                note TEXT NOT NULL,
                is_public BIGINT NOT NULL,
                actor_id TEXT NOT NULL,
                actor_name TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (case_id, number)
            )
            """,
        ]
    )

    private static let parts = Migration(
        number: 3,
        name: "documents and consents",
        statements: [
            """
            CREATE TABLE case_document (
                id TEXT PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES case_record (id),
                requirement TEXT NOT NULL,
                file_name TEXT NOT NULL,
                media_type TEXT NOT NULL,
                byte_count BIGINT NOT NULL,
                digest TEXT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX case_document_case ON case_document (case_id, requirement, created_at)",
            "CREATE INDEX case_document_digest ON case_document (digest)",
            """
            CREATE TABLE case_consent (
                id TEXT PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES case_record (id),
                kind TEXT NOT NULL,
                account_id TEXT NOT NULL,
                given_at BIGINT NOT NULL,
                withdrawn_at BIGINT
            )
            """,
            "CREATE INDEX case_consent_case ON case_consent (case_id, kind, given_at)",
        ]
    )

    private static let afterwards = Migration(
        number: 4,
        name: "appeals and claims",
        statements: [
            """
            CREATE TABLE case_appeal (
                id TEXT PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES case_record (id),
                reason TEXT NOT NULL,
                made_at BIGINT NOT NULL,
                outcome TEXT,
                answer TEXT NOT NULL,
                answered_at BIGINT
            )
            """,
            "CREATE INDEX case_appeal_case ON case_appeal (case_id, made_at)",
            """
            CREATE TABLE case_claim (
                id TEXT PRIMARY KEY,
                case_id TEXT NOT NULL REFERENCES case_record (id),
                amount BIGINT NOT NULL,
                note TEXT NOT NULL,
                made_at BIGINT NOT NULL,
                returned TEXT NOT NULL
            )
            """,
            "CREATE INDEX case_claim_case ON case_claim (case_id, made_at)",
        ]
    )
}
