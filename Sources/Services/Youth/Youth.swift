public import Hosting
public import Store

/// 청년몽땅정보통: everything for young people in one place.
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
}
