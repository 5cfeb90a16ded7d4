import City
public import Hosting
public import Store

/// What the city's cameras saw, kept for days and shown to nobody without a reason.
public struct CityFootage: CityModule {
    /// The tables of the room.
    public static let migrations = MigrationSet(component: "footage", migrations: [.cameras])

    private let platform: Platform

    /// Opens the room.
    public init(on platform: Platform) async throws {
        self.platform = platform
        let known = try await platform.store.read { try AssetKinds.find(.camera, in: $0) }
        if known != .camera {
            try await platform.store.write { try AssetKinds.describe(.camera, in: $0) }
        }
    }
}
