import Basics
import Eligibility
import Hosting
import Identity
import Web

/// The people of the household, for facts that follow from them: how many children, how old.
struct PeopleRoutes {
    let check: CheckRoutes

    private var catalogue: RuleCatalogue { check.rules.catalogue }

    func add(to table: inout RouteTable) {
        let path = "\(check.collection.base)/check/people"
        table.personalPage(path) { incoming in
            let answers = try await check.desk.answers(incoming)
            let known = incoming.query["person"].flatMap { id in
                answers.people.first { $0.id == id }
            }
            return page(answers, PersonForm(known, catalogue: catalogue)).page(in: incoming.page)
        }
        table.submission(path, access: .everyone) { incoming, form in
            switch form["action"] {
            case "remove": try await remove(form, incoming)
            case "complete": try await complete(form, incoming)
            default: try await save(form, incoming)
            }
        }
    }

    private func page(_ answers: Answers, _ form: PersonForm) -> PeoplePage {
        PeoplePage(
            collection: check.collection,
            catalogue: catalogue,
            answers: answers,
            form: form
        )
    }

    private func save(_ fields: FormFields, _ incoming: Incoming) async throws -> Answer {
        var form = PersonForm(fields, catalogue: catalogue)
        let date = incoming.now.date
        let person = form.person(newID: RandomName.make(byteCount: 6), on: date)
        guard let person else { return try await refuse(form, nil, incoming) }
        return try await change(form, incoming) { answers in
            if let index = answers.people.firstIndex(where: { $0.id == person.id }) {
                answers.people[index] = person
            } else if answers.people.count < Answers.maximumPersonCount {
                answers.people.append(person)
            } else {
                throw AnswerError(
                    .tooManyPeople,
                    Bilingual(
                        "\(Answers.maximumPersonCount)명까지 적을 수 있습니다.",
                        "At most \(Answers.maximumPersonCount) people can be listed."
                    ),
                    context: "people"
                )
            }
        }
    }

    private func remove(_ fields: FormFields, _ incoming: Incoming) async throws -> Answer {
        let id = fields["person"] ?? ""
        return try await change(PersonForm(nil, catalogue: catalogue), incoming) { answers in
            answers.people.removeAll { $0.id == id }
        }
    }

    private func complete(_ fields: FormFields, _ incoming: Incoming) async throws -> Answer {
        let known = Set(catalogue.households.map(\.name))
        let told = Set(fields.all("complete")).intersection(known)
        return try await change(PersonForm(nil, catalogue: catalogue), told: told, incoming) {
            $0.households = told
        }
    }

    /// Changes the household; what is said of it counts before answers given without it.
    private func change(
        _ form: PersonForm,
        told: Set<String>? = nil,
        _ incoming: Incoming,
        _ change: @escaping @Sendable (inout Answers) throws -> Void
    ) async throws -> Answer {
        let rules = check.rules.compiled
        let date = incoming.now.date
        do {
            return .other(
                try await check.desk.change(incoming, then: check.collection.peopleLink) {
                    answers in
                    try change(&answers)
                    try answers.followHousehold(on: date, by: rules)
                }
            )
        } catch let error as EligibilityError {
            return try await refuse(form, told: told, error.message, incoming)
        } catch let error as AnswerError {
            return try await refuse(form, told: told, error.message, incoming)
        }
    }

    private func refuse(
        _ form: PersonForm,
        told: Set<String>? = nil,
        _ message: Bilingual?,
        _ incoming: Incoming
    ) async throws -> Answer {
        var answers = try await check.desk.answers(incoming)
        answers.households = told ?? answers.households
        var page = page(answers, form)
        page.message = message
        return .refusal(page.page(in: incoming.page))
    }
}

extension Answers {
    /// Drops answers that the household now tells otherwise: a number of children, a last birth.
    ///
    /// - Throws: `EligibilityError` `contradiction` where what is left contradicts itself.
    mutating func followHousehold(on date: LocalDate, by rules: CompiledCatalogue) throws {
        while true {
            do {
                return try check(on: date, by: rules)
            } catch let error as EligibilityError {
                let told = error.facts.filter { name in
                    facts[name] != nil && rules.catalogue.fact(name)?.isDerived == true
                }
                guard error.code == .contradiction, !told.isEmpty else { throw error }
                for name in told { forget(name) }
            }
        }
    }
}
