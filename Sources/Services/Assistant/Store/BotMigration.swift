import Store

extension Migration {
    /// Bots, the queues of departments, and what colleagues need to answer from them.
    static let departmentBots = Migration(
        number: 3,
        name: "department bots and queues",
        statements: [
            """
            CREATE TABLE assistant_bot (
                id TEXT PRIMARY KEY,
                organization_id TEXT NOT NULL,
                status TEXT NOT NULL,
                content TEXT NOT NULL,
                published TEXT,
                version BIGINT NOT NULL,
                created_by TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                updated_by TEXT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX assistant_bot_organization ON assistant_bot (organization_id, updated_at)",
            "ALTER TABLE assistant_conversation ADD COLUMN bot_id TEXT",
            """
            ALTER TABLE assistant_conversation ADD COLUMN organization_id TEXT NOT NULL DEFAULT ''
            """,
            """
            CREATE INDEX assistant_hand_over_time ON assistant_hand_over (created_at)
            """,
            "ALTER TABLE assistant_hand_over ADD COLUMN bot_id TEXT",
            "ALTER TABLE assistant_hand_over ADD COLUMN department TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE assistant_hand_over ADD COLUMN assigned_to TEXT",
            """
            CREATE TABLE assistant_hand_over_step (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                hand_over_id TEXT NOT NULL REFERENCES assistant_hand_over (id),
                kind TEXT NOT NULL,
                made_by TEXT NOT NULL,
                made_at BIGINT NOT NULL,
                department TEXT NOT NULL,
                note TEXT NOT NULL
            )
            """,
            """
            CREATE INDEX assistant_hand_over_step_order
            ON assistant_hand_over_step (hand_over_id, id)
            """,
            """
            CREATE TABLE assistant_reply_template (
                id TEXT PRIMARY KEY,
                organization_id TEXT NOT NULL,
                title TEXT NOT NULL,
                text TEXT NOT NULL,
                updated_by TEXT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            """
            CREATE INDEX assistant_reply_template_organization
            ON assistant_reply_template (organization_id, title)
            """,
        ]
    )
}
