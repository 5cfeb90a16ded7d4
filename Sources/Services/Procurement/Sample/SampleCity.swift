import Basics

/// A generated programme that agrees with every figure the city published for 2023.
///
/// Titles, amounts and officers are made up and labelled as a sample; the sums are the
/// announcement's: 1,431 projects, 370.3 billion won, and every part of them that it names.
enum SampleCity {
    /// The year of the programme.
    static let planYear = 2023
    /// The day the programme was announced, a Wednesday.
    static let announcedOn =
        LocalDate(year: 2023, month: 1, day: 25) ?? LocalDate(daysSinceEpoch: 0)

    /// Budgets over this, in thousand won, have the titles of large projects.
    private static let largeBudget = 800_000

    /// The projects in force, by agency and key; the same seed gives the same projects.
    static func projects(seed: UInt64 = 2023) -> [PlannedProject] {
        var random = SeededRandom(seed: seed)
        let named = NamedProjects.systems + NamedProjects.districtCameras(using: &random)
        var slots = SampleDistribution.slots(besides: named, using: &random)
        deal(&slots, named: named, using: &random)
        var titles: Set<String> = Set(named.map { $0.agency.id + $0.title.korean })
        for index in slots.indices { describe(&slots[index], titles: &titles, using: &random) }
        let ordered = (named + slots).enumerated().sorted {
            ($0.element.agency.id, $0.offset) < ($1.element.agency.id, $1.offset)
        }
        var numbers: [String: Int] = [:]
        return ordered.enumerated().map { index, entry in
            numbers[entry.element.agency.id, default: 0] += 1
            return project(
                entry.element,
                number: numbers[entry.element.agency.id, default: 1],
                person: index + 1,
                using: &random
            )
        }
    }

    /// Gives every generated slot an agency: each district and institution gets its quota.
    private static func deal(
        _ slots: inout [SampleSlot],
        named: [SampleSlot],
        using random: inout SeededRandom
    ) {
        for (kind, agencies) in [
            (AgencyKind.district, SeoulAgencies.districts), (.invested, SeoulAgencies.invested),
        ] {
            let places = slots.indices.filter { slots[$0].kind == kind }
            let weights = agencies.map { _ in 0.7 + 0.6 * random.unit() }
            let quotas = exactShares(of: places.count, weights: weights, minimum: 2)
            var hand = zip(agencies, quotas).flatMap { Array(repeating: $0, count: $1) }
            hand.shuffle(using: &random)
            for (place, agency) in zip(places, hand) { slots[place].agency = agency }
        }
    }

    /// Gives a slot its department, technologies, month, title and text.
    private static func describe(
        _ slot: inout SampleSlot,
        titles: inout Set<String>,
        using random: inout SeededRandom
    ) {
        if slot.usesNewTechnology { slot.technologies = technologies(using: &random) }
        slot.month = slot.timing.months.map { Int.random(in: $0, using: &random) }
        let subjects = SampleWords.subjects(of: slot.agency)
        var actions = SampleWords.actions(of: slot.type)
        if slot.budget > largeBudget { actions.removeLast(actions.count / 2) }
        let start = Int.random(in: 0..<subjects.count * actions.count, using: &random)
        let technology = slot.sortedTechnologies.first.map(SampleWords.prefix(of:))
        let combinations = subjects.count * actions.count
        for attempt in 0..<combinations * 2 {
            let choice = (start + attempt) % combinations
            let (subject, action) = (
                subjects[choice % subjects.count], actions[choice / subjects.count]
            )
            // A second round through all combinations numbers them, as officers do.
            let part = attempt < combinations ? "" : " 2차"
            let isCity = slot.kind == .city
            let place = isCity ? "" : "\(slot.agency.name) "
            let words = "\(subject.name.korean) \(action.korean)\(part)"
            let title = "\(place)\(technology?.korean ?? "")\(words)"
            guard titles.insert(slot.agency.id + title).inserted else { continue }
            let english =
                (isCity ? "" : "\(slot.agency.nameEnglish), ")
                + "\(technology?.english ?? "")\(subject.name.english): \(action.english)"
                + (part.isEmpty ? "" : " II")
            slot.department = subject.department
            slot.title = Bilingual(title, english.prefix(1).uppercased() + english.dropFirst())
            slot.description = "\(subject.name.korean) 분야의 \(action.korean) 사업이다."
            return
        }
    }

