import Basics
import Contracting

/// Contracting data (OCDS 1.1) as the rows of a plan, one for each contracting process.
///
/// What later releases of a process say replaces what earlier ones said. The rows then go the way
/// of every other plan: each defect is named, each cell can be corrected.
struct ReleaseTable: Sendable {
    /// The rows, in the order the processes first appear.
    private(set) var rows: [ImportRow] = []
    /// What a person should know of the data as a whole.
    private(set) var warnings: [Bilingual] = []

    private static let columns: [PlanColumn] = [
        .key, .title, .titleEnglish, .description, .agency, .department, .type, .amount, .planYear,
        .timing, .technologies, .contractMethod, .status, .periodStart, .periodEnd, .notes,
    ]

    /// The header of the rows.
    static let header = columns.map { $0 == .amount ? "사업비(원)" : $0.headers[0] }

    /// Whether a file is JSON and so can only be contracting data.
    static func looksLikeContractingData(_ bytes: [UInt8]) -> Bool {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let first = bytes.dropFirst(start).first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    /// Reads packages, releases or records.
    ///
    /// Throws `ContractingError` where the bytes are none of them.
    init(_ bytes: [UInt8]) throws {
        var processes = ProcessList()
        var reader = ReleaseReader(bytes: bytes)
        var linkCount = 0
        while let entry = try reader.next() {
            switch entry {
            case .release(let release, _): processes.add(release)
            case .record(let record, _):
                // A linked release is an address and says nothing of the process itself.
                for release in record.releases where release.ocid != nil { processes.add(release) }
                linkCount += record.releases.count { $0.ocid == nil }
                if let compiled = record.compiledRelease { processes.add(compiled) }
            }
        }
        if processes.list.isEmpty && linkCount > 0 {
            warnings.append(
                Bilingual(
                    "이 파일은 릴리스 \(linkCount)개의 주소만 담고 있습니다. 릴리스가 든 파일을 올려 주세요.",
                    "The file only links to \(linkCount) releases. Upload one that contains them."
                )
            )
        }
        let incomplete = processes.complete(from: reader.packages.first?.metadata)
        if incomplete > 0 {
            warnings.append(
                Bilingual(
                    "\(incomplete)건은 사업명, 기관, 금액, 시기 가운데 없는 것이 있어 "
                        + "식별자, 발행 기관(없으면 ‘기관 미상’), 0원, 발행일로 채웠습니다.",
                    "\(incomplete) lack a title, a buyer, an amount or a date; the identifier, the "
                        + "publisher, 0 won or the day of publication stands in its place."
                )
            )
        }
        rows = processes.list.enumerated().map { index, cells in
            ImportRow(number: index + 2, cells: Self.columns.map { cells[$0] ?? "" })
        }
        let foreign = processes.currencies.subtracting(["KRW"]).sorted()
        if !foreign.isEmpty {
            let names = foreign.joined(separator: ", ")
            warnings.append(
                Bilingual(
                    "\(names) 금액은 0원으로 두고 비고에 적었습니다. 원화로 고쳐 주세요.",
                    "Amounts in \(names) are taken as 0 won and kept in the notes. Enter them in won."
                )
            )
        }
    }
}

/// The contracting processes met so far, each as the cells of its row.
private struct ProcessList {
    var list: [[PlanColumn: String]] = []
    var currencies: Set<String> = []
    private var places: [String: Int] = [:]

    /// Takes a release of a new process, or on top of what earlier ones said of theirs.
    mutating func add(_ release: Release) {
        let process = release.ocid ?? release.id ?? "\(list.count + 1)"
        let place = places[process] ?? list.count
        if place == list.count {
            places[process] = place
            list.append([:])
        }
        for (column, text) in cells(release, process) where !text.isEmpty {
            list[place][column] = text
        }
    }

    /// Fills what a plan cannot be without; gives back how many processes lacked something.
    mutating func complete(from package: PackageMetadata?) -> Int {
        let day = package?.publishedDate.flatMap(LocalDate.init(timestamp:))
        return list.indices.count { index in
            let needed: [(PlanColumn, String?)] = [
                (.title, list[index][.key]), (.agency, package?.publisher?.name ?? "기관 미상"),
                (.amount, "0"),
                (.planYear, day.map { String($0.year) }), (.timing, day.map { "\($0.month)월" }),
            ]
            let missing = needed.filter { list[index][$0.0] == nil }
            for (column, text) in missing { list[index][column] = text }
            return !missing.isEmpty
        }
    }

