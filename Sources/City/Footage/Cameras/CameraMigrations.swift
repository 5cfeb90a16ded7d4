import Store

extension Migration {
    /// The numbers under which cameras are watched, and where their pictures come from.
    static let cameras = Migration(
        number: 1,
        name: "cameras",
        statements: [
            """
            CREATE TABLE footage_camera (
                number BIGINT PRIMARY KEY,
                asset_id TEXT NOT NULL UNIQUE REFERENCES city_asset (id),
                stream BLOB,
                created_at BIGINT NOT NULL
            )
            """
        ]
    )
}
