import Basics
import Store

/// A project as the store keeps it, with what its edition says of agency and year.
struct ProjectRow: Decodable, Sendable {
    var id: Int64
    var project: PlannedProject

    /// The columns of a project with those of its edition, for `procurement_project p` joined with
    /// `procurement_edition e`.
    static let columns: SQL = """
        p.id, p.project_key, p.title, p.title_english, p.description, p.department,
        p.contact_name, p.contact_phone, p.type, p.budget, p.funding, p.order_timing,
        p.order_year, p.order_month, p.technologies, p.contract_method, p.route, p.continuity,
        p.status, p.is_software_project, p.restricts_large_companies, p.period_start,
        p.period_end, p.notes, p.notice, e.plan_year, e.agency_id, e.agency_name,
        e.agency_name_english, e.agency_kind
        """

    /// A statement that reads projects; the condition names `p` and `e`.
    static func select(where condition: SQL) -> SQL {
        """
        SELECT \(columns) FROM procurement_project p
        JOIN procurement_edition e ON e.id = p.edition_id WHERE \(condition)
        """
    }

    private enum CodingKeys: String, CodingKey {
        case id, projectKey, title, titleEnglish, description, department, contactName
        case contactPhone, type, budget, funding, orderTiming, orderYear, orderMonth, technologies
        case contractMethod, route, continuity, status, isSoftwareProject
        case restrictsLargeCompanies, periodStart, periodEnd, notes, notice, planYear, agencyID
        case agencyName, agencyNameEnglish, agencyKind
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        func optional<Value: Decodable>(_ key: CodingKeys, _: Value.Type = Value.self) throws
            -> Value?
        {
            try row.decodeIfPresent(Value.self, forKey: key)
        }
        id = try row.decode(Int64.self, forKey: .id)
        let agency = PlanAgency(
            id: try row.decode(String.self, forKey: .agencyID),
            name: try row.decode(String.self, forKey: .agencyName),
            nameEnglish: try row.decode(String.self, forKey: .agencyNameEnglish),
            kind: try row.decode(AgencyKind.self, forKey: .agencyKind)
        )
        project = PlannedProject(
            key: try row.decode(String.self, forKey: .projectKey),
            title: try row.decode(String.self, forKey: .title),
            titleEnglish: try optional(.titleEnglish),
            description: try row.decode(String.self, forKey: .description),
            agency: agency,
            department: try row.decode(String.self, forKey: .department),
            contactName: try optional(.contactName),
            contactPhone: try optional(.contactPhone),
            type: try row.decode(ProjectType.self, forKey: .type),
            budget: try row.decode(Won.self, forKey: .budget),
            funding: try optional(.funding, JSONColumn<FundingSplit>.self)?.value,
            planYear: try row.decode(Int.self, forKey: .planYear),
            order: OrderTime(
                timing: try row.decode(OrderTiming.self, forKey: .orderTiming),
                year: try row.decode(Int.self, forKey: .orderYear),
                month: try optional(.orderMonth)
            ),
            technologies: Self.technologies(try row.decode(String.self, forKey: .technologies)),
            contractMethod: try optional(.contractMethod),
            route: try optional(.route),
            continuity: try optional(.continuity),
            status: try row.decode(ProjectStatus.self, forKey: .status),
            isSoftwareProject: try optional(.isSoftwareProject),
            restrictsLargeCompanies: try optional(.restrictsLargeCompanies),
            periodStart: try optional(.periodStart),
            periodEnd: try optional(.periodEnd),
            notes: try row.decode(String.self, forKey: .notes),
            notice: try optional(.notice, JSONColumn<NoticeReference>.self)?.value
        )
    }

    /// The technologies of their column's form, `bigData,cloud`.
    static func technologies(_ text: String) -> Set<Technology> {
        Set(text.split(separator: ",").compactMap { Technology(rawValue: String($0)) })
    }

    /// The column's form of technologies.
    static func text(_ technologies: Set<Technology>) -> String {
        switch technologies.count {
        case 0: ""
        case 1: technologies.first?.rawValue ?? ""
        default: technologies.sorted().map(\.rawValue).joined(separator: ",")
        }
    }
}

/// Writes the projects of an edition.
struct ProjectInserter {
    private static let columns = [
        "edition_id", "project_key", "title", "title_english", "description", "department",
        "contact_name", "contact_phone", "type", "budget", "funding", "order_timing", "order_year",
        "order_month", "technologies", "contract_method", "route", "continuity", "status",
        "is_software_project", "restricts_large_companies", "period_start", "period_end", "notes",
        "notice",
    ]

    private let inserter: Inserter
    private var row = RowValues()

    /// Prepares to write projects of any editions.
    init(in tx: WriteTransaction) throws {
        inserter = try tx.insert(into: "procurement_project", columns: Self.columns)
    }

    /// Writes the projects of an edition, which may have none yet.
    static func insert(
        _ projects: [PlannedProject],
        editionID: Int64,
        in tx: WriteTransaction
    ) throws {
        guard !projects.isEmpty else { return }
        var inserter = try ProjectInserter(in: tx)
        for project in projects { try inserter.append(project, to: editionID) }
    }

    /// Writes a project into an edition.
    mutating func append(_ project: PlannedProject, to editionID: Int64) throws {
        row.removeAll()
        row.append(editionID)
        row.append(project.key)
        row.append(project.title)
        row.append(project.titleEnglish)
        row.append(project.description)
        row.append(project.department)
        row.append(project.contactName)
        row.append(project.contactPhone)
        row.append(project.type.rawValue)
        row.append(project.budget.amount)
        row.append(project.funding.map { JSONColumn($0).sqlValue } ?? .null)
        row.append(project.order.timing.rawValue)
        row.append(Int64(project.order.year))
        row.append(project.order.month.map { .integer(Int64($0)) } ?? .null)
        row.append(ProjectRow.text(project.technologies))
        row.append(project.contractMethod?.rawValue)
        row.append(project.route?.rawValue)
        row.append(project.continuity?.rawValue)
        row.append(project.status.rawValue)
        row.append(project.isSoftwareProject?.sqlValue ?? .null)
        row.append(project.restrictsLargeCompanies?.sqlValue ?? .null)
        row.append(project.periodStart?.iso)
        row.append(project.periodEnd?.iso)
        row.append(project.notes)
        row.append(project.notice.map { JSONColumn($0).sqlValue } ?? .null)
        try inserter.append(row)
    }
}
