import Basics
import City
public import Hosting
public import Identity
public import Store
public import Web

/// 교통약자 보행 길안내: the walking way that fits the person who goes it.
public struct Wayfinding: CityService {
    /// The system it is.
    public static let system = CitySystem.wayfinding
    /// The tables of the room.
    public static let migrations = MigrationSet.wayfinding
    /// Whoever keeps the ways passable.
    public static let roles = [
        RoleTitle(.wayfindingOfficer, Bilingual("보행환경 담당", "Walking environment"))
    ]
    /// A feed of lift outages has a key of its own.
    public static let keyPurposes = [
        KeyPurposeTitle(
            .wayfindingLifts,
            Bilingual("승강기 운행 상태 보내기", "Sending the state of lifts"),
            access: DeskRoutes.access
        )
    ]

    private let desk: WayDesk

    /// Opens the room.
    public init(on platform: Platform) async throws {
        desk = try await WayDesk(on: platform)
        try await platform.store.write {
            try $0.schedule(ReportRetention.name, ReportRetention(), ReportRetention.recurrence)
        }
    }

    /// Old reports lose what is personal in them every night.
    public var jobHandlers: [JobHandler] {
        let platform = desk.platform
        return [
            JobHandler(ReportRetention.self) { _ in
                try await ReportRetention.run(on: platform.store, now: platform.time.now())
            }
        ]
    }

    /// What people do here.
    public var doors: [ServiceDoor] {
        [
            ServiceDoor(Bilingual("길 찾기", "Find a way"), WayLinks.home),
            ServiceDoor(Bilingual("불편 신고", "Report a barrier"), WayLinks.report),
            ServiceDoor(Bilingual("승강기 상태", "Lifts"), WayLinks.lifts),
            ServiceDoor(Bilingual("보행 불편 통계", "In figures"), WayLinks.statistics),
        ]
    }

    /// The addresses of the service.
    public var routes: RouteTable {
        var table = RouteTable()
        RouteRoutes(desk: desk).add(to: &table)
        RouteEndpoint(desk: desk).add(to: &table)
        WalkRoutes(desk: desk).add(to: &table)
        ReportRoutes(desk: desk).add(to: &table)
        DeskRoutes(desk: desk).add(to: &table)
        LiftRoutes(desk: desk).add(to: &table)
        LiftEndpoint(desk: desk).add(to: &table)
        OSRMEndpoints(desk: desk).add(to: &table)
        ValhallaEndpoint(desk: desk).add(to: &table)
        DirectionsEndpoint(desk: desk).add(to: &table)
        StatisticsRoutes(desk: desk).add(to: &table)
        MineRoutes(desk: desk).add(to: &table)
        return table
    }

    /// Routes avoid what another process wrote.
    public func refresh() async throws {
        try await desk.barriers.refresh()
    }

    /// The scripts of its pages.
    public static let assets =
        [AssetFile.script("wayfinding.js", PackageResources.wayfinding_js)] + WalkAssets.files

    /// The officer of the sample city.
    public static var samplePeople: [SamplePerson] {
        [
            SamplePerson(
                staff: "barriers",
                Bilingual("보행환경 담당", "Walking environment"),
                organization: Organization.sampleCity.id,
                roles: [.wayfindingOfficer]
            )
        ]
    }

    /// Reports, a lift that stands still and a saved route in the sample neighbourhood.
    public static func makeSample(on platform: Platform) async throws {
        try await SampleBarriers.make(on: platform)
    }
}
