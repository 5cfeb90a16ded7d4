import Basics
import CityTesting
import City
import Foundation
import HTTPTypes
import Hosting
import Identity
import Store
import Testing

@testable import Programmes

private let city = CityComposition(modules: [CityRecords.self, CityProgrammes.self], services: [])
private let editor = "programmes@sample.example"
/// 25 November 2026, noon in Korea.
private let noon = Instant(millisecondsSinceEpoch: 1_795_575_600_000)
private let today = noon.date

private func youthList(_ titles: [String], region: String = "서울") -> [UInt8] {
    let rows = titles.enumerated().map { place, title in
        #"{"category":"주거","region":"\#(region)","title":"\#(title)","link":"T\#(place)"}"#
    }
    return Array("[\(rows.joined(separator: ","))]".utf8)
}

private func kinds(_ report: ListingReport) -> [String: Int] { report.counts }

@Suite struct `The texts of a catalogue` {
    @Test(arguments: [
        ("임신?출산 준비", 1), ("? 지원내용", 1), ("무엇이 필요한가요?", 0), ("(?장애인복지법)", 1),
        ("https://sample.example/a?b=1 수당?급여", 1), ("갈까? 말까?", 0), ("글이 없음", 0),
    ])
    func `lose a character where a question mark ends no question`(_ text: String, _ count: Int) {
        #expect(ListingText(text).lostCharacters.count == count)
    }

    @Test(arguments: [
        ("<p class='a'><b>월 10만원</b></p><p>방문</p>", "월 10만원\n방문", true, false),
        ("<지원대상> 누구나 &amp; 모두", "<지원대상> 누구나 & 모두", false, true),
        (".", "", false, false), ("한   줄\n\n두 줄", "한\n줄\n두 줄", false, false),
        ("1 < 2", "1 < 2", false, false),
    ])
    func `are repaired only where that changes no meaning`(
        _ raw: String,
        _ text: String,
        _ hadMarkup: Bool,
        _ hadEntities: Bool
    ) {
        let read = ListingText(raw)
        #expect(read.text == text)
        #expect(read.hadMarkup == hadMarkup)
        #expect(read.hadEntities == hadEntities)
    }

    @Test(
        arguments: [
            ("0세 ~ 12세", 0, 12), ("0~2세,3~5세,6~9세", 0, 9), ("35세 ~ 100세", 35, 100),
            ("6~9세,10세 이상", 6, nil),
        ] as [(String, Int, Int?)]
    )
    func `give their ages from the youngest to the oldest`(_ text: String, _ from: Int, _ to: Int?)
    {
        #expect(AgeText.range(text) == AgeRange(from: from, to: to))
    }

    @Test(arguments: ["세 ~ 세", "0세 ~ 0세", "연령무관", ""])
    func `give no ages where none can be read`(_ text: String) {
        #expect(AgeText.range(text) == nil)
    }

    @Test func `name the same programme under one key`() {
        #expect(TitleKey.make("임산부 교통비 지원") == TitleKey.make("임산부교통비 지원"))
        #expect(TitleKey.make("운영( 사업종료)") == TitleKey.make("운영"))
        #expect(TitleKey.loose("서울시 청년수당") == TitleKey.loose("서울 청년수당 지원"))
        #expect(TitleKey.make("청년월세") != TitleKey.make("청년전세"))
    }
}

@Suite struct `A catalogue that is checked` {
    @Test func `tells of double, ended and past programmes, and of figures unlike the rules'`()
        throws
    {
        let rule = RuleDigest(
            name: "youth-rent",
            title: Bilingual(same: "서울시 청년월세지원"),
            provider: Bilingual(same: "서울특별시"),
            figures: ListingFigures("중위소득 150% 이하, 19세 이상 39세 이하, 20만원")
        )
        var rent = Listing(.youthCity, "T9", title: "청년월세 지원사업")
        rent.target = "중위소득 120% 이하 19~39세"
        rent.summary = "한 달 20만원"
        let file = try ListingFile(
            youthList(["2024년 인턴 모집", "집 나눔", "집나눔", "상담소(사업종료)"]),
            fileName: "a.json"
        )
        let report = ListingReport(
            file.listings + [rent],
            known: file.findings,
            rules: [rule],
            on: today
        )
        #expect(report.counts["duplicate"] == 1)
        #expect(report.counts["ended"] == 1)
        #expect(report.counts["pastYear"] == 1)
        #expect(report.counts["ruleProgramme"] == 1)
        let figures = report.findings.filter { $0.kind == .figuresDiffer }
        #expect(figures.map(\.detail.korean) == ["중위소득 120% / 규칙 150%"])
    }

