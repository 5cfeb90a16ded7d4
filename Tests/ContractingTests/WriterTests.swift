import Basics
import Foundation
import Testing

@testable import Contracting

/// The sample plan: as many projects as Seoul announced for 2023.
func sampleProjects(_ count: Int) throws -> [PlannedProject] {
    var random = SeededRandom(seed: 7)
    let publishedAt = Instant(try #require(LocalDate(iso: "2023-01-25")), hour: 9)
    let types = ["시스템구축", "HW 및 SW 도입", "SW개발", "유지관리"]
    return try (0..<count).map { index in
        let type = types[index % types.count]
        var project = PlannedProject(
            id: "2023-\(100_000 + index)",
            title: "견본 \"통합\" 사업 \(index)\n\(type)",
            agency: .init(id: "KR-LG-\(index % 178)", name: "견본 기관 \(index % 178)"),
            budget: Won(Int64.random(in: 3...8999, using: &random) * 1_000_000),
            publishedAt: publishedAt
        )
        project.type = .init(id: "t\(index % types.count)", name: type)
        if index % 2 == 0 {
            let month = index % 12 + 1
            let start = try #require(LocalDate(year: 2023, month: month, day: 1))
            project.orderPeriod = start...start.adding(days: 27)
            project.contractPeriod = start...start.adding(days: 180)
            project.englishTitle = "Sample \(index)"
            project.summary = "설명"
            project.department = "정보화담당관"
            project.method = .direct
            project.methodDetails = "협상에 의한 계약"
            project.category = .goods
            project.technologies = [
                .init(scheme: PlannedProject.technologyScheme, id: "AI", name: "인공지능")
            ]
            project.edition = 2
        }
        return project
    }
}

func package(of projects: [PlannedProject], prefix: OCIDPrefix = .unregisteredExample) throws
    -> [UInt8]
{
    var output: [UInt8] = []
    var writer = ReleasePackageWriter(
        PackageMetadata(
            uri: "https://example.org/plan.json",
            publisher: "견본 도시",
            publishedAt: projects.first?.publishedAt ?? Instant(millisecondsSinceEpoch: 0),
            license: "https://example.org/licence"
        ),
        prefix: prefix
    ) { output += $0 }
    for project in projects { try writer.write(project) }
    try writer.finish()
    return output
}

@Suite struct `Writing contracting data` {
    @Test func `a plan of 1,431 projects comes back project by project`() throws {
        let projects = try sampleProjects(1431)
        let output = try package(of: projects)
        let report = try ContractingReport.check(ReleaseReader(bytes: output))
        #expect(report.findings == [])
        #expect(report.releaseCount == 1431)
        let read = try entries(output).compactMap { entry in
            if case .release(let release, _) = entry { release.plannedProject } else { nil }
        }
        #expect(read == projects)
    }

    @Test func `a planned project is a planning release with a planned tender`() throws {
        let project = try sampleProjects(1)[0]
        let release = Release(project, prefix: OCIDPrefix("ocds-abcdef"))
        #expect(release.ocid == "ocds-abcdef-2023-100000")
        #expect(release.tag == ["planningUpdate"])
        #expect(release.tender?.status == "planned")
        #expect(release.tender?["title", language: "ko"] == project.title)
        #expect(release.tender?.tenderPeriod?.startDate == "2023-01-01T00:00:00+09:00")
        #expect(release.planning?.budget?.amount?.won == project.budget)
        #expect(release.planning?.budget?.projectID == project.id)
        #expect(release.parties.first?.roles == ["buyer", "procuringEntity"])
    }

    @Test func `the same plan is the same bytes`() throws {
        #expect(try package(of: sampleProjects(50)) == package(of: sampleProjects(50)))
    }

    @Test func `an empty plan is refused before a byte is written`() throws {
        let error = try #require(throws: ContractingError.self) { try package(of: []) }
        #expect(error.code == .emptyPackage)
    }

    @Test(
        arguments: [
            ("1500", 1500), ("1500.00", 1500), ("1.5e3", 1500), ("15E2", 1500), ("150000e-2", 1500),
            ("1500.5", nil), ("1.55e1", nil), ("-7", -7), ("9223372036854775807", Int64.max),
            ("9223372036854775808", nil), ("1e30", nil), ("15e-1", nil),
        ] as [(String, Int64?)]
    )
    func `an amount is won only where it is whole`(text: String, won: Int64?) {
        var value = Value()
        value.currency = "KRW"
        value.amountText = text
        #expect(value.won == won.map(Won.init))
        value.currency = "USD"
        #expect(value.won == nil)
    }

    @Test(
        arguments: [
            ("2023-01-25T09:00:00+09:00", 1_674_604_800_000),
            ("2023-01-25T00:00:00Z", 1_674_604_800_000),
            ("2023-01-24T19:00:00.250-05:00", 1_674_604_800_250), ("2023-02-29T00:00:00Z", nil),
            ("2023-01-25", nil), ("2023-01-25T09:00:00", nil), ("2023-01-25T24:00:00Z", nil),
            ("2023-01-25T09:00:00+0900", nil), ("2023-01-25T09:00:00.Z", nil), ("", nil),
        ] as [(String, Int64?)]
    )
    func `a date-time needs an offset`(text: String, milliseconds: Int64?) {
        #expect(Timestamp.instant(text)?.millisecondsSinceEpoch == milliseconds)
    }

    @Test func `setting a field keeps its place and everything around it`() throws {
        guard case .release(var release, _) = try entries(bytes(smallPackage))[0] else { return }
        let before = release.json.members.map(\.name)
        release.ocid = "ocds-kr1111-9"
        release.tender?.title = "새 이름"
        #expect(release.json.members.map(\.name) == before)
        #expect(release.json[text: "x_é"] == "😀\n")
        #expect(release.tender?.id == "7")
        #expect(release.tender?.value?.amountText == "10.50")
        release.tender = nil
        #expect(release.json["tender"] == nil)
    }
}
