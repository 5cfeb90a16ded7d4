import Basics
public import City
public import Store

/// The cameras in the store: assets of the kind `camera` that have a number.
public enum CameraRegister {
    /// The most cameras of one city.
    public static let maximumCount = 500_000

    private static let selection: SQL = """
        SELECT c.number AS camera_number, CAST(CASE WHEN c.stream IS NULL THEN 0 ELSE 1 END AS BIGINT)
            AS has_stream,
            a.id, a.kind, a.number, a.name, a.maker, a.model, a.serial, a.organization_id, a.place_id,
            a.spot, a.state, a.acquired_on, a.price, a.replaced_by, a.facts, a.note, a.is_sample,
            a.version, a.created_at, a.updated_at
        FROM footage_camera c JOIN city_asset a ON a.id = c.asset_id
        """

    /// Every camera, by number.
    public static func all(in db: ReadTransaction) throws -> [Camera] {
        try cameras("\(selection) ORDER BY c.number LIMIT \(maximumCount)", in: db)
    }

    /// Changes with every change of a camera: how many there are, and when the last was changed.
    public static func version(in db: ReadTransaction) throws -> [Int64] {
        let row = try db.first(
            """
            SELECT COUNT(*) AS count, COALESCE(MAX(a.updated_at), 0) AS updated_at
            FROM footage_camera c JOIN city_asset a ON a.id = c.asset_id
            """,
            as: VersionRow.self
        )
        return row.map { [$0.count, $0.updatedAt] } ?? []
    }

    /// A camera, or nothing.
    public static func find(_ number: UInt32, in db: ReadTransaction) throws -> Camera? {
        try cameras("\(selection) WHERE c.number = \(Int64(number))", in: db).first
    }

    /// The camera that an asset is, or nothing.
    public static func find(assetID: String, in db: ReadTransaction) throws -> Camera? {
        try cameras("\(selection) WHERE c.asset_id = \(assetID)", in: db).first
    }

    /// The cameras within some metres of a place, the nearest first.
    public static func near(
        _ place: CameraPlace,
        withinMeters reach: Double,
        in db: ReadTransaction
    ) throws -> [(camera: Camera, meters: Double)] {
        try all(in: db)
            .compactMap { camera in
                guard let meters = camera.place?.meters(to: place), meters <= reach else {
                    return nil
                }
                return (camera, meters)
            }
            .sorted { ($0.meters, $0.camera.number) < ($1.meters, $1.camera.number) }
    }

    /// Enters a camera: its asset with its history and audit, and its number.
    ///
    /// - Parameters:
    ///   - asset: The asset, of the kind `camera`.
    ///   - number: Its number; the next free one where nothing is given.
    ///   - keeping: The hand that writes.
    ///   - tx: The transaction.
    /// - Returns: The camera as it is kept.
    /// - Throws: `CameraError` `numberTaken`; `AssetError`.
    @discardableResult
    public static func enter(
        _ asset: Asset,
        number: UInt32? = nil,
        by keeping: AssetKeeping,
        in tx: WriteTransaction
    ) throws -> Camera {
        let kept = try keeping.enter(asset, in: tx)
        return try assign(number, to: kept, in: tx)
    }

    /// Gives a number to the assets of the kind `camera` that came in by the city's own list of assets.
    ///
    /// - Returns: How many got one.
    public static func assignNumbers(in tx: WriteTransaction) throws -> Int {
        let ids = try tx.rows(
            """
            SELECT a.id FROM city_asset a LEFT JOIN footage_camera c ON c.asset_id = a.id
            WHERE a.kind = \(AssetKind.camera) AND c.number IS NULL ORDER BY a.created_at, a.id
            LIMIT \(maximumCount)
            """,
            as: IDRow.self
        )
        for row in ids {
            if let asset = try Assets.find(row.id, in: tx) {
                try assign(nil, to: asset, in: tx)
            }
        }
        return ids.count
    }

    /// How many assets of the kind `camera` have no number yet.
    public static func unnumberedCount(in db: ReadTransaction) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM city_asset a LEFT JOIN footage_camera c ON c.asset_id = a.id
            WHERE a.kind = \(AssetKind.camera) AND c.number IS NULL
            """,
            as: Int.self
        ) ?? 0
    }

    /// Sets the sealed address of a camera's picture, or takes it away.
    public static func set(
        sealedStream: [UInt8]?,
        of number: UInt32,
        in tx: WriteTransaction
    ) throws {
        try tx.run(
            """
            UPDATE footage_camera SET stream = \(sealedStream) WHERE number = \(Int64(number))
            """
        )
    }

    /// The sealed address of a camera's picture, or nothing.
    public static func sealedStream(
        of number: UInt32,
        in db: ReadTransaction
    ) throws -> [UInt8]? {
        try db.value(
            """
            SELECT stream FROM footage_camera
            WHERE number = \(Int64(number)) AND stream IS NOT NULL
            """,
            as: [UInt8].self
        )
    }

    @discardableResult
    private static func assign(
        _ wanted: UInt32?,
        to asset: Asset,
        in tx: WriteTransaction
    ) throws -> Camera {
        let last = try tx.value("SELECT MAX(number) FROM footage_camera", as: Int64.self)
        let number = wanted ?? UInt32((last ?? 0) + 1)
        if let twin = try find(number, in: tx) { throw CameraError.numberTaken(number, by: twin) }
        try tx.run(
            """
            INSERT INTO footage_camera (number, asset_id, created_at)
            VALUES (\(Int64(number)), \(asset.id), \(tx.now))
            """
        )
        return Camera(number: number, asset: asset)
    }

    private struct VersionRow: Codable {
        var count: Int64
        var updatedAt: Int64
    }

    private struct IDRow: Codable {
        var id: String
    }

    /// A row of the selection: the asset and what stands beside it.
    private struct Row: Decodable {
        let camera: Camera

        private enum Key: String, CodingKey {
            case cameraNumber
            case hasStream
        }

        init(from decoder: any Decoder) throws {
            let row = try decoder.container(keyedBy: Key.self)
            camera = Camera(
                number: UInt32(try row.decode(Int64.self, forKey: .cameraNumber)),
                asset: try Asset(from: decoder),
                hasStream: try row.decode(Int.self, forKey: .hasStream) == 1
            )
        }
    }

    private static func cameras(_ sql: SQL, in db: ReadTransaction) throws -> [Camera] {
        try db.rows(sql, as: Row.self).map(\.camera)
    }
}
