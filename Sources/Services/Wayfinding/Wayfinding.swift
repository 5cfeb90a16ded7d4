public import Hosting
public import Store

/// 교통약자 보행 길안내: the walking way that fits the person who goes it.
public struct Wayfinding: CityService {
    /// The system it is.
    public static let system = CitySystem.wayfinding
    /// The tables of the room.
    public static let migrations = MigrationSet(component: "wayfinding", migrations: [])

    private let platform: Platform

    /// Opens the room.
    public init(on platform: Platform) async throws {
        self.platform = platform
    }
}
