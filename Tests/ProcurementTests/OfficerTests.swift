import CityTesting
import HTTPTypes
import Hosting
import Identity
import City
import Store
import Testing

@testable import Procurement

private let city = CityComposition(modules: [CityRecords.self], services: [Procurement.self])
private let uploads = "/procurement/uploads"

private func plan(_ budget: Int) -> String {
    "사업명,사업유형,사업비(원),발주시기,담당부서\n노원구 챗봇 구축,SW개발,\(budget),3월,디지털과\n"
}

@Suite struct `An officer's way to an edition` {
    /// Uploads a plan of Nowon-gu; gives the address of its dry run.
    private static func dryRun(_ officer: CityClient, _ content: String) async throws -> String {
        let answer = try await officer.upload(
            uploads,
            from: uploads,
            ["agency": "11350", "year": "2024", "kind": "original"],
            file: ("plan.csv", content)
        )
        #expect(answer.status == 303)
        return try #require(answer.headers[.location])
    }

    private static func publish(
        _ officer: CityClient,
        _ dryRun: String
    ) async throws -> CityClient.Answer {
        let basis = try await officer.get(dryRun).hidden("basis") ?? ""
        return try await officer.submit("\(dryRun)/publish", from: dryRun, ["basis": basis])
    }

    @Test func `a plan is published once, and its file is for the agency's officers`() async throws
    {
        try await CityClient.with(city) { client in
            let officer = try await client.signedIn(as: "district.plan@sample.example")
            let address = try await Self.dryRun(officer, plan(100_000_000))
            let first = try await Self.publish(officer, address)
            #expect(first.status == 303)
            let again = try await Self.publish(officer, address)
            #expect(again.status == 303)
            #expect(again.headers[.location] == first.headers[.location])
            let edition = try #require(first.headers[.location])
            let file = try await officer.get("\(edition)/source")
            #expect(file.body == plan(100_000_000))
            #expect(try await client.get(edition).body.contains("plan.csv"))
            #expect(try await client.get("\(edition)/source").status != 200)
            let company = try await client.signedIn(as: "company@sample.example")
            #expect(try await company.get("\(edition)/source").status == 403)
        }
    }

    @Test func `the same plan again is no new edition`() async throws {
        try await CityClient.with(city) { client in
            let officer = try await client.signedIn(as: "district.plan@sample.example")
            _ = try await Self.publish(officer, try await Self.dryRun(officer, plan(100_000_000)))
            let answer = try await Self.publish(
                officer,
                try await Self.dryRun(officer, plan(100_000_000))
            )
            #expect(answer.status == 422)
            #expect(answer.body.contains("지금 계획과 다른 것이 없어"))
        }
    }

    @Test func `what was compared with an older edition is shown again before it is published`()
        async throws
    {
        try await CityClient.with(city) { client in
            let officer = try await client.signedIn(as: "district.plan@sample.example")
            let slow = try await Self.dryRun(officer, plan(200_000_000))
            let seen = try await officer.get(slow).hidden("basis") ?? ""
            _ = try await Self.publish(officer, try await Self.dryRun(officer, plan(100_000_000)))
            let refused = try await officer.submit(
                "\(slow)/publish",
                from: slow,
                ["basis": seen]
            )
            #expect(refused.status == 409)
            #expect(refused.body.contains("100,000,000원"))
            #expect(try await Self.publish(officer, slow).status == 303)
        }
    }

    @Test func `who is no longer in charge sees nothing of the upload`() async throws {
        try await CityClient.with(city) { client in
            let officer = try await client.signedIn(as: "district.plan@sample.example")
            let address = try await Self.dryRun(officer, plan(100_000_000))
            try await client.city.platform.store.write { tx in
                try tx.run(
                    """
                    UPDATE identity_grant SET organization = '11680'
                    WHERE account_id = (SELECT id FROM identity_account
                        WHERE login_name = 'district.plan@sample.example')
                    """
                )
            }
            // Other grants come with a new session.
            let moved = try await client.signedIn(as: "district.plan@sample.example")
            let answer = try await moved.get(address)
            #expect(answer.status == 403)
            #expect(!answer.body.contains("챗봇"))
        }
    }
}
