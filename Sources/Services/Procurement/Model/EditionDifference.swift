import Basics

/// What changed between two editions of a plan.
///
/// Projects are matched by agency and key, then, among those left, by the matching form of title
/// and department, so that a project whose key was renamed is one changed project and not one
/// removed and one added. The result depends only on the two sets, not on their order.
struct EditionDifference: Sendable, Codable, Hashable {
    /// A number of projects and the sum of their budgets.
    struct Totals: Sendable, Codable, Hashable {
        /// The number of projects.
        var count: Int
        /// The sum of the budgets.
        var budget: Won

        /// Counts and sums projects.
        init(_ projects: [PlannedProject]) {
            count = projects.count
            budget = projects.reduce(.zero) { $0 + $1.budget }
        }
    }

    /// One changed field.
    struct FieldChange: Sendable, Codable, Hashable {
        /// The field's stable name.
        var field: String
        /// The field's name for people.
        var label: Bilingual
        /// The text before; empty where there was none.
        var before: Bilingual
        /// The text after; empty where there is none.
        var after: Bilingual
    }

    /// One changed project.
    struct ProjectChange: Sendable, Codable, Hashable {
        /// The project before.
        var before: PlannedProject
        /// The project after.
        var after: PlannedProject
        /// The fields that changed, in the order people read them; empty where only the key did.
        var changes: [FieldChange]

        /// Whether the project's key was renamed.
        var keyChanged: Bool { before.key != after.key }
    }

    /// Projects only in the later edition.
    var added: [PlannedProject]
    /// Projects only in the earlier edition.
    var removed: [PlannedProject]
    /// Projects in both that differ.
    var changed: [ProjectChange]
    /// The number of projects in both that do not differ.
    var unchangedCount: Int
    /// The totals of the earlier edition.
    var totalsBefore: Totals
    /// The totals of the later edition.
    var totalsAfter: Totals

    /// Whether the two editions plan the same.
    var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

    /// Compares two sets of projects.
    init(from before: [PlannedProject], to after: [PlannedProject]) {
        totalsBefore = Totals(before)
        totalsAfter = Totals(after)
        changed = []
        unchangedCount = 0
        var matcher = ProjectMatcher(before: before, after: after)
        matcher.match { [$0.agencyID, String($0.planYear), $0.key] }
        matcher.match { project in
            let title = NoticeTitle(project.title).bare
            return [
                project.agencyID, String(project.planYear), MatchingText.form(of: title),
                MatchingText.form(of: project.department),
            ]
        }
        for (earlier, later) in matcher.pairs {
            let changes = EditionDifference.changes(from: earlier, to: later)
            if changes.isEmpty && earlier.key == later.key {
                unchangedCount += 1
            } else {
                changed.append(ProjectChange(before: earlier, after: later, changes: changes))
            }
        }
        changed.sort { ProjectMatcher.precedes($0.after, $1.after) }
        added = matcher.after
        removed = matcher.before
    }

    private static func changes(
        from before: PlannedProject,
        to after: PlannedProject
    ) -> [FieldChange] {
        ProjectField.compared.compactMap { field in
            let (earlier, later) = (field.text(before), field.text(after))
            guard earlier != later else { return nil }
            return FieldChange(
                field: field.name,
                label: field.label,
                before: earlier,
                after: later
            )
        }
    }
}

/// Pairs the projects of two editions, one kind of likeness after another.
private struct ProjectMatcher {
    var before: [PlannedProject]
    var after: [PlannedProject]
    var pairs: [(PlannedProject, PlannedProject)] = []

    init(before: [PlannedProject], after: [PlannedProject]) {
        self.before = before.sorted(by: ProjectMatcher.precedes)
        self.after = after.sorted(by: ProjectMatcher.precedes)
    }

    /// Pairs what has the same identity; among equals the first with the first.
    mutating func match(by identity: (PlannedProject) -> [String]) {
        var waiting: [[String]: [Int]] = [:]
        for (index, project) in before.enumerated().reversed() {
            waiting[identity(project), default: []].append(index)
        }
        var taken: Set<Int> = []
        var left: [PlannedProject] = []
        for project in after {
            let name = identity(project)
            if let index = waiting[name]?.popLast() {
                taken.insert(index)
                pairs.append((before[index], project))
            } else {
                left.append(project)
            }
        }
        after = left
        before = before.enumerated().filter { !taken.contains($0.offset) }.map(\.element)
    }

    static func precedes(_ left: PlannedProject, _ right: PlannedProject) -> Bool {
        (left.agencyID, left.planYear, left.key, left.title, left.budget.amount)
            < (right.agencyID, right.planYear, right.key, right.title, right.budget.amount)
    }
}
