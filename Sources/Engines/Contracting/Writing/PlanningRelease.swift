internal import Basics

extension Release {
    /// The release that announces a planned project; `prefix` is the publisher's ocid prefix.
    public init(_ project: PlannedProject, prefix: OCIDPrefix) {
        self.init()
        ocid = "\(prefix.text)-\(project.id)"
        id = "\(prefix.text)-\(project.id)-planning-\(project.edition)"
        date = project.publishedAt.rfc3339
        tag = [project.edition > 1 ? "planningUpdate" : "planning"]
        initiationType = "tender"
        language = "ko"
        parties = [Organization(project)]
        buyer = OrganizationReference(project.agency)
        planning = Planning(project)
        tender = Tender(project)
    }

    /// The planned project a release announces.
    ///
    /// Nil where the release says too little: it needs a title, an ordering body, a date and a
    /// budget in whole won.
    public var plannedProject: PlannedProject? {
        let budget = planning?.budget
        let party =
            parties.first { $0.id == buyer?.id } ?? parties.first { $0.roles.contains("buyer") }
        guard let id = budget?.projectID ?? tender?.id ?? ocid,
            let title = tender?["title", language: "ko"] ?? tender?.title ?? budget?.project,
            let amount = (budget?.amount ?? tender?.value)?.won,
            let agencyID = buyer?.id ?? party?.id ?? tender?.procuringEntity?.id,
            let date = date.flatMap(Timestamp.instant)
        else { return nil }
        let agencyName = buyer?.name ?? party?.name ?? agencyID
        var project = PlannedProject(
            id: id,
            title: title,
            agency: .init(id: agencyID, name: agencyName),
            budget: amount,
            publishedAt: date
        )
        project.englishTitle = tender?["title", language: "en"]
        project.summary = tender?.description
        project.department = party?.contactPoint?.name
        project.orderPeriod = tender?.tenderPeriod?.days
        project.contractPeriod = tender?.contractPeriod?.days
        project.method = tender?.procurementMethod.flatMap(PlannedProject.ProcurementMethod.init)
        project.methodDetails = tender?.procurementMethodDetails
        project.category =
            tender?.mainProcurementCategory.flatMap(PlannedProject.Category.init) ?? .services
        project.edition = edition
        let item = tender?.items.first
        project.type = item?.classification?.code
        project.technologies = item?.additionalClassifications.compactMap(\.code) ?? []
        return project
    }

    /// The edition our own release ids end with; 1 for anyone else's.
    private var edition: Int {
        guard let id, let mark = id.split(separator: "-").dropLast().last, mark == "planning",
            let number = id.split(separator: "-").last.flatMap({ Int($0) }), number > 0
        else { return 1 }
        return number
    }
}

extension Organization {
    init(_ project: PlannedProject) {
        self.init()
        id = project.agency.id
        name = project.agency.name
        roles = ["buyer", "procuringEntity"]
        if let department = project.department {
            var contact = ContactPoint()
            contact.name = department
            contactPoint = contact
        }
    }
}

extension OrganizationReference {
    init(_ agency: PlannedProject.Agency) {
        self.init()
        id = agency.id
        name = agency.name
    }
}

extension Planning {
    init(_ project: PlannedProject) {
        self.init()
        var budget = Budget()
        budget.id = project.id
        budget.amount = Value(project.budget)
        budget.project = project.title
        budget.projectID = project.id
        self.budget = budget
    }
}

extension Tender {
    init(_ project: PlannedProject) {
        self.init()
        id = project.id
        title = project.title
        self["title", language: "ko"] = project.title
        self["title", language: "en"] = project.englishTitle
        description = project.summary
        status = "planned"
        procuringEntity = OrganizationReference(project.agency)
        value = Value(project.budget)
        procurementMethod = project.method?.rawValue
        procurementMethodDetails = project.methodDetails
        mainProcurementCategory = project.category.rawValue
        tenderPeriod = project.orderPeriod.map {
            Period(from: $0.lowerBound, through: $0.upperBound)
        }
        contractPeriod = project.contractPeriod.map {
            Period(from: $0.lowerBound, through: $0.upperBound)
        }
        var item = Item()
        item.id = "1"
        item.description = project.title
        item.classification = project.type.map(Classification.init)
        item.additionalClassifications = project.technologies.map(Classification.init)
        items = [item]
    }
}

extension Classification {
    init(_ code: PlannedProject.Code) {
        self.init()
        scheme = code.scheme
        id = code.id
        description = code.name
    }

    var code: PlannedProject.Code? {
        guard let id else { return nil }
        return PlannedProject.Code(scheme: scheme ?? "", id: id, name: description ?? id)
    }
}

extension Period {
    /// The days of the period in Korea, where it has a beginning and an end in this order.
    var days: ClosedRange<LocalDate>? {
        guard let start = startDate.flatMap(Timestamp.instant)?.date,
            let end = endDate.flatMap(Timestamp.instant)?.date, start <= end
        else { return nil }
        return start...end
    }
}
