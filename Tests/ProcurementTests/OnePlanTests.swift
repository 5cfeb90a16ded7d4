import Basics
import City
import CityTesting
import Hosting
import Store
import Testing

@testable import Procurement

private let city = CityComposition(modules: [CityRecords.self], services: [Procurement.self])
private let district = SeoulAgencies.districts[10]

private func read(_ text: String) throws -> PlanImport {
    var options = PlanImportOptions()
    options.planYear = 2024
    options.agency = district
    options.directory = AgencyDirectory(SeoulAgencies.districts)
    options.isOnePlan = true
    return try PlanFile.read(Array(text.utf8), fileName: "plan.csv", options: options).plan
}

@Suite struct `A file of one plan` {
    @Test func `rows of another agency or year are refused, unknown names are the agency's own`()
        throws
    {
        let plan = try read(
            """
            기관,연도,사업번호,사업명,사업비,발주시기
            노원구,2024,1,가,50000000,3월
            중구,2024,1,나,50000000,3월
            노원구,2023,2,다,50000000,3월
            노원구 디지털정책과,2024,3,라,50000000,3월

            """
        )
        #expect(plan.projects.map(\.title) == ["가", "라"])
        #expect(plan.projects.allSatisfy { $0.agencyID == district.id })
        #expect(plan.issueCounts["otherAgency"] == 1)
        #expect(plan.issueCounts["otherPlanYear"] == 1)
    }

    @Test func `a table without titles imports nothing`() throws {
        let plan = try read("부서,사업비,발주시기\n홍보과,50000000,3월\n")
        #expect(plan.projects.isEmpty)
        #expect(plan.issueCounts["missingTitleColumn"] == 1)
    }
}

@Suite struct `News of a first edition` {
    @Test func `searchers are told, though another's search cannot be read`() async throws {
        try await CityClient.with(city, sample: false) { client in
            let store = client.city.platform.store
            let project = PlannedProject(
                key: "a",
                title: "챗봇 구축",
                agency: district,
                type: .softwareDevelopment,
                budget: .eok(1),
                planYear: 2024,
                order: OrderTime(timing: .firstQuarter, year: 2024, month: 3)
            )
            let words = (0..<40).map { "w\($0)" }.joined(separator: "+")
            try await store.write { tx in
                for (id, query) in [("a", "q=\(words)"), ("b", "q=%EC%B1%97%EB%B4%87")] {
                    _ = try SavedSearches.save(
                        SavedSearch(
                            id: id,
                            accountID: "searcher",
                            name: id,
                            query: query,
                            createdAt: tx.now
                        ),
                        in: tx
                    )
                }
                _ = try Editions.publish(
                    EditionDraft(
                        agency: district,
                        planYear: 2024,
                        kind: .original,
                        projects: [project],
                        sourceFile: "",
                        sourceDigest: "",
                        publishedBy: ""
                    ),
                    in: tx
                )
            }
            let report = try await store.deliverPending(handlers: [
                PublicationNews.handler(synonyms: client.city.platform.synonyms)
            ])
            #expect(report.failedCount == 0)
            let count = try await store.read { try Notices.unreadCount(of: "searcher", in: $0) }
            #expect(count == 1)
        }
    }
}
