public import Store

/// The places in the store.
public enum Places {
    /// Places on one page of a list.
    public static let pageSize = 25

    static let columns: SQL = """
        id, kind, name, name_english, organization_id, district, address, longitude, latitude,
        source
        """

    /// A page of the places a query finds.
    public static func page(
        _ number: Int,
        of query: PlaceQuery,
        in db: ReadTransaction
    ) throws -> PlacePage {
        let (words, kinds, districts) = (
            query.wordsCondition, query.kindCondition, query.districtCondition
        )
        let total =
            try db.value(
                "SELECT COUNT(*) FROM city_place WHERE 1 = 1 \(words) \(kinds) \(districts)",
                as: Int.self
            ) ?? 0
        let number = min(max(number, 1), max(1, (total + pageSize - 1) / pageSize))
        return PlacePage(
            places: try db.rows(
                """
                SELECT \(columns) FROM city_place WHERE 1 = 1 \(words) \(kinds) \(districts)
                ORDER BY CASE source WHEN 'sample' THEN 1 ELSE 0 END, district, name, id
                LIMIT \(pageSize) OFFSET \((number - 1) * pageSize)
                """,
                as: Place.self
            ),
            number: number,
            total: total,
            kindCounts: try RowCount.rows(
                "kind",
                of: "city_place",
                where: "\(words) \(districts)",
                in: db
            ),
            districtCounts: try RowCount.rows(
                "district",
                of: "city_place",
                where: "\(words) \(kinds)",
                in: db
            )
        )
    }

    /// The most places that are read at once for a map.
    public static let maximumMapCount = 2_000

    /// Every place of some kinds, by district and name, for a map that a service draws.
    public static func all(of kinds: Set<PlaceKind>, in db: ReadTransaction) throws -> [Place] {
        guard !kinds.isEmpty else { return [] }
        return try db.rows(
            """
            SELECT \(columns) FROM city_place
            WHERE kind IN \(list: kinds.map(\.rawValue).sorted())
            ORDER BY district, name, id LIMIT \(maximumMapCount)
            """,
            as: Place.self
        )
    }

    /// Every place, by name.
    static func all(in db: ReadTransaction) throws -> [Place] {
        try db.rows("SELECT \(columns) FROM city_place ORDER BY name, id", as: Place.self)
    }

    /// A place, or nothing.
    public static func find(_ id: String, in db: ReadTransaction) throws -> Place? {
        try db.first("SELECT \(columns) FROM city_place WHERE id = \(id)", as: Place.self)
    }

    /// The other places of a place's district, by name.
    public static func neighbors(
        of place: Place,
        limit: Int = 12,
        in db: ReadTransaction
    ) throws -> [Place] {
        guard !place.district.isEmpty else { return [] }
        return try db.rows(
            """
            SELECT \(columns) FROM city_place
            WHERE district = \(place.district) AND id <> \(place.id) ORDER BY name, id LIMIT \(limit)
            """,
            as: Place.self
        )
    }

    /// Adds a place or corrects it.
    public static func save(_ place: Place, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO city_place (\(columns))
            VALUES (\(place.id), \(place.kind), \(place.name), \(place.nameEnglish),
                \(place.organizationID), \(place.district), \(place.address), \(place.longitude),
                \(place.latitude), \(place.source))
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name,
                name_english = excluded.name_english, organization_id = excluded.organization_id,
                district = excluded.district, address = excluded.address,
                longitude = excluded.longitude, latitude = excluded.latitude,
                source = excluded.source
            """
        )
        try RecordTable.places.markChanged(in: tx)
    }
}

/// How many rows of a table have each value of a column.
struct RowCount: Codable {
    let value: String
    let count: Int

    static func rows(
        _ column: SQL,
        of table: SQL,
        where conditions: SQL = "",
        in db: ReadTransaction
    ) throws -> [String: Int] {
        let rows = try db.rows(
            """
            SELECT \(column) AS value, COUNT(*) AS count FROM \(table) WHERE 1 = 1 \(conditions)
            GROUP BY \(column)
            """,
            as: RowCount.self
        )
        return Dictionary(rows.map { ($0.value, $0.count) }, uniquingKeysWith: +)
    }
}
