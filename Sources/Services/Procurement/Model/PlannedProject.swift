import Basics

/// Where a project's money comes from; each part in won.
struct FundingSplit: Sendable, Codable, Hashable {
    /// The city's money (시비).
    var city: Won = .zero
    /// The district's money (구비).
    var district: Won = .zero
    /// The state's money (국비).
    var state: Won = .zero

    /// The sum of the parts.
    var total: Won { city + district + state }
}

/// What a tender notice told about a project, where the project came from a notice or led to one.
struct NoticeReference: Sendable, Codable, Hashable {
    /// The notice number of the procurement system (공고 번호).
    var number: String?
    /// The notice's ordinal, 0 for the first (공고 차수).
    var ordinal: Int?
    /// When it was published (공개 일자).
    var publishedOn: LocalDate?
    /// When bidding opens.
    var bidOpensAt: Instant?
    /// When bidding closes.
    var bidClosesAt: Instant?
    /// What the brackets in its title say.
    var flags: Set<NoticeFlag> = []
}

/// One project of an agency's yearly informatization plan.
struct PlannedProject: Sendable, Codable, Hashable {
    /// The key, stable and unique within agency and plan year.
    var key: String
    /// The Korean title (사업명).
    var title: String
    /// The English title, where there is one.
    var titleEnglish: String?
    /// What is to be done (사업내용); may have line breaks.
    var description: String
    /// The kind of ordering agency.
    var agencyKind: AgencyKind
    /// The agency's identifier.
    var agencyID: String
    /// The agency's Korean name.
    var agencyName: String
    /// The ordering department (발주부서).
    var department: String
    /// The officer in charge: personal data, shown only to roles that may see it.
    var contactName: String?
    /// The officer's telephone: personal data, shown only to roles that may see it.
    var contactPhone: String?
    /// The project's type.
    var type: ProjectType
    /// The budget in won (사업비).
    var budget: Won
    /// Where the money comes from, where the plan tells.
    var funding: FundingSplit?
    /// The year of the plan.
    var planYear: Int
    /// When it is ordered.
    var order: OrderTime
    /// The new technologies it uses.
    var technologies: Set<Technology>
    /// How the contractor is chosen, where the plan tells.
    var contractMethod: ContractMethod?
    /// Who runs the tender, where the plan tells.
    var route: ProcurementRoute?
    /// Whether it is new, where the plan tells.
    var continuity: Continuity?
    /// How far it has come.
    var status: ProjectStatus
    /// Whether it is a software project under the Software Promotion Act, where the plan tells.
    var isSoftwareProject: Bool?
    /// Whether large companies may not bid, where the plan tells.
    var restrictsLargeCompanies: Bool?
    /// The first day of the project.
    var periodStart: LocalDate?
    /// The last day of the project.
    var periodEnd: LocalDate?
    /// Remarks.
    var notes: String
    /// The tender notice, where there is one.
    var notice: NoticeReference?

    /// Creates a project; what a plan may leave out has a default.
    init(
        key: String,
        title: String,
        titleEnglish: String? = nil,
        description: String = "",
        agency: PlanAgency,
        department: String = "",
        contactName: String? = nil,
        contactPhone: String? = nil,
        type: ProjectType,
        budget: Won,
        funding: FundingSplit? = nil,
        planYear: Int,
        order: OrderTime,
        technologies: Set<Technology> = [],
        contractMethod: ContractMethod? = nil,
        route: ProcurementRoute? = nil,
        continuity: Continuity? = nil,
        status: ProjectStatus = .planned,
        isSoftwareProject: Bool? = nil,
        restrictsLargeCompanies: Bool? = nil,
        periodStart: LocalDate? = nil,
        periodEnd: LocalDate? = nil,
        notes: String = "",
        notice: NoticeReference? = nil
    ) {
        self.key = key
        self.title = title
        self.titleEnglish = titleEnglish
        self.description = description
        agencyKind = agency.kind
        agencyID = agency.id
        agencyName = agency.name
        self.department = department
        self.contactName = contactName
        self.contactPhone = contactPhone
        self.type = type
        self.budget = budget
        self.funding = funding
        self.planYear = planYear
        self.order = order
        self.technologies = technologies
        self.contractMethod = contractMethod
        self.route = route
        self.continuity = continuity
        self.status = status
        self.isSoftwareProject = isSoftwareProject
        self.restrictsLargeCompanies = restrictsLargeCompanies
        self.periodStart = periodStart
        self.periodEnd = periodEnd
        self.notes = notes
        self.notice = notice
    }

    /// The project's identifier over all years and agencies: `2023-11350-P0007`.
    var reference: String { "\(planYear)/\(agencyID)/\(key)" }

    /// The band of its budget.
    var budgetBand: BudgetBand { BudgetBand(budget) }

    /// Whether it uses any new technology.
    var usesNewTechnology: Bool { !technologies.isEmpty }

    /// The technologies in the programme's order.
    var sortedTechnologies: [Technology] { technologies.sorted() }

    /// The title in a language; Korean where no English one was given.
    func title(_ language: Language) -> String {
        language == .english ? titleEnglish ?? title : title
    }

    /// The project without the officer's name and telephone, for everyone.
    var withoutPersonalData: PlannedProject {
        var project = self
        project.contactName = nil
        project.contactPhone = nil
        return project
    }
}
