import Basics
import City
import CityTesting
import Facets
import Foundation
import Hosting
import Korean
import Store
import Tabular
import Testing

@testable import Procurement

private let city = CityComposition(modules: [CityRecords.self], services: [Procurement.self])
private let header = [
    "관리번호", "사업명", "기관명", "기관구분", "부서", "유형", "예산액(천원)", "연도", "발주시기", "신기술",
    "계약방법", "조달방식", "SW사업", "사업기간", "시비", "비고", "상태",
]
/// What officers write into each of those columns, well and badly.
private let writings: [[String]] = [
    ["", "A1", " P7 ", "P8", "P9"],
    [
        "민원 챗봇 구축", "설계 통계 시스템", "[긴급] 관제", "  앞뒤 공백 ", "", "합계", "（재공고）서버", "플랫폼  두칸",
        "사업 재공고", "\u{1112}\u{1161}\u{11AB} 구축", "20건 합계", "기능개선\u{200B}", "ＡＩ 도입",
    ],
    ["노원구", "서울특별시 노원구청", "없는기관", "", "노원 구"], ["자치구", "시", "?", ""],
    ["스마트도시과", "", "  데이터과 "], ["시스템구축", "유지보수", "신규", "요리", "", "교육", "S/W개발"],
    [
        "50,000", "1234567", "12,3456", "", "미정", "1억2천만", "△500", "0", "9,223,372,036,854,775,807",
        "1.5", "130000.0", "1O0", ",123", "1,,2", "１２３", "999999999999999999",
    ],
    ["2023", "2023년", "", "1980", "2014", "２０２１"],
    ["1분기", "3월", "", "수시", "상반기", "2024.2", "기발주", "교육", "44986"],
    ["AI", "AI, 클라우드", "", "요술", "없음"], ["수의계약", "제한경쟁(협상에 의한 계약)", "", "몰라"],
    ["중앙조달", "자체", ""], ["Y", "n", "○", "글쎄", ""],
    ["2023.3.1 ~ 2023.12.31", "10개월", "", "2023.12.1~2023.3.1"],
    ["1,000", "", "미정", "9223372036854775"], ["", "  메모 둘 "], ["계획", "공고", "?", ""],
]

private func dirtyRow(_ random: inout SeededRandom) -> [String] {
    let cells = writings.map { choices in
        Int.random(in: 0..<3, using: &random) > 0
            ? choices[0] : choices[Int.random(in: choices.indices, using: &random)]
    }
    return Array(cells.prefix(Int.random(in: 0..<20, using: &random) == 0 ? 5 : cells.count))
}

private func csv(_ rows: [[String]]) -> String {
    rows.map { row in
        row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
    }.joined()
}

@Suite struct `Reading many rows` {
    @Test func `a reader that remembers words reads as a fresh one`() {
        var random = SeededRandom(seed: 41)
        var options = PlanImportOptions()
        options.planYear = 2023
        options.directory = SeoulAgencies.directory
        let mapping = ColumnMapping(header: header)
        var old = RowReader(mapping: mapping, options: options)
        for number in 2..<1500 {
            let row = CSVRow(number: number, fields: dirtyRow(&random))
            var fresh = RowReader(mapping: mapping, options: options)
            (old.row, fresh.row) = (row, row)
            #expect(old.isBlank == fresh.isBlank && old.totalKind == fresh.totalKind)
            let (first, second) = (old.read(), fresh.read())
            #expect(first.project == second.project && first.amount == second.amount)
            #expect(first.keyIsDerived == second.keyIsDerived)
            #expect(first.defects.map(old.issue) == second.defects.map(fresh.issue))
        }
    }

    @Test func `a word is remembered in its context and forgotten past the limit`() {
        var memory = WordMemory<Int>()
        func meaning(_ word: String, _ context: Int) -> Int? {
            var word = word
            return word.withUTF8 { memory.meaning(of: UnsafeRawBufferPointer($0), in: context) }
        }
        for number in 0..<WordMemory<Int>.maximumCount + 100 {
            var word = "낱말 \(number / 2)"
            word.withUTF8 {
                memory.keep(number, of: UnsafeRawBufferPointer($0), in: number % 2)
            }
        }
        #expect(meaning("낱말 700", 0) == 1400 && meaning("낱말 700", 1) == 1401)
        #expect(meaning("낱말 700", 2) == nil && meaning("낱말", 0) == nil)
        #expect(meaning("낱말 \(WordMemory<Int>.maximumCount / 2 + 10)", 0) == nil)
    }
}

