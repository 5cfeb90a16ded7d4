public import ArgumentParser
import Basics
import Cases
import City
public import Hosting
public import Identity
import Programmes
public import Store
public import Web

/// 사랑의 PC보급: refurbished PCs of public offices for people who have none.
public struct SharedPCs: CityService {
    /// The system it is.
    public static let system = CitySystem.sharedPCs
    /// The tables of the service.
    public static let migrations = MigrationSet.sharedPCs
    /// Whoever works in the workshop.
    public static let roles = [
        RoleTitle(.pcWorkshop, Bilingual("PC 정비 담당자", "PC workshop"))
    ]

    /// The programmes that its check asks for.
    static let collection = ProgrammeCollection(
        id: "shared-pcs",
        title: Bilingual("사랑의 PC", "Shared PCs"),
        base: "/shared-pcs",
        tags: ["digital"]
    )

    private let desk: SharedPCDesk
    private let intake: AllocationIntake

    /// Opens the service.
    public init(on platform: Platform) async throws {
        desk = SharedPCDesk(platform: platform)
        intake = AllocationIntake(
            householdKey: try await HouseholdKey.load(from: platform.store)
        )
    }

    /// What people do here.
    public var doors: [ServiceDoor] {
        [
            ServiceDoor(Bilingual("PC 신청하기", "Apply for a PC"), Link("/shared-pcs")),
            ServiceDoor(Bilingual("내 PC·수리", "My PC and repairs"), Ways.mine),
            ServiceDoor(Bilingual("보급 통계", "In figures"), Ways.statistics),
            ServiceDoor(Bilingual("삭제확인서 확인", "Check a certificate"), Ways.certificates),
        ]
    }

    /// Puts granted cases on the allocation list.
    public var eventHandlers: [EventHandler] {
        let intake = intake
        return [
            EventHandler("sharedpcs.allocation", on: CaseChanged.self) { change, _, tx in
                try intake.handle(change, in: tx)
            }
        ]
    }

    /// The addresses of the service.
    public var routes: RouteTable {
        var table = RouteTable()
        HomeRoutes(desk: desk).add(to: &table)
        CheckRoutes(collection: Self.collection, platform: desk.platform).add(to: &table)
        MineRoutes(desk: desk).add(to: &table)
        BoardRoutes(desk: desk).add(to: &table)
        IntakeRoutes(desk: desk).add(to: &table)
        MachineRoutes(desk: desk).add(to: &table)
        WipeRoutes(desk: desk).add(to: &table)
        PartRoutes(desk: desk).add(to: &table)
        AllocationRoutes(desk: desk).add(to: &table)
        RepairRoutes(desk: desk).add(to: &table)
        StatisticsEndpoint(store: desk.store).add(to: &table)
        return table
    }

    /// `haechi shared-pcs`.
    public static var commands: [any ParsableCommand.Type] { [SharedPCsCommand.self] }

    /// Whoever works in the workshop of the sample city.
    public static var samplePeople: [SamplePerson] {
        [
            SamplePerson(
                staff: "workshop",
                Bilingual("PC 정비 담당자", "PC workshop"),
                organization: Organization.sampleCity.id,
                roles: [.pcWorkshop]
            )
        ]
    }

    /// Fills the store with the workshop of the sample city.
    public static func makeSample(on platform: Platform) async throws {
        try await SampleWorkshop.make(on: platform)
    }
}
