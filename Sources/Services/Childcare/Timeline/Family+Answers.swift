import Basics
import Eligibility
import Programmes

extension Family {
    /// The family as a person's answers tell it; nil where they say nothing of children or a birth.
    ///
    /// What was received is taken for nothing where nobody said: the page says so.
    init?(_ answers: Answers, on date: LocalDate, in rules: RuleCatalogue) {
        var known = answers.situation(on: date, in: rules)
        let isChild = { (person: Situation.Person) in person.relation == "child" }
        let children = known.people.filter(isChild)
        birthDates = children.compactMap {
            if case .date(let born)? = $0.facts["birthDate"] { born } else { nil }
        }
        if birthDates.isEmpty, case .date(let born)? = known.facts["youngestBirthDate"] {
            birthDates = [born]
        }
        if case .date(let due)? = known.facts["dueDate"], due > date { dueDate = due }
        if dueDate == nil, case .integer(let weeks)? = known.facts["pregnantWeeks"], weeks > 0 {
            // Whoever told the weeks and no day: the page shows the day that follows, to be corrected.
            dueDate = date.adding(days: max(1, Self.pregnancyDayCount - weeks * 7))
        }
        if case .integer(let count)? = known.facts["multipleBirth"], dueDate != nil {
            expectedCount = min(max(1, count), Self.maximumExpectedCount)
        }
        let names = Set(children.map(\.name))
        known.people.removeAll(where: isChild)
        known.households = known.households.mapValues { $0.filter { !names.contains($0) } }
        known.history = known.history ?? []
        self.known = known
        let hasSpoken =
            dueDate != nil || !birthDates.isEmpty || answers.households.contains("family")
            || known.facts["pregnantWeeks"] != nil
        guard hasSpoken else { return nil }
    }

    private static let householdsOfChildren: Set<String> = [
        "family", "residentHousehold", "insuranceHousehold",
    ]

    /// Writes the children and the birth into a person's answers, in place of what they said before; a
    /// child that was told of already stays as it is.
    func write(to answers: inout Answers, on date: LocalDate) {
        for fact in Self.factsOfChildren { answers.forget(fact) }
        var untold = birthDates
        answers.people.removeAll { person in
            guard person.relation == "child" else { return false }
            guard let known = untold.firstIndex(where: { person.birthDate == $0 }) else {
                return true
            }
            untold.remove(at: known)
            return false
        }
        // A child lives where its family does, as far as that was told.
        let households = answers.households.intersection(Self.householdsOfChildren)
            .union(["family"])
        for (place, born) in untold.sorted().enumerated() {
            var id = "child-\(place + 1)"
            while answers.people.contains(where: { $0.id == id }) { id += "-" }
            answers.people.append(
                Answers.Person(
                    id: id,
                    relation: "child",
                    facts: ["birthDate": AnswerValue(.date(born))],
                    households: households
                )
            )
        }
        answers.households.insert("family")
        guard let dueDate else { return answers.answer("pregnantWeeks", .integer(0)) }
        let left = dueDate.daysSinceEpoch - date.daysSinceEpoch
        answers.answer("pregnantWeeks", .integer((Self.pregnancyDayCount - left) / 7))
        answers.answer("dueDate", .date(dueDate))
        answers.answer("multipleBirth", .integer(expectedCount))
        answers.answer("birthOrder", .integer(birthDates.count + 1))
    }
}

extension Answers.Person {
    /// The day of birth, where it is told.
    var birthDate: LocalDate? {
        if case .text(let text)? = facts["birthDate"] { LocalDate(iso: text) } else { nil }
    }
}
