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

/// A document of projects in one of the forms, written batch by batch.
///
/// Memory stays at the size of a batch, however many projects there are.
struct PlanExport {
    /// The most projects of one download.
    static let maximumProjectCount = 1_048_575

    private enum Writer {
        case csv(CSVWriter)
        case xlsx(XLSXWriter)
        case ocds(ReleasePackageWriter)
    }

    /// What was written and not yet taken.
    private final class Output {
        var bytes: [UInt8] = []
    }

    private var writer: Writer
    private let output: Output
    private let publishedAt: Instant

    /// Begins a document.
    ///
    /// - Parameters:
    ///   - format: Its form.
    ///   - publisher: Who publishes, for OCDS.
    ///   - address: Where the package stands, for OCDS.
    ///   - publishedAt: When its data was last changed, for OCDS.
    /// - Throws: What the writer of the form throws.
    init(format: PlanFormat, publisher: String, address: String, publishedAt: Instant) throws {
        let output = Output()
        self.output = output
        self.publishedAt = publishedAt
        let sink: ([UInt8]) throws -> Void = { output.bytes += $0 }
        switch format {
        case .csv:
            var options = CSVWriter.Options()
            options.writesByteOrderMark = true
            var csv = CSVWriter(options: options, sink: sink)
            try csv.write(PlanTable.columns.map(\.title))
            writer = .csv(csv)
        case .xlsx:
            var xlsx = XLSXWriter(sink: sink)
            try xlsx.beginSheet("정보화사업", columns: PlanTable.columns)
            writer = .xlsx(xlsx)
        case .ocds:
            writer = .ocds(
                ReleasePackageWriter(
                    PackageMetadata(uri: address, publisher: publisher, publishedAt: publishedAt),
                    prefix: .unregisteredExample,
                    sink: sink
                )
            )
        }
    }

    /// Adds projects; gives the bytes that are ready.
    mutating func add(_ projects: [PlannedProject]) throws -> [UInt8] {
        switch writer {
        case .csv(var csv):
            for project in projects { try csv.write(PlanTable.cells(project)) }
            writer = .csv(csv)
        case .xlsx(var xlsx):
            for project in projects { try xlsx.write(PlanTable.cells(project)) }
            writer = .xlsx(xlsx)
        case .ocds(var ocds):
            for project in projects {
                try ocds.write(project.contracting(publishedAt: publishedAt))
            }
            writer = .ocds(ocds)
        }
        return taken()
    }

    /// Ends the document; gives its last bytes.
    consuming func finish() throws -> [UInt8] {
        switch writer {
        case .csv(var csv): try csv.finish()
        case .xlsx(var xlsx): try xlsx.finish()
        case .ocds(var ocds): try ocds.finish()
        }
        return taken()
    }

    private func taken() -> [UInt8] {
        defer { output.bytes.removeAll(keepingCapacity: true) }
        return output.bytes
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
        // What was ordered in the year before has no month: its tender period is that year.
        planned.orderPeriod = order.span ?? order.wholeYear
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
