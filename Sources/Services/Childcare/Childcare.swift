import Basics
import Cases
import City
public import Hosting
public import Identity
import Programmes
public import Store
public import Web

/// 출산육아 만능키: everything for birth and childcare in one place.
public struct Childcare: CityService {
    /// The system it is.
    public static let system = CitySystem.childcare
    /// The tables of the service.
    public static let migrations = MigrationSet.childcare
    /// Who keeps the sessions of kids' cafés.
    public static let roles = [
        RoleTitle(.slotKeeper, Bilingual("예약 담당자", "Keeper of sessions"))
    ]

    /// The programmes of birth and childcare.
    static let collection = ProgrammeCollection(
        id: "childcare",
        title: Bilingual("출산육아 만능키", "Childbirth and childcare"),
        base: "/childcare",
        tags: ["childcare"]
    )

    private let platform: Platform

    /// Opens the service.
    public init(on platform: Platform) async throws {
        self.platform = platform
        try await platform.store.write {
            try $0.schedule(BookingUpkeep.name, BookingUpkeep(), BookingUpkeep.recurrence)
        }
    }

    /// What people do here.
    public var doors: [ServiceDoor] {
        [
            ServiceDoor(Bilingual("생애 단계로 찾기", "By stage of life"), StartPage.link),
            ServiceDoor(Bilingual("우리 가족 시간표", "Our family's timeline"), TimelinePage.link),
            ServiceDoor(
                Bilingual("키즈카페와 돌봄 시설", "Kids' cafés and care"),
                PlacesPage.link
            ),
            ServiceDoor(Bilingual("내 예약", "My bookings"), OwnBookingsPage.link),
        ]
    }

    /// The addresses of the service.
    public var routes: RouteTable {
        var table = RouteTable()
        StartRoutes(platform: platform, listings: listings).add(to: &table)
        listings.add(to: &table)
        CheckRoutes(collection: Self.collection, platform: platform).add(to: &table)
        TimelineRoutes(platform: platform).add(to: &table)
        PlaceFinderRoutes(store: platform.store).add(to: &table)
        BookingRoutes(platform: platform).add(to: &table)
        KeepingRoutes(platform: platform).add(to: &table)
        return table
    }

    /// The list of the city's programmes and of the imported catalogue of birth and childcare.
    private var listings: ListingRoutes {
        ListingRoutes(
            collection: Self.collection,
            sources: [.mongttang],
            categories: LifeStage.allCases.map { stage in
                ListingCategory(
                    id: stage.rawValue,
                    title: stage.title,
                    tags: [stage.rawValue]
                )
            },
            platform: platform
        )
    }

    /// Opens sessions every night.
    public var jobHandlers: [JobHandler] {
        let store = platform.store
        return [JobHandler(BookingUpkeep.self) { _ in try await BookingUpkeep.run(on: store) }]
    }

    /// Who receives the children at a kids' café, and a family.
    public static var samplePeople: [SamplePerson] {
        [
            SamplePerson(
                staff: "kidscafe",
                Bilingual("키즈카페 예약 담당자", "Keeper of a kids' café"),
                organization: "11350",
                roles: [.slotKeeper]
            ),
            SampleFamily.parent,
        ]
    }

    /// Places for families with their sessions, two procedures with applications, and a family.
    public static func makeSample(on platform: Platform) async throws {
        try await platform.store.write { tx in
            try SampleFacilities.make(in: tx)
            for procedure in SampleProcedures.all {
                try CaseProcedures.describe(procedure, in: tx)
                try ProgrammeOffers.set(
                    ProgrammeOffer(programme: procedure.id, link: "/apply/\(procedure.id)"),
                    in: tx
                )
            }
        }
        try await SampleApplications.make(on: platform)
        try await SampleFamily.make(on: platform)
    }
}