    @Test(arguments: ["", "[]", "{}", "[1,2]", "가,나\n1,2\n", "\u{0}\u{1}"])
    func `is refused with a reason where it is none`(_ text: String) {
        #expect {
            try ListingFile(Array(text.utf8), fileName: "a.json")
        } throws: {
            $0 is any ExplainedError
        }
    }

    private static let folder =
        ProcessInfo.processInfo.environment["HAECHI_SHARED_DATA"] ?? "../shared/data"
    private static let names = [
        "mongttang/mongttang.csv", "youth.seoul.go.kr/seoul-policy-list.json",
        "youth.seoul.go.kr/seoul-gu-policy-list.json",
        "youth.seoul.go.kr/korea-policy-list.json", "youth.seoul.go.kr/region-policy-list.json",
    ]
    private static let isThere = FileManager.default.fileExists(
        atPath: "\(folder)/benefits/\(names[0])"
    )

    @Test(.enabled(if: isThere, "HAECHI_SHARED_DATA has no benefits"))
    func `of the real city has the faults that people counted in it`() throws {
        let files = try Self.names.map { name in
            let data = try Data(contentsOf: URL(filePath: "\(Self.folder)/benefits/\(name)"))
            return try ListingFile(Array(data), fileName: name)
        }
        #expect(files.map(\.source) == ListingSource.all)
        #expect(files.map(\.listings.count) == [322, 209, 442, 664, 929])
        let names = Set(files.flatMap { $0.listings.map(\.id) })
        #expect(names.count == 2566)
        let report = ListingReport(files, on: today)
        #expect(report.counts["noApplicationAddress"] == 250)
        #expect(report.counts["markup"] == 19)
        #expect((report.counts["lostCharacter"] ?? 0) >= 122)
        #expect(report.counts["ended"] == 14)
        #expect(
            report.findings.contains {
                $0.kind == .duplicate && $0.title == "임산부교통비 지원"
                    && $0.other == "mongttang.임산부-교통비-지원"
            }
        )
    }
}

@Suite struct `The editor of the catalogues` {
    /// Uploads a file; answers the address of its dry run.
    private func upload(_ bytes: [UInt8], _ client: CityClient) async throws -> String {
        let answer = try await client.upload(
            "/programmes/listings/import",
            from: "/programmes/listings/import",
            [:],
            file: ("a.json", bytes)
        )
        return try #require(answer.headers[.location])
    }

    @Test func `looks an edition over, publishes it, and decisions stay over the next`()
        async throws
    {
        try await CityClient.with(city, sample: true, now: noon) { client in
            let editor = try await client.signedIn(as: editor)
            let first = try await upload(
                youthList(["집 나눔", "집나눔", "밥 모임"], region: "경기"),
                editor
            )
            let dryRun = try await editor.get(first)
            #expect(dryRun.status == 200)
            #expect(dryRun.body.contains("같은 사업이 두 이름으로"))
            let id = "youth-regions.T1"
            #expect(try await client.get("/programmes/listings/\(id)").status == 404)
            #expect(try await editor.submit(first, from: first, [:]).status == 303)
            #expect(try await client.get("/programmes/listings/\(id)").body.contains("집나눔"))
            let found = try await client.get("/programmes?q=%EC%A7%91%EB%82%98%EB%88%94").body
            #expect(found.contains("/programmes/listings/\(id)"))

            let review = "/programmes/listings/\(id)/review"
            let decided = try await editor.submit(
                review,
                from: review,
                [
                    "version": "0", "mergedInto": "youth-regions.T0", "text.title": "집나눔",
                    "text.contact": "02-000-0000",
                ]
            )
            #expect(decided.status == 303)
            #expect(try await client.get("/programmes/listings/\(id)").body.contains("다른 이름으로"))

            let second = try await upload(youthList(["집 나눔", "집나눔 사업"], region: "경기"), editor)
            #expect(try await editor.get(second).body.contains("밥 모임"))
            #expect(try await editor.submit(second, from: second, [:]).status == 303)
            let kept = try await client.city.platform.store.read {
                try Listings.all(of: .youthRegions, in: $0)
            }
            #expect(kept.map(\.listing.title) == ["집 나눔", "집나눔 사업", "밥 모임"])
            #expect(kept.map(\.isGone) == [false, false, true])
            #expect(kept[1].decision.mergedInto == "youth-regions.T0")
            #expect(kept[1].shown.contact == "02-000-0000")
            let editions = try await client.city.platform.store.read {
                try Listings.editions(in: $0)
            }.filter { $0.source == .youthRegions }
            #expect(editions.map(\.number).sorted() == [1, 2])
            #expect(editions.contains { $0.changedCount == 1 && $0.goneCount == 1 })
        }
    }

    @Test func `is told of what cannot be, and of who was faster`() async throws {
        try await CityClient.with(city, sample: true, now: noon) { client in
            let editor = try await client.signedIn(as: editor)
            let review = "/programmes/listings/youth-city.S11000/review"
            func decide(_ fields: KeyValuePairs<String, String>) async throws -> Int {
                try await editor.submit(review, from: review, fields).status
            }
            #expect(try await decide(["version": "0", "mergedInto": "youth-city.S11000"]) == 422)
            #expect(try await decide(["version": "0", "sameAs": "nothing"]) == 422)
            #expect(try await decide(["version": "0", "supersededBy": "nothing"]) == 422)
            #expect(try await decide(["version": "0", "ended": "yes"]) == 303)
            #expect(try await decide(["version": "0", "ended": "no"]) == 422)
            let resident = try await client.signedIn(as: "resident@sample.example")
            #expect(try await resident.get(review).status == 403)
            #expect(try await client.get("/programmes/listings").status == 401)
        }
    }

    @Test func `finds in the sample the faults that real catalogues have`() throws {
        let files = try SampleListings.files.map {
            try ListingFile($0.bytes, fileName: $0.name)
        }
        let count = files.reduce(0) { $0 + $1.listings.count }
        #expect((55...70).contains(count))
        let report = ListingReport(files, on: today)
        for kind: ListingFinding.Kind in [
            .lostCharacter, .markup, .entities, .noApplicationAddress, .ended, .endedInText,
            .duplicate, .otherSource, .pastDate, .pastYear, .noCategory, .unreadableAges,
        ] {
            #expect(report.counts[kind.rawValue] ?? 0 > 0, "\(kind)")
        }
    }
}
