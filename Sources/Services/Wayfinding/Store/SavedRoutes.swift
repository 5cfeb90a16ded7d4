import Basics
import Routing
import Store

/// A route that an account keeps, with consent.
struct SavedRoute: Sendable, Hashable, Codable {
    /// Routes that one account keeps.
    static let maximumCount = 30
    /// The longest title, in characters.
    static let maximumTitleCharacterCount = 120
    /// The longest question, as an address has it.
    static let maximumQuestionByteCount = 2_000
    /// The longest line, encoded; enough for a walk of a day.
    static let maximumLineByteCount = 200_000

    var id: String
    var accountID: String
    var title: String
    /// The query of the route page.
    var question: String
    /// The line as an encoded polyline of six digits.
    var line: String
    var consentedAt: Instant
}

/// The saved routes in the store.
enum SavedRoutes {
    /// So far from a route a barrier still concerns it, in metres.
    static let nearMetres = 20.0

    static func of(_ accountID: String, in db: ReadTransaction) throws -> [SavedRoute] {
        try db.rows(
            """
            SELECT id, account_id, title, question, line, consented_at FROM wayfinding_saved_route
            WHERE account_id = \(accountID) ORDER BY consented_at DESC, id
            LIMIT \(SavedRoute.maximumCount)
            """,
            as: SavedRoute.self
        )
    }

    /// Keeps a route; says whether there was room for it.
    static func insert(_ route: SavedRoute, _ shape: [GeoPoint], in tx: WriteTransaction) throws
        -> Bool
    {
        let latitudes = shape.map { Int64($0.latitudeE7) }
        let longitudes = shape.map { Int64($0.longitudeE7) }
        return try tx.run(
            """
            INSERT INTO wayfinding_saved_route (id, account_id, title, question, line, south_e7,
                west_e7, north_e7, east_e7, consented_at)
            SELECT \(route.id), \(route.accountID), \(route.title), \(route.question),
                \(route.line), \(latitudes.min() ?? 0), \(longitudes.min() ?? 0),
                \(latitudes.max() ?? 0), \(longitudes.max() ?? 0), \(route.consentedAt)
            WHERE (SELECT COUNT(*) FROM wayfinding_saved_route
                WHERE account_id = \(route.accountID)) < \(SavedRoute.maximumCount)
            """
        ) > 0
    }

    static func remove(_ id: String, of accountID: String, in tx: WriteTransaction) throws -> Bool {
        try tx.run(
            """
            DELETE FROM wayfinding_saved_route WHERE id = \(id) AND account_id = \(accountID)
            """
        ) > 0
    }

    /// The routes that a place lies on.
    static func through(_ place: GeoPoint, in db: ReadTransaction) throws -> [SavedRoute] {
        // Half a thousandth of a degree is more than the distance that counts, everywhere people walk.
        let margin: Int64 = 5_000
        let (latitude, longitude) = (Int64(place.latitudeE7), Int64(place.longitudeE7))
        let near = try db.rows(
            """
            SELECT id, account_id, title, question, line, consented_at FROM wayfinding_saved_route
            WHERE south_e7 <= \(latitude + margin) AND north_e7 >= \(latitude - margin)
                AND west_e7 <= \(longitude + margin) AND east_e7 >= \(longitude - margin)
            """,
            as: SavedRoute.self
        )
        return near.filter { route in
            Polyline.decode(route.line, digits: 6).metres(to: place) <= nearMetres
        }
    }
}
