import Basics
public import Hosting
public import Identity
public import Store
public import Web

/// The records that several services share: organizations, places, people, assets, notices.
public struct CityRecords: CityModule {
    /// The tables of the city's records.
    public static let migrations = MigrationSet.city

    private let platform: Platform
    private let search: CitySearches

    /// Opens the city's records.
    public init(on platform: Platform) async throws {
        self.platform = platform
        let known = try await platform.store.read { try AssetKinds.find(.computer, in: $0) }
        if known != .computer {
            try await platform.store.write { try AssetKinds.describe(.computer, in: $0) }
        }
        search = CitySearches(platform: platform)
    }

    /// Places, the staff directory and organizations, for the city's search.
    public var searches: [SearchSource] { search.sources }

    /// Ways to the records that everybody reads.
    public var doors: [ServiceDoor] {
        [
            ServiceDoor(Bilingual("장소 찾기", "Places"), Link("/places")),
            ServiceDoor(Bilingual("직원·업무 안내", "Staff directory"), Link("/people")),
            ServiceDoor(Bilingual("기관", "Organizations"), Link("/organizations")),
            ServiceDoor(Bilingual("자산", "Assets"), Link("/inventory")),
        ]
    }

    /// Whoever keeps the staff directory or the assets of an organization.
    public static let roles = [
        RoleTitle(.directoryOfficer, Bilingual("직원안내 담당자", "Directory officer")),
        RoleTitle(.assetManager, Bilingual("자산 담당자", "Asset manager")),
    ]

    /// The notices of a person, organizations, places, the staff directory and assets.
    public var routes: RouteTable {
        var table = RouteTable()
        NoticeRoutes(platform: platform).add(to: &table)
        OrganizationRoutes(store: platform.store).add(to: &table)
        PlaceRoutes(store: platform.store, search: search).add(to: &table)
        PeopleRoutes(platform: platform, search: search).add(to: &table)
        AssetRoutes(platform: platform).add(to: &table)
        AssetEndpoints(store: platform.store).add(to: &table)
        return table
    }

    /// Delivers notices by e-mail and web hook.
    public var jobHandlers: [JobHandler] { [NoticeDispatch(platform: platform).handler] }

    /// The notices a person has not read.
    public func unreadCount(for actor: Actor) async throws -> Int {
        guard let id = actor.id else { return 0 }
        return try await platform.store.read { try Notices.unreadCount(of: id, in: $0) }
    }

    /// The organizations, for forms that ask for one.
    public func organizations() async throws -> [OrganizationChoice] {
        try await platform.store.read { try Organizations.all(in: $0) }
            .map { OrganizationChoice(id: $0.id, title: $0.title) }
    }

    /// Whoever keeps the city's assets.
    public static var samplePeople: [SamplePerson] {
        [
            SamplePerson(
                staff: "assets",
                Bilingual("자산 담당자", "Asset manager"),
                organization: Organization.sampleCity.id,
                roles: [.assetManager]
            )
        ]
    }

    /// The city with its 25 districts, their offices, made-up facilities and staff, and the people of
    /// the sample.
    public static func makeSample(on platform: Platform) async throws {
        let districts = District.all.map { district in
            Organization(
                id: district.organizationID,
                kind: .district,
                name: district.name.korean,
                nameEnglish: district.name.english
            )
        }
        try await platform.store.write { tx in
            let organizations = [.sampleCity] + districts
            for organization in organizations { try Organizations.save(organization, in: tx) }
            for place in PublicOffices.all + SamplePlaces.all { try Places.save(place, in: tx) }
            for person in SamplePeople.all(of: organizations, at: tx.now) {
                try People.save(person, in: tx)
            }
            try SampleAssets.make(of: organizations, in: tx)
        }
        _ = try await SampleAccounts.make(
            in: platform.identity.accounts,
            city: Organization.sampleCity.id,
            district: "11350",
            passwords: .init(
                administrator: SampleSignIn.password,
                everybodyElse: SampleSignIn.password
            ),
            officerRoles: [.directoryOfficer]
        )
    }
}

extension Organization {
    /// The city of the sample; 11000 is the head of its districts' codes.
    public static let sampleCity = Organization(
        id: "11000",
        kind: .city,
        name: "서울특별시",
        nameEnglish: "Seoul Metropolitan Government"
    )
}
