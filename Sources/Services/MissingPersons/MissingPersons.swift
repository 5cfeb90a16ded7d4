public import Hosting
public import Store

/// 실종자 고속검색: searches many cameras, only inside an approved case.
public struct MissingPersons: CityService {
    /// The system it is.
    public static let system = CitySystem.missingPersons
    /// The tables of the room.
    public static let migrations = MigrationSet(component: "missingPersons", migrations: [])

    private let platform: Platform

    /// Opens the room.
    public init(on platform: Platform) async throws {
        self.platform = platform
    }
}
