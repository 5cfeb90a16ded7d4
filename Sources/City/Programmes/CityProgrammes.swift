public import ArgumentParser
import Basics
import City
public import Hosting
public import Identity
public import Store
public import Web

/// What the city can do for a person: the programmes of the rules in force and a person's answers.
public struct CityProgrammes: CityModule {
    /// The tables of the room.
    public static let migrations = MigrationSet.programmes
    /// What its people do that the audit trail keeps.
    public static let auditActions: [AuditAction] = [.giveConsent, .withdrawConsent]

    /// `haechi listings`.
    public static let commands: [any ParsableCommand.Type] = [ListingsCommand.self]

    private let platform: Platform
    private let index: ProgrammeIndex

    /// Opens the room; reads the rules and looks every night for what changed for people.
    public init(on platform: Platform) async throws {
        self.platform = platform
        index = try ProgrammeIndex(RulesInForce.of(platform))
        try await platform.store.write {
            try $0.schedule(WatchProgrammes.name, WatchProgrammes(), WatchProgrammes.recurrence)
        }
    }

    /// Ways to the programmes.
    public var doors: [ServiceDoor] {
        [
            ServiceDoor(Bilingual("지원사업 찾기", "Programmes"), Link("/programmes")),
            ServiceDoor(
                Bilingual("내게 맞는 지원 확인", "What fits me"),
                ProgrammeCollection.all.checkLink
            ),
        ]
    }

    /// The programmes, for the city's search.
    public var searches: [SearchSource] { [index.source] }

    /// The addresses of the room.
    public var routes: RouteTable {
        var table = RouteTable()
        ListingRoutes(all: platform).add(to: &table)
        ProgrammeRoutes(platform: platform, rules: index.rules).add(to: &table)
        CheckRoutes(collection: .all, platform: platform).add(to: &table)
        ListingReviewRoutes(platform: platform).add(to: &table)
        ProgrammeEndpoints(platform: platform, index: index).add(to: &table)
        return table
    }

    /// The consents to keep answers and to be told of programmes.
    public func consents(of accountID: String) async throws -> [AccountConsent] {
        try await platform.store.read { db in
            try Consent.Kind.allCases.compactMap { kind in
                try Consents.current(kind, of: accountID, in: db).map { consent in
                    AccountConsent(
                        text: consent.text.value,
                        givenAt: consent.givenAt,
                        withdrawal: kind.withdrawal,
                        action: ProgrammeCollection.all.answersLink,
                        actionName: kind.withdrawalAction
                    )
                }
            }
        }
    }

    /// Looks every night for what changed for people.
    public var jobHandlers: [JobHandler] {
        let watch = ChangeWatch(platform: platform)
        return [JobHandler(WatchProgrammes.self) { _ in try await watch.run() }]
    }

    /// Whoever keeps the catalogues of programmes.
    public static let roles = [
        RoleTitle(.programmeEditor, Bilingual("지원사업 편집자", "Programme editor"))
    ]

    /// Whoever keeps the catalogues of the sample city.
    public static var samplePeople: [SamplePerson] {
        [
            SamplePerson(
                staff: "programmes",
                Bilingual("지원사업 편집자", "Programme editor"),
                organization: Organization.sampleCity.id,
                roles: [.programmeEditor]
            )
        ]
    }

    /// The catalogues of the sample city.
    public static func makeSample(on platform: Platform) async throws {
        try await platform.store.write { try SampleListings.make(in: $0) }
    }
}
