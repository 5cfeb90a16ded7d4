public import Hosting
public import Store

/// 사랑의 PC보급: refurbished PCs of public offices for people who have none.
public struct SharedPCs: CityService {
    /// The system it is.
    public static let system = CitySystem.sharedPCs
    /// The tables of the service.
    public static let migrations = MigrationSet(component: "sharedpcs", migrations: [])

    private let platform: Platform

    /// Opens the service.
    public init(on platform: Platform) async throws {
        self.platform = platform
    }
}
