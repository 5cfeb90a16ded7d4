import Basics
import Eligibility
import Web

/// The form for somebody of the household: what was typed, and what is wrong with it.
struct PersonForm: Sendable {
    /// The fact that says what somebody is to the applicant.
    static let relationName = "relation"
    /// What is asked of everybody.
    private static let factNames = ["birthDate"]

    let catalogue: RuleCatalogue
    /// Who is changed; nil for somebody new.
    private(set) var id: String?
    private var name = ""
    private var relation = ""
    private var households: Set<String> = []
    private var fields: FactFields
    /// What is wrong, by the name of the field.
    private(set) var errors: [String: Bilingual] = [:]

    /// An empty form, or one that shows somebody.
    init(_ person: Answers.Person?, catalogue: RuleCatalogue) {
        self.catalogue = catalogue
        let facts = Self.factNames.compactMap(catalogue.fact)
        fields = FactFields(facts, answers: person?.facts ?? [:], prefix: "person.")
        // Most people who are written down are family under one roof.
        households = Set(catalogue.households.prefix(2).map(\.name))
        guard let person else { return }
        id = person.id
        name = person.name
        relation = person.relation
        households = person.households
    }

    /// Takes what was typed.
    init(_ form: FormFields, catalogue: RuleCatalogue) {
        self.catalogue = catalogue
        id = form.text("person")
        name = form.text("name") ?? ""
        relation = form.text(Self.relationName) ?? ""
        households = Set(form.all("household"))
        let facts = Self.factNames.compactMap(catalogue.fact)
        fields = FactFields(facts, form: form, prefix: "person.")
    }

    /// The choices of the relation; nobody is their own relative.
    private var relations: [ChoiceList.Choice] {
        catalogue.fact(Self.relationName)?.type.choices?.choices.filter { $0.name != "self" } ?? []
    }

    /// The person; nothing where something is wrong.
    mutating func person(newID: String, on date: LocalDate) -> Answers.Person? {
        let values = fields.read(on: date, isRequired: false)
        if name.count > Answers.maximumNameCharacterCount {
            errors["name"] = Bilingual(
                "이름은 \(Answers.maximumNameCharacterCount)자까지 적을 수 있습니다.",
                "A name has at most \(Answers.maximumNameCharacterCount) characters."
            )
        }
        if !relations.contains(where: { $0.name == relation }) {
            errors[Self.relationName] = Bilingual(
                "나와 어떤 관계인지 골라 주세요.",
                "Choose what they are to you."
            )
        }
        if !households.isSubset(of: catalogue.households.map(\.name)) || households.isEmpty {
            errors["household"] = Bilingual(
                "어디에 함께 속하는지 하나 이상 골라 주세요.",
                "Choose at least one household."
            )
        }
        guard errors.isEmpty, fields.errors.isEmpty else { return nil }
        return Answers.Person(
            id: id ?? newID,
            name: name,
            relation: relation,
            facts: values.mapValues { AnswerValue($0) },
            households: households
        )
    }

    /// The fields, each with what is wrong with it.
    func formFields(in context: PageContext) -> [FormField] {
        let language = context.language
        return [
            FormField(
                name: Self.relationName,
                label: context.text("나와의 관계", "What they are to you"),
                control: .select(
                    [.init(value: "", label: context.text("고르세요", "Choose"))]
                        + relations.map { .init(value: $0.name, label: $0.label[language]) }
                ),
                error: errors[Self.relationName]?[language],
                isRequired: true,
                values: [relation],
                autocomplete: "off"
            ),
            FormField(
                name: "name",
                label: context.text("부르는 이름", "Name"),
                hint: context.text("‘첫째’처럼 적어도 됩니다.", "Such as “the eldest”."),
                error: errors["name"]?[language],
                values: [name],
                autocomplete: "off",
                maximumLength: Answers.maximumNameCharacterCount
            ),
        ] + fields.fields(labels: .name, isRequired: false, in: context) + [
            FormField(
                name: "household",
                label: context.text("함께 속하는 곳", "Households you share"),
                control: .checkboxes(
                    catalogue.households.map { .init(value: $0.name, label: $0.label[language]) }
                ),
                error: errors["household"]?[language],
                isRequired: true,
                values: households.sorted()
            )
        ]
    }
}
