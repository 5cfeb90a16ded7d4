public import Basics
public import Store

/// A place of the city that services refer to: an office, a hall, a center.
public struct Place: Sendable, Hashable, Codable {
    /// The identifier.
    public var id: String
    /// What kind of place it is, in the words of the service that owns it: `districtOffice`.
    public var kind: String
    /// The Korean name.
    public var name: String
    /// The English name.
    public var nameEnglish: String
    /// Whose place it is.
    public var organizationID: String
    /// Degrees east, WGS 84.
    public var longitude: Double
    /// Degrees north, WGS 84.
    public var latitude: Double

    /// Creates a place.
    public init(
        id: String,
        kind: String,
        name: Bilingual,
        organizationID: String,
        longitude: Double,
        latitude: Double
    ) {
        self.id = id
        self.kind = kind
        self.name = name.korean
        nameEnglish = name.english
        self.organizationID = organizationID
        self.longitude = longitude
        self.latitude = latitude
    }

    /// The name in both languages.
    public var title: Bilingual { Bilingual(name, nameEnglish) }
}

/// The places in the store.
public enum Places {
    /// Places on one page of a list.
    public static let pageSize = 100

    /// A page of the places of a kind, by name.
    public static func page(
        _ page: Int,
        kind: String,
        in db: ReadTransaction
    ) throws -> [Place] {
        try db.rows(
            """
            SELECT * FROM city_place WHERE kind = \(kind) ORDER BY organization_id, name, id
            LIMIT \(pageSize) OFFSET \((page - 1) * pageSize)
            """,
            as: Place.self
        )
    }

    /// Adds a place or corrects it.
    public static func save(_ place: Place, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO city_place (id, kind, name, name_english, organization_id, longitude,
                latitude)
            VALUES (\(place.id), \(place.kind), \(place.name), \(place.nameEnglish),
                \(place.organizationID), \(place.longitude), \(place.latitude))
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name,
                name_english = excluded.name_english, longitude = excluded.longitude,
                latitude = excluded.latitude
            """
        )
    }
}
