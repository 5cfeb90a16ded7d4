import Store

extension MigrationSet {
    /// The tables of the room: who may look, what was shown, the ledger.
    ///
    /// The footage itself is in none of them.
    static let footage = MigrationSet(component: "footage", migrations: [.cameras, .footage])
}

extension Migration {
    fileprivate static let footage = Migration(
        number: 2,
        name: "footage",
        statements: [
            """
            CREATE TABLE footage_warrant (
                id TEXT PRIMARY KEY,
                case_kind TEXT NOT NULL,
                case_id TEXT NOT NULL,
                case_number TEXT NOT NULL,
                holder_id TEXT NOT NULL,
                role TEXT NOT NULL,
                organization_id TEXT NOT NULL,
                purpose TEXT NOT NULL,
                basis TEXT NOT NULL,
                cameras TEXT,
                starts_at BIGINT NOT NULL,
                ends_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                requested_by TEXT NOT NULL,
                approved_by TEXT NOT NULL,
                issued_at BIGINT NOT NULL,
                revoked_at BIGINT
            )
            """,
            "CREATE INDEX footage_warrant_case ON footage_warrant (case_id)",
            """
            CREATE TABLE footage_shown (
                case_id TEXT NOT NULL,
                token TEXT NOT NULL,
                sighting TEXT NOT NULL,
                shown_at BIGINT NOT NULL,
                PRIMARY KEY (case_id, token)
            )
            """,
            """
            CREATE TABLE footage_unmask (
                case_id TEXT NOT NULL,
                token TEXT NOT NULL,
                account_id TEXT NOT NULL,
                ends_at BIGINT NOT NULL,
                PRIMARY KEY (case_id, token, account_id)
            )
            """,
            """
            CREATE TABLE footage_watch (
                warrant_id TEXT PRIMARY KEY REFERENCES footage_warrant (id),
                case_id TEXT NOT NULL,
                sealed BLOB NOT NULL
            )
            """,
            """
            CREATE TABLE footage_watch_pause (
                warrant_id TEXT NOT NULL,
                camera BIGINT NOT NULL,
                until BIGINT NOT NULL,
                PRIMARY KEY (warrant_id, camera)
            )
            """,
            """
            CREATE TABLE footage_ledger (
                number BIGINT PRIMARY KEY,
                kind TEXT NOT NULL,
                at BIGINT NOT NULL,
                case_number TEXT NOT NULL,
                actor_id TEXT NOT NULL,
                actor_name TEXT NOT NULL,
                recipient TEXT NOT NULL,
                purpose TEXT NOT NULL,
                basis TEXT NOT NULL,
                form TEXT NOT NULL,
                item_count BIGINT NOT NULL
            )
            """,
            "CREATE INDEX footage_ledger_kind ON footage_ledger (kind, number)",
            """
            CREATE TABLE footage_purged_day (
                day TEXT PRIMARY KEY,
                purged_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE footage_closed_case (
                case_id TEXT PRIMARY KEY,
                closed_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE footage_request (
                id TEXT PRIMARY KEY,
                number TEXT NOT NULL UNIQUE,
                account_id TEXT NOT NULL,
                camera BIGINT NOT NULL,
                starts_at BIGINT NOT NULL,
                minutes BIGINT NOT NULL,
                clothes TEXT NOT NULL,
                reason TEXT NOT NULL,
                state TEXT NOT NULL,
                reply TEXT NOT NULL,
                due_on TEXT NOT NULL,
                decided_by TEXT,
                decided_at BIGINT,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX footage_request_account ON footage_request (account_id, created_at)",
            """
            CREATE TABLE footage_reply (
                request_id TEXT NOT NULL REFERENCES footage_request (id),
                number BIGINT NOT NULL,
                sealed BLOB NOT NULL,
                PRIMARY KEY (request_id, number)
            )
            """,
            "CREATE TABLE footage_clock (id BIGINT PRIMARY KEY, latest BIGINT NOT NULL)",
        ]
    )
}
