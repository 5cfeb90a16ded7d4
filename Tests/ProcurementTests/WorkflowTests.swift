import Basics
import City
import CityTesting
import HTTPTypes
import Hosting
import Identity
import Store
import Tabular
import Testing
import Web

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
    private static var options: PlanImportOptions {
        var options = PlanImportOptions()
        options.planYear = 2024
        options.agency = SeoulAgencies.districts[10]
        return options
    }

    @Test func `titles above the header and the unit beside them are understood`() throws {
        let file = try PlanFile.read(Array(plan.utf8), fileName: "plan.csv", options: Self.options)
        #expect(file.plan.projects.map(\.budget) == [Won(120_000_000)])
        #expect(file.plan.issues.filter { $0.severity == .error }.map(\.row) == [5])
    }

    @Test func `a cell typed anew is read as if the file had it`() throws {
        let file = try PlanFile.read(
            Array(plan.utf8),
            fileName: "plan.csv",
            options: Self.options,
            corrections: [CellCorrection(row: 5, column: 3, value: "300,000")]
        )
        #expect(file.plan.projects.map(\.budget.amount).sorted() == [120_000_000, 300_000_000])
        #expect(file.plan.refusedRowCount == 0)
    }

    @Test func `a header in two rows names its columns by the lower half`() throws {
        let file = try PlanFile.read(
            Array(
                """
                발주계획,,,,
                사업명,사업비(백만원),,발주시기,사업유형
                ,시비,총사업비,,
                챗봇 구축,60,120,3월,SW개발

                """.utf8
            ),
            fileName: "plan.csv",
            options: Self.options
        )
        let project = try #require(file.plan.projects.first)
        #expect(project.budget == Won(120_000_000))
        #expect(project.funding?.city == Won(60_000_000))
        #expect(file.plan.rows.map(\.number) == [4])
    }

    @Test func `a cell can be emptied, on the sheet it was typed for`() throws {
        func budgets(_ correction: CellCorrection) throws -> [Won] {
            try PlanFile.read(
                Array(plan.utf8),
                fileName: "plan.csv",
                options: Self.options,
                corrections: [correction]
            ).plan.projects.map(\.budget)
        }
        #expect(try budgets(CellCorrection(row: 4, column: 3, value: "")).isEmpty)
        #expect(
            try budgets(CellCorrection(row: 4, column: 3, value: "", sheet: 1))
                == [Won(120_000_000)]
        )
    }

    @Test func `only cells that differ are corrections, and past the limit none is dropped unsaid`()
    {
        func form(_ text: String) -> FormFields { FormFields(items: QueryItems(urlEncoded: text)) }
        var upload = PlanUpload(
            id: "u",
            accountID: "a",
            agencyID: "11350",
            planYear: 2024,
            kind: .original,
            fileName: "p.csv",
            digest: "",
            unit: nil,
            sheet: 0,
            corrections: JSONColumn([]),
            createdAt: Instant(millisecondsSinceEpoch: 0),
            editionID: nil
        )
        let typed = TypedCorrections(form("was-5-3=x&cell-5-3=x&was-6-3=y&cell-6-3="))
        #expect(typed.apply(to: &upload) == 0)
        #expect(upload.corrections.value == [CellCorrection(row: 6, column: 3, value: "")])
        upload.corrections = JSONColumn(
            (0..<PlanUpload.maximumCorrectionCount).map {
                CellCorrection(row: $0 + 100, column: 1, value: "v")
            }
        )
        #expect(typed.apply(to: &upload) == 1)
        #expect(TypedCorrections(form("forget=yes")).apply(to: &upload) == 0)
        #expect(upload.corrections.value.isEmpty)
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
                _ = try Follows.follow(first[0].reference, by: "follower", in: tx)
                _ = try Follows.follow(first[1].reference, by: "follower", in: tx)
                _ = try SavedSearches.save(
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
                _ = try await store.deliverPending(handlers: [
                    PublicationNews.handler(synonyms: client.city.platform.synonyms)
                ])
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

    @Test
    func `a follower goes on following a project whose number changed, and reads what changed`()
        async throws
    {
        try await CityClient.with(city, sample: false) { client in
            let store = client.city.platform.store
            let (before, after) = (
                Self.project("a", "챗봇 구축", 1), Self.project("z", "챗봇 구축", 3)
            )
            try await store.write { tx in
                _ = try Editions.publish(Self.draft([before]), in: tx)
                _ = try Follows.follow(before.reference, by: "follower", in: tx)
                _ = try Editions.publish(Self.draft([after]), in: tx)
            }
            for _ in 0..<3 {
                _ = try await store.deliverPending(handlers: [
                    PublicationNews.handler(synonyms: client.city.platform.synonyms)
                ])
            }
            let found = try await store.read { db in
                (
                    try Follows.references(of: "follower", in: db),
                    try Notices.page(1, of: "follower", in: db).notices
                )
            }
            #expect(found.0 == [after.reference])
            #expect(found.1.count == 1)
            #expect(found.1[0].body.contains("사업비 100,000,000원 → 300,000,000원"))
        }
    }

    @Test func `what cannot be followed is refused with the reason`() async throws {
        try await CityClient.with(city) { client in
            let person = try await client.signedIn(as: "company@sample.example")
            let page = "/procurement/mine"
            let unknown = try await person.submit(
                "/procurement/follows",
                from: page,
                ["reference": "2023/11350/none"]
            )
            #expect(unknown.status == 404)
            let project = SampleCity.projects()[0]
            let store = client.city.platform.store
            let account = try #require(
                try await store.read {
                    try $0.value(
                        "SELECT id FROM identity_account WHERE login_name = 'company@sample.example'",
                        as: String.self
                    )
                }
            )
            try await store.write { tx in
                for number in 0..<Follows.maximumCountPerAccount {
                    _ = try Follows.follow("2023/11350/\(number)", by: account, in: tx)
                }
            }
            let full = try await person.submit(
                "/procurement/follows",
                from: page,
                ["reference": project.reference]
            )
            #expect(full.status == 409)
            #expect(full.body.contains("500"))
            let gone = try await person.submit(
                "/procurement/follows",
                from: page,
                ["reference": "2023/11350/0", "follow": "no", "from": "mine"]
            )
            #expect(gone.status == 303)
        }
    }
}
