import Basics
import CityTesting
import Hosting
import Identity
import Store
import Testing

/// A room with two organizations and the people of the sample.
struct SampleRoom: CityModule {
    static let migrations = MigrationSet(component: "sample-room", migrations: [])

    init(on platform: Platform) async throws {}

    func organizations() async throws -> [OrganizationChoice] {
        [
            OrganizationChoice(id: "11000", title: Bilingual("서울특별시", "Seoul")),
            OrganizationChoice(id: "11350", title: Bilingual("노원구", "Nowon-gu")),
        ]
    }

    static func makeSample(on platform: Platform) async throws {
        _ = try await SampleAccounts.make(
            in: platform.identity.accounts,
            city: "11000",
            district: "11350",
            passwords: .init(
                administrator: SampleSignIn.password,
                everybodyElse: SampleSignIn.password
            )
        )
    }
}

/// A city with people and no service.
let house = CityComposition(modules: [SampleRoom.self], services: [])

extension CityClient {
    /// The id of the account with a sign-in name.
    func accountID(_ login: String) async throws -> String {
        try #require(
            try await city.platform.store.read { db in
                try db.value(
                    "SELECT id FROM identity_account WHERE login_name = \(login)",
                    as: String.self
                )
            }
        )
    }

    /// The actions of the audit trail of an account, the latest first.
    func trail(of id: String) async throws -> [AuditRecord] {
        try await city.platform.store.read { try $0.auditRecords(on: .account(id)) }
    }
}
