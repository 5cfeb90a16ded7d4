public import Store

extension IdentityServices {
    /// The tables of identity.
    public static let migrations = MigrationSet(
        component: "identity",
        migrations: [
            Migration(
                number: 1,
                name: "accounts, sessions and factors",
                statements: accountTables + factorTables + sessionTables
            ),
            Migration(
                number: 2,
                name: "linking a provider to an account",
                statements: [
                    "ALTER TABLE identity_oidc_attempt ADD COLUMN link_account_id TEXT"
                ]
            ),
            Migration(
                number: 3,
                name: "the department of an account",
                statements: ["ALTER TABLE identity_account ADD COLUMN department TEXT"]
            ),
            Migration(number: 4, name: "personal access keys", statements: keyTables),
        ]
    )

    private static let accountTables: [SQL] = [
        """
        CREATE TABLE identity_account (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            login_name TEXT NOT NULL UNIQUE,
            display_name TEXT NOT NULL,
            email TEXT,
            telephone TEXT,
            organization TEXT,
            state TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            last_sign_in_at BIGINT
        )
        """,
        """
        CREATE TABLE identity_grant (
            account_id TEXT NOT NULL REFERENCES identity_account (id),
            role TEXT NOT NULL,
            organization TEXT NOT NULL,
            service TEXT NOT NULL,
            source TEXT NOT NULL,
            PRIMARY KEY (account_id, role, organization, service)
        )
        """,
        "CREATE INDEX identity_grant_role ON identity_grant (role, organization)",
        """
        CREATE TABLE identity_external (
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            account_id TEXT NOT NULL REFERENCES identity_account (id),
            linked_at BIGINT NOT NULL,
            PRIMARY KEY (issuer, subject)
        )
        """,
    ]

    private static let factorTables: [SQL] = [
        """
        CREATE TABLE identity_password (
            account_id TEXT NOT NULL PRIMARY KEY REFERENCES identity_account (id),
            hash TEXT NOT NULL,
            changed_at BIGINT NOT NULL,
            must_change BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE identity_one_time_code (
            account_id TEXT NOT NULL PRIMARY KEY REFERENCES identity_account (id),
            sealed_secret BLOB NOT NULL,
            confirmed_at BIGINT,
            last_used_step BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE identity_recovery_code (
            account_id TEXT NOT NULL REFERENCES identity_account (id),
            code_hash BLOB NOT NULL,
            used_at BIGINT,
            PRIMARY KEY (account_id, code_hash)
        )
        """,
    ]

    private static let keyTables: [SQL] = [
        """
        CREATE TABLE identity_access_key (
            id TEXT NOT NULL PRIMARY KEY,
            key_hash BLOB NOT NULL UNIQUE,
            account_id TEXT NOT NULL REFERENCES identity_account (id),
            name TEXT NOT NULL,
            purposes TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            last_used_at BIGINT
        )
        """,
        "CREATE INDEX identity_access_key_account ON identity_access_key (account_id)",
    ]

    private static let sessionTables: [SQL] = [
        """
        CREATE TABLE identity_session (
            id TEXT NOT NULL PRIMARY KEY,
            token_hash BLOB NOT NULL UNIQUE,
            account_id TEXT NOT NULL REFERENCES identity_account (id),
            assurance TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            last_seen_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            address TEXT NOT NULL,
            agent TEXT NOT NULL
        )
        """,
        "CREATE INDEX identity_session_account ON identity_session (account_id)",
        "CREATE INDEX identity_session_expiry ON identity_session (expires_at)",
        """
        CREATE TABLE identity_oidc_attempt (
            state_hash BLOB NOT NULL PRIMARY KEY,
            nonce TEXT NOT NULL,
            verifier TEXT NOT NULL,
            return_path TEXT NOT NULL,
            expires_at BIGINT NOT NULL
        )
        """,
    ]
}
