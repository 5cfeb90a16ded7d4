public import Hosting
public import Store

/// 출산육아 만능키: everything for birth and childcare in one place.
public struct Childcare: CityService {
    /// The system it is.
    public static let system = CitySystem.childcare
    /// The tables of the service.
    public static let migrations = MigrationSet.childcare

    private let platform: Platform

    /// Opens the service.
    public init(on platform: Platform) async throws {
        self.platform = platform
    }
}
