import Basics
import Eligibility
import Korean
import Web

/// Who lives with the person, and of which household everybody is listed.
struct PeoplePage: Sendable {
    let collection: ProgrammeCollection
    let catalogue: RuleCatalogue
    let answers: Answers
    let form: PersonForm
    /// What is wrong with the household as a whole.
    var message: Bilingual?

    func page(in context: PageContext) -> Page {
        let fields = form.formFields(in: context)
        let faults =
            fields.compactMap { field in
                field.error.map { FieldError(fieldID: field.id, message: $0) }
            }
            + [message].compactMap { $0 }.map {
                FieldError(fieldID: fields.first?.id, message: $0[context.language])
            }
        return Page(
            title: context.text("가족과 세대원", "Family and household"),
            breadcrumbs: collection.trail(context),
            lead: HTML(
                text: context.text(
                    "자녀 수나 막내의 나이처럼 가족에서 나오는 것을 따로 묻지 않게 됩니다.",
                    "What follows from your family, such as the number of children, is then not asked."
                )
            ),
            main: """
                \(errorSummary(faults, in: context))\
                \(section(context.text("적은 사람", "Listed"), people(context)))\
                \(section(
                    form.id == nil
                        ? context.text("사람 더하기", "Add somebody")
                        : context.text("고치기", "Change"),
                    entry(fields, context)))\
                \(section(context.text("빠진 사람이 없나요?", "Is anybody missing?"), whole(context)))\
                \(buttonRow([
                    linkButton(
                        context.text("질문 이어가기", "Go on with the questions"),
                        collection.checkLink),
                    linkButton(context.text("결과 보기", "See the results"), collection.resultsLink),
                ]))
                """,
            hasErrors: !faults.isEmpty
        )
    }

    private func people(_ context: PageContext) -> HTML {
        guard !answers.people.isEmpty else {
            return "<p>\(context.text("아직 적은 사람이 없습니다.", "Nobody is listed yet."))</p>"
        }
        return HTML(each: answers.people) { person in
            let title = title(of: person, context.language)
            let link = Link("\(collection.base)/check/people", query: [("person", person.id)])
            let remove = Web.form(action: collection.peopleLink, context: context) {
                """
                \(hiddenField("person", person.id))\
                \(button(
                    context.text("지우기", "Remove"), style: .quiet, name: "action", value: "remove",
                    more: ["aria-label": context.text("\(title) 지우기", "Remove \(title)")]))
                """
            }
            return """
                <article class="card"><h3>\(title)</h3>\(facts(of: person, context))\
                <div class="buttons"><a href="\(link)">\(context.text("고치기", "Change"))\
                <span class="unseen"> \(title)</span></a>\(remove)</div></article>
                """
        }
    }

    private func title(of person: Answers.Person, _ language: Language) -> String {
        let relation = catalogue.fact(PersonForm.relationName)?.type.choices?.choices
            .first { $0.name == person.relation }?.label[language]
        let parts = [person.name, relation ?? person.relation].filter { !$0.isEmpty }
        return parts.joined(separator: " · ")
    }

    private func facts(of person: Answers.Person, _ context: PageContext) -> HTML {
        let language = context.language
        var facts: [String] = []
        for (name, answer) in person.facts.sorted(by: { $0.key < $1.key }) {
            guard let fact = catalogue.fact(name), let value = try? answer.value(of: fact) else {
                continue
            }
            facts.append("\(fact.label[language]) \(fact.text(of: value)[language])")
        }
        facts += catalogue.households.filter { person.households.contains($0.name) }
            .map { $0.label[language] }
        return "<ul class=\"facts\">\(HTML(each: facts) { "<li>\($0)</li>" })</ul>"
    }

    private func entry(_ fields: [FormField], _ context: PageContext) -> HTML {
        Web.form(action: collection.peopleLink, context: context) {
            let id: HTML? = form.id.map { hiddenField("person", $0) }
            return """
                \(id)\(HTML(each: fields) { formField($0, in: context) })\
                \(buttonRow([
                    button(context.text("저장", "Save"), name: "action", value: "save")
                ]))
                """
        }
    }

    /// Only a household of which everybody is listed tells how many it has.
    private func whole(_ context: PageContext) -> HTML {
        let field = FormField(
            name: "complete",
            label: context.text("여기 적은 사람이 전부인 것을 골라 주세요", "Choose those listed in full"),
            control: .checkboxes(
                catalogue.households.map { household in
                    let count = answers.people.count { $0.households.contains(household.name) }
                    return .init(
                        value: household.name,
                        label: household.label[context.language],
                        hint: count == 0
                            ? context.text("본인뿐", "only you")
                            : context.text("본인과 \(count)명", "you and \(count) more")
                    )
                }
            ),
            hint: context.text(
                "고르면 앞서 답한 자녀 수, 세대원 수 대신 여기 적은 내용을 따릅니다.",
                "They then count before what you answered about children or household size."
            ),
            isRequired: true,
            values: answers.households.sorted()
        )
        return Web.form(action: collection.peopleLink, context: context) {
            """
            \(formField(field, in: context))\(buttonRow([
                button(
                    context.text("확인", "Confirm"), style: .secondary, name: "action",
                    value: "complete")
            ]))
            """
        }
    }
}
