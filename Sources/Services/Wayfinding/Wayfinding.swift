import Basics
public import Hosting
public import Store
public import Web

/// 교통약자 보행 길안내: the walking way that fits the person who goes it.
public struct Wayfinding: CityService {
    /// The system it is.
    public static let system = CitySystem.wayfinding
    /// The tables of the room.
    public static let migrations = MigrationSet.wayfinding

    private let desk: WayDesk

    /// Opens the room.
    public init(on platform: Platform) async throws {
        desk = try await WayDesk(on: platform)
    }

    /// What people do here.
    public var doors: [ServiceDoor] {
        [
            ServiceDoor(Bilingual("길 찾기", "Find a way"), WayLinks.home),
            ServiceDoor(Bilingual("불편 신고", "Report a barrier"), WayLinks.report),
            ServiceDoor(Bilingual("승강기 상태", "Lifts"), WayLinks.lifts),
        ]
    }

    /// The addresses of the service.
    public var routes: RouteTable {
        var table = RouteTable()
        RouteRoutes(desk: desk).add(to: &table)
        RouteEndpoint(desk: desk).add(to: &table)
        WalkRoutes(desk: desk).add(to: &table)
        return table
    }
}
