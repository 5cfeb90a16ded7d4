internal import Crypto

/// One numbered change of the schema.
public struct Migration: Sendable {
    /// The number within its component, from 1 without gaps.
    public let number: Int
    /// What it does, in a few words.
    public let name: String
    /// Statements that both engines run, one statement each.
    public let statements: [SQL]
    /// Further statements for SQLite only: triggers, full-text tables.
    public let sqlite: [SQL]
    /// Further statements for PostgreSQL only.
    public let postgres: [SQL]

    /// Creates a change of the schema.
    ///
    /// The statements shared by both engines run first.
    public init(
        number: Int,
        name: String,
        statements: [SQL],
        sqlite: [SQL] = [],
        postgres: [SQL] = []
    ) {
        self.number = number
        self.name = name
        self.statements = statements
        self.sqlite = sqlite
        self.postgres = postgres
    }

    /// SHA-256 of the texts, so that a change of an applied migration shows; spaces do not count.
    var checksum: [UInt8] {
        var hash = SHA256()
        for (part, list) in [statements, sqlite, postgres].enumerated() {
            for statement in list {
                let words = statement.text.split(whereSeparator: \.isWhitespace)
                hash.update(data: Array("\(part) \(words.joined(separator: " "))\0".utf8))
            }
        }
        return Array(hash.finalize())
    }
}

/// The numbered changes of one component: the platform, a service.
public struct MigrationSet: Sendable {
    /// The component's name, which must never change.
    public let component: String
    /// Its changes, in order.
    public let migrations: [Migration]

    /// Creates the changes of a component.
    public init(component: String, migrations: [Migration]) {
        self.component = component
        self.migrations = migrations
    }
}

/// A migration as the store remembers it.
public struct AppliedMigration: Codable, Sendable, Hashable {
    /// The component.
    public let component: String
    /// The number within the component.
    public let number: Int
    /// What it did.
    public let name: String
    /// SHA-256 of its statements, in hexadecimal.
    public let checksum: String
}

/// Applies what is missing, after it has checked everything that is there.
struct Migrator: Sendable {
    let sets: [MigrationSet]

    init(_ sets: [MigrationSet]) throws {
        var seen: Set<String> = []
        for set in sets {
            guard seen.insert(set.component).inserted else {
                throw StoreError(.statement, context: "two migration sets named \(set.component)")
            }
            guard set.migrations.map(\.number) == Array(1..<(set.migrations.count + 1)) else {
                throw StoreError(
                    .statement,
                    context: "migrations of \(set.component) are not numbered 1, 2, 3 without gaps"
                )
            }
        }
        self.sets = sets
    }

    static func applied(_ db: ReadTransaction) throws -> [AppliedMigration] {
        try db.rows(
            """
            SELECT component, number, name, checksum FROM store_migration
            ORDER BY component, number
            """,
            as: AppliedMigration.self
        )
    }

    /// Compares what a store remembers with what the program brings.
    ///
    /// - Returns: The components that the program does not know; a service may have been taken out.
    @discardableResult
    func check(_ applied: [AppliedMigration]) throws -> Set<String> {
        var unknown: Set<String> = []
        for record in applied {
            guard let set = sets.first(where: { $0.component == record.component }) else {
                unknown.insert(record.component)
                continue
            }
            let label = "\(record.component) \(record.number) \(record.name)"
            guard record.number <= set.migrations.count else {
                throw StoreError(
                    .newerSchema,
                    context: "\(label); the program ends at \(set.migrations.count)"
                )
            }
            guard Hex.encode(set.migrations[record.number - 1].checksum) == record.checksum else {
                throw StoreError(.changedMigration, context: label)
            }
        }
        return unknown
    }

    /// What is still to be applied, up to a number per component where one is given.
    ///
    /// - Throws: `StoreError` with code `.newerSchema` or `.changedMigration`.
    func missing(
        _ applied: [AppliedMigration],
        upTo limits: [String: Int]?
    ) throws -> [(component: String, migration: Migration)] {
        try check(applied)
        return sets.flatMap { set in
            let done = applied.filter { $0.component == set.component }.count
            let limit = limits.map { $0[set.component] ?? 0 } ?? set.migrations.count
            return set.migrations.filter { $0.number > done && $0.number <= limit }
                .map { (set.component, $0) }
        }
    }

    func apply(_ migration: Migration, of component: String, _ tx: WriteTransaction) throws {
        let own = tx.engine == .sqlite ? migration.sqlite : migration.postgres
        for statement in migration.statements {
            try tx.run(SchemaDialect.translated(statement, for: tx.engine))
        }
        for statement in own { try tx.run(statement) }
        try tx.run(
            """
            INSERT INTO store_migration (component, number, name, checksum, applied_at)
            VALUES (\(component), \(migration.number), \(migration.name),
                \(Hex.encode(migration.checksum)), \(tx.now))
            """
        )
    }

    static let table: SQL = """
        CREATE TABLE IF NOT EXISTS store_migration (
            component TEXT NOT NULL,
            number BIGINT NOT NULL,
            name TEXT NOT NULL,
            checksum TEXT NOT NULL,
            applied_at BIGINT NOT NULL,
            PRIMARY KEY (component, number)
        )
        """
}

/// Hexadecimal digits, lower case.
enum Hex {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
