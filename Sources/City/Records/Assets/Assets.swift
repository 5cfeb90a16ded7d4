import Basics
public import Store

/// The kinds of assets in the store.
public enum AssetKinds {
    /// Brings in a kind, or what is known of it now; called by a service when it starts.
    public static func describe(
        _ description: AssetKindDescription,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            INSERT INTO city_asset_kind (id, description)
            VALUES (\(description.kind), \(JSONColumn(description)))
            ON CONFLICT (id) DO UPDATE SET description = excluded.description
            """
        )
    }

    /// Every kind, by its title.
    public static func all(in db: ReadTransaction) throws -> [AssetKindDescription] {
        struct Row: Codable {
            var description: JSONColumn<AssetKindDescription>
        }
        return try db.rows("SELECT description FROM city_asset_kind", as: Row.self)
            .map(\.description.value)
            .sorted { $0.title.korean < $1.title.korean }
    }

    /// A kind, or nothing where no service brought it in.
    public static func find(
        _ kind: AssetKind,
        in db: ReadTransaction
    ) throws -> AssetKindDescription? {
        try db.value(
            "SELECT description FROM city_asset_kind WHERE id = \(kind)",
            as: JSONColumn<AssetKindDescription>.self
        )?.value
    }
}

/// The assets in the store.
///
/// Rows are written by ``AssetKeeping`` alone, which writes the history and the audit with them.
public enum Assets {
    /// Assets on one page of a list.
    public static let pageSize = 25

    static let columns: SQL = """
        id, kind, number, name, maker, model, serial, organization_id, place_id, spot, state,
        acquired_on, price, replaced_by, facts, note, is_sample, version, created_at, updated_at
        """

    /// A page of the assets a query finds.
    public static func page(
        _ number: Int,
        of query: AssetQuery,
        in db: ReadTransaction
    ) throws -> AssetPage {
        let total =
            try db.value(
                "SELECT COUNT(*) FROM city_asset WHERE 1 = 1 \(query.conditions())",
                as: Int.self
            ) ?? 0
        let number = min(max(number, 1), max(1, (total + pageSize - 1) / pageSize))
        func counts(_ column: SQL, _ left: AssetQuery.Property) throws -> [String: Int] {
            try RowCount.rows(
                column,
                of: "city_asset",
                where: query.conditions(without: left),
                in: db
            )
        }
        return AssetPage(
            assets: try rows(query, limit: pageSize, offset: (number - 1) * pageSize, in: db),
            number: number,
            total: total,
            kindCounts: try counts("kind", .kind),
            stateCounts: try counts("state", .state),
            organizationCounts: try counts("organization_id", .organization)
        )
    }

    /// Some of the assets a query finds, by organization and number.
    public static func rows(
        _ query: AssetQuery,
        limit: Int,
        offset: Int = 0,
        in db: ReadTransaction
    ) throws -> [Asset] {
        try db.rows(
            """
            SELECT \(columns) FROM city_asset WHERE 1 = 1 \(query.conditions())
            ORDER BY organization_id, number, id LIMIT \(limit) OFFSET \(offset)
            """,
            as: Asset.self
        )
    }

    /// An asset, or nothing.
    public static func find(_ id: String, in db: ReadTransaction) throws -> Asset? {
        try db.first("SELECT \(columns) FROM city_asset WHERE id = \(id)", as: Asset.self)
    }

    /// The asset an organization keeps under a number, or nothing.
    public static func find(
        number: String,
        of organizationID: String,
        in db: ReadTransaction
    ) throws -> Asset? {
        try db.first(
            """
            SELECT \(columns) FROM city_asset
            WHERE organization_id = \(organizationID) AND number = \(number)
            """,
            as: Asset.self
        )
    }

    /// The asset of a kind with a serial number, or nothing; an empty serial number finds nothing.
    public static func find(
        serial: String,
        kind: AssetKind,
        in db: ReadTransaction
    ) throws -> Asset? {
        guard !serial.isEmpty else { return nil }
        return try db.first(
            """
            SELECT \(columns) FROM city_asset WHERE kind = \(kind) AND serial = \(serial)
            ORDER BY created_at, id
            """,
            as: Asset.self
        )
    }

    /// What happened to an asset, the newest first.
    public static func history(
        of id: String,
        in db: ReadTransaction
    ) throws -> [AssetEvent] {
        try db.rows(
            "SELECT * FROM city_asset_event WHERE asset_id = \(id) ORDER BY number DESC",
            as: AssetEvent.self
        )
    }

    /// The photos and documents of an asset, in the order they came.
    public static func files(of id: String, in db: ReadTransaction) throws -> [AssetFile] {
        try db.rows(
            "SELECT * FROM city_asset_file WHERE asset_id = \(id) ORDER BY created_at, id",
            as: AssetFile.self
        )
    }

    static func file(_ id: String, in db: ReadTransaction) throws -> AssetFile? {
        try db.first("SELECT * FROM city_asset_file WHERE id = \(id)", as: AssetFile.self)
    }

    /// The numbers and serial numbers that are taken.
    static func twins(in db: ReadTransaction) throws -> AssetTwins {
        AssetTwins(
            try db.rows(
                "SELECT kind, organization_id, number, serial FROM city_asset",
                as: AssetTwins.Row.self
            )
        )
    }

    static func save(_ asset: Asset, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO city_asset (\(columns))
            VALUES (\(asset.id), \(asset.kind), \(asset.number), \(asset.name), \(asset.maker),
                \(asset.model), \(asset.serial), \(asset.organizationID), \(asset.placeID),
                \(asset.spot), \(asset.state), \(asset.acquiredOn), \(asset.price),
                \(asset.replacedBy), \(asset.facts), \(asset.note), \(asset.isSample),
                \(asset.version), \(asset.createdAt), \(asset.updatedAt))
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, number = excluded.number,
                name = excluded.name, maker = excluded.maker, model = excluded.model,
                serial = excluded.serial, organization_id = excluded.organization_id,
                place_id = excluded.place_id, spot = excluded.spot, state = excluded.state,
                acquired_on = excluded.acquired_on, price = excluded.price,
                replaced_by = excluded.replaced_by, facts = excluded.facts,
                note = excluded.note, version = excluded.version,
                updated_at = excluded.updated_at
            """
        )
    }

    static func save(_ event: AssetEvent, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO city_asset_event (asset_id, number, kind, title, note, actor_id, actor_name,
                at)
            SELECT \(event.assetID), COALESCE(MAX(number), 0) + 1, \(event.kind), \(event.title),
                \(event.note), \(event.actorID), \(event.actorName), \(event.at)
            FROM city_asset_event WHERE asset_id = \(event.assetID)
            """
        )
    }

    static func save(_ file: AssetFile, in tx: WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO city_asset_file (id, asset_id, file_name, media_type, byte_count, digest,
                created_at)
            VALUES (\(file.id), \(file.assetID), \(file.fileName), \(file.mediaType),
                \(file.byteCount), \(file.digest), \(file.createdAt))
            """
        )
    }

    /// The next free number of a kind in an organization: `PC-2026-0001`.
    static func nextNumber(
        prefix: String,
        year: Int,
        of organizationID: String,
        in db: ReadTransaction
    ) throws -> String {
        let head = "\(prefix)-\(year)-"
        let used = try db.rows(
            """
            SELECT number AS value FROM city_asset WHERE organization_id = \(organizationID)
                AND substr(number, 1, CAST(\(head.unicodeScalars.count) AS INTEGER)) = \(head)
            """,
            as: NumberRow.self
        )
        let last = used.compactMap { Int($0.value.dropFirst(head.count)) }.max() ?? 0
        let digits = String(last + 1)
        return head + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private struct NumberRow: Codable {
        var value: String
    }
}
