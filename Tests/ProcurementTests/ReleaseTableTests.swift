import Basics
import Foundation
import Testing

@testable import Procurement

@Suite struct `Contracting data as a plan` {
    private static func read(_ text: String) throws -> PlanFile {
        var options = PlanImportOptions()
        options.directory = SeoulAgencies.directory
        return try PlanFile.read(Array(text.utf8), fileName: "package.json", options: options)
    }

    private static func package(_ releases: String) -> String {
        """
        {"uri": "https://city.example/p", "version": "1.1", "publishedDate": "2024-01-25T09:00:00+09:00",
         "publisher": {"name": "노원구"}, "releases": [\(releases)]}
        """
    }

    @Test func `our own export comes back with its keys, budgets and order times`() throws {
        let projects = Array(SampleCity.projects().prefix(200))
        var export = try PlanExport(
            format: .ocds,
            publisher: "서울특별시",
            address: "https://city.example/p",
            publishedAt: Instant(SampleCity.announcedOn)
        )
        var bytes = try export.add(projects)
        bytes += try export.finish()
        var options = PlanImportOptions()
        options.directory = SeoulAgencies.directory
        let plan = try PlanFile.read(bytes, fileName: "p.json", options: options).plan
        func face(_ project: PlannedProject) -> [String] {
            [
                project.reference, project.title, project.department, project.type.rawValue,
                String(project.budget.amount), project.order.timing.rawValue,
                String(project.order.year), project.sortedTechnologies.map(\.rawValue).joined(),
            ]
        }
        #expect(plan.projects.map(face) == projects.map(face))
    }

    @Test func `later releases of a process replace what earlier ones said`() throws {
        let file = try Self.read(
            Self.package(
                """
                {"ocid": "a-1", "date": "2024-01-02T00:00:00Z", "tag": ["planning"],
                 "buyer": {"id": "11350", "name": "노원구"},
                 "planning": {"budget": {"amount": {"amount": 100000000, "currency": "KRW"}}},
                 "tender": {"id": "1", "title": "챗봇 구축", "status": "planned",
                  "tenderPeriod": {"startDate": "2024-04-01T00:00:00+09:00",
                   "endDate": "2024-06-30T00:00:00+09:00"}}},
                {"ocid": "a-1", "date": "2024-05-02T00:00:00Z", "tag": ["tender"],
                 "planning": {"budget": {"amount": {"amount": 120000000, "currency": "KRW"}}},
                 "tender": {"id": "1", "status": "active"}}
                """
            )
        )
        let project = try #require(file.plan.projects.first)
        #expect(file.plan.rows.count == 1)
        #expect(project.title == "챗봇 구축")
        #expect(project.budget == Won(120_000_000))
        #expect(project.order.timing == .secondQuarter)
        #expect(project.status == .announced)
    }

    @Test func `another currency is kept in the notes and never counted as won`() throws {
        let file = try Self.read(
            Self.package(
                """
                {"ocid": "b-1", "date": "2024-01-02T00:00:00Z", "tag": ["planning"],
                 "planning": {"budget": {"amount": {"amount": 6700, "currency": "GBP"}}},
                 "tender": {"id": "1", "title": "Cycle lanes"}}
                """
            )
        )
        let project = try #require(file.plan.projects.first)
        #expect(project.budget == .zero)
        #expect(project.notes == "예산 6700 GBP")
        #expect(project.agencyName == "노원구")
        #expect(file.warnings.count == 2)
    }

    @Test(.enabled(if: SharedPackages.isPresent, "no shared data"))
    func `every published package is imported`() throws {
        let files = SharedPackages.files
        #expect(files.count >= 75)
        var withoutRows: [String] = []
        var refused: [String] = []
        for file in files {
            let read = try PlanFile.read(
                [UInt8](Data(contentsOf: file)),
                fileName: file.lastPathComponent,
                options: PlanImportOptions()
            )
            if read.plan.rows.isEmpty { withoutRows.append(file.lastPathComponent) }
            if read.plan.refusedRowCount > 0 { refused.append(file.lastPathComponent) }
        }
        // One file only links to releases elsewhere; two have no date at all, so no plan year.
        #expect(withoutRows == ["linked_releases.json"])
        #expect(refused.sorted() == ["flat.json", "flat_two_items.json"])
    }
}

/// The OCDS packages of the shared data.
private enum SharedPackages {
    static let folder = URL(
        fileURLWithPath: ProcessInfo.processInfo.environment["HAECHI_SHARED_DATA"]
            ?? "../shared/data"
    ).appendingPathComponent("procurement")

    static var isPresent: Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent("ocds-sample").path)
    }

    static var files: [URL] {
        ["ocds-sample", "worked-examples"].flatMap { name in
            FileManager.default.enumerator(
                at: folder.appendingPathComponent(name),
                includingPropertiesForKeys: nil
            )?.compactMap { $0 as? URL } ?? []
        }.filter { url in
            guard url.pathExtension == "json", let data = try? Data(contentsOf: url),
                let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
            else { return false }
            return object["releases"] != nil || object["records"] != nil
        }
    }
}
