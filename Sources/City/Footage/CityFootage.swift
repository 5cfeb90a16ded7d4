public import Hosting
public import Store

/// What the city's cameras saw, kept for days and shown to nobody without a reason.
public struct CityFootage: CityModule {
    /// The tables of the room.
    public static let migrations = MigrationSet(component: "footage", migrations: [])

    private let platform: Platform

    /// Opens the room.
    public init(on platform: Platform) async throws {
        self.platform = platform
    }
}
