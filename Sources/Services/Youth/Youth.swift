import Basics
public import Hosting
import Programmes
public import Store
public import Web

/// 청년몽땅정보통: what a young person can have, in one place.
public struct Youth: CityService {
    /// The system it is.
    public static let system = CitySystem.youth
    /// The tables of the service.
    public static let migrations = MigrationSet(component: "youth", migrations: [])

    private let platform: Platform

    /// Opens the service.
    public init(on platform: Platform) async throws {
        self.platform = platform
    }

    /// The addresses of the portal.
    public var routes: RouteTable {
        var table = RouteTable()
        listings.add(to: &table)
        return table
    }

    private var listings: ListingRoutes {
        ListingRoutes(
            collection: YouthCollection.programmes,
            sources: YouthCollection.sources,
            categories: YouthCollection.categories,
            platform: platform
        )
    }
}
