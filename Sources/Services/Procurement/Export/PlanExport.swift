import Basics
import Contracting
import Tabular

/// The forms in which projects can be taken away.
enum PlanFormat: String, CaseIterable, Sendable {
    /// Comma-separated values, UTF-8 with a byte order mark so that Korean Excel reads it.
    case csv
    /// An Excel workbook.
    case xlsx
    /// An OCDS 1.1 release package.
    case ocds = "json"

    var contentType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .ocds: "application/json"
        }
    }
}

/// Writes projects in one of the forms, piece by piece.
struct PlanExport {
    /// The most projects of one download.
    static let maximumProjectCount = 1_048_575

    let format: PlanFormat
    /// Who publishes, for OCDS.
    let publisher: String
    /// Where the package stands, for OCDS.
    let address: String
    /// When its data was last changed, for OCDS.
    let publishedAt: Instant

    /// Hands the document to a sink in pieces.
    func write(_ projects: [PlannedProject], to sink: @escaping ([UInt8]) throws -> Void) throws {
        switch format {
        case .csv:
            var options = CSVWriter.Options()
            options.writesByteOrderMark = true
            var writer = CSVWriter(options: options, sink: sink)
            try writer.write(PlanTable.columns.map(\.title))
            for project in projects { try writer.write(PlanTable.cells(project)) }
            try writer.finish()
        case .xlsx:
            var writer = XLSXWriter(sink: sink)
            try writer.beginSheet("정보화사업", columns: PlanTable.columns)
            for project in projects { try writer.write(PlanTable.cells(project)) }
            try writer.finish()
        case .ocds:
            var writer = ReleasePackageWriter(
                PackageMetadata(uri: address, publisher: publisher, publishedAt: publishedAt),
                prefix: .unregisteredExample,
                sink: sink
            )
            for project in projects {
                try writer.write(project.contracting(publishedAt: publishedAt))
            }
            try writer.finish()
        }
    }
}

extension PlannedProject {
    /// The project in OCDS's words.
    func contracting(publishedAt: Instant) -> Contracting.PlannedProject {
        var planned = Contracting.PlannedProject(
            id: reference.map { $0 == "/" ? "-" : String($0) }.joined(),
            title: title,
            agency: .init(id: agencyID, name: agencyName),
            budget: budget,
            publishedAt: publishedAt
        )
        planned.englishTitle = titleEnglish
        planned.summary = description.isEmpty ? nil : description
        planned.department = department.isEmpty ? nil : department
        planned.orderPeriod = order.span
        if let periodStart, let periodEnd, periodStart <= periodEnd {
            planned.contractPeriod = periodStart...periodEnd
        }
        planned.type = .init(id: type.rawValue, name: type.label.korean)
        planned.technologies = sortedTechnologies.map {
            .init(
                scheme: Contracting.PlannedProject.technologyScheme,
                id: $0.rawValue,
                name: $0.label.korean
            )
        }
        planned.methodDetails = contractMethod?.label.korean
        planned.method = contractMethod.map { method in
            switch method {
            case .open: .open
            case .restricted: .selective
            case .negotiated: .selective
            case .direct: .direct
            }
        }
        return planned
    }
}
