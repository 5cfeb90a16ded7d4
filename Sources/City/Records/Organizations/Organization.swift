public import Basics
public import Store

/// An organization of the city: the city itself, a district or an agency it funds.
public struct Organization: Sendable, Hashable, Codable {
    /// The kinds of organization.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The city's own bureaus (시).
        case city
        /// A district (자치구).
        case district
        /// An agency the city invests in or funds (투자·출연기관).
        case invested
    }

    /// The identifier: `11000` the city, `11350` a district.
    public var id: String
    /// The kind.
    public var kind: Kind
    /// The Korean name.
    public var name: String
    /// The English name.
    public var nameEnglish: String

    /// The name in both languages.
    public var title: Bilingual { Bilingual(name, nameEnglish) }

    /// Creates an organization.
    public init(id: String, kind: Kind, name: String, nameEnglish: String) {
        self.id = id
        self.kind = kind
        self.name = name
        self.nameEnglish = nameEnglish
    }
}

/// The organizations of the city as the store keeps them.
public enum Organizations {
    /// The most organizations a city has here; lists are never longer.
    public static let maximumCount = 2000

    static let columns: SQL = "id, kind, name, name_english"

    /// Every organization, the city first, then districts by code, then agencies by name.
    public static func all(in db: ReadTransaction) throws -> [Organization] {
        try db.rows(
            """
            SELECT \(columns) FROM city_organization
            ORDER BY CASE kind WHEN 'city' THEN 0 WHEN 'district' THEN 1 ELSE 2 END,
                CASE kind WHEN 'district' THEN id ELSE name END, id
            LIMIT \(maximumCount)
            """,
            as: Organization.self
        )
    }

    /// One organization, or nothing.
    public static func find(_ id: String, in db: ReadTransaction) throws -> Organization? {
        try db.first(
            "SELECT \(columns) FROM city_organization WHERE id = \(id)",
            as: Organization.self
        )
    }

    /// Adds an organization or corrects its names.
    public static func save(_ organization: Organization, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO city_organization (id, kind, name, name_english)
            VALUES (\(organization.id), \(organization.kind), \(organization.name),
                \(organization.nameEnglish))
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name,
                name_english = excluded.name_english
            """
        )
        try RecordTable.organizations.markChanged(in: tx)
        // The staff directory is found by the names of organizations too.
        try RecordTable.people.markChanged(in: tx)
    }
}
