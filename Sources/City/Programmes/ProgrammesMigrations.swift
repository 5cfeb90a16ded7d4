public import Store

extension MigrationSet {
    /// The tables of programmes and answers.
    public static let programmes = MigrationSet(
        component: "programmes",
        migrations: [
            Migration(
                number: 1,
                name: "answers, consents, offers",
                statements: [
                    """
                    CREATE TABLE programmes_answers (
                        owner TEXT PRIMARY KEY,
                        answers TEXT NOT NULL,
                        updated_at BIGINT NOT NULL,
                        expires_at BIGINT NOT NULL
                    )
                    """,
                    "CREATE INDEX programmes_answers_expiry ON programmes_answers (expires_at)",
                    """
                    CREATE TABLE programmes_consent (
                        id TEXT PRIMARY KEY,
                        account_id TEXT NOT NULL,
                        kind TEXT NOT NULL,
                        text TEXT NOT NULL,
                        given_at BIGINT NOT NULL,
                        withdrawn_at BIGINT
                    )
                    """,
                    """
                    CREATE INDEX programmes_consent_account
                    ON programmes_consent (account_id, kind, given_at)
                    """,
                    """
                    CREATE TABLE programmes_offer (
                        programme TEXT PRIMARY KEY,
                        link TEXT NOT NULL,
                        opens TEXT,
                        closes TEXT
                    )
                    """,
                ]
            ),
            Migration(
                number: 2,
                name: "last verdicts and what changed",
                statements: [
                    """
                    CREATE TABLE programmes_verdict (
                        account_id TEXT NOT NULL,
                        programme TEXT NOT NULL,
                        verdict TEXT NOT NULL,
                        is_open BIGINT NOT NULL,
                        PRIMARY KEY (account_id, programme)
                    )
                    """,
                    """
                    CREATE TABLE programmes_change (
                        id TEXT PRIMARY KEY,
                        account_id TEXT NOT NULL,
                        programme TEXT NOT NULL,
                        kind TEXT NOT NULL,
                        day TEXT,
                        at BIGINT NOT NULL
                    )
                    """,
                    """
                    CREATE INDEX programmes_change_account ON programmes_change (account_id, at)
                    """,
                ]
            ),
            .listings,
        ]
    )
}