    private static func technologies(using random: inout SeededRandom) -> Set<Technology> {
        let count = random.unit() < 0.7 ? 1 : random.unit() < 0.8 ? 2 : 3
        var chosen: Set<Technology> = []
        while chosen.count < count {
            var point = random.unit() * SampleWords.technologyWeights.reduce(0, +)
            for (technology, weight) in zip(Technology.allCases, SampleWords.technologyWeights) {
                point -= weight
                if point < 0 {
                    chosen.insert(technology)
                    break
                }
            }
        }
        return chosen
    }
}

extension SampleSlot {
    /// The technologies in the programme's order.
    var sortedTechnologies: [Technology] { technologies.sorted() }
}

// From a slot to a project.
extension SampleCity {
    private static func project(
        _ slot: SampleSlot,
        number: Int,
        person: Int,
        using random: inout SeededRandom
    ) -> PlannedProject {
        let budget = Won(Int64(slot.budget) * 1000)
        let wasOrdered = slot.timing == .orderedInPreviousYear
        let month = slot.month ?? (wasOrdered ? 11 + Int.random(in: 0...1, using: &random) : nil)
        var project = PlannedProject(
            key: "P" + fourDigits(number),
            title: slot.title.korean,
            titleEnglish: slot.title.english,
            description: slot.description,
            agency: slot.agency,
            department: slot.department,
            contactName: "표본 담당자 \(person)",
            contactPhone: "02-0000-\(fourDigits(person))",
            type: slot.type,
            budget: budget,
            planYear: planYear,
            order: OrderTime(
                timing: slot.timing,
                year: wasOrdered ? planYear - 1 : planYear,
                month: month
            ),
            technologies: slot.technologies
        )
        project.funding = funding(of: slot, budget: budget, using: &random)
        project.contractMethod = contractMethod(of: slot, using: &random)
        project.route = budget.amount > 100_000_000 ? .central : .own
        project.continuity = continuity(of: slot)
        project.status = status(of: slot, month: month)
        let software: Set<ProjectType> = [
            .systemBuilding, .softwareDevelopment, .operationAndMaintenance, .database, .consulting,
        ]
        project.isSoftwareProject = software.contains(slot.type)
        project.restrictsLargeCompanies = project.isSoftwareProject == true
        (project.periodStart, project.periodEnd) = period(of: slot, month: month)
        project.notes = "생성한 표본 자료"
        return project
    }

    private static func funding(
        of slot: SampleSlot,
        budget: Won,
        using random: inout SeededRandom
    ) -> FundingSplit? {
        let tenths = Int64.random(in: 1...6, using: &random)
        let hasPartner = random.unit() < 0.2
        let part = hasPartner ? Won(budget.amount / 10_000 * tenths * 1000) : .zero
        switch slot.kind {
        case .city: return FundingSplit(city: budget - part, state: part)
        case .district: return FundingSplit(city: part, district: budget - part)
        case .invested: return nil
        }
    }

    private static func contractMethod(
        of slot: SampleSlot,
        using random: inout SeededRandom
    ) -> ContractMethod {
        if slot.budget <= 20_000 { return .direct }
        if slot.type == .hardwareAndSoftware { return random.unit() < 0.5 ? .open : .restricted }
        if slot.budget <= 100_000 { return random.unit() < 0.4 ? .direct : .restricted }
        return random.unit() < 0.85 ? .negotiated : .restricted
    }

    private static func continuity(of slot: SampleSlot) -> Continuity {
        if slot.type == .operationAndMaintenance { return .maintenance }
        let continued = ["고도화", "2단계", "재구축", "교체", "개선", "확대", "2차"]
        return continued.contains { slot.title.korean.contains($0) } ? .continued : .new
    }

    private static func status(of slot: SampleSlot, month: Int?) -> ProjectStatus {
        if slot.timing == .orderedInPreviousYear { return .contracted }
        switch month {
        case 1?: return .announced
        case 2?: return .preSpecification
        default: return .planned
        }
    }

    private static func period(
        of slot: SampleSlot,
        month: Int?
    ) -> (start: LocalDate?, end: LocalDate?) {
        let yearEnd = LocalDate(year: planYear, month: 12, day: 31)
        guard slot.timing != .orderedInPreviousYear, let month else {
            return (LocalDate(year: planYear, month: 1, day: 1), yearEnd)
        }
        // The contract follows the order by about two months.
        let start = LocalDate(
            year: month > 10 ? planYear + 1 : planYear,
            month: (month + 1) % 12 + 1,
            day: 1
        )
        let end = month > 6 ? start?.adding(days: 179) : yearEnd
        return (start, end)
    }

    private static func fourDigits(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
