import Basics
import Consistency
import HTTPTypes
import Hosting
import Store
import Web

/// The year's report, the consistency page, downloads and the endpoints of the API.
struct ReportRoutes {
    let desk: PortalDesk

    func add(to table: inout RouteTable) {
        let desk = desk
        table.page("/procurement/report") { incoming in
            let years = try await desk.store.read { try Projects.years(in: $0) }
            let year = incoming.query["year"].flatMap(Int.init) ?? years.first ?? 2023
            let report = try await Self.report(
                year,
                coefficient: incoming.query["coefficient"],
                desk
            )
            return ReportPage(report: report, years: years, updatedAt: desk.catalogue.updatedAt)
                .page(in: incoming.page)
        }
        table.page("/procurement/consistency") { incoming in
            ConsistencyPage(findings: try ConsistencyReport.findings()).page(in: incoming.page)
        }
        for format in PlanFormat.allCases {
            table.file("/procurement/projects.\(format.rawValue)") { incoming in
                try await Self.download(format, ProjectQuery(incoming.query), desk, incoming)
            }
        }
    }

    /// The report of a year over its current projects.
    static func report(
        _ year: Int,
        coefficient: String?,
        _ desk: PortalDesk
    ) async throws -> PlanReport {
        let projects = try await desk.store.read { try Projects.current(ofYear: year, in: $0) }
        guard !projects.isEmpty else { throw Problem.notFound }
        return PlanReport(
            year: year,
            projects: projects,
            coefficient: JobsCoefficient(typed: coefficient)
        )
    }

    private static func download(
        _ format: PlanFormat,
        _ query: ProjectQuery,
        _ desk: PortalDesk,
        _ incoming: Incoming
    ) async throws -> Outgoing {
        let ids = try desk.catalogue.allIDs(query, limit: PlanExport.maximumProjectCount)
        guard !ids.isEmpty || format != .ocds else { throw Problem.notFound }
        let store = desk.store
        let publisher = incoming.page.siteName.korean
        let address =
            desk.platform.publicURL + Link(incoming.path, query: query.conditionPairs).target
        let publishedAt = desk.catalogue.updatedAt ?? incoming.now
        let body: Outgoing.Body = .stream { write in
            var export = try PlanExport(
                format: format,
                publisher: publisher,
                address: address,
                publishedAt: publishedAt
            )
            for start in stride(from: 0, to: ids.count, by: Projects.maximumBatchCount) {
                let batch = Array(ids[start..<min(start + Projects.maximumBatchCount, ids.count)])
                let projects = try await store.read { try Projects.rows(batch, in: $0) }
                try await write(try export.add(projects))
            }
            try await write(try export.finish())
        }
        return .download(
            fileName: "정보화사업_\(incoming.now.date.iso).\(format.rawValue)",
            contentType: format.contentType,
            body: body
        )
    }
}

extension JobsCoefficient {
    /// The largest coefficient that is taken, in workers per KRW 1bn.
    static let maximumWorkersPerBillionWon = 1000.0

    /// The coefficient a person typed, or the announced one.
    init(typed text: String?) {
        self = .announced
        guard let number = text.flatMap(Double.init), number.isFinite, number > 0,
            number <= Self.maximumWorkersPerBillionWon, number != workersPerBillionWon
        else { return }
        workersPerBillionWon = number
        source = Bilingual("직접 입력한 계수", "A coefficient typed by the reader")
    }
}
