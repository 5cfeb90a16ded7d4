import Basics
import City
import CityTesting
import HTTPTypes
import Hosting
import Identity
import Store
import Tabular
import Testing

@testable import Procurement

private let city = CityComposition(modules: [CityRecords.self], services: [Procurement.self])

/// A plan as an office sends it: a title, the unit, then the header.
private let plan = """
    2024년 노원구 정보화사업 발주계획,,,,
    (단위: 천원),,,,
    사업명,사업유형,사업비,발주시기,담당부서
    노원구 챗봇 고도화,SW개발,"120,000",3월,디지털정책과
    노원구 홈페이지 개편,시스템구축,미정,2분기,홍보과

    """

@Suite struct `A plan's file` {
    @Test func `titles above the header and the unit beside them are understood`() throws {
        var options = PlanImportOptions()
        options.planYear = 2024
        options.agency = SeoulAgencies.districts[10]
        let file = try PlanFile.read(Array(plan.utf8), fileName: "plan.csv", options: options)
        #expect(file.plan.projects.map(\.budget) == [Won(120_000_000)])
        #expect(file.plan.issues.filter { $0.severity == .error }.map(\.row) == [5])
    }

    @Test func `a cell typed anew is read as if the file had it`() throws {
        var options = PlanImportOptions()
        options.planYear = 2024
        options.agency = SeoulAgencies.districts[10]
        let file = try PlanFile.read(
            Array(plan.utf8),
            fileName: "plan.csv",
            options: options,
            corrections: [CellCorrection(row: 5, column: 3, value: "300,000")]
        )
        #expect(file.plan.projects.map(\.budget.amount).sorted() == [120_000_000, 300_000_000])
        #expect(file.plan.refusedRowCount == 0)
    }

    @Test(arguments: [
        [], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], [0x50, 0x4B, 3, 4, 0],
    ])
    func `what is no table is refused with the reason`(bytes: [UInt8]) {
        #expect(throws: TabularError.self) {
            _ = try PlanFile.read(bytes, fileName: "plan.xlsx", options: PlanImportOptions())
        }
    }
}

@Suite struct `Publishing` {
    private static func draft(_ projects: [PlannedProject]) -> EditionDraft {
        EditionDraft(
            agency: SeoulAgencies.districts[10],
            planYear: 2024,
            kind: .original,
            projects: projects,
            sourceFile: "plan.csv",
            sourceDigest: "",
            publishedBy: "test"
        )
    }

    private static func project(_ key: String, _ title: String, _ eok: Int64) -> PlannedProject {
        PlannedProject(
            key: key,
            title: title,
            agency: SeoulAgencies.districts[10],
            type: .softwareDevelopment,
            budget: .eok(eok),
            planYear: 2024,
            order: OrderTime(timing: .firstQuarter, year: 2024, month: 3)
        )
    }

    @Test func `a project comes back from the store as it was`() async throws {
        try await CityClient.with(city, sample: false) { client in
            let store = client.city.platform.store
            for project in SampleCity.projects().prefix(100) {
                let draft = EditionDraft(
                    agency: PlanAgency(
                        id: project.agencyID + project.key,
                        name: project.agencyName,
                        nameEnglish: "",
                        kind: project.agencyKind
                    ),
                    planYear: project.planYear,
                    kind: .original,
                    projects: [project],
                    sourceFile: "",
                    sourceDigest: "",
                    publishedBy: ""
                )
                let edition = try await store.write { try Editions.publish(draft, in: $0) }
                var back = try await store.read { try Editions.projects(of: edition.id, in: $0) }
                #expect(back.count == 1)
                back[0].agencyID = project.agencyID
                #expect(back == [project])
            }
        }
    }

    @Test func `followers and searchers are told once of what an edition changed`() async throws {
        try await CityClient.with(city, sample: false) { client in
            let store = client.city.platform.store
            let first = [Self.project("a", "챗봇 구축", 1), Self.project("b", "홈페이지 개편", 2)]
            let second = [Self.project("a", "챗봇 구축", 3), Self.project("c", "지능형 CCTV 확대", 4)]
            try await store.write { tx in
                _ = try Editions.publish(Self.draft(first), in: tx)
                try Follows.follow(first[0].reference, by: "follower", in: tx)
                try Follows.follow(first[1].reference, by: "follower", in: tx)
                try SavedSearches.save(
                    SavedSearch(
                        id: "s",
                        accountID: "searcher",
                        name: "CCTV",
                        query: "q=%EC%A7%80%EB%8A%A5%ED%98%95CCTV",
                        createdAt: tx.now
                    ),
                    in: tx
                )
                _ = try Editions.publish(Self.draft(second), in: tx)
            }
            for _ in 0..<3 {
                _ = try await store.deliverPending(handlers: [PublicationNews.handler])
            }
            let counts = try await store.read { db in
                (
                    try Notices.unreadCount(of: "follower", in: db),
                    try Notices.unreadCount(of: "searcher", in: db)
                )
            }
            #expect(counts == (2, 1))
        }
    }

    @Test func `the difference between editions is on the edition's page`() async throws {
        try await CityClient.with(city, sample: false) { client in
            let edition = try await client.city.platform.store.write { tx in
                _ = try Editions.publish(
                    Self.draft([Self.project("a", "챗봇 구축", 1)]),
                    in: tx
                )
                return try Editions.publish(
                    Self.draft([Self.project("a", "챗봇 구축", 3)]),
                    in: tx
                )
            }
            let page = try await client.get("/procurement/editions/\(edition.id)").body
            #expect(page.contains("<del>100,000,000원</del>"))
            #expect(page.contains("<ins>300,000,000원</ins>"))
            #expect(edition.number == 2)
        }
    }

    @Test func `an officer may not bring in the plan of another agency`() async throws {
        try await CityClient.with(city) { client in
            let officer = try await client.signedIn(as: "district.plan@sample.example")
            let page = try await officer.get("/procurement/uploads").body
            #expect(page.contains("노원구"))
            #expect(!page.contains("<option value=\"11680\""))
            let answer = try await officer.submit(
                "/procurement/uploads",
                from: "/procurement/uploads",
                ["agency": "11680", "year": "2024", "kind": "original"]
            )
            #expect(answer.status == 422)
        }
    }
}
