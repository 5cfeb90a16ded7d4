public import Hosting
public import Store

/// 지능형 CCTV: shows an operator the camera that needs eyes now.
public struct Cameras: CityService {
    /// The system it is.
    public static let system = CitySystem.cameras
    /// The tables of the room.
    public static let migrations = MigrationSet(component: "cameras", migrations: [])

    private let platform: Platform

    /// Opens the room.
    public init(on platform: Platform) async throws {
        self.platform = platform
    }
}