@Suite struct `Importing in bulk` {
    private static func publish(
        _ text: String,
        skippingBadRows: Bool = false,
        in store: Store
    ) async throws -> BulkImport.Outcome {
        let blob = try await store.blobs.put(Array(text.utf8)).id
        let source = BulkImport.Source(
            path: store.blobs.path(of: blob),
            fileName: "plans.csv",
            digest: blob.rawValue,
            skipsBadRows: skippingBadRows
        )
        return try await store.write { tx in
            var options = PlanImportOptions()
            options.planYear = 2023
            options.directory = SeoulAgencies.directory
            return try BulkImport.publish(source, options: options, in: tx)
        }
    }

    private static func projects(in store: Store) async throws -> Set<PlannedProject> {
        try await store.read { db in
            Set(try Projects.years(in: db).flatMap { try Projects.current(ofYear: $0, in: db) })
        }
    }

    @Test func `it takes what the dry run takes and names the same defects`() async throws {
        var random = SeededRandom(seed: 47)
        let text = csv([header] + (0..<600).map { _ in dirtyRow(&random) })
        try await CityClient.with(city, sample: false) { client in
            let store = client.city.platform.store
            var options = PlanImportOptions()
            options.planYear = 2023
            options.directory = SeoulAgencies.directory
            let dry = try PlanFile.read(Array(text.utf8), fileName: "", options: options).plan
            let outcome = try await Self.publish(text, skippingBadRows: true, in: store)
            #expect(outcome.rowCount == dry.rows.count)
            #expect(outcome.refusedRowCount == dry.refusedRowCount)
            #expect(outcome.totals == dry.totals && outcome.searchableCount == dry.totals.count)
            #expect(outcome.issueCounts == dry.issueCounts)
            #expect(outcome.issues == dry.issues)
            // The kind of an agency that nobody knows is told once an edition, by its first row.
            func withoutKind(_ projects: some Sequence<PlannedProject>) -> Set<PlannedProject> {
                Set(
                    projects.map { project in
                        var project = project
                        project.agencyKind = .city
                        return project
                    }
                )
            }
            let published = withoutKind(try await Self.projects(in: store))
            #expect((published == withoutKind(dry.projects)) == true, "too long to print")
        }
    }

    @Test func `one error keeps every plan as it was`() async throws {
        let good = "사업번호,사업명,기관명,사업비,연도,발주시기\nA,챗봇 구축,노원구,90000000,2023,3월\n"
        try await CityClient.with(city, sample: false) { client in
            let store = client.city.platform.store
            let first = try await Self.publish(good, in: store)
            #expect(first.editionCount == 1 && first.searchableCount == 1)
            let before = try await store.read { try Editions.allCurrent(in: $0) }
            let bad =
                good.replacing("챗봇", with: "로봇") + "B,서버 교체,중구,90000000,2024,4월\nC,,중구,1,2024,4월\n"
            await #expect(throws: BulkImport.Refusal.self) {
                _ = try await Self.publish(bad, in: store)
            }
            let after = try await store.read { try Editions.allCurrent(in: $0) }
            #expect(after == before)
            let outcome = try await Self.publish(bad, skippingBadRows: true, in: store)
            #expect(outcome.editionCount == 2 && outcome.refusedRowCount == 1)
            let titles = try await Self.projects(in: store).map(\.title).sorted()
            #expect(titles == ["로봇 구축", "서버 교체"])
            let editions = try await store.read { try Editions.allCurrent(in: $0) }
            #expect(editions.map(\.number) == [2, 1] && editions.map(\.projectCount) == [1, 1])
            #expect(editions.map(\.kind) == [.revised, .original])
        }
    }

    @Test func `a file without a project is refused`() async throws {
        try await CityClient.with(city, sample: false) { client in
            _ = await #expect(throws: BulkImport.Refusal.self) {
                _ = try await Self.publish(
                    "이름,값\n가,1\n",
                    skippingBadRows: true,
                    in: client.city.platform.store
                )
            }
        }
    }
}

@Suite struct `The catalogue` {
    @Test func `it counts by every facet and finds every word as the projects say`() async throws {
        try await CityClient.with(city) { client in
            let store = client.city.platform.store
            let snapshot = try await store.read { try CatalogueReader.read(in: $0) }
            let projects = try await store.read { try Projects.rows(snapshot.ids, in: $0) }
            #expect(
                projects.count == snapshot.ids.count && snapshot.words.rowCount == projects.count
            )
            for (row, project) in projects.enumerated() {
                let labels = try snapshot.facets.labels(ofRow: UInt32(row))
                let expected = ProjectFacet.allCases.map { $0.values(of: project).sorted() }
                #expect((labels.map { $0.sorted() } == expected) == true)
                guard row % 97 == 0 else { continue }
                for word in Catalogue.searchText(project).split(separator: "\n") {
                    let query = try SubstringQuery("\"\(word.prefix(20))\"")
                    #expect(snapshot.words.matches(query).contains(UInt32(row)), "\(word)")
                }
            }
        }
    }
}
