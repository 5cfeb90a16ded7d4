import Basics
import Eligibility

/// A family as its timeline sees it: what is known today, the children, and the birth ahead.
struct Family: Sendable, Hashable {
    /// The most children of a family.
    static let maximumChildCount = 12
    /// The most children of one birth.
    static let maximumExpectedCount = 5
    /// A pregnancy is counted in weeks up to the due date (Naegele's rule).
    static let pregnancyDayCount = 280
    /// How far ahead a due date may lie: nobody knows of a pregnancy before its second week.
    static let maximumDaysToBirth = pregnancyDayCount - 14

    /// A child that is there or expected.
    struct Child: Sendable, Hashable {
        /// The order of birth, from 1.
        var order: Int
        /// The day of birth, or the day on which it is due.
        var birthDate: LocalDate
        /// Whether it is not born yet.
        var isExpected: Bool

        /// The name in the situations.
        var name: String { "child-\(order)" }
    }

    /// What is known of the applicant, and of everybody but the children.
    var known: Situation
    /// When the children were born.
    var birthDates: [LocalDate]
    /// When the next birth is due; nil where none is.
    var dueDate: LocalDate?
    /// How many children are expected.
    var expectedCount = 1

    /// The children, oldest first, those that are expected last.
    var children: [Child] {
        let born = birthDates.sorted().enumerated().map {
            Child(order: $0 + 1, birthDate: $1, isExpected: false)
        }
        guard let dueDate else { return born }
        return born
            + (1...max(1, expectedCount)).map {
                Child(order: born.count + $0, birthDate: dueDate, isExpected: true)
            }
    }

    /// Facts that follow from the children, or that the weeks to the birth change.
    static let factsOfChildren: Set<String> = [
        "pregnantWeeks", "youngestBirthDate", "childCount", "minorChildren", "childrenUnder18",
        "childOf6To12", "childOf7To18", "birthOrder", "multipleBirth", "dueDate",
    ]

    /// What is known on the days ahead: a situation for every week of the pregnancy, then the birth.
    ///
    /// - Parameters:
    ///   - today: The first day.
    ///   - child: The child for whom something is paid, judged as the youngest was when it came; nil
    ///     for the family as a whole.
    /// - Returns: Situations that each hold until the next one's date.
    func situations(from today: LocalDate, for child: Child? = nil) -> [Situation] {
        if let child {
            let upTo = children.filter { $0.order <= child.order }
            let date = child.isExpected ? max(today, child.birthDate) : today
            var situation = situation(on: date, upTo, order: child.order, weeks: 0)
            // Its twin is judged by itself.
            situation.facts["multipleBirth"] = .integer(1)
            return [situation]
        }
        guard let dueDate, dueDate > today else {
            let order = dueDate == nil ? birthDates.count : birthDates.count + 1
            return [situation(on: today, children, order: order, weeks: 0)]
        }
        let born = children.filter { !$0.isExpected }
        var result: [Situation] = []
        var date = today
        while date < dueDate {
            let left = dueDate.daysSinceEpoch - date.daysSinceEpoch
            let weeks = (Self.pregnancyDayCount - left) / 7
            result.append(situation(on: date, born, order: born.count + 1, weeks: weeks))
            // The next full week of the pregnancy.
            let next = Self.pregnancyDayCount - (weeks + 1) * 7
            date = min(dueDate, dueDate.adding(days: -next))
        }
        result.append(situation(on: dueDate, children, order: born.count + 1, weeks: 0))
        return result
    }

    private func situation(
        on date: LocalDate,
        _ children: [Child],
        order: Int,
        weeks: Int
    ) -> Situation {
        var situation = known
        situation.date = date
        situation.facts = known.facts.filter { !Self.factsOfChildren.contains($0.key) }
        situation.facts["pregnantWeeks"] = .integer(weeks)
        if let dueDate { situation.facts["dueDate"] = .date(dueDate) }
        if order > 0 { situation.facts["birthOrder"] = .integer(order) }
        let isPregnant = weeks > 0
        if let youngest = children.last {
            let twins = children.count { $0.birthDate == youngest.birthDate }
            situation.facts["multipleBirth"] = .integer(isPregnant ? expectedCount : twins)
            if youngest.isExpected { assumeBirth(&situation.facts) }
            // A child is registered unless somebody said otherwise.
            let isRegistered = situation.facts["birthRegistered"] ?? .bool(true)
            situation.facts["birthRegistered"] = isRegistered
        } else {
            situation.facts["birthRegistered"] = .bool(false)
            if isPregnant { situation.facts["multipleBirth"] = .integer(expectedCount) }
        }
        let people = children.map {
            Situation.Person(
                name: $0.name,
                relation: "child",
                facts: ["birthDate": .date($0.birthDate)]
            )
        }
        situation.people += people
        situation.households["family", default: []] += people.map(\.name)
        return situation
    }

    /// What the timeline takes for granted of a child that is not born yet; the page says so.
    private func assumeBirth(_ facts: inout [String: FactValue]) {
        facts["birthRegistered"] = .bool(true)
        facts["birthRegisteredInSeoul"] = facts["seoulResident"]
        facts["childAtSameAddress"] = .bool(true)
        facts["daycare"] = .bool(false)
        facts["adopted"] = .bool(false)
    }
}
