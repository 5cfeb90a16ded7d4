import Store

extension Migration {
    /// The tables of the wallet, the last of the room's.
    static func wallet(number: Int) -> Migration {
        Migration(
            number: number,
            name: "wallet of documents",
            statements: [
                """
                CREATE TABLE case_wallet_document (
                    id TEXT PRIMARY KEY,
                    account_id TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    title TEXT NOT NULL,
                    file_name TEXT NOT NULL,
                    media_type TEXT NOT NULL,
                    byte_count BIGINT NOT NULL,
                    digest TEXT NOT NULL,
                    issued_on TEXT NOT NULL,
                    created_at BIGINT NOT NULL
                )
                """,
                """
                CREATE INDEX case_wallet_document_account
                ON case_wallet_document (account_id, created_at)
                """,
                """
                CREATE TABLE case_wallet_use (
                    id TEXT PRIMARY KEY,
                    document_id TEXT NOT NULL,
                    title TEXT NOT NULL,
                    account_id TEXT NOT NULL,
                    case_id TEXT NOT NULL,
                    requirement TEXT NOT NULL,
                    consented_at BIGINT NOT NULL
                )
                """,
                """
                CREATE INDEX case_wallet_use_account ON case_wallet_use (account_id, consented_at)
                """,
            ]
        )
    }
}