    private mutating func cells(_ release: Release, _ process: String) -> [PlanColumn: String] {
        let (tender, budget) = (release.tender, release.planning?.budget)
        let contract = release.contracts.first
        let buyer = release.buyer ?? tender?.procuringEntity
        let party =
            release.parties.first { $0.id != nil && $0.id == buyer?.id }
            ?? release.parties.first {
                !Set($0.roles).isDisjoint(with: ["buyer", "procuringEntity"])
            }
        let period = tender?.tenderPeriod?.firstDay
        let day = period ?? release.date.flatMap(LocalDate.init(timestamp:))
        var cells: [PlanColumn: String] = [:]
        cells[.title] =
            tender?["title", language: "ko"] ?? tender?.title ?? budget?.project
            ?? contract?.title ?? release.awards.first?.title ?? budget?.description
            ?? tender?.description
        cells[.titleEnglish] = tender?["title", language: "en"]
        cells[.description] = tender?.description ?? release.planning?.rationale
        cells[.agency] = buyer?.name ?? party?.name
        cells[.department] = party?.contactPoint?.name
        let id = budget?.projectID ?? process
        let own = OwnIdentifier(id, agencyID: buyer?.id ?? party?.id)
        let planYear = own?.planYear ?? day?.year
        cells[.key] = own?.key ?? id
        cells[.planYear] = planYear.map(String.init)
        if let period, let planYear, period.year < planYear {
            cells[.timing] = OrderTiming.orderedInPreviousYear.label.korean
        } else {
            cells[.timing] = tender?.tenderPeriod?.timing ?? day.map { "\($0.month)월" }
        }
        addMoney(
            budget?.amount ?? tender?.value ?? release.awards.first?.value ?? contract?.value,
            to: &cells
        )
        let item = tender?.items.first
        cells[.type] = item?.classification.flatMap(projectType)?.label.korean
        cells[.technologies] = item?.additionalClassifications.compactMap { $0.id }
            .compactMap(Technology.init).map(\.label.korean).joined(separator: ", ")
        cells[.contractMethod] = tender.flatMap(method)?.label.korean
        cells[.status] = status(release)?.label.korean
        let span = tender?.contractPeriod ?? contract?.period
        cells[.periodStart] = span?.firstDay?.iso
        cells[.periodEnd] = span?.lastDay?.iso
        return cells
    }

    private mutating func addMoney(_ value: Value?, to cells: inout [PlanColumn: String]) {
        guard let value, let amount = value.amountText else { return }
        let currency = value.currency ?? "KRW"
        currencies.insert(currency)
        cells[.amount] = currency == "KRW" ? value.won.map { String($0.amount) } ?? amount : "0"
        if currency != "KRW" { cells[.notes] = "예산 \(amount) \(currency)" }
    }

    private func projectType(_ code: Classification) -> ProjectType? {
        code.id.flatMap(ProjectType.init(rawValue:))
            ?? code.description.flatMap(ProjectType.init(korean:))
    }

    private func method(_ tender: Tender) -> ContractMethod? {
        if let stated = tender.procurementMethodDetails.flatMap(ContractMethod.init(korean:)) {
            return stated
        }
        switch tender.procurementMethod {
        case "open": return .open
        case "selective": return .restricted
        case "limited": return .restricted
        case "direct": return .direct
        default: return nil
        }
    }

    /// How far the process is (OCDS codelists releaseTag, tenderStatus and contractStatus).
    private func status(_ release: Release) -> ProjectStatus? {
        if ["cancelled", "unsuccessful", "withdrawn"].contains(release.tender?.status) {
            return .cancelled
        }
        if let contract = release.contracts.first {
            return contract.status == "terminated" ? .completed : .contracted
        }
        if !release.awards.isEmpty || release.tender?.status == "active" { return .announced }
        if release.tag.contains("tender") && release.tender?.status != "planned" {
            return .announced
        }
        return release.tender?.status == "planned" || release.planning != nil ? .planned : nil
    }
}

/// The identifier that our own releases give a project: plan year, agency and key.
private struct OwnIdentifier {
    var planYear: Int
    var key: String

    init?(_ id: String, agencyID: String?) {
        let parts = id.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, parts[0].utf8.count == 4, let year = Int(parts[0]), let agencyID,
            parts[1].hasPrefix(agencyID + "-")
        else { return nil }
        planYear = year
        key = String(parts[1].dropFirst(agencyID.count + 1))
    }
}

extension LocalDate {
    /// The day that an RFC 3339 date and time, or a plain date, begins with.
    init?(timestamp: String) { self.init(iso: String(timestamp.prefix(10))) }
}

extension Period {
    fileprivate var firstDay: LocalDate? { startDate.flatMap(LocalDate.init(timestamp:)) }
    fileprivate var lastDay: LocalDate? { endDate.flatMap(LocalDate.init(timestamp:)) }

    /// The period as an order time: the quarter it covers, else the month in which it begins.
    fileprivate var timing: String? {
        guard let firstDay else { return nil }
        guard let lastDay, lastDay.year == firstDay.year, firstDay.month % 3 == 1,
            lastDay.month == firstDay.month + 2
        else { return "\(firstDay.month)월" }
        return "\(lastDay.month / 3)분기"
    }
}
