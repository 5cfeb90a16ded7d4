import Store

extension MigrationSet {
    /// The tables of the assistant.
    ///
    /// A document is read into passages once, when it comes in; the search index is made from them.
    static let assistant = MigrationSet(
        component: "assistant",
        migrations: [
            Migration(
                number: 1,
                name: "knowledge and conversations",
                statements: [
                    """
                    CREATE TABLE assistant_document (
                        id TEXT PRIMARY KEY,
                        title TEXT NOT NULL,
                        kind TEXT NOT NULL,
                        status TEXT NOT NULL,
                        jurisdiction TEXT NOT NULL,
                        category TEXT NOT NULL,
                        audience TEXT NOT NULL,
                        organization_id TEXT NOT NULL,
                        department TEXT NOT NULL,
                        contact TEXT NOT NULL,
                        effective_from TEXT,
                        effective_until TEXT,
                        source TEXT NOT NULL,
                        attachments TEXT NOT NULL,
                        file_name TEXT NOT NULL,
                        digest TEXT NOT NULL,
                        created_by TEXT NOT NULL,
                        created_at BIGINT NOT NULL,
                        updated_at BIGINT NOT NULL
                    )
                    """,
                    """
                    CREATE INDEX assistant_document_status ON assistant_document (status, title)
                    """,
                    """
                    CREATE TABLE assistant_passage (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        document_id TEXT NOT NULL REFERENCES assistant_document (id),
                        number BIGINT NOT NULL,
                        heading TEXT NOT NULL,
                        locator TEXT NOT NULL,
                        body TEXT NOT NULL
                    )
                    """,
                    """
                    CREATE UNIQUE INDEX assistant_passage_place
                    ON assistant_passage (document_id, number)
                    """,
                    """
                    CREATE TABLE assistant_conversation (
                        id TEXT PRIMARY KEY,
                        account_id TEXT NOT NULL,
                        title TEXT NOT NULL,
                        started_at BIGINT NOT NULL,
                        updated_at BIGINT NOT NULL
                    )
                    """,
                    """
                    CREATE INDEX assistant_conversation_account
                    ON assistant_conversation (account_id, updated_at)
                    """,
                    """
                    CREATE TABLE assistant_message (
                        id TEXT PRIMARY KEY,
                        conversation_id TEXT NOT NULL REFERENCES assistant_conversation (id),
                        number BIGINT NOT NULL,
                        author TEXT NOT NULL,
                        text TEXT NOT NULL,
                        answer TEXT,
                        created_at BIGINT NOT NULL,
                        is_helpful BIGINT
                    )
                    """,
                    """
                    CREATE UNIQUE INDEX assistant_message_place
                    ON assistant_message (conversation_id, number)
                    """,
                    "CREATE INDEX assistant_message_time ON assistant_message (created_at)",
                    """
                    CREATE TABLE assistant_hand_over (
                        id TEXT PRIMARY KEY,
                        conversation_id TEXT NOT NULL REFERENCES assistant_conversation (id),
                        message_id TEXT NOT NULL UNIQUE,
                        account_id TEXT NOT NULL,
                        organization_id TEXT NOT NULL,
                        question TEXT NOT NULL,
                        state TEXT NOT NULL,
                        created_at BIGINT NOT NULL,
                        due_at BIGINT NOT NULL,
                        answered_by TEXT,
                        answered_at BIGINT,
                        reply TEXT,
                        document_id TEXT
                    )
                    """,
                    """
                    CREATE INDEX assistant_hand_over_queue
                    ON assistant_hand_over (organization_id, state, due_at)
                    """,
                    """
                    CREATE TABLE assistant_synonyms (
                        id BIGINT PRIMARY KEY,
                        text TEXT NOT NULL,
                        updated_by TEXT NOT NULL,
                        updated_at BIGINT NOT NULL
                    )
                    """,
                ]
            ),
            Migration(
                number: 2,
                name: "synonyms move to the whole city",
                statements: [
                    """
                    INSERT INTO hosting_synonyms (id, version, text, updated_by, updated_at)
                    SELECT id, 1, text, updated_by, updated_at FROM assistant_synonyms
                    """,
                    "DROP TABLE assistant_synonyms",
                ]
            ),
            .departmentBots,
        ]
    )
}
