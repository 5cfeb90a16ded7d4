public import Hosting
public import Store

/// The city's streets and buildings, as every room sees them on a map.
public struct CityMapRoom: CityModule {
    /// The tables of the room.
    public static let migrations = MigrationSet(component: "cityMap", migrations: [])

    private let platform: Platform

    /// Opens the room.
    public init(on platform: Platform) async throws {
        self.platform = platform
    }
}
