public import ArgumentParser
import Basics
import City
import Footage
public import Hosting
public import Identity
public import Store
public import Web

/// 실종자 고속검색: searches many cameras, only inside an approved case.
public struct MissingPersons: CityService {
    /// The system it is.
    public static let system = CitySystem.missingPersons
    /// The tables of the service.
    public static let migrations = MigrationSet.missingPersons
    /// Whoever searches, and whoever lets them.
    public static let roles = [
        RoleTitle(
            .missingPersonSearcher,
            Bilingual("실종수색 담당자", "Searcher for missing persons")
        ),
        RoleTitle(.missingPersonApprover, Bilingual("수색 승인자", "Approver of searches")),
    ]
    /// What its people do.
    public static let auditActions = AuditAction.missing
    /// The cutting of a photo by hand, and how what was found is set.
    public static var assets: [Web.AssetFile] {
        [
            .script("missing.js", PackageResources.missing_js),
            .style("missing.css", PackageResources.missing_css),
        ]
    }

    private let desk: MissingDesk

    /// Opens the service.
    public init(on platform: Platform) async throws {
        desk = try MissingDesk(platform: platform)
    }

    /// What people do here.
    public var doors: [ServiceDoor] {
        [ServiceDoor(Bilingual("실종자 수색(담당자)", "Searches (staff)"), Ways.home)]
    }

    /// The addresses of the service.
    public var routes: RouteTable {
        var table = RouteTable()
        CaseRoutes(desk: desk).add(to: &table)
        PhotoRoutes(desk: desk).add(to: &table)
        SightingRoutes(desk: desk).add(to: &table)
        GiveRoutes(desk: desk).add(to: &table)
        return table
    }

    /// Tells the one who searches what the live watch has seen.
    public var eventHandlers: [EventHandler] {
        [
            EventHandler("missingPersons.seen", on: FootageSeen.self) { seen, context, tx in
                try LiveWatch.handle(seen, eventID: context.id, in: tx)
            }
        ]
    }

    /// `haechi missing`.
    public static var commands: [any ParsableCommand.Type] { [MissingCommand.self] }

    /// Whoever searches in the sample city, and whoever approves.
    public static var samplePeople: [SamplePerson] {
        [
            SamplePerson(
                staff: "searcher",
                Bilingual("실종수색 담당자", "Searcher"),
                organization: Organization.sampleCity.id,
                roles: [.missingPersonSearcher]
            ),
            SamplePerson(
                staff: "searchapprover",
                Bilingual("수색 승인자", "Approver of searches"),
                organization: Organization.sampleCity.id,
                roles: [.missingPersonApprover]
            ),
        ]
    }

    /// Fills the store with searches of the sample city.
    public static func makeSample(on platform: Platform) async throws {
        try await SampleSearches.make(on: platform)
    }
}
