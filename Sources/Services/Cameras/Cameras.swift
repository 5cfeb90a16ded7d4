import Basics
import City
public import Hosting
public import Identity
import Logging
public import ServiceLifecycle
public import Store
public import Web

/// 지능형 CCTV: shows an operator the camera that needs eyes now.
public struct Cameras: CityService {
    /// The system it is.
    public static let system = CitySystem.cameras
    /// The tables of the room.
    public static let migrations = MigrationSet.cameras
    /// Whoever watches, and whoever answers for it.
    public static let roles = [
        RoleTitle(.cameraOperator, Bilingual("관제요원", "Control-room operator")),
        RoleTitle(.cameraSupervisor, Bilingual("관제 책임자", "Control-room supervisor")),
    ]
    /// The scripts and the style of its pages.
    public static var assets: [Web.AssetFile] {
        [
            .script("wall.js", PackageResources.wall_js),
            .script("rules.js", PackageResources.rules_js),
            .style("cameras.css", PackageResources.cameras_css),
        ]
    }

    private let desk: CamerasDesk

    /// Opens the room: the walls stand as the store has them.
    public init(on platform: Platform) async throws {
        desk = CamerasDesk(platform: platform, board: LiveBoard(), hub: WallHub())
        try await desk.refresh()
        try await platform.store.write {
            try $0.schedule(PurgeEvents.name, PurgeEvents(), PurgeEvents.recurrence)
        }
    }

    /// What people do here.
    public var doors: [ServiceDoor] {
        [
            ServiceDoor(Bilingual("CCTV 안내", "About the cameras"), Ways.home),
            ServiceDoor(Bilingual("관제", "Live wall"), Ways.wall),
        ]
    }

    /// The addresses of the service.
    public var routes: RouteTable {
        var table = RouteTable()
        PublicRoutes(desk: desk).add(to: &table)
        WallRoutes(desk: desk).add(to: &table)
        LiveRoutes(desk: desk).add(to: &table)
        EventRoutes(desk: desk).add(to: &table)
        CameraRoutes(desk: desk).add(to: &table)
        ImportRoutes(desk: desk).add(to: &table)
        RuleRoutes(desk: desk).add(to: &table)
        DutyRoutes(desk: desk).add(to: &table)
        PlannerRoutes(desk: desk).add(to: &table)
        StatisticsEndpoint(desk: desk).add(to: &table)
        return table
    }

    /// The analysis of the cameras that have a picture, where the setting has it on.
    public var backgroundServices: [any Service] {
        guard desk.platform.settings["cameraAnalysis"] == "true" else { return [] }
        return [CameraWatch(desk: desk, logger: desk.platform.logger)]
    }

    /// Brings the walls up to the store.
    public func refresh() async throws { try await desk.refresh() }

    /// Plans that take their time, and the erasing of what is old.
    public var jobHandlers: [JobHandler] {
        [PurgeEvents.handler(desk), PlanJob.handler(desk)]
    }

    /// Whoever works in the control room of the sample city.
    public static var samplePeople: [SamplePerson] {
        [
            SamplePerson(
                staff: "operator",
                Bilingual("관제요원", "Control-room operator"),
                organization: Organization.sampleCity.id,
                roles: [.cameraOperator]
            ),
            SamplePerson(
                staff: "supervisor",
                Bilingual("관제 책임자", "Control-room supervisor"),
                organization: Organization.sampleCity.id,
                roles: [.cameraOperator, .cameraSupervisor]
            ),
        ]
    }

    /// Fills the store with the cameras of the sample neighbourhood.
    public static func makeSample(on platform: Platform) async throws {
        try await SampleCameras.make(on: platform)
    }
}
