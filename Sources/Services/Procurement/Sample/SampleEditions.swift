import Basics

extension SampleCity {
    /// The agencies whose sample plan was revised once.
    static let revisedAgencyIDs: Set<String> = ["11000", "11350", "11680", "119001", "119007"]

    /// The history of the sample's plans: an original edition of every agency, and a revision of a
    /// few.
    ///
    /// The newest editions together are exactly `projects(seed:)`.
    static func editions(seed: UInt64 = 2023) -> [PlanEdition] {
        let byAgency = Dictionary(grouping: projects(seed: seed), by: \.agencyID)
        var random = SeededRandom(seed: seed ^ 0xED17)
        return SeoulAgencies.all.flatMap { agency -> [PlanEdition] in
            let current = byAgency[agency.id, default: []]
            let isRevised = revisedAgencyIDs.contains(agency.id)
            let original = PlanEdition(
                kind: .original,
                planYear: planYear,
                agency: agency,
                number: 1,
                publishedOn: announcedOn.adding(days: -21),
                projects: isRevised ? earlier(current, using: &random) : current
            )
            guard isRevised else { return [original] }
            let revision = PlanEdition(
                kind: .revised,
                planYear: planYear,
                agency: agency,
                number: 2,
                publishedOn: announcedOn,
                projects: current
            )
            return [original, revision]
        }
    }

    /// A plausible plan of which `current` is the revision: one project is not yet in it, one has
    /// since been cancelled, and a few have another budget, month, title or key.
    private static func earlier(
        _ current: [PlannedProject],
        using random: inout SeededRandom
    ) -> [PlannedProject] {
        var projects = current
        guard projects.count >= 6, var cancelled = projects.last else { return projects }
        let start = projects.count / 2
        projects[start].budget = Won(projects[start].budget.amount / 10_000 * 9 * 1000)
        projects[start].funding = nil
        projects[start + 1].key += "A"
        projects[start + 2].notes = "세부내용 검토 중"
        if let month = projects[start + 1].order.month,
            projects[start + 1].order.timing == .firstQuarter
        {
            projects[start + 1].order.month = month % 3 + 1
        }
        cancelled.key = "P9001"
        cancelled.title += " 예비사업"
        cancelled.titleEnglish = cancelled.titleEnglish.map { $0 + " (reserve)" }
        cancelled.budget = Won(Int64.random(in: 20...90, using: &random) * 1_000_000)
        cancelled.funding = nil
        projects.removeLast()
        projects.append(cancelled)
        return projects
    }
}
