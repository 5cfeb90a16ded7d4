import Basics
import Identity
import Store

/// What the city remembers of itself.
enum CityState {
    static let migrations = MigrationSet(
        component: "hosting",
        migrations: [
            Migration(
                number: 1,
                name: "state of the city",
                statements: [
                    "CREATE TABLE city_state (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
                ]
            ),
            Migration(
                number: 2,
                name: "checks of backups",
                statements: [
                    """
                    CREATE TABLE hosting_backup_check (
                        name TEXT PRIMARY KEY,
                        checked_at BIGINT NOT NULL,
                        fault TEXT
                    )
                    """
                ]
            ),
            Migration(
                number: 3,
                name: "synonyms of every search",
                statements: [
                    """
                    CREATE TABLE hosting_synonyms (
                        id BIGINT PRIMARY KEY,
                        version BIGINT NOT NULL,
                        text TEXT NOT NULL,
                        updated_by TEXT NOT NULL,
                        updated_at BIGINT NOT NULL
                    )
                    """
                ]
            ),
        ]
    )

    static func isSample(in store: Store) async throws -> Bool {
        try await store.read { db in
            try db.value("SELECT value FROM city_state WHERE name = 'sample'", as: String.self)
                != nil
        }
    }

    /// Whether nobody has used the store yet: no account and no state.
    static func isEmpty(_ store: Store) async throws -> Bool {
        try await store.read { db in
            let accounts = try db.value("SELECT count(*) FROM identity_account", as: Int.self) ?? 0
            let states = try db.value("SELECT count(*) FROM city_state", as: Int.self) ?? 0
            return accounts == 0 && states == 0
        }
    }

    /// Whether a crash cut the making of the sample short.
    static func isSampleUnfinished(in store: Store) async throws -> Bool {
        try await store.read { db in
            try db.value("SELECT value FROM city_state WHERE name = 'sample'", as: String.self)
                == unfinished
        }
    }

    static func beginSample(in store: Store) async throws {
        try await mark(sample: unfinished, in: store)
    }

    static func finishSample(in store: Store) async throws {
        try await mark(sample: "2023", in: store)
    }

    private static let unfinished = "unfinished"

    private static func mark(sample: String, in store: Store) async throws {
        _ = try await store.write { tx in
            try tx.run(
                """
                INSERT INTO city_state (name, value) VALUES ('sample', \(sample))
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """
            )
        }
    }
}

extension City {
    /// Makes the first administrator of an empty city; nothing where there is one.
    func firstAdministrator() async throws -> HandedAccount? {
        try await platform.identity.accounts.createFirstAdministrator()
    }
}
