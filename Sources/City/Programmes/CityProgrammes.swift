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

    /// `haechi listings`.
    public static let commands: [any ParsableCommand.Type] = [ListingsCommand.self]

    private let platform: Platform

    /// Opens the room; reads the rules.
    public init(on platform: Platform) async throws {
        self.platform = platform
        _ = RulesInForce.of(platform)
    }

    /// The addresses of the room.
    public var routes: RouteTable {
        var table = RouteTable()
        CheckRoutes(collection: .all, platform: platform).add(to: &table)
        ListingReviewRoutes(platform: platform).add(to: &table)
        return table
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
