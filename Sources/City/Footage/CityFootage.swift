import Basics
import City
public import Hosting
public import Identity
public import Store
public import Web

/// What the city's cameras saw, kept for days and shown to nobody without a reason.
public struct CityFootage: CityModule {
    /// The tables of the room.
    public static let migrations = MigrationSet.footage
    /// Whoever answers for what cameras saw.
    public static let roles = [
        RoleTitle(.footageOfficer, Bilingual("개인영상정보 관리책임자", "Footage officer"))
    ]
    /// What its people do.
    public static let auditActions = AuditAction.footage

    private let platform: Platform
    private let retention: FootageRetention
    private let requests: RequestDesk

    /// Opens the room: what has to be erased is erased before anything is served.
    public init(on platform: Platform) async throws {
        self.platform = platform
        let known = try await platform.store.read { try AssetKinds.find(.camera, in: $0) }
        if known != .camera {
            try await platform.store.write { try AssetKinds.describe(.camera, in: $0) }
        }
        retention = try FootageRetention(platform)
        requests = try RequestDesk(platform)
        try await retention.recover()
        try await requests.endOld()
        try await platform.store.write {
            try $0.schedule(PurgeFootage.name, PurgeFootage(), PurgeFootage.recurrence)
        }
    }

    /// The ledger.
    public var routes: RouteTable {
        var table = RouteTable()
        LedgerRoutes(platform: platform, retention: retention).add(to: &table)
        RequestRoutes(desk: requests).add(to: &table)
        return table
    }

    /// The erasing of what is old.
    public var jobHandlers: [JobHandler] {
        let (retention, requests) = (retention, requests)
        return [
            JobHandler(PurgeFootage.self) { _ in
                try await retention.purge()
                try await requests.endOld()
            }
        ]
    }

    /// A person's way to footage of themself.
    public var doors: [ServiceDoor] {
        [ServiceDoor(Bilingual("본인 영상 열람 청구", "Footage of yourself"), RequestLinks.all)]
    }

    /// Whoever answers for the footage of the sample city.
    public static var samplePeople: [SamplePerson] {
        [
            SamplePerson(
                staff: "footage",
                Bilingual("영상정보 관리책임자", "Footage officer"),
                organization: Organization.sampleCity.id,
                roles: [.footageOfficer]
            )
        ]
    }
}
