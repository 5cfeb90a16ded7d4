import Basics
public import Hosting
public import Identity
public import Store
public import Web

/// Applications and what becomes of them: form, review, decision, fulfilment.
public struct CityCases: CityModule {
    /// The tables of the room.
    public static let migrations = MigrationSet.cases
    /// Who reviews applications, and who decides on them.
    public static let roles = [
        RoleTitle(.caseOfficer, Bilingual("심사 담당자", "Case officer")),
        RoleTitle(.caseApprover, Bilingual("결재자", "Case approver")),
    ]

    private let platform: Platform

    /// Opens the room; the holidays that are known are written down once.
    public init(on platform: Platform) async throws {
        self.platform = platform
        try await platform.store.write { tx in
            if try CaseHolidays.all(in: tx).isEmpty {
                for holiday in CaseHolidays.ofTheMoon { try CaseHolidays.save(holiday, in: tx) }
            }
            try tx.schedule(CaseRetention.name, CaseRetention(), CaseRetention.recurrence)
        }
    }

    /// The applicant's way, a person's applications, and the officers' desk.
    public var routes: RouteTable {
        var table = RouteTable()
        ApplyRoutes(platform: platform).add(to: &table)
        ApplicationRoutes(platform: platform).add(to: &table)
        WalletRoutes(platform: platform).add(to: &table)
        HolidayRoutes(store: platform.store).add(to: &table)
        Self.addDesk(to: &table, on: platform)
        return table
    }

    /// Erases, every night, what may no longer be kept, and makes the PDFs of letters.
    public var jobHandlers: [JobHandler] {
        let work = CaseRetentionWork(platform: platform)
        return [JobHandler(CaseRetention.self) { _ in try await work.run() }]
            + Self.deskJobHandlers(on: platform)
    }

    /// What follows a change of a case.
    public var eventHandlers: [EventHandler] { Self.deskEventHandlers(on: platform) }

    /// A person's own applications, for the city's search.
    public var searches: [SearchSource] { [CaseSearch(store: platform.store).source] }

    /// The ways to a person's applications, to the officers' desk and to the public draws.
    public var doors: [ServiceDoor] {
        [
            ServiceDoor(Bilingual("내 신청", "My applications"), Link("/applications")),
            ServiceDoor(Bilingual("신청 심사", "Work on cases"), Link("/desk")),
            ServiceDoor(Bilingual("신청 문구", "Texts of applications"), Link("/desk/texts")),
            ServiceDoor(Bilingual("공개 추첨", "Public draws"), Link("/draws")),
        ]
    }

    /// Who reviews applications, and who brings them in for people, in the sample city.
    public static var samplePeople: [SamplePerson] {
        SampleCaseStaff.all
    }

    /// Two procedures and a few made-up cases.
    public static func makeSample(on platform: Platform) async throws {
        try await SampleCases.make(on: platform)
    }
}
